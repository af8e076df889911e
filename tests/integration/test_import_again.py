"""A file that is imported again: new lines of known orders are added, and orders that shrank or changed are refused."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.support.importing import (
    ORDER_HEADER,
    ask,
    bad_rows,
    everything,
    load_orders,
    refusal,
    stock_shop,
    write,
    wrong_stocks,
)

HEADER = f"{ORDER_HEADER},unit_price\n"
ADA, BEN = "2026-01-05,ada@example.com,80203,", "2026-01-05,ben@example.com,80203,"
FIRST = f"{HEADER}{ADA}MUG,2,11.50\n{ADA}JUG,1,\n{BEN}MUG,1,12.00\n"
LINES = "SELECT line_no, product_id, quantity, unit_price FROM shop.order_line ORDER BY order_id, line_no"
STOCK = "SELECT product_id, quantity FROM shop.product ORDER BY 1"
REFUSED = "; imported orders are not changed, only made longer"


@pytest.fixture(autouse=True)
def imported(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, FIRST))


def refused(engine: Engine, file: Path, **options: bool) -> list[tuple[int, str]]:
    return bad_rows(refusal(engine, load_orders, file, **options))


def test_the_new_lines_of_a_known_order_are_added_and_taken_from_the_stock(engine: Engine, tmp_path: Path) -> None:
    longer = FIRST.replace(f"{ADA}JUG", f"{ADA}MUG,1,\n{ADA}JUG") + f"{ADA}MUG,2,11.50\n{BEN}JUG,3,19.00\n"
    result = load_orders(engine, write(tmp_path, longer), apply_stock=True)

    assert (result.created, result.changed, result.unchanged) == (0, 2, 0)
    assert result.new_lines == ((3, "MUG", 1), (6, "MUG", 2), (7, "JUG", 3))
    assert ask(engine, LINES) == [
        (1, "MUG", 2, Decimal("11.50")),
        (2, "JUG", 1, Decimal("20.00")),
        (3, "MUG", 1, Decimal("12.00")),
        (4, "MUG", 2, Decimal("11.50")),
        (1, "MUG", 1, Decimal("12.00")),
        (2, "JUG", 3, Decimal("19.00")),
    ]
    assert ask(engine, "SELECT total FROM shop.orders ORDER BY order_id") == [(Decimal("78.00"),), (Decimal("69.00"),)]
    assert ask(engine, STOCK) == [("JUG", 1), ("MUG", 7)]
    assert wrong_stocks(engine) == []
    again = load_orders(engine, write(tmp_path, longer), apply_stock=True)
    assert (again.created, again.changed, again.unchanged, again.new_lines) == (0, 0, 2, ())


def test_a_dry_run_shows_the_lines_and_adds_none(engine: Engine, tmp_path: Path) -> None:
    before = everything(engine)
    result = load_orders(engine, write(tmp_path, f"{FIRST}{BEN}JUG,3,\n2026-01-06,{BEN[11:]}MUG,1,\n"), dry_run=True)

    assert result.describe() == (
        "file.csv: 5 rows, 1 orders would be created, 1 changed, 1 unchanged, "
        "1 lines added to orders that were imported before; nothing was written\n  line 5: 3 of JUG"
    )
    assert everything(engine) == before


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (
            f"{HEADER}{ADA}MUG,2,11.50\n",
            [(2, "the order that begins here was imported before with 1 of 'JUG', which the file lacks")],
        ),
        (
            FIRST.replace("MUG,1,12.00", "MUG,2,12.00"),
            [(4, "the order that begins here was imported before with 1 of 'MUG', which the file lacks")],
        ),
        (
            FIRST.replace("11.50", "11.00"),
            [(2, "2 of 'MUG' were imported before at 11.50, and cost 11.00 here")],
        ),
    ],
    ids=["shrank", "another quantity", "another price"],
)
def test_an_order_that_shrank_or_changed_is_refused(
    engine: Engine, tmp_path: Path, content: str, problems: list[tuple[int, str]], dry_run: bool
) -> None:
    found = refused(engine, write(tmp_path, content), dry_run=dry_run)
    assert found == [(line, reason + REFUSED) for line, reason in problems]


def test_a_line_without_a_price_is_known_after_the_price_changed(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE shop.product SET sale_price = sale_price + 5")
    assert load_orders(engine, write(tmp_path, FIRST)).unchanged == 2


def test_lines_in_another_order_are_the_same_lines(engine: Engine, tmp_path: Path) -> None:
    head, *lines = FIRST.splitlines(keepends=True)
    assert load_orders(engine, write(tmp_path, head + "".join(reversed(lines)))).unchanged == 2


def test_a_cancelled_order_gets_no_lines(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE shop.orders SET state = 'cancelled' WHERE total = 12")
    found = refused(engine, write(tmp_path, f"{FIRST}{BEN}JUG,1,\n"))
    assert found == [(4, "the order that begins here was cancelled since, so no lines can be added")]


def test_new_lines_beyond_the_stock_are_named(engine: Engine, tmp_path: Path) -> None:
    found = refused(engine, write(tmp_path, f"{FIRST}{BEN}JUG,5,\n"), apply_stock=True)
    assert found == [(5, "5 of product_id 'JUG' are ordered up to here, 4 are in stock")]
