"""What the last answer told of as done is taken back by a no right behind it, and “undo” undoes nothing older."""

import pytest

from tests.conversations.test_proving_stories import proves
from tests.support.stage import Customer, Stage

NOES = [
    "no",
    "nah",
    "hm, rather not",
    "oops, not that",
    "oh no, sorry",
    "on second thoughts no",
    "I don't want that",
    "stop",
    "cancel that",
]
NO_NO = ["ok thanks", "no, that's all", "what do you have?", "nothing else"]
ADDRESS = "7 Fern Road, Boulder CO 80302"


def carded(bob: Customer) -> Customer:
    return bob.knows_contact().says("order 2 glass teapots").hears("$69.00", "[Place order]")


@pytest.mark.parametrize("no", NOES)
def test_marketing_that_was_just_turned_on_is_off_again(bob: Customer, shop: Stage, no: str) -> None:
    proves(bob, shop).says("please put me on the mailing list").hears("ideas go to")
    bob.says(no).hears("no more ideas and reminders", "[Send me ideas]")
    bob.says("what do you know about me?").hears("Ideas by mail\tno")


@pytest.mark.parametrize("no", NOES)
def test_nobody_is_told_of_what_they_refuse_right_away(bob: Customer, no: str) -> None:
    bob.says("let me know once coir doormats are there again").hears("I will tell you")
    bob.says(no).hears("I will not tell you of Coir Doormat")
    bob.says("what do you know about me?").hears_no("To be told")


@pytest.mark.parametrize("said", NO_NO)
def test_what_refuses_nothing_leaves_it(bob: Customer, said: str) -> None:
    bob.says("let me know once coir doormats are there again").says(said)
    bob.says("what do you know about me?").hears("1 × Coir Doormat")


def test_a_no_some_answers_later_takes_nothing_back(bob: Customer) -> None:
    bob.says("let me know once coir doormats are there again").says("thank you").says("no").hears("All right")
    bob.says("what do you know about me?").hears("1 × Coir Doormat")


@pytest.mark.parametrize("no", ["nope", "wait, no", "undo"])
def test_what_was_noted_without_a_cart_is_noted_no_more(bob: Customer, shop: Stage, no: str) -> None:
    shop.promotes()
    bob.says("redeem SPRING10").hears("noted").says(no).hears("I took the last change back", "SPRING10 is taken out")
    bob.says("bob@example.com").hears("noted").says(no).hears("No e-mail address is noted any more")
    bob.says(f"ship to {ADDRESS}").hears("noted").says(no).hears("No shipping address is noted any more")


def test_an_e_mail_that_took_another_ones_place_gives_it_back(bob: Customer) -> None:
    bob.says("bob@example.com").says("bobby@example.net").says("nah").hears("b•••@e•••.com").hears_no("any more")


@pytest.mark.parametrize("no", ["no wait", "actually no", "undo"])
def test_at_a_card_the_last_change_is_taken_back(bob: Customer, shop: Stage, no: str) -> None:
    shop.promotes()
    carded(bob).says(f"please ship to {ADDRESS}").hears("Fern Road").says(no)
    bob.hears("I took the last change back", "To: 12 Main St", "[Place order]")
    bob.says("apply SPRING10").hears("$62.10").says(no).hears("$69.00", "[Place order]").hears_no("SPRING10")
    assert shop.orders() == 0


def test_a_no_to_the_card_tells_how_another_deed_stands(bob: Customer, shop: Stage) -> None:
    carded(bob).says("send me ideas").hears("A mail with a link goes", "Place order")
    bob.says("no").hears("“Stop emails” ends ideas", "[Stop ideas]", "What shall I change?")
    assert shop.orders() == 0


def test_an_order_is_asked_about_and_a_cancelled_one_stays(bob: Customer, shop: Stage) -> None:
    carded(bob).says("yes").presses("No, thanks")
    bob.says("order a linen apron").says("yes").hears("#1002 is placed").says("no").hears("Cancel order #1002?")
    bob.says("yes").hears("is cancelled").says("nah").hears("was cancelled", "[Order again]")
    assert shop.orders() == 1


def test_undo_ends_the_change_of_a_placed_order(bob: Customer, shop: Stage) -> None:
    carded(bob).says("yes").says("note: the bell is broken").hears("[Confirm change]")
    bob.says("undo").hears("#1001 stays as it was").says("undo").hears("taken back already")
    bob.says("make it 3").says("yes").hears("is changed").says("undo").hears("3 × Glass Teapot", "cannot bring back")
    assert shop.orders() == 1


def test_undo_tells_how_that_stands_which_cannot_be_undone(bob: Customer, shop: Stage) -> None:
    carded(bob).says("no more newsletters").hears("no more ideas")
    bob.says("undo").hears("“Send me ideas” turns them on again", "Place order")
    bob.says("call a person").hears("ticket").says("undo").hears("cannot take it back", "Place order")
    bob.says("show my cart").hears("2 × Glass Teapot")


def test_undo_after_leaving_the_checkout_leads_back_to_it(bob: Customer) -> None:
    carded(bob).presses("Cancel").hears("nothing was ordered").says("undo").hears("2 × Glass Teapot", "[Place order]")


def test_there_is_nothing_to_undo_only_where_nothing_was_done(bob: Customer) -> None:
    bob.says("undo").hears("There is nothing to undo")
    bob.says("add a linen apron").says("undo").hears("Undone")
    bob.says("undo").hears("taken back already").hears_no("nothing to undo")


def test_ideas_in_the_chat_end_there_alone(bob: Customer, shop: Stage) -> None:
    proves(bob, shop).says("send me ideas").presses("Here in the chat, too").says("rather not")
    bob.hears("no ideas here in the chat", "Those by mail still come")


UNDOING = ["nope, reverse that", "hm no, roll it back please", "no, I'd rather take it back", "no, I want that undone"]


@pytest.mark.parametrize("no", UNDOING)
def test_a_no_that_says_undo_is_of_the_deed_and_of_no_order(bob: Customer, shop: Stage, no: str) -> None:
    proves(bob, shop).knows_contact().has_ordered("3 red enamel mugs")
    bob.says("send me ideas").says(no).hears("no more ideas and reminders")
    bob.says("let me know once coir doormats are there again").says(no).hears("I will not tell you of Coir Doormat")
    bob.says("thanks").says("no, cancel my order").hears("Cancel order #")


@pytest.mark.parametrize("no", ["no, take them back out", "ah no, please undo it", "no, roll that back"])
def test_what_was_added_first_is_out_again(bob: Customer, no: str) -> None:
    bob.says("add 2 linen aprons").says(no).hears("Undone", "Your cart is empty")


@pytest.mark.parametrize("no", ["no, revoke it", "no, take that back"])
def test_a_new_address_of_the_profile_is_told_and_no_order_is_touched(bob: Customer, shop: Stage, no: str) -> None:
    proves(bob, shop).knows_contact().has_ordered("3 red enamel mugs")
    bob.says(f"from now on I live at {ADDRESS}").says("yes").hears("Done")
    bob.says(no).hears("That is done already", "back to what it was")
    assert shop.orders() == 1


def test_who_does_not_want_it_undone_undoes_nothing(bob: Customer, shop: Stage) -> None:
    proves(bob, shop).says("send me ideas").says("please don't undo that").hears_no("no more ideas")
