"""What a message takes back itself, denies or puts off is not done, and a plain yes behind it does nothing either."""

import pytest

from tests.support.stage import Customer, Stage

TAKEN_BACK = [
    "add 3 ruled notebooks. wait, scratch that", "make it 7 mugs... on second thoughts, don't",
    "send it to 9 Birch Ave, Boulder CO 80301. nope, leave it as it is", "use eve2@example.com - just kidding",
    "take the teapot out, no, keep it in", "empty the cart? no!", "I don't want 7 mugs", "nobody said 9 mugs",
]  # fmt: skip
PUT_OFF = [
    "order it once my salary is in", "ok buy it as soon as the price drops", "I'll take them if my sister agrees",
    "place it next week", "please order it on Friday", "buy it unless it is cheaper elsewhere",
]  # fmt: skip


@pytest.fixture
def at_the_card(bob: Customer) -> Customer:
    return bob.knows_contact().says("2 red enamel mugs and 1 glass teapot").hears("[Place order]")


@pytest.mark.parametrize("said", [*TAKEN_BACK, *PUT_OFF])
def test_at_the_card_nothing_is_changed_or_placed(at_the_card: Customer, shop: Stage, said: str) -> None:
    at_the_card.says(said).says("yes")
    assert shop.orders() == 0
    assert at_the_card.answer is not None
    assert dict(at_the_card.answer.state.cart) == {"MUG-RED": 2, "TEAPOT": 1}
    at_the_card.hears("[Place order]", "12 Main St")


@pytest.mark.parametrize(
    "said", ["make it 5 mugs, nah, leave it", "order it again? no", "don't order that again", "do nto cancel my order"]
)
def test_a_placed_order_stays(at_the_card: Customer, shop: Stage, said: str) -> None:
    at_the_card.says("yes").hears("is placed").says(said).says("yes")
    assert shop.orders() == 1
    at_the_card.says("my orders").hears("2 × Red Enamel Mug", "1 × Glass Teapot").hears_no("cancelled")


def test_edits_that_are_taken_back_leave_no_change_open(at_the_card: Customer) -> None:
    at_the_card.says("yes").hears("is placed").says("make the mugs 5 and drop the teapot. no, scratch that")
    at_the_card.hears("nothing of what you just wrote", "#1001 was already placed", "2 × Red Enamel Mug")
    assert at_the_card.answer is not None
    assert at_the_card.answer.state.changing is None


def test_who_denies_a_number_and_names_another_means_that_one(at_the_card: Customer) -> None:
    at_the_card.says("I don't need 7 mugs, I need 3").hears("3 × Red Enamel Mug", "1 × Glass Teapot")


def test_a_reason_behind_a_wish_takes_nothing_back(at_the_card: Customer, shop: Stage) -> None:
    at_the_card.says("yes").says("cancel my order, I changed my mind").hears("Cancel order").says("yes")
    at_the_card.hears("is cancelled").says("uncancel it").hears("stays cancelled")


def test_a_refused_email_is_asked_for_anew(at_the_card: Customer, shop: Stage) -> None:
    at_the_card.says("don't send the receipt to that email, it is my boss's").hears("Which e-mail address")
    at_the_card.says("yes")
    assert shop.orders() == 0
    at_the_card.says("bobby@example.com").says("yes").hears("is placed")


def test_behind_what_was_not_understood_a_plain_yes_shows_all_once_more(at_the_card: Customer, shop: Stage) -> None:
    at_the_card.says("flibber the wobbly gronk").says("yes")
    assert shop.orders() == 0
    at_the_card.hears("Please look", "[Place order]").says("yes").hears("is placed")
