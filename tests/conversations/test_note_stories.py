"""Notes for the parcel, words for a card, and another address, for the order being made and for a placed one."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def placed(bob: Customer) -> str:
    """The number of Bob's order."""
    return bob.knows_contact().has_ordered("2 red enamel mugs")


def test_words_for_a_card_stand_on_the_order_and_not_on_the_next_one(bob: Customer) -> None:
    bob.knows_contact().says("2 red enamel mugs")
    bob.says("could you write happy birthday mia on the card").hears("happy birthday mia", "Place order")
    bob.presses("Place order").hears("is placed", "happy birthday mia")
    bob.says("a glass teapot").hears("Place order").hears_no("mia")


def test_a_standing_remark_stays_with_the_address(bob: Customer) -> None:
    bob.knows_contact().says("2 red enamel mugs").says("please leave it at the back door").hears("back door")
    bob.presses("Place order").says("a glass teapot").hears("Place order", "back door")


def test_a_note_waits_until_it_is_known_where_to_ship(bob: Customer) -> None:
    bob.says("please print merry christmas inside the card").hears("merry christmas", "Where shall we ship it")
    bob.says("12 Main St, Denver CO 80203").hears("merry christmas")
    bob.says("2 red enamel mugs").says("bob@example.com").hears("merry christmas", "Place order")


def test_what_it_shall_say_is_asked(bob: Customer) -> None:
    bob.knows_contact().says("2 red enamel mugs").says("can i add a gift message?").hears("What shall it say?")
    bob.says("all the best from the whole team").hears("all the best from the whole team", "Place order")


def test_no_note_after_all(bob: Customer) -> None:
    bob.knows_contact().says("2 red enamel mugs").says("can i add a gift message?")
    bob.says("no").hears("no note")


def test_a_placed_order_gets_its_note_only_after_a_yes(bob: Customer, placed: str) -> None:
    bob.says("please tell the driver the bell is broken").hears(f"Your order #{placed}, changed", "the bell is broken")
    bob.says("yes").hears("is changed", "the bell is broken")


def test_a_placed_order_goes_elsewhere_after_a_yes(bob: Customer, placed: str) -> None:
    bob.says("can you send my order to another address").hears("Where shall we ship it")
    bob.says("9 Elm Court, Denver CO 80203").hears(f"Your order #{placed}, changed", "9 Elm Court")
    bob.says("yes").hears("is changed", "9 Elm Court")


def test_a_new_address_in_one_message(bob: Customer, placed: str) -> None:
    bob.says("we moved, please send it to 14 Pine Street, Austin TX 78701").hears(
        "From now on your address is 14 Pine Street", f"Send order #{placed} to 14 Pine Street"
    )


def test_too_late_for_another_address_support_hears_of_it(shop: Stage, bob: Customer, placed: str) -> None:
    shop.ships(placed)
    bob.says(f"please send order {placed} to a different address").hears("already on its way", "ticket T1")


def test_who_moved_without_an_order_says_where_to_from_now_on(bob: Customer) -> None:
    bob.knows_contact().says("i moved house").hears("Where shall your parcels go")
    bob.says("14 Pine Street, Austin TX 78701").hears("I noted the address: 14 Pine Street")
    bob.says("2 red enamel mugs").hears("14 Pine Street", "Place order")


def test_who_shall_be_called_at_the_door_wants_no_person(bob: Customer, placed: str) -> None:
    bob.says("phone my wife when you arrive").hears(f"Your order #{placed}, changed", "phone my wife").hears_no(
        "ticket"
    )


def test_a_note_that_says_so_first_counts_nothing(bob: Customer) -> None:
    bob.knows_contact().says("2 red enamel mugs")
    bob.says("note: look at [this](data:five(7))").hears("2 × Red Enamel Mug", "noted").hears_no("7 ×")
