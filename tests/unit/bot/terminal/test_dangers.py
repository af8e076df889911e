"""Every setting that is dangerous is named, and none of a careful operator's."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Settings, load
from bot.terminal.dangers import dangers

KEY = "3b1f0c9d7e5a2864f0e1d2c3b4a5968778695a4b3c2d1e0f1a2b3c4d5e6f7089"
TOKEN = "q8Zr2mVx7LwT0pKs9dHf"
# A careful operator's: https behind a proxy, real mail, a Rasa server with a token, roles.
FILE: dict[str, Any] = {
    "web": {"public_url": "https://shop.fern.test-shop.com", "trusted_proxies": ["10.0.0.2"]},
    "mail": {
        "from_email": "orders@fern.com",
        "marketing_email": "ideas@fern.com",
        "postal_address": "1 Rose Lane, Ely",
    },
    "roles": {"admin": ["slack:U01ADA"]},
    "channels": {"support": "C01HELP"},
    "metrics": {"host": "10.0.0.3", "worker": 9102},
}
ENVIRONMENT = {
    "DATABASE_URL": "postgresql://database/parley",
    "EMAIL_HASH_KEY": KEY,
    "NLU_URL": "http://nlu:5005",
    "NLU_TOKEN": TOKEN,
    "SENDGRID_API_KEY": "SG.1",
    "SENDGRID_WEBHOOK_KEY": "MFk",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "TELEGRAM_TOKEN": "1:a",
    "TELEGRAM_WEBHOOK_SECRET": TOKEN,
}


def found(
    folder: Path, monkeypatch: pytest.MonkeyPatch, file: dict[str, Any] | None = None, **environment: str
) -> dict[str, str]:
    """What is dangerous of a careful operator's settings with these changes; an empty variable is unset."""
    config = yaml.safe_load(Path("config.yaml").read_text())
    for section, values in [*FILE.items(), *(file or {}).items()]:
        config[section] = config.get(section, {}) | values
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    for name, value in (ENVIRONMENT | environment).items():
        monkeypatch.setenv(f"PARLEY_{name}", value)
    settings: Settings = load(folder / "config.yaml", folder)
    return dict(dangers(settings))


def test_a_careful_operator_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(tmp_path, monkeypatch) == {}


def test_a_new_shop_on_ones_own_machine_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("config.yaml", "answers.yaml"):
        (tmp_path / name).write_text((Path(__file__).parents[4] / name).read_text())
    assert dict(dangers(load(Path("config.yaml"), tmp_path))) == {}


@pytest.mark.parametrize(
    ("section", "values", "named", "word"),
    [
        ("web", {"public_url": "http://shop.fern.com"}, "web.public_url", "Secure"),
        ("web", {"public_url": "", "host": "0.0.0.0"}, "web.host", "public_url"),
        ("web", {"public_url": "", "host": "192.168.1.5"}, "web.host", "public_url"),
        ("web", {"public_url": "", "host": "::"}, "web.host", "public_url"),
        ("web", {"trusted_proxies": []}, "web.trusted_proxies", "limits"),
        ("limits", {"unproven_mails_per_hour": 21}, "limits.unproven_mails_per_hour", "20 or fewer"),
        ("web", {"trusted_proxies": ["10.0.0.2", "128.0.0.0/1"]}, "web.trusted_proxies", "anybody"),
        ("web", {"trusted_proxies": ["2000::/3"]}, "web.trusted_proxies", "anybody"),
        ("mail", {"from_email": "orders@example.com"}, "mail.from_email", "example"),
        ("mail", {"marketing_email": "ideas@shop.example"}, "mail.marketing_email", "example"),
        ("mail", {"postal_address": "12 Fern Lane, Denver CO 80203"}, "mail.postal_address", "law"),
        ("mail", {"postal_address": "  "}, "mail.postal_address", "law"),
        ("roles", {"admin": []}, "roles.admin", "nobody"),
        ("channels", {"support": ""}, "channels.support", "nobody"),
        ("metrics", {"host": "0.0.0.0"}, "metrics.host", "numbers"),
    ],
)
def test_each_dangerous_setting_of_the_file_is_named_with_what_to_do(
    section: str, values: dict[str, Any], named: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = found(tmp_path, monkeypatch, {section: values})
    assert list(told) == [named]
    assert word in told[named]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"EMAIL_HASH_KEY": "k" * 40}, "PARLEY_EMAIL_HASH_KEY"),
        ({"EMAIL_HASH_KEY": "0123456789" * 4}, "PARLEY_EMAIL_HASH_KEY"),
        ({"EMAIL_HASH_KEY": "please-change-me-to-something-longer!"}, "PARLEY_EMAIL_HASH_KEY"),
        ({"EMAIL_HASH_OLD_KEY": KEY}, "PARLEY_EMAIL_HASH_OLD_KEY"),
        ({"EMAIL_HASH_OLD_KEY": KEY[::-1]}, "PARLEY_EMAIL_HASH_OLD_KEY"),
        ({"NLU_TOKEN": ""}, "PARLEY_NLU_TOKEN"),
        ({"NLU_TOKEN": "s3cr3t"}, "PARLEY_NLU_TOKEN"),
        ({"TELEGRAM_WEBHOOK_SECRET": "s3cr3t"}, "PARLEY_TELEGRAM_WEBHOOK_SECRET"),
        ({"DEMO_TOKEN": TOKEN}, "PARLEY_DEMO_TOKEN"),
        ({"SENDGRID_WEBHOOK_KEY": ""}, "PARLEY_SENDGRID_WEBHOOK_KEY"),
        ({"SENDGRID_API_URL": "http://mail.fern.com"}, "PARLEY_SENDGRID_API_URL"),
        ({"SLACK_API_URL": "http://10.0.0.9/api"}, "PARLEY_SLACK_API_URL"),
        ({"TELEGRAM_API_URL": "http://10.0.0.9"}, "PARLEY_TELEGRAM_API_URL"),
        ({"STRIPE_API_URL": "http://10.0.0.9"}, "PARLEY_STRIPE_API_URL"),
        ({"STRIPE_SCRIPT_URL": "http://10.0.0.9/v3/"}, "PARLEY_STRIPE_SCRIPT_URL"),
    ],
)
def test_each_dangerous_variable_is_named_without_its_value(
    changes: dict[str, str], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = found(tmp_path, monkeypatch, None, **changes)
    assert list(told) == [named]
    assert not any(value and value in told[named] for value in changes.values())


def test_a_rasa_server_on_this_machine_needs_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(tmp_path, monkeypatch, NLU_URL="http://127.0.0.1:5005", NLU_TOKEN="") == {}


@pytest.mark.parametrize(
    ("file", "environment", "named"),
    [
        ({}, {"STRIPE_API_KEY": "sk_test_1"}, "PARLEY_STRIPE_API_KEY"),
        ({"web": {"public_url": "", "host": "127.0.0.1"}}, {"STRIPE_API_KEY": "sk_live_1"}, "web.public_url"),
    ],
)
def test_a_shop_that_takes_cards_takes_real_ones_at_a_page_that_others_reach(
    file: dict[str, Any], environment: dict[str, str], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(tmp_path, monkeypatch, file, **environment) == {}
    assert list(found(tmp_path, monkeypatch, file | {"payments": {"provider": "stripe"}}, **environment)) == [named]
