"""A placed order is laid into the cart and changed by a yes only; leaving, in whatever words, brings back what was."""

from datetime import timedelta

import pytest

from bot.messages import Choice, Reply, Verb
from bot.orders import changing
from bot.turn import Turn
from domain.conversation import Asked, CartLine, PendingQuestion
from domain.errors import AlreadyCancelled
from domain.model import OrderState
from tests.support.factories import NOW
from tests.support.memory import cart_of
from tests.support.talking import Talker, labels, words_in


def _otherwise(turn: Turn) -> list[Reply]:
    return [Reply(text="otherwise")]


def _begun() -> tuple[Talker, int]:
    """Somebody with a cart who turned to a placed order."""
    talker = Talker(cart={"TEAPOT": 1}).ready()
    order = talker.has_order({"MUG": 2, "BLUE": 1}, address_id=2)
    changing.begin(talker.turn(), order.order_id)
    return talker, order.order_id


def test_the_order_is_laid_into_the_cart_and_the_cart_aside() -> None:
    talker = Talker(cart={"TEAPOT": 1}).ready()
    order = talker.has_order({"MUG": 2, "BLUE": 1}, address_id=2)
    (reply,) = changing.begin(talker.turn(), order.order_id)
    assert "I put your cart with 1 item aside" in reply.text
    assert labels(reply) == ["Other address", "Keep it as it was"]
    conversation = talker.conversation
    assert cart_of(conversation) == {"MUG": 2, "BLUE": 1}
    assert (conversation.changing, conversation.address_id) == (order.order_id, 2)
    assert conversation.aside.cart == (CartLine(product_id="TEAPOT", quantity=1),)
    assert conversation.pending == PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=str(order.order_id))
    assert talker.uow.orders.by_id[order.order_id] == order


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"identity_id": 2, "hashed_email": "another's"}, "I see no order"),
        ({"cancel_until": NOW}, "that time is over"),
        ({"state": OrderState.SHIPPED, "shipped_at": NOW}, "already on its way"),
        ({"state": OrderState.CANCELLED, "cancelled_at": NOW}, "was cancelled"),
    ],
    ids=["another's", "window closed", "shipped", "cancelled"],
)
def test_an_order_that_cannot_be_changed_leaves_all_as_it_is(facts: dict[str, object], says: str) -> None:
    talker = Talker(cart={"TEAPOT": 1}).ready()
    order = talker.has_order({"MUG": 2}, **facts)
    assert says in words_in(changing.begin(talker.turn(), order.order_id))
    assert cart_of(talker.conversation) == {"TEAPOT": 1}
    assert talker.conversation.changing is None


def test_no_such_order() -> None:
    assert "I see no order #7" in words_in(changing.begin(Talker().turn(), 7))


def test_from_one_order_to_the_next_the_cart_is_still_aside() -> None:
    talker, _ = _begun()
    other = talker.has_order({"OLD": 1})
    changing.begin(talker.turn(), other.order_id)
    assert cart_of(talker.conversation) == {"OLD": 1}
    assert talker.conversation.changing == other.order_id
    assert talker.conversation.aside.cart == (CartLine(product_id="TEAPOT", quantity=1),)


@pytest.mark.parametrize(
    "said", ["never mind", "stop", "cancel the change", "keep it as it was", "leave my order", "forget it please"]
)
def test_leaving_in_words_brings_back_what_was(said: str) -> None:
    talker, order_id = _begun()
    talker.conversation.put("MUG", 5)
    replies = changing.answer_while_changing(talker.turn(said, "deny"), _otherwise)
    assert f"order #{order_id} stays as it was" in words_in(replies)
    assert "Your cart with 1 item is back." in words_in(replies)
    assert cart_of(talker.conversation) == {"TEAPOT": 1}
    assert (talker.conversation.changing, talker.conversation.address_id) == (None, 1)


def test_the_window_that_closed_meanwhile_ends_the_change() -> None:
    talker, _ = _begun()
    talker.passes(hours=1)
    replies = changing.answer_while_changing(talker.turn("make it 3", "change_quantity"), _otherwise)
    assert "that time is over" in words_in(replies)
    assert "otherwise" not in words_in(replies)
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_what_is_not_about_the_change_is_answered_when_it_is_over() -> None:
    talker, _ = _begun()
    talker.passes(hours=1)
    replies = changing.answer_while_changing(talker.turn("show me teapots", "stock_question"), _otherwise)
    assert replies[-1].text == "otherwise"


