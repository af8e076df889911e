"""What is said after an order is placed or left: it stays as it was, and what is noted is for the next one."""

import pytest

from tests.conversations.test_email_offer_stories import orders_of
from tests.conversations.test_proving_stories import proves
from tests.support.stage import Customer, Stage

OTHER = "bill@example.com"
IN_WORDS = [  # "is that meant?" is asked of these
    f"change the e-mail of my order to {OTHER}",
    f"and a copy to {OTHER} please",
    f"my wife's mail is {OTHER}",
    f"forward the confirmation to {OTHER}",
    f"my correct e mail is {OTHER}, sorry",
]


@pytest.fixture
def placed(bob: Customer) -> Customer:
    """Bob's order #1001 can still be changed."""
    bob.knows_contact().has_ordered("order a glass teapot")
    return bob


@pytest.fixture
def shipped(placed: Customer, shop: Stage) -> Customer:
    """It has left."""
    shop.ships("1001")
    return placed


# Its e-mail.


@pytest.mark.parametrize("said", IN_WORDS)
def test_the_e_mail_of_a_placed_order_goes_nowhere_else(placed: Customer, shop: Stage, said: str) -> None:
    placed.says(said).hears("Order #1001 stays under b•••b@e•••.com", "of your next order go to b•••l@e•••.com")
    placed.presses("Use b•••l@e•••.com").hears("next order goes to b•••l@e•••.com", "Order #1001 stays under b•••b@")
    placed.hears_no("now goes to")
    assert (orders_of(shop, "bob@example.com"), orders_of(shop, OTHER)) == (1, 0)
    placed.has_ordered("order a fox lunch bag")
    assert (orders_of(shop, "bob@example.com"), orders_of(shop, OTHER)) == (1, 1)


@pytest.mark.parametrize("answer", ["no", "keep the old one"])
def test_a_no_leaves_the_next_order_where_the_last_went(placed: Customer, shop: Stage, answer: str) -> None:
    placed.says(IN_WORDS[0]).says(answer).hears("confirmation of your next order goes to b•••b@e•••.com")
    placed.has_ordered("order a fox lunch bag")
    assert (orders_of(shop, "bob@example.com"), orders_of(shop, OTHER)) == (2, 0)


def test_a_proven_address_is_told_the_same(placed: Customer, shop: Stage) -> None:
    proves(placed, shop).says(IN_WORDS[0]).hears("Order #1001 stays under b•••b@", "of your next order")
    placed.says("yes").hears("next order goes to b•••l@", "Order #1001 stays under").hears_no("now goes to")


def test_a_bare_e_mail_is_for_the_next_order(placed: Customer) -> None:
    placed.says(OTHER).hears("confirmation of your next order goes to b•••@e•••.com", "Order #1001 stays under")


def test_ones_own_e_mail_again_is_no_change(placed: Customer) -> None:
    placed.says("bob@example.com").hears_no("stays under")


def test_one_that_is_not_taken_is_none_of_the_placed_order_either(placed: Customer) -> None:
    placed.says(f"could you switch the mail on my order over to {OTHER} pls")
    placed.hears("Order #1001 stays under").hears_no("now goes to")


def test_beside_a_cart_the_placed_order_is_told_of_too(placed: Customer) -> None:
    placed.says("order a fox lunch bag").says(IN_WORDS[0]).says("yes")
    placed.hears("now goes to b•••l@e•••.com", "Order #1001 stays under b•••b@e•••.com", "[Place order]")


def test_a_typo_that_is_mended_is_for_the_next_order(placed: Customer) -> None:
    placed.says("bill@gmial.com").says("yes").hears("next order goes to", "Order #1001 stays under")


def test_a_wrong_e_mail_is_no_change_that_can_be_made(placed: Customer) -> None:
    placed.says(f"oops wrong mail adress, should have been {OTHER}").hears(
        "I cannot change the e-mail of a placed order"
    )


