"""One grammar of order files: however a file is quoted and whoever reads it, the same is taken and the same refused."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from storage.errors import ImportRefused
from storage.imports.files import ImportFile
from storage.imports.order_staging import OPTIONAL, REQUIRED, _stage_as_it_is, stage_orders
from storage.imports.reading import Reading
from tests.support.importing import HASH_KEY, NOW, bad_rows, stock_shop, write

COLUMNS = (*REQUIRED, *OPTIONAL)
READING = Reading.of(hash_key=HASH_KEY, time_zone="America/Denver", now=NOW)
GOOD = {
    "date": ["2026-01-05", "2026-01-05 10:00", "2026-01-05T10:00:00", "2026-01-05 10:00:00.25", "2026-01-05 10:00:00Z",
             "2026-01-05 10:00+02:00", "2024-02-29", "2026-03-08 02:30", "2025-11-02 01:30", "1970-01-02"],
    "cust_email": ["ada@example.com", "Ada@Example.com", "ben+mugs@example.co.uk", "b_c.d@example.com"],
    "cust_location": ["", "80203", "Denver CO", "München", "東京", "12_000", "0x10", "-1", "NaN",
                      "St. Louis"],
    "product_id": ["MUG", "JUG"],
    "product_quantity": ["1", "3", "12", "1000000", "007"],
    "unit_price": ["", "0", "2.5", "11.50", "12", "007.50", "99.99"],
    "store_id": ["", "north", "B-7", "webster", "x" * 48],
    "discount": ["", "0", "0.00", "1", "2.50"],
    "loyalty": ["", "0", "1", "yes", "NO", "True", "false"],
    "order_ref": ["", "R-1", "1001", "4.68E+11", "#7", "'8"],
}  # fmt: skip
ODD = {
    "date": ["", "2026-02-30", "2023-02-29", "1/5/20", "05-01-2026", "2026-1-5", "20260105", "2026-W02-1", "2026-01",
             "2026-04-03 6:00 PM", "2026-01-05  10:00", "2026-01-05 24:00", "2026-01-05 10:00:60", "2026-01-05 10",
             "2026-01-05 10:00 UTC", "2026-01-05 10:00:00 America/Denver", "2026-01-05t10:00", "2026-01-05 10:00z",
             "2026-01-05 10:00+2", "2026-01-05 10:00+15:30", "2027-01-05", "1026-01-05", "2026-01-05 BC", "infinity",
             "today", "２０２６-01-05", "2026-01-05 10:00:00.1234567", "2026-01-05 00:00-00:00"],
    "cust_email": ["", "ada", "ada@example", "ada@@example.com", "ada@gmial.com", "ädа@example.com", "a b@example.com"],
    "cust_location": ["a\\b", "\\.", "\\N", "null", "NULL", "x\u00a0y", "zero\u200bwidth", "tab\there",
                      "1010 Wien", "Area 51", "SW1A 1AA", "Toronto, ON M5V 2T6", "12 Hidden Lane",
                      "12 Hidden Lane Denver CO 80203", "Lindenweg 12 50667 Köln", "ada@example.com"],
    "product_id": ["", "CUP", "mug ", "MUG\u200b", "NULL", "\\."],
    "product_quantity": ["", "0", "-1", "+1", "1.0", "1e2", "0x10", "0b1", "0o7", "1_0", "1 0", "²", "１２", "1000001",
                         "99999999999999999999", "two", "−5", "1;000"],
    "unit_price": ["-1", "−5", "+1", "2.999", "1_299.00", "$5", "5e2", ".5", "5.", "NaN", "Infinity", "-inf", "0x1F",
                   "1299.00 ", "99999999999", "9999999999.99", "9999999999.995", "５", "free", "12.50 €", "1'299.00"],
    "store_id": ["web", "Telegram", "x" * 49, "ä" * 24, "ä" * 25, "a b", "a  b", "a\u200bb", "\\N", "NULL", "\x1f",
                 "a@b.example"],
    "discount": ["-1", "2.999", "1e2", "NaN", "$2", "9999999999.99", "free"],
    "loyalty": ["y", "n", "on", "t", "2", "01", "YES!", "ｙｅｓ", "none"],
    "order_ref": ["R 1", "R  1", "r\u200b-1", "x" * 49, "\\.", "NULL", "\x1f7", "Ä-1", "@x1", "ada@example.com"],
}  # fmt: skip
AROUND = ["{}", "{}", "{}", "{}", " {}", "{} ", "\u00a0{}", "{}\u3000", "\t{}", "{}\x1f"]
field = {
    name: st.tuples(st.one_of(st.sampled_from(GOOD[name]), st.sampled_from(ODD[name])), st.sampled_from(AROUND)).map(
        lambda made: made[1].format(made[0])
    )
    for name in COLUMNS
}
good_row = st.tuples(*(st.sampled_from(GOOD[name]) for name in COLUMNS))


@st.composite
def row(draw: st.DrawFn) -> tuple[str, ...]:
    """A good row of which perhaps one field is odd, or that has a field too many or too few."""
    made = list(draw(good_row))
    what = draw(st.integers(0, 2 * len(COLUMNS) - 1))
    if what < len(COLUMNS):
        made[what] = draw(field[COLUMNS[what]])
    if what == 2 * len(COLUMNS) - 1:
        made = draw(st.sampled_from([made[:-1], [*made, ""], [""] * len(made), []]))
    return tuple(made)


# Lines of few orders, which say the same of them, or nothing, or contradict each other.
of_one_order = st.tuples(
    st.sampled_from(["2026-01-05", "2026-01-05 00:00", "2026-01-06"]),
    st.sampled_from(["ada@example.com", "Ada@Example.com", "ben@example.com"]),
    *(st.sampled_from(given) for given in ([""], ["MUG", "JUG"], ["1"], ["12.00"])),
    st.sampled_from(["", "", "north", "south"]),
    st.sampled_from(["", "", "2", "2.00", "3"]),
    st.sampled_from(["", "", "1", "yes", "no"]),
    st.sampled_from(["", "", "R-1", "R-2"]),
)
files = st.one_of(
    st.lists(good_row, min_size=1, max_size=4),
    st.lists(row(), max_size=4),
    st.lists(of_one_order, min_size=2, max_size=5),
)
one_for_all = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def shop(engine: Engine, tmp_path: Path) -> Engine:
    stock_shop(engine, tmp_path)
    return engine


def written(rows: list[tuple[str, ...]], **dialect: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\n", **dialect}).writerows([COLUMNS, *rows])
    return out.getvalue()


def plain(rows: list[tuple[str, ...]]) -> str:
    """As `csv` would never write it: nothing is quoted."""
    return "".join(f"{','.join(one)}\n" for one in [COLUMNS, *rows])


def found(connection: Connection) -> list[tuple[Any, ...]]:
    """What was staged: the lines, and the orders that they make."""
    lines = connection.exec_driver_sql(
        "SELECT i.line, CAST(i.date AS timestamptz), e.email, i.cust_location, i.product_id, i.product_quantity, "
        "i.unit_price, i.store_id, i.discount, i.loyalty, i.order_ref "
        "FROM incoming i JOIN incoming_email e USING (cust_email) ORDER BY line"
    )
    orders = connection.exec_driver_sql(
        "SELECT at, lines, first_line, last_located, gross, store_id, discount, loyalty, order_ref "
        "FROM incoming_order ORDER BY 3"
    )
    return [tuple(one) for one in (*lines, *orders)]


def fast(engine: Engine, file: Path) -> bool:
    """Whether the fast reader takes it, or leaves the file to the other."""
    with engine.connect() as connection:
        return _stage_as_it_is(connection, ImportFile(file, REQUIRED, OPTIONAL), READING, "ON COMMIT DROP") is not None


def verdict(engine: Engine, file: Path) -> list[tuple[Any, ...]]:
    """What is taken of a file, or all that is wrong with it."""
    with engine.connect() as connection:
        try:
            stage_orders(connection, ImportFile(file, REQUIRED, OPTIONAL), READING)
        except ImportRefused as refused:
            return [("refused", *one) for one in bad_rows(refused)]
        return found(connection)


@given(rows=files)
@one_for_all
def test_the_fast_reader_takes_only_what_the_other_takes_and_takes_it_alike(
    shop: Engine, tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    file = write(tmp_path, plain(rows))
    if fast(shop, file):
        taken = verdict(shop, file)
        slow = write(tmp_path, "\ufeff" + plain(rows).replace("\n", "\r\n"))
        assert not fast(shop, slow)
        assert taken == verdict(shop, slow)


@given(rows=files)
@one_for_all
def test_quotes_line_ends_and_marks_change_nothing(shop: Engine, tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    assume(all(rows))  # a quoted row without fields is none
    unquoted = verdict(shop, write(tmp_path, plain(rows)))
    for other in (
        written(rows, quoting=csv.QUOTE_ALL),
        written(rows, lineterminator="\r\n"),
        "\ufeff" + written(rows),
        plain(rows).rstrip("\n"),
    ):
        assert verdict(shop, write(tmp_path, other)) == unquoted


@given(row=good_row)
@one_for_all
def test_a_good_row_is_taken_by_the_fast_reader(shop: Engine, tmp_path: Path, row: tuple[str, ...]) -> None:
    assume(not row[4].startswith("0"))
    assert fast(shop, write(tmp_path, plain([row] * 3)))
