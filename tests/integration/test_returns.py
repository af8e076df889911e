"""Returns and exchanges on real Postgres: who may, until when, what moves, what is owed, and what is told."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from domain.conversation import ChatRef
from domain.errors import (
    AlreadyCancelled,
    AlreadyReturned,
    BadQuantity,
    GiftCardTooLow,
    MethodUnknown,
    NotDelivered,
    NotInOrder,
    OrderNotFound,
    OtherGroup,
    ReplacementSoldOut,
    ReturnMoved,
    ReturnNotFound,
    ReturnsUsedUp,
    ReturnWindowClosed,
    ShopError,
)
from domain.events import Event
from domain.events import ReturnMoved as Moved
from domain.model import Identity, Order, Terms
from domain.orders.cancelling import cancel_order
from domain.orders.money import costs_today
from domain.orders.shipping import deliver_order, ship_order
from domain.promotions.applying import Claim
from domain.records.payments import Method, MethodKind, Payment, PaymentKind, balance
from domain.records.returns import Condition, Return, ReturnKind, ReturnReason, ReturnState
from domain.returns.calling_off import call_off_return
from domain.returns.receiving import accept_return, receive_return, refuse_return
from domain.returns.requesting import Item, ReturnWish, check_return, request_return, returnable
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import (
    ADA,
    HASHED_EMAIL,
    NOW,
    SECOND,
    TERMS,
    confirm,
    make_product,
    make_promotion,
    place,
    quote,
    stock,
)

UnitOfWork = Callable[[], PostgresUnitOfWork]
BOB = 2
CHAT = ChatRef(channel="web", chat_id="c1")
CAME = NOW + timedelta(days=2)
LATER = CAME + timedelta(days=3)
CLERK = "slack:U1"


def delivered(uow: PostgresUnitOfWork, order: Order) -> Order:
    """The order once it came."""
    ship_order(uow, order.order_id, now=NOW + SECOND)
    deliver_order(uow, order.order_id, now=CAME)
    uow.commit()
    found = uow.orders.get(order.order_id)
    assert found is not None
    return found


@pytest.fixture
def order(unit_of_work: UnitOfWork) -> Order:
    """Ada's order of three red shirts and a tin that came; there are blue and silk shirts too, and no green ones."""
    with unit_of_work() as uow:
        shirts = {"RED": (10, "12.00"), "BLUE": (5, "12.00"), "SILK": (5, "15.00"), "GREEN": (0, "12.00")}
        stock(
            uow,
            *(
                make_product(product_id=one, name="Shirt", quantity=count, sale_price=Decimal(price), group_id="SHIRT")
                for one, (count, price) in shirts.items()
            ),
            make_product(name="Tin"),
        )
        return delivered(uow, place(uow, {"RED": 3, "TIN": 1}))


def wish(*items: tuple[str, int] | tuple[str, int, str], **said: object) -> ReturnWish:
    """What Ada wants to give back."""
    made = tuple(
        Item(product_id=one[0], quantity=one[1], replacement_id=one[2] if len(one) == 3 else "") for one in items
    )
    return replace(ReturnWish(items=made, reason=ReturnReason.CHANGED_MIND), **said)  # type: ignore[arg-type]


def request(
    uow: PostgresUnitOfWork,
    order_id: int,
    wanted: ReturnWish,
    *,
    identity_id: int = ADA,
    terms: Terms = TERMS,
    now: datetime = LATER,
) -> Return:
    """Requests as Ada, three days after it came, and commits."""
    identity = Identity(identity_id=identity_id)
    made = request_return(uow, order_id, wanted, identity=identity, terms=terms, now=now, told_in=CHAT)
    uow.commit()
    return made


def receive(
    uow: PostgresUnitOfWork, one: Return, condition: Condition = Condition.GOOD, now: datetime = LATER + SECOND
) -> Return:
    """Receives, and commits."""
    done = receive_return(uow, one.return_id, condition, actor=CLERK, now=now)
    uow.commit()
    return done


def stocked(uow: PostgresUnitOfWork) -> dict[str, int]:
    """What is there of each product, which is the sum of its movements."""
    rows = uow.connection.execute(
        text("SELECT product_id, sum(delta)::int AS pieces FROM shop.stock_movement GROUP BY 1")
    )
    sums = {row.product_id: row.pieces for row in rows}
    there = {key: product.quantity for key, product in uow.products.get(["RED", "BLUE", "SILK", "TIN"]).items()}
    assert there == {key: sums[key] for key in there}
    return there


