"""Every clause of a message is done, or said not to be; there is one cart and one question at the end."""

import pytest

from tests.support.stage import Customer, Stage


def test_one_line_is_changed_and_another_removed(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs and a glass teapot")
    bob.says("make the mugs 4 and drop the teapot").hears("4 × Red Enamel Mug", "$48.00").hears_no("Teapot")
    bob.says("undo").hears("2 × Red Enamel Mug", "1 × Glass Teapot")


def test_a_line_is_added_and_a_question_about_an_order_answered(bob: Customer) -> None:
    order = bob.knows_contact().has_ordered("order a linen apron")
    bob.says("add a glass teapot and tell me where my last order is").hears(f"#{order}", "1 × Glass Teapot", "$34.50")


def test_three_acts_in_one_message(bob: Customer, shop: Stage) -> None:
    shop.sells("BOWL-1", "8.00", 20, "Oak Bowl", "kitchen")
    shop.sells("BOWL-2", "5.00", 20, "Pine Bowl", "kitchen")
    bob.says("add a glass teapot and 2 linen aprons")
    bob.says("remove the teapot, 3 red enamel mugs instead, and what's your cheapest bowl?")
    bob.hears("Pine Bowl", "$5.00", "2 × Linen Apron", "3 × Red Enamel Mug", "$92.00").hears_no("× Glass Teapot")


@pytest.mark.parametrize(
    "first", ["add a linen apron", "a linen apron please", "I'd like 1 linen apron", "order a linen apron"]
)
@pytest.mark.parametrize("joint", [" and ", ", then ", ". ", "; ", ", and please "])
def test_joints_of_all_kinds(bob: Customer, first: str, joint: str) -> None:
    bob.says("add 2 red enamel mugs and a glass teapot")
    bob.says(f"{first}{joint}drop the teapot").hears("2 × Red Enamel Mug", "1 × Linen Apron").hears_no("× Glass Teapot")
    bob.says(f"remove the apron{joint}make the mugs 5").hears("5 × Red Enamel Mug", "$60.00").hears_no("× Linen")


def test_what_cannot_be_done_is_quoted(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs")
    bob.says("make the mugs 4 and drop the zeppelin").hears("4 × Red Enamel Mug", "zeppelin")
    bob.says("fold the napkins, make the mugs 5 and show me my orders").hears("5 × Red", "napkins")


def test_a_destructive_act_waits_for_its_own_yes(bob: Customer, shop: Stage) -> None:
    order = bob.knows_contact().has_ordered("order a linen apron")
    bob.says("cancel my last order and add 2 red enamel mugs").hears(f"Cancel order #{order}?", "2 × Red Enamel Mug")
    assert shop.orders() == 1
    bob.says("yes").hears("is cancelled")


def test_an_unclear_act_is_asked_and_what_follows_it_said(bob: Customer) -> None:
    bob.says("add a fox lunch bag and a dotty lunch bag")
    bob.says("make the lunch bags 4 and drop the fox lunch bag").hears(
        "which one do you mean", "did not do: “drop the fox"
    )


@pytest.mark.parametrize(
    "said",
    [
        "2 red enamel mugs and a glass teapot",
        "add 2 red enamel mugs, a glass teapot",
        "it's my son's birthday and I need 2 red enamel mugs and a glass teapot",
        "hi, can I get 2 red enamel mugs and I need a glass teapot too",
    ],
)
def test_one_act_stays_one(bob: Customer, said: str) -> None:
    bob.says(said).hears("2 × Red Enamel Mug", "1 × Glass Teapot").hears_no("did not do")


@pytest.mark.parametrize("said", ["I never said remove the teapot", "don't remove the teapot", "leave the teapot in"])
def test_what_is_not_to_go_stays(bob: Customer, said: str) -> None:
    bob.says("add a glass teapot").says(said).hears("cart stays", "Glass Teapot")


def test_what_was_taken_out_wrongly_comes_back(bob: Customer) -> None:
    bob.says("add a glass teapot and 2 red enamel mugs").says("remove the teapot").hears_no("Glass Teapot ×")
    bob.says("I never said remove the teapot").hears("put it back", "Glass Teapot", "Red Enamel Mug")


def test_what_is_kept_among_acts_stays(bob: Customer) -> None:
    bob.says("add a glass teapot and 2 red enamel mugs")
    bob.says("drop the teapot, keep the mugs, add a whisk").hears("Red Enamel Mug", "Whisk").hears_no("Glass Teapot")


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what does delivery cost?", "what shipping costs"),
        ("do you gift wrap", "gift wrapping and notes"),
        ("what time do you close on Saturdays", "our opening hours"),
    ],
)
@pytest.mark.parametrize("first", ["make the mugs 4", "add a linen apron", "remove the teapot"])
def test_a_question_that_only_a_person_answers_is_quoted(bob: Customer, first: str, question: str, topic: str) -> None:
    bob.says("add 2 red enamel mugs and a glass teapot")
    bob.says(f"{first}, and {question}").hears(f"do not know about {topic}", "a person can tell you now")
    assert bob.answer is not None
    assert bob.answer.state.cart != {"MUG-RED": 2, "TEAPOT": 1}


def test_two_questions_of_a_kind_are_both_answered(bob: Customer) -> None:
    bob.says("how expensive is the glass teapot? and have you any zeppelins").hears("$34.50", "zeppelins")


def test_what_hangs_on_a_condition_is_not_done_but_said(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs and a glass teapot")
    bob.says("is the linen apron in stock? if so add one, and drop the teapot").hears(
        "12 in stock", "did not do: “if so"
    )
    bob.says("show my cart").hears("2 × Red Enamel Mug").hears_no("Apron", "× Glass Teapot")


def test_the_rest_is_what_the_message_does_not_name(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs, a glass teapot and a linen apron")
    bob.says("double the mugs and get rid of everything else").hears("4 × Red Enamel Mug", "$48.00").hears_no("Teapot")


def test_a_question_is_answered_beside_one_that_is_asked(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs")
    bob.says("empty my cart and show me things under $5").hears("everything out of your cart?", "Fern Greeting Card")


def test_one_more_is_one_more_of_what_is_in_the_cart(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("one more mug please").hears("3 × Red Enamel Mug")


@pytest.mark.parametrize("joint", [" then ", ", then ", " and "])
def test_a_change_and_then_the_checkout(bob: Customer, shop: Stage, joint: str) -> None:
    bob.knows_contact().says("add 2 red enamel mugs and a glass teapot")
    bob.says(f"drop the teapot{joint}check out").hears("2 × Red Enamel Mug", "Shall I place this order?")
    assert shop.orders() == 0


def test_a_greeting_swallows_nothing(bob: Customer) -> None:
    bob.says("hi there, 3 red enamel mugs please. do they break easily?").hears(
        "3 × Red Enamel Mug", "I do not know that of the Red Enamel Mug"
    )


def test_a_question_that_is_repeated_is_answered_once_and_too_much_at_once_is_said(bob: Customer) -> None:
    bob.says("under $90, " * 150 + "and show my cart")
    assert len(bob.replies) <= 3
    colours = "red blue green pink white black navy sage cream mint rust".split()
    bob.says(" ".join(f"do you have {colour} mugs?" for colour in colours))
    bob.hears("more than I can do at once", "do you have cream mugs?")


def test_what_is_wished_for_twice_is_answered_once(bob: Customer) -> None:
    bob.knows_contact().says("no more marketing, please stop the ads, and unsubscribe me")
    assert bob.heard.count("no more ideas and reminders") == 1
