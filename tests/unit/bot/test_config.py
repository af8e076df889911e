"""Settings: every problem is told at once and in words, secrets stay secret, and the hash key is never lost."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import BadConfiguration, Settings, load
from domain.records.goals import Goal, Goals

KEY = "k" * 32


@pytest.fixture(autouse=True)
def _nothing_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable and no `.env` of this machine plays a part."""
    for name in [name for name in os.environ if name.upper().startswith("PARLEY_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def settings(text: str = "shop: {name: Fern & Fable}") -> Settings:
    """What a file with this text configures."""
    file = Path("config.yaml")
    file.write_text(text, encoding="utf-8")
    return load(file, Path("state"))


def problems(text: str = "shop: {name: Fern & Fable}") -> tuple[str, ...]:
    """What is wrong with a file of this text, or with the environment."""
    with pytest.raises(BadConfiguration) as refused:
        settings(text)
    return refused.value.problems


def test_a_shop_needs_nothing_but_a_name() -> None:
    shop = started().shop()
    assert (shop.name, shop.currency, shop.locale, shop.time_zone.key) == ("Fern & Fable", "USD", "en_US", "UTC")
    assert shop.terms.cancel_window == timedelta(minutes=30)
    assert shop.terms.quote_hold == timedelta(minutes=15)
    assert shop.ships_to == ()


def test_the_committed_file_is_valid() -> None:
    committed = load(Path(__file__).parents[3] / "config.yaml", Path("state"))
    committed.ensure_own_secrets()
    shop = committed.shop()
    assert shop.name == "Fern & Fable"
    assert shop.ships_to == ("US",)  # as answers.yaml says


def test_settings_reach_the_shop() -> None:
    shop = started(
        """
        shop: {name: Farn, currency: EUR, locale: de_DE, time_zone: Europe/Berlin, support_hours: immer}
        orders: {cancel_window_minutes: 0, quote_hold_minutes: 5, ships_to: [de, AT, DE], number_prefix: W}
        limits: {ask_above_quantity: 20, most_per_line: 99}
        """
    ).shop()
    assert (shop.currency, shop.locale, shop.time_zone.key) == ("EUR", "de_DE", "Europe/Berlin")
    assert shop.terms.cancel_window == timedelta(0)
    assert shop.terms.quote_hold == timedelta(minutes=5)
    assert (shop.terms.ask_above, shop.terms.most_per_line) == (20, 99)
    assert shop.support_hours == "immer"
    assert shop.ships_to == ("DE", "AT")
    assert shop.order_prefix == "W"


def test_goals_reach_the_shop_and_who_reads_is_counted_only_where_that_is_wished() -> None:
    goals = "churn: {start: 0.15, goal: 0.10}, click_through: {goal: 0.02}"
    shop = started(f"shop: {{name: Farn}}\nmail: {{count_reading: true}}\nmarketing: {{goals: {{{goals}}}}}").shop()
    assert shop.goals == Goals(churn=Goal(start=0.15, goal=0.10), click_through=Goal(goal=0.02))
    assert shop.counts_reading
    usual = started().shop()
    assert (usual.goals, usual.counts_reading) == (Goals(), False)


def test_a_goal_is_a_share_and_no_percentage() -> None:
    (problem,) = problems("shop: {name: Farn}\nmarketing: {goals: {churn: {goal: 10}}}")
    assert problem.startswith("marketing.goals.churn.goal")


def test_every_problem_of_the_file_is_told_at_once_and_names_its_setting() -> None:
    found = problems(
        """
        shop: {name: "", currency: DOLLARS, locale: xx_YY_zz, time_zone: Mars/Olympus, colour: red}
        orders: {cancel_window_minutes: -1, quote_hold_minutes: soon}
        nlu: {port: 99999}
        limmits: {}
        """
    )
    assert [problem.split(":")[0] for problem in found] == [
        "shop.name",
        "shop.currency",
        "shop.locale",
        "shop.time_zone",
        "shop.colour",
        "orders.cancel_window_minutes",
        "orders.quote_hold_minutes",
        "nlu.port",
        "limmits",
    ]


def test_a_problem_says_what_would_be_right() -> None:
    assert problems("shop: {name: X, currency: DOLLARS, time_zone: Mars/Olympus, locale: '?'}") == (
        "shop.currency: is no ISO 4217 currency code, such as USD",
        "shop.locale: is no locale, such as en_US",
        "shop.time_zone: is no IANA time zone, such as America/Denver",
    )


@pytest.mark.parametrize(
    ("cron", "problem"),
    [("8 o'clock", "is no time such as"), ("0 25 * * *", "is no time such as"), ("0 8 31 2,4 *", "never comes")],
)
def test_a_time_must_be_one_that_comes(cron: str, problem: str) -> None:
    (found,) = problems(f'{{shop: {{name: X}}, reports: {{finance: {{week: "{cron}"}}}}}}')
    assert found.startswith(f"reports.finance.week: {problem}")


@pytest.mark.parametrize("room", ["admins", "support"])
@pytest.mark.parametrize("written", ['"#admins"', "admins", "D0123456", "telegram:-100", "#admins", "[C0123]"])
def test_a_channel_of_staff_is_given_by_its_id_and_it_is_said_how_to_find_that(room: str, written: str) -> None:
    (found,) = problems(f"shop: {{name: X}}\nchannels:\n  {room}: {written}\n")
    assert found.startswith(f"channels.{room}: is ")
    assert "such as C0123456" in found
    assert "click the channel's name" in found


@pytest.mark.parametrize("written", ["C0123456", "slack:C0123456"])
def test_a_channel_of_staff_may_be_written_as_elsewhere(written: str) -> None:
    assert settings(f"shop: {{name: X}}\nchannels: {{admins: '{written}'}}").file.channels.admins == "C0123456"


def test_the_error_text_names_the_file_and_lists_the_problems() -> None:
    with pytest.raises(BadConfiguration) as refused:
        settings("shop: {name: X, colour: red}\nlimmits: {}")
    assert str(refused.value).splitlines() == [
        "config.yaml has 2 problem(s):",
        "  - shop.colour: is not a setting; is it misspelt?",
        "  - limmits: is not a setting; is it misspelt? Perhaps limits is meant.",
    ]


@pytest.mark.parametrize("text", ["", "# nothing", "- shop", "just words"])
def test_a_file_without_settings_lacks_the_shop(text: str) -> None:
    assert problems(text) == ("shop: is missing",)


@pytest.mark.parametrize("text", ["shop: [", "shop: {name: X}\nlocale", "a: b: c"])
def test_a_file_that_is_no_yaml_is_a_problem_in_words(text: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith("it cannot be read as YAML: ")


def test_a_file_in_another_encoding_is_a_problem_in_words() -> None:
    Path("config.yaml").write_bytes("shop: {name: Café}".encode("latin-1"))
    with pytest.raises(BadConfiguration, match="cannot be read"):
        load(Path("config.yaml"))


def test_a_missing_file_is_named_with_the_way_to_give_another() -> None:
    with pytest.raises(BadConfiguration, match="--config") as refused:
        load(Path("elsewhere.yaml"))
    assert refused.value.source == "elsewhere.yaml"


def test_secrets_come_from_the_environment_and_from_a_dotenv_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_NLU_URL", "http://nlu.example:5005")
    Path(".env").write_text("PARLEY_TELEGRAM_TOKEN=from-the-file\nPARLEY_NLU_URL=http://other.example\nOTHER=1\n")
    configured = settings()
    assert configured.nlu_url == "http://nlu.example:5005"
    assert configured.secrets.telegram_token is not None
    assert configured.secrets.telegram_token.get_secret_value() == "from-the-file"


def test_a_dotenv_file_beside_the_settings_stands_before_the_one_here(tmp_path: Path) -> None:
    Path(".env").write_text("PARLEY_NLU_URL=http://here.example\nPARLEY_TELEGRAM_TOKEN=here\n")
    there = tmp_path / "there"
    there.mkdir()
    (there / ".env").write_text("PARLEY_NLU_URL=http://there.example\n")
    (there / "config.yaml").write_text("shop: {name: X}")
    configured = load(there / "config.yaml")
    assert configured.nlu_url == "http://there.example"
    assert configured.secrets.telegram_token is not None


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_EMAIL_HASH_KEY", "")
    monkeypatch.setenv("PARLEY_DATABASE_URL", "")
    assert settings().secrets.email_hash_key is None
    assert settings().secrets.database_url is None


def test_the_nlu_server_of_this_machine_is_found_by_its_port() -> None:
    assert settings("shop: {name: X}\nnlu: {port: 6006}").nlu_url == "http://127.0.0.1:6006"


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EMAIL_HASH_KEY", "SLACK_BOT_TOKEN", "TELEGRAM_TOKEN", "SENDGRID_API_KEY", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(f"PARLEY_{name}", KEY)
    assert KEY not in repr(settings())


def test_secrets_are_not_settings_of_the_file() -> None:
    assert problems("shop: {name: X}\ntelegram_token: t") == ("telegram_token: is not a setting; is it misspelt?",)


def test_a_short_hash_key_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_EMAIL_HASH_KEY", "too-short-a-key")
    (problem,) = problems()
    assert problem.upper().startswith("PARLEY_EMAIL_HASH_KEY: ")
    assert "32" in problem
    assert "too-short-a-key" not in problem


def test_the_configured_hash_key_is_used_and_none_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_EMAIL_HASH_KEY", KEY)
    monkeypatch.setenv("PARLEY_NLU_TOKEN", "opens the server")
    assert started().hash_key() == KEY.encode()
    assert not Path("state").exists()


def test_a_configured_database_needs_a_configured_hash_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", "postgresql://db.example/parley")
    with pytest.raises(BadConfiguration, match="PARLEY_EMAIL_HASH_KEY must be set") as refused:
        settings().hash_key()
    assert refused.value.source == "the environment"
    monkeypatch.setenv("PARLEY_EMAIL_HASH_KEY", KEY)
    assert settings().hash_key() == KEY.encode()


def started(text: str = "shop: {name: Fern & Fable}") -> Settings:
    """Settings as a start makes them."""
    made = settings(text)
    made.ensure_own_secrets()
    return made


def test_reading_a_secret_makes_none() -> None:
    for read in (settings().hash_key, settings().nlu_token):
        with pytest.raises(FileNotFoundError):
            read()
    assert not Path("state").exists()


def test_a_start_makes_no_secret_that_is_configured_or_belongs_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", "postgresql://db.example/parley")
    monkeypatch.setenv("PARLEY_NLU_URL", "http://nlu.example:5005")
    assert started().nlu_token() == ""
    assert not Path("state").exists()


def test_the_demo_makes_a_hash_key_once_and_keeps_it_to_itself() -> None:
    key = started().hash_key()
    assert len(key) >= 32
    assert started().hash_key() == settings().hash_key() == key
    assert Path("state/email_hash_key").stat().st_mode & 0o077 == 0


def test_two_demos_do_not_share_a_hash_key() -> None:
    first = started().hash_key()
    Path("state").rename("other-state")
    assert started().hash_key() != first


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_a_demo_on_this_machine_has_a_mailbox(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("PARLEY_DEMO_TOKEN", "t" * 22)
    assert settings(f"{{shop: {{name: Fern}}, web: {{host: '{host}'}}}}").mailbox_token == "t" * 22


def test_a_local_slack_is_on_this_machine_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DEMO_TOKEN", "t" * 22)
    web = "{public_url: 'http://127.0.0.1:8000'}"  # by which it fetches pictures
    assert settings(f"{{shop: {{name: Fern}}, web: {web}}}").mailbox_token == "t" * 22


@pytest.mark.parametrize(
    ("web", "environment"),
    [
        ("", {"PARLEY_DEMO_TOKEN": ""}),  # `parley web` alone
        ("host: 0.0.0.0", {}),
        ("host: '::'", {}),
        ("host: 192.168.1.4", {}),
        ("host: shop.internal", {}),
        ("public_url: https://shop.example.com", {}),
        ("", {"PARLEY_SENDGRID_API_KEY": "SG.x"}),
    ],
)
def test_nobody_elses_mail_is_shown_elsewhere(
    monkeypatch: pytest.MonkeyPatch, web: str, environment: dict[str, str]
) -> None:
    for name, value in ({"PARLEY_DEMO_TOKEN": "t" * 22} | environment).items():
        monkeypatch.setenv(name, value)
    assert settings(f"{{shop: {{name: Fern}}, web: {{{web}}}}}").mailbox_token == ""


def test_a_mailbox_has_no_short_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DEMO_TOKEN", "1")
    assert "PARLEY_DEMO_TOKEN" in problems()[0]


def test_a_misspelt_setting_of_a_section_is_told_with_the_likely_one() -> None:
    (found,) = problems("shop: {name: X}\nweb: {pubic_url: x}")
    assert found == "web.pubic_url: is not a setting; is it misspelt? Perhaps public_url is meant."
    (deep,) = problems("shop: {name: X}\nreports: {finance: {weak: x}}")
    assert deep.endswith("Perhaps week is meant.")


def test_a_country_that_is_none_is_refused() -> None:
    assert [problem.split(":")[0] for problem in problems("shop: {name: F}\norders: {ships_to: [US, Utopia]}")] == [
        "orders.ships_to.1"
    ]
