"""The list of orders in words: which of them an address asks for, how it goes on, who sees whose they are."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest

from dashboards.board import Board, Export, Section
from dashboards.looking import BadFilter, Filters, Look
from dashboards.paging import PAGE
from dashboards.sales import make_board
from domain.model import OrderState
from domain.periods import Period, Span
from domain.ports import UnitOfWork
from domain.records.marts import EVERYTHING, Daypart, Dimension, Meaning, Slice, SoldBy, SoldIn, WarehouseView
from domain.records.order_list import ListedOrder, OrderPlace
from domain.records.staff import Role
from tests.support.marts import FORMULA, WEEK, FakeMarts
from tests.support.reported_shop import SHOP

AS_OF = date(2026, 5, 12)
HERE = "/dashboard/sales?span=week&day=2026-05-04"
SOLD = SoldIn(
    period=WEEK,
    orders=1234,
    gross=Decimal(99),
    discount=Decimal(4),
    cancelled_orders=2,
    cancelled=Decimal("31.05"),
    net=Decimal("63.95"),
)
PARTS = {
    Dimension.STORE: [SoldBy(member="denver")],
    Dimension.CATEGORY: [SoldBy(member="Mugs & more")],
    Dimension.DAYPART: [SoldBy(member=Daypart.NOON)],
}


def order(number: int, day: date = date(2026, 5, 6), **overrides: Any) -> ListedOrder:
    values: dict[str, Any] = {
        "daypart": Daypart.NOON,
        "store_id": "denver",
        "channel": "web",
        "state": OrderState.PLACED,
        "cancelled_date": None,
        "hashed_email": f"{number:064x}"[::-1],
        "units": 3,
        "gross": Decimal("1036.00"),
        "discount": Decimal("1.00"),
        "cancelled": Decimal("0.00"),
        "net": Decimal("1035.00"),
    }
    return ListedOrder(order_id=number, order_date=day, **values | overrides)


def made(
    marts: FakeMarts, query: Mapping[str, str] | None = None, role: Role = Role.FINANCE, as_file: str = ""
) -> Board:
    look = Look(
        shop=SHOP,
        now=datetime(2026, 5, 13, 9, tzinfo=UTC),
        uow=cast("UnitOfWork", None),
        view=WarehouseView(as_of=AS_OF, marts=marts),
        glossary=defaultdict(lambda: Meaning(title="", said="Said.", columns=defaultdict(lambda: "A column."))),
        filters=Filters.read(query or {}),
        query=query or {},
        as_file=as_file,
        roles=frozenset({role}),
    )
    return make_board(look)


def shop(*placed: ListedOrder, sold: SoldIn = SOLD) -> FakeMarts:
    return FakeMarts(trend=[sold], parts=PARTS, placed=placed)


def orders(board: Board) -> Section:
    found = board.section("orders")
    assert found is not None
    return found


def said(found: Section) -> list[list[str]]:
    return [[cell.said for cell in row] for row in found.table.rows]


def test_each_figure_leads_to_the_orders_of_its_period_and_what_was_cancelled_to_those() -> None:
    tiles = made(shop()).tiles
    assert {one.label: one.href for one in tiles} == {
        "Net": f"{HERE}#orders",
        "Orders": f"{HERE}#orders",
        "Discounts": f"{HERE}#orders",
        "Cancelled": f"{HERE}&state=cancelled#orders",
    }


def test_the_address_of_the_list_keeps_its_period_and_filters() -> None:
    marts = shop(*(order(number) for number in range(PAGE + 1)))
    query = {"day": "2026-05-06", "store": "denver", "category": "Mugs & more", "daypart": "noon", "state": "cancelled"}
    board = made(marts, query | {"after": "2026-05-07_3"})
    here = "/dashboard/sales?span=week&day=2026-05-06&store=denver&category=Mugs+%26+more&daypart=noon"
    assert [one.href for one in orders(board).links] == [
        f"{here}&state=cancelled#orders",
        f"{here}&state=cancelled&after=2026-05-06_{PAGE}#orders",
    ]
    assert board.tiles[1].href == f"{here}#orders"
    of = Slice(store="denver", category="Mugs & more", daypart="noon")
    assert marts.listings == [(WEEK, of, True, PAGE + 1, OrderPlace(day=date(2026, 5, 7), shown=3))]
    assert orders(board).title == "Cancelled orders: May 4 – 10, 2026, denver, Mugs & more, noon, USD"


@pytest.mark.parametrize("role", [Role.FINANCE, Role.MARKETING])
def test_which_order_it_is_and_whose_is_not_for_every_reader(role: Role) -> None:
    found = orders(made(shop(order(1042)), role=role))
    assert found.table.headings[0] == "day"
    assert said(found) == [
        ["2026-05-06", "noon", "denver", "web", "placed", "3", "1,036.00", "1.00", "0.00", "1,035.00"]
    ]
    assert not [cell.href for row in found.table.rows for cell in row if cell.href]


def test_admins_are_led_to_the_order_by_number_and_see_its_customer_by_pseudonym() -> None:
    known, gone = order(1042), order(7, hashed_email=None, state=OrderState.CANCELLED, cancelled_date=AS_OF)
    found = orders(made(shop(known, gone), role=Role.ADMIN))
    assert found.table.headings[:3] == ("order", "customer", "day")
    (first, second) = found.table.rows
    assert (first[0].said, first[0].value, first[0].href) == ("1042", 1042, "/orders-desk/1042")
    assert (first[1].said, second[1].said) == (known.pseudonym, "forgotten")
    assert len(first) == len(found.table.headings)


def test_what_was_cancelled_when_it_counts_in_another_period_is_told_apart() -> None:
    now, later = (
        order(number, state=OrderState.CANCELLED, cancelled_date=day)
        for number, day in enumerate((WEEK.last, date(2026, 5, 11)))
    )
    found = orders(made(shop(order(3), now, later)))
    at = found.table.headings.index("state")
    assert [row[at] for row in said(found)] == ["placed", "cancelled", "cancelled later"]


def test_the_note_says_what_the_tiles_say() -> None:
    board = made(shop(order(1)))
    net, count, _, cancelled = board.tiles
    assert (count.value, net.value, cancelled.value) == ("1,234", "$63.95", "$31.05")
    notes = orders(board).notes
    assert notes[0].startswith("1,234 orders, $63.95 net: the figures above. The newest first.")
    assert "placed before this week and cancelled in it" in notes[1]
    (sums, _) = orders(made(shop(order(1)), {"state": "cancelled"})).notes
    assert sums.startswith("2 orders cancelled, $31.05 in all: the figures above.")


def test_notes_say_what_is_not_plain_and_nothing_else() -> None:
    calm = SoldIn(period=WEEK, orders=1, net=Decimal(12))
    assert len(orders(made(shop(order(1), sold=calm))).notes) == 1
    (_, part) = orders(made(shop(order(1), sold=calm), {"category": "Mugs & more"})).notes
    assert part.startswith("Of each order only what is of Mugs & more is summed here.")


@pytest.mark.parametrize(
    ("placed", "cancelled", "state", "is_said"),
    [
        (100_001, 0, "", True),
        (60_000, 40_001, "", True),  # those may be from before
        (60_000, 40_000, "", False),
        (100_001, 3, "cancelled", False),
        (3, 100_001, "cancelled", True),
    ],
)
def test_a_list_that_may_be_longer_than_a_file_says_so(placed: int, cancelled: int, state: str, is_said: bool) -> None:
    sold = SoldIn(period=WEEK, orders=placed, cancelled_orders=cancelled)
    notes = orders(made(shop(order(1), sold=sold), {"state": state})).notes
    assert ("The file has at most the newest 100,000." in notes) is is_said


@pytest.mark.parametrize("left_out", [0, 1])
def test_a_file_that_has_not_all_says_so_at_its_end(left_out: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.paging.MOST_EXPORTED", 60)
    marts = shop(*(order(number) for number in range(60 + left_out)))
    found = orders(made(marts, as_file="orders"))
    assert (len(found.table.rows), found.links, orders(made(marts)).cut) == (60, (), "")
    assert found.cut == ("The list goes on: a file has the first 60 of it." if left_out else "")


def test_a_place_counts_the_orders_of_its_day_and_holds_no_number_of_one() -> None:
    days = [date(2026, 5, 7)] * 20 + [date(2026, 5, 6)] * 31
    marts = shop(*(order(9000 + number, day) for number, day in enumerate(days)))
    (on,) = orders(made(marts)).links
    assert (on.said, on.href) == ("The next 50", f"{HERE}&after=2026-05-06_30#orders")
    same_day = shop(*(order(number) for number in range(PAGE + 1)))
    back, on = orders(made(same_day, {"after": "2026-05-06_100"})).links
    assert (back.said, back.href) == ("From the first on", f"{HERE}#orders")
    assert on.href == f"{HERE}&after=2026-05-06_{100 + PAGE}#orders"
    (only_back,) = orders(made(shop(order(1)), {"after": "2026-05-06_100"})).links
    assert only_back.said == "From the first on"


def test_as_a_file_the_list_is_whole_and_noted() -> None:
    marts = shop(*(order(number) for number in range(2 * PAGE)))
    found = orders(made(marts, {"after": "2026-05-06_5", "state": "cancelled", "store": "denver"}, as_file="orders"))
    assert len(found.table.rows) == 2 * PAGE
    assert marts.listings == [(WEEK, Slice(store="denver"), True, 100_001, None)]
    assert found.links == ()
    assert found.exports == Export(subject="orders:May 4 – 10, 2026, denver, cancelled", rows="orders")


def test_another_table_as_a_file_reads_a_page_of_orders() -> None:
    marts = shop()
    made(marts, as_file="trend")
    assert marts.listings == [(WEEK, EVERYTHING, False, PAGE + 1, None)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "Nothing was ordered or cancelled in May 4 – 10, 2026."),
        ({"state": "cancelled"}, "Nothing was cancelled in May 4 – 10, 2026."),
        ({"after": "2026-05-01_0"}, "No more of them: the list ends before."),
    ],
)
def test_no_orders_are_a_sentence(query: dict[str, str], said: str) -> None:
    found = orders(made(shop(), query))
    assert (found.empty, found.notes, found.table.rows) == (said, (), ())


@pytest.mark.parametrize("after", ["2026-05-06", "2026-13-06_1", "2026-05-06_-1", "2026-05-06_12345678", "٢-1", "x_1"])
def test_a_place_that_no_link_leads_to_is_none(after: str) -> None:
    with pytest.raises(BadFilter, match="its own link"):
        made(shop(), {"after": after})


@pytest.mark.parametrize("state", ["placed", "CANCELLED", "all"])
def test_a_state_that_is_not_offered_says_which_is(state: str) -> None:
    with pytest.raises(BadFilter, match="state=cancelled"):
        made(shop(), {"state": state})


def test_the_filter_stands_in_the_form() -> None:
    found = {one.name: one for one in made(shop(), {"state": "cancelled"}).choices}["state"]
    assert found.value == "cancelled"
    assert [value for value, _ in found.options] == ["", "cancelled"]


def test_a_shop_that_sold_nothing_yet_has_no_list() -> None:
    board = made(FakeMarts())
    assert (board.section("orders"), board.tiles) == (None, ())


def test_a_period_of_another_length_is_kept_too() -> None:
    month = Period.containing(date(2026, 4, 1), Span.MONTH)
    marts = FakeMarts(trend=[SoldIn(period=month, orders=1)])
    assert made(marts, {"span": "month"}).tiles[0].href == "/dashboard/sales?span=month&day=2026-04-01#orders"


def test_what_a_store_is_called_goes_out_as_it_is_written() -> None:
    found = orders(made(shop(order(1, store_id=FORMULA))))
    assert found.table.rows[0][2].value == FORMULA  # what makes files keeps it from being a formula
