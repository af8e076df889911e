"""The answer to an open line: which product, so many, or fewer; the shop may have moved since it was asked."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.messages import Reply
from bot.shopping import open_lines
from bot.shopping.choosing import Chosen
from domain.conversation import OpenLine, Problem
from tests.support.memory import cart_of
from tests.support.talking import BLUE, MUG, TEAPOT, Talker, words_in

WHICH = OpenLine(phrase="mug", quantity=2, problem=Problem.WHICH, options=("MUG", "BLUE"), place=1)
MANY = OpenLine(phrase="Red Mug", quantity=60, problem=Problem.MANY, options=("MUG",), place=1)
SHORT = OpenLine(phrase="Glass Teapot", quantity=9, problem=Problem.SHORT, options=("TEAPOT",), place=1)
ONE = OpenLine(phrase="mugg", quantity=2, problem=Problem.WHICH, options=("MUG",), place=1)


def _said(talker: Talker, line: OpenLine, text: str, intent: str) -> list[Reply] | None:
    talker.conversation.open_lines = [line]
    return open_lines.answer_open_line(talker.turn(text, intent))


@pytest.mark.parametrize(
    ("line", "text", "intent", "cart"),
    [
        (WHICH, "the blue one", "add_to_cart", {"BLUE": 2}),
        (WHICH, "1", "none", {"MUG": 2}),
        (WHICH, "both", "affirm", {"MUG": 1, "BLUE": 1}),
        (WHICH, "3 red ones", "order", {"MUG": 3}),
        (WHICH, "no", "deny", {}),
        (ONE, "yes", "affirm", {"MUG": 2}),
        (SHORT, "yes", "affirm", {"TEAPOT": 3}),
        (SHORT, "2", "none", {"TEAPOT": 2}),
        (SHORT, "no thanks", "deny", {}),
        (MANY, "yes", "affirm", {"MUG": 60}),
        (MANY, "6", "none", {"MUG": 6}),
    ],
)
def test_an_answer_settles_it(line: OpenLine, text: str, intent: str, cart: Mapping[str, int]) -> None:
    talker = Talker(replace(MUG, quantity=100), BLUE, TEAPOT)
    assert _said(talker, line, text, intent) is not None
    assert cart_of(talker.conversation) == cart
    assert talker.conversation.open_lines == []


@pytest.mark.parametrize(("adds", "after"), [(True, 62), (False, 60)])
def test_so_many_come_to_those_in_the_cart_or_in_their_place(adds: bool, after: int) -> None:
    talker = Talker(replace(MUG, quantity=100), cart={"MUG": 2})
    assert _said(talker, replace(MANY, adds=adds), "yes", "affirm") is not None
    assert cart_of(talker.conversation) == {"MUG": after}


@pytest.mark.parametrize(
    ("line", "text", "intent"),
    [(WHICH, "where is my order?", "order_status"), (SHORT, "do you have umbrellas", "stock_question")],
)
def test_what_is_about_something_else_is_no_answer(line: OpenLine, text: str, intent: str) -> None:
    talker = Talker()
    assert _said(talker, line, text, intent) is None
    assert talker.conversation.open_lines == [line]
    assert talker.conversation.cart == []


@pytest.mark.parametrize("line", [ONE, SHORT, MANY])
def test_half_a_yes_takes_nothing_and_asks_again(line: OpenLine) -> None:
    talker = Talker()
    replies = _said(talker, line, "yes? no!", "affirm")
    assert replies is not None
    assert "I would need a clear yes or no for that." in words_in(replies)
    assert talker.conversation.cart == []
    assert talker.conversation.open_lines == [line]


def test_an_answer_that_leaves_two_asks_about_those() -> None:
    talker = Talker()
    line = replace(WHICH, options=("MUG", "BLUE", "TEAPOT"))
    assert _said(talker, line, "one of the mugs", "add_to_cart") is not None
    assert talker.conversation.open_lines == [WHICH]
    assert talker.conversation.cart == []


def test_what_was_left_when_it_was_asked_may_be_less_by_now() -> None:
    talker = Talker()
    talker.sets(TEAPOT, quantity=1)
    _said(talker, SHORT, "yes", "affirm")
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


@pytest.mark.parametrize("tell", [True, False])
def test_what_came_since_it_was_asked_is_taken_as_far_as_it_was_wanted(tell: bool) -> None:
    talker = Talker()
    talker.sets(TEAPOT, quantity=100)
    talker.conversation.open_lines = [SHORT]
    open_lines.take_what_is_left(talker.turn(), tell=tell)
    assert cart_of(talker.conversation) == {"TEAPOT": 9}
    assert talker.conversation.open_lines == []
    assert talker.uow.waiting.wishes == []


def test_sold_out_since_it_was_asked() -> None:
    talker = Talker()
    talker.sets(TEAPOT, quantity=0)
    replies = _said(talker, SHORT, "yes", "affirm")
    assert "Glass Teapot is sold out at the moment." in words_in(replies or [])
    assert cart_of(talker.conversation) == {}


def test_sold_out_since_it_was_asked_is_waited_for_all_of_it() -> None:
    talker = Talker()
    talker.sets(TEAPOT, quantity=0)
    talker.conversation.open_lines = [SHORT]
    open_lines.take_what_is_left(talker.turn(), tell=True)
    assert [(one.product_id, one.quantity) for one in talker.uow.waiting.wishes] == [("TEAPOT", 9)]
    assert cart_of(talker.conversation) == {}


def test_what_sold_out_since_takes_nothing_out_of_the_cart_by_itself() -> None:
    talker = Talker(cart={"TEAPOT": 2})
    talker.sets(TEAPOT, quantity=0)
    talker.conversation.open_lines = [SHORT]
    replies = open_lines.take_what_is_left(talker.turn(), tell=False)
    assert "sold out" in words_in(replies)
    assert cart_of(talker.conversation) == {"TEAPOT": 2}


@pytest.mark.parametrize(("said", "says"), [("0", "between 1 and 1000"), ("999999999999", "between 1 and 1000")])
def test_a_number_that_no_order_holds(said: str, says: str) -> None:
    talker = Talker()
    replies = _said(talker, SHORT, said, "none")
    assert replies is not None
    assert says in words_in(replies)
    assert talker.conversation.cart == []


def test_a_number_that_is_too_many_again_is_asked_about_again() -> None:
    talker = Talker()
    _said(talker, SHORT, "5", "none")
    assert [(line.problem, line.quantity) for line in talker.conversation.open_lines] == [(Problem.SHORT, 5)]
    assert talker.conversation.cart == []


def test_a_product_that_is_gone_answers_nothing() -> None:
    talker = Talker(MUG)
    assert _said(talker, SHORT, "yes", "affirm") is None


def test_without_an_open_line_nothing_is_answered() -> None:
    assert open_lines.answer_open_line(Talker().turn("yes", "affirm")) is None


def test_what_is_picked_comes_to_the_line_s_place_and_can_be_undone() -> None:
    talker = Talker()
    talker.conversation.put("TEAPOT", 1, 2)
    talker.conversation.open_lines = [WHICH, SHORT]
    open_lines.pick(talker.turn(), [Chosen(product=BLUE)], ["A note."])
    assert [line.product_id for line in talker.conversation.cart] == ["BLUE", "TEAPOT"]
    assert talker.conversation.open_lines == [SHORT]
    assert talker.conversation.undo()
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_a_retired_pick_is_said_and_not_taken() -> None:
    talker = Talker()
    talker.conversation.open_lines = [WHICH]
    replies = open_lines.pick(talker.turn(), [Chosen(product=replace(BLUE, retired_at=talker.now))])
    assert "no longer sold" in words_in(replies)
    assert talker.conversation.cart == []
