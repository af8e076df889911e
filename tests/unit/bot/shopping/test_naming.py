"""A message of nothing but names orders them; in any other message a name is read as a name."""

import pytest

from bot.messages import Choice, Verb
from bot.shopping import naming
from domain.conversation import Asked, PendingQuestion
from tests.support.factories import make_product
from tests.support.talking import BLUE, Talker

YES = make_product(product_id="N-1", name="No More Tears")
NUMBER = make_product(product_id="4711", name="Cologne")
TWICE = make_product(product_id="N-2", name="Blue Mug")


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("Blue Mug", [("Blue Mug", None)]),
        ("2 blue mugs please", [("Blue Mug", 2)]),
        ("no more tears", [("No More Tears", None)]),
        ("blue mug x3 and no more tears x2", [("Blue Mug", 3), ("No More Tears", 2)]),
        ("4711", [("Cologne", None)]),
        ("3 x 4711", [("Cologne", 3)]),
        ("for the branch, kindly reserve: blue mug (3), no more tears (2).", [("Blue Mug", 3), ("No More Tears", 2)]),
    ],
)
def test_names_alone_are_an_order(said: str, lines: list[tuple[str, int | None]]) -> None:
    turn = naming.read(Talker(BLUE, YES, NUMBER).turn(said, "deny"))
    assert turn.only_names
    assert turn.understanding.intent == "add_to_cart"
    products = [entity.value for entity in turn.understanding.all("product")]
    quantities = [int(entity.value) for entity in turn.understanding.all("quantity")]
    assert products == [name for name, _ in lines]
    assert quantities == [quantity for _, quantity in lines if quantity is not None]


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("2 blue mugs please", ["set"]),
        ("one more blue mug", ["add"]),
        ("2 extra blue mugs and 3 no more tears", ["add", "set"]),
    ],
)
def test_more_of_a_name_adds_to_what_is_there(said: str, roles: list[str]) -> None:
    turn = naming.read(Talker(BLUE, YES, NUMBER).turn(said, "add_to_cart"))
    assert [entity.role for entity in turn.understanding.all("quantity")] == roles


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("take out blue mug (3), no more tears (2)", "order"),
        ("kick them: blue mug (3), no more tears (2)", "remove_from_cart"),
        ("please don't send blue mug (3), no more tears (2)", "order"),
        ("are there blue mug (3), no more tears (2)?", "order"),
        ("where are my blue mug (3), no more tears (2)", "order_status"),
    ],
)
def test_a_list_that_is_not_wanted_is_no_order(said: str, intent: str) -> None:
    assert not naming.read(Talker(BLUE, YES).turn(said, intent)).only_names


@pytest.mark.parametrize(
    "said",
    ["is the blue mug dishwasher safe", "take the blue mug out", "0 blue mugs", "2 blue mugs 3", "not the blue mug"],
)
def test_with_other_words_a_name_is_only_a_name(said: str) -> None:
    turn = naming.read(Talker(BLUE, YES).turn(said, "stock_question"))
    assert not turn.only_names
    assert turn.named == {"Blue Mug": BLUE}


def test_a_bare_name_with_a_question_mark_asks() -> None:
    assert naming.read(Talker(BLUE).turn("blue mug?", "order")).understanding.intent == "stock_question"
    assert naming.read(Talker(BLUE).turn("can I get a blue mug?", "order")).understanding.intent == "order"


@pytest.mark.parametrize("kind", [Asked.CODE, Asked.WHICH_ORDER, Asked.CANCEL_ORDER, Asked.OPEN_LINE])
def test_a_number_answers_the_question_that_waits_for_one(kind: Asked) -> None:
    talker = Talker(NUMBER)
    talker.conversation.pending = PendingQuestion(kind=kind)
    assert naming.read(talker.turn("4711")).named == {}
    talker.conversation.pending = PendingQuestion(kind=Asked.CHECKOUT)
    assert naming.read(talker.turn("4711")).named == {"Cologne": NUMBER}


def test_two_products_of_a_name_are_named_by_none() -> None:
    turn = naming.read(Talker(BLUE, TWICE).turn("blue mug", "order"))
    assert turn.only_names
    assert turn.named == {}


@pytest.mark.parametrize("said", ["", "stop", "thank you", "yes", "word " * 41 + "blue mug"])
def test_what_names_nothing_is_as_it_was(said: str) -> None:
    turn = Talker(BLUE, make_product(product_id="S", name="Stop"), make_product(product_id="T", name="Thank You")).turn(
        said.strip(), "affirm"
    )
    assert naming.read(turn) == turn


def test_a_button_names_nothing() -> None:
    talker = Talker(BLUE)
    turn = talker.turn("blue mug", pressed=Choice(verb=Verb.ADD, arg="BLUE"))
    assert naming.read(turn) == turn
