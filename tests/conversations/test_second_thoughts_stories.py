"""Stop words right after placing mean that order; two e-mails are asked about."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.mark.parametrize(
    "said",
    [
        "abort, wrong colour", "stop", "cancel!!", "undo", "I changed my mind", "oh no, stop",
        "wait, wrong item", "oops, that was a mistake",
        "STOP!!!", "i didn't mean to", "I don't want it any more", "take it back",
    ],
)  # fmt: skip
def test_right_after_placing_it_is_that_order(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).hears("Cancel order #1001?", "[Yes, cancel it]")
    assert shop.orders() == 1
    bob.says("yes").hears("is cancelled")
    assert shop.orders() == 0


@pytest.mark.parametrize(
    "said", ["no thanks", "thanks!", "great", "stop the emails", "don't cancel", "add a linen apron"]
)
def test_other_words_after_placing_are_not(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).hears_no("Cancel order #1001?")
    assert shop.orders() == 1


def test_two_emails_are_asked_about(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com or carol@example.org")
    bob.hears("two different e-mail", "which e-mail").hears_no("where shall we ship")
    bob.says("carol@example.org").hears("where shall we ship")
    bob.says("12 Main St, Denver CO 80203").hears("c•••@e•••.org")


def test_two_emails_in_an_order(bob: Customer) -> None:
    bob.says("order a glass teapot, mails to bob@example.com and carol@example.org")
    bob.hears("two different e-mail").hears_no("where shall we ship")


def test_an_ending_that_does_not_exist_is_offered_mended(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.con").hears("did you mean bob@example.com?")
    bob.says("yes").hears("where shall we ship")


def test_an_internationalised_address_is_taken(bob: Customer) -> None:
    bob.says("order a glass teapot").says("jörg@müller.de").hears("where shall we ship")
