"""What is written short or dictated is spelled out; what only looks like it stays."""

import pytest

from nlu.chat_words import spelled_out


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2 mugs n a teapot", "2 mugs and a teapot"),
        ("n hay", "and hay"),
        ("a mug 'n' a plate", "a mug and a plate"),
        ("a balloon whisk full stop", "a balloon whisk."),
        ("is it blue question mark", "is it blue?"),
        ("vitamin n", "vitamin n"),
        ("123 n main st, chicago 60601", "123 n main st, chicago 60601"),
        ("the question mark cushion", "the question mark cushion"),
        ("can't n't", "can't n't"),
        ("N 5 drill", "N 5 drill"),
        ("a full stopper", "a full stopper"),
    ],
)
def test_it_is_spelled_out(written: str, read: str) -> None:
    assert spelled_out(written) == read
