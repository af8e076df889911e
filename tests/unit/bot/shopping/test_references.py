"""Words that point: among what is on screen, what was spoken of last, the cart, and what is called alike."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.shopping.references import resolve
from domain.model import Product
from tests.support.factories import make_product


def _product(product_id: str, name: str, price: str, category: str = "") -> Product:
    return make_product(product_id=product_id, name=name, sale_price=Decimal(price), category=category)


RED = _product("R", "Red Wool Scarf", "12.00")
BLUE = _product("B", "Blue Wool Scarf", "15.00")
SILK = _product("S", "Silk Scarf, Dark Green", "40.00")
NAVY = _product("N", "Navy Cotton Scarf", "9.00", "summer")
SCREEN = (RED, BLUE, SILK, NAVY)
DRILL = {size: _product(f"D{size}", f"Drill Bit {size} mm", "3.00") for size in (6, 8, 10)}
OIL_S, OIL_L = _product("O5", "Olive Oil 500 ml", "5.00"), _product("O1", "Olive Oil 1 L", "9.00")


def _ids(said: str, screen: Sequence[Product] = SCREEN, **context: object) -> list[str] | None:
    meant = resolve(said, screen=screen, **context)  # type: ignore[arg-type]
    return None if meant is None else [product.product_id for product in meant.products]


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("the blue one", ["B"]),
        ("blue", ["B"]),
        ("in red", ["R"]),
        ("that green one", ["S"]),
        ("the dark green one", ["S"]),
        ("the silk scarf", ["S"]),
        ("the cotton one", ["N"]),
        ("the summer one", ["N"]),
        ("the cheapest of those", ["N"]),
        ("cheapest one", ["N"]),
        ("the second cheapest", ["R"]),
        ("the least expensive", ["N"]),
        ("the most expensive of these", ["S"]),
        ("the dearest", ["S"]),
        ("the two cheapest", ["N", "R"]),
        ("the first", ["R"]),
        ("the second one", ["B"]),
        ("2nd", ["B"]),
        ("number 3", ["S"]),
        ("#4", ["N"]),
        ("option two", ["B"]),
        ("the last one", ["N"]),
        ("that last one", ["N"]),
        ("the first two", ["R", "B"]),
        ("the last 2", ["S", "N"]),
        ("first and third", ["R", "S"]),
        ("the second and the last", ["B", "N"]),
        ("all of them", ["R", "B", "S", "N"]),
        ("everything", ["R", "B", "S", "N"]),
        ("each of these", ["R", "B", "S", "N"]),
        ("one of each", ["R", "B", "S", "N"]),
    ],
)
def test_what_is_on_screen(said: str, ids: list[str]) -> None:
    assert _ids(said) == ids
    meant = resolve(said, screen=SCREEN)
    assert meant is not None
    assert not meant.unclear


@pytest.mark.parametrize(
    ("said", "ids"),
    [("the wool one", ["R", "B"]), ("both", ["R", "B", "S", "N"]), ("those", ["R", "B", "S", "N"])],
)
def test_what_may_be_several_is_asked(said: str, ids: list[str]) -> None:
    meant = resolve(said, screen=SCREEN)
    assert meant is not None
    assert meant.unclear
    assert [product.product_id for product in meant.products] == ids


@pytest.mark.parametrize(
    "said", ["an umbrella", "the yellow one", "number 9", "the fifth", "the first seven", "", "and"]
)
def test_what_is_not_there_is_nothing(said: str) -> None:
    assert _ids(said) is None


def test_both_the_rest_and_the_other_one() -> None:
    assert _ids("both", (RED, BLUE)) == ["R", "B"]
    assert _ids("the other one", (RED, BLUE), focus=RED) == ["B"]
    assert _ids("the rest", focus=RED, cart=(BLUE,)) == ["S", "N"]
    assert _ids("the others", focus=RED) == ["B", "S", "N"]
    assert _ids("both", (), cart=(RED, BLUE)) == ["R", "B"]
    other = resolve("the other one", screen=SCREEN, focus=RED)
    assert other is not None
    assert other.unclear


def test_sizes_of_one_kind() -> None:
    bits = tuple(DRILL.values())
    assert _ids("a smaller one", bits, focus=DRILL[10]) == ["D8"]
    assert _ids("a bigger one", (), focus=DRILL[6], siblings=bits) == ["D8"]
    assert _ids("the biggest", bits) == ["D10"]
    assert _ids("the smallest one", (OIL_L, OIL_S)) == ["O5"]
    assert _ids("a larger one", (OIL_S,), focus=OIL_S, siblings=(OIL_L,)) == ["O1"]
    assert _ids("a smaller one", bits, focus=DRILL[6]) is None


def test_what_was_spoken_of_last_and_its_siblings() -> None:
    assert _ids("it", focus=BLUE) == ["B"]
    assert _ids("that one", (), focus=BLUE) == ["B"]
    assert _ids("in red", (), focus=BLUE, siblings=(RED, BLUE)) == ["R"]
    assert _ids("them", (RED,)) == ["R"]
    assert _ids("it", ()) is None


@pytest.mark.parametrize(
    ("said", "quantity"),
    [
        ("2 of the blue ones", 2),
        ("three of the cheapest", 3),
        ("one of each", 1),
        ("the blue one", None),
        ("4 red ones", 4),
    ],
)
def test_how_many_may_be_said_with_it(said: str, quantity: int | None) -> None:
    meant = resolve(said, screen=SCREEN)
    assert meant is not None
    assert meant.quantity == quantity


def test_equal_prices_are_asked() -> None:
    same = _product("E", "Grey Scarf", "9.00")
    meant = resolve("the cheapest", screen=(*SCREEN, same))
    assert meant is not None
    assert meant.unclear
    assert {product.product_id for product in meant.products} == {"N", "E"}
