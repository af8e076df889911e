"""Imports a file of customers: names into the restricted table of profiles, e-mails hashed, days of signing up."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from domain.people.identity import hash_email
from storage.copying import as_csv, copy
from storage.imports.files import STRICT, ImportFile, ImportResult, ImportRules
from storage.imports.reading import Reading
from storage.imports.rows import Problems, Row
from storage.locks import busy_when_timed_out, one_import_at_a_time

REQUIRED = ("id", "first_name", "last_name", "email", "signup_date")
LONGEST_NAME = 50
_TEXTS = ("id", "first_name", "last_name")

_STAGE = """
    CREATE TEMP TABLE incoming_customer (
        line int, id text, first_name text, last_name text, email text, hashed_email text, signed_up_at timestamptz
    ) ON COMMIT DROP
"""

# Of a date of signing up that is blank nothing is said, and what is known of it stays.
_DIFFERENT = """
    CREATE TEMP TABLE different_customer ON COMMIT DROP AS
    SELECT * FROM (
        SELECT i.*, CAST(signed_up_at AS date) AS signed_up_on, c.hashed_email IS NULL AS fresh, concat_ws(', ',
            CASE WHEN i.id IS DISTINCT FROM p.reference THEN 'id' END,
            CASE WHEN i.first_name IS DISTINCT FROM p.first_name THEN 'first_name' END,
            CASE WHEN i.last_name IS DISTINCT FROM p.last_name THEN 'last_name' END,
            CASE WHEN signed_up_at IS NOT NULL AND CAST(signed_up_at AS date) IS DISTINCT FROM c.signed_up_on
                THEN 'signup_date' END) AS what
        FROM incoming_customer i
        LEFT JOIN shop.customer c USING (hashed_email) LEFT JOIN pii.profile p USING (hashed_email)
    ) AS each_customer
    WHERE fresh OR what <> ''
"""

_ANOTHERS = """
    SELECT line, id FROM different_customer d WHERE EXISTS (
        SELECT FROM pii.profile p WHERE p.reference = d.id AND p.hashed_email <> d.hashed_email
    ) ORDER BY line
"""

# A row that is there is held until the end, so that nobody forgets the address in the middle of this.
_KEEP_EMAILS = """
    INSERT INTO pii.email_lookup (hashed_email, unhashed_email)
    SELECT hashed_email, email FROM different_customer ORDER BY hashed_email
    ON CONFLICT (hashed_email) DO UPDATE SET unhashed_email = excluded.unhashed_email
"""

_KEEP_CUSTOMERS = text("""
    INSERT INTO shop.customer AS known (hashed_email, first_seen_at, signed_up_on)
    SELECT hashed_email, coalesce(signed_up_at, :now), signed_up_on FROM different_customer ORDER BY hashed_email
    ON CONFLICT (hashed_email) DO UPDATE SET signed_up_on = coalesce(excluded.signed_up_on, known.signed_up_on)
""")

_KEEP_PROFILES = text("""
    INSERT INTO pii.profile (hashed_email, first_name, last_name, reference, at)
    SELECT hashed_email, first_name, last_name, id, :now FROM different_customer ORDER BY hashed_email
    ON CONFLICT (hashed_email) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name,
        reference = excluded.reference, at = excluded.at
""")


def import_customers(
    engine: Engine, file: Path, *, hash_key: bytes, time_zone: str, now: datetime, rules: ImportRules = STRICT
) -> ImportResult:
    """Makes the file's customers known and brings known ones up to date, in one transaction.

    A customer is known by their e-mail. Who is new was seen first on the day of signing up, or now. Customers that the
    file does not name stay as they are. The same file a second time changes nothing.

    Args:
        engine: in the application's role.
        file: CSV or gzipped CSV with the columns `REQUIRED`, in any order.
        hash_key: the secret key of the e-mail hash.
        time_zone: the IANA name of the zone of dates without one.
        now: the moment of importing; a date beyond tomorrow is refused.
        rules: how the file is taken in.

    Raises:
        ImportRefused: with every bad row; nothing was changed.
        Busy: a customer is being forgotten, or remembered by others, for too long.
    """
    with engine.connect() as connection:
        result = load_customers(connection, file, hash_key=hash_key, time_zone=time_zone, now=now, rules=rules)
        if not rules.dry_run:
            connection.commit()
        return result


def load_customers(
    connection: Connection, file: Path, *, hash_key: bytes, time_zone: str, now: datetime, rules: ImportRules = STRICT
) -> ImportResult:
    """Does the work of `import_customers` in the caller's transaction, who commits it, or not."""
    source = ImportFile(file, REQUIRED, (), rules)
    reading = Reading.of(hash_key=hash_key, time_zone=time_zone, now=now)
    problems = Problems(source.name)
    one_import_at_a_time(connection)
    reading.in_zone(connection)
    connection.exec_driver_sql(_STAGE)
    rows = copy(connection, "incoming_customer", as_csv(_checked(source, reading, problems)), not_null=_TEXTS)
    problems.refuse()
    connection.exec_driver_sql("ANALYZE incoming_customer")
    connection.exec_driver_sql(_DIFFERENT)
    for line, reference in connection.exec_driver_sql(_ANOTHERS):
        source.note_doubt(line, f"id {reference!r} was another e-mail's before; both are kept as two customers")
    with busy_when_timed_out():
        connection.exec_driver_sql(_KEEP_EMAILS)
        connection.execute(_KEEP_CUSTOMERS, {"now": now})
        connection.execute(_KEEP_PROFILES, {"now": now})
    created, changes = _counted(connection)
    changed = len(changes)
    unchanged = rows - created - changed
    return source.result("customers", rows=rows, created=created, changed=changed, unchanged=unchanged, changes=changes)


def _counted(connection: Connection) -> tuple[int, tuple[str, ...]]:
    """How many customers are new, and what is different of the others: which columns, and not what is in them."""
    found = connection.exec_driver_sql("SELECT line, fresh, what FROM different_customer ORDER BY line").all()
    changes = tuple(f"line {line}: {what} changed" for line, fresh, what in found if not fresh)
    return len(found) - len(changes), changes


def _checked(source: ImportFile, reading: Reading, problems: Problems) -> Iterator[list[object]]:
    """The rows' values in the order of `incoming_customer`'s columns; bad rows go to `problems`."""
    of_emails: dict[str, int] = {}
    of_ids: dict[str, int] = {}
    for row in source.rows(problems):
        reference, names = row.code("id"), [_name(row, column) for column in ("first_name", "last_name")]
        if not any(names) and not row.reasons:
            row.reasons.append("first_name and last_name are both missing; give one of them")
        email = row.read("email", partial(reading.email, name="email"))
        signed_up = row.read("signup_date", partial(reading.date, name="signup_date"), blank=True)
        for column, value, lines in (("email", email, of_emails), ("id", reference, of_ids)):
            if value and lines.setdefault(value, row.line) != row.line:
                row.reasons.append(f"this {column} is on line {lines[value]} already")
        if row.reasons:
            problems.add(row.line, "; ".join(row.reasons))
        else:
            yield [row.line, reference, *names, email, hash_email(email, reading.hash_key), signed_up or None]


def _name(row: Row, column: str) -> str:
    """A name, which may be blank; a reason does not repeat it, because it may be logged."""
    name = " ".join(row.text(column, blank=True).split())
    if len(name) > LONGEST_NAME:
        row.reasons.append(f"{column} is longer than {LONGEST_NAME} characters")
    return name
