"""Totals and limits in the cart: "6 in all", "one is enough", "one packet less", "half as many"."""

import pytest

from tests.support.stage import Customer


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("1 green stoneware mug", "i want 3 altogether (I already have 2)", "3 × Green Stoneware Mug"),
        ("2 green stoneware mugs", "another 2 mugs please so 6 in all", "6 × Green Stoneware Mug"),
        ("2 green stoneware mugs", "one green stoneware mug is enough actually", "1 × Green Stoneware Mug"),
        ("2 green stoneware mugs", "just the one green stoneware mug then", "1 × Green Stoneware Mug"),
        ("3 fern greeting cards", "remove one packet of the fern greeting cards", "2 × Fern Greeting Card"),
        ("3 fern greeting cards", "remove one of the fern greeting cards", "2 × Fern Greeting Card"),
        ("3 fern greeting cards", "add more fern greeting cards up to a total of 5", "5 × Fern Greeting Card"),
        ("3 fern greeting cards", "2 more, 5 in total", "5 × Fern Greeting Card"),
        ("3 fern greeting cards", "2 more", "5 × Fern Greeting Card"),
    ],
)
def test_a_count_sets_what_it_says(bob: Customer, before: str, said: str, after: str) -> None:
    bob.knows_contact().says(f"order {before}").says(said).hears(f"{after} at")


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("reorder the fern greeting cards but half as many", "2 × Fern Greeting Card"),
        ("the same again but half as many", "2 × Fern Greeting Card"),
        ("order it again, twice as many", "8 × Fern Greeting Card"),
    ],
)
def test_an_order_again_in_another_number(bob: Customer, said: str, after: str) -> None:
    bob.knows_contact().has_ordered("order 4 fern greeting cards")
    bob.says(said).hears(f"{after} at").hears_no("could not find")
