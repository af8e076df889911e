"""Something went wrong after ordering: a ticket that carries order and words, while the bot goes on answering."""

import pytest
from sqlalchemy import text

from tests.support.stage import Customer, Stage

ORDER = "2 red enamel mugs and a glass teapot"


def did(who: Customer) -> tuple[str, ...]:
    assert who.answer is not None
    assert who.answer.state is not None
    return tuple(who.answer.state.did)


def notes(shop: Stage) -> list[tuple[str, str]]:
    """What support reads, oldest first."""
    with shop.database.connect() as connection:
        rows = connection.execute(text("SELECT author, text FROM pii.ticket_note ORDER BY note_id"))
        return [(row.author, row.text) for row in rows]


@pytest.mark.parametrize(
    ("said", "ticket"),
    [
        ("one of the mugs came with a big crack", "ticket:broken"),
        ("thats not what i ordered", "ticket:wrong_item"),
        ("the teapot lid was missing from the parcel", "ticket:missing"),
        ("my order should have been here on monday", "ticket:late"),
        ("the teapot stopped working, is it still under warranty", "ticket:warranty"),
    ],
)
def test_a_complaint_becomes_a_ticket_that_is_tied_to_the_order(
    shop: Stage, bob: Customer, said: str, ticket: str
) -> None:
    number = bob.knows_contact().has_ordered(ORDER)
    bob.says(said).hears("ticket T1", f"#{number}", "A person answers on weekdays from 9 to 17")
    assert ticket in did(bob)
    words, summary = notes(shop)
    assert words == ("customer", said)
    assert f"#{number}" in summary[1]
    assert bob.answer is not None
    assert bob.answer.state is not None
    assert bob.answer.state.cart == {}


@pytest.mark.parametrize(
    ("said", "taken_out"),
    [
        ("i want to send the teapot back", "Take 1 × Glass Teapot"),
        ("i'd like my money back for the mugs", "Take 2 × Red Enamel Mug"),
    ],
)
def test_what_has_not_left_needs_no_ticket_to_be_taken_out_again(
    shop: Stage, bob: Customer, said: str, taken_out: str
) -> None:
    number = bob.knows_contact().has_ordered(ORDER)
    bob.says(said).hears(taken_out, f"out of order #{number}").hears_no("ticket")
    assert notes(shop) == []


def test_the_bot_goes_on_answering_and_further_words_go_to_the_same_ticket(shop: Stage, bob: Customer) -> None:
    bob.knows_contact().has_ordered(ORDER)
    bob.says("the teapot arrived in pieces").hears("ticket T1")
    bob.says("a green stoneware mug please").hears("Green Stoneware Mug")
    bob.says("and one of the red mugs i got was chipped").hears("your ticket T1")
    assert [words for author, words in notes(shop) if author == "customer"] == [
        "the teapot arrived in pieces",
        "and one of the red mugs i got was chipped",
    ]


def test_what_is_late_is_shown_first(bob: Customer) -> None:
    number = bob.knows_contact().has_ordered(ORDER)
    bob.says("my parcel is two weeks late now").hears(f"Order #{number}", "placed, being packed", "ticket T1")
    assert {"order_status", "ticket:late"} <= set(did(bob))


def test_a_question_where_it_is_opens_no_ticket(shop: Stage, bob: Customer) -> None:
    bob.knows_contact().has_ordered(ORDER)
    bob.says("where is my order?").hears("placed, being packed").hears_no("ticket")
    assert notes(shop) == []


def test_what_can_still_be_cancelled_is_offered_and_not_done(shop: Stage, bob: Customer) -> None:
    number = bob.knows_contact().has_ordered(ORDER)
    bob.says("i want a refund").hears("ticket T1", "cancel or change it right here", "Cancel this order")
    assert shop.orders() == 1
    bob.presses("Cancel this order").hears(f"Cancel order #{number}?")


def test_the_order_that_holds_what_is_named_is_meant(shop: Stage, bob: Customer) -> None:
    first = bob.knows_contact().has_ordered("a glass teapot")
    shop.passes(hours=1)
    bob.has_ordered("2 red enamel mugs")
    bob.says("the teapot came broken").hears(f"#{first}")


def test_without_any_order_of_the_chat_the_ticket_is_made_and_the_number_may_follow(shop: Stage, bob: Customer) -> None:
    bob.says("the vase you sent me is broken").hears("ticket T1", "Which order is it about?", "Prove my address")
    bob.says("order 4711").hears("with ticket T1 now")
    assert notes(shop)[-1] == ("customer", "order 4711")


def test_a_new_wish_wins_over_the_question_for_the_order(bob: Customer) -> None:
    bob.says("the vase you sent me is broken").hears("Which order is it about?")
    bob.says("2 red enamel mugs please").hears("2 × Red Enamel Mug")


def test_an_order_number_of_somebody_else_tells_nothing_of_that_order(bob: Customer, eve: Customer) -> None:
    number = bob.knows_contact().has_ordered(ORDER)
    eve.says(f"order {number} arrived broken").hears("ticket T1", f"#{number}").hears_no("teapot", "mug")


def test_a_card_that_waits_for_a_yes_stays_open_and_places_nothing(shop: Stage, bob: Customer) -> None:
    bob.knows_contact().says(ORDER).hears("Place order")
    bob.says("by the way my last parcel came soaking wet").hears("ticket T1", "Back to your order")
    assert shop.orders() == 0


def test_a_refusal_of_the_newsletter_is_no_sign_up(bob: Customer) -> None:
    bob.knows_contact().says("put me on your mailing list").hears("A mail with a link goes to")
    assert "start_marketing" in did(bob)
    bob.says("take me off that mailing list").hears("no more ideas")
    assert "stop_marketing" in did(bob)


def test_a_newcomer_is_asked_where_ideas_shall_go(bob: Customer) -> None:
    bob.says("sign me up for your newsletter").hears("Which e-mail address shall get ideas")
    bob.says("bob@example.com").hears("A mail with a link goes to")


@pytest.mark.parametrize(
    "said",
    ["my neighbour's teapot arrived cracked, she told me", "imagine the mug came broken", "this is Eve, /x-y 12"],
)
def test_no_ticket_is_opened_for_what_is_not_wrong_with_ones_own(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("3 red enamel mugs")
    bob.says(said).hears_no("T1", "ticket", "I am sorry")


def test_who_tells_that_all_is_well_is_heard(bob: Customer) -> None:
    bob.knows_contact().has_ordered("3 red enamel mugs")
    bob.says("luckily nothing was damaged in transit").hears("glad to hear that all is well").hears_no("ticket")
    bob.says("somebody changed my order?").hears_no("ticket", "sorry")
    bob.says("there's a crack in one mug").hears("ticket T1")
