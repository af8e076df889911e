"""An order is called off in other words than "cancel", and its e-mail is asked for."""

import pytest

from tests.support.stage import Customer, Stage

CALLING_OFF = [
    "call it off",
    "revoke it",
    "scrap that order",
    "I take it back",
    "undo my order",
    "withdraw it",
    "please don't process it",
    "can you call the whole thing off please",
]


@pytest.mark.parametrize("said", CALLING_OFF)
def test_calling_off_right_after_placing_asks_and_the_yes_cancels(bob: Customer, shop: Stage, said: str) -> None:
    number = bob.knows_contact().has_ordered("order 2 fern greeting cards")
    bob.says(said).hears(f"Cancel order #{number}?")
    assert shop.orders() == 1
    bob.says("yes").hears("is cancelled")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["revoke it", "please withdraw my order", "call that off"])
def test_calling_off_later_asks_too(bob: Customer, said: str) -> None:
    number = bob.knows_contact().has_ordered("order 2 fern greeting cards")
    bob.says("hello").says(said).hears(f"Cancel order #{number}?").says("no").hears_no("is cancelled")


def test_revoking_something_else_cancels_nothing(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order 2 fern greeting cards")
    bob.says("I revoke my consent").hears_no("Cancel order")


@pytest.mark.parametrize(
    "said",
    [
        "which email have you got down?",
        "which address is the confirmation going to?",
        "what's my email?",
        "where will the receipt be sent?",
    ],
)
def test_the_email_of_the_order_on_its_way_is_told(bob: Customer, said: str) -> None:
    bob.knows_contact().says("order a glass teapot").hears("[Place order]")
    bob.says(said).hears("goes to b•••@e•••.com", "[Place order]").hears_no("bob@example.com", "code")
    bob.says("yes").hears("is placed")


def test_a_corrected_email_is_taken(bob: Customer) -> None:
    bob.says("order a glass teapot").says("ann@example.com no wait thats the old one, bob@example.com")
    bob.hears("I noted b•••@e•••.com")
