"""The minute's look for files: what is told to the admins, what follows, and a folder that is away."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console
from sqlalchemy import Engine

from analytics.folders import Unreachable
from analytics.ingestion.taking import Intake, IntakeTerms, Source
from bot.config import IngestSection, IngestSource, Settings, load
from bot.support.notices import MOST_FILES
from bot.terminal.ingest import show, take_now
from bot.wiring import parts
from domain.records.ingested import FileKind
from scheduler.ingesting import AWAY
from scheduler.tasks import INGEST
from storage.imports.handed_in import HandedIn
from tests.support.fakes import StillClock
from tests.support.importing import HASH_KEY, NOW, ORDER_HEADER, stock_shop
from tests.support.rooms import RULES, StaffedJobs
from tests.support.shop import SHOP

GOOD = f"{ORDER_HEADER}\n2020-06-25,ada@example.com,80203,MUG,2\n"
BAD = f"{ORDER_HEADER}\n2020-06-25,ada@example.com,80203,MUG,2\n2020-06-25,ada,80203,MUG,1\n"


def hand_in(folder: Path, name: str, content: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content)
    os.utime(folder / name, (0, 0))


@pytest.fixture
def jobs(engine: Engine, database_url: str, tmp_path: Path) -> StaffedJobs:
    stock_shop(engine, tmp_path)
    terms = IntakeTerms(
        sources=(Source(address=str(tmp_path / "orders"), kind=FileKind.ORDERS),),
        lake=str(tmp_path / "lake"),
        most_bytes=1_000_000,
        how=HandedIn(hash_key=HASH_KEY, time_zone="UTC"),
    )
    return StaffedJobs(database_url, engine, SHOP, StillClock(NOW), replace(RULES, intake=terms))


def told(jobs: StaffedJobs) -> list[str]:
    return [reply.text for channel, _, reply in jobs.room.posts if channel == "C-ADMINS"]


def test_what_became_of_a_file_is_told_in_the_admins_channel(
    jobs: StaffedJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    monkeypatch.setattr("scheduler.warehousing.Warehousing.build", lambda self: built.append("built"))
    hand_in(tmp_path / "orders", "good.csv", GOOD)
    hand_in(tmp_path / "orders", "bad.csv", BAD)
    jobs.begin(INGEST.due(), INGEST.due())
    jobs.all_done()
    [news] = told(jobs)
    refused, why, then, taken = news.splitlines()
    assert refused == "Not taken in: bad.csv. 1 row(s) are wrong, so nothing was loaded"
    assert why == "line 3: cust_email is no e-mail address"
    assert then == "It is kept apart; hand in a corrected one."
    assert taken == "Taken in: good.csv: 1 rows, 1 orders created, 0 unchanged, 1 new customers"
    assert built
    jobs.begin(INGEST.due())
    jobs.all_done()
    assert len(told(jobs)) == 1


def test_many_files_are_told_in_one_message(jobs: StaffedJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.warehousing.Warehousing.build", lambda self: None)
    for number in range(MOST_FILES + 3):
        hand_in(tmp_path / "orders", f"{number:02}.csv", GOOD.replace("06-25", f"06-{number + 1:02}"))
    jobs.begin(INGEST.due())
    jobs.all_done()
    [news] = told(jobs)
    assert len(news.splitlines()) == MOST_FILES + 1
    assert news.endswith("… and 3 more taken in: `parley ingest status`")


def test_what_could_not_be_told_is_told_later(
    jobs: StaffedJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.warehousing.Warehousing.build", lambda self: None)
    hand_in(tmp_path / "orders", "good.csv", GOOD)
    jobs.room.failures = 1
    jobs.begin(INGEST.due())
    jobs.all_done()
    assert told(jobs) == []
    jobs.services.ingesting.tell()
    assert len(told(jobs)) == 1


def test_a_folder_that_is_away_is_told_of_once_until_it_answers_again(
    jobs: StaffedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = [Unreachable("s3://branches", "PermissionError: Forbidden")]
    monkeypatch.setattr(Intake, "take", lambda self: list(away))
    ingesting = jobs.services.ingesting

    def passes(time: timedelta) -> None:
        ingesting._place = replace(ingesting._place, clock=StillClock(ingesting._place.clock.now() + time))
        ingesting.take()

    passes(timedelta(0))
    assert told(jobs) == []
    passes(AWAY)
    passes(AWAY)
    assert told(jobs) == [
        "The folder s3://branches does not answer (PermissionError: Forbidden). "
        "It is asked again every minute; files in it wait."
    ]
    back, away[:] = away[0], []
    passes(AWAY)
    away.append(back)
    passes(AWAY)
    passes(AWAY)
    assert len(told(jobs)) == 2


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    read = load(Path("config.yaml"), tmp_path)
    read.ensure_own_secrets()
    secrets = {"database_url": database_url, "email_hash_key": SecretStr("k" * 40)}
    source = IngestSource(address=str(tmp_path / "orders"), kind=FileKind.ORDERS)
    file = read.file.model_copy(update={"ingest": IngestSection(sources=(source,))})
    plain = dict.fromkeys(type(read.secrets).model_fields)
    return replace(read, file=file, secrets=read.secrets.model_copy(update=plain | secrets))


@pytest.fixture
def said(settings: Settings) -> Callable[[Callable[..., None]], str]:
    """What a command prints."""

    def run(command: Callable[..., None], **options: bool) -> str:
        out = StringIO()
        with parts(settings, pool_size=2) as shop:
            command(shop, console=Console(file=out, width=200), **options)
        return out.getvalue()

    return run


def test_the_command_names_each_file_and_shows_the_last(
    engine: Engine, tmp_path: Path, said: Callable[..., str]
) -> None:
    stock_shop(engine, tmp_path)
    assert said(show) == "No file was handed in yet.\n"
    hand_in(tmp_path / "orders", "good.csv", GOOD)
    hand_in(tmp_path / "orders", "bad.csv", BAD)
    lines = said(take_now, once=True)
    assert "✓ good.csv: 1 rows, 1 orders created" in lines
    assert "✗ bad.csv: 1 row(s) are wrong" in lines
    assert said(take_now, once=True) == ""
    table = said(show)
    for piece in ("good.csv", "loaded", "bad.csv", "quarantined", "orders"):
        assert piece in table


def test_without_a_folder_the_command_says_where_to_name_one(settings: Settings) -> None:
    nowhere = replace(settings, file=settings.file.model_copy(update={"ingest": IngestSection()}))
    out = StringIO()
    with parts(nowhere, pool_size=1) as shop, pytest.raises(SystemExit):
        take_now(shop, once=True, console=Console(file=out, width=200))
    assert "docs/data.md" in out.getvalue()


def test_a_demo_has_a_folder_for_each_kind(settings: Settings, tmp_path: Path) -> None:
    nowhere = replace(settings, file=settings.file.model_copy(update={"ingest": IngestSection()}))
    assert nowhere.ingest_sources == ()
    demo = replace(nowhere, secrets=nowhere.secrets.model_copy(update={"demo_token": SecretStr("t" * 20)}))
    assert {source.kind: source.address for source in demo.ingest_sources} == {
        kind: str(tmp_path / "incoming" / kind) for kind in FileKind
    }
