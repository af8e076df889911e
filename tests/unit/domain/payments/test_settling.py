"""The ledger sums to what an order costs after every act, and money goes back where it came from."""

from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import GiftCardTooLow, MethodUnknown
from domain.model import Order
from domain.payments.settling import check_method, first_charge, left_of, settle
from domain.ports import UnitOfWork
from domain.records.payments import INVOICE, Method, MethodKind, Payment, PaymentKind, PaymentState, Why, balance
from tests.support.factories import HASHED_EMAIL, NOW, SECOND, make_order
from tests.support.memory import MemoryUnitOfWork

LATER = NOW + SECOND
GIFT = Method(
    method_id="g1",
    hashed_email=HASHED_EMAIL,
    kind=MethodKind.GIFT_CARD,
    label="gift card ending in 17",
    balance=Decimal(50),
)
CARD = Method(method_id="c1", hashed_email=HASHED_EMAIL, kind=MethodKind.CARD, label="card ending in 4242")
LINKED = replace(CARD, method_id="l1", provider="stripe")
OTHERS = replace(GIFT, method_id="g2", hashed_email="somebody else")


@pytest.fixture
def shop() -> MemoryUnitOfWork:
    """A shop whose customer has a gift card of 50, a card, and a card that a provider charges."""
    uow = MemoryUnitOfWork()
    uow.payments.by_id = {one.method_id: one for one in (GIFT, CARD, LINKED, OTHERS)}
    return uow


def placed(shop: MemoryUnitOfWork, method_id: str = INVOICE.method_id, mugs: int = 2) -> Order:
    """An order of mugs at 12.00 whose ledger is open."""
    order = make_order({"MUG": mugs})
    return shop.orders.add(order, first_charge(cast(UnitOfWork, shop), order, method_id))


def settled(shop: MemoryUnitOfWork, order: Order, owed: int | Decimal, **how: str) -> tuple[Payment, ...]:
    return settle(cast(UnitOfWork, shop), order, owed=Decimal(owed), why=Why.CHANGED, now=LATER, **how)


def sums(shop: MemoryUnitOfWork, order: Order) -> list[tuple[str, str, Decimal, str]]:
    return [(one.kind, one.state, one.amount, one.method_id) for one in shop.payments.of_order(order.order_id)]


def test_an_order_opens_its_ledger_and_an_invoice_counts_as_charged(shop: MemoryUnitOfWork) -> None:
    order = placed(shop)
    assert sums(shop, order) == [("charge", "done", Decimal(24), "invoice")]
    assert settled(shop, order, 24) == ()


def test_what_is_missing_is_charged_to_what_paid_last_and_what_is_too_much_goes_back_newest_first(
    shop: MemoryUnitOfWork,
) -> None:
    order = placed(shop, "g1")
    settled(shop, order, 30, method_id="c1")
    assert sums(shop, order)[1:] == [("charge", "done", Decimal(6), "c1")]
    back = settled(shop, order, 14)
    assert [(one.amount, one.method_id, one.state) for one in back] == [
        (Decimal(6), "c1", PaymentState.OPEN),  # staff pays it out
        (Decimal(10), "g1", PaymentState.DONE),
    ]
    assert shop.payments.by_id["g1"].balance == Decimal(36)
    settled(shop, order, 15)
    assert sums(shop, order)[-1] == ("charge", "done", Decimal(1), "c1")


def test_a_gift_card_that_does_not_cover_all_pays_nothing(shop: MemoryUnitOfWork) -> None:
    with pytest.raises(GiftCardTooLow) as too_low:
        placed(shop, "g1", mugs=5)
    assert (too_low.value.balance, too_low.value.amount) == (Decimal(50), Decimal(60))
    order = placed(shop, "g1", mugs=4)
    with pytest.raises(GiftCardTooLow):
        settled(shop, order, 51)
    assert shop.payments.by_id["g1"].balance == Decimal(2)
    assert balance(shop.payments.of_order(order.order_id)) == order.total


