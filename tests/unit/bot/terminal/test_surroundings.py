"""What an operator is told about names nobody reads, files that others read, and a database over an open network."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.config import load
from bot.terminal.doctor import _around
from bot.terminal.surroundings import open_connection, open_files, unread_names


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PARLEY_DATABSE_URL", "PARLEY_DATABASE_URL"),
        ("PARLEY_SLACK_TOKEN", "PARLEY_SLACK_"),
        ("PARLEY_SENDGRID_KEY", "PARLEY_SENDGRID_API_KEY"),
        ("parley_hash_key", "PARLEY_EMAIL_HASH_KEY"),
        ("PARLEY_XYZZY", ""),
    ],
)
def test_a_name_that_nobody_reads_is_told_with_the_nearest_one(tmp_path: Path, name: str, meant: str) -> None:
    (told,) = unread_names({name: "x"}, ())
    assert (name in told, meant in told, "meant?" in told) == (True, True, bool(meant))
    (tmp_path / ".env").write_text(f"{name}=x\nPOSTGRES_PASSWORD=y\n")
    assert [*unread_names({}, (tmp_path / ".env", tmp_path / "none"))] == [told]


def test_every_name_of_ours_is_known() -> None:
    listed = [line.partition("=")[0] for line in Path(".env.example").read_text().splitlines() if "=" in line]
    names = [*listed, "PARLEY_DEMO_TOKEN", "PARLEY_LOCAL_SLACK", "parley_nlu_url", "PATH"]
    assert [*unread_names(dict.fromkeys(names, "x"), (Path(".env.example"),))] == []


def test_it_is_told_once_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("shop: {name: Test}\n")
    env = {"PARLEY_DATABSE_URL": "x", "PARLEY_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}
    done = CliRunner().invoke(app, ["--config", str(tmp_path / "config.yaml"), "jobs"], env=env)
    assert done.stderr.count("is PARLEY_DATABASE_URL meant?") == 1


@pytest.mark.parametrize(("mode", "broken"), [(0o600, None), (0o640, False), (0o644, True), (0o604, True)])
def test_a_file_with_secrets_that_others_read_is_told(tmp_path: Path, mode: int, broken: bool | None) -> None:
    file = tmp_path / ".env"
    file.write_text("")
    file.chmod(mode)
    found = [*open_files((file, tmp_path / "none"))]
    assert [doubt.broken for doubt in found] == ([] if broken is None else [broken])
    assert all(f"chmod 600 {file}" in doubt.how for doubt in found)


@pytest.mark.parametrize(
    ("url", "broken"),
    [
        ("postgresql://u:hidden@db.example.com/shop", True),
        ("postgresql://u:hidden@db.example.com/shop?sslmode=disable", True),
        ("postgresql+psycopg2://u:hidden@203.0.113.9:5432/shop?sslmode=prefer", True),
        ("postgresql://u:hidden@[fd00::1]/shop", False),
        ("postgresql://u:hidden@[2600::1]/shop", True),
        ("postgresql:///shop?host=db.example.com", True),
        ("postgresql://u:hidden@10.0.0.7/shop", False),
        ("postgresql://u:hidden@db.shop.internal/shop", False),
        ("postgresql://u:hidden@db.example.com/shop?sslmode=require", None),
        ("postgresql://u:hidden@db.example.com/shop?sslmode=verify-full", None),
        ("postgresql://u:hidden@localhost/shop", None),
        ("postgresql://u:hidden@127.0.0.1/shop?sslmode=disable", None),
        ("postgresql://database/shop", None),  # a container's name
        ("postgresql:///shop?host=/var/run/postgresql", None),
        ("postgresql:///shop", None),
    ],
)
def test_a_database_over_a_network_without_tls_is_told(url: str, broken: bool | None) -> None:
    found = [*open_connection(url, {})]
    assert [doubt.broken for doubt in found] == ([] if broken is None else [broken])
    assert "hidden" not in str(found)


def test_the_environment_may_ask_for_tls_or_name_the_host() -> None:
    assert [*open_connection("postgresql://db.example.com/shop", {"PGSSLMODE": "require"})] == []
    assert [doubt.broken for doubt in open_connection("postgresql:///shop", {"PGHOST": "db.example.com"})] == [True]


def test_the_doctor_is_red_for_danger_and_yellow_for_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.yaml").write_text("shop: {name: Test}\n")
    (tmp_path / ".env").write_text("PARLEY_DATABASE_URL=postgresql://u@10.0.0.7/shop\nPARLEY_NLU_TOKNE=x\n")
    (tmp_path / ".env").chmod(0o644)
    monkeypatch.delenv("PARLEY_DATABASE_URL", raising=False)
    found = {
        finding.what: (finding.broken, finding.doubtful) for finding in _around(load(tmp_path / "config.yaml"), {})
    }
    assert found == {
        "environment": (True, False),
        f"{tmp_path / '.env'}": (True, False),
        "PARLEY_DATABASE_URL": (False, True),
    }
