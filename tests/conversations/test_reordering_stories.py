"""Numbers that are said again, or as a total, are how many there shall be."""

import pytest

from tests.support.stage import Customer


@pytest.mark.parametrize(
    "said",
    [
        "I said 3 red enamel mugs",
        "I told you 3 red mugs",
        "as I said, 3 red mugs",
        "no, I already said 3 red mugs",
        "3 red mugs, like I said",
        "3 red mugs altogether",
        "that's 3 red mugs in total",
        "I want 3 red mugs all in all",
    ],
)
def test_a_number_said_again_or_as_a_total_is_set(bob: Customer, said: str) -> None:
    bob.says("add 2 red enamel mugs").says(said).hears("3 × Red Enamel Mug")


def test_a_plain_addition_still_adds(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("add 3 red mugs").hears("5 × Red Enamel Mug")


@pytest.mark.parametrize("said", ["reorder my last one, only 1", "order my last one again but only 1"])
def test_the_last_one_again_with_another_count(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("order 3 linen aprons")
    bob.says(said).hears("1 × Linen Apron")
