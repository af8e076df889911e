"""A yes to a card places or changes once; a card that is too old, or not theirs, does neither."""

from dataclasses import replace

import pytest

from bot.orders.placing import place
from bot.shopping import checkout
from bot.shopping.cards import order_card
from domain.conversation import Asked, PendingQuestion
from domain.errors import AlreadyCancelled, AlreadyShipped, ShopError
from domain.events import OrderChanged, OrderPlaced
from domain.model import Order, OrderState
from domain.records.payments import PAY_LINK, PaymentState
from tests.support.factories import NOW
from tests.support.memory import cart_of
from tests.support.talking import BLUE, MUG, TEAPOT, Talker, line, words_in


def _at_the_card(**cart: int) -> tuple[Talker, str]:
    """Somebody who was just shown the card of this cart, and its quote."""
    talker = Talker(cart=cart).ready()
    checkout.next_step(talker.turn(), [])
    return talker, _quote(talker)


def _at_a_change(talker: Talker, order: Order, **cart: int) -> str:
    talker.changes(order)
    for product_id, quantity in cart.items():
        talker.conversation.put(product_id, quantity)
    checkout.next_step(talker.turn(), [])
    return _quote(talker)


def _quote(talker: Talker) -> str:
    pending = talker.conversation.pending
    assert pending is not None
    assert pending.kind is Asked.CONFIRM
    return pending.subject


def _placed(talker: Talker) -> list[Order]:
    return list(talker.uow.orders.by_id.values())


def test_a_yes_places_what_the_card_says_and_empties_the_cart() -> None:
    talker, quote_id = _at_the_card(MUG=2, BLUE=1)
    replies = place(talker.turn(), quote_id)
    (order,) = _placed(talker)
    assert order.lines == (line(MUG, 2), line(BLUE, 1))
    assert (order.address_id, order.source) == (1, "web")
    assert talker.uow.stocks()["MUG"] == 8
    assert talker.conversation.cart == []
    assert talker.conversation.pending is None
    assert not talker.conversation.checking_out
    assert f"Order #{order.order_id} is placed" in words_in(replies)
    assert [type(event) for event in talker.uow.recorded] == [OrderPlaced]


def test_a_second_yes_to_the_same_card_places_no_second_order() -> None:
    talker, quote_id = _at_the_card(MUG=2)
    place(talker.turn(), quote_id)
    talker.conversation.put("TEAPOT", 1)
    replies = place(talker.turn(), quote_id)
    assert "was already placed" in words_in(replies)
    assert len(_placed(talker)) == 1
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_stock_that_ran_out_between_card_and_yes_leads_to_a_new_card() -> None:
    talker, quote_id = _at_the_card(MUG=4, TEAPOT=1)
    talker.sets(MUG, quantity=3)
    replies = place(talker.turn(), quote_id)
    assert _placed(talker) == []
    assert talker.uow.stocks() == {**talker.uow.stocks(), "MUG": 3, "TEAPOT": 3}
    assert "Somebody was faster" in words_in(replies)
    assert cart_of(talker.conversation) == {"MUG": 3, "TEAPOT": 1}
    assert _quote(talker) != quote_id


def test_sold_out_between_card_and_yes_leaves_no_card() -> None:
    talker, quote_id = _at_the_card(MUG=4)
    talker.sets(MUG, quantity=0)
    place(talker.turn(), quote_id)
    assert _placed(talker) == []
    assert talker.conversation.pending is None


def test_a_price_that_changed_is_held_while_the_card_holds() -> None:
    talker, quote_id = _at_the_card(MUG=2)
    talker.sets(MUG, sale_price=TEAPOT.sale_price)
    talker.passes(minutes=14)
    place(talker.turn(), quote_id)
    (order,) = _placed(talker)
    assert order.lines == (line(MUG, 2),)


@pytest.mark.parametrize("changed", [True, False])
def test_an_expired_card_places_nothing_and_says_what_changed(changed: bool) -> None:
    talker, quote_id = _at_the_card(MUG=2)
    if changed:
        talker.sets(MUG, sale_price=TEAPOT.sale_price)
    talker.passes(minutes=15)
    said = words_in(place(talker.turn(), quote_id))
    assert _placed(talker) == []
    assert "Nothing is ordered yet; please confirm once more." in said
    assert ("Red Mug was $12.00 and is $30.00 now." if changed else "They did not change.") in said
    assert _quote(talker) != quote_id


def test_a_stale_card_does_nothing_and_the_newest_is_shown() -> None:
    talker, old = _at_the_card(MUG=2)
    talker.conversation.put("TEAPOT", 1)
    checkout.next_step(talker.turn(), [])
    said = words_in(place(talker.turn(), old))
    assert "belongs to an older message" in said
    assert "Glass Teapot" in said
    assert _placed(talker) == []


