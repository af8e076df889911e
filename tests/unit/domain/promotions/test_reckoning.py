"""What promotions take off a cart: their sums, their order, and that nobody is paid for buying."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model import OrderLine, subtotal, sum_of
from domain.promotions.reckoning import Lack, discounts_of, share_of
from domain.records.promotions import Kind, Promotion
from tests.support.factories import make_promotion

CATEGORIES = {"MUG": "Kitchen", "POT": "Kitchen", "CARD": "Paper", "TOWEL": "Kitchen"}
FREE = Decimal("0.00")


def lines(**of: tuple[int, str]) -> tuple[OrderLine, ...]:
    """Lines by product: how many at which price."""
    return tuple(
        OrderLine(product_id=product_id, quantity=quantity, unit_price=Decimal(price))
        for product_id, (quantity, price) in of.items()
    )


def promotion(number: int = 1, **values: Any) -> Promotion:
    return make_promotion(**{"promotion_id": number, "name": f"P{number}", "code": ""} | values)


def taken(cart: tuple[OrderLine, ...], *promotions: Promotion) -> dict[int, str]:
    return {row.promotion_id: str(row.amount) for row in discounts_of(cart, CATEGORIES, promotions)}


def test_a_percentage_is_rounded_once_half_a_cent_up() -> None:
    assert taken(lines(MUG=(1, "0.05"), CARD=(1, "0.05")), promotion()) == {1: "0.01"}
    assert taken(lines(MUG=(1, "0.05")), promotion()) == {1: "0.01"}
    assert taken(lines(MUG=(3, "12.35")), promotion(percent=Decimal("12.5"))) == {1: "4.63"}


def test_a_promotion_counts_only_what_it_is_for() -> None:
    cart = lines(MUG=(2, "10.00"), CARD=(1, "4.00"))
    assert taken(cart, promotion(categories=("paper",))) == {1: "0.40"}
    assert taken(cart, promotion(product_ids=("MUG",))) == {1: "2.00"}
    assert taken(cart, promotion(product_ids=("MUG",), categories=("PAPER",))) == {1: "2.40"}
    assert share_of(cart, CATEGORIES, promotion(product_ids=("POT",))).lack is Lack.OTHER_PRODUCTS


def test_an_amount_never_takes_more_than_there_is() -> None:
    five = promotion(kind=Kind.AMOUNT, amount=Decimal("5.00"))
    assert taken(lines(MUG=(1, "12.00")), five) == {1: "5.00"}
    assert taken(lines(CARD=(1, "3.20")), five) == {1: "3.20"}


def test_of_n_for_m_the_cheapest_pieces_of_all_groups_are_free() -> None:
    three_for_two = promotion(kind=Kind.N_FOR_M, buy=3, pay=2)
    assert taken(lines(MUG=(2, "10.00"), CARD=(1, "4.00")), three_for_two) == {1: "4.00"}
    assert taken(lines(MUG=(5, "10.00"), CARD=(1, "4.00")), three_for_two) == {1: "14.00"}
    assert taken(lines(MUG=(8, "10.00")), promotion(kind=Kind.N_FOR_M, buy=4, pay=1)) == {1: "60.00"}
    short = share_of(lines(MUG=(2, "10.00")), CATEGORIES, three_for_two)
    assert (short.lack, short.pieces, short.total) == (Lack.PIECES, 2, FREE)


def test_one_piece_is_free_where_the_rest_of_the_cart_is_enough() -> None:
    towel = promotion(kind=Kind.FREE_ITEM, free_product="TOWEL", least_amount=Decimal("30.00"))
    assert taken(lines(MUG=(3, "10.00"), TOWEL=(2, "8.00")), towel) == {1: "8.00"}
    assert share_of(lines(MUG=(3, "10.00")), CATEGORIES, towel).lack is Lack.ITEM
    with_its_help = share_of(lines(MUG=(2, "12.00"), TOWEL=(1, "8.00")), CATEGORIES, towel)
    assert (with_its_help.lack, with_its_help.amount) == (Lack.AMOUNT, Decimal("24.00"))
    alone = share_of(lines(TOWEL=(1, "8.00")), CATEGORIES, replace(towel, least_amount=FREE))
    assert alone.lack is Lack.OTHER_PRODUCTS


def test_least_pieces_are_of_what_the_promotion_is_for() -> None:
    four_cards = promotion(categories=("Paper",), least_pieces=4)
    assert share_of(lines(MUG=(9, "1.00"), CARD=(3, "4.00")), CATEGORIES, four_cards).lack is Lack.PIECES
    assert taken(lines(CARD=(4, "4.00")), four_cards) == {1: "1.60"}


def test_what_may_be_combined_adds_up_and_what_may_not_stands_alone() -> None:
    cart = lines(MUG=(2, "10.00"))
    ten, five = promotion(1, combinable=True), promotion(2, percent=Decimal(5), combinable=True)
    assert taken(cart, ten, five) == {1: "2.00", 2: "1.00"}
    assert taken(cart, ten, five, promotion(3, percent=Decimal(14))) == {1: "2.00", 2: "1.00"}
    assert taken(cart, ten, five, promotion(3, percent=Decimal(16))) == {3: "3.20"}


def test_of_two_that_take_off_the_same_the_older_one_is_taken() -> None:
    assert taken(lines(MUG=(2, "10.00")), promotion(2), promotion(1)) == {1: "2.00"}


def test_no_line_is_paid_less_than_nothing_and_the_narrower_promotion_goes_first() -> None:
    cart = lines(MUG=(1, "10.00"), CARD=(1, "10.00"))
    most = promotion(1, percent=Decimal(80), product_ids=("MUG",), combinable=True)
    half = promotion(2, percent=Decimal(50), categories=("Kitchen",), combinable=True)
    assert taken(cart, most, half) == {1: "8.00", 2: "2.00"}
    ten = promotion(1, kind=Kind.AMOUNT, amount=Decimal("10.00"), combinable=True)
    assert taken(cart, ten, replace(half, product_ids=("MUG",), categories=())) == {1: "10.00", 2: "5.00"}


def test_a_row_names_promotion_and_code() -> None:
    rows = discounts_of(lines(MUG=(1, "10.00")), {}, [promotion(code="SPRING10", name="Spring")])
    assert [(row.name, row.code) for row in rows] == [("Spring (SPRING10)", "SPRING10")]
    assert make_promotion().label == "SPRING10"


@pytest.mark.parametrize("empty", [[], [promotion(product_ids=("POT",))]])
def test_nothing_is_taken_off_where_nothing_fits(empty: list[Promotion]) -> None:
    assert discounts_of(lines(MUG=(1, "10.00")), {}, empty) == ()


PRODUCTS = st.sampled_from(list(CATEGORIES))
CENTS = st.decimals(min_value=0, max_value=60, places=2)
CART = st.lists(
    st.builds(OrderLine, product_id=PRODUCTS, quantity=st.integers(1, 9), unit_price=CENTS), min_size=0, max_size=6
)


@st.composite
def _promotion(draw: st.DrawFn) -> Promotion:
    kind = draw(st.sampled_from(list(Kind)))
    pay = draw(st.integers(1, 3))
    return make_promotion(
        promotion_id=0,
        code="",
        kind=kind,
        percent=draw(st.decimals(min_value="0.5", max_value=100, places=1)) if kind is Kind.PERCENT else None,
        amount=draw(st.decimals(min_value="0.01", max_value=80, places=2)) if kind is Kind.AMOUNT else None,
        free_product=draw(PRODUCTS) if kind is Kind.FREE_ITEM else "",
        buy=pay + draw(st.integers(1, 3)) if kind is Kind.N_FOR_M else None,
        pay=pay if kind is Kind.N_FOR_M else None,
        product_ids=tuple(draw(st.sets(PRODUCTS, max_size=2))),
        categories=tuple(draw(st.sets(st.sampled_from(["Kitchen", "PAPER"]), max_size=1))),
        least_pieces=draw(st.sampled_from([0, 0, 2, 5])),
        least_amount=draw(st.sampled_from([FREE, FREE, Decimal("15.00")])),
        combinable=draw(st.booleans()),
    )


PROMOTIONS = st.lists(_promotion(), max_size=5).map(
    lambda some: [replace(one, promotion_id=number) for number, one in enumerate(some, 1)]
)


@given(cart=CART, some=PROMOTIONS)
def test_no_discount_is_negative_and_none_is_more_than_the_cart_costs(
    cart: list[OrderLine], some: list[Promotion]
) -> None:
    rows = discounts_of(cart, CATEGORIES, some)
    assert all(row.amount > 0 and row.amount == row.amount.quantize(Decimal("0.01")) for row in rows)
    assert FREE <= sum_of(rows) <= subtotal(tuple(cart))
    assert len({row.promotion_id for row in rows}) == len(rows)


@given(cart=CART, some=PROMOTIONS, draw=st.data())
def test_the_order_of_lines_and_promotions_changes_nothing(
    cart: list[OrderLine], some: list[Promotion], draw: st.DataObject
) -> None:
    other = discounts_of(draw.draw(st.permutations(cart)), CATEGORIES, draw.draw(st.permutations(some)))
    assert other == discounts_of(cart, CATEGORIES, some)


@given(cart=CART, some=PROMOTIONS)
def test_the_best_is_taken_and_what_stands_alone_is_alone(cart: list[OrderLine], some: list[Promotion]) -> None:
    rows = discounts_of(cart, CATEGORIES, some)
    by_id = {one.promotion_id: one for one in some}
    assert len(rows) <= 1 or all(by_id[row.promotion_id].combinable for row in rows)
    alone = [sum_of(discounts_of(cart, CATEGORIES, [one])) for one in some]
    assert sum_of(rows) >= max(alone, default=FREE)
    combinable = [one for one in some if one.combinable]
    assert sum_of(rows) >= sum_of(discounts_of(cart, CATEGORIES, combinable))


@given(cart=CART, some=PROMOTIONS, more=_promotion())
def test_another_promotion_never_makes_it_dearer(cart: list[OrderLine], some: list[Promotion], more: Promotion) -> None:
    together = discounts_of(cart, CATEGORIES, [*some, replace(more, promotion_id=99)])
    assert sum_of(together) >= sum_of(discounts_of(cart, CATEGORIES, some))


@given(cart=CART, buy=st.integers(2, 5), pay=st.integers(1, 4))
def test_n_for_m_makes_the_cheapest_pieces_free(cart: list[OrderLine], buy: int, pay: int) -> None:
    if pay >= buy:
        return
    pieces = sorted(line.unit_price for line in cart for _ in range(line.quantity))
    free = sum(pieces[: len(pieces) // buy * (buy - pay)], FREE)
    rows = discounts_of(cart, {}, [promotion(kind=Kind.N_FOR_M, buy=buy, pay=pay)])
    assert sum_of(rows) == free


@given(cart=CART, line=st.builds(OrderLine, product_id=PRODUCTS, quantity=st.integers(1, 9), unit_price=CENTS))
def test_another_line_takes_no_percentage_away(cart: list[OrderLine], line: OrderLine) -> None:
    some = [promotion(1, categories=("Kitchen",)), promotion(2, percent=Decimal("7.5"))]
    assert sum_of(discounts_of([*cart, line], CATEGORIES, some)) >= sum_of(discounts_of(cart, CATEGORIES, some))
