"""What may be had, and what there is to confirm, on the way to a new order and while a placed one is changed."""

from dataclasses import replace

import pytest

from bot.phrases.journeys import words_of
from domain.conversation import CartLine
from domain.orders.journeys import NEW_ORDER, ChangeOrder
from tests.support.factories import NOW, make_order, make_product

MUG = make_product(name="Mug", quantity=3)
RETIRED = replace(MUG, retired_at=NOW)
CHANGE = ChangeOrder(order=make_order({"MUG": 2, "TIN": 1}, order_id=7, address_id=4))


@pytest.mark.parametrize(("product", "new", "changing"), [(MUG, 3, 5), (RETIRED, 0, 2)])
def test_the_order_s_own_pieces_can_be_had_again(product: object, new: int, changing: int) -> None:
    assert isinstance(product, type(MUG))
    assert NEW_ORDER.stock_of(product) == new
    assert CHANGE.stock_of(product) == changing


def test_of_what_the_order_does_not_hold_there_is_what_there_is() -> None:
    assert CHANGE.stock_of(make_product(name="Tray", quantity=6)) == 6
    assert CHANGE.stock_of(make_product(name="Tray", quantity=6, retired_at=NOW)) == 0


def _cart(**quantities: int) -> list[CartLine]:
    return [CartLine(product_id=product_id, quantity=quantity) for product_id, quantity in quantities.items()]


@pytest.mark.parametrize(
    ("cart", "address_id", "differs"),
    [
        ({"TIN": 1, "MUG": 2}, 4, False),
        ({"TIN": 1, "MUG": 2}, 5, True),
        ({"MUG": 2}, 4, True),
        ({"TIN": 1, "MUG": 3}, 4, True),
        ({"TIN": 1, "MUG": 2, "TRAY": 1}, 4, True),
    ],
)
def test_a_change_differs_by_what_is_sent_where(cart: dict[str, int], address_id: int, differs: bool) -> None:
    assert CHANGE.differs(_cart(**cart), address_id) == differs
    assert NEW_ORDER.differs(_cart(**cart), address_id)


def test_each_journey_has_its_words() -> None:
    new, change = words_of(NEW_ORDER), words_of(CHANGE)
    assert (new.cart, change.cart) == ("Your cart", "Order #7, not changed yet")
    assert new.requoted("X.") == (
        "The prices were held until now. X. Nothing is ordered yet; please confirm once more."
    )
    assert change.requoted("X.") == (
        "The prices were held until now. X. Your order is as it was; please confirm once more."
    )
    assert new.no_clear_yes != change.no_clear_yes
