"""What describes an order: numbers, sums, places and what is excepted, in words that customers use."""

from decimal import Decimal

import pytest

from nlu.rules.order_words import (
    Amount,
    amount_said,
    counts_things,
    is_name,
    numbers_said,
    places_said,
    plain,
    split_except,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("the one for $30", Amount(value=Decimal(30), whole=True)),
        ("the 12.50 euro one", Amount(value=Decimal("12.50"), whole=False)),
        ("12,50 €", Amount(value=Decimal("12.50"), whole=False)),
        ("over 20 dollars", Amount(value=Decimal(20), whole=True, above=True)),
        ("less than £7", Amount(value=Decimal(7), whole=True, below=True)),
        ("order 1042", None),
        ("2 mugs", None),
    ],
)
def test_a_sum_of_money(text: str, amount: Amount | None) -> None:
    assert amount_said(text) == amount


@pytest.mark.parametrize(
    ("text", "digits", "numbers"),
    [
        ("1001 and #1002", 1, [1001, 1002]),
        ("$30 and 12.50", 1, []),
        ("2 of 1042", 3, [1042]),
        ("mug-12", 1, [12]),
        ("a12", 1, []),
    ],
)
def test_numbers_that_stand_alone(text: str, digits: int, numbers: list[int]) -> None:
    assert numbers_said(text, digits=digits) == numbers


@pytest.mark.parametrize(
    ("text", "places"),
    [("the second and the 3rd", [2, 3]), ("number 1", [1]), ("the last", []), ("sixth", [])],
)
def test_places_in_what_was_shown(text: str, places: list[int]) -> None:
    assert places_said(text) == places


def test_what_is_excepted_stands_apart() -> None:
    assert split_except("all but the teapot") == ("all ", " the teapot")
    assert split_except("all of them") == ("all of them", None)


@pytest.mark.parametrize(("text", "counts"), [("2 linen aprons", True), ("order 2", False), ("$2 mugs", False)])
def test_a_wish_counts_things(text: str, *, counts: bool) -> None:
    assert counts_things(text) is counts


def test_more_expensive_is_one_word_and_names_nothing() -> None:
    assert plain("The MORE expensive one, it’s") == "the expensive one, it's"
    assert not is_name("expensive")
    assert not is_name("1042")
    assert is_name("teapot")
