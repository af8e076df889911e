"""Gift wrapping is in no order, so that it is told, with what the shop answers of it; a note has words of its own."""

import pytest

from tests.support.stage import Customer, Stage

NONE = "No gift wrapping is ordered"


@pytest.mark.parametrize(
    "said",
    [
        "could everything be wrapped nicely?", "I'd like that in gift paper", "pack them as a present please",
        "gift-wrapped please, with a bow", "put a ribbon on it", "have it giftwrapped",
    ],
)  # fmt: skip
def test_who_wants_it_wrapped_hears_that_it_is_not(shop: Stage, bob: Customer, said: str) -> None:
    bob.knows_contact().says("2 linen aprons")
    bob.says(said).hears(NONE, "2 × Linen Apron")
    bob.says("yes").hears("Nothing is placed yet")
    assert shop.orders() == 0


def test_beside_an_order_it_is_told_above_the_card(bob: Customer) -> None:
    bob.knows_contact().says("a glass teapot, gift wrapped").hears(NONE, "1 × Glass Teapot")
    bob.says("yes").hears("Nothing is placed yet").says("yes").hears("is placed")


def test_beside_words_for_a_card_these_are_noted(bob: Customer) -> None:
    bob.knows_contact().says("2 linen aprons")
    bob.says("wrap them with a card saying good luck Zoe").hears(
        NONE, "note: wrap them with a card saying good luck Zoe"
    )


@pytest.mark.parametrize("said", ["no gift wrapping please", "is it wrapped?", "write good luck Zoe on the card"])
def test_nothing_is_told_of_it_where_none_is_wished(bob: Customer, said: str) -> None:
    bob.knows_contact().says("2 linen aprons").says(said).hears_no(NONE)


def test_what_is_called_so_is_sold(shop: Stage, bob: Customer) -> None:
    shop.sells("PAPER", "4.00", 90, name="Gift Wrapping Paper")
    bob.knows_contact().says("2 gift wrapping papers").hears("2 × Gift Wrapping Paper").hears_no(NONE)


def test_a_question_is_no_note_and_a_yes_has_no_words(bob: Customer) -> None:
    bob.knows_contact().says("2 linen aprons").says("can i add a gift message?").hears("What shall it say?")
    bob.says("how much is the teapot?").hears("$34.50", "What shall the note say?").hears_no("noted")
    bob.says("yes").hears("What shall the note say?")
    bob.says("for Zoe, who is five").hears("note: for Zoe", "Place order")


def test_a_remark_is_a_note_where_one_is_asked_for(bob: Customer) -> None:
    bob.knows_contact().says("2 linen aprons").says("add a note please")
    bob.says("ring twice").hears("ring twice", "Place order")
