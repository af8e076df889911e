"""What points at the last answer's products buys or shows those, and nothing of the whole catalogue."""

from decimal import Decimal

import pytest

from bot import router
from bot.messages import Choice, Verb
from bot.shopping import pointing
from domain.conversation import Asked, Listing, Offer, PendingQuestion
from tests.support.factories import make_product
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in

RED = make_product(product_id="R", name="Red Wool Scarf", sale_price=Decimal("12.00"), quantity=30)
BLUE = make_product(product_id="B", name="Blue Wool Scarf", sale_price=Decimal("15.00"), quantity=30)
GONE = make_product(product_id="G", name="Grey Silk Scarf", sale_price=Decimal("40.00"), quantity=0)
PEN = make_product(product_id="P", name="Blue Pen", sale_price=Decimal("1.00"), quantity=30)
HAT = make_product(product_id="H", name="Blue Hat", sale_price=Decimal("5.00"), quantity=30)
SHOWN = (RED, BLUE, GONE)


def _looking(*shown: object) -> Talker:
    """A customer who sees the products of a list."""
    talker = Talker(RED, BLUE, GONE, PEN, HAT)
    ids = [product.product_id for product in SHOWN if not shown or product in shown]
    talker.conversation.listing = Listing(product_ids=tuple(ids))
    talker.conversation.offers = [
        Offer(label=f"Add {one}", choice=Choice(verb=Verb.ADD, arg=one).encode()) for one in ids
    ]
    return talker


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("the blue one", {"B": 1}),
        ("i'll take the blue one please", {"B": 1}),
        ("add the cheapest of those to my cart", {"R": 1}),
        ("the first two", {"R": 1, "B": 1}),
        ("2 of the red ones please", {"R": 2}),
        ("ok give me the second one", {"B": 1}),
        ("the second cheapest please", {"B": 1}),
    ],
)
def test_what_is_pointed_at_is_bought(said: str, cart: dict[str, int]) -> None:
    talker = _looking()
    router.choose(talker.turn(said, "out_of_scope"))
    assert cart_of(talker.conversation) == cart


def test_both_are_bought() -> None:
    talker = _looking(RED, BLUE)
    router.choose(talker.turn("both please", "affirm"))
    assert cart_of(talker.conversation) == {"R": 1, "B": 1}


@pytest.mark.parametrize(
    ("said", "intent", "cart"),
    [
        ("all of them", "order", {"R": 1, "B": 1}),
        ("both, 3 of each", "order", {"R": 3, "B": 3}),
        ("2 of each please", "add_to_cart", {"R": 2, "B": 2}),
    ],
)
def test_all_that_is_shown_is_bought(said: str, intent: str, cart: dict[str, int]) -> None:
    talker = _looking(RED, BLUE)
    router.choose(talker.turn(said, intent))
    assert cart_of(talker.conversation) == cart


def test_of_several_that_are_shown_none_is_it() -> None:
    talker = _looking(RED, BLUE)
    talker.conversation.put("P", 1)
    talker.conversation.focus = "P"
    router.choose(talker.turn("k ill take it", "order"))
    assert cart_of(talker.conversation) == {"P": 1}
    assert talker.conversation.open_lines[0].options == ("R", "B")


def test_the_one_thing_that_is_shown_is_added_by_a_bare_word() -> None:
    talker = _looking(BLUE)
    router.choose(talker.turn("yes, add", "add_to_cart"))
    assert cart_of(talker.conversation) == {"B": 1}


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("then 2 of the pen", {"P": 2}),
        ("just one of it", {"P": 1}),
        ("and 2 of the pen", {"P": 5}),
        ("2 more of the pen", {"P": 5}),
    ],
)
def test_a_number_counts_anew_what_is_in_the_cart_unless_more_is_said(said: str, cart: dict[str, int]) -> None:
    talker = Talker(RED, BLUE, GONE, PEN, HAT, cart={"P": 3})
    talker.conversation.focus = "P"
    router.choose(talker.turn(said, "order"))
    assert cart_of(talker.conversation) == cart


def test_what_may_be_several_is_asked() -> None:
    talker = _looking()
    router.choose(talker.turn("the wool one", "order"))
    assert talker.conversation.cart == []
    assert talker.conversation.open_lines[0].options == ("R", "B")


@pytest.mark.parametrize(
    ("said", "shows", "not_shown"),
    [
        ("which of these is in stock", "Red Wool Scarf", "Grey Silk Scarf"),
        ("how much is the blue one?", "$15.00", "Pen"),
        ("is the grey one in stock?", "Grey Silk Scarf", "Red"),
    ],
)
def test_what_is_asked_of_is_shown_and_not_bought(said: str, shows: str, not_shown: str) -> None:
    talker = _looking()
    told = words_in(router.choose(talker.turn(said, "out_of_scope")))
    assert shows in told
    assert not_shown not in told
    assert talker.conversation.cart == []


def test_another_colour_of_what_was_spoken_of() -> None:
    talker = Talker(RED, BLUE, GONE, PEN, HAT, cart={"B": 1})
    told = words_in(router.choose(talker.turn("do you have it in red?", "stock_question")))
    assert "Red Wool Scarf" in told
    assert cart_of(talker.conversation) == {"B": 1}


@pytest.mark.parametrize(
    "said", ["an umbrella", "remove the blue one", "not the blue one", "the yellow one", "where is the first order", ""]
)
def test_what_points_at_nothing_is_left_to_others(said: str) -> None:
    assert pointing.typed(_looking().turn(said, "none")) is None


def test_nothing_is_pointed_at_without_a_list_or_while_something_else_is_asked() -> None:
    assert pointing.typed(Talker(RED, BLUE).turn("the blue one", "none")) is None
    talker = _looking()
    talker.conversation.pending = PendingQuestion(kind=Asked.CANCEL_ORDER)
    assert pointing.typed(talker.turn("the first one", "none")) is None
