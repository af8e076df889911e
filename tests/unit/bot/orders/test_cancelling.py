"""Cancelling wants an explicit yes to what was named; a refusal says why, and nothing else happens."""

import pytest

from bot import router
from bot.messages import Choice, Verb
from bot.orders import cancelling
from domain.conversation import Asked, Offer, PendingQuestion
from domain.errors import OrderNotFound
from domain.events import OrderCancelled
from domain.model import OrderState
from tests.support.factories import NOW
from tests.support.talking import Talker, labels, words_in

OTHERS = {"identity_id": 2, "hashed_email": "another's"}


def _asked(talker: Talker) -> PendingQuestion | None:
    return talker.conversation.pending


def _states(talker: Talker) -> set[OrderState]:
    return {order.state for order in talker.uow.orders.by_id.values()}


def test_the_only_open_order_is_asked_about_and_not_cancelled_yet() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    replies = cancelling.begin(talker.turn("cancel my order", "cancel_order"))
    assert f"Cancel order #{order.order_id}?" in words_in(replies)
    assert labels(*replies) == ["Yes, cancel it", "Keep it"]
    assert _asked(talker) == PendingQuestion(
        kind=Asked.CANCEL_ORDER, subject=str(order.order_id), options=(str(order.order_id),)
    )
    assert _states(talker) == {OrderState.PLACED}


def test_a_yes_gives_the_stock_back() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    cancelling.ask(talker.turn(), order.order_id)
    replies = cancelling.confirmed(talker.turn(), order.order_id)
    assert f"Order #{order.order_id} is cancelled" in words_in(replies)
    assert talker.uow.stocks()["MUG"] == 12
    assert _states(talker) == {OrderState.CANCELLED}
    assert [type(event) for event in talker.uow.recorded] == [OrderCancelled]
    assert _asked(talker) is None


def test_the_button_of_an_older_question_asks_anew() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    cancelling.ask(talker.turn(), order.order_id)
    talker.conversation.pending = PendingQuestion(kind=Asked.CHECKOUT)
    cancelling.confirmed(talker.turn(), order.order_id)
    assert _states(talker) == {OrderState.PLACED}
    assert _asked(talker) is not None


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (OTHERS, "I see no order"),
        ({"cancel_until": NOW}, "that time is over"),
        ({"state": OrderState.SHIPPED, "shipped_at": NOW}, "already on its way"),
        ({"state": OrderState.DELIVERED, "shipped_at": NOW}, "already on its way"),
        ({"state": OrderState.CANCELLED, "cancelled_at": NOW}, "already cancelled"),
    ],
    ids=["another's", "window closed", "shipped", "delivered", "cancelled"],
)
def test_what_cannot_be_cancelled_is_told_why(facts: dict[str, object], says: str) -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2}, **facts)
    talker.conversation.pending = PendingQuestion(kind=Asked.CANCEL_ORDER, subject="1")
    assert says in words_in(cancelling.ask(talker.turn(), order.order_id))
    assert _asked(talker) is None
    assert talker.uow.orders.by_id[order.order_id] == order
    assert talker.uow.stocks()["MUG"] == 10


def test_the_window_that_closes_between_question_and_yes() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    cancelling.ask(talker.turn(), order.order_id)
    talker.passes(minutes=20)
    assert "that time is over" in words_in(cancelling.confirmed(talker.turn(), order.order_id))
    assert _states(talker) == {OrderState.PLACED}


def test_another_s_order_is_not_cancelled_by_any_button() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2}, **OTHERS)
    talker.conversation.pending = PendingQuestion(kind=Asked.CANCEL_ORDER, subject="1", options=(str(order.order_id),))
    with pytest.raises(OrderNotFound):
        cancelling.confirmed(talker.turn(), order.order_id)
    assert _states(talker) == {OrderState.PLACED}


def test_of_several_orders_one_that_is_closed_stops_all() -> None:
    talker = Talker()
    first, second = talker.has_order({"MUG": 1}), talker.has_order({"MUG": 2}, cancel_until=NOW)
    assert "that time is over" in words_in(cancelling.ask(talker.turn(), first.order_id, second.order_id))
    assert _asked(talker) is None


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("cancel both", (1000, 1001)),
        ("cancel the teapot", (1001,)),
        ("cancel the latest order", (1001,)),
        ("cancel 1000", (1000,)),
        ("cancel the first one", (1000,)),
    ],
)
def test_which_of_two_is_said(said: str, numbers: tuple[int, ...]) -> None:
    talker = Talker()
    talker.has_order({"MUG": 1}), talker.has_order({"TEAPOT": 1})
    cancelling.begin(talker.turn(said, "cancel_order"))
    asked = _asked(talker)
    assert asked is not None
    assert (asked.kind, asked.options) == (Asked.CANCEL_ORDER, tuple(map(str, numbers)))


def test_which_of_two_is_asked() -> None:
    talker = Talker()
    talker.has_order({"MUG": 1}), talker.has_order({"TEAPOT": 1})
    replies = cancelling.begin(talker.turn("cancel my order", "cancel_order"))
    assert labels(*replies) == ["#1000", "#1001", "None of them"]
    assert _asked(talker) == PendingQuestion(kind=Asked.WHICH_ORDER, options=("1000", "1001"), subject="cancel")


