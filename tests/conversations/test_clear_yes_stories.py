"""What cannot be taken back needs a clear yes: refusals, hesitations and questions keep the order and are answered."""

import pytest

from tests.support.stage import Customer, Stage
from tests.unit.nlu.rules.test_moods import ASKS, NO, PLACES_NOTHING, UNCLEAR

OTHERWISE = [
    "no don't cancel it", "wait, keep it", "please do not cancel", "I never said cancel", "don't cancel anything",
    "hmm not sure yet", "keep my order please",
    "can I still cancel?", "what happens if I cancel", "is it possible to cancel later?",
    "could i maybe cancel tomorrow", "cancel? me? never", "ok but not now",
    "I'd hate to cancel", "who said anything about cancelling", "cancelling would be silly",
    "nah it's fine, leave it", "oh no, not that one", "let me think",
]  # fmt: skip


@pytest.fixture
def ordered(bob: Customer) -> Customer:
    """Bob, who has just ordered a teapot."""
    bob.knows_contact().has_ordered("order a glass teapot")
    return bob


def test_nothing_but_a_clear_yes_cancels_at_the_question(ordered: Customer, shop: Stage) -> None:
    cancelled = []
    for said in [*OTHERWISE, *NO, *ASKS, *UNCLEAR]:
        ordered.says("no").says("cancel order 1001").hears("Cancel order #1001?").says(said)
        assert ordered.answer is not None
        if ordered.answer.state.cancelled is not None or shop.orders() != 1:
            cancelled.append(said)
    assert cancelled == []
    ordered.says("no").says("cancel order 1001").says("yes, I changed my mind").hears("is cancelled")


def test_nothing_is_cancelled_without_the_question_either(ordered: Customer, shop: Stage) -> None:
    for said in [*OTHERWISE, *NO, *ASKS]:
        ordered.says(said)
        assert ordered.answer is not None
        assert ordered.answer.state.cancelled is None
    assert shop.orders() == 1


def test_a_question_about_cancelling_is_answered(ordered: Customer) -> None:
    ordered.says("can I still cancel?").hears(
        "#1001 is placed", "until 11:30", "nothing is cancelled", "[Cancel order #1001]"
    )
    ordered.says("cancel my order").says("what happens if I cancel").hears("back into stock", "[Yes, cancel it]")
    ordered.says("yes").hears("is cancelled")


def test_a_refusal_is_answered_and_closes_the_question(ordered: Customer, shop: Stage) -> None:
    ordered.says("please do not cancel my order").hears("Order #1001 stays placed")
    ordered.says("cancel my order").says("no don't cancel it").hears("stays as it is").says("yes")
    assert shop.orders() == 1


def test_half_a_yes_is_asked_again(ordered: Customer, shop: Stage) -> None:
    ordered.says("cancel my order").says("yes I think that is what I said").hears("clear yes", "[Yes, cancel it]")
    assert shop.orders() == 1
    ordered.says("yes, cancel the teapot").hears("is cancelled")


def test_a_yes_after_something_else_needs_the_question_again(ordered: Customer, shop: Stage) -> None:
    ordered.says("cancel my order").says("what do you have for less than $10?").hears("shall I cancel #1001?")
    ordered.says("no").says("cancel my order").says("add a linen apron").says("yes")
    assert shop.orders() == 1


def test_another_order_s_number_is_another_question(ordered: Customer, shop: Stage) -> None:
    ordered.has_ordered("order a linen apron")
    ordered.says("cancel order 1001").says("yes cancel 1002").hears("Cancel order #1002?")
    assert shop.orders() == 2


def test_at_the_card_a_refusal_to_cancel_keeps_the_card(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").hears("[Place order]")
    bob.says("don't cancel").hears("nothing is cancelled", "[Place order]")


@pytest.mark.parametrize(
    "said", ["don't empty it", "no keep my cart", "yes but not the teapot", "why?", "maybe later", "ok thanks"]
)
def test_the_cart_is_emptied_by_a_clear_yes_only(bob: Customer, said: str) -> None:
    bob.says("add a glass teapot").says("empty my cart").hears("take everything out").says(said)
    bob.says("what's in my cart").hears("$34.50")


def test_which_of_cart_and_order_is_read_with_its_no(ordered: Customer, shop: Stage) -> None:
    ordered.says("add a linen apron").says("cancel").hears("[Drop my cart]").says("not the cart")
    ordered.says("what's in my cart").hears("$28.00")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    "said",
    [
        "don't forget me",
        "what would be deleted?",
        "not yet",
        "forget it",
        "yes but keep my orders",
        "can I do that later?",
    ],
)
def test_forgetting_needs_a_clear_yes(ordered: Customer, said: str) -> None:
    ordered.says("forget me").hears("[").says(said).hears_no("receipt")
    ordered.says("show my past orders").hears("#1001")


