"""Money to the cent, totals, and when an order can still be cancelled."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.model import OrderLine, OrderState, Quote, money, subtotal
from tests.support.factories import ADA, NOW, SECOND, make_order, make_product


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("2.675", "2.68"),
        ("2.6749", "2.67"),
        ("0.005", "0.01"),
        ("0.004999", "0.00"),
        ("-0.005", "-0.01"),
        ("-2.675", "-2.68"),
        ("1e3", "1000.00"),
    ],
)
def test_money_rounds_halves_away_from_zero(amount: str, rounded: str) -> None:
    assert str(money(amount)) == rounded


def test_money_always_has_two_places() -> None:
    assert [str(money(amount)) for amount in (7, Decimal("7.1"), "7.10")] == ["7.00", "7.10", "7.10"]


def test_a_subtotal_is_exact_where_floats_are_not() -> None:
    lines = tuple(OrderLine(product_id=f"P{n}", quantity=3, unit_price=Decimal("0.10")) for n in range(100))
    assert str(subtotal(lines)) == "30.00"


def test_the_subtotal_of_nothing_is_zero_in_cents() -> None:
    assert str(subtotal(())) == "0.00"


def test_quote_and_order_total_the_lines_less_the_discount() -> None:
    lines = (
        OrderLine(product_id="MUG", quantity=3, unit_price=Decimal("12.05")),
        OrderLine(product_id="TIN", quantity=1, unit_price=Decimal("0.99")),
    )
    quote = Quote(
        quote_id="q_1",
        identity_id=ADA,
        lines=lines,
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=15),
        discount=Decimal("2.14"),
    )
    assert lines[0].amount == Decimal("36.15")
    assert quote.total == Decimal("35.00")
    assert make_order(lines=lines, discount=Decimal("2.14")).total == Decimal("35.00")


def test_an_order_can_be_cancelled_until_the_window_ends_but_not_at_its_end() -> None:
    order = make_order()
    assert order.cancellable(order.cancel_until - SECOND)
    assert not order.cancellable(order.cancel_until)
    assert not order.cancellable(order.cancel_until + SECOND)


@pytest.mark.parametrize("state", [OrderState.SHIPPED, OrderState.DELIVERED, OrderState.CANCELLED])
def test_only_a_placed_order_can_be_cancelled(state: OrderState) -> None:
    assert not make_order(state=state).cancellable(NOW)


def test_a_product_without_a_name_is_called_by_its_id() -> None:
    assert make_product(product_id="85123A", name="").title == "85123A"
    assert make_product(product_id="85123A", name="T-Light Holder").title == "T-Light Holder"
