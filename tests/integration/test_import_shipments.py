"""`parley import shipments`: which order is meant, how a shipment moves on, and what is refused on which line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from storage.imports.files import ImportResult, ImportRules
from storage.imports.shipments import STATUSES, import_shipments
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.importing import (
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

HEADER = "shipment_id,order_ref,shipped_date,delivery_status\n"
WITH_STORE = "shipment_id,order_ref,shipped_date,delivery_status,store_id\n"
SHIPMENTS = "SELECT reference, order_id, status, shipped_at, delivered_at FROM shop.shipment ORDER BY reference"
ORDERS = f"""{ORDER_HEADER},store_id,order_ref
2026-01-05,ada@example.com,80203,MUG,1,north,R-1
2026-01-05,ben@example.com,80203,MUG,1,north,7
2026-01-06,ben@example.com,80203,MUG,1,south,7
2026-01-07,cleo@example.com,80203,MUG,1,,
"""
DAY = datetime(2026, 1, 8, 7, tzinfo=UTC)  # midnight in Denver


@pytest.fixture(autouse=True)
def sold(engine: Engine, tmp_path: Path) -> None:
    """Orders 1001 (R-1), 1002 and 1003 (7, of two branches), 1004 (no number of a branch)."""
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS))


def load(engine: Engine, file: Path, **rules: Any) -> ImportResult:
    return import_shipments(engine, file, time_zone="America/Denver", now=NOW, rules=ImportRules(**rules))


def refused(engine: Engine, file: Path, **rules: Any) -> list[tuple[int, str]]:
    return bad_rows(refusal(engine, load, file, **rules))


def test_an_order_is_found_by_its_branchs_number_or_else_by_ours(engine: Engine, tmp_path: Path) -> None:
    rows = "S1,R-1,2026-01-08,Delivered\nS2,1004,2026-01-08,IN TRANSIT\nS3,#1004,,pending\n"
    result = load(engine, write(tmp_path, HEADER + rows, "file.csv.gz"))
    assert (result.rows, result.created, result.changed, result.unchanged) == (3, 3, 0, 0)
    assert ask(engine, SHIPMENTS) == [
        ("S1", 1001, "delivered", DAY, None),
        ("S2", 1004, "shipped", DAY, None),
        ("S3", 1004, "pending", None, None),
    ]


def test_a_number_of_two_branches_needs_the_branch(engine: Engine, tmp_path: Path) -> None:
    several = "order_ref '7' is of orders of several stores (north, south); say which in store_id"
    assert refused(engine, write(tmp_path, f"{HEADER}S1,7,2026-01-08,shipped\n")) == [(2, several)]
    assert refused(engine, write(tmp_path, f"{WITH_STORE}S1,7,2026-01-08,shipped,\n")) == [(2, several)]
    load(engine, write(tmp_path, f"{WITH_STORE}S1,7,2026-01-08,shipped,south\nS2,R-1,2026-01-08,shipped,\n"))
    assert [row[1] for row in ask(engine, SHIPMENTS)] == [1003, 1001]


def test_what_a_branch_calls_an_order_comes_before_our_number(engine: Engine, tmp_path: Path) -> None:
    order = f"{ORDER_HEADER},order_ref\n2026-01-09,dove@example.com,80203,MUG,1,1001\n"
    load_orders(engine, write(tmp_path, order))
    load(engine, write(tmp_path, f"{HEADER}S1,1001,2026-01-10,shipped\n"))
    assert [row[1] for row in ask(engine, SHIPMENTS)] == [1005]


@pytest.mark.parametrize("dry_run", [True, False])
def test_every_bad_row_is_told_and_nothing_is_written(engine: Engine, tmp_path: Path, dry_run: bool) -> None:
    rows = [
        "S1,R-1,2026-01-08,shipped,",
        ",R-1,2026-01-08,shipped,",
        "S3,,2026-01-08,shipped,",
        "S4,R-1,,delivered,",
        "S5,R-1,8.1.2026,shipped,",
        "S6,R-1,2026-01-08,teleported,",
        "S7,R-1,2026-01-08,,",
        "S1,R-1,2026-01-08,shipped,",
        f"{'x' * 49},R-1,2027-01-08,shipped,",
        "S10,R-1,2026-01-08",
    ]
    known = "pending, shipped, in transit, delivered, returned, lost"
    assert refused(engine, write(tmp_path, WITH_STORE + "\n".join(rows)), dry_run=dry_run) == [
        (3, "shipment_id is missing"),
        (4, "order_ref is missing"),
        (5, "shipped_date is missing, and may be only of what is pending; this is delivered"),
        (6, "shipped_date '8.1.2026' is no date such as 2026-05-12 or 2026-05-12 17:30:00"),
        (7, f"delivery_status 'teleported' is unknown; it is one of {known}"),
        (8, "delivery_status is missing"),
        (9, "shipment_id 'S1' is on line 2 already"),
        (
            10,
            f"shipment_id {'x' * 40!r} is longer than 48 bytes; "
            "shipped_date '2027-01-08' is before 1970 or in the future",
        ),
        (11, "it has 3 fields, the header has 5"),
    ]


def test_an_order_that_is_not_there_is_told_on_its_line(engine: Engine, tmp_path: Path) -> None:
    rows = ("S1,R-2,2026-01-08,lost,", "S2,9999,2026-01-08,lost,", "S3,R-1,2026-01-08,lost,south", "S4,1004,,pending,x",
            "S5,99999999999999999999,2026-01-08,lost,")  # fmt: skip
    assert refused(engine, write(tmp_path, WITH_STORE + "\n".join(rows))) == [
        (2, "there is no order 'R-2'; import the orders first"),
        (3, "there is no order '9999'; import the orders first"),
        (4, "there is no order 'R-1' of store 'south'; import the orders first"),
        (5, "there is no order '1004' of store 'x'; import the orders first"),
        (6, "there is no order '99999999999999999999'; import the orders first"),
    ]


def test_a_shipment_moves_on_and_is_told(engine: Engine, tmp_path: Path) -> None:
    first = write(tmp_path, f"{HEADER}S1,R-1,,pending\nS2,1004,2026-01-08,shipped\n")
    load(engine, first)
    before = everything(engine)
    assert load(engine, first).unchanged == 2
    assert everything(engine) == before

    result = load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,out-for-delivery\nS2,1004,2026-01-08,Returned\n"))
    assert (result.created, result.changed, result.unchanged) == (0, 2, 0)
    assert result.changes == ("line 2: 'S1' was pending, is shipped", "line 3: 'S2' was shipped, is returned")
    assert [(row[2], row[3]) for row in ask(engine, SHIPMENTS)] == [("shipped", DAY), ("returned", DAY)]


def test_what_staff_sent_on_its_way_is_what_the_file_tells_of(engine: Engine, tmp_path: Path) -> None:
    left = datetime(2026, 1, 8, 20, 30, tzinfo=UTC)
    with PostgresUnitOfWork(engine) as uow:
        uow.shipments.leave(1004, left)
        uow.commit()
    file = write(tmp_path, f"{HEADER}S1,1004,2026-01-08,shipped\nS2,1004,2026-01-09,delivered\n")
    result = load(engine, file)
    assert (result.created, result.changed, result.unchanged) == (1, 0, 1)
    assert load(engine, file).unchanged == 2
    rows = ask(engine, SHIPMENTS)
    assert [row[:4] for row in rows] == [
        ("S1", 1004, "shipped", left),
        ("S2", 1004, "delivered", datetime(2026, 1, 9, 7, tzinfo=UTC)),
    ]


def test_an_older_file_takes_nothing_back(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,delivered\n"))
    before = everything(engine)
    result = load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-07,shipped\n"))
    assert result.describe() == (
        "file.csv: 1 rows, 0 shipments created, 1 unchanged, 1 doubtful\n"
        "  line 2: 'S1' is further than shipped already, and stays so"
    )
    assert everything(engine) == before


def test_another_day_of_shipping_is_a_change(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-07,shipped\n"))
    result = load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,shipped\n"))
    assert result.changes == ("line 2: shipped_date of 'S1' changed",)
    assert ask(engine, SHIPMENTS) == [("S1", 1001, "shipped", DAY, None)]


def test_a_shipment_stays_with_its_order(engine: Engine, tmp_path: Path) -> None:
    load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,shipped\n"))
    found = refused(engine, write(tmp_path, f"{HEADER}S1,1004,2026-01-08,delivered\n"))
    assert found == [(2, "shipment_id 'S1' was imported before for order #1001")]


def test_what_is_pending_has_no_day_of_shipping(engine: Engine, tmp_path: Path) -> None:
    result = load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,pending\n"))
    assert result.doubt_lines == ("line 2: 'S1' is pending and has a shipped_date, which is left out",)
    assert ask(engine, SHIPMENTS) == [("S1", 1001, "pending", None, None)]


def test_a_cancelled_order_has_only_what_came_back_or_was_lost(engine: Engine, tmp_path: Path) -> None:
    known = write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,shipped\n", "known.csv")
    load(engine, known)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE shop.orders SET state = 'cancelled' WHERE order_id IN (1001, 1004)")
    assert load(engine, known).unchanged == 1
    cancelled = "was cancelled, so its shipment can only be returned or lost"
    rows = "S1,R-1,2026-01-08,delivered\nS2,1004,,pending\n"
    assert refused(engine, write(tmp_path, HEADER + rows)) == [
        (2, f"order 'R-1' {cancelled}"),
        (3, f"order '1004' {cancelled}"),
    ]
    load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,returned\n"))
    assert ask(engine, SHIPMENTS) == [("S1", 1001, "returned", DAY, None)]


def test_a_dry_run_says_what_would_happen_and_does_nothing(engine: Engine, tmp_path: Path) -> None:
    result = load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,shipped\n"), dry_run=True)
    assert result.describe() == ("file.csv: 1 rows, 1 shipments would be created, 0 unchanged; nothing was written")
    assert ask(engine, SHIPMENTS) == []


@pytest.mark.parametrize("word", [*STATUSES, "In_Transit", " LOST ", "returned-to-sender"])
def test_status_words_are_read_as_warehouses_write_them(engine: Engine, tmp_path: Path, word: str) -> None:
    load(engine, write(tmp_path, f"{HEADER}S1,R-1,2026-01-08,{word}\n"))
    meant = STATUSES[" ".join(word.lower().replace("_", " ").replace("-", " ").split())]
    assert [row[2] for row in ask(engine, SHIPMENTS)] == [meant]