def test_mails_that_shall_not_stop_do_not(ordered: Customer) -> None:
    ordered.says("please don't stop the marketing emails").hears_no("no more marketing")


def test_in_reduced_mode_too(ordered: Customer, shop: Stage) -> None:
    shop.interpreter.down = True
    for said in ("no don't cancel it", "wait", "yes but", "can i still cancel?"):
        ordered.says("no").says("cancel 1001").hears("Cancel order #1001?").says(said)
        assert shop.orders() == 1
    ordered.says("no").says("cancel 1001").says("yes please, cancel it").hears("is cancelled")


@pytest.fixture
def at_the_card(bob: Customer) -> Customer:
    """Bob, who sees the card of a teapot."""
    return bob.knows_contact().says("order a glass teapot").hears("[Place order]")


def test_nothing_but_a_clear_yes_places_at_the_card(shop: Stage) -> None:
    placed: list[str] = []
    for number, said in enumerate(PLACES_NOTHING):
        customer = shop.customer(f"customer{number}").knows_contact()
        customer.says("order a fern greeting card").hears("[Place order]").says(said)
        if shop.orders() > len(placed):
            placed.append(said)
    assert placed == []


@pytest.mark.parametrize("said", ["yes", "perfect, order it", "ok thanks bye", "place the order", "yes that's right"])
def test_a_plain_yes_places_at_once(at_the_card: Customer, said: str) -> None:
    at_the_card.says(said).hears("is placed")


def test_a_question_at_the_card_shows_it_again(at_the_card: Customer, shop: Stage) -> None:
    for said in ("is that right?", "correct?"):
        at_the_card.says(said).hears("Nothing is placed yet", "Glass Teapot", "[Place order]")
    assert shop.orders() == 0
    at_the_card.says("yes").hears("is placed")


def test_half_a_yes_at_the_card_is_asked_again(at_the_card: Customer, shop: Stage) -> None:
    for said in ("yes and no", "yeah right", "yes to the first question"):
        at_the_card.says(said).hears("I would need a clear yes", "[Place order]")
    assert shop.orders() == 0
    at_the_card.says("yes").hears("is placed")


def test_a_yes_with_a_change_leads_to_a_new_card(at_the_card: Customer, shop: Stage) -> None:
    at_the_card.says("yes but make it 3").hears("3 × Glass Teapot", "[Place order]")
    at_the_card.says("yes and add a linen apron").hears("Linen Apron", "3 × Glass Teapot", "[Place order]")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["Yes, but change address", "yes, but change the address", "change address"])
def test_who_wants_another_address_is_asked_for_it(at_the_card: Customer, said: str, shop: Stage) -> None:
    at_the_card.says(said).hears("Where shall we ship it?").hears_no("change address,", "[Place order]")
    at_the_card.says("5 Elm Rd, Boulder CO 80301").hears("5 Elm Rd, Boulder CO 80301", "[Place order]")
    assert shop.orders() == 0


def test_words_that_are_no_address_replace_none(at_the_card: Customer, shop: Stage) -> None:
    at_the_card.says("place it later").hears_no("it later,", "St, it")
    at_the_card.says("yes").hears("12 Main St, Denver CO 80203")
    assert shop.orders() == 0


def test_a_large_number_is_taken_by_a_clear_yes_only(bob: Customer) -> None:
    bob.says("order 150 fern cards").hears("[Yes, 150]").says("is that right?").hears("clear yes", "[Yes, 150]")
    bob.says("yes or no").hears("[Yes, 150]").says("yes, 150 please").hears("150 × Fern Greeting Card")


def test_a_placed_order_is_changed_by_a_clear_yes_only(ordered: Customer) -> None:
    ordered.says("change my order").says("make it 2").hears("[Confirm change]")
    ordered.says("is that right?").hears("Nothing is changed yet", "[Confirm change]")
    ordered.says("yes and no").hears("Nothing is changed yet", "[Confirm change]")
    ordered.says("yes").hears("2 × Glass Teapot").hears_no("[Confirm change]")


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("yes please, it's for my brother's birthday", True),
        ("yes please, it's for my sister's wedding", True),
        ("That is all in order, thank you. Please send it.", True),
        ("Everything is correct as shown; you may dispatch it.", True),
        ("yes go", True),
        ("yes please, unless it ships later", False),
        ("yes, if my brother gets it by friday", False),
        ("yes please, and a linen apron", False),
        ("yes, that's the teapot for my brother, right?", False),
        ("yes but not to that address", False),
        ("yes, my brother says 2 of them", False),
        ("go to my cart", False),
        ("yes, just kidding", False),
        ("yes, assuming it's for my brother", False),
        ("Yes, thank you. The total is too high.", False),
        ("yes please, we moved to Boulder", False),
        ("Yes. I'll get back to you, it's a present.", False),
    ],
)
def test_a_reason_behind_a_yes_takes_nothing_from_it(bob: Customer, shop: Stage, said: str, places: bool) -> None:
    bob.knows_contact().says("order a glass teapot").hears("[Place order]").says(said)
    assert shop.orders() == int(places), bob.heard


