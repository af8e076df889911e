"""An order came and the shop asks how it was: a number is kept, what was wrong goes to a person, no wish is lost."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.support.stage import Customer, Stage

MUGS = "2 red enamel mugs"


def score(shop: Stage, number: str) -> int | None:
    """What an order was given."""
    query = text("SELECT score FROM shop.rating WHERE order_id = :it")
    with shop.database.connect() as connection:
        return connection.execute(query, {"it": int(number)}).scalar()


def notes(shop: Stage) -> list[tuple[str, str]]:
    """What support reads, oldest first."""
    with shop.database.connect() as connection:
        rows = connection.execute(text("SELECT author, text FROM pii.ticket_note ORDER BY note_id"))
        return [(row.author, row.text) for row in rows]


@pytest.fixture
def asked(shop: Stage, bob: Customer) -> str:
    """Bob is asked how his two mugs were."""
    number = bob.knows_contact().has_ordered(MUGS)
    shop.delivers(number)
    shop.passes(days=3)
    shop.asks_how_it_was(bob, number)
    bob.hears(f"How was your order #{number}?", "2 × Red Enamel Mug", "5 · great", "No more ideas")
    return number


def test_a_good_number_is_kept_and_thanked_for(shop: Stage, bob: Customer, asked: str) -> None:
    bob.presses("5 · great").hears("Thank you").hears_no("wrong")
    assert score(shop, asked) == 5
    assert notes(shop) == []


def test_the_last_number_counts(shop: Stage, bob: Customer, asked: str) -> None:
    bob.presses("2 · poor").hears("2 of 5", "What was wrong?")
    bob.presses_old("4 · good", 1).hears("Thank you").hears_no("wrong")
    assert score(shop, asked) == 4
    bob.says("2 glass teapots").hears("2 × Glass Teapot")  # nothing is asked any more
    assert notes(shop) == []


@pytest.mark.parametrize("label", ["1 · bad", "3 · so-so"])
def test_what_was_wrong_becomes_a_ticket_with_number_order_and_products(
    shop: Stage, bob: Customer, asked: str, label: str
) -> None:
    bob.presses(label).hears("What was wrong?", "Nothing", "Talk to a person")
    bob.says("too small for my taste, I expected bigger mugs").hears("ticket T1", f"#{asked}", "A person answers")
    words, summary = notes(shop)
    assert words == ("customer", "too small for my taste, I expected bigger mugs")
    assert summary[0] == "bot"
    assert f"#{asked}: 2 × Red Enamel Mug" in summary[1]
    assert f"Rated {label[0]} of 5." in summary[1]
    with shop.database.connect() as connection:
        about = connection.execute(text("SELECT about FROM chat.ticket")).scalar_one()
    assert f"order {asked}" in about
    bob.says("2 glass teapots").hears("2 × Glass Teapot")  # the bot goes on


@pytest.mark.parametrize(
    "said",
    [
        "the handle was cracked and the colour is nothing like the picture",
        "cheap quality",
        "the packaging",
        "too expensive for what it is",
        "wrong colour",
        "when it came the box was wet",
        "what a mess",
        "did not like it",
    ],
)
def test_words_that_only_look_like_a_wish_are_an_answer(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.presses("1 · bad").says(said).hears("ticket T1")
    assert notes(shop)[0] == ("customer", said)


@pytest.mark.parametrize(
    "said", ["nothing", "never mind", "no", "nah it's fine", "nothing really, thanks", "I'd rather not say", "ok"]
)
def test_nothing_is_no_complaint(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.presses("2 · poor").says(said).hears("All right")
    assert notes(shop) == []
    assert score(shop, asked) == 2
    bob.says("the blue one").hears_no("ticket")


def test_the_button_says_nothing_too(shop: Stage, bob: Customer, asked: str) -> None:
    bob.presses("2 · poor").presses("Nothing").hears("All right")
    assert notes(shop) == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("2 fox lunch bags please", "2 × Fox Lunch Bag"),
        ("where is my order?", "delivered"),
        ("do you have teapots?", "Glass Teapot"),
        ("talk to a person", "Your request is ticket T1"),
        ("show me my cart", "empty"),
        ("stop the mails", "no more ideas"),
        ("what do you know about me", "What I keep"),
    ],
)
def test_another_wish_is_answered_and_no_complaint(
    shop: Stage, bob: Customer, asked: str, said: str, heard: str
) -> None:
    bob.presses("1 · bad").says(said).hears(heard)
    assert notes(shop) == [] or said == "talk to a person"
    bob.says("hello").hears_no("What was wrong")


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("5", 5),
        ("4 stars", 4),
        ("five", 5),
        ("i'd say a 4", 4),
        ("5/5, thanks!", 5),
        ("4 out of 5", 4),
        ("⭐⭐⭐⭐", 4),
        ("5 stars, we love them", 5),
        ("all good, 5 from me", 5),
    ],
)
def test_a_number_can_be_written(shop: Stage, bob: Customer, asked: str, said: str, given: int) -> None:
    bob.says(said).hears("Thank you")
    assert score(shop, asked) == given
    assert notes(shop) == []


def test_a_low_number_with_its_reason_is_a_ticket_at_once(shop: Stage, bob: Customer, asked: str) -> None:
    bob.says("1 star. it arrived two weeks late").hears("ticket T1")
    assert score(shop, asked) == 1
    words, summary = notes(shop)
    assert words == ("customer", "1 star. it arrived two weeks late")
    assert "Rated 1 of 5." in summary[1]


@pytest.mark.parametrize("said", ["6", "0", "10/10", "4.5", "5 stars for the mug, 1 star for the box"])
def test_what_is_no_one_number_is_asked_for_again(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("One number from 1 (bad) to 5 (great)")
    assert score(shop, asked) is None
    bob.says("4").hears("Thank you")
    assert score(shop, asked) == 4


@pytest.mark.parametrize("said", ["it was great", "love it!!", "perfect, thank you", "all good"])
def test_praise_without_a_number_is_thanked_for_and_not_scored(
    shop: Stage, bob: Customer, asked: str, said: str
) -> None:
    bob.says(said).hears("glad", "5 · great")
    assert score(shop, asked) is None


@pytest.mark.parametrize("said", ["not great tbh", "meh", "pretty disappointed"])
def test_blame_without_a_reason_is_asked_about(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("sorry", "What was wrong?")
    assert notes(shop) == []
    bob.says("one had a scratch").hears("ticket T1")
    assert score(shop, asked) is None


def test_a_complaint_is_a_ticket_of_the_order_that_was_asked_about(shop: Stage, bob: Customer) -> None:
    first = bob.knows_contact().has_ordered(MUGS)
    second = bob.has_ordered("a glass teapot")
    for number in (first, second):
        shop.delivers(number)
    shop.passes(days=3)
    shop.asks_how_it_was(bob, first)
    bob.says("terrible, it broke").hears("ticket T1", f"#{first}")
    shop.asks_how_it_was(bob, first)
    bob.says("the teapot came in pieces").hears("ticket T1", f"#{second}")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("2 red enamel mugs please", "2 × Red Enamel Mug"),
        ("add 3 fox lunch bags", "3 × Fox Lunch Bag"),
        ("where is my order", "delivered"),
        ("i want 4 more of the red enamel mug", "4 × Red Enamel Mug"),
        ("stop sending me these", "ideas"),
        ("2, red enamel mugs please", "2 × Red Enamel Mug"),
        ("red enamel mugs, 2 please", "2 × Red Enamel Mug"),
        ("what mugs do you have", "Green Stoneware Mug"),
    ],
)
def test_an_order_or_a_question_is_no_rating(shop: Stage, bob: Customer, asked: str, said: str, heard: str) -> None:
    bob.says(said).hears(heard)
    assert score(shop, asked) is None
    assert notes(shop) == []


def test_an_order_behind_a_number_is_taken_too(shop: Stage, bob: Customer, asked: str) -> None:
    bob.says("5 stars! can I get 2 glass teapots?").hears("5 of 5", "2 × Glass Teapot")
    assert score(shop, asked) == 5


def test_a_number_is_one_only_right_after_the_question(shop: Stage, bob: Customer, asked: str) -> None:
    bob.says("do you have teapots?").says("show my cart").says("5")
    assert score(shop, asked) is None
    bob.presses_old("3 · so-so", 3).hears("3 of 5")  # the buttons stay
    assert score(shop, asked) == 3


def test_an_open_question_stays_and_a_button_rates_all_the_same(shop: Stage, bob: Customer) -> None:
    number = bob.knows_contact().has_ordered(MUGS)
    shop.delivers(number)
    shop.passes(days=3)
    bob.says("a glass teapot").hears("Place order")
    shop.asks_how_it_was(bob, number)
    bob.presses("2 · poor").hears("2 of 5", "tell me what", "Back to your order")
    bob.says("yes, place the order").hears("is placed")
    assert score(shop, number) == 2
    assert notes(shop) == []


def test_of_two_questions_the_label_means_the_newest(shop: Stage, bob: Customer) -> None:
    first = bob.knows_contact().has_ordered(MUGS)
    second = bob.has_ordered("a glass teapot")
    shop.delivers(first)
    shop.delivers(second)
    shop.asks_how_it_was(bob, first)
    shop.asks_how_it_was(bob, second)
    bob.says("4 · good").hears("Thank you")
    assert (score(shop, first), score(shop, second)) == (None, 4)


def test_a_strangers_order_is_none(shop: Stage, bob: Customer, eve: Customer, asked: str) -> None:
    eve.pages.append(bob.replies)
    eve.presses("1 · bad").hears(f"I see no order #{asked}").hears_no("mug", "wrong?")
    assert score(shop, asked) is None


def test_before_it_came_and_long_after_it_is_too_early_and_too_late(shop: Stage, bob: Customer) -> None:
    number = bob.knows_contact().has_ordered(MUGS)
    shop.asks_how_it_was(bob, number)
    bob.presses("5 · great").hears("cannot be rated now")
    shop.delivers(number)
    shop.passes(days=59, hours=23)
    bob.presses_old("5 · great", 1).hears("Thank you")
    shop.passes(hours=1)
    bob.presses_old("1 · bad", 2).hears("cannot be rated now")
    assert score(shop, number) == 5


def test_while_a_person_has_the_chat_words_go_to_them(shop: Stage, bob: Customer, asked: str) -> None:
    shop.engine._shop = replace(shop.engine._shop, support=True)
    bob.says("human").hears("a person will take over")
    bob.presses_old("1 · bad", 1).hears("1 of 5")
    assert score(shop, asked) == 1
    bob.says("the handle broke")
    assert notes(shop)[-1] == ("customer", "the handle broke")


def test_it_is_told_and_stays_without_a_name(shop: Stage, bob: Customer, asked: str) -> None:
    bob.presses("4 · good")
    bob.says("what do you know about me")
    attached = next(reply.attachment for reply in bob.replies if reply.attachment)
    assert '"rating": 4' in attached.content
    bob.says("forget me").says("yes, forget me")
    assert score(shop, asked) == 4


def test_in_reduced_mode_numbers_and_words_are_taken(shop: Stage, bob: Customer, asked: str) -> None:
    shop.interpreter.down = True
    bob.says("2").hears("2 of 5", "What was wrong?")
    bob.says("the handle broke off").hears("ticket T1")
    assert score(shop, asked) == 2
