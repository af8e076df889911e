"""A channel that nobody has heard of needs one module and one row: by it something is ordered, and news are brought."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database

from bot.adapters.ports import Given
from bot.channels import CHANNELS
from bot.config import load
from bot.connecting import connect
from bot.engine import MessageEngine
from domain.orders.shipping import ship_order
from scheduler.services import Outside
from storage.queries.chats import PostgresChats
from storage.queries.envelopes import Envelopes
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.pigeon import PIGEON, Loft
from tests.support.rooms import StagedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

ORDER = ("order 2 MUG-RED", "ann@example.com", "address: 12 Main St, Denver CO 80203")


def test_a_new_channel_orders_and_is_told(
    engine: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHANNELS, PIGEON.name, PIGEON)  # the registration
    stock_mugs(engine)
    clock, settings = StillClock(NOW), load(Path("config.yaml"), tmp_path)

    def unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(engine, jobs.enqueue)

    given = Given(
        settings=settings,
        engine=MessageEngine(interpreter=CommandInterpreter(), unit_of_work=unit_of_work, clock=clock, shop=SHOP),
        chats=PostgresChats(engine, clock),
        envelopes=partial(Envelopes, engine, clock),
        clock=clock,
        shop=SHOP,
        unit_of_work=unit_of_work,
    )
    channels = connect(given)

    def by_pigeon(outside: Outside) -> Outside:
        return replace(outside, senders=channels.senders)

    jobs = StagedJobs(database_url, engine, SHOP, clock, outside=by_pigeon)
    loft = channels.parts(Loft)
    assert loft is not None

    for written in ORDER:
        loft.comes_home("ann", written)
    card = loft.flown[-1][1]
    assert card.startswith("YOUR ORDER\n2 × Red Mug at $12.00 .... $24.00\nTotal .... $24.00\n")
    pressed = re.search(r"\[Place order: (\S+)\]", card)
    assert pressed is not None
    loft.comes_home("ann", f"!{pressed[1]}")
    assert "ORDER #1001 IS PLACED" in loft.flown[-2][1]  # and then the question about ideas by mail

    clock.passes(minutes=31)
    with unit_of_work() as uow:
        ship_order(uow, 1001, now=clock.now())
        uow.commit()
    before = len(loft.flown)
    jobs.all_done()
    brought = [text for who, text in loft.flown[before:] if who == "ann"]
    assert len(brought) == 1
    assert "#1001 IS ON ITS WAY" in brought[0]


def test_without_its_row_there_is_no_such_channel(engine: Database, tmp_path: Path) -> None:
    given = Given(
        settings=load(Path("config.yaml"), tmp_path),
        engine=None,  # type: ignore[arg-type]  # nobody writes
        chats=PostgresChats(engine, StillClock(NOW)),
        envelopes=partial(Envelopes, engine, StillClock(NOW)),
        clock=StillClock(NOW),
        shop=SHOP,
        unit_of_work=lambda: PostgresUnitOfWork(engine),
    )
    assert connect(given).parts(Loft) is None
