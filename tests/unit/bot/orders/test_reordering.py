"""An earlier order once more, at today's prices and with what is said besides; what is gone is said."""

from collections.abc import Mapping

import pytest

from bot.orders import reordering
from domain.conversation import Asked, Problem
from tests.support.memory import cart_of
from tests.support.talking import BLUE, MUG, TEAPOT, Talker, words_in


@pytest.mark.parametrize(
    ("said", "besides"),
    [
        ("order again", ""),
        ("the same again please", ""),
        ("can I reorder my last order?", ""),
        ("my usual", ""),
        ("repeat that", ""),
        ("the same but only one mug", "but only one mug"),
        ("order it again with 2 teapots", "with 2 teapots"),
        ("again but twice", "but twice"),
    ],
)
def test_it_asks_for_the_last_order_again(said: str, besides: str) -> None:
    assert reordering.wants_again(said) == besides


@pytest.mark.parametrize("said", ["order 2 mugs", "again", "same", "say that again", "order again " + "x" * 200])
def test_it_asks_for_something_else(said: str) -> None:
    assert reordering.wants_again(said) is None


@pytest.mark.parametrize(
    ("besides", "cart"),
    [
        ("", {"MUG": 4, "BLUE": 2}),
        ("but only one red mug", {"MUG": 1, "BLUE": 2}),
        ("but without the blue mug", {"MUG": 4}),
        ("but twice", {"MUG": 8, "BLUE": 4}),
        ("half", {"MUG": 2, "BLUE": 1}),
        ("and a teapot", {"MUG": 4, "BLUE": 2, "TEAPOT": 1}),
        ("only the blue mugs twice", {"BLUE": 4}),
    ],
)
def test_its_lines_with_what_is_said_besides(besides: str, cart: Mapping[str, int]) -> None:
    talker = Talker().ready()
    talker.has_order({"MUG": 4, "BLUE": 2})
    reordering.last_order(talker.turn(f"the same again {besides}", "order"), besides)
    assert cart_of(talker.conversation) == cart
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is Asked.CONFIRM


def test_the_newest_is_the_last_one_at_today_s_prices() -> None:
    talker = Talker().ready()
    talker.has_order({"BLUE": 1}), talker.has_order({"MUG": 1})
    talker.sets(MUG, sale_price=TEAPOT.sale_price)
    assert "1 × Red Mug at $30.00" in words_in(reordering.last_order(talker.turn()))


def test_without_an_order_there_is_nothing_to_repeat() -> None:
    assert "no earlier order" in words_in(reordering.last_order(Talker().turn()))


def test_what_the_cart_held_of_it_does_not_add_up_and_comes_back_by_undo() -> None:
    talker = Talker(cart={"MUG": 3, "TEAPOT": 1}).ready()
    talker.has_order({"MUG": 2})
    reordering.last_order(talker.turn())
    assert cart_of(talker.conversation) == {"MUG": 2, "TEAPOT": 1}
    assert talker.conversation.undo()
    assert cart_of(talker.conversation) == {"MUG": 3, "TEAPOT": 1}


def test_what_is_gone_is_said_and_the_rest_ordered() -> None:
    talker = Talker().ready()
    talker.has_order({"OLD": 1, "GONE": 1, "MUG": 1})
    said = words_in(reordering.last_order(talker.turn()))
    assert "Linen Apron is no longer sold." in said
    assert "Coir Doormat is sold out" in said
    assert cart_of(talker.conversation) == {"MUG": 1}


def test_more_than_there_are_is_asked_about() -> None:
    talker = Talker().ready()
    talker.has_order({"BLUE": 4})
    talker.sets(BLUE, quantity=3)
    reordering.last_order(talker.turn())
    assert [(line.problem, line.quantity) for line in talker.conversation.open_lines] == [(Problem.SHORT, 4)]


def test_what_was_not_understood_of_it_is_said() -> None:
    talker = Talker().ready()
    talker.has_order({"MUG": 1, "BLUE": 1})
    turn = talker.turn("the same again but 3", "order")
    assert "I did not do: “but 3”." in words_in(reordering.last_order(turn, "but 3"))


def test_an_address_besides_is_taken() -> None:
    talker = Talker().ready()
    talker.has_order({"MUG": 1})
    besides = "but send it to 18 Willow Court, Boulder CO 80301"
    reordering.last_order(talker.turn(f"the same again {besides}", "order"), besides)
    assert talker.uow.people.address(talker.conversation.address_id or 0) == "18 Willow Court, Boulder CO 80301"
    assert cart_of(talker.conversation) == {"MUG": 1}
