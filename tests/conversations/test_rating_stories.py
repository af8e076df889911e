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


@pytest.mark.parametrize(
    "said",
    [
        "sorry that I am late with this, 4",
        "very nice colours; well packed, 4",
        "not 3, a 4 for the set",
        "4⭐ for these",
    ],
)
def test_a_number_behind_other_words_is_kept(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("Thank you")
    assert score(shop, asked) == 4


@pytest.mark.parametrize(
    "said",
    [
        "2-3",
        "somewhere between 2 and 3",
        "fine I suppose, 3 or 4",
        "the courier gets a 1",
        "1 star for the packaging",
        "I give the driver 2, rest is lovely",
        "let's say sevn",
        "not a 4 and not a 2",
        "hm, I'd go with foor",
        "yes",
    ],
)
def test_no_one_number_of_the_order_is_asked_for(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("One number from 1 (bad) to 5 (great)", "[5 · great]")
    assert score(shop, asked) is None
    bob.says("show my cart").hears("empty")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("9/10, send me 3 fox lunch bags too", ("One number", "3 × Fox Lunch Bag")),
        ("a 4 for the pair, and the same again", ("4 of 5", "2 × Red Enamel Mug")),
    ],
)
def test_a_wish_beside_a_number_is_done_as_well(
    shop: Stage, bob: Customer, asked: str, said: str, heard: tuple[str, ...]
) -> None:
    bob.says(said).hears(*heard)
    assert score(shop, asked) == (4 if "4" in said else None)


