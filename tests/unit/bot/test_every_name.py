"""Every name and every id of many catalogues, written bare or nearly so, is that product: whatever its words may mean.

The model hears something else in each of them, and is sure of it: what the catalogue knows goes before.
"""

import pytest

from demo.load import PRODUCTS
from domain.model import Product
from tests.support.naming import SHARED, missed, sample, trade, ways

INVENTORIES = ("seed/inventory_team1.csv", "online_retail/inventory.csv")
NAMES = 500
LEAST = 0.98
# "Yes Please" and "It" are said every day, and no name of a book then.
EVERY_DAY = {"Help!", "What If?", "Yes Please", "It", "We"}


def _are_names(products: list[Product], each: int) -> None:
    messages = list(ways([product for product in products if product.name not in EVERY_DAY], each=each))
    failed = missed(products, messages)
    told = "\n".join(f"{one.text!r}: {one.cart} {one.said[:150]!r}" for one in failed)
    assert len(failed) <= (1 - LEAST) * len(messages), f"{len(failed)} of {len(messages)}:\n{told}"
    assert not any(one.cart for one in failed), f"something that nobody meant:\n{told}"


@pytest.mark.parametrize("name", ["tools", "groceries", "books"])
def test_names_of_other_trades(name: str) -> None:
    _are_names(trade(name), 2)


def test_names_of_the_demo_shop() -> None:
    _are_names(sample(PRODUCTS, NAMES), 2)


@pytest.mark.parametrize("file", INVENTORIES)
def test_names_of_shared_inventories(file: str) -> None:
    if not (SHARED / file).exists():
        pytest.skip("the folder is not on this machine")
    _are_names(sample(SHARED / file, NAMES), 1)


def test_what_is_no_name_is_missed() -> None:
    written = next(ways(trade("tools")[:1]))
    assert missed(trade("tools")[1:2], [written])