def ledger(uow: PostgresUnitOfWork, order: Order) -> Sequence[Payment]:
    """What was charged and given back, which is what the order costs today."""
    found = uow.payments.of_order(order.order_id)
    assert balance(found) == costs_today(order, uow.returns.of_order(order.order_id))
    return found


def refunds(uow: PostgresUnitOfWork, order: Order) -> list[tuple[Decimal, str, str]]:
    """What was given back: how much, to where, and why."""
    return [
        (one.amount, one.method_id, str(one.why))
        for one in ledger(uow, order)
        if one.kind is PaymentKind.REFUND or not one.counts
    ]


def moves(uow: PostgresUnitOfWork) -> list[Event]:
    return [event for event in uow.recorded if isinstance(event, Moved)]


def test_a_return_moves_nothing_until_it_comes_back_and_then_stock_and_money(
    unit_of_work: UnitOfWork, order: Order
) -> None:
    with unit_of_work() as uow:
        asked = request(uow, order.order_id, wish(("RED", 2)))
        assert moves(uow) == [Moved(order_id=order.order_id, nth=1, state=ReturnState.REQUESTED, told_in=CHAT)]
        assert asked.kind is ReturnKind.RETURN
        assert (asked.return_id, asked.back) == (1001, Decimal("24.00"))
        assert stocked(uow)["RED"] == 7
        assert refunds(uow, order) == []
    with unit_of_work() as uow:
        done = receive(uow, asked)
        assert (done.state, done.condition) == (ReturnState.REFUNDED, Condition.GOOD)
        assert (done.received_at, done.settled_at) == (LATER + SECOND, LATER + SECOND)
        assert uow.returns.get(asked.return_id) == done
        assert moves(uow) == [Moved(order_id=order.order_id, nth=1, state=ReturnState.REFUNDED)]
        assert stocked(uow)["RED"] == 9
        assert sum(amount for amount, _, _ in refunds(uow, order)) == Decimal("24.00")
        assert balance(ledger(uow, order)) == Decimal("24.00")


def test_an_exchange_sets_the_other_aside_at_once_and_settles_the_difference_when_it_comes(
    unit_of_work: UnitOfWork, order: Order
) -> None:
    with unit_of_work() as uow:
        asked = request(uow, order.order_id, wish(("RED", 2, "SILK"), ("RED", 1, "BLUE")))
        assert asked.kind is ReturnKind.EXCHANGE
        assert asked.back == Decimal("-6.00")
        assert stocked(uow) == {"RED": 7, "BLUE": 4, "SILK": 3, "TIN": 9}
    with unit_of_work() as uow:
        done = receive(uow, asked)
        assert done.state is ReturnState.REPLACED
        assert stocked(uow) == {"RED": 10, "BLUE": 4, "SILK": 3, "TIN": 9}
        assert balance(ledger(uow, order)) == order.total + 6
        assert returnable(uow, order, TERMS, LATER) == {"TIN": 1, "SILK": 2, "BLUE": 1}
    with unit_of_work() as uow:  # what took the place of something may come back too, at its own price
        again = receive(uow, request(uow, order.order_id, wish(("SILK", 1))))
        assert again.back == Decimal("15.00")
        ledger(uow, order)


@pytest.mark.parametrize("condition", [Condition.DAMAGED, Condition.MISSING])
def test_what_is_no_good_waits_for_a_decision_and_is_no_stock_whatever_that_is(
    unit_of_work: UnitOfWork, order: Order, condition: Condition
) -> None:
    with unit_of_work() as uow:
        first, second = (request(uow, order.order_id, wish(("RED", 1, "BLUE"))) for _ in range(2))
        for one in (first, second):
            assert receive(uow, one, condition).state is ReturnState.RECEIVED
        assert stocked(uow) == {"RED": 7, "BLUE": 3, "SILK": 5, "TIN": 9}
        assert [one.return_id for one in uow.returns.open(9)] == [first.return_id, second.return_id]
        accepted = accept_return(uow, first.return_id, actor=CLERK, now=LATER)
        refused = refuse_return(uow, second.return_id, actor=CLERK, now=LATER)
        uow.commit()
        assert (accepted.state, refused.state) == (ReturnState.REPLACED, ReturnState.REFUSED)
        assert stocked(uow) == {"RED": 7, "BLUE": 4, "SILK": 5, "TIN": 9}
        assert returnable(uow, order, TERMS, LATER) == {"RED": 2, "TIN": 1, "BLUE": 1}
        entries = [dict(entry.changed_to) for entry in uow.audit.of(f"order:{order.order_id}", 9)]
        assert entries[0] == {"return": "R1002", "state": "refused", "condition": condition}


