"""The command line as an operator meets it: one clear line when something is wrong, and what to do next."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nlu.processes import free_port

KEY = "k" * 40


def parley(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `parley` in a folder of its own, with no settings but these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=cwd,
        env={**clean, "PYTHONPATH": os.getcwd(), "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(Path("config.yaml").read_text())
    return tmp_path


def change(folder: Path, section: str, **values: object) -> None:
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config[section].update(values)
    (folder / "config.yaml").write_text(yaml.safe_dump(config))


def test_all_problems_of_a_wrong_configuration_are_told_at_once(folder: Path) -> None:
    change(folder, "shop", currency="DOLLARS", time_zone="Mars/Base")
    change(folder, "limits", ask_above_quantty=5)
    done = parley("web", cwd=folder)
    assert done.returncode == 1
    for piece in ("3 problem(s)", "shop.currency", "shop.time_zone", "limits.ask_above_quantty", "misspelt"):
        assert piece in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_configuration_says_which_file(tmp_path: Path) -> None:
    done = parley("doctor", cwd=tmp_path)
    assert done.returncode == 1
    assert "config.yaml" in done.stderr


def test_a_database_without_tables_says_how_to_make_them(folder: Path, postgres_url: str) -> None:
    done = parley("worker", cwd=folder, PARLEY_DATABASE_URL=postgres_url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert "parley db upgrade" in done.stderr


def test_an_unreachable_database_is_one_line(folder: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    done = parley("db", "upgrade", cwd=folder, PARLEY_DATABASE_URL=url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_a_hash_key_is_refused(folder: Path, database_url: str) -> None:
    change(folder, "web", port=free_port())
    done = parley("web", cwd=folder, PARLEY_DATABASE_URL=database_url)
    assert done.returncode == 1
    assert "PARLEY_EMAIL_HASH_KEY" in done.stderr


def test_a_taken_port_says_so(folder: Path, database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = parley("web", "--port", port, cwd=folder, PARLEY_DATABASE_URL=database_url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_the_doctor_names_what_is_broken_and_fails(folder: Path, database_url: str) -> None:
    done = parley(
        "doctor",
        cwd=folder,
        PARLEY_DATABASE_URL=database_url,
        PARLEY_EMAIL_HASH_KEY=KEY,
        PARLEY_NLU_URL="http://127.0.0.1:1",
        PARLEY_TELEGRAM_TOKEN="1:secret",
        PARLEY_TELEGRAM_API_URL="http://127.0.0.1:1/bot",
    )
    assert done.returncode == 1
    assert "✓ database: configured, reachable" in done.stdout
    assert "✗ NLU server" in done.stdout
    assert "✗ Telegram: does not answer" in done.stdout
    assert "✓ Slack: not configured" in done.stdout
    assert "secret" not in done.stdout


def test_an_import_tells_bad_rows_and_changes_nothing(folder: Path, database_url: str) -> None:
    (folder / "bad.csv").write_text(
        "product_id,quantity,wholesale_cost,sale_price,supplier_id\nA,1,1.00,2.00,S\nB,many,1.00,2.00,S\n"
    )
    environment = {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}
    done = parley("import", "inventory", "bad.csv", cwd=folder, **environment)
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "Traceback" not in done.stderr
    (folder / "good.csv").write_text(
        "product_id,quantity,wholesale_cost,sale_price,supplier_id\nA,1,1.00,2.00,S\nB,3,1.00,2.00,S\n"
    )
    assert parley("import", "inventory", "good.csv", cwd=folder, **environment).returncode == 0


def test_a_bot_without_tokens_says_which_to_set(folder: Path, database_url: str) -> None:
    done = parley("bot", cwd=folder, PARLEY_DATABASE_URL=database_url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert "PARLEY_SLACK_APP_TOKEN" in done.stderr
    assert "PARLEY_TELEGRAM_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr
