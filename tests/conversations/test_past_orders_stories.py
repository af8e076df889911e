"""Past orders: only one's own, newest first, and again with one message."""

import pytest

from tests.support.stage import Customer, Stage


def test_past_orders_are_listed_newest_first_in_one_message(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.has_ordered("order a linen apron")
    bob.says("show my past orders").hears("#1002: 1 × Linen Apron, $28.00", "#1001: 2 × Glass Teapot, $69.00")
    assert bob.heard.index("#1002:") < bob.heard.index("#1001:")
    assert len(bob.replies) == 1


def test_more_than_five_orders_come_in_pages(bob: Customer) -> None:
    bob.knows_contact()
    for _ in range(6):
        bob.has_ordered("order 2 ruled notebooks")
    bob.says("my past orders").hears("#1006:", "#1002:", "[More]").hears_no("#1001:")
    bob.presses("More").hears("#1001:").hears_no("#1002:")


def test_where_is_my_order(bob: Customer, shop: Stage) -> None:
    number = bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says("where is my order?").hears("#1001", "being packed", "$69.00")
    shop.ships(number)
    bob.says("where is my order?").hears("shipped").hears_no("[Cancel")


def test_the_last_order_again(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots and a linen apron")
    shop.passes(hours=2)
    shop.sets_price("TEAPOT", "35.00")
    bob.says("order the same again").hears("2 × Glass Teapot", "1 × Linen Apron", "$98.00", "[Place order]")
    bob.says("yes").hears("#1002")


def test_an_older_order_again_by_its_button_says_what_is_gone(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots and a beeswax candle")
    bob.says("where is my order 1001?").presses("Order again").hears("Candle is sold out", "2 × Glass", "$69.00")


def test_nobody_has_an_order_to_repeat_before_the_first(bob: Customer) -> None:
    bob.says("order the same again").hears("no earlier order")


def test_a_customer_without_orders_is_told_so(bob: Customer) -> None:
    bob.says("show my past orders").hears("no orders")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("order the same again but 3", 3),
        ("same as last time but only one teapot", 1),
        ("again, twice", 4),
        ("the same again, but make it 5", 5),
        ("repeat my last order with 4 teapots", 4),
        ("same again, just one this time", 1),
        ("order it again x2", 4),
        ("order the same again", 2),
    ],
)
def test_a_number_beside_the_same_again_is_how_many_there_shall_be(bob: Customer, said: str, count: int) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says(said).hears(f"{count} × Glass Teapot", "[Place order]")
    bob.says(said).hears(f"{count} × Glass Teapot", "[Place order]")


def test_the_same_again_with_changes_of_single_lines(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots and a linen apron")
    bob.says("the same again but only one teapot").hears("1 × Glass Teapot", "1 × Linen Apron")
    bob.says("empty my cart").says("yes")
    bob.says("order the same again without the apron").hears("2 × Glass Teapot").hears_no("Linen Apron")
    bob.says("empty my cart").says("yes")
    bob.says("the same again and 3 recipe boxes").hears("2 × Glass Teapot", "1 × Linen Apron", "3 × Wooden Recipe Box")


def test_a_number_that_could_mean_two_lines_is_said_not_guessed(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots and a linen apron")
    bob.says("order the same again but 3").hears("did not do: “but 3”", "2 × Glass Teapot", "1 × Linen Apron")
