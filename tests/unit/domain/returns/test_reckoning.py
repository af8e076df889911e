"""What was paid for pieces that come back: to the cent, in whatever order, and never more than was paid."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.model import Order, OrderLine, OrderState
from domain.orders.money import costs_today
from domain.records.returns import Return, ReturnKind, ReturnLine, ReturnReason, ReturnState
from domain.returns.reckoning import held, paid_of_lines, taken_from
from tests.support.factories import NOW, make_order

CENTS = st.integers(0, 20_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Delivered orders of a few lines, of which two may be of one product, less something off."""
    lines = draw(
        st.lists(
            st.builds(
                OrderLine,
                product_id=st.sampled_from(["CUP", "POT", "TIN"]),
                quantity=st.integers(1, 7),
                unit_price=CENTS,
            ),
            min_size=1,
            max_size=4,
        )
    )
    full = sum((line.amount for line in lines), Decimal("0.00"))
    off = (full * draw(st.integers(0, 100)) / 100).quantize(Decimal("0.01"))
    return make_order(order_id=1, lines=tuple(lines), discount=min(off, full), state=OrderState.DELIVERED)


def back(*lines: ReturnLine, state: ReturnState = ReturnState.REFUNDED, return_id: int = 1) -> Return:
    """A return of these lines."""
    exchange = any(line.replacement_id for line in lines)
    return Return(
        return_id=return_id,
        order_id=1,
        kind=ReturnKind.EXCHANGE if exchange else ReturnKind.RETURN,
        lines=lines,
        state=state,
        reason=ReturnReason.OTHER,
        requested_at=NOW,
    )


def of(pieces: int, price: str, *, off: str = "0.00") -> Order:
    """A delivered order of so many cups."""
    line = OrderLine(product_id="CUP", quantity=pieces, unit_price=Decimal(price))
    return make_order(order_id=1, lines=(line,), discount=Decimal(off), state=OrderState.DELIVERED)


@given(orders())
def test_what_was_paid_for_lines_adds_up_to_the_total(order: Order) -> None:
    paid = paid_of_lines(order)
    assert sum(paid) == order.total
    assert all(0 <= one <= line.amount for one, line in zip(paid, order.lines, strict=True))


@given(orders(), st.data())
def test_whatever_comes_back_in_whatever_order_all_of_it_is_what_was_paid(order: Order, data: st.DataObject) -> None:
    returns: list[Return] = []
    while pieces := held(order, returns):
        one = data.draw(st.sampled_from(pieces))
        there = sum(each.quantity for each in pieces if each.product_id == one.product_id)
        lines = taken_from(pieces, one.product_id, data.draw(st.integers(1, there)))
        assert all(Decimal(0) <= line.amount <= line.unit_price * line.quantity for line in lines)
        ends = [ReturnState.REFUNDED, ReturnState.REFUNDED, ReturnState.REPLACED, ReturnState.CALLED_OFF]
        state = data.draw(st.sampled_from(ends if len(returns) < 12 else ends[:1]))
        if state is ReturnState.REPLACED:
            price = data.draw(CENTS)
            lines = [replace(line, replacement_id="NEW", replacement_price=price) for line in lines]
        returns.append(back(*lines, state=state, return_id=len(returns) + 1))
        left = held(order, returns)
        assert all(each.paid >= 0 for each in left)
        assert sum((each.paid for each in left), Decimal(0)) == costs_today(order, returns)
    assert costs_today(order, returns) == 0


def test_a_discount_goes_back_with_the_pieces_that_it_was_for_and_the_last_gets_the_odd_cent() -> None:
    order = of(3, "10.00", off="10.00")
    returns: list[Return] = []
    for amount in ("6.67", "6.67", "6.66"):
        (line,) = taken_from(held(order, returns), "CUP", 1)
        assert line.amount == Decimal(amount)
        returns.append(back(line, return_id=len(returns) + 1))
    assert costs_today(order, returns) == 0


def test_what_was_called_off_or_refused_is_the_customers_as_if_nothing_had_been() -> None:
    order = of(2, "10.00")
    line = taken_from(held(order, []), "CUP", 2)[0]
    for state in ReturnState:
        there = held(order, [back(line, state=state)])
        assert bool(there) is (state in (ReturnState.CALLED_OFF, ReturnState.REFUSED))


def test_what_came_in_the_place_of_something_can_come_back_at_what_was_paid_for_it() -> None:
    order = of(2, "10.00", off="5.00")
    (line,) = taken_from(held(order, []), "CUP", 1)
    swapped = replace(line, replacement_id="MUG", replacement_price=Decimal("12.00"))
    assert (swapped.paid_after, swapped.back) == (Decimal("9.50"), Decimal("-2.00"))
    left = held(order, [back(swapped, state=ReturnState.REPLACED)])
    assert [(one.product_id, one.paid) for one in left] == [("CUP", Decimal("7.50")), ("MUG", Decimal("9.50"))]


def test_nobody_gets_more_back_than_was_paid_for_something_that_is_replaced_by_what_costs_less() -> None:
    order = of(1, "10.00", off="8.00")
    (line,) = taken_from(held(order, []), "CUP", 1)
    swapped = replace(line, replacement_id="PIN", replacement_price=Decimal("1.00"))
    assert (swapped.paid_after, swapped.back) == (Decimal("0.00"), Decimal("2.00"))


def test_of_a_product_at_two_prices_the_dearer_pieces_come_back_first() -> None:
    cheap, dear = (OrderLine(product_id="CUP", quantity=2, unit_price=Decimal(price)) for price in ("4.00", "9.00"))
    order = make_order(order_id=1, lines=(cheap, dear), state=OrderState.DELIVERED)
    taken = taken_from(held(order, []), "CUP", 3)
    assert [(line.unit_price, line.quantity) for line in taken] == [(Decimal("9.00"), 2), (Decimal("4.00"), 1)]