@pytest.mark.parametrize(
    ("said", "cancels"),
    [
        ("yes do it, my brother already got me one", True),
        ("yes do it, my brother wants his only", False),
        ("yes, my brother has to confirm it first", False),
        ("go on and deliver it", False),
        ("yes, once the new one arrives for my brother", False),
    ],
)
def test_a_reason_behind_a_yes_to_cancelling(ordered: Customer, shop: Stage, said: str, cancels: bool) -> None:
    ordered.says("cancel order 1001").hears("Cancel order #1001?").says(said)
    assert shop.orders() == int(not cancels), ordered.heard


def test_forgetting_somebody_takes_a_yes_and_nothing_else(ordered: Customer, shop: Stage) -> None:
    ordered.says("forget me").says("yes, my brother told me of it").hears_no("forgotten")


def test_calling_off_an_older_order_leaves_the_card_open(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot").hears("[Place order]")
    bob.says("yes go ahead, and cancel my old order").hears_no("nothing was ordered", "is placed")
    bob.says("yes please").hears("look: is it right", "Glass Teapot", "[Place order]")
    bob.says("yes please").hears("is placed")
    assert shop.orders() == 1


_SIGNS = (
    "yes ❌",
    "yes 🚫",
    "Yes please 🙅‍♀️",
    "yes ✋",
    "👍 do it 🛑",
    "sure ⛔",
    "yes 🤷",
    "ok 😡",
    "👍😡",
    "👌😭",
    "👍🙄",
)
_NO_YES_TO = {
    "cancel order 1001": (
        "Cancel order #1001?",
        ("undo the cancel", "cancel my cancel", "yes confirm my order", "yes to the order", "yes my order please"),
        ("yes undo", "Yes, cancel it ❌", "yes. I'm so happy with it", "cancel ❌", "yes the teapot"),
    ),
    "forget me": (
        "Forget you?",
        ("yes confirm my order", "yes to the order", "yes to my data", "forget the forget", "yes delete my order"),
        ("yes 1001", "forget this", "yes, my data", "delete everything 🚫", "forget me"),
    ),
}


@pytest.mark.parametrize("asks", _NO_YES_TO)
def test_a_yes_to_something_else_or_against_a_sign_takes_nothing_back(
    ordered: Customer, shop: Stage, asks: str
) -> None:
    question, *others = _NO_YES_TO[asks]
    for said in (*_SIGNS, *(said for kind in others for said in kind)):
        ordered.says("no").says(asks).hears(question).says(said).hears_no("receipt number")
    assert shop.orders() == 1
    ordered.says("no").says(asks).hears(question).says("yes").hears_no(question)


@pytest.mark.parametrize("said", ["yes forget me", "yes, delete everything", "Yes erase me please", "yes 👍"])
def test_who_names_the_forgetting_with_a_yes_is_forgotten(bob: Customer, said: str) -> None:
    bob.knows_contact().says("forget me").hears("Forget you?").says(said).hears("Receipt number")


@pytest.mark.parametrize(
    "said", [*_SIGNS, "order ❌", "Place order ❌", "ok :(", "ok good night", "that's all", "half yes", "yes for 1"]
)
def test_what_is_no_clear_yes_at_the_card_is_asked_again(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order 2 glass teapots").hears("[Place order]")
    bob.says(said).hears("[Place order]")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"TEAPOT": 2}
    bob.says("yes 👍").hears("is placed")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", _SIGNS)
def test_nothing_is_changed_against_a_sign(ordered: Customer, said: str) -> None:
    ordered.says("change my order").says("make it 2").hears("[Confirm change]").says(said).hears(
        "Nothing is changed yet"
    )
    ordered.says("yes").hears("2 × Glass Teapot").hears_no("[Confirm change]")


@pytest.mark.parametrize("said", ["> shall we? ❌\nyes", "yes 😢", "yes good night", "ok thanks bye", "🙋 yes"])
def test_what_is_quoted_or_only_felt_takes_no_yes_back(at_the_card: Customer, said: str) -> None:
    at_the_card.says(said).hears("is placed")


def test_marketing_hears_both_halves(at_the_card: Customer, shop: Stage) -> None:
    at_the_card.says("yes to marketing, no to the order").hears("a mail with a link", "shall I place it?")
    at_the_card.hears_no("no more ideas").says("don't stop the mails").hears_no("no more ideas")
    at_the_card.says("no to marketing, yes to the order").hears("no more ideas", "shall I place it?")
    assert shop.orders() == 0