def test_a_number_that_nobody_has_is_said_to_be_none() -> None:
    talker = Talker()
    talker.has_order({"MUG": 1})
    assert "I see no order #4711" in words_in(cancelling.begin(talker.turn("cancel order 4711", "cancel_order")))
    assert _asked(talker) is None


def test_beside_a_cart_it_is_asked_what_is_meant() -> None:
    talker = Talker(cart={"TEAPOT": 1})
    order = talker.has_order({"MUG": 1})
    replies = cancelling.begin(talker.turn("cancel it", "cancel_order"))
    assert labels(*replies) == ["Drop my cart", f"Cancel order #{order.order_id}", "Neither"]
    assert _asked(talker) == PendingQuestion(kind=Asked.CANCEL_MEANING, subject=str(order.order_id))


def test_beside_a_cart_without_orders_the_checkout_stops() -> None:
    talker = Talker(cart={"TEAPOT": 1}).ready()
    assert "nothing was ordered" in words_in(cancelling.begin(talker.turn("cancel it", "cancel_order")))
    assert not talker.conversation.checking_out


def test_nothing_at_all_to_cancel() -> None:
    assert "There is nothing to cancel" in words_in(cancelling.begin(Talker().turn("cancel it", "cancel_order")))


def test_a_closed_order_alone_is_told_why() -> None:
    talker = Talker()
    talker.has_order({"MUG": 1}, cancel_until=NOW)
    assert "that time is over" in words_in(cancelling.begin(talker.turn("cancel it", "cancel_order")))


@pytest.mark.parametrize(
    ("shown", "first"), [(("1001", "1000"), "1001"), ((), "1000")], ids=["as shown", "else the oldest"]
)
def test_the_first_is_the_first_that_was_shown(shown: tuple[str, ...], first: str) -> None:
    talker = Talker()
    talker.has_order({"MUG": 1}), talker.has_order({"TEAPOT": 1})
    talker.conversation.offers = [
        Offer(label=number, choice=Choice(verb=Verb.CANCEL, arg=number).encode()) for number in shown
    ]
    cancelling.begin(talker.turn("cancel the first one", "cancel_order"))
    asked = _asked(talker)
    assert asked is not None
    assert asked.options == (first,)


@pytest.mark.parametrize("kind", [Asked.WHICH_ORDER, Asked.CANCEL_ORDER, Asked.CANCEL_MEANING])
def test_keeping_closes_the_question(kind: Asked) -> None:
    talker = Talker()
    talker.conversation.pending = PendingQuestion(kind=kind, subject="1")
    assert "your order stays as it is" in words_in(cancelling.keep(talker.turn()))
    assert _asked(talker) is None


def test_keeping_leaves_an_order_on_its_way_where_it_is() -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
    said = words_in(cancelling.keep(talker.turn()))
    assert "nothing is cancelled" in said
    assert "Which e-mail address" in said
    assert _asked(talker) == PendingQuestion(kind=Asked.EMAIL)


def test_explaining_cancels_nothing_and_asks_again() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 1})
    cancelling.ask(talker.turn("cancel my order"), order.order_id)
    asked = _asked(talker)
    said = words_in(cancelling.explain(talker.turn("what happens if I cancel?")))
    assert "Nothing is cancelled yet." in said
    assert f"Cancel order #{order.order_id}?" in said
    assert (_asked(talker), _states(talker)) == (asked, {OrderState.PLACED})


def test_without_orders_the_rule_is_explained() -> None:
    assert "You can cancel an order for 30 minutes" in words_in(cancelling.explain(Talker().turn()))


@pytest.mark.parametrize(
    ("said", "options"),
    [("the teapot one", ("1001",)), ("the other one", ("1001",)), ("no, 1001", ("1001",)), ("yes", None)],
)
def test_an_answer_may_name_another_order(said: str, options: tuple[str, ...] | None) -> None:
    talker = Talker()
    talker.has_order({"MUG": 1}), talker.has_order({"TEAPOT": 1})
    cancelling.ask(talker.turn(), 1000)
    replies = cancelling.others_named(talker.turn(said, "affirm"), [1000])
    assert (replies is None) == (options is None)
    if options is not None:
        asked = _asked(talker)
        assert asked is not None
        assert asked.options == options
    assert _states(talker) == {OrderState.PLACED}


def test_all_that_a_yes_was_said_to_are_cancelled() -> None:
    talker = Talker()
    talker.has_order({"MUG": 1}), talker.has_order({"MUG": 2})
    cancelling.cancel_all(talker.turn(), [1000, 1001])
    assert _states(talker) == {OrderState.CANCELLED}
    assert talker.uow.stocks()["MUG"] == 13


@pytest.mark.parametrize(("lines", "cancelled"), [({"TEAPOT": 1}, True), ({"TEAPOT": 1, "MUG": 2}, False)])
def test_one_name_of_several_is_no_clear_yes(lines: dict[str, int], *, cancelled: bool) -> None:
    talker = Talker()
    order = talker.has_order(lines)
    cancelling.ask(talker.turn(), order.order_id)
    router.choose(talker.turn("yes, cancel the teapot", "affirm"))
    assert (_states(talker) == {OrderState.CANCELLED}) is cancelled
