"""`parley import orders`: the history it makes, what it refuses on which line, and that twice is the same as once."""

import threading
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.people.identity import hash_email
from storage.errors import ImportRefused
from storage.imports.inventory import import_inventory
from tests.support.importing import (
    HASH_KEY,
    NOW,
    ORDER_HEADER,
    SHARED_DATA,
    ask,
    bad_rows,
    everything,
    load_orders,
    refusal,
    stock_shop,
    write,
    wrong_stocks,
)

ADA = hash_email("ada@example.com", HASH_KEY)
BEN = hash_email("ben@example.com", HASH_KEY)
ORDERS = f"""{ORDER_HEADER},unit_price
2026-01-05 10:00:00,ada@example.com,80203,MUG,2,11.50
2026-01-05 10:00:00,ada@example.com,80203,JUG,1,
2026-01-05,ben@example.com,,MUG,1,12.00
2026-01-06 09:30:00,ada@example.com,80014,MUG,1,12.00
"""
TOTALS = "SELECT hashed_email, placed_at, total FROM shop.orders ORDER BY order_id"
LINES = "SELECT product_id, quantity, unit_price FROM shop.order_line ORDER BY order_id, line_no"


def refused(engine: Engine, file: Path, **options: bool) -> ImportRefused:
    return refusal(engine, load_orders, file, **options)


def test_one_order_is_one_moment_and_one_address(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)

    result = load_orders(engine, write(tmp_path, ORDERS))

    assert (result.rows, result.created, result.unchanged, result.customers) == (4, 3, 0, 2)
    assert ask(engine, TOTALS) == [
        (ADA, datetime(2026, 1, 5, 17, 0, tzinfo=UTC), Decimal("43.00")),
        (BEN, datetime(2026, 1, 5, 7, 0, tzinfo=UTC), Decimal("12.00")),
        (ADA, datetime(2026, 1, 6, 16, 30, tzinfo=UTC), Decimal("12.00")),
    ]
    assert ask(engine, LINES) == [
        ("MUG", 2, Decimal("11.50")),
        ("JUG", 1, Decimal("20.00")),
        ("MUG", 1, Decimal("12.00")),
        ("MUG", 1, Decimal("12.00")),
    ]


def test_imported_orders_are_delivered_history_and_leave_the_stock(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS))

    assert ask(
        engine,
        "SELECT DISTINCT state, source, cancel_until = placed_at, delivered_at = placed_at, identity_id "
        "FROM shop.orders",
    ) == [("delivered", "import", True, True, None)]
    assert ask(engine, "SELECT product_id, quantity FROM shop.product ORDER BY 1") == [("JUG", 4), ("MUG", 10)]


def test_customers_keep_their_last_location_and_their_first_date(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS))
    older = f"{ORDER_HEADER}\n2025-12-01,ada@example.com,,MUG,1\n2025-12-01,ben@example.com,80501,MUG,1\n"
    result = load_orders(engine, write(tmp_path, older))

    assert (result.created, result.customers) == (2, 0)
    first = datetime(2025, 12, 1, 7, 0, tzinfo=UTC)
    people = "SELECT hashed_email, location, first_seen_at FROM shop.customer ORDER BY location"
    assert ask(engine, people) == [(ADA, "80014", first), (BEN, "80501", first)]


def test_addresses_are_only_in_the_restricted_schema(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS))

    *open_tables, lookup = everything(engine)
    assert "@" not in str(open_tables)
    assert sorted(lookup) == sorted([(ADA, "ada@example.com"), (BEN, "ben@example.com")])


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("cust_location", "12 Hidden Lane"),
        ("cust_location", '"12 Hidden Lane, Denver CO 80203"'),
        ("cust_location", '"Lindenweg 12, 50667 Köln"'),
        ("cust_location", "P.O. Box 12 Denver"),
        ("cust_location", "ada@example.com"),
        ("store_id", "ada@example.com"),
        ("order_ref", "ada@example.com"),
    ],
)
def test_what_says_who_somebody_is_is_refused_where_reports_would_show_it(
    engine: Engine, tmp_path: Path, column: str, said: str
) -> None:
    stock_shop(engine, tmp_path)
    row = {"cust_location": "80203", "store_id": "north", "order_ref": "R-1"} | {column: said}
    header = "date,cust_email,product_id,product_quantity,cust_location,store_id,order_ref"
    file = write(tmp_path, f"{header}\n2020-06-25,ada@example.com,MUG,1,{','.join(row.values())}\n")
    [(line, reason)] = bad_rows(refusal(engine, load_orders, file))
    assert (line, column in reason, said.strip('"') in reason) == (2, True, False)


