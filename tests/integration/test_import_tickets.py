"""Tickets of another help desk, as `mongoexport` writes them: times and topics are kept, words are not."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from storage.imports.files import ImportResult
from storage.imports.tickets import import_tickets
from tests.support.importing import NOW, ask, bad_rows, refusal, write

MONGO = {
    "_id": {"$oid": "64f0c0ffee"},
    "created_at": {"$date": "2026-05-01T10:00:00Z"},
    "first_response_at": {"$date": {"$numberLong": "1777631400000"}},
    "closedAt": {"$date": 1777635000000},
    "category": "Billing",
    "source": "mail",
    "body": "I am ada@example.com and live in 12 Main St",
}
KEPT = "SELECT reference, topic, channel, opened_at, first_answer_at, resolved_at FROM raw.help_desk_ticket ORDER BY 1"


def load(engine: Engine, file: Path) -> ImportResult:
    return import_tickets(engine, file, now=NOW)


def lines(*tickets: Any) -> str:
    return "".join(json.dumps(ticket) + "\n" for ticket in tickets)


def test_times_and_topics_are_kept_and_nothing_that_was_written(engine: Engine, tmp_path: Path) -> None:
    done = load(engine, write(tmp_path, lines(MONGO)))
    assert done.describe() == "file.csv: 1 rows, 1 tickets created, 0 unchanged"
    [(reference, topic, channel, *moments)] = ask(engine, KEPT)
    assert (reference, topic, channel) == ("64f0c0ffee", "billing", "mail")
    assert [moment.isoformat() for moment in moments] == [
        "2026-05-01T10:00:00+00:00",
        "2026-05-01T10:30:00+00:00",
        "2026-05-01T11:30:00+00:00",
    ]


def test_a_later_file_brings_it_up_to_date_and_the_same_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    opened = {"_id": 7, "opened_at": "2026-05-01T10:00:00+02:00"}
    load(engine, write(tmp_path, lines(opened)))
    resolved = write(tmp_path, lines(opened | {"resolved_at": "2026-05-02T10:00:00Z"}))
    assert "1 changed" in load(engine, resolved).describe()
    assert "1 unchanged" in load(engine, resolved).describe()
    [(reference, topic, channel, _, answered, ended)] = ask(engine, KEPT)
    assert (reference, topic, channel, answered, ended is not None) == ("7", "other", "help desk", None, True)


def test_a_packed_file_is_unpacked(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "tickets.json.gz"
    file.write_bytes(gzip.compress(lines(MONGO, MONGO | {"_id": "2"}).encode()))
    assert load(engine, file).created == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[]", "without --jsonArray"),
        ("{", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ("7", "no JSON object"),
        ('{"opened_at": "2026-05-01T10:00:00Z"}', "_id is missing"),
        ('{"_id": 1}', "opened_at is missing"),
        ('{"_id": 1, "opened_at": "2026-05-01T10:00:00"}', "has no time zone"),
        ('{"_id": 1, "opened_at": "soon"}', "is no moment"),
        ('{"_id": 1, "opened_at": {"$date": 1e400}}', "is no moment"),
        ('{"_id": 1, "opened_at": "2036-05-01T10:00:00Z"}', "in the future"),
        (
            '{"_id": 1, "opened_at": "2026-05-01T10:00:00Z", "resolved_at": "2026-04-01T10:00:00Z"}',
            "is before opened_at",
        ),
        ('{"_id": "ada@example.com", "opened_at": "2026-05-01T10:00:00Z"}', "_id is longer"),
        ('{"_id": {"a": 1}, "opened_at": "2026-05-01T10:00:00Z"}', "_id is no text"),
        (
            '{"_id": 1, "opened_at": "2026-05-01T10:00:00Z", "topic": "my address is ada@example.com"}',
            "topic is longer",
        ),
    ],
)
def test_a_line_that_is_no_ticket_is_refused_with_its_number(
    engine: Engine, tmp_path: Path, line: str, reason: str
) -> None:
    file = write(tmp_path, f"{lines(MONGO)}\n{line}\n")
    [(number, why)] = bad_rows(refusal(engine, load, file))
    assert (number, reason in why, "ada@" in why) == (3, True, False)


def test_an_id_twice_is_refused(engine: Engine, tmp_path: Path) -> None:
    [(number, why)] = bad_rows(refusal(engine, load, write(tmp_path, lines(MONGO, MONGO))))
    assert (number, "is on line 1 already" in why) == (2, True)
