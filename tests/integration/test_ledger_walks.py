"""Random lives of orders on a real database: after each step charges less refunds are what the lines cost today."""

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.conversation import CartLine, ChatRef
from domain.errors import (
    AlreadyCancelled,
    AlreadyDelivered,
    AlreadyReturned,
    AlreadyShipped,
    CancelWindowClosed,
    GiftCardTooLow,
    NotDelivered,
    NothingOwed,
    NotInOrder,
    NotShipped,
    ParcelOut,
    RefundTooHigh,
    ReturnMoved,
)
from domain.model import Identity
from domain.orders.cancelling import Fate, cancel_by_link, cancel_for_shop, cancel_order
from domain.orders.changing import Change, change_order, price_change
from domain.orders.money import costs_today
from domain.orders.ordering import Buyer, place_quote
from domain.orders.refunding import Way, note_refund, owed_by_hand, paid_out
from domain.orders.shipping import deliver_order, ship_order
from domain.records.payments import Method, MethodKind, PaymentKind, PaymentState, balance
from domain.records.returns import Condition, ReturnReason
from domain.returns.calling_off import call_off_return
from domain.returns.receiving import accept_return, receive_return, refuse_return
from domain.returns.requesting import Item, ReturnWish, request_return
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import ADA, HASHED_EMAIL, NOW, TERMS, make_product, make_promotion, quote, stock

UnitOfWork = Callable[[], PostgresUnitOfWork]
CHAT = ChatRef(channel="web", chat_id="c1")
ADA_PROVEN = Identity(identity_id=ADA, proven_email=HASHED_EMAIL)
PRODUCTS = {"MUG": "12.00", "TIN": "0.35", "JUG": "19.99"}
METHODS = (None, "invoice", "gift", "card")
# What the shop may say no to, whatever is tried.
NO = (
    AlreadyCancelled, AlreadyDelivered, AlreadyShipped, CancelWindowClosed, GiftCardTooLow, NotShipped, NothingOwed,
    ParcelOut, RefundTooHigh,
    AlreadyReturned, NotDelivered, NotInOrder, ReturnMoved,
)  # fmt: skip


