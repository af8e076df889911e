"""Which product a question is about, where its whole name is not said."""

import pytest

from bot.answering.products import products_meant
from tests.support.factories import make_product
from tests.support.talking import Talker

CHEESES = [
    make_product(product_id="STI", name="Blue Stilton, Mature, 200 g"),
    make_product(product_id="BRI", name="Brie de Meaux, 250 g"),
    *(make_product(product_id=f"P-{number}", name=f"Pasta No. {number}, 500 g Pack") for number in range(1, 6)),
]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("does the stilton contain animal rennet?", ["STI"]),
        ("is the brie ok for pregnant women", ["BRI"]),
        ("is the cheddar vegan", []),
        ("is the pasta vegan", []),  # too many of them
    ],
)
def test_a_word_that_few_names_have_tells_the_product(question: str, meant: list[str]) -> None:
    talker = Talker(*CHEESES)
    assert [product.product_id for product in products_meant(talker.turn(question, "ask_fact"))] == meant


def test_what_was_spoken_of_last_is_meant_before_a_word_of_a_name() -> None:
    talker = Talker(*CHEESES)
    talker.conversation.focus = "BRI"
    assert [one.product_id for one in products_meant(talker.turn("is it blue", "ask_fact"))] == ["BRI"]