def test_money_may_go_to_another_method_and_the_rest_still_comes_from_the_charge(shop: MemoryUnitOfWork) -> None:
    order = placed(shop, "c1")
    settled(shop, order, 12, method_id="g1")
    assert shop.payments.by_id["g1"].balance == Decimal(62)
    assert list(left_of(shop.payments.of_order(order.order_id)).values()) == [Decimal(12)]
    (rest,) = settled(shop, order, 0)
    assert (rest.amount, rest.method_id) == (Decimal(12), "c1")


@pytest.mark.parametrize("method_id", ["g2", "nothing"])
def test_nobody_pays_with_what_is_not_theirs(shop: MemoryUnitOfWork, method_id: str) -> None:
    order = placed(shop)
    for owed in (0, 30):
        with pytest.raises(MethodUnknown):
            settled(shop, order, owed, method_id=method_id)
    with pytest.raises(MethodUnknown):
        placed(shop, method_id)
    assert len(shop.payments.lines) == 1


def test_only_who_proved_to_be_the_customer_may_name_a_method() -> None:
    check_method(None, proven=False)
    check_method(INVOICE.method_id, proven=False)
    check_method("g1", proven=True)
    with pytest.raises(MethodUnknown):
        check_method("g1", proven=False)


def test_history_without_a_ledger_opens_it_with_what_it_cost(shop: MemoryUnitOfWork) -> None:
    order = shop.orders.add(make_order({"MUG": 2}))
    settled(shop, order, 0)
    assert sums(shop, order) == [
        ("charge", "done", Decimal(24), "invoice"),
        ("refund", "open", Decimal(24), "invoice"),
    ]
    free = shop.orders.add(make_order({"MUG": 1}, discount=Decimal(12)))
    settled(shop, free, 5)
    assert sums(shop, free) == [("charge", "done", Decimal(5), "invoice")]


def test_what_nobody_paid_yet_is_not_asked_for_any_more(shop: MemoryUnitOfWork) -> None:
    order = placed(shop, "l1")
    settled(shop, order, 12)
    assert sums(shop, order) == [("charge", "open", Decimal(12), "l1"), ("charge", "void", Decimal(12), "l1")]
    settled(shop, order, 0)
    assert [state for _, state, *_ in sums(shop, order)] == ["void", "void"]
    settled(shop, order, 7)
    assert sums(shop, order)[-1] == ("charge", "open", Decimal(7), "l1")


def test_a_refund_to_a_method_that_was_forgotten_is_staffs_to_pay_out(shop: MemoryUnitOfWork) -> None:
    order = placed(shop, "g1")
    del shop.payments.by_id["g1"]
    (back,) = settled(shop, order, 0)
    assert (back.state, back.method_id) == (PaymentState.OPEN, "g1")


ACTS = st.tuples(st.decimals(0, 90, places=2), st.sampled_from([None, "invoice", "g1", "c1", "l1"]))


@given(st.sampled_from(["invoice", "g1", "c1", "l1"]), st.lists(ACTS, max_size=12))
def test_whatever_is_done_charges_less_refunds_are_what_the_order_costs(
    first: str, acts: list[tuple[Decimal, str | None]]
) -> None:
    shop = MemoryUnitOfWork()
    shop.payments.by_id = {one.method_id: one for one in (GIFT, CARD, LINKED)}
    order = placed(shop, first)
    owed = order.total
    for wanted, method_id in acts:
        before = dict(shop.payments.lines)
        try:
            settle(cast(UnitOfWork, shop), order, owed=wanted, why=Why.CHANGED, now=LATER, method_id=method_id)
            owed = wanted
        except GiftCardTooLow:
            assert shop.payments.lines == before
        ledger = shop.payments.of_order(order.order_id)
        assert balance(ledger) == owed
        assert all(Decimal(0) <= left for left in left_of(ledger).values())
        on_card = sum(
            (-one.amount if one.kind is PaymentKind.CHARGE else one.amount) for one in ledger if one.method_id == "g1"
        )
        assert shop.payments.by_id["g1"].balance == Decimal(50) + on_card
