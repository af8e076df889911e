"""The list of orders of the board of sales: it comes to the figures above it, to the cent, and tells nobody apart."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from dashboards.paging import PAGE
from domain.periods import Period, Span
from domain.pseudonyms import pseudonym
from domain.records.boards import BOARD_READERS, ORDER_READERS, BoardName
from domain.records.marts import EVERYTHING, Slice, SoldIn
from domain.records.order_list import OrderPlace
from domain.records.staff import Role
from reports.report import money
from storage.queries import order_list
from storage.queries.marts import PostgresMarts
from storage.server import embedded
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.api import AskedShop
from tests.support.databases import as_owner, own_database
from tests.support.golden import HASHES, order, there
from tests.support.marked import HASHED, HASHED_PROSPECT, MARKS, fill_marked
from tests.support.warehouses import build

NAME = "order_list"
AS_OF = date(2026, 5, 12)
BOARD = "/dashboard/sales"
MANY = {date(2026, 3, 3): 70, date(2026, 3, 4): 61, date(2026, 3, 6): 1}  # of one week, in which nobody else ordered
# Denver sold the even orders, Boulder the odd ones; two of the products are of one category.
_PLACES = """
    UPDATE shop.orders SET store_id = CASE WHEN order_id % 2 = 0 THEN 'denver' ELSE 'Boulder' END;
    UPDATE shop.product SET category = CASE product_id WHEN 'PLATE' THEN 'Plates & more' ELSE 'Pots' END;
