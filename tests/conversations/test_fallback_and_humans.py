"""Misunderstandings lead down a ladder to a person; nothing is changed on the way."""

import pytest

from tests.support.stage import Customer, Stage


def test_the_ladder_offers_meanings_then_a_person_and_never_repeats_itself(bob: Customer) -> None:
    texts = []
    for said in ["blorp fnord", "wibble flarp", "asdf qwer zxcv", "hjkl hjkl; hjkl?"]:
        bob.says(said)
        texts.append(bob.replies[0].text)
        if len(texts) > 1:
            bob.hears("[Talk to a person]")
    assert len(set(texts)) == len(texts)


def test_a_success_starts_the_ladder_anew(bob: Customer) -> None:
    first = bob.says("blorp fnord").heard
    bob.says("add a glass teapot").hears("$34.50")
    assert bob.says("blorp fnord").heard == first


def test_what_the_shop_cannot_do_is_said_plainly(bob: Customer) -> None:
    bob.says("what's the weather in paris tomorrow?").hears("cannot help with that", "take orders")


def test_a_doubtful_message_never_changes_the_cart(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("blorp fnord").hears_no("is placed")
    bob.says("show my cart").hears("1 × Glass Teapot", "$34.50")
    assert shop.orders() == 0


def test_a_person_is_called_at_once_and_everywhere(bob: Customer) -> None:
    bob.says("order 2 mugs").says("I want to talk to a human").hears("ticket T1", "9 to 17")
    bob.says("the green one").hears("2 × Green")


def test_asking_twice_for_a_person_is_one_ticket(bob: Customer) -> None:
    bob.says("human").hears("T1").says("human please").hears("T1")


@pytest.mark.parametrize("said", ["", "   ", "😀"])
def test_messages_without_words_are_answered(bob: Customer, shop: Stage, said: str) -> None:
    bob.says(said)
    assert bob.replies
    assert shop.orders() == 0


def test_a_thumb_up_is_a_yes(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").says("👍").hears("is placed")


def test_a_wall_of_text_is_answered(bob: Customer) -> None:
    bob.says("I would like to tell you a story. " * 100).hears("long message")


def test_help_lists_what_can_be_done(bob: Customer) -> None:
    bob.says("help").hears("I am a bot", "cancel my order", "[Talk to a person]")
    bob.presses("What is popular?").hears_no("[Add")


@pytest.mark.parametrize(
    "said", ["no human please", "I'd rather not talk to someone", "stop, don't call anyone", "no agent thanks"]
)
def test_who_wants_nobody_gets_nobody(bob: Customer, said: str) -> None:
    bob.knows_contact().says("2 glass teapots").says(said).hears("I call nobody", "[Place order]").hears_no("ticket")
    bob.says("make it 3").hears("3 × Glass Teapot")


@pytest.mark.parametrize("said", ["no bot, human please", "I don't want a bot, I want a human"])
def test_who_wants_no_bot_gets_a_person(bob: Customer, said: str) -> None:
    bob.says(said).hears("ticket")
