"""Consent to marketing comes from a plain wish of one's own; who only asks hears how it stands, and a stop stops."""

import pytest

from tests.conversations.test_proving_stories import proves
from tests.support.stage import Customer, Stage

NO_WISH = [
    "did I subscribe to your newsletter?",
    "am I on your mailing list?",
    "how do I subscribe to the newsletter?",
    "do i get your newsletter",
    "my friend got your newsletter",
    "I already get your newsletter",
    "can I get offers by mail without an account?",
    "I'd subscribe if it were weekly",
    "maybe I'll subscribe to the newsletter",
    "mail me your offers once",
    "someone subscribed me to your newsletter",
    "sign my friend up for your newsletter",
]
WISHES = [
    "sign me up for the newsletter",
    "I'd like to get your newsletter",
    "could you put me on the mailing list please?",
    "yes, send me ideas",
    "keep me posted about offers by email",
    "my friend told me about it: subscribe me to your newsletter",
]
QUESTIONS = [
    "who can stop the newsletter?",
    "did you unsubscribe me?",
    "am i unsubscribed?",
    "will you stop sending me ideas one day?",
    "how can I stop the newsletter?",
]
STOPS = ["unsubscribe", "can you stop the newsletter?", "no more mails please", "stop emails", "take me off your list"]


@pytest.mark.parametrize("said", NO_WISH)
def test_what_is_no_plain_wish_gives_no_consent(bob: Customer, shop: Stage, said: str) -> None:
    proves(bob, shop).says("stop emails").hears("no more ideas")
    bob.says(said).hears_no("Thank you", "ideas go to b")
    bob.says("what do you know about me?").hears("Ideas by mail\tno")


@pytest.mark.parametrize("said", NO_WISH)
def test_of_an_address_that_is_not_proven_no_mail_is_sent(bob: Customer, said: str) -> None:
    bob.knows_contact().says(said).hears_no("a mail with a link", "Thank you")


@pytest.mark.parametrize("said", WISHES)
def test_a_plain_wish_does(bob: Customer, shop: Stage, said: str) -> None:
    proves(bob, shop).says(said).hears("Thank you, ideas go to b•••@e•••.com")


def test_who_asks_hears_how_it_stands_and_is_a_tap_from_it(bob: Customer, shop: Stage) -> None:
    proves(bob, shop).says("am I subscribed to your newsletter?").hears("No ideas by mail go to b•••@e•••.com")
    bob.presses("Send me ideas").hears("Thank you, ideas go to")
    bob.says("am I subscribed to your newsletter?").hears("Ideas by mail go to b•••@e•••.com", "I changed nothing")
    bob.presses("Stop ideas").hears("no more ideas")


def test_how_it_stands_is_told_to_the_owner_alone(bob: Customer, eve: Customer, shop: Stage) -> None:
    proves(bob, shop).says("send me ideas").hears("ideas go to")
    unknown = shop.customer("mallory").says("nobody@example.com").says("am I on your mailing list?").heard
    assert eve.says("bob@example.com").says("am I on your mailing list?").heard == unknown


@pytest.mark.parametrize("said", QUESTIONS)
def test_a_question_stops_nothing(bob: Customer, shop: Stage, said: str) -> None:
    proves(bob, shop).says("send me ideas").says(said).hears("I changed nothing", "[Stop ideas]")
    bob.says("what do you know about me?").hears("Ideas by mail\tyes")


@pytest.mark.parametrize(
    "said",
    [
        "stop every email",
        "end all those mails",
        "cancel the newsletter, leave the order alone",
        "unsubscribe (keep my order)",
    ],
)
def test_a_stop_right_after_an_order_is_about_no_order(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).hears("no more ideas and reminders").hears_no("cancel")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", STOPS)
def test_a_stop_stops(bob: Customer, shop: Stage, said: str) -> None:
    proves(bob, shop).says("send me ideas").says(said).hears("no more ideas")


def test_a_question_amid_an_order_leaves_its_card(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").says("am I on your mailing list?")
    bob.hears("I changed nothing", "shall I place it?")