@pytest.mark.parametrize("said", [*IN_WORDS[:2], OTHER])
def test_while_an_order_is_changed_its_e_mail_is_not(placed: Customer, said: str) -> None:
    placed.says("make it 2").says(said).hears("I cannot change the e-mail of a placed order", "[Confirm change]")


# Two of them in a row.


@pytest.fixture
def asked(bob: Customer) -> Customer:
    """It is asked whether Anna's e-mail shall take the place of Bob's on the card."""
    bob.knows_contact().says("order a glass teapot").says("my wife's mail is anna@example.com")
    return bob.hears("Shall the confirmation go to a•••a@e•••.com", "[Keep b•••b@e•••.com]")


@pytest.mark.parametrize(
    "said",
    ["no, use bill@example.com please", "bill@example.com", "hm rather bill@example.com", "it's bill@example.com"],
)
def test_another_address_answers_which(asked: Customer, shop: Stage, said: str) -> None:
    asked.says(said).hears("now goes to b•••l@e•••.com", "Confirmation to: b•••@", "[Place order]")
    asked.hears_no("Shall the confirmation", "Keep").says("yes").hears("is placed", "confirmation comes to b•••@")
    assert (orders_of(shop, OTHER), orders_of(shop, "bob@example.com"), orders_of(shop, "anna@example.com")) == (
        1,
        0,
        0,
    )


def test_the_button_of_the_older_question_does_nothing(asked: Customer) -> None:
    asked.says("no, use bill@example.com please").presses_old("Keep b•••b@e•••.com", 1)
    asked.hears("belongs to an older message").hears_no("still goes to")


def test_another_one_that_is_only_spoken_of_is_asked_about_in_its_place(asked: Customer, shop: Stage) -> None:
    asked.says("make that bill@example.com instead").hears("go to b•••l@e•••.com instead of b•••b@e•••.com")
    asked.presses("Keep b•••b@e•••.com").hears("still goes to b•••b@", "Confirmation to: b•••@").says("yes")
    assert (orders_of(shop, "bob@example.com"), orders_of(shop, OTHER)) == (1, 0)


def test_ones_own_address_again_keeps_it(asked: Customer, shop: Stage) -> None:
    asked.says("bob@example.com").hears("[Place order]").hears_no("Shall the confirmation").says("yes")
    assert orders_of(shop, "bob@example.com") == 1


def test_a_proven_address_is_asked_about_the_second_one_too(bob: Customer, shop: Stage) -> None:
    proves(bob.knows_contact(), shop).says("order a glass teapot").says("my wife's mail is anna@example.com")
    bob.says("no, use bill@example.com please").hears("go to b•••l@e•••.com instead of b•••b@e•••.com")
    bob.presses("Keep b•••b@e•••.com").hears("still goes to b•••b@").says("yes").hears("is placed")
    assert orders_of(shop, "bob@example.com") == 1


def test_half_an_address_outlives_two_e_mails(bob: Customer) -> None:
    bob.says("order a glass teapot to 12 Main St").says("my mum's mail is anna@example.com").says(OTHER)
    bob.hears("“12 Main St”", "town and postcode")


# Where it goes, and what is noted for the parcel.


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("ship it to 5 Elm St, Salem OR 97301", "address for your next order: 5 Elm St"),
        ("redirect the parcel to 5 Elm St, Salem OR 97301", "address for your next order: 5 Elm St"),
        ("Apt 7", "address for your next order: 12 Main St, Apt 7"),
        ("leave it at the door", "parcel of your next order: “leave it at the door”"),
        ("please don't ring the bell", "parcel of your next order: “don't ring the bell”"),
        ("my new email is bill@example.com", "confirmation of your next order goes to b•••@e•••.com"),
    ],
)
def test_a_parcel_that_left_stays_as_it_was(shipped: Customer, said: str, noted: str) -> None:
    shipped.says(said).hears("Order #1001", "stays", noted)


