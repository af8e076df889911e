"""Recommendations that hear what for: the shop's own words on its products are searched, and the reason is said."""

from dataclasses import replace

import pytest

from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stage import Customer, Stage
from tests.support.stocking import edit_product

_DESCRIBED = {
    "TEAPOT": "Keeps tea warm on long winter evenings.",
    "APRON": "For gardening and cooking, washes well.",
    "DOORMAT": "Made for gardening boots.",
    "RECIPE": "Holds the cards of a baker; goes with our cake tins.",
    "CANDLE": "Smells of honey, for a bath.",
}


@pytest.fixture(autouse=True)
def _described(shop: Stage) -> None:
    with PostgresUnitOfWork(shop.database) as uow:
        for product_id, product in uow.products.get(list(_DESCRIBED)).items():
            edit_product(uow, replace(product, description=_DESCRIBED[product_id]))
        uow.commit()


def test_a_gift_fits_who_gets_it_and_says_why(bob: Customer) -> None:
    bob.says("a gift for my dad who likes gardening").hears("Linen Apron", "fits “gardening”", "gardening and cooking")
    bob.hears_no("Doormat")  # it is sold out


def test_the_price_of_a_gift_counts(bob: Customer) -> None:
    bob.says("a gift for my dad who likes gardening under $20").hears_no("1. Linen Apron", "fits “gardening”")


def test_what_nothing_fits_is_said_with_what_is_popular(bob: Customer, eve: Customer) -> None:
    eve.knows_contact().has_ordered("order a glass teapot")
    bob.says("can you recommend something for scuba diving?").hears("could not find “scuba diving”", "ordered most")


def test_a_description_that_names_a_product_goes_with_it_where_orders_do_not_tell(bob: Customer) -> None:
    bob.says("what goes with the set of 3 cake tins?").hears("these say they do", "Wooden Recipe Box")


def test_a_thing_that_is_needed_is_found_for_it(bob: Customer) -> None:
    bob.says("can you recommend something for a long bath?").hears("Beeswax Candle", "fits “bath”")