@pytest.mark.parametrize(
    "said",
    [
        "👍",
        "❤️❤️",
        "couldn't be happier",
        "Not bad at all!",
        "Wonderful quality, my sister wants one as well",
        "both cups are gorgeous",
        "wonderfull",
        "we adore our 2 mugs, thanks!",
    ],
)
def test_praise_of_any_kind_is_thanked_for(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("glad", "[5 · great]")
    assert (score(shop, asked), notes(shop)) == (None, [])


def test_a_thumb_down_is_asked_about(shop: Stage, bob: Customer, asked: str) -> None:
    bob.says("👎").hears("sorry", "What was wrong?")


@pytest.mark.parametrize("said", ["5 if you swap the chipped one", "I'd give 5 stars as long as you send the lid"])
def test_a_number_on_a_condition_is_none_and_a_person_hears(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("ticket T1", "One number from 1 (bad) to 5 (great)")
    assert score(shop, asked) is None
    assert notes(shop)[0] == ("customer", said)


def test_a_mere_turn_of_phrase_is_no_condition(shop: Stage, bob: Customer, asked: str) -> None:
    bob.says("4 stars if you ask me").hears("Thank you")
    assert score(shop, asked) == 4


@pytest.mark.parametrize("said", ["never got here", "we have not received it", "nothing came so far?"])
def test_what_did_not_come_goes_to_a_person(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("ticket T1", f"#{asked}")
    assert score(shop, asked) is None


@pytest.mark.parametrize(
    "said", ["which order?", "what did you want to know again?", "sorry, what did I buy", "rate what?"]
)
def test_what_is_asked_about_is_told(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears(f"#{asked}", "2 × Red Enamel Mug", "[5 · great]")
    bob.says("4").hears("Thank you")
    assert score(shop, asked) == 4


@pytest.mark.parametrize("said", ["don't ask me again", "please no more surveys", "quit asking about my orders"])
def test_who_wants_no_more_questions_gets_none(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("no more ideas")
    assert score(shop, asked) is None


@pytest.mark.parametrize(
    "said", ["wait no, 4", "wait, should be 4", "sorry, misclicked, I wanted to press 4", "change it to 4 please"]
)
@pytest.mark.parametrize("first", ["5 · great", "2 · poor"])
def test_another_number_takes_the_place_of_the_first(
    shop: Stage, bob: Customer, asked: str, first: str, said: str
) -> None:
    bob.presses(first).says(said).hears("Thank you")
    assert (score(shop, asked), notes(shop)) == (4, [])


def test_a_lower_number_with_its_reason_is_a_ticket(shop: Stage, bob: Customer, asked: str) -> None:
    bob.presses("5 · great").says("actually 2, it leaks").hears("ticket T1")
    assert score(shop, asked) == 2


def test_an_amount_of_the_cart_is_no_number_of_before(shop: Stage, bob: Customer, asked: str) -> None:
    bob.presses("5 · great").says("2 glass teapots").says("make it 3").hears("3 × Glass Teapot")
    assert score(shop, asked) == 5


def test_long_after_it_was_given_a_number_alone_changes_nothing(shop: Stage, bob: Customer, asked: str) -> None:
    bob.presses("5 · great")
    shop.passes(hours=2)
    bob.says("make it 3")
    assert score(shop, asked) == 5


@pytest.mark.parametrize("said", ["please remove my review", "I want to change my rating"])
def test_a_rating_is_changed_and_not_erased(shop: Stage, bob: Customer, asked: str, said: str) -> None:
    bob.says(said).hears("rated no order")
    bob.presses_old("5 · great", 1).says(said).hears(f"#{asked} 5 of 5", "Another number", "[Talk to a person]")
    bob.presses("3 · so-so")
    assert score(shop, asked) == 3


@pytest.mark.parametrize(
    "said", ["4 stars for my last order by the way", "⭐⭐⭐⭐ thank you", "my verdict on the mugs: 4 out of 5"]
)
def test_stars_that_nobody_asked_for_are_kept_too(shop: Stage, bob: Customer, said: str) -> None:
    number = bob.knows_contact().has_ordered(MUGS)
    shop.delivers(number)
    bob.says("hello").says(said).hears(f"order #{number}", "Thank you")
    assert score(shop, number) == 4


def test_stars_of_several_orders_are_asked_about(shop: Stage, bob: Customer) -> None:
    first = bob.knows_contact().has_ordered(MUGS)
    second = bob.has_ordered("a glass teapot")
    for number in (first, second):
        shop.delivers(number)
    bob.says("5 stars for everything").hears(f"#{second}", "[5 · great]")
    assert (score(shop, first), score(shop, second)) == (None, None)
    bob.says("hi").says("5 stars for the teapot").hears(f"#{second}", "Thank you")
    assert (score(shop, first), score(shop, second)) == (None, 5)


@pytest.mark.parametrize("said", ["where can I rate my order?", "I'd like to write a review"])
def test_who_wants_to_rate_is_asked(shop: Stage, bob: Customer, said: str) -> None:
    number = bob.knows_contact().has_ordered(MUGS)
    bob.says(said).hears("once it has come")
    shop.delivers(number)
    bob.says(said).hears(f"#{number}", "[5 · great]").says("5").hears("Thank you")
    assert score(shop, number) == 5


@pytest.mark.parametrize("said", ["do you have 5 star notebooks?", "that lamp has 4 stars, add 2 glass teapots"])
def test_stars_in_a_question_or_an_order_rate_nothing(shop: Stage, bob: Customer, said: str) -> None:
    number = bob.knows_contact().has_ordered(MUGS)
    shop.delivers(number)
    bob.says("hello").says(said).hears_no("Noted for order")
    assert score(shop, number) is None


@pytest.mark.parametrize(
    "said", ["I would have given 5 but the carton was torn, so 3", "a 4, but the lunch bag had a hole, so a 3 overall"]
)
def test_what_a_number_comes_to_after_all_is_kept_with_its_reason(
    shop: Stage, bob: Customer, asked: str, said: str
) -> None:
    bob.says(said).hears("ticket T1")
    assert score(shop, asked) == 3
    bob.says("show my cart").hears("empty")


def test_a_rating_is_none_of_a_cart_and_no_thanks(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("I'd rate it a 4").hears("can be rated once it has come", "shall I place it")
    bob.says("2 stars, really disappointing").hears("can be rated once it has come").hears_no("welcome")
    bob.says("show my cart").hears("1 × Glass Teapot")
    number = bob.has_ordered("order a linen apron")
    shop.delivers(number)
    bob.says("please rate my order 5").hears("Linen Apron")
