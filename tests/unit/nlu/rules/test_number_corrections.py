"""Which number takes another one's place, and what only looks so."""

import pytest

from nlu.rules.number_corrections import corrected


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("not 4, 6", "4", "6"),
        ("no, not four - six!", "4", "6"),
        ("6 and not 4", "4", "6"),
        ("I said 6, not 4", "4", "6"),
        ("it's 18b, not 18", "18", "18b"),
        ("not 4", "4", ""),
        ("oops not 4 but just 6 please", "4", "6"),
        ("6 instead of 4", "4", "6"),
    ],
)
def test_a_number_is_put_right(said: str, old: str, new: str) -> None:
    assert corrected(said) == (old, new)


@pytest.mark.parametrize(
    "said", ["not 4 mugs", "4, 6", "not now", "no 4", "not 4, 6 or 7", "not 4 but the blue one", "why not 4?", "", "4"]
)
def test_anything_else_is_none(said: str) -> None:
    assert corrected(said) is None
