"""Behind what is said to an order card and changes nothing of it, only a plain question leaves a plain yes a yes."""

import pytest

from tests.support.stage import Customer, Stage

DOUBTS = [
    "the postcode is off", "the mail has a typo", "Denver? I live in Boulder", "you forgot the teapot", "way too many",
    "it was cheaper yesterday", "on behalf of Acme Inc", "I have a voucher", "send it express", "deliver on Friday",
    "it's for our office, Miller & Co", "bill my company pls", "my sister already ordered those",
    "the kitchen is being painted", "please have it here by saturday", "can you split the payment?",
    "isn't that too many?", "and a lampshade", "gift-wrap them in blue paper", "I'd rather pay on delivery", "not 8, 9",
]  # fmt: skip
QUESTIONS = [
    "how long does delivery take?", "are they dishwasher safe?", "can I return it?", "do you deliver to Alaska?",
    "thanks", "hello", "is it in stock?", "can you tell me how I pay?", "show my past orders", "thanks! how do I pay",
]  # fmt: skip


@pytest.fixture
def card(bob: Customer) -> Customer:
    """Bob before his card."""
    return bob.knows_contact().says("2 red enamel mugs").hears("[Place order]")


def _ordered(card: Customer) -> list[str]:
    """What the card shows of what is ordered, and of where it goes."""
    return [line for line in card.heard.splitlines() if "×" in line or line.startswith("To:")]


@pytest.mark.parametrize("said", DOUBTS)
def test_a_yes_behind_a_doubt_shows_the_card_and_only_the_next_one_places(
    card: Customer, shop: Stage, said: str
) -> None:
    before = _ordered(card)
    card.says(said)
    if "[Place order]" not in card.heard:
        return  # it is settled first: something else is asked
    asked_anew = "Nothing is placed yet" in card.heard
    if not asked_anew and ("[Change]" not in card.heard or _ordered(card) == before):
        card.says("yes")  # no whole card was shown, or the same once more
    card.hears("2 × Red Enamel Mug", "12 Main St", "Confirmation to", "[Place order]", "[Change]")
    assert shop.orders() == 0
    card.says("yes").hears("is placed")


@pytest.mark.parametrize("said", QUESTIONS)
def test_a_plain_question_leaves_a_plain_yes(card: Customer, said: str) -> None:
    card.says(said).says("yes").hears("is placed")


def test_a_question_behind_a_doubt_settles_nothing(card: Customer, shop: Stage) -> None:
    card.says("the postcode is off").says("how do I pay?").says("yes").hears("[Change]")
    assert shop.orders() == 0


def test_what_changes_the_card_shows_a_new_one(card: Customer) -> None:
    card.says("I asked for 3").hears("3 × Red Enamel Mug", "[Change]").says("yes").hears("is placed")


def test_a_doubt_about_the_change_of_a_placed_order(card: Customer) -> None:
    card.says("yes").says("no thanks").says("make it 5").hears("5 × Red Enamel Mug", "[Confirm change]")
    card.says("it was cheaper yesterday").says("yes").hears("5 × Red Enamel Mug", "[Confirm change]").hears_no(
        "Order #1001 is changed"
    )
    card.says("yes").hears("Order #1001 is changed")
