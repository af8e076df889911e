"""Questions in between are answered, and the open question is put again; the cart is never lost."""

import pytest

from tests.support.stage import Customer, Stage


def test_a_stock_question_before_the_yes_is_answered_and_the_order_goes_on(bob: Customer) -> None:
    bob.knows_contact().says("order 2 glass teapots")
    bob.says("do you have linen aprons?").hears("12 in stock", "back to your order", "[Place order]")
    bob.says("yes").hears("is placed", "$69.00").hears_no("Apron")


def test_a_question_while_the_email_is_asked(bob: Customer) -> None:
    bob.says("order 2 glass teapots").hears("e-mail")
    bob.says("what do you have for less than $4?").hears("Fern Greeting Card", "$3.20", "back to your order", "e-mail")
    bob.says("bob@example.com").hears("where shall we ship")


def test_a_question_while_the_bot_asks_which_product(bob: Customer) -> None:
    bob.knows_contact().says("order 2 mugs").says("help").hears("make it 3", "2 × “mugs”", "[Green Stoneware Mug]")
    bob.says("the green one").hears("2 × Green")


def test_a_question_about_one_of_the_options_is_no_choice(bob: Customer) -> None:
    bob.knows_contact().says("order 2 mugs").says("is the green stoneware mug in stock?").hears("30 in stock")
    bob.hears("2 × “mugs”")


def test_past_orders_in_between(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a linen apron")
    bob.says("order a glass teapot").says("show my past orders").hears("#1001", "$28.00", "back to your order")
    bob.says("yes").hears("#1002", "$34.50")


def test_the_cart_can_be_asked_for_at_any_time(bob: Customer) -> None:
    bob.says("what's in my cart").hears("empty")
    bob.says("add 2 glass teapots").says("how much is it so far?").hears("$69.00")


def test_the_cart_asked_for_before_the_yes_is_the_same_card(bob: Customer) -> None:
    bob.knows_contact().says("order 2 glass teapots").says("what's in my cart?").hears("$69.00", "[Place order]")
    assert len(bob.replies) == 1
    bob.says("yes").hears("is placed")


def test_a_greeting_shows_the_shop_and_later_the_cart(bob: Customer) -> None:
    bob.says("hi").hears("shop bot", "Kitchen", "[What we have]")
    bob.says("add 2 glass teapots").says("hello").hears("2 items in your cart", "[Check out]")


def test_after_half_an_hour_the_cart_is_mentioned_once(bob: Customer, shop: Stage) -> None:
    bob.says("add 2 glass teapots")
    shop.passes(minutes=31)
    bob.says("do you have linen aprons?").hears("You still have 2 items in your cart", "12 in stock")
    bob.says("thanks").hears_no("still have")


def test_thanks_ends_without_a_question(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("thanks!").hears("welcome").hears_no("?")


def test_a_yes_to_nothing_changes_nothing(bob: Customer, shop: Stage) -> None:
    bob.says("yes").hears("no open question")
    assert shop.orders() == 0


@pytest.mark.parametrize(
    "question",
    [
        "do you have the blue enamel mug?",
        "how much is the blue enamel mug?",
        "is the blue one in stock?",
        "show me the green stoneware mug",
        "what's that made of?",
        "lol",
        "just looking around",
    ],
)
def test_whatever_is_answered_beside_a_card_the_card_is_asked_again(bob: Customer, question: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").hears("[Place order]")
    bob.says(question).hears("back to your order", "[Place order]")


def test_who_changes_an_order_is_asked_again_too(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a red enamel mug")
    bob.says("change my order").says("make it 2").hears("[Confirm change]")
    bob.says("do you have the blue enamel mug?").hears("[Confirm change]")


@pytest.mark.parametrize("words", ["I'll take it", "i want that", "ok I'll have it"])
def test_who_takes_what_was_shown_beside_a_card_is_shown_a_card_with_it(bob: Customer, shop: Stage, words: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("do you have the blue enamel mug?").hears("5 in stock")
    bob.says(words).hears("Blue Enamel Mug", "Red Enamel Mug", "[Place order]")
    assert shop.orders() == 0


@pytest.mark.parametrize(
    "words", ["cool thanks", "ok great thanks", "okay thanks bye", "great", "ok thx", "awesome", "perfect"]
)
def test_contentment_with_an_answer_in_between_places_nothing(bob: Customer, shop: Stage, words: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("what is your return policy?").says(words)
    assert shop.orders() == 0
    bob.says("yes").hears("is placed")


@pytest.mark.parametrize("words", ["yes", "yes please", "place it", "yes thanks", "go ahead and place the order"])
def test_a_yes_after_an_answer_in_between_places_it(bob: Customer, words: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("what is your return policy?")
    bob.says(words).hears("is placed")


def test_contentment_with_the_card_itself_still_places_it(bob: Customer) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("looks great, thanks").hears("is placed")


def test_contentment_with_an_answer_in_between_changes_no_order(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a red enamel mug")
    bob.says("change my order").says("make it 2").says("do you have linen aprons?").says("cool thanks")
    bob.says("show my past orders").hears("1 × Red Enamel Mug").hears_no("2 × Red")


@pytest.mark.parametrize("question", ["what's in my order?", "what is the total?", "show my cart"])
def test_contentment_with_the_card_that_was_asked_for_again_places_nothing(
    bob: Customer, shop: Stage, question: str
) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says(question).says("cool thanks")
    assert shop.orders() == 0
    bob.says("yes").hears("is placed")


@pytest.mark.parametrize(
    ("question", "acknowledged"),
    [
        ("do you ship to Canada?", "ok"),
        ("how much is shipping?", "ok then"),
        ("are you a bot?", "right"),
        ("what do you know about me?", "okay"),
        ("do you have linen aprons?", "alright"),
        ("when are you open?", "ok."),
    ],
)
def test_an_answer_in_between_that_is_acknowledged_places_nothing(
    bob: Customer, shop: Stage, question: str, acknowledged: str
) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says(question).says(acknowledged)
    assert shop.orders() == 0
    bob.says("yes, place it").hears("is placed")


@pytest.mark.parametrize("acknowledged", ["ok", "right", "alright", "ok thanks"])
def test_an_answer_in_between_that_is_acknowledged_cancels_nothing(
    bob: Customer, shop: Stage, acknowledged: str
) -> None:
    bob.knows_contact().has_ordered("order a red enamel mug")
    bob.says("cancel my order").says("how much is shipping?").says(acknowledged)
    bob.says("show my past orders").hears_no("cancelled")
    bob.says("yes, cancel it").hears("is cancelled")


@pytest.mark.parametrize("question", ["do you have it in blue?", "do you have the blue enamel mug?"])
def test_a_yes_behind_another_kind_of_what_is_ordered_may_be_to_one_of_them(
    bob: Customer, shop: Stage, question: str
) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says(question).says("yes")
    assert shop.orders() == 0
    bob.says("yes, place the order").hears("is placed")