def test_a_stale_subject_ends_the_change() -> None:
    talker, order_id = _begun()
    del talker.uow.orders.by_id[order_id]
    replies = changing.answer_while_changing(
        talker.turn("", "none", pressed=Choice(verb=Verb.CONFIRM, arg="q")), _otherwise
    )
    assert f"I see no order #{order_id}" in words_in(replies)
    assert talker.conversation.changing is None


def test_somebody_who_was_faster_ends_the_change() -> None:
    talker, order_id = _begun()

    def too_late(turn: Turn) -> list[Reply]:
        raise AlreadyCancelled(order_id, NOW)

    replies = changing.answer_while_changing(talker.turn("yes", "affirm"), too_late)
    assert "was cancelled, so there is nothing to change" in words_in(replies)
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_what_is_said_of_another_order_is_not_about_this_one() -> None:
    talker, order_id = _begun()

    def of_another(turn: Turn) -> list[Reply]:
        raise AlreadyCancelled(order_id + 1, NOW)

    with pytest.raises(AlreadyCancelled):
        changing.answer_while_changing(talker.turn("yes", "affirm"), of_another)


def test_taking_out_the_last_line_offers_to_cancel() -> None:
    talker, order_id = _begun()

    def empties(turn: Turn) -> list[Reply]:
        turn.conversation.empty_cart()
        return []

    replies = changing.answer_while_changing(talker.turn("remove everything", "remove_from_cart"), empties)
    assert f"would leave nothing of order #{order_id}" in words_in(replies)
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is Asked.CANCEL_ORDER
    assert talker.uow.orders.by_id[order_id].state is OrderState.PLACED


def test_cancelling_without_a_number_means_this_order() -> None:
    talker, order_id = _begun()
    talker.has_order({"MUG": 1})
    changing.answer_while_changing(talker.turn("cancel my order", "cancel_order"), _otherwise)
    assert talker.conversation.pending == PendingQuestion(
        kind=Asked.CANCEL_ORDER, subject=str(order_id), options=(str(order_id),)
    )


@pytest.mark.parametrize("said", ["change my order", "Edit the last order please", "can I modify my order"])
def test_the_only_open_order_is_meant(said: str) -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    assert changing.typed(talker.turn(said)) is not None
    assert talker.conversation.changing == order.order_id


def test_of_several_open_orders_it_is_asked_which() -> None:
    talker = Talker()
    first, second = talker.has_order({"MUG": 2}), talker.has_order({"BLUE": 1})
    replies = changing.typed(talker.turn("change my order"))
    assert replies is not None
    assert labels(*replies) == [f"#{first.order_id}", f"#{second.order_id}", "None of them"]
    assert talker.conversation.changing is None


def test_without_orders_there_is_none_to_change() -> None:
    replies = changing.typed(Talker().turn("change my order"))
    assert replies is not None
    assert "I see no orders placed from this chat." in words_in(replies)


def test_while_an_order_is_on_its_way_that_one_is_meant_and_a_placed_one_a_tap_away() -> None:
    talker = Talker(cart={"TEAPOT": 1}).ready()
    order = talker.has_order({"MUG": 2})
    talker.conversation.pending = PendingQuestion(kind=Asked.CONFIRM, subject="q")
    replies = changing.typed(talker.turn("change my order"))
    assert replies is not None
    assert "Nothing is ordered yet. What shall I change?" in words_in(replies)
    assert labels(*replies) == [f"Change order #{order.order_id}"]
    assert talker.conversation.pending == PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject="q")


@pytest.mark.parametrize("said", ["change the teapot", "2 mugs", "my order", "order 1042"])
def test_other_words_change_no_order(said: str) -> None:
    talker = Talker()
    talker.has_order({"MUG": 2})
    assert changing.typed(talker.turn(said)) is None


def test_a_number_that_is_not_theirs_is_refused() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2}, identity_id=2, hashed_email="another's")
    replies = changing.typed(talker.turn(f"change order {order.order_id}"))
    assert replies is not None
    assert f"I see no order #{order.order_id}" in words_in(replies)


def test_the_newest_closed_order_is_told_why() -> None:
    talker = Talker()
    talker.has_order({"MUG": 2}, placed_at=NOW - timedelta(hours=2))
    replies = changing.typed(talker.turn("change my order"))
    assert replies is not None
    assert "that time is over" in words_in(replies)
