"""A day of logs holds a correlation id for every turn, and no e-mail, address or name."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import structlog
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database

from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.engine import MessageEngine
from bot.links import Links
from bot.messages import IncomingMessage
from bot.terminal import logs
from domain.conversation import ChatRef
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

SECRETS = ["zelda", "example.com", "main st", "80203", "quimby"]
DAY = [
    "hello",
    "order 2 MUG-RED",
    "zelda.quimby@example.com",
    "address: Zelda Quimby, 12 Main St, Denver CO 80203",
    "yes",
    "orders",
    "cancel 1001",
    "yes",
    "my name is Zelda Quimby and I live at 12 Main St, write to zelda.quimby@example.com",
    "order 1 zelda.quimby@example.com",
    "human",
]


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "web.log"
    before = logging.root.handlers[:]
    logs.configure(file)
    yield file
    structlog.reset_defaults()
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler) and handler not in before:
            handler.stream.close()
    logging.root.handlers[:] = before


def test_a_day_of_logs_names_nobody(engine: Database, log_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stock_mugs(engine)
    interpreter = CommandInterpreter()
    message_engine = MessageEngine(
        interpreter=interpreter, unit_of_work=lambda: PostgresUnitOfWork(engine), clock=StillClock(NOW), shop=SHOP
    )
    parts = WebParts(
        engine=message_engine,
        chats=PostgresChats(engine, StillClock(NOW)),
        health=PostgresHealth(engine),
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        rates=PostgresRates(engine),
        clock=StillClock(NOW),
        reduced=lambda: False,
        cookie_keys=[SHOP.hash_key],
        links=Links("", [SHOP.hash_key]),
        shop=SHOP,
        tagline="",
        examples=(),
        images=log_file.parent,
        mailbox=None,
        messages_per_minute=1000,
    )
    client = TestClient(make_app(parts))
    for number, said in enumerate(DAY):
        assert client.post("/api/chat", json={"text": said, "id": f"m{number}"}).status_code == 200
    assert client.post("/api/chat", json={"text": DAY[0], "id": "m0"}).status_code == 200

    def refuse(*_: object, **__: object) -> None:
        raise ValueError("Key (unhashed_email)=(zelda.quimby@example.com) already exists")

    monkeypatch.setattr("storage.repositories.people.PostgresPeople.remember_email", refuse)
    assert client.post("/api/chat", json={"text": "zelda.quimby@example.com"}).status_code == 500
    logging.getLogger("some.library").exception("oh", exc_info=ValueError("zelda.quimby@example.com"))

    lines = log_file.read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    turns = [event for event in events if event.get("event") == "turn"]
    assert len(turns) == len(DAY)
    assert len({event["turn"] for event in turns}) == len(DAY)
    assert any(event.get("error") == "ValueError" for event in events)
    assert not [(secret, line) for secret in SECRETS for line in lines if secret in line.lower()]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    handlers = logging.root.handlers[:]
    full = Path("/dev/full").open("w", buffering=1)  # noqa: SIM115 - closing it fails too
    monkeypatch.setattr(sys, "stderr", full)
    logs.configure()
    yield
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    with suppress(OSError):
        full.close()


@pytest.mark.usefixtures("full_disk")
def test_a_turn_is_answered_though_its_log_cannot_be_written(engine: Database) -> None:
    stock_mugs(engine)
    shop = MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        clock=StillClock(NOW),
        shop=SHOP,
    )
    chat = ChatRef(channel="web", chat_id="ann")
    for number, said in enumerate(DAY):
        assert shop.handle(IncomingMessage(id=f"m{number}", chat=chat, sender_id="ann", text=said)).replies