def test_the_same_file_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS))
    before = everything(engine)

    again = load_orders(engine, write(tmp_path, ORDERS, "renamed.csv.gz"), apply_stock=True)

    assert (again.rows, again.created, again.unchanged, again.customers) == (4, 0, 3, 0)
    assert everything(engine) == before


def test_a_longer_file_adds_only_the_new_orders(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS))
    longer = f"{ORDERS}2026-01-07,ben@example.com,80203,JUG,1,20.00\n"

    result = load_orders(engine, write(tmp_path, longer), apply_stock=True)

    assert (result.created, result.unchanged) == (1, 3)
    assert ask(engine, "SELECT product_id, quantity FROM shop.product ORDER BY 1") == [("JUG", 3), ("MUG", 10)]


@pytest.mark.parametrize(
    "content",
    [
        ORDERS.replace("\n", "\r\n"),
        ORDERS.replace("\n", "\r"),
        "\ufeff" + ORDERS,
        ORDERS.replace("2026-01-06 ", "\n \n2026-01-06 ") + "\n,,,,,\n",
        ORDERS.replace("80203", '"80203"').replace("MUG", '"MUG"'),
        ORDERS.replace("2026-01-05 10:00:00,ada@", "2026-01-05 10:00:00, Ada@").replace("MUG,", " MUG ,"),
        ORDERS.replace("10:00:00,ada", "10:00,ADA", 1),
        ORDERS.replace(
            "2026-01-05 10:00:00,ada@example.com,80203,JUG", "2026-01-05T17:00:00Z,ada@Example.com,80203,JUG"
        ),
    ],
    ids=["crlf", "cr", "bom", "blank lines", "quotes", "spaces and capitals", "two spellings", "two zones"],
)
def test_every_dialect_of_csv_says_the_same(engine: Engine, tmp_path: Path, content: str) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, content))
    totals, lines = ask(engine, TOTALS), ask(engine, LINES)
    again = load_orders(engine, write(tmp_path, ORDERS))

    assert (again.created, again.unchanged) == (0, 3)
    assert [total for _, _, total in totals] == [Decimal("43.00"), Decimal("12.00"), Decimal("12.00")]
    assert lines[0] == ("MUG", 2, Decimal("11.50"))