"""
SLICES = [
    Slice(store=store, category=category, daypart=daypart)
    for store, category, daypart in product(("", "denver"), ("", "Plates & more", "Pots"), ("", "night"))
]
PERIODS = [Period.containing(date(2026, 5, 6), span) for span in Span] + [
    Period.containing(date(2026, 4, 22), Span.WEEK),  # of which an order was cancelled in another
    Period.containing(AS_OF, Span.DAY),  # on which an order of the week before was cancelled, and others were placed
    Period.containing(date(2026, 3, 3), Span.MONTH),
]


@pytest.fixture(scope="module")
def listed(postgres: embedded.EmbeddedPostgres) -> Iterator[Engine]:
    """The marked shop with two stores, two categories, days of many orders, and its warehouse."""
    with own_database(postgres, NAME) as engine:
        fill_marked(engine)
        with PostgresUnitOfWork(engine) as uow:
            for day, count in MANY.items():
                for number in range(count):
                    moment = there(f"{day} 12:00:00") + timedelta(seconds=number // 3)  # some at the same moment
                    uow.orders.add(order("bob", moment, {"MUG": 1 + number % 3, "PLATE": 2 * (number % 2) or 1}))
            uow.commit()
        with as_owner(postgres.database_url(NAME)) as owner:
            owner.execute(text(_PLACES))
        build(engine, postgres.database_url(NAME), AS_OF)
        yield engine


@pytest.fixture(scope="module")
def shop(listed: Engine, tmp_path_factory: pytest.TempPathFactory) -> AskedShop:
    return AskedShop(listed, tmp_path_factory.mktemp("images"))


def query(period: Period, of: Slice = EVERYTHING, **more: str) -> dict[str, str]:
    named = {str(name): said for name, said in of.named.items()}
    return {"span": str(period.span), "day": str(period.first), **named, **more}


def table(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer)))


def total(rows: list[dict[str, str]], figure: str) -> Decimal:
    return sum((Decimal(row[figure]) for row in rows), Decimal(0))


def sold(engine: Engine, period: Period, of: Slice) -> SoldIn:
    with engine.connect() as connection:
        (found,) = PostgresMarts(connection).sold_in(period, period, of)
    return found


def section(page: str) -> str:
    """The list on a page, as it reads."""
    found = re.search(r'<section[^>]* id="orders">(.*?)</section>', page, re.S)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize("of", SLICES, ids=str)
@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_the_list_comes_to_the_figures_of_every_span_and_filter(shop: AskedShop, period: Period, of: Slice) -> None:
    figures = sold(shop.database, period, of)
    browser = shop.enters("slack:UADMIN")
    rows = table(browser.get(f"{BOARD}/orders.csv", params=query(period, of)).text)
    sums = [total(rows, name) for name in ("gross", "discounts", "cancelled", "net")]
    assert sums == [figures.gross, figures.discount, figures.cancelled, figures.net]
    assert all(total([row], "gross") - total([row], "discounts") - total([row], "cancelled") == total([row], "net")
               for row in rows)  # fmt: skip
    gone = table(browser.get(f"{BOARD}/orders.csv", params=query(period, of, state="cancelled")).text)
    assert total(gone, "cancelled") == figures.cancelled
    assert [row for row in rows if row["order"] in {one["order"] for one in gone}] == gone
    placed = [row for row in rows if period.first <= date.fromisoformat(row["day"]) <= period.last]
    if of.category:  # an order counts where its dearest line is
        assert (len(placed) >= figures.orders, len(gone) >= figures.cancelled_orders) == (True, True)
    else:
        assert (len(placed), len(gone)) == (figures.orders, figures.cancelled_orders)
    page = unescape(browser.get(BOARD, params=query(period, of)).text)
    net, discount, cancelled = (money(one, shop.shop) for one in (figures.net, figures.discount, figures.cancelled))
    count = f"{figures.orders:,} {'order' if figures.orders == 1 else 'orders'}"
    assert not rows or f"{count}, {net} net: the figures above" in section(page)
    tiles = dict(re.findall(r">(Net|Orders|Discounts|Cancelled)</a></dt>\s*<dd><strong>([^<]*)<", page))
    assert tiles == {
        "Net": net,
        "Orders": f"{figures.orders:,}",
        "Discounts": discount,
        "Cancelled": cancelled,
    }


@pytest.mark.parametrize("of", [EVERYTHING, Slice(store="Boulder"), Slice(category="Pots")], ids=str)
def test_pages_reach_each_order_once_and_are_the_file(shop: AskedShop, of: Slice) -> None:
    browser, week = shop.enters("slack:UADMIN"), Period.containing(date(2026, 3, 3), Span.WEEK)
    file = [row["order"] for row in table(browser.get(f"{BOARD}/orders.csv", params=query(week, of)).text)]
    page = section(browser.get(BOARD, params=query(week, of)).text)
    reached, pages = re.findall(r'href="/orders-desk/(\d+)"', page), 1
    while on := re.search(r'href="([^"]*)">The next 50', page):
        page = section(browser.get(on[1].partition("#")[0]).text)
        found = re.findall(r'href="/orders-desk/(\d+)"', page)
        assert 0 < len(found) <= PAGE
        reached, pages = reached + found, pages + 1
        first = re.search(r'href="([^"]*)">From the first on', page)
        assert first is not None
    assert reached == file
    assert len(set(reached)) == len(reached) == (sum(MANY.values()) if not of.store else len(file))
    assert pages == -(-len(file) // PAGE) > 1
    with shop.database.connect() as connection:
        newest = (
            "SELECT order_id FROM mart.fct_orders WHERE order_id = ANY(:these) ORDER BY placed_at DESC, order_id DESC"
        )
        expected = connection.execute(text(newest), {"these": list(map(int, file))}).scalars()
        assert list(map(int, file)) == list(expected)


def test_a_file_that_is_cut_ends_with_a_line_that_says_so(shop: AskedShop, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, week = shop.enters("slack:UFINANCE"), Period.containing(date(2026, 5, 4), Span.WEEK)
    whole = browser.get(f"{BOARD}/orders.csv", params=query(week)).text.splitlines()
    monkeypatch.setattr("dashboards.paging.MOST_EXPORTED", len(whole) - 2)
    cut = browser.get(f"{BOARD}/orders.csv", params=query(week)).text.splitlines()
    assert cut == [*whole[:-1], f"The list goes on: a file has the first {len(whole) - 2} of it."]


@pytest.mark.parametrize("role", Role)
def test_who_may_see_the_board_sees_the_list_and_whose_orders_they_are_only_who_sees_that_elsewhere(
    shop: AskedShop, role: Role
) -> None:
    browser, week = shop.enters(f"slack:U{role.upper()}"), Period.containing(date(2026, 5, 4), Span.WEEK)
    page = browser.get(BOARD, params=query(week))
    file = browser.get(f"{BOARD}/orders.csv", params=query(week))
    may = role in BOARD_READERS[BoardName.SALES]
    assert (page.status_code, file.status_code) == ((200, 200) if may else (403, 403))
    if not may:
        return
    knows = role in ORDER_READERS
    for answer in (section(page.text), file.text):
        assert (pseudonym(HASHES["ada"]) in answer) == knows
        assert ("cust_" in answer) == knows
        assert "denver" in answer
    assert ("/orders-desk/" in section(page.text)) == knows
    assert ("order" in table(file.text)[0]) == ("customer" in table(file.text)[0]) == knows


def test_whoever_has_two_roles_sees_what_either_shows(shop: AskedShop) -> None:
    with shop.unit_of_work() as uow:
        for role in (Role.FINANCE, Role.SUPPORT):
            uow.staff.grant("slack:UBOTH", role, "test", shop.clock.now())
        uow.commit()
    page = shop.enters("slack:UBOTH").get(BOARD, params={"day": "2026-05-06"}).text
    assert pseudonym(HASHES["ada"]) in section(page)


@pytest.mark.parametrize("role", sorted(BOARD_READERS[BoardName.SALES]))
def test_no_list_tells_anything_of_a_person(shop: AskedShop, role: Role) -> None:
    browser = shop.enters(f"slack:U{role.upper()}")
    for period in PERIODS:
        for answer in (
            section(browser.get(BOARD, params=query(period)).text),
            browser.get(f"{BOARD}/orders.csv", params=query(period)).text,
        ):
            assert not [mark for mark in MARKS if mark in answer.casefold()]
            assert not [one for one in (HASHED, HASHED_PROSPECT, *HASHES.values()) if one in answer]
            assert "@" not in answer


def test_a_file_of_orders_is_noted_and_the_page_is_not(shop: AskedShop) -> None:
    browser = shop.enters("slack:UFINANCE")
    noted = text("SELECT actor, subject, changed_to FROM shop.audit_log WHERE action = 'export' ORDER BY entry_id")

    def exports() -> list[tuple[str, str, dict[str, str]]]:
        with shop.database.connect() as connection:
            return [tuple(row) for row in connection.execute(noted)]

    before = exports()
    week = Period.containing(date(2026, 5, 4), Span.WEEK)
    browser.get(BOARD, params=query(week))
    browser.get(f"{BOARD}/trend.csv", params=query(week))
    assert browser.get(f"{BOARD}/orders.csv", params=query(week, state="lost")).status_code == 422
    assert exports() == before
    browser.get(f"{BOARD}/orders.csv", params=query(week, Slice(store="denver"), state="cancelled"))
    (new,) = exports()[len(before) :]
    gone = sold(shop.database, week, Slice(store="denver")).cancelled_orders
    assert new == ("slack:UFINANCE", "orders:May 4 – 10, 2026, denver, cancelled", {"orders": str(gone)})


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"after": "2026-05-06"}, "its own link"),
        ({"after": "2026-02-30_1"}, "its own link"),
        ({"after": "1042"}, "its own link"),
        ({"after": "2026-05-06_1' OR 1=1"}, "its own link"),
        ({"state": "shipped"}, "state=cancelled"),
        ({"store": "nowhere"}, "nowhere"),
        ({"day": "2031-01-01"}, "reaches to"),
    ],
)
def test_an_address_that_cannot_be_is_told(shop: AskedShop, more: dict[str, str], said: str) -> None:
    told = shop.enters("slack:UFINANCE").get(BOARD, params={"day": "2026-05-06"} | more)
    assert (told.status_code, said in unescape(told.text)) == (422, True)


def test_what_is_not_there_is_a_sentence(shop: AskedShop) -> None:
    browser = shop.enters("slack:UFINANCE")
    said = section(browser.get(BOARD, params={"day": "2026-02-03"}).text)
    assert "Nothing was ordered or cancelled in Feb 2 – 8, 2026." in said
    assert "Nothing was cancelled in Mar 2 – 8, 2026." in section(
        browser.get(BOARD, params={"day": "2026-03-03", "state": "cancelled"}).text
    )
    for after in ("2026-03-02_0", "2026-03-06_9999999", "0001-01-01_0"):
        page = section(browser.get(BOARD, params={"day": "2026-03-03", "after": after}).text)
        assert "No more of them: the list ends before." in page
        assert "From the first on" in page


def test_who_was_forgotten_is_so_in_the_list_at_once(warehoused: Engine, tmp_path: Path) -> None:
    shop, week = AskedShop(warehoused, tmp_path), Period.containing(date(2026, 5, 4), Span.WEEK)
    browser = shop.enters("slack:UADMIN")
    before = table(browser.get(f"{BOARD}/orders.csv", params=query(week)).text)
    with as_owner(warehoused.url.render_as_string(hide_password=False)) as owner:
        for name in ("profile", "address", "email_lookup"):
            owner.execute(text(f"DELETE FROM pii.{name} WHERE hashed_email = :one"), {"one": HASHES["ada"]})
    after = table(browser.get(f"{BOARD}/orders.csv", params=query(week)).text)
    gone = pseudonym(HASHES["ada"])
    assert gone in {row["customer"] for row in before}
    assert after == [row | {"customer": "forgotten" if row["customer"] == gone else row["customer"]} for row in before]


@pytest.mark.parametrize("of", SLICES[:4], ids=str)
@pytest.mark.parametrize("after", [None, OrderPlace(day=date(2026, 3, 4), shown=9)])
def test_a_page_is_found_by_indexes(listed: Engine, of: Slice, after: OrderPlace | None) -> None:
    month = Period.containing(date(2026, 3, 4), Span.MONTH)
    with listed.begin() as connection:
        connection.execute(text("SET LOCAL enable_seqscan TO off"))  # of so few rows any plan would do
        values = order_list.values(month, of, only_cancelled=False, limit=PAGE + 1, after=after)
        plan = "\n".join(connection.execute(text(f"EXPLAIN {order_list.ORDERS}"), values).scalars())
    assert "Seq Scan on fct_" not in plan
    assert "order_date >=" in plan
    assert "cancelled_date >=" in plan
