"""Cancel means: stop this question, drop the cart, or cancel an order; the server's clock decides."""

import pytest

from tests.support.stage import Customer, Stage


def test_cancel_with_nothing_there_says_so(bob: Customer) -> None:
    bob.says("cancel").hears("nothing to cancel")


def test_cancel_in_the_middle_of_an_order_stops_it_and_keeps_the_cart(bob: Customer, shop: Stage) -> None:
    bob.says("order a glass teapot").hears("e-mail").says("cancel").hears("nothing was ordered", "cart is kept")
    bob.says("what's in my cart").hears("$34.50")
    assert shop.orders() == 0


def test_the_cancel_button_of_the_card_stops(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot").presses("Cancel").hears("nothing was ordered")
    assert shop.orders() == 0


def test_an_order_is_cancelled_with_two_messages(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says("please cancel my order").hears("Cancel order #1001?", "$69.00", "[Yes, cancel it]")
    bob.says("yes").hears("#1001 is cancelled", "2 × Glass Teapot went back", "$69.00")
    assert (shop.stock("TEAPOT"), shop.orders()) == (9, 0)


def test_cancelling_twice_gives_the_stock_back_once(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says("cancel order 1001").says("yes")
    bob.presses_old("Yes, cancel it", 1).hears("already cancelled")
    assert shop.stock("TEAPOT") == 9


def test_keeping_the_order_after_all(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("cancel my order").says("no").hears("stays as it is")
    assert shop.orders() == 1


def test_one_second_before_the_window_closes_it_works(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(minutes=29, seconds=59)
    bob.says("cancel order 1001").says("yes").hears("is cancelled")
    assert shop.orders() == 0


def test_one_second_after_the_window_it_says_when_and_offers_a_person(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(minutes=30, seconds=1)
    bob.says("cancel order 1001").hears("until 11:30", "over", "[Talk to a person]")
    assert (shop.orders(), shop.stock("TEAPOT")) == (1, 8)


def test_a_yes_that_comes_after_the_window_cancels_nothing(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(minutes=29, seconds=59)
    bob.says("cancel order 1001").hears("[Yes, cancel it]")
    shop.passes(seconds=2)
    bob.says("yes").hears("over", "[Talk to a person]")
    assert shop.orders() == 1


def test_what_is_on_its_way_cannot_be_cancelled(bob: Customer, shop: Stage) -> None:
    shop.ships(bob.knows_contact().has_ordered("order a glass teapot"))
    bob.says("cancel my order").hears("on its way", "[Talk to a person]")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    "said",
    ["cancel my order", "can you call off #1001", "I want order 1001 cancelled please", "don't cancel order 1001"],
)
def test_what_came_is_not_said_to_be_on_its_way(bob: Customer, shop: Stage, said: str) -> None:
    shop.delivers(bob.knows_contact().has_ordered("order a glass teapot"))
    bob.says(said).hears("#1001", "delivered").hears_no("on its way").hears_no("stays placed")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", ["make it 2 teapots in order 1001", "change order 1001, ship it to 5 Elm St instead"])
def test_what_came_is_not_changed_and_not_said_to_be_on_its_way(bob: Customer, shop: Stage, said: str) -> None:
    shop.delivers(bob.knows_contact().has_ordered("order a glass teapot"))
    bob.says(said).hears("#1001 was delivered on", "it stays as it was").hears_no("on its way")


def test_several_orders_are_asked_and_named(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.has_ordered("order 2 recipe boxes")
    bob.says("cancel my order").hears("which order", "#1002: 2 × Wooden Recipe Box", "#1001: 1 × Glass Teapot")
    bob.says("the first one").hears("Cancel order #1001?").says("yes").hears("#1001 is cancelled")
    assert shop.orders() == 1


def test_an_order_is_named_by_what_is_in_it(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.has_ordered("order 2 recipe boxes")
    bob.says("cancel the teapot order").hears("Cancel order #1001?").presses("Yes, cancel it").hears("#1001 is")
    assert shop.stock("TEAPOT") == 9


def test_a_cart_and_an_order_are_asked_apart(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("add a linen apron").says("cancel").hears("[Drop my cart]", "[Cancel order #1001]")
    bob.says("the cart").hears("empty now")
    assert shop.orders() == 1


def test_the_order_is_meant_and_the_cart_is_kept(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("add a linen apron").says("cancel").presses("Cancel order #1001").says("yes").hears("is cancelled")
    bob.says("what's in my cart").hears("$28.00")
    assert shop.orders() == 0


def test_undo_right_after_placing_asks_to_cancel(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("undo").hears("Cancel order #1001?").says("yes").hears("is cancelled")
    bob.says("undo").hears("was cancelled", "stays cancelled")
    assert (shop.orders(), shop.stock("TEAPOT")) == (0, 9)


@pytest.mark.parametrize(
    "said",
    ["please don't cancel, only make it 3", "I won't cancel. Change it to 3", "not cancelling but make it three"],
)
@pytest.mark.parametrize("asked", [True, False])
def test_what_is_wished_for_beside_a_refusal_to_cancel_is_done(
    bob: Customer, shop: Stage, said: str, *, asked: bool
) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    if asked:
        bob.says("cancel my order").hears("Cancel order #1001?")
    bob.says(said).hears("#1001, changed", "3 × Glass Teapot").says("yes").hears("is changed", "3 × Glass Teapot")
    assert shop.orders() == 1


def test_a_window_that_is_over_is_not_undone(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(minutes=31)
    bob.says("undo").hears("#1001", "that time is over").hears_no("Cancel order #1001?")
    assert shop.orders() == 1


def test_emptying_the_cart_is_asked_before(bob: Customer) -> None:
    bob.says("add a glass teapot").says("empty my cart").hears("take everything out").says("no").hears("stays")
    bob.says("what's in my cart").hears("$34.50")


def test_the_yes_of_an_older_question_asks_anew(bob: Customer, shop: Stage) -> None:
    order = bob.knows_contact().has_ordered("order a linen apron")
    bob.says("cancel my order").says("no, keep it").presses_old("Yes, cancel it", 1)
    bob.hears(f"Cancel order #{order}?").hears_no("is cancelled")
    assert shop.orders() == 1
    bob.presses("Yes, cancel it").hears("is cancelled")


NAMED_PARTS = {
    "yes but not the teapot, only the apron": "2 × Glass Teapot",
    "no, just the teapot": "1 × Linen Apron",
    "yes, the teapot": "1 × Linen Apron",
    "just the apron": "2 × Glass Teapot",
    "only cancel the apron": "2 × Glass Teapot",
}
UNCLEAR_PARTS = ["yes, just one of them", "yes cancel one", "yes, 1", "yes half", "yes except 1", "one"]


@pytest.mark.parametrize("said", NAMED_PARTS)
def test_a_part_that_is_named_at_the_question_is_a_change(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a linen apron and 2 glass teapots")
    bob.says("cancel my order").says(said).hears(NAMED_PARTS[said], "[Confirm change]").says("yes")
    bob.says("show my past orders").hears("placed", NAMED_PARTS[said]).hears_no("cancelled")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", UNCLEAR_PARTS)
def test_parts_of_an_order_are_neither_cancelled_nor_bought_again(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a linen apron and 2 glass teapots")
    bob.says("cancel my order").says(said).hears("the whole order", "[Change order #1001]", "[Keep it]")
    bob.says("yes").hears_no("#1001 is cancelled")
    bob.says("show my cart").hears("empty")
    bob.says("show my past orders").hears("placed", "Linen Apron", "Glass Teapot").hears_no("cancelled")
    assert shop.orders() == 1


def test_who_asks_for_a_part_of_an_order_sees_it_without_that(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a linen apron and 2 glass teapots")
    bob.says("can you only cancel the apron?").hears("2 × Glass Teapot", "[Confirm change]").hears_no("Linen Apron")
    bob.says("yes").hears("is changed")


@pytest.mark.parametrize("said", ["nope, changed my mind about the order", "revoke", "nah, i changed my mind"])
def test_a_change_of_mind_right_after_placing_is_about_the_order(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says(said).hears("Cancel order #1001?")


def test_a_cart_that_shall_not_be_shipped_is_not_said_to_be_empty(bob: Customer) -> None:
    bob.says("add 2 glass teapots").says("please do not ship it").hears("no orders placed", "your cart stays as it is")


@pytest.mark.parametrize("said", ["yes, that one", "yes the whole thing", "yes 1001"])
def test_a_yes_that_points_at_the_order_cancels_it(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("order a linen apron and 2 glass teapots")
    bob.says("cancel my order").says(said).hears("is cancelled")
