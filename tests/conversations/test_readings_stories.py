"""Sentences that no rule knows: the learned reader's wishes count where the catalogue knows what they name."""

import pytest

from tests.support.stage import Customer


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (
            "kids broke everything, could do with four red enamel mugs and, while you are at it, one linen apron",
            {"MUG-RED": 4, "APRON": 1},
        ),
        ("honestly the office kitchen is a mess so let us have 3 wooden recipe boxes", {"RECIPE": 3}),
        (
            "her birthday is soon: 12 fern greeting cards would do nicely, oh and a beeswax candle",
            {"CARD-FERN": 12, "CANDLE": 1},
        ),
    ],
)
def test_what_is_wanted_is_found_among_much_else(bob: Customer, said: str, cart: dict[str, int]) -> None:
    bob.says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == cart
