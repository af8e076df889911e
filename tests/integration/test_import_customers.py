"""`parley import customers`: who becomes known, what changes, what is refused, and where names are kept."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from domain.people.forgetting import forget_email
from domain.people.identity import hash_email
from storage.imports.customers import import_customers
from storage.imports.files import ImportResult, ImportRules
from storage.locks import keep_email
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.importing import (
    HASH_KEY,
    NOW,
    ORDER_HEADER,
    ask,
    bad_rows,
    everything,
    load_orders,
    refusal,
    stock_shop,
    write,
)

ADA, BEN = (hash_email(f"{name}@example.com", HASH_KEY) for name in ("ada", "ben"))
HEADER = "id,first_name,last_name,email,signup_date\n"
FILE = f"{HEADER}1,Ada,Lovelace,Ada@Example.com,2025-03-01\n2,Ben,,ben@example.com,\n"
PROFILES = "SELECT hashed_email, reference, first_name, last_name FROM pii.profile ORDER BY reference"
KNOWN = "SELECT hashed_email, first_seen_at, signed_up_on FROM shop.customer ORDER BY first_seen_at"


def load(engine: Engine, file: Path, **rules: Any) -> ImportResult:
    zone = "America/Denver"
    return import_customers(engine, file, hash_key=HASH_KEY, time_zone=zone, now=NOW, rules=ImportRules(**rules))


def refused(engine: Engine, file: Path, **rules: Any) -> list[tuple[int, str]]:
    return bad_rows(refusal(engine, load, file, **rules))


@pytest.mark.parametrize("name", ["file.csv", "file.csv.gz"])
def test_customers_become_known_from_the_day_they_signed_up(engine: Engine, tmp_path: Path, name: str) -> None:
    result = load(engine, write(tmp_path, FILE, name))

    assert (result.rows, result.created, result.changed, result.unchanged) == (2, 2, 0, 0)
    assert ask(engine, KNOWN) == [(ADA, datetime(2025, 3, 1, 7, tzinfo=UTC), date(2025, 3, 1)), (BEN, NOW, None)]
    assert ask(engine, PROFILES) == [(ADA, "1", "Ada", "Lovelace"), (BEN, "2", "Ben", "")]


def test_names_and_addresses_are_only_in_the_restricted_schema(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, FILE))
    *open_tables, _, lookup = everything(engine)
    assert not any(name in str(open_tables) for name in ("Ada", "Lovelace", "Ben", "@"))
    assert sorted(lookup) == sorted([(ADA, "ada@example.com"), (BEN, "ben@example.com")])


def test_the_same_file_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, FILE))
    before = everything(engine)
    again = load(engine, write(tmp_path, FILE.replace("\n", "\r\n"), "other.csv"))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert everything(engine) == before


def test_who_ordered_before_keeps_the_day_they_were_seen_first(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, f"{ORDER_HEADER}\n2026-01-05,ada@example.com,80203,MUG,1\n"))
    result = load(engine, write(tmp_path, FILE))
    assert (result.created, result.changed) == (1, 1)
    assert result.describe() == (
        "file.csv: 2 rows, 1 customers created, 1 changed, 0 unchanged\n"
        "  line 2: id, first_name, last_name, signup_date changed"
    )
    assert ask(engine, KNOWN)[0] == (ADA, datetime(2026, 1, 5, 7, tzinfo=UTC), date(2025, 3, 1))


def test_what_changed_is_told_without_saying_what_it_is(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, FILE))
    changed = FILE.replace("Lovelace", "King").replace("2025-03-01", "2025-03-02").replace("2,Ben,,", "22,,Benson,")
    result = load(engine, write(tmp_path, changed))
    assert result.changes == ("line 2: last_name, signup_date changed", "line 3: id, first_name, last_name changed")
    assert ask(engine, PROFILES) == [(ADA, "1", "Ada", "King"), (BEN, "22", "", "Benson")]
    assert ask(engine, KNOWN)[0] == (ADA, datetime(2025, 3, 1, 7, tzinfo=UTC), date(2025, 3, 2))


def test_a_blank_date_takes_none_back(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, FILE))
    assert load(engine, write(tmp_path, FILE.replace("2025-03-01", ""))).unchanged == 2


@pytest.mark.parametrize("dry_run", [True, False])
def test_every_bad_row_is_told_and_nothing_is_written(engine: Engine, tmp_path: Path, dry_run: bool) -> None:
    rows = [
        "1,Ada,Lovelace,ada@example.com,2025-03-01",
        ",Ben,Benson,ben@example.com,",
        "3,,,cleo@example.com,",
        f"4,{'x' * 51},Dove,dove@example.com,",
        f"5,Eve,{'y' * 51},eve,yesterday",
        "6,Fay,Fox,fay@gmial.com,2027-01-01",
        "7,Ada,King,ADA@example.com,",
        "1,Gil,Gold,gil@example.com,",
        "8,Hal,Holt,hal@example.com",
        f"{'9' * 49},Ivy,Ives,,2025-02-30",
    ]
    assert refused(engine, write(tmp_path, HEADER + "\n".join(rows)), dry_run=dry_run) == [
        (3, "id is missing"),
        (4, "first_name and last_name are both missing; give one of them"),
        (5, "first_name is longer than 50 characters"),
        (
            6,
            "last_name is longer than 50 characters; email is no e-mail address; "
            "signup_date 'yesterday' is no date such as 2026-05-12 or 2026-05-12 17:30:00",
        ),
        (
            7,
            "email is no e-mail address; is gmail.com meant?; signup_date '2027-01-01' is before 1970 or in the future",
        ),
        (8, "this email is on line 2 already"),
        (9, "this id is on line 2 already"),
        (10, "it has 4 fields, the header has 5"),
        (
            11,
            f"id {'9' * 40!r} is longer than 48 bytes; email is missing; "
            "signup_date '2025-02-30' is no date such as 2026-05-12 or 2026-05-12 17:30:00",
        ),
    ]


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        (b"", ["the file is empty; it begins with id,first_name,last_name,email,signup_date"]),
        (
            b"id,firstname,last_name,email,signup_date\n",
            [
                "the header lacks the column 'first_name'; is 'firstname' that?",
                "the column 'firstname' is unknown; is 'first_name' meant?",
            ],
        ),
        (b"1,Ada,Lovelace,ada@example.com,\n", [f"the header is missing; it is {HEADER.strip()}"]),
    ],
)
def test_a_file_of_the_wrong_form_is_refused(
    engine: Engine, tmp_path: Path, content: bytes, reasons: list[str]
) -> None:
    assert refused(engine, write(tmp_path, content)) == [(1, reason) for reason in reasons]


def test_a_dry_run_says_what_would_happen_and_does_nothing(engine: Engine, tmp_path: Path) -> None:
    result = load(engine, write(tmp_path, FILE), dry_run=True)
    assert result.describe() == ("file.csv: 2 rows, 2 customers would be created, 0 unchanged; nothing was written")
    assert ask(engine, PROFILES) == ask(engine, KNOWN) == []


def test_an_id_with_another_address_is_another_customer_and_doubtful(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, FILE))
    moved = write(tmp_path, f"{HEADER}1,Ada,Lovelace,ada@example.org,2025-03-01\n")
    result = load(engine, moved)
    assert (result.created, result.doubt_lines) == (
        1,
        ("line 2: id '1' was another e-mail's before; both are kept as two customers",),
    )
    assert load(engine, moved).doubts == 0


def test_nobody_is_forgotten_in_the_middle_of_an_import(engine: Engine, tmp_path: Path) -> None:
    """Who was forgotten before the import is known again by it, as a new customer."""
    load(engine, write(tmp_path, FILE))
    with PostgresUnitOfWork(engine) as uow:
        forget_email(uow, ADA)
        uow.commit()
    assert [row[1] for row in ask(engine, PROFILES)] == ["2"]
    assert load(engine, write(tmp_path, FILE)).created == 1
    with engine.connect() as connection:
        assert keep_email(connection, ADA)
    assert ask(engine, "SELECT count(*) FROM shop.customer") == [(3,)]
