"""What is suggested to order: in whole packs, up to the level, for the minimum, and nothing that is on its way."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.products.reordering import (
    DEAD_AFTER,
    LEAD_DAYS,
    MOST_COVER,
    beyond,
    is_dead,
    is_due,
    is_over,
    lead_days,
    order_of,
    orders_of,
    state_of,
    suggested,
)
from domain.records.purchases import OpenToday
from domain.records.supply import Demand, Stock, StockState, SupplierTerms, days_of_cover

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
DEMAND = Demand(
    weekly=7.0, lost_weekly=0.5, abc="A", xyz="X", service_level=0.95, lead_days=14, reorder_point=20, order_up_to=40
)
MUG = Stock(
    product_id="MUG",
    title="Mug",
    supplier_id="CLAYBIRD",
    on_hand=6,
    incoming=0,
    unit_cost=Decimal("4.00"),
    demand=DEMAND,
    moved_at=NOW,
)
CLAYBIRD = SupplierTerms(supplier_id="CLAYBIRD")


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    point = draw(st.integers(0, 500))
    return Stock(
        product_id=draw(st.text("ABC", min_size=1, max_size=5)),
        title="",
        supplier_id="S",
        on_hand=draw(st.integers(0, 1000)),
        incoming=draw(st.integers(0, 1000)),
        unit_cost=draw(st.decimals(0, 100, places=2)),
        demand=replace(
            DEMAND,
            weekly=draw(st.floats(0, 200)),
            reorder_point=point,
            order_up_to=point + draw(st.integers(0, 500)),
        ),
    )


@pytest.mark.parametrize(
    ("on_hand", "incoming", "pack", "pieces"),
    [
        (20, 0, 1, 20),
        (21, 0, 1, 0),
        (6, 0, 1, 34),
        (6, 0, 12, 36),
        (0, 0, 12, 48),
        (6, 14, 1, 20),
        (6, 15, 1, 0),
        (0, 40, 1, 0),
    ],
)
def test_what_lacks_of_the_level_is_ordered_in_whole_packs(on_hand: int, incoming: int, pack: int, pieces: int) -> None:
    assert suggested(replace(MUG, on_hand=on_hand, incoming=incoming), pack) == pieces


def test_nothing_is_suggested_of_what_nothing_is_predicted_of() -> None:
    assert suggested(replace(MUG, demand=None), 1) == 0
    assert replace(MUG, demand=None).cover is None
    assert order_of(CLAYBIRD, [replace(MUG, demand=None)]) is None


@given(stock=stocks(), pack=st.integers(1, 200))
def test_a_suggestion_is_whole_packs_and_no_pack_too_many(stock: Stock, pack: int) -> None:
    pieces = suggested(stock, pack)
    assert pieces % pack == 0
    assert bool(pieces) == is_due(stock)
    if pieces and stock.demand:
        assert stock.position + pieces - pack < stock.demand.order_up_to <= stock.position + pieces


@given(stock=stocks(), pack=st.integers(1, 200))
def test_what_is_accepted_is_suggested_no_more(stock: Stock, pack: int) -> None:
    accepted = replace(stock, incoming=stock.incoming + suggested(stock, pack))
    assert suggested(accepted, pack) == 0


@given(stock=stocks(), less=st.integers(0, 1000))
def test_less_on_the_shelf_never_suggests_less(stock: Stock, less: int) -> None:
    fewer = replace(stock, on_hand=max(0, stock.on_hand - less))
    assert suggested(fewer, 1) >= suggested(stock, 1)


@given(
    stocks=st.lists(stocks(), max_size=6, unique_by=lambda one: one.product_id),
    pack=st.integers(1, 50),
    pieces=st.integers(0, 3000),
    amount=st.integers(0, 20_000),
)
def test_an_order_is_topped_up_to_its_minimum_or_says_what_lacks(
    stocks: list[Stock], pack: int, pieces: int, amount: int
) -> None:
    terms = SupplierTerms(supplier_id="S", order_pack=pack, minimum_pieces=pieces, minimum_amount=Decimal(amount))
    order = order_of(terms, stocks)
    assert (order is None) == (not any(map(is_due, stocks)))
    if order is None:
        return
    assert order.pieces + order.missing_pieces >= pieces
    assert order.amount + order.missing_amount >= amount
    for line in order.lines:
        assert line.quantity % pack == 0
        assert line.quantity - line.topped_up == suggested(line.stock, pack)
        assert line.packs * pack == line.quantity
        if line.topped_up and line.stock.demand:
            assert (days_of_cover(line.stock.position + line.quantity, line.stock.demand.weekly) or 0) <= MOST_COVER


def test_the_minimum_goes_to_what_would_last_the_shortest() -> None:
    quick = replace(MUG, product_id="QUICK", demand=replace(DEMAND, weekly=14.0))
    order = order_of(replace(CLAYBIRD, minimum_pieces=88, order_pack=2), [MUG, quick])
    assert order is not None
    assert [(line.stock.product_id, line.quantity) for line in order.lines] == [("QUICK", 54), ("MUG", 34)]
    assert (order.missing_pieces, order.missing_amount) == (0, Decimal(0))


def test_an_unreachable_minimum_of_many_lines_takes_a_few_steps_a_line() -> None:
    many = [replace(MUG, product_id=f"P{n}", demand=replace(DEMAND, weekly=7.0 + n)) for n in range(5_000)]
    terms = replace(CLAYBIRD, minimum_pieces=2_000_000_000, minimum_amount=Decimal(10) ** 12)
    steps = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal steps
        steps += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        order = order_of(terms, many)
    finally:
        sys.setprofile(before)
    assert order is not None
    assert order.missing_pieces > 0
    assert all(MOST_COVER - 1 < (days_of_cover(one.quantity + 6, one.weekly) or 0) <= MOST_COVER for one in order.lines)
    assert steps < 100 * len(many)


@given(missing=st.integers(1, 500), pack=st.integers(1, 7), weekly=st.lists(st.floats(1, 90), min_size=1, max_size=6))
def test_what_tops_up_lasts_about_alike_and_is_no_pack_too_many(missing: int, pack: int, weekly: list[float]) -> None:
    stocks = [replace(MUG, product_id=f"P{n}", demand=replace(DEMAND, weekly=one)) for n, one in enumerate(weekly)]
    plain = order_of(replace(CLAYBIRD, order_pack=pack), stocks)
    assert plain is not None
    order = order_of(replace(CLAYBIRD, order_pack=pack, minimum_pieces=plain.pieces + missing), stocks)
    assert order is not None
    if not order.missing_pieces:
        assert order.pieces - plain.pieces < missing + pack


def test_no_minimum_makes_an_overstock() -> None:
    order = order_of(replace(CLAYBIRD, minimum_amount=Decimal(10_000)), [MUG])
    assert order is not None
    assert order.pieces == MOST_COVER - MUG.on_hand  # a piece a day
    assert order.missing_amount == Decimal("9688.00")


def test_what_is_ordered_today_already_counts_for_the_minimum() -> None:
    order = order_of(replace(CLAYBIRD, minimum_pieces=50), [MUG], OpenToday(pieces=20, amount=Decimal(80)))
    assert order is not None
    assert (order.pieces, order.missing_pieces) == (34, 0)


def test_what_empties_first_comes_first_among_suppliers_too() -> None:
    other = replace(MUG, product_id="TEA", supplier_id="LEAF", on_hand=1)
    third = replace(MUG, product_id="CUP", on_hand=9)
    found = orders_of([MUG, other, third], {}, {})
    assert [order.terms.supplier_id for order in found] == ["LEAF", "CLAYBIRD"]
    assert [line.stock.product_id for line in found[1].lines] == ["MUG", "CUP"]


@pytest.mark.parametrize(
    ("on_hand", "incoming", "predicted", "state"),
    [
        (0, 0, True, StockState.OUT),
        (0, 99, True, StockState.OUT),
        (20, 0, True, StockState.LOW),
        (6, 20, True, StockState.OK),
        (21, 0, True, StockState.OK),
        (5, 0, False, StockState.LOW),
        (6, 0, False, StockState.OK),
        (0, 0, False, StockState.OUT),
    ],
)
def test_a_state_is_of_the_shelf_and_of_what_comes(
    on_hand: int, incoming: int, predicted: bool, state: StockState
) -> None:
    stock = replace(MUG, on_hand=on_hand, incoming=incoming, demand=DEMAND if predicted else None)
    assert state_of(stock, low_stock=5) is state


def test_too_much_is_what_lasts_more_than_twelve_weeks_and_dead_is_what_nobody_bought_for_half_a_year() -> None:
    assert not is_over(replace(MUG, on_hand=84))
    assert is_over(replace(MUG, on_hand=85))
    assert is_over(replace(MUG, on_hand=80, incoming=5))
    never = replace(MUG, demand=replace(DEMAND, weekly=0.0), on_hand=500)
    assert not is_over(never)
    assert never.cover is None
    assert not is_dead(replace(never, moved_at=NOW - DEAD_AFTER + timedelta(seconds=1)), NOW)
    assert is_dead(replace(never, moved_at=NOW - DEAD_AFTER), NOW)
    assert not is_dead(replace(never, moved_at=NOW - DEAD_AFTER, on_hand=0), NOW)


def test_a_lead_time_is_as_agreed_else_as_predicted_with_else_the_usual() -> None:
    assert lead_days(replace(CLAYBIRD, lead_days=0), DEMAND) == 0
    assert lead_days(CLAYBIRD, replace(DEMAND, lead_days=21)) == 21
    assert lead_days(CLAYBIRD, None) == LEAD_DAYS


def test_a_great_minimum_of_many_lines_is_reckoned_at_once() -> None:
    many = [replace(MUG, product_id=f"P{n}", demand=replace(DEMAND, weekly=1e6)) for n in range(300)]
    order = order_of(replace(CLAYBIRD, minimum_pieces=1_000_000), many)
    assert order is not None
    assert order.missing_pieces == 0


@pytest.mark.parametrize(
    ("on_hand", "incoming", "weekly", "pieces"),
    [
        (84, 0, 7.0, 0),
        (85, 0, 7.0, 1),
        (80, 10, 7.0, 0),
        (90, 10, 7.0, 6),
        (5, 0, 0.35, 0),
        (6, 0, 0.35, 1),
        (9, 0, 0.0, 0),
    ],
)
def test_too_many_are_the_pieces_beyond_twelve_weeks(on_hand: int, incoming: int, weekly: float, pieces: int) -> None:
    stock = replace(MUG, on_hand=on_hand, incoming=incoming, demand=replace(DEMAND, weekly=weekly))
    assert beyond(stock, NOW) == pieces


def test_all_of_what_is_dead_is_too_many() -> None:
    dead = replace(MUG, on_hand=6, moved_at=NOW - DEAD_AFTER)
    assert [beyond(one, NOW) for one in (dead, replace(dead, demand=None), replace(dead, on_hand=0))] == [6, 6, 0]


def test_twelve_weeks_of_a_demand_that_floats_cannot_hold_are_whole() -> None:
    # 12 × 4.1 / 0.1 and the like: 49.2 is not 49.2 in a float, and 12 × 0.75 is 9
    for weekly, enough in ((0.75, 9), (1.25, 15), (4.1, 50), (0.583, 7), (2.25, 27)):
        stock = replace(MUG, on_hand=1000, demand=replace(DEMAND, weekly=weekly))
        assert beyond(stock, NOW) == 1000 - enough