def test_columns_come_in_any_order(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    content = "product_id,date,product_quantity,cust_location,cust_email\nMUG,2026-01-05,3,80203,ada@example.com\n"

    assert load_orders(engine, write(tmp_path, content, "file.csv.gz")).created == 1
    assert ask(engine, LINES) == [("MUG", 3, Decimal("12.00"))]


def test_every_bad_row_is_reported_with_its_line(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    rows = [
        f"{ORDER_HEADER},unit_price",
        "2026-01-05,ada@example.com,80203,MUG,1,12.00",
        "",
        '2026-01-05,ada@example.com,"two',
        'lines",MUG,1,12.00',
        "2026-02-30,ada@example.com,80203,MUG,1,12.00",
        "1/5/20,ada@example.com,80203,MUG,1,12.00",
        "2027-01-05,ada@example.com,80203,MUG,1,12.00",
        "1026-01-05,ada@example.com,80203,MUG,1,12.00",
        "2026-01-05,ada.example.com,80203,MUG,1,12.00",
        "2026-01-05,ada@gmial.com,80203,MUG,1,12.00",
        "2026-01-05,ada@example.com,80203,CUP,1,12.00",
        "2026-01-05,ada@example.com,80203,MUG,0,12.00",
        "2026-01-05,ada@example.com,80203,MUG,two,-1",
        "2026-01-05,ada@example.com,80203,MUG,,NaN",
        "2026-01-05,ada@example.com,80203,MUG,1",
        ",,80203,,1,12.00",
    ]
    error = refused(engine, write(tmp_path, "\n".join(rows)))

    assert error.total_bad == len(error.bad_rows)
    assert bad_rows(error) == [
        (6, "date '2026-02-30' is no date such as 2026-05-12 or 2026-05-12 17:30:00"),
        (7, "date '1/5/20' is no date such as 2026-05-12 or 2026-05-12 17:30:00"),
        (8, "date '2027-01-05' is before 1970 or in the future"),
        (9, "date '1026-01-05' is before 1970 or in the future"),
        (10, "cust_email is no e-mail address"),
        (11, "cust_email is no e-mail address; is gmail.com meant?"),
        (12, "product_id 'CUP' is not in the inventory"),
        (13, "product_quantity 0 is not between 1 and 1,000,000"),
        (
            14,
            "product_quantity 'two' is no whole number; write it as in 12; "
            "unit_price -1 is not between 0 and 9,999,999,999.99",
        ),
        (15, "product_quantity is missing; unit_price 'NaN' is no amount; write it as in 1299.00"),
        (16, "it has 5 fields, the header has 6"),
        (17, "product_id is missing; date is missing; cust_email is missing"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "2026-02-30,ada@example.com,80203,MUG,1",
        "yesterday,ada@example.com,80203,MUG,1",
        "05-01-20,ada@example.com,80203,MUG,1",
        "2027-01-05,ada@example.com,80203,MUG,1",
        "2026-01-05,ada,80203,MUG,1",
        "2026-01-05,,80203,MUG,1",
        "2026-01-05,ada@example.com,80203,CUP,1",
        "2026-01-05,ada@example.com,80203,MUG,-1",
        "2026-01-05,ada@example.com,80203,MUG,",
        "2026-01-05,ada@example.com,80203,MUG,1,1",
        "2026-01-05,ada@example.com,80203,MUG",
    ],
)
def test_one_bad_row_in_a_plain_file_is_found_on_its_line(engine: Engine, tmp_path: Path, row: str) -> None:
    """A plain file goes to Postgres unread, which must let none of this pass."""
    stock_shop(engine, tmp_path)
    good = "2026-01-05,ada@example.com,80203,MUG,1\n"

    assert [
        line for line, _ in bad_rows(refused(engine, write(tmp_path, f"{ORDER_HEADER}\n{good * 5}{row}\n{good}")))
    ] == [7]


def test_only_the_first_fifty_bad_rows_are_listed(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    error = refused(engine, write(tmp_path, f"{ORDER_HEADER}\n" + "2026-01-05,nobody,80203,MUG,1\n" * 70))

    assert (error.total_bad, [line for line, _ in bad_rows(error)]) == (70, list(range(2, 52)))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (
            b"",
            1,
            f"the file is empty; it begins with {ORDER_HEADER}[,unit_price,store_id,discount,loyalty,order_ref]",
        ),
        (b"date,cust_email,product_id,product_quantity\n", 1, "the header lacks the column 'cust_location'"),
        (
            f"{ORDER_HEADER},price\n".encode(),
            1,
            "the column 'price' is unknown; the optional ones are unit_price, store_id, discount, loyalty, order_ref; "
            "is 'unit_price' meant?",
        ),
        (
            f"{ORDER_HEADER}\n2026-01-05,a@b.com,\xc4,MUG,1\n".encode("latin-1"),
            2,
            "it is not UTF-8, but an older encoding such as Windows-1252; save it as “CSV UTF-8”",
        ),
        (f'{ORDER_HEADER}\n2026-01-05,a@b.com,"x,MUG,1\n'.encode(), 2, "broken quoting: unexpected end of data"),
    ],
)
def test_a_file_of_the_wrong_form_is_refused(
    engine: Engine, tmp_path: Path, content: bytes, line: int, reason: str
) -> None:
    stock_shop(engine, tmp_path)
    assert bad_rows(refused(engine, write(tmp_path, content))) == [(line, reason)]


def test_an_order_that_no_column_can_hold_is_refused_where_it_begins(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    row = "2026-01-05,ada@example.com,80203,MUG,1000000,90000\n"

    assert bad_rows(refused(engine, write(tmp_path, f"{ORDER_HEADER},unit_price\n{row}"))) == [
        (2, "the order that begins here costs more than 9,999,999,999.99")
    ]


def test_a_header_alone_is_an_empty_history(engine: Engine, tmp_path: Path) -> None:
    result = load_orders(engine, write(tmp_path, ORDER_HEADER))
    assert (result.rows, result.created, result.unchanged) == (0, 0, 0)


def test_a_dry_run_says_what_would_happen_and_does_nothing(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    before = everything(engine)

    result = load_orders(engine, write(tmp_path, ORDERS), dry_run=True, apply_stock=True)

    assert result.describe() == (
        "file.csv: 4 rows, 3 orders would be created, 0 unchanged, 2 new customers; nothing was written"
    )
    assert everything(engine) == before


def test_stock_is_taken_when_it_is_asked_for(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    load_orders(engine, write(tmp_path, ORDERS, "past.csv"), apply_stock=True)

    assert ask(engine, "SELECT product_id, quantity FROM shop.product ORDER BY 1") == [("JUG", 3), ("MUG", 6)]
    assert ask(
        engine, "SELECT product_id, delta, reason, at FROM shop.stock_movement WHERE reference = 'past.csv'"
    ) == [
        ("JUG", -1, "import", NOW),
        ("MUG", -4, "import", NOW),
    ]
    assert wrong_stocks(engine) == []


def test_stock_never_goes_below_zero_and_the_rows_that_would_take_it_there_are_named(
    engine: Engine, tmp_path: Path
) -> None:
    stock_shop(engine, tmp_path)
    rows = "".join(f"2026-01-0{day},ada@example.com,80203,JUG,2\n" for day in range(1, 5))

    error = refused(engine, write(tmp_path, f"{ORDER_HEADER}\n{rows}"), apply_stock=True)

    assert bad_rows(error) == [
        (4, "6 of product_id 'JUG' are ordered up to here, 4 are in stock"),
        (5, "8 of product_id 'JUG' are ordered up to here, 4 are in stock"),
    ]


def test_two_imports_at_once_neither_double_nor_fail(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    file = write(tmp_path, ORDERS)
    results = []
    threads = [threading.Thread(target=lambda: results.append(load_orders(engine, file))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted((result.created, result.unchanged) for result in results) == [(0, 3), (0, 3), (3, 0)]


def test_a_moment_that_the_change_of_clocks_leaves_out_joins_the_one_after_it(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    rows = [f"2026-03-08 0{hour}:30:00,ada@example.com,80203,MUG,1" for hour in (2, 3)]

    assert load_orders(engine, write(tmp_path, "\n".join([ORDER_HEADER, *rows]))).created == 1
    assert ask(engine, TOTALS) == [(ADA, datetime(2026, 3, 8, 9, 30, tzinfo=UTC), Decimal("24.00"))]


@pytest.mark.skipif(not SHARED_DATA.exists(), reason="the shared data folder is not on this machine")
@pytest.mark.parametrize(
    ("inventory", "orders", "rows", "created", "customers"),
    [
        ("seed/inventory_team1.csv", "seed/customer_orders_team1.csv", 6_428, 2_878, 2_451),
        ("online_retail/inventory.csv", "online_retail/customer_orders.csv.gz", 265_427, 13_023, 3_613),
    ],
)
def test_the_shared_histories_are_imported_completely(
    engine: Engine, inventory: str, orders: str, rows: int, created: int, customers: int
) -> None:
    import_inventory(engine, SHARED_DATA / inventory, now=NOW)
    result = load_orders(engine, SHARED_DATA / orders)

    assert (result.rows, result.created, result.unchanged, result.customers) == (rows, created, 0, customers)
    assert ask(engine, "SELECT count(*) FROM shop.order_line") == [(rows,)]
    differing = (
        "SELECT count(*) FROM shop.orders JOIN (SELECT order_id, sum(quantity * unit_price) AS lines "
        "FROM shop.order_line GROUP BY order_id) AS summed USING (order_id) WHERE total <> lines"
    )
    assert ask(engine, differing) == [(0,)]
