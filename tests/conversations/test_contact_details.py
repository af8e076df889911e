"""E-mail and address: taken wherever they are said, fixed where they are mistyped, asked once."""

import re

import pytest

from tests.support.stage import Customer, Stage


def test_a_likely_typo_is_offered_and_a_yes_takes_it(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@gmial.com").hears("did you mean bob@gmail.com?")
    bob.says("yes").hears("where shall we ship")
    bob.says("12 Main St, Denver CO 80203").hears("b•••@", "[Place order]")


def test_a_fix_that_is_wrong_is_asked_anew(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@gmial.com").says("no").hears("which e-mail")
    bob.says("bob@example.com").hears("where shall we ship")


def test_a_typo_in_the_first_message_is_offered_too(bob: Customer) -> None:
    bob.says("order a glass teapot, my email is bob@gmial.com").hears("did you mean bob@gmail.com?", "$34.50")
    bob.says("yes").hears("where shall we ship")


@pytest.mark.parametrize("said", ["bob@", "my email is bob@example", "bob at example"])
def test_what_is_no_email_is_asked_again_without_blame(bob: Customer, said: str) -> None:
    bob.says("order a glass teapot").says(said).hears("e-mail").hears_no("ship it", "wrong")
    bob.says("bob@example.com").hears("where shall we ship")


@pytest.mark.parametrize(
    "said",
    [
        [
            "2 glass teapots to 12 Main St, Denver CO 80203, bob@example.com",
            "how long does it take?",
            "make it 3",
            "yes",
        ],
        ["bob@example.com", "order a glass teapot", "12 Main St, Denver CO 80203", "add a recipe box", "yes"],
        ["order a glass teapot, mail me at bob@example.com", "12 Main St, Denver CO 80203", "yes", "my data"],
        ["verify bob@example.com", "what do you know about me", "send me ideas at bob@example.com"],
    ],
)
def test_an_address_has_one_mask_wherever_it_is_named(bob: Customer, said: list[str]) -> None:
    named: list[str] = []
    for words in said:
        named += re.findall(r"\S•••@\S+[a-z]", bob.says(words).heard)
    assert len(named) >= 2
    assert set(named) == {"b•••@e•••.com"}


def test_half_an_address_is_completed_by_the_other_half(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com")
    bob.says("12 Main St").hears("“12 Main St”", "town and postcode")
    bob.says("Denver CO 80203").hears("12 Main St, Denver CO 80203", "[Place order]")


def test_half_an_address_may_be_said_again_in_full(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com").says("12 Main St")
    bob.says("7 Side Rd, Boulder CO 80301").hears("7 Side Rd, Boulder CO 80301", "[Place order]").hears_no("Main St")


def test_another_address_after_the_card(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("actually send it to 5 Oak Ave, Boulder CO 80301").hears(
        "To: 5 Oak Ave", "$34.50", "instead of 12 Main St"
    )


def test_another_email_after_the_card(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("use carol@example.com instead").hears("c•••@", "[Place order]")


def test_email_and_address_are_not_asked_twice(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("order a linen apron").hears("12 Main St", "b•••@", "[Place order]")


def test_a_product_beside_the_address_is_not_lost(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com")
    bob.says("add a linen apron, and ship to 12 Main St, Denver CO 80203").hears("Linen Apron", "$62.50")


def test_stop_instead_of_an_email(bob: Customer, shop: Stage) -> None:
    bob.says("order a glass teapot").says("forget it").hears("nothing was ordered")
    assert shop.orders() == 0


def test_half_an_address_before_the_email_is_kept(bob: Customer) -> None:
    bob.says("order a glass teapot to 12 Main St").hears("which e-mail")
    bob.says("bob@example.com").hears("“12 Main St”", "town and postcode")
    bob.says("Denver CO 80203").hears("12 Main St, Denver CO 80203", "[Place order]")


def test_half_an_address_before_the_email_may_be_completed_before_it(bob: Customer) -> None:
    bob.says("order a glass teapot to 12 Main St").hears("which e-mail")
    bob.says("address: Denver CO 80203").hears("e-mail")
    bob.says("bob@example.com").hears("12 Main St, Denver CO 80203", "[Place order]")


def test_of_two_emails_to_prove_it_is_asked_which(bob: Customer) -> None:
    bob.says("verify bob@example.com and rob@example.com").hears("two different", "which of them first")
    bob.says("rob@example.com").hears("if r•••@", "a code is on its way")


def test_both_emails_that_are_named_get_no_more_marketing(bob: Customer) -> None:
    bob.says("please stop the emails to bob@example.com and also to rob@example.com").hears("b•••@", "r•••@")


def test_a_house_number_may_be_written_out(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com").says("forty-two Elm Grove, Boulder CO 80302")
    bob.hears("To: 42 Elm Grove, Boulder CO 80302")


def test_the_address_that_wants_no_ideas_is_not_asked_for_twice(bob: Customer) -> None:
    bob.says("order a glass teapot").says("no newsletters please").says("bob@example.com")
    bob.hears("no more ideas", "Where shall we ship").hears_no("which e-mail")
