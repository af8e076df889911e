"""Tickets from an address that gives JSON in pages: all of them, once an hour, and nothing from elsewhere."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from analytics.folders import Unreachable
from analytics.ingestion.pages import Pages
from analytics.ingestion.taking import Intake, IntakeTerms, Source
from bot.config import IngestSource
from domain.records.ingested import FileKind, FileState, IngestedFile
from storage.imports.handed_in import HandedIn
from tests.support.fakes import StillClock
from tests.support.importing import HASH_KEY, NOW, ask

Answer = Callable[[int], tuple[int, Any]]
TICKETS = [{"_id": number, "opened_at": "2026-05-01T10:00:00Z"} for number in range(5)]


class HelpDesk:
    """A server of pages; `answer` says what each holds."""

    def __init__(self) -> None:
        self.answer: Answer = lambda page: (200, TICKETS[2 * page - 2 : 2 * page])
        self.asked: list[tuple[str, str]] = []
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                desk.asked.append((self.path, self.headers.get("Authorization", "")))
                (page,) = parse_qs(urlsplit(self.path).query).get("page", ["1"])
                status, body = desk.answer(int(page))
                whole = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(whole)))
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()
                self.wfile.write(whole)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/tickets?open=1"


@pytest.fixture
def desk() -> Iterator[HelpDesk]:
    desk = HelpDesk()
    yield desk
    desk.server.shutdown()
    desk.server.server_close()


def fetched(desk: HelpDesk, folder: Path, most_bytes: int = 10_000) -> list[Any]:
    pages = Pages(desk.address, most_bytes=most_bytes, now=lambda: NOW, token="word")
    (file,) = pages.files()
    assert pages.fetch(file, folder / "pages.json")
    return [json.loads(line)["_id"] for line in (folder / "pages.json").read_text().splitlines()]


def in_data(desk: HelpDesk) -> Answer:
    return lambda page: (
        200,
        {"data": TICKETS[2 * page - 2 : 2 * page], "next": f"?page={page + 1}" if page < 3 else None},
    )


@pytest.mark.parametrize("followed", [False, True])
def test_all_pages_are_read(desk: HelpDesk, tmp_path: Path, followed: bool) -> None:
    if followed:
        desk.answer = in_data(desk)
    assert fetched(desk, tmp_path) == [0, 1, 2, 3, 4]
    assert desk.asked[0] == ("/tickets?open=1&page=1", "Bearer word")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda page: (403, []), "HTTP 403"),
        (lambda page: (500, []), "HTTP 500"),
        (lambda page: (302, []), "HTTP 302"),
        (lambda page: (200, b"<html>"), "JSONDecodeError"),
        (lambda page: (200, b"[" * 9_000), "RecursionError"),
        (lambda page: (200, {"tickets": 3}), "no list"),
        (lambda page: (200, {"items": TICKETS, "next": "http://127.0.0.1:1/x"}), "elsewhere"),
        (lambda page: (200, b" " * 20_000), "no end"),
        (lambda page: (200, TICKETS), "more than"),
    ],
)
def test_what_is_no_end_of_tickets_is_away(desk: HelpDesk, tmp_path: Path, answer: Answer, reason: str) -> None:
    desk.answer = answer
    with pytest.raises(Unreachable) as away:
        fetched(desk, tmp_path)
    assert reason in away.value.reason


def test_tickets_are_taken_in_once_an_hour(desk: HelpDesk, engine: Engine, tmp_path: Path) -> None:
    clock = StillClock(NOW)

    def takes() -> list[FileState]:
        source = Source(address=desk.address, kind=FileKind.TICKETS)
        how = HandedIn(hash_key=HASH_KEY, time_zone="UTC")
        terms = IntakeTerms(sources=(source,), lake=str(tmp_path / "lake"), most_bytes=10_000, how=how)
        told: list[IngestedFile] = []
        assert Intake(engine, clock, terms, lambda connection, file: None).take(told.append) == []
        return [file.state for file in told]

    assert takes() == [FileState.LOADED]
    assert takes() == []
    clock = StillClock(NOW + timedelta(hours=1))
    assert takes() == [FileState.KNOWN]
    TICKETS_THEN = [*TICKETS, {"_id": 9, "opened_at": "2026-05-02T10:00:00Z"}]
    desk.answer = lambda page: (200, TICKETS_THEN if page == 1 else [])
    clock = StillClock(NOW + timedelta(hours=2))
    assert takes() == [FileState.LOADED]
    assert ask(engine, "SELECT count(*) FROM raw.help_desk_ticket") == [(6,)]
    assert ask(engine, "SELECT state FROM raw.ingested_file ORDER BY file_id") == [
        ("replaced",),
        ("known",),
        ("loaded",),
    ]


def test_only_tickets_come_from_an_address() -> None:
    with pytest.raises(ValidationError, match="an http address gives tickets alone"):
        IngestSource(address="https://desk.example/api", kind=FileKind.ORDERS)