def test_another_s_card_is_unknown() -> None:
    theirs, quote_id = _at_the_card(MUG=2)
    talker = Talker(cart={"MUG": 1}).ready()
    talker.uow.quotes.by_id = theirs.uow.quotes.by_id
    talker.conversation.identity_id = 2
    talker.conversation.pending = PendingQuestion(kind=Asked.CONFIRM, subject=quote_id)
    assert "belongs to an older message" in words_in(place(talker.turn(), quote_id))
    assert _placed(talker) == []


@pytest.mark.parametrize(("missing", "asked"), [("hashed_email", Asked.EMAIL), ("address_id", Asked.ADDRESS)])
def test_without_a_contact_nothing_is_placed_but_asked(missing: str, asked: Asked) -> None:
    talker, quote_id = _at_the_card(MUG=2)
    setattr(talker.conversation, missing, None)
    place(talker.turn(), quote_id)
    assert _placed(talker) == []
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is asked


def test_a_yes_to_the_card_of_a_change_changes_the_order_and_brings_the_cart_back() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    quote_id = _at_a_change(talker, order, MUG=1, TEAPOT=1)
    replies = place(talker.turn(), quote_id)
    assert f"Order #{order.order_id} is changed" in words_in(replies)
    assert talker.uow.orders.by_id[order.order_id].lines == (line(MUG, 1), line(TEAPOT, 1))
    assert talker.uow.stocks()["MUG"] == 11
    assert talker.uow.stocks()["TEAPOT"] == 2
    assert talker.conversation.changing is None
    assert [type(event) for event in talker.uow.recorded] == [OrderChanged]


def test_where_a_changed_order_ships_is_where_the_next_one_does() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    talker.changes(order).turn().take_address("18 Willow Court, Boulder CO 80301")
    checkout.next_step(talker.turn(), [])
    place(talker.turn(), _quote(talker))
    assert talker.uow.orders.by_id[order.order_id].address_id == talker.conversation.address_id
    assert talker.uow.people.address(talker.conversation.address_id or 0) == "18 Willow Court, Boulder CO 80301"


@pytest.mark.parametrize(
    "facts", [{"quantity": 0}, {"retired_at": NOW}], ids=["sold out meanwhile", "retired meanwhile"]
)
def test_what_a_change_cannot_have_any_more_leads_to_a_new_card(facts: dict[str, object]) -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    quote_id = _at_a_change(talker, order, TEAPOT=1, MUG=1)
    talker.sets(TEAPOT, **facts)
    place(talker.turn(), quote_id)
    assert talker.uow.orders.by_id[order.order_id] == order
    assert cart_of(talker.conversation) == {"MUG": 1}
    assert _quote(talker) != quote_id


def test_an_expired_card_of_a_change_leaves_the_order_as_it_was() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2}, cancel_until=NOW.replace(hour=23))
    quote_id = _at_a_change(talker, order, TEAPOT=1)
    talker.passes(minutes=15)
    said = words_in(place(talker.turn(), quote_id))
    assert "Your order is as it was; please confirm once more." in said
    assert talker.uow.orders.by_id[order.order_id] == order


@pytest.mark.parametrize(
    ("state", "error"), [(OrderState.SHIPPED, AlreadyShipped), (OrderState.CANCELLED, AlreadyCancelled)]
)
def test_a_change_that_comes_too_late_changes_nothing(state: OrderState, error: type[ShopError]) -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    quote_id = _at_a_change(talker, order, TEAPOT=1)
    talker.uow.orders.change_state(order.order_id, state, NOW)
    with pytest.raises(error):
        place(talker.turn(), quote_id)
    assert talker.uow.stocks()["TEAPOT"] == 3
    assert talker.uow.orders.by_id[order.order_id].lines == order.lines


def test_in_a_shop_that_takes_cards_a_placed_order_says_where_it_is_paid_as_long_as_it_is_not() -> None:
    talker, quote_id = _at_the_card(MUG=2)
    shop = replace(talker.turn().shop, pays_by=PAY_LINK.method_id, pay_link=lambda order_id: f"https://pay/{order_id}")
    replies = place(replace(talker.turn(), shop=shop), quote_id)
    (order,) = _placed(talker)
    assert f"https://pay/{order.order_id}" in words_in(replies)
    assert f"https://pay/{order.order_id}" in words_in([order_card(replace(talker.turn(), shop=shop), order)])
    (charge,) = talker.uow.payments.of_order(order.order_id)
    assert (charge.state, charge.amount) == (PaymentState.OPEN, order.total)
    talker.uow.payments.save(replace(charge, state=PaymentState.DONE))
    paid = words_in([order_card(replace(talker.turn(), shop=shop), order)])
    assert "by card" in paid
    assert "https://pay" not in paid