class Life:
    """One shop in which orders live; each act is a unit of work of its own, and undone where the shop says no."""

    def __init__(self, unit_of_work: UnitOfWork, seed: int) -> None:
        self.unit_of_work = unit_of_work
        self.chance = random.Random(seed)
        self.now = NOW
        self.numbers: list[int] = []
        self.returns: list[int] = []
        self.paid_out: dict[int, Decimal] = {}

    def acts(self) -> None:
        act = self.chance.choice(
            [
                *(self.place, self.change, self.change, self.cancel, self.ship, self.deliver, self.refund),
                *(self.give_back, self.give_back, self.take_back, self.take_back),
            ]
        )
        self.now += timedelta(minutes=self.chance.choice([0, 1, 10]))
        try:
            with self.unit_of_work() as uow:
                act(uow)
                uow.commit()
        except NO:
            pass

    def cart(self) -> dict[str, int]:
        chosen = self.chance.sample(sorted(PRODUCTS), self.chance.randint(1, 3))
        return {one: self.chance.randint(1, 4) for one in chosen}

    def one(self) -> int:
        return self.chance.choice(self.numbers[-3:])

    def place(self, uow: PostgresUnitOfWork) -> None:
        quote_id = quote(uow, self.cart(), now=self.now)
        buyer = Buyer(
            identity_id=ADA,
            hashed_email=HASHED_EMAIL,
            proven=True,
            source="web",
            method_id=self.chance.choice(METHODS[1:]) or "invoice",
        )
        order, _ = place_quote(uow, quote_id, buyer, terms=TERMS, now=self.now)
        self.numbers.append(order.order_id)

    def change(self, uow: PostgresUnitOfWork) -> None:
        order = uow.orders.get(self.one())
        assert order is not None
        cart = [CartLine(product_id=one, quantity=count) for one, count in self.cart().items()]
        priced = price_change(uow, order, cart, identity_id=ADA, terms=TERMS, now=self.now)
        uow.quotes.add(priced)
        change = Change(quote_id=priced.quote_id, address_id=None, method_id=self.chance.choice(METHODS))
        change_order(uow, order.order_id, change, identity=ADA_PROVEN, terms=TERMS, now=self.now, told_in=CHAT)

    def cancel(self, uow: PostgresUnitOfWork) -> None:
        number = self.one()
        match self.chance.randint(0, 3):
            case 0:
                cancel_order(uow, number, identity=ADA_PROVEN, actor="web", now=self.now, method_id="gift")
            case 1:
                cancel_order(uow, number, identity=ADA_PROVEN, actor="web", now=self.now)
            case 2:
                cancel_by_link(uow, number, now=self.now)
            case _:
                fate = self.chance.choice([None, *Fate])
                cancel_for_shop(uow, number, reason="sorry", actor="test", now=self.now, fate=fate)

    def ship(self, uow: PostgresUnitOfWork) -> None:
        ship_order(uow, self.one(), now=self.now)

    def deliver(self, uow: PostgresUnitOfWork) -> None:
        deliver_order(uow, self.one(), now=self.now)

    def give_back(self, uow: PostgresUnitOfWork) -> None:
        order = uow.orders.get(self.one())
        assert order is not None
        product_id = self.chance.choice(sorted(PRODUCTS))
        instead = self.chance.choice(["", product_id, *PRODUCTS])
        item = Item(product_id=product_id, quantity=self.chance.randint(1, 2), replacement_id=instead)
        reason, method_id = self.chance.choice(list(ReturnReason)), self.chance.choice(METHODS) or ""
        wish = ReturnWish(items=(item,), reason=reason, method_id=method_id)
        one = request_return(uow, order.order_id, wish, identity=ADA_PROVEN, terms=TERMS, now=self.now, told_in=CHAT)
        self.returns.append(one.return_id)

    def take_back(self, uow: PostgresUnitOfWork) -> None:
        if not self.returns:
            return
        return_id = self.chance.choice(self.returns[-2:])
        match self.chance.randint(0, 5):
            case 0:
                call_off_return(uow, return_id, identity=ADA_PROVEN, now=self.now, told_in=CHAT)
            case 1:
                accept_return(uow, return_id, actor="test", now=self.now)
            case 2:
                refuse_return(uow, return_id, actor="test", now=self.now)
            case _:
                condition = self.chance.choice([Condition.GOOD, Condition.GOOD, *Condition])
                receive_return(uow, return_id, condition, actor="test", now=self.now)

    def refund(self, uow: PostgresUnitOfWork) -> None:
        number = self.one()
        seen = paid_out(uow.payments.of_order(number))
        amount = Decimal(self.chance.randint(1, 3000)) / 100
        note_refund(uow, number, amount, Way.CASH, seen=seen, actor="test", now=self.now)
        self.paid_out[number] = self.paid_out.get(number, Decimal(0)) + amount

    def check(self) -> None:
        with self.unit_of_work() as uow:
            ledgers = uow.payments.of_orders(self.numbers)
            on_card = Decimal(200)
            for number in self.numbers:
                order = uow.orders.get(number)
                assert order is not None
                ledger = ledgers.get(number, [])
                returns = uow.returns.of_order(number)
                assert balance(ledger) == costs_today(order, returns), f"order {number} at {self.now}"
                assert costs_today(order, returns) >= 0
                noted = [one.amount for one in ledger if one.reference == Way.CASH]
                assert sum(noted, Decimal(0)) == self.paid_out.get(number, Decimal(0))
                assert owed_by_hand(order, ledger) == sum(
                    (one.amount for one in ledger if one.kind is PaymentKind.REFUND and one.state is PaymentState.OPEN),
                    Decimal(0),
                )
                on_card += sum(
                    -one.amount if one.kind is PaymentKind.CHARGE else one.amount
                    for one in ledger
                    if one.method_id == "gift"
                )
            assert uow.payments.methods(["gift"])["gift"].balance == on_card


@pytest.fixture
def shop(unit_of_work: UnitOfWork) -> UnitOfWork:
    """Three products, a promotion that comes off by itself, a gift card of 200 and a card."""
    with unit_of_work() as uow:
        stock(
            uow,
            *(
                make_product(name=name.title(), sale_price=Decimal(price), quantity=500, group_id="THINGS")
                for name, price in PRODUCTS.items()
            ),
        )
        uow.promotions.add(make_promotion(percent=Decimal(15), code=""))
        for method_id, kind, left in (("gift", MethodKind.GIFT_CARD, Decimal(200)), ("card", MethodKind.CARD, None)):
            label = f"{kind} ending in 42"
            uow.payments.put_method(
                Method(method_id=method_id, hashed_email=HASHED_EMAIL, kind=kind, label=label, balance=left)
            )
        uow.commit()
    return unit_of_work


@pytest.mark.parametrize("seed", range(12))
def test_in_whatever_order_things_happen_the_ledger_sums_to_what_the_order_costs(shop: UnitOfWork, seed: int) -> None:
    life = Life(shop, seed)
    with shop() as uow:
        life.place(uow)
        uow.commit()
    for _ in range(60):
        life.acts()
        life.check()
    assert len(life.numbers) >= 3
