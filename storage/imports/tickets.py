"""Imports a help desk's tickets: when each was opened, answered and resolved, and what it was about; no words of it."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from domain.people.identity import holds_email
from storage.copying import as_csv, copy
from storage.imports.files import STRICT, ImportResult, ImportRules, TextFile
from storage.imports.reading import EARLIEST
from storage.imports.rows import LONGEST_CODE, Problems
from storage.locks import one_import_at_a_time

# What a field is called in the exports of help desks; the first is ours.
_OPENED = ("opened_at", "created_at", "createdAt", "created")
_ANSWERED = ("first_answer_at", "first_response_at", "firstResponseAt", "first_reply_at")
_RESOLVED = ("resolved_at", "closed_at", "resolvedAt", "closedAt")
_TOPIC = ("topic", "category", "type")
_CHANNEL = ("channel", "source", "via")
_ID = ("_id", "id", "ticket_id")
_UNITS = {"$numberLong", "$numberInt", "$numberDouble"}

_STAGE = """
    CREATE TEMP TABLE incoming_ticket (
        line int, reference text, topic text, channel text,
        opened_at timestamptz, first_answer_at timestamptz, resolved_at timestamptz
    ) ON COMMIT DROP
"""
_DIFFERENT = """
    CREATE TEMP TABLE different_ticket ON COMMIT DROP AS
    SELECT i.*, t.reference IS NULL AS fresh FROM incoming_ticket i LEFT JOIN raw.help_desk_ticket t USING (reference)
    WHERE t.reference IS NULL OR (t.topic, t.channel, t.opened_at, t.first_answer_at, t.resolved_at)
        IS DISTINCT FROM (i.topic, i.channel, i.opened_at, i.first_answer_at, i.resolved_at)
"""
_KEEP = """
    INSERT INTO raw.help_desk_ticket (reference, topic, channel, opened_at, first_answer_at, resolved_at)
    SELECT reference, topic, channel, opened_at, first_answer_at, resolved_at FROM different_ticket ORDER BY reference
    ON CONFLICT (reference) DO UPDATE SET topic = excluded.topic, channel = excluded.channel,
        opened_at = excluded.opened_at, first_answer_at = excluded.first_answer_at, resolved_at = excluded.resolved_at
"""


def import_tickets(engine: Engine, file: Path, *, now: datetime, rules: ImportRules = STRICT) -> ImportResult:
    """Adds the file's tickets and brings known ones up to date, in one transaction.

    Args:
        engine: in the application's role.
        file: a JSON object on each line, as `mongoexport` writes them, perhaps gzipped. Of each an id, the moments of
            opening, first answer and resolution, topic and channel are read; whatever else it holds is not.
        now: the moment of importing; a time beyond tomorrow is refused.
        rules: how the file is taken in.

    Raises:
        ImportRefused: with every bad line; nothing was changed.
    """
    with engine.connect() as connection:
        result = load_tickets(connection, file, now=now, rules=rules)
        if not rules.dry_run:
            connection.commit()
        return result


def load_tickets(connection: Connection, file: Path, *, now: datetime, rules: ImportRules = STRICT) -> ImportResult:
    """Does the work of `import_tickets` in the caller's transaction, who commits it, or not."""
    source = TextFile(file, rules)
    problems = Problems(source.name)
    one_import_at_a_time(connection)
    connection.exec_driver_sql(_STAGE)
    rows = copy(connection, "incoming_ticket", as_csv(_checked(source, now + timedelta(days=1), problems)))
    problems.refuse()
    connection.exec_driver_sql(_DIFFERENT)
    connection.exec_driver_sql(_KEEP)
    created, changed = connection.exec_driver_sql(
        "SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh) FROM different_ticket"
    ).one()
    return source.result("tickets", rows=rows, created=created, changed=changed, unchanged=rows - created - changed)


def _checked(source: TextFile, latest: datetime, problems: Problems) -> Iterator[list[object]]:
    """The lines' values in the order of `incoming_ticket`'s columns; bad lines go to `problems`."""
    seen: dict[str, int] = {}
    for line, written in source.lines():
        if not written.strip():
            continue
        try:
            values = _values(written, latest)
        except ValueError as error:
            problems.add(line, str(error))
            continue
        reference = str(values[0])
        if seen.setdefault(reference, line) != line:
            problems.add(line, f"id {reference!r} is on line {seen[reference]} already")
        else:
            yield [line, *values]


def _values(written: str, latest: datetime) -> list[object]:
    """Id, topic, channel and the three moments of a line.

    Raises:
        ValueError: it is no ticket; the message says why, and repeats nothing of what customers wrote.
    """
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list):
        raise ValueError("it is a list; export one ticket on each line, without --jsonArray")
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object; export one ticket on each line")
    reference = _code(_first(found, _ID), _ID[0])
    if not reference:
        raise ValueError("_id is missing")
    opened, answered, resolved = (_moment(found, names, latest) for names in (_OPENED, _ANSWERED, _RESOLVED))
    if opened is None:
        raise ValueError(f"{_OPENED[0]} is missing")
    for name, moment in ((_ANSWERED[0], answered), (_RESOLVED[0], resolved)):
        if moment is not None and moment < opened:
            raise ValueError(f"{name} is before {_OPENED[0]}")
    topic, channel = (_code(_first(found, names), names[0]) for names in (_TOPIC, _CHANNEL))
    moments = [None if moment is None else moment.isoformat() for moment in (opened, answered, resolved)]
    return [reference, topic.lower() or "other", channel.lower() or "help desk", *moments]


def _first(found: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((found[name] for name in names if found.get(name) is not None), None)


def _code(value: Any, name: str) -> str:
    """A short word or number, which names nobody."""
    while isinstance(value, dict) and len(value) == 1 and set(value) <= _UNITS | {"$oid"}:
        (value,) = value.values()
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError(f"{name} is no text")
    code = " ".join(str(value).split())
    if len(code.encode(errors="replace")) > LONGEST_CODE or holds_email(code) or not code.isprintable():
        raise ValueError(f"{name} is longer than {LONGEST_CODE} bytes, or no name of a kind of thing")
    return code


def _moment(found: Mapping[str, Any], names: tuple[str, ...], latest: datetime) -> datetime | None:
    """A moment as JSON of MongoDB has it (`{"$date": …}`), or in the form of ISO 8601 with its zone."""
    value = _first(found, names)
    if value is None or value == "":
        return None
    if isinstance(value, dict) and set(value) == {"$date"}:
        value = value["$date"]
    if isinstance(value, dict) and len(value) == 1 and set(value) <= _UNITS:
        value = int(next(iter(value.values())))
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            moment = datetime.fromtimestamp(value / 1000, UTC)
        else:
            moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f'{names[0]} is no moment such as {{"$date": "2026-05-12T17:30:00Z"}}') from error
    if moment.tzinfo is None:
        raise ValueError(f"{names[0]} has no time zone; write it with Z or an offset")
    if not EARLIEST <= moment <= latest:
        raise ValueError(f"{names[0]} is before {EARLIEST.year} or in the future")
    return moment
