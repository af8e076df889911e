"""Packs and pieces: what a number counts, when it is asked, and what is counted after the answer."""

import pytest

from bot import router
from bot.messages import Choice, Verb
from bot.shopping import packs
from domain.conversation import Asked, PendingQuestion, Problem
from tests.support.factories import make_product
from tests.support.memory import cart_of
from tests.support.talking import MUG, Talker, labels, words_in

TEA = make_product(product_id="TEA", name="Green Tea Bags", pack_size=50, quantity=900)
BOX = make_product(product_id="BOX", name="Box of 100 Wood Screws", quantity=900)
SET = make_product(product_id="SET", name="Set of 3 Gift Boxes", quantity=900)
CUTLERY = make_product(product_id="CUT", name="16 Piece Cutlery Set, Steel", quantity=900)
BIT = make_product(product_id="BIT", name="6 mm Masonry Drill Bit", quantity=900)


@pytest.mark.parametrize(
    ("product", "size"),
    [(TEA, 50), (BOX, 100), (SET, 3), (CUTLERY, 16), (BIT, 1), (MUG, 1)],
    ids=lambda one: str(one)[:9],
)
def test_the_size_of_a_pack_stands_in_its_field_or_its_name(product: object, size: int) -> None:
    assert isinstance(product, type(MUG))
    assert packs.size_of(product) == size


def _asked(said: str, *products: object) -> Talker:
    talker = Talker(*(products or (TEA, BOX, SET, CUTLERY, BIT, MUG)))  # type: ignore[arg-type]
    router.choose(talker.turn(said, "order"))
    return talker


@pytest.mark.parametrize("said", ["50 green tea bags", "100 green tea bags please", "100 wood screws"])
def test_as_many_as_a_pack_holds_is_asked(said: str) -> None:
    talker = _asked(said)
    assert talker.conversation.cart == []
    assert [line.problem for line in talker.conversation.open_lines] == [Problem.PACKS]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("2 packs of the green tea bags", {"TEA": 2}),
        ("two boxes of wood screws", {"BOX": 2}),
        ("two of the set of 3 gift boxes", {"SET": 2}),
        ("2 packs of the 16 piece cutlery set", {"CUT": 2}),
        ("4 boxes of the 100 wood screws", {"BOX": 4}),
        ("the 16 piece cutlery set please", {"CUT": 1}),
        ("3 green tea bags", {"TEA": 3}),
        ("50 red mugs", {}),
    ],
)
def test_what_is_plain_is_not_asked(said: str, cart: dict[str, int]) -> None:
    talker = _asked(said)
    assert cart_of(talker.conversation) == cart
    assert Problem.PACKS not in [line.problem for line in talker.conversation.open_lines]


@pytest.mark.parametrize(
    ("answer", "quantity"),
    [("pieces", 1), ("just the pieces please", 1), ("50 packs", 50), ("packs", 50), ("2 packs", 2), ("3", 3)],
)
def test_the_answer_counts(answer: str, quantity: int) -> None:
    talker = _asked("50 green tea bags")
    router.choose(talker.turn(answer, "none"))
    assert cart_of(talker.conversation) == {"TEA": quantity}


def test_both_buttons_count_and_are_stale_afterwards() -> None:
    talker = Talker(TEA)
    replies = router.choose(talker.turn("100 green tea bags", "order"))
    assert labels(*replies) == ["2 packs of 50", "100 packs of 50"]
    pressed = Choice(verb=Verb.COUNT, arg="2")
    router.choose(talker.turn(pressed=pressed))
    assert cart_of(talker.conversation) == {"TEA": 2}
    stale = router.choose(talker.turn(pressed=pressed))
    assert cart_of(talker.conversation) == {"TEA": 2}, words_in(stale)


@pytest.mark.parametrize("answer", ["what is in it", "packs or pieces", "hm"])
def test_no_answer_leaves_it_open(answer: str) -> None:
    talker = _asked("50 green tea bags")
    talker.conversation.pending = PendingQuestion(kind=Asked.OPEN_LINE)
    router.choose(talker.turn(answer, "greet"))
    assert talker.conversation.cart == []
    assert talker.conversation.open_lines
