"""A code that is only asked about is not used, and an e-mail beside one counts only where it is offered."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def card(bob: Customer, shop: Stage) -> Customer:
    """Bob before his card, in a shop with a code."""
    shop.promotes()
    return bob.knows_contact().says("order 2 glass teapots").hears("$69.00", "[Place order]")


@pytest.mark.parametrize(
    "said",
    [
        "is SPRING10 valid for ivy@example.org?",
        "will SPRING10 count for ivy@example.org",
        "could my aunt ivy@example.org redeem SPRING10?",
        "has SPRING10 been used by ivy@example.org?",
        "please don't apply SPRING10 for ivy@example.org",
        "never use SPRING10 with ivy@example.org",
    ],
)
def test_an_e_mail_in_a_question_or_behind_a_no_is_not_taken(card: Customer, shop: Stage, said: str) -> None:
    card.says(said).hears_no("goes to i", "takes $")
    card.says("yes")
    if shop.orders() == 0:
        card.hears("Confirmation to: b•••@e•••.com", "$69.00").says("yes")
    card.hears("is placed", "The confirmation comes to b•••@e•••.com", "$69.00")


@pytest.mark.parametrize(
    "said", ["ivy@example.org, apply SPRING10", "use voucher SPRING10 and send the receipt to ivy@example.org"]
)
def test_an_e_mail_that_is_offered_beside_a_code_is_taken(card: Customer, said: str) -> None:
    card.says(said).hears("confirmation now goes to i•••y@e•••.org", "SPRING10 takes $6.90 off", "$62.10")


def test_without_an_order_nothing_of_a_question_is_noted(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    bob.says("might SPRING10 work for ivy@example.org?").hears("10% off", "[Use SPRING10]").hears_no("noted")
    bob.says("what do you know about me?").hears("E-mail\tnone")


def test_who_asks_to_ship_to_an_e_mail_is_asked_whether_mails_go_there(bob: Customer) -> None:
    bob.says("could you ship a linen apron to ivy@example.org?").hears("Shall the confirmation go to")


@pytest.mark.parametrize("said", ["does SPRING10 go with that?", "will SPRING10 work on 5 glass teapots?"])
def test_what_a_code_would_take_off_is_told_and_nothing_is_taken_off(card: Customer, shop: Stage, said: str) -> None:
    card.says(said).hears("SPRING10 would take $6.90 off", "not used now").hears_no("5 ×")
    card.says("show my cart").hears("2 × Glass Teapot", "$69.00").hears_no("−$")
    card.says("use code SPRING10").hears("$62.10")


def test_its_button_uses_it(card: Customer, shop: Stage) -> None:
    card.says("would SPRING10 take something off?").presses("Use SPRING10").hears("−$6.90", "$62.10", "[Place order]")
    card.says("yes").hears("is placed", "$62.10")


def test_a_code_in_use_is_told_of_as_such(card: Customer) -> None:
    card.says("apply SPRING10").says("is SPRING10 still good?").hears("SPRING10 takes $6.90 off").hears_no("would")


def test_a_yes_behind_a_question_about_a_code_may_be_to_the_code(card: Customer, shop: Stage) -> None:
    card.says("add a linen apron, and would SPRING10 count?").hears("would take $9.70 off", "[Use SPRING10]", "$97.00")
    card.says("yes").hears("Nothing is placed yet", "$97.00")
    assert shop.orders() == 0


def test_a_code_that_is_kept_for_later_or_only_talked_of_is_not_used(bob: Customer, shop: Stage) -> None:
    shop.promotes(code="OAK15")
    bob.knows_contact().says("order a glass teapot")
    for said in ("I got OAK15 but I keep it for my next order", "my neighbour says OAK15 is bogus"):
        bob.says(said).hears("It is not used now", "shall I place it")
    bob.says("try OAK77X, ELM77Y, ASH77Z").hears("no code OAK77X", "no code ELM77Y", "no code ASH77Z")
    bob.says("show my cart").hears("1 × Glass Teapot", "Total\t$34.50")
