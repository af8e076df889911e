"""“Not 3, 5” puts a number right where it stands: in the cart, or where the parcel goes; else it is asked about."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def card(bob: Customer) -> Customer:
    """Bob before his card."""
    return bob.knows_contact().says("order 3 glass teapots").hears("3 × Glass Teapot", "[Place order]")


@pytest.mark.parametrize("said", ["not 3, 5", "5, not 3", "sorry, not three but five", "5 instead of 3 please"])
def test_a_quantity_is_put_right(card: Customer, shop: Stage, said: str) -> None:
    card.says(said).hears("5 × Glass Teapot", "[Place order]")
    card.says("yes").hears("is placed", "5 × Glass Teapot")


def test_of_several_lines_the_last_one_is_meant(card: Customer) -> None:
    card.says("add 3 linen aprons").says("no, not 3, 2").hears("3 × Glass Teapot", "2 × Linen Apron")


def test_a_number_of_the_address_is_put_right(card: Customer) -> None:
    card.says("not 12, 14").hears("14 Main St", "3 × Glass Teapot", "[Place order]")
    card.says("80209 not 80203").hears("CO 80209", "14 Main St", "[Place order]")


def test_what_may_be_both_is_asked_about(bob: Customer, shop: Stage) -> None:
    bob.says("bob@example.com").says("ship to 3 Main St, Denver CO 80203").says("order 3 glass teapots")
    bob.says("not 3, 5").hears("What shall I change?").says("yes").hears("3 × Glass Teapot", "[Place order]")
    assert shop.orders() == 0


def test_without_the_right_number_it_is_asked_for(card: Customer, shop: Stage) -> None:
    card.says("not three").hears("What shall I change?")
    card.says("yes").hears("3 × Glass Teapot", "[Place order]")
    assert shop.orders() == 0


def test_a_number_that_is_nowhere_has_a_yes_asked_anew(card: Customer, shop: Stage) -> None:
    card.says("not 8, 9").says("yes")
    assert shop.orders() == 0