@pytest.mark.parametrize("said", ["ship it to 5 Elm St, Salem OR 97301", "leave it at the door", "I moved house"])
def test_a_person_can_help_with_what_left(shipped: Customer, said: str) -> None:
    shipped.says(said).hears("Order #1001 is already on its way and stays as it was", "[Talk to a person]")


def test_whether_the_next_order_goes_there_is_asked_where_it_left(shipped: Customer) -> None:
    shipped.says("wrong adress sorry its 12 Elm Court, Salem OR 97301")
    shipped.hears("#1001 is already on its way", "Shall your next order go to 12 Elm Court", "instead of 12 Main St")
    shipped.presses("Yes, send it there").hears("#1001 is already on its way", "for your next order: 12 Elm Court")


def test_what_was_noted_since_is_not_where_a_parcel_goes(shipped: Customer) -> None:
    shipped.says("ship it to 5 Elm St, Salem OR 97301").hears("next order")
    shipped.says("is it going to 5 Elm St, Salem OR 97301?").hears("Order #1001 goes to 12 Main St", "on its way")
    shipped.says("don't send it to 9 Oak Ave, Boulder CO 80301").hears("Order #1001 goes to 12 Main St")


@pytest.mark.parametrize("said", ["ship it to 5 Elm St, Salem OR 97301", "leave it at the door"])
def test_so_does_an_order_that_is_being_packed(placed: Customer, shop: Stage, said: str) -> None:
    shop.passes(minutes=31)
    placed.says(said).hears("Order #1001 can no longer be changed here and stays as it was", "next order")


def test_what_is_noted_goes_with_the_next_order(shipped: Customer) -> None:
    shipped.says("leave it at the door").says("order a fox lunch bag")
    shipped.hears("To: 12 Main St, Denver CO 80203 (leave it at the door)", "[Place order]")


def test_a_note_for_a_named_order_that_left_is_none_for_another(shipped: Customer) -> None:
    shipped.has_ordered("order a fox lunch bag")
    shipped.says("leave order 1001 at the door").hears("#1001 is already on its way").hears_no("#1002", "noted")
    shipped.says("leave order 1002 at the door").hears("Your order #1002, changed", "[Confirm change]")


def test_beside_a_card_it_is_the_cards(shipped: Customer) -> None:
    shipped.says("order a fox lunch bag").says("ship it to 5 Elm St, Salem OR 97301")
    shipped.hears("To: 5 Elm St", "[Place order]").hears_no("#1001")
    shipped.says("leave it at the door").hears("5 Elm St, Salem OR 97301 (leave it at the door)").hears_no("#1001")


def test_an_order_that_left_long_ago_is_not_meant(shipped: Customer, shop: Stage) -> None:
    shop.passes(days=40)
    shipped.says("ship it to 5 Elm St, Salem OR 97301").hears("for your next order: 5 Elm St").hears_no("#1001")


def test_while_it_can_be_changed_it_is_the_placed_orders(placed: Customer) -> None:
    placed.says("leave it at the door").hears("Your order #1001, changed", "[Confirm change]").says("no")
    placed.says("ship it to 5 Elm St, Salem OR 97301").hears("Your order #1001, changed", "To: 5 Elm St")


def test_a_newcomer_is_told_of_no_order(bob: Customer) -> None:
    bob.says("ship it to 5 Elm St, Salem OR 97301").hears("I noted the address: 5 Elm St").hears_no("next order")
    bob.says(OTHER).hears("noted", "for your confirmations").hears_no("next order")


def test_of_a_cancelled_order_nothing_is_told(placed: Customer) -> None:
    placed.says("cancel my order").says("yes").hears("is cancelled")
    placed.says(OTHER).hears("for your confirmations").hears_no("stays under")
    placed.says("ship it to 5 Elm St, Salem OR 97301").hears("I noted the address").hears_no("#1001")
