"""Which of several shown products an answer means."""

from decimal import Decimal

import pytest

from bot.shopping.choosing import Chosen, choose_by_words
from nlu.rules.choices import number_said
from tests.support.factories import make_product
from tests.support.talking import Talker

RED = make_product(product_id="R", name="Red Enamel Mug", sale_price=Decimal("12.00"))
BLUE = make_product(product_id="B", name="Blue Enamel Mug", sale_price=Decimal("12.00"))
GREEN = make_product(product_id="G", name="Green Stoneware Mug", sale_price=Decimal("15.50"))
OPTIONS = (RED, BLUE, GREEN)


def _chosen(said: str, intent: str = "add_to_cart", quantity: int = 1) -> list[tuple[str, int | None]]:
    chosen = choose_by_words(Talker(*OPTIONS).turn(said, intent), OPTIONS, quantity).chosen
    return [(one.product.product_id, one.quantity) for one in chosen]


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("2", ["B"]),
        ("option 2 please", ["B"]),
        ("#3.", ["G"]),
        ("the second one", ["B"]),
        ("first", ["R"]),
        ("the dearest", ["G"]),
        ("the most expensive", ["G"]),
        ("both", ["R", "B", "G"]),
        ("all of them please", ["R", "B", "G"]),
        ("the green one", ["G"]),
        ("stoneware", ["G"]),
        ("the first and the third", ["R", "G"]),
    ],
)
def test_an_answer_chooses(said: str, chosen: list[str]) -> None:
    assert [product_id for product_id, _ in _chosen(said)] == chosen


@pytest.mark.parametrize("said", ["4", "0", "99", "option 7", "what?", "no idea", "an umbrella"])
def test_no_option_is_chosen_by_what_means_none(said: str) -> None:
    assert _chosen(said) == []


@pytest.mark.parametrize(
    ("said", "quantity", "each"),
    [("one of each", 6, 1), ("a of both", 6, 1), ("all three", 3, 1), ("all three", 2, None)],
)
def test_each_of_them(said: str, quantity: int, each: int | None) -> None:
    assert _chosen(said, quantity=quantity) == [("R", each), ("B", each), ("G", each)]


def test_how_many_may_be_said_with_it() -> None:
    assert _chosen("4 green ones") == [("G", 4)]
    assert _chosen("2 red and 3 green", "order") == [("R", 2), ("G", 3)]


def test_what_is_still_two_is_left_to_choose_among() -> None:
    choosing = choose_by_words(Talker(*OPTIONS).turn("an enamel one", "add_to_cart"), OPTIONS)
    assert choosing.chosen == ()
    assert choosing.left == (RED, BLUE)


def test_the_cheapest_two_cost_the_same_so_they_are_left() -> None:
    choosing = choose_by_words(Talker(*OPTIONS).turn("the cheapest", "add_to_cart"), OPTIONS)
    assert (choosing.chosen, choosing.left) == ((), (RED, BLUE))


def test_what_is_named_besides_comes_too() -> None:
    choosing = choose_by_words(Talker(*OPTIONS).turn("2 green and 1 teapot", "order"), OPTIONS)
    assert choosing.chosen == (Chosen(product=GREEN, quantity=2),)
    assert [(line.phrase, line.quantity) for line in choosing.besides] == [("teapot", 1)]


@pytest.mark.parametrize("intent", ["stock_question", "recommend", "order_status", "cancel_order"])
def test_a_question_that_names_an_option_chooses_none(intent: str) -> None:
    assert _chosen("how many green mugs do you have left in stock", intent) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("no. 2", 2), ("the fifth", 5), ("2 mugs", None), ("first and second", None), ("one", None)],
)
def test_a_number(text: str, number: int | None) -> None:
    assert number_said(text) == number


@pytest.mark.parametrize(
    ("said", "intent", "chosen"),
    [
        ("stoneware obviously", "out_of_scope", ["G"]),
        ("hm i guess rather something in blue", "add_to_cart", ["B"]),
        ("not anything in blue for me", "out_of_scope", []),
        ("is anything of it blue?", "stock_question", []),
        ("my aunt who lives in blue springs needs some other mugs", "add_to_cart", []),
        ("some enamel please", "add_to_cart", []),  # two are
    ],
)
def test_a_word_that_one_option_alone_has_chooses_it(said: str, intent: str, chosen: list[str]) -> None:
    assert [product_id for product_id, _ in _chosen(said, intent)] == chosen


def test_what_names_a_product_of_its_own_chooses_none() -> None:
    talker = Talker(*OPTIONS, make_product(product_id="C", name="Blue Curtain"))
    assert not choose_by_words(talker.turn("add a blue curtain", "add_to_cart"), OPTIONS).chosen
