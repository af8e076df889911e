"""An address in parts, corrected, among other words; right after placing it is that order's, if that is open."""

import pytest

from bot.orders import addressing
from bot.shopping import checkout
from domain.conversation import Asked, PendingQuestion
from domain.model import OrderState
from tests.support.factories import NOW
from tests.support.talking import ADDRESS, Talker, words_in


def _at_the_card() -> Talker:
    talker = Talker(cart={"MUG": 3}).ready()
    checkout.next_step(talker.turn(), [])
    return talker


def _address(talker: Talker) -> str:
    return talker.uow.people.address(talker.conversation.address_id or 0)


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("ship it to 18 Willow Court, Boulder CO 80301", "18 Willow Court, Boulder CO 80301"),
        ("house number 14", "14 Main St, Denver CO 80203"),
        ("the zip is 80204", "12 Main St, Denver CO 80204"),
        ("add apartment 5", "12 Main St, apartment 5, Denver CO 80203"),
        ("the town is Boulder", "12 Main St, Boulder"),
    ],
)
def test_at_the_card_a_part_is_corrected(said: str, address: str) -> None:
    talker = _at_the_card()
    assert addressing.correct(talker.turn(said, "provide_address")) is not None
    assert _address(talker) == address
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is Asked.CONFIRM


@pytest.mark.parametrize("said", ["that's the wrong street", "ship it to my office", "I've moved"])
def test_what_only_calls_it_wrong_closes_the_card(said: str) -> None:
    talker = _at_the_card()
    assert addressing.correct(talker.turn(said, "provide_address")) is not None
    assert talker.conversation.address_id is None
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is Asked.ADDRESS


@pytest.mark.parametrize("said", ["the old one", "keep it as it was", "same address as before"])
def test_the_one_before_after_all(said: str) -> None:
    talker = _at_the_card()
    addressing.correct(talker.turn("I've moved", "provide_address"))
    assert addressing.correct(talker.turn(said, "affirm")) is not None
    assert _address(talker) == ADDRESS


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("2 teapots", "order"),
        ("yes", "affirm"),
        ("my mail is bob@example.com", "provide_email"),
        ("where is order 1042?", "order_status"),
        ("", "none"),
    ],
)
def test_what_is_about_something_else(said: str, intent: str) -> None:
    talker = _at_the_card()
    assert addressing.correct(talker.turn(said, intent)) is None
    assert _address(talker) == ADDRESS


@pytest.mark.parametrize("kind", [Asked.CANCEL_ORDER, Asked.FORGET, Asked.CODE, Asked.OPEN_LINE])
def test_another_question_waits_for_something_else(kind: Asked) -> None:
    talker = _at_the_card()
    talker.conversation.pending = PendingQuestion(kind=kind, subject="1")
    assert addressing.correct(talker.turn("18 Willow Court, Boulder CO 80301", "provide_address")) is None


def test_a_street_then_its_town() -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    talker.conversation.address_id = None
    checkout.next_step(talker.turn(), [])
    replies = addressing.correct(talker.turn("18 Willow Court", "provide_address"))
    assert replies is not None
    assert "Which town and postcode go with it?" in words_in(replies)
    assert addressing.correct(talker.turn("Boulder 80301", "provide_address")) is not None
    assert _address(talker) == "18 Willow Court, Boulder 80301"


def _just_placed(**facts: object) -> Talker:
    talker = Talker().ready()
    talker.has_order({"MUG": 2}, **facts)
    talker.conversation.checking_out = False
    return talker


def test_right_after_placing_it_is_that_order_s() -> None:
    talker = _just_placed()
    replies = addressing.correct(talker.turn("ship it to 18 Willow Court, Boulder CO 80301", "provide_address"))
    assert replies is not None
    assert "Shall I change it like this?" in words_in(replies)
    assert talker.conversation.changing == 1000
    assert _address(talker) == "18 Willow Court, Boulder CO 80301"
    assert talker.uow.orders.by_id[1000].address_id == 1


def test_its_orders_are_read_once() -> None:
    talker = _just_placed()
    addressing.correct(talker.turn("ship it to 18 Willow Court, Boulder CO 80301", "provide_address"))
    assert talker.uow.orders.listed == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"cancel_until": NOW},
        {"state": OrderState.SHIPPED, "shipped_at": NOW},
        {"state": OrderState.CANCELLED, "cancelled_at": NOW},
        {"identity_id": 2, "hashed_email": "another's"},
    ],
    ids=["window closed", "shipped", "cancelled", "another's"],
)
def test_an_order_that_is_not_theirs_to_change_stays(facts: dict[str, object]) -> None:
    talker = _just_placed(**facts)
    assert addressing.correct(talker.turn("ship it to 18 Willow Court, Boulder CO 80301", "provide_address")) is None
    assert talker.conversation.changing is None
    assert _address(talker) == ADDRESS


def test_the_address_it_has_already_changes_nothing() -> None:
    talker = _just_placed()
    assert addressing.correct(talker.turn(ADDRESS, "provide_address")) is None
    assert talker.conversation.changing is None


def test_beside_a_cart_no_placed_order_is_meant() -> None:
    talker = _just_placed()
    talker.conversation.put("TEAPOT", 1)
    assert addressing.correct(talker.turn("ship it to 18 Willow Court, Boulder CO 80301", "provide_address")) is None
