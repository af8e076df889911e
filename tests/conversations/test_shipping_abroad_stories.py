"""The shop takes no address in a country to which it does not ship, however that address reaches it."""

from dataclasses import replace

import pytest

from tests.support.stage import Customer, Stage

MONTREAL = "350 Rue Wellington, Montreal QC H3C 1T5, Canada"
ABROAD = [
    MONTREAL, "10 Downing Street, London SW1A 2AA", "Hauptstr. 5, 10115 Berlin",
    "31 Rosengasse, 8001 Zürich, Switzerland",    "14 Rue de Rivoli, 75001 Paris, France",
    "22 Baker Street, Toronto ON M5V 2T6", "5 O'Connell St, Dublin D01 F5P2",
]  # fmt: skip
AT_HOME = [
    "5 Elm St, Paris TX 75460", "7 Oak Ave, London KY 40741", "10 Berlin St, Hartford CT 06103",
    "12 Calle Luna, San Juan PR 00901", "PSC 3 Box 12, FPO AE 09499", "20 Peachtree St, Atlanta, Georgia 30303",
]  # fmt: skip


@pytest.fixture
def at_home(shop: Stage) -> Stage:
    """The same shop, which ships within the United States."""
    shop.engine._shop = replace(shop.engine._shop, ships_to=("US",))
    return shop


@pytest.fixture
def card(at_home: Stage, bob: Customer) -> Customer:
    """Bob before a card to Denver."""
    return bob.knows_contact().says("2 red enamel mugs").hears("12 Main St", "[Place order]")


@pytest.mark.parametrize("address", ABROAD)
def test_an_order_abroad_is_not_taken_and_another_address_is_asked_for(
    at_home: Stage, bob: Customer, address: str
) -> None:
    bob.says("2 red enamel mugs").says("check out").says("bob@example.com").hears("where shall we ship")
    bob.says(address).hears("the United States only", "Where shall we ship it").hears_no("[Place order]")
    bob.says("yes").hears_no("is placed", "[Place order]")
    bob.says("12 Main St, Denver CO 80203").hears("To: 12 Main St, Denver CO 80203", "[Place order]")


@pytest.mark.parametrize("address", AT_HOME)
def test_places_that_are_called_like_others_abroad(at_home: Stage, bob: Customer, address: str) -> None:
    bob.says("2 red enamel mugs").says("check out").says("bob@example.com")
    bob.says(address).hears(f"To: {address}", "[Place order]")


def test_all_of_an_order_in_one_message(at_home: Stage, bob: Customer) -> None:
    bob.says(f"2 red enamel mugs, bob@example.com, ship to {MONTREAL}")
    bob.hears("2 × Red Enamel Mug", "the United States only").hears_no("[Place order]")


def test_a_card_is_closed_and_the_address_before_may_stay(card: Customer) -> None:
    card.says(f"ship it to {MONTREAL}").hears("the United States only", "where shall we ship").hears_no("[Place order]")
    card.says("keep the old one").hears("To: 12 Main St, Denver CO 80203", "[Place order]")


def test_a_part_that_makes_it_one_abroad(card: Customer) -> None:
    card.says("the postcode is SW1A 2AA").hears("the United States only").hears_no("[Place order]")


def test_a_placed_order_does_not_go_abroad(card: Customer, at_home: Stage) -> None:
    card.says("yes").says("no thanks").says(f"ship it to {MONTREAL} please").hears("the United States only")
    card.hears_no("[Confirm change]")
    card.says("keep the old one").says("yes")
    assert at_home.orders() == 1


def test_an_address_that_is_only_noted(at_home: Stage, bob: Customer) -> None:
    bob.says(f"my address is {MONTREAL}").hears("the United States only").hears_no("I noted the address")


def test_an_address_abroad_that_is_asked_about_is_not_offered(card: Customer) -> None:
    card.says(f"would you ship it to {MONTREAL}?").hears_no("[Yes, send it there]")
    card.says("yes").hears("12 Main St").hears_no("Montreal")


def test_an_address_from_before_the_shop_said_where_it_ships(shop: Stage, bob: Customer) -> None:
    bob.says("bob@example.com").says(f"ship to {MONTREAL}").hears("noted")
    bob.says("2 red enamel mugs").hears("Montreal", "[Place order]")
    shop.engine._shop = replace(shop.engine._shop, ships_to=("US",))
    bob.presses("Place order").hears("the United States only", "where shall we ship")
    assert shop.orders() == 0


def test_a_shop_that_names_no_country_ships_everywhere(bob: Customer) -> None:
    bob.says("2 red enamel mugs").says("check out").says("bob@example.com")
    bob.says(MONTREAL).hears("Montreal", "[Place order]")
