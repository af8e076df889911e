"""Whoever asks for what a thing may not be is told no yes, and a yes behind that places nothing as it stood."""

import pytest

from tests.support.stage import Customer, Stage

UNKNOWN = [
    "do you have them in orange?", "are they there in velvet?", "only if they come in neon green",
    "yes, provided they are also sold in bamboo", "have you got it in size XXL?", "are they available as a trio?",
]  # fmt: skip
THERE = [
    "is it in stock?", "do you still have them?", "is it still available right now?", "how many of them are left?",
    "do you have enough of them?", "are they in stock at the moment?", "can you check whether they are there?",
    "do you have plenty of them?", "are these still avaiilable?", "are they coming back or still there?",
]  # fmt: skip


CONDITIONS = [
    "only if it arrives before Saturday", "if it is microwave safe, yes", "yes as long as it weighs under a kilo",
    "go ahead if it reaches me this week", "perfect, if it fits in a letterbox", "yes please, if it can be wrapped",
    "ok but only when you can engrave it", "sure, provided somebody signs for it", "place it unless it is made of tin",
]  # fmt: skip


@pytest.fixture
def at_the_card(bob: Customer) -> Customer:
    """Bob, who is asked whether to order two red enamel mugs."""
    return bob.knows_contact().says("2 red enamel mugs").hears("[Place order]")


@pytest.mark.parametrize("said", UNKNOWN)
def test_what_is_not_known_is_no_yes_and_a_yes_after_it_places_nothing(
    at_the_card: Customer, shop: Stage, said: str
) -> None:
    at_the_card.says(said)
    assert at_the_card.answer is not None
    assert not [reply for reply in at_the_card.answer.replies if "Yes" in reply.text]
    at_the_card.says("yes")
    assert shop.orders() == 0
    at_the_card.says("yes, place it").hears("is placed")


@pytest.mark.parametrize("said", CONDITIONS)
def test_a_plain_yes_behind_a_condition_places_nothing(at_the_card: Customer, shop: Stage, said: str) -> None:
    at_the_card.says(said).says("yes")
    assert shop.orders() == 0
    at_the_card.says("yes, place it").hears("is placed")


def test_what_is_asked_of_it_is_not_taken_for_another_product(at_the_card: Customer) -> None:
    at_the_card.says("can I get it without the handle?").hears("Red Enamel Mug")


@pytest.mark.parametrize("said", THERE)
def test_a_plain_question_gets_a_plain_yes(at_the_card: Customer, shop: Stage, said: str) -> None:
    at_the_card.says(said).hears("40 in stock")
    at_the_card.says("yes").hears("is placed")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", ["only if you have it in blue", "do you have them in blue?", "is there a blue one?"])
def test_the_other_colour_is_shown_where_it_is_there(at_the_card: Customer, shop: Stage, said: str) -> None:
    at_the_card.says(said).hears("Blue Enamel Mug", "5 in stock").says("yes")
    assert shop.orders() == 0


def test_a_name_with_another_colour_is_no_yes(bob: Customer) -> None:
    bob.says("do you have the glass teapot in purple?").hears("I know nothing about “purple”")


@pytest.mark.parametrize("said", ["how much would 8 be?", "is it cheaper for 20?", "would you have seven of them?"])
def test_a_plain_yes_behind_a_question_about_another_number_does_not_do_the_old_one(
    at_the_card: Customer, shop: Stage, said: str
) -> None:
    at_the_card.says(said).says("yes")
    assert shop.orders() == 0
