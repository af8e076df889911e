"""Somebody who was forgotten is in no copy of a file any more; all others are, on their lines."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from analytics.folders import Folder, Unreachable
from analytics.ingestion.forgetting import take_out
from analytics.ingestion.taking import IntakeTerms
from domain.people.forgetting import forget_email
from domain.people.identity import forgotten_mark, hash_email
from scheduler.tasks import FORGET_COPIES
from storage.imports.handed_in import HandedIn
from storage.queries.ingested import remember_forgotten, to_be_forgotten
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import StillClock
from tests.support.importing import HASH_KEY, NOW, ORDER_HEADER, load_orders, stock_shop, write
from tests.support.rooms import NO_FILES, RULES, StaffedJobs
from tests.support.shop import SHOP

ADA = hash_email("ada@example.com", HASH_KEY)
ORDERS = f"{ORDER_HEADER}\n2020-06-25,Ada@Example.com,80203,MUG,1\n2020-06-25,ben@example.com,80203,MUG,1\n"
LEFT = f"{ORDER_HEADER}\n\n2020-06-25,ben@example.com,80203,MUG,1\n"


def keep(lake: Path, path: str, content: bytes) -> Path:
    file = lake / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def test_lines_with_the_address_become_blank_and_the_others_stay(tmp_path: Path) -> None:
    plain = keep(tmp_path, "raw/orders/2026-05-01/a.csv", ORDERS.encode())
    packed = keep(tmp_path, "raw/orders/2026-05-02/b.csv.gz", gzip.compress(ORDERS.encode()))
    refused = keep(tmp_path, "quarantine/orders/2026-05-02/c.csv", ORDERS.encode())
    words = keep(tmp_path, "raw/tickets/2026-05-02/t.json", b'{"_id":1,"body":"I am <ada@example.com>."}\n{"_id":2}\n')
    others = keep(tmp_path, "raw/orders/2026-05-02/d.csv", LEFT.encode())
    before = others.stat().st_mtime_ns
    assert take_out(Folder(str(tmp_path)), {forgotten_mark(ADA)}, HASH_KEY) == 4
    assert plain.read_text() == refused.read_text() == LEFT
    assert gzip.decompress(packed.read_bytes()).decode() == LEFT
    assert words.read_bytes() == b'\n{"_id":2}\n'
    assert others.stat().st_mtime_ns == before
    assert take_out(Folder(str(tmp_path)), {forgotten_mark(ADA)}, HASH_KEY) == 0


def test_what_nobody_can_unpack_is_emptied(tmp_path: Path) -> None:
    cut = keep(tmp_path, "quarantine/orders/2026-05-02/c.csv.gz", gzip.compress(ORDERS.encode() * 50)[:-20])
    take_out(Folder(str(tmp_path)), {forgotten_mark(ADA)}, HASH_KEY)
    assert cut.read_bytes() == b""


def test_forget_me_reaches_the_copies(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    monkeypatch.setattr("scheduler.warehousing.Warehousing.build", lambda self: built.append("built"))
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS))
    copy = keep(tmp_path / "lake", "raw/orders/2026-05-01/a.csv", ORDERS.encode())
    how = HandedIn(hash_key=HASH_KEY, time_zone="UTC")
    terms = IntakeTerms(sources=(), lake=str(tmp_path / "lake"), most_bytes=1_000_000, how=how)
    jobs = StaffedJobs(database_url, engine, SHOP, StillClock(NOW), replace(RULES, intake=terms))
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        assert forget_email(uow, ADA) is not None
        uow.commit()
    jobs.all_done()
    assert copy.read_text() == ORDERS  # a job looks every quarter of an hour, whoever was forgotten meanwhile
    jobs.begin(FORGET_COPIES.due(), FORGET_COPIES.due())
    jobs.all_done()
    assert copy.read_text() == LEFT
    assert built == ["built"]
    jobs.begin(FORGET_COPIES.due())
    jobs.all_done()
    assert built == ["built"]


def test_who_was_forgotten_is_tried_again_while_the_lake_is_away(engine: Engine, database_url: str) -> None:
    away = replace(NO_FILES, lake="s3://nowhere/lake")
    jobs = StaffedJobs(database_url, engine, SHOP, StillClock(NOW), replace(RULES, intake=away))
    with engine.begin() as connection:
        remember_forgotten(connection, ["m", "m"])
    with pytest.raises(Unreachable):
        jobs.services.ingesting.forget()
    with engine.connect() as connection:
        assert to_be_forgotten(connection) == {"m"}
