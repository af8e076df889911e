"""Who asks for a moment, or lets something be, counts, cancels and erases nothing by it."""

import pytest

from tests.support.stage import Customer, Stage

STALLS = [
    "wait a second",
    "one second",
    "give me a minute",
    "just a moment please",
    "hang on two minutes",
    "one sec, ok?",
]


@pytest.mark.parametrize("said", STALLS)
def test_a_moment_is_no_number_at_the_card(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order 3 red enamel mugs").says(said).hears("Take your time").hears_no("1 ×", "second")
    bob.says("ok")
    assert shop.orders() == 0
    bob.says("show my cart").hears("3 × Red Enamel Mug")
    bob.says("yes, place it").hears("is placed")


@pytest.mark.parametrize("said", ["wait a second", "hold on a sec", "1 minute please"])
def test_nor_of_a_placed_order_or_its_change(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("order 3 red enamel mugs")
    bob.says(said).hears_no("1 ×", "changed", "Cancel order")
    bob.says("change my order").says("make it 5").hears("[Confirm change]")
    bob.says(said).hears("Take your time", "[Confirm change]").hears_no("1 ×")
    bob.says("yes").hears("5 × Red Enamel Mug")


def test_what_follows_a_moment_is_done(bob: Customer) -> None:
    bob.knows_contact().says("order 3 red enamel mugs").says("wait a second, make it 4").hears("4 × Red Enamel Mug")


@pytest.mark.parametrize(
    "said",
    [
        "wait", "hold on", "never mind, thanks", "nevermind", "hang on a minute", "no wait", "my mistake, all good",
        "stop, what was the total?", "I changed my mind, keep it all", "actually I changed my mind, I keep it",
        "let me think", "oh, false alarm, leave it as it is",
    ],
)  # fmt: skip
def test_it_cancels_nothing_that_was_just_placed(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).hears_no("Cancel order #1001?", "do not understand", "did not get that")
    bob.says("ok")
    bob.says("yes")
    assert shop.orders() == 1


def test_never_mind_below_the_order_takes_nothing_back_and_is_no_word_on_ideas(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("never mind").hears("#1001 stays placed").hears_no("no ideas")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", ["I changed my mind", "stop", "oops, wrong colour"])
def test_ok_cancels_only_where_cancelling_was_named(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).hears("Cancel order #1001?").says("ok").hears("clear yes").says("ok")
    assert shop.orders() == 1
    bob.says("yes").hears("is cancelled")


@pytest.mark.parametrize("said", ["wait a second", "hang on", "give me a minute to think"])
def test_a_stall_at_the_question_of_cancelling_cancels_nothing(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("cancel my order").says(said).hears("stays as it is").says("ok")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    "said",
    [
        "forget about me, do you have teapots?",
        "forget me, and do you have the red enamel mug?",
        "forget about me, what's with the order?",
        "delete me from your mind, how much is the linen apron?",
    ],
)
@pytest.mark.parametrize("agreed", ["yes", "yes please"])
def test_a_yes_beside_another_answer_erases_nothing(bob: Customer, said: str, agreed: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).says(agreed).hears_no("receipt")
    bob.says("show my past orders").hears("#1001")


def test_who_names_it_is_forgotten_all_the_same(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("forget about me, do you have teapots?").says("yes, forget me").hears("receipt")


@pytest.mark.parametrize("said", ["did you forget me?", "leave me alone", "have you deleted my data?"])
def test_a_question_about_the_past_and_a_wish_for_quiet_erase_nothing(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).hears_no("Forget you?").says("yes").hears_no("receipt")
