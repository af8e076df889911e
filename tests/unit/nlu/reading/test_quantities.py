"""How many words say."""

import pytest

from nlu.reading.quantities import Count, is_of_each, read_count, read_factor


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2", 2), ("x3", 3), ("3x", 3), ("(4)", 4), ("12 x", 12), ("1,200", 1200),
        ("two", 2), ("twenty-five", 25), ("a hundred", 100), ("three (3)", 3),
        ("a", 1), ("an", 1), ("another", 1), ("a single", 1), ("a couple of", 2), ("a pair of", 2), ("both", 2),
        ("a dozen", 12), ("half a dozen", 6), ("two dozen", 24), ("2 doz", 24),
        ("a dozen and a half", 18), ("one and a half dozen", 18), ("3 and a half dozen", 42),
        ("10 kilos", 10), ("4 packs of", 4),
    ],
)  # fmt: skip
def test_numbers(words: str, value: int) -> None:
    assert read_count(words) == Count(value=value)


@pytest.mark.parametrize("words", ["some", "plenty", ""])
def test_what_is_no_number(words: str) -> None:
    assert read_count(words) is None


@pytest.mark.parametrize(
    ("words", "role", "value"),
    [
        ("double", "times", 2), ("twice", "times", 2), ("x2", "times", 2), ("triple", "times", 3),
        ("three times", "times", 3), ("ten times", "times", 10), ("half", "parts", 2), ("halve", "parts", 2),
        ("50%", "parts", 2), ("a third", "parts", 3),
    ],
)  # fmt: skip
def test_factors(words: str, role: str, value: int) -> None:
    assert read_factor(words) == Count(value=value, role=role)


def test_no_factor() -> None:
    assert read_factor("seven") is None


@pytest.mark.parametrize(("words", "each"), [("2 of each", True), ("3 apiece", True), ("2 mugs", False)])
def test_of_each(words: str, each: bool) -> None:
    assert is_of_each(words) is each