def test_what_came_broken_is_refunded_when_it_is_broken(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        asked = request(uow, order.order_id, wish(("TIN", 1), reason=ReturnReason.BROKEN))
        assert receive(uow, asked, Condition.DAMAGED).state is ReturnState.REFUNDED
        assert stocked(uow)["TIN"] == 9


def test_what_was_missing_may_be_found(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        asked = request(uow, order.order_id, wish(("TIN", 1)))
        receive(uow, asked, Condition.MISSING)
        found = receive(uow, asked, now=LATER + timedelta(days=1))
        assert (found.state, found.received_at) == (ReturnState.REFUNDED, LATER + SECOND)


def test_a_broken_thing_is_exchanged_for_the_same_at_the_price_it_had(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        uow.connection.execute(text("UPDATE shop.product SET sale_price = 99 WHERE product_id = 'TIN'"))
        asked = request(uow, order.order_id, wish(("TIN", 1, "TIN")))
        assert asked.back == 0
        assert stocked(uow)["TIN"] == 8
        receive(uow, asked)
        assert [one.amount for one in ledger(uow, order)] == [order.total]


def test_called_off_it_is_as_if_it_had_never_been(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        before = stocked(uow)
        asked = request(uow, order.order_id, wish(("RED", 3, "BLUE")))
        who = Identity(identity_id=ADA)
        ended = call_off_return(uow, asked.return_id, identity=who, now=LATER, told_in=CHAT)
        uow.commit()
        assert ended.state is ReturnState.CALLED_OFF
        assert stocked(uow) == before
        assert returnable(uow, order, TERMS, LATER) == {"RED": 3, "TIN": 1}
        with pytest.raises(ReturnMoved):
            call_off_return(uow, asked.return_id, identity=who, now=LATER, told_in=CHAT)
        for step in (accept_return, refuse_return):
            with pytest.raises(ReturnMoved):
                step(uow, asked.return_id, actor=CLERK, now=LATER)
        with pytest.raises(ReturnMoved):
            receive(uow, asked)


def test_a_return_of_somebody_else_is_none(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        with pytest.raises(OrderNotFound):
            request(uow, order.order_id, wish(("RED", 1)), identity_id=BOB)
        asked = request(uow, order.order_id, wish(("RED", 1)))
        for return_id, who in ((asked.return_id, BOB), (asked.return_id + 1, ADA)):
            with pytest.raises(ReturnNotFound):
                call_off_return(uow, return_id, identity=Identity(identity_id=who), now=LATER, told_in=CHAT)
        with pytest.raises(ReturnNotFound):
            receive_return(uow, 7, Condition.GOOD, actor=CLERK, now=LATER)


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (wish(("CUP", 1)), NotInOrder),
        (wish(("BLUE", 1)), NotInOrder),
        (wish(("RED", 0)), BadQuantity),
        (wish(("RED", 4)), AlreadyReturned),
        (wish(("RED", 2), ("RED", 2)), AlreadyReturned),
        (wish(("RED", 1, "TIN")), OtherGroup),
        (wish(("RED", 1, "CUP")), OtherGroup),
        (wish(("TIN", 1, "RED")), OtherGroup),
        (wish(("RED", 1, "GREEN")), ReplacementSoldOut),
        (wish(("RED", 3, "BLUE"), ("RED", 0, "BLUE")), BadQuantity),
        (wish(("RED", 1), method_id="gift_card_7"), MethodUnknown),
        (wish(("RED", 1), method_id="bobs"), MethodUnknown),
        (wish(("RED", 1, "SILK"), method_id="nearly_empty"), GiftCardTooLow),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_asked_and_nothing_is_changed(
    unit_of_work: UnitOfWork, order: Order, wanted: ReturnWish, error: type[ShopError]
) -> None:
    with unit_of_work() as uow:
        for method_id, whose, left in (("bobs", "somebody", "50"), ("nearly_empty", HASHED_EMAIL, "2.99")):
            card = Method(
                method_id=method_id, hashed_email=whose, kind=MethodKind.GIFT_CARD, label="card", balance=Decimal(left)
            )
            uow.payments.put_method(card)
        with pytest.raises(error):
            check_return(uow, order, wanted, TERMS, LATER)
        with pytest.raises(error):
            request(uow, order.order_id, wanted)
        assert uow.returns.of_order(order.order_id) == []
        assert stocked(uow)["BLUE"] == 5


def test_what_is_no_longer_sold_takes_no_ones_place(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        uow.connection.execute(text("UPDATE shop.product SET retired_at = now() WHERE product_id = 'BLUE'"))
        with pytest.raises(ReplacementSoldOut) as refused:
            check_return(uow, order, wish(("RED", 1, "BLUE")), TERMS, LATER)
        assert refused.value.available == 0


def test_money_and_something_else_are_two_wishes() -> None:
    with pytest.raises(ValueError, match="an exchange"):
        _ = wish(("RED", 1, "BLUE"), ("RED", 1)).kind


def test_nothing_comes_back_before_it_came_nor_of_what_was_cancelled(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        placed = place(uow, {"TIN": 1})
        with pytest.raises(NotDelivered):
            request(uow, placed.order_id, wish(("TIN", 1)))
        assert returnable(uow, placed, TERMS, LATER) == {}
        cancel_order(uow, placed.order_id, identity=Identity(identity_id=ADA), actor="web", now=NOW + SECOND)
        with pytest.raises(AlreadyCancelled):
            request(uow, placed.order_id, wish(("TIN", 1)))


def test_the_window_closes_so_many_days_after_it_came(unit_of_work: UnitOfWork, order: Order) -> None:
    end = CAME + timedelta(days=14)
    terms = replace(TERMS, return_window=timedelta(days=14))
    with unit_of_work() as uow:
        assert check_return(uow, order, wish(("RED", 1)), terms, end - SECOND)
        with pytest.raises(ReturnWindowClosed) as refused:
            check_return(uow, order, wish(("RED", 1)), terms, end)
        assert refused.value.closed_at == end
        assert returnable(uow, order, terms, end) == {}


def test_a_shop_may_take_one_return_of_an_order_but_what_was_called_off_was_none(
    unit_of_work: UnitOfWork, order: Order
) -> None:
    once = replace(TERMS, returns_per_order=1)
    with unit_of_work() as uow:
        first = request(uow, order.order_id, wish(("RED", 1)), terms=once)
        call_off_return(uow, first.return_id, identity=Identity(identity_id=ADA), now=LATER, told_in=CHAT)
        request(uow, order.order_id, wish(("RED", 1)), terms=once)
        with pytest.raises(ReturnsUsedUp):
            request(uow, order.order_id, wish(("TIN", 1)), terms=once)
        assert returnable(uow, order, once, LATER) == {}


def test_pieces_that_are_on_their_way_back_do_not_come_back_again(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        request(uow, order.order_id, wish(("RED", 2)))
        assert returnable(uow, order, TERMS, LATER) == {"RED": 1, "TIN": 1}
        with pytest.raises(AlreadyReturned) as refused:
            request(uow, order.order_id, wish(("RED", 2)))
        assert refused.value.left == 1


def test_a_promotions_discount_goes_back_in_proportion(unit_of_work: UnitOfWork, order: Order) -> None:
    with unit_of_work() as uow:
        uow.promotions.add(make_promotion())
        bought, _ = confirm(uow, quote(uow, {"RED": 3}, claim=Claim(codes=("SPRING10",))))
        promoted = delivered(uow, bought)
        assert promoted.total == Decimal("32.40")
        for _ in range(3):
            assert receive(uow, request(uow, promoted.order_id, wish(("RED", 1)))).back == Decimal("10.80")
            ledger(uow, promoted)
        assert balance(ledger(uow, promoted)) == 0


def test_money_goes_to_the_card_that_was_chosen_and_what_costs_more_is_taken_from_it(
    unit_of_work: UnitOfWork, order: Order
) -> None:
    with unit_of_work() as uow:
        gift = Method(
            method_id="g1", hashed_email=HASHED_EMAIL, kind=MethodKind.GIFT_CARD, label="gift", balance=Decimal("5.00")
        )
        uow.payments.put_method(gift)
        receive(uow, request(uow, order.order_id, wish(("RED", 1, "SILK"), method_id="g1")))
        assert uow.payments.methods(["g1"])["g1"].balance == Decimal("2.00")
        late = request(uow, order.order_id, wish(("SILK", 1, "BLUE"), ("TIN", 1, "TIN"), method_id="g1"))
        receive(uow, late)
        assert uow.payments.methods(["g1"])["g1"].balance == Decimal("5.00")
        dear = request(uow, order.order_id, wish(("BLUE", 1, "SILK"), method_id="g1"))
        uow.payments.lock_methods(["g1"])
        uow.payments.move_balance("g1", Decimal("-4.00"))  # meanwhile something was bought with it
        receive(uow, dear)
        assert [one.method_id for one in ledger(uow, order)][-1] == "invoice"
        assert uow.payments.methods(["g1"])["g1"].balance == Decimal("1.00")
