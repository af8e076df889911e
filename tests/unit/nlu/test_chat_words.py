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
        ("4 tumblers as well as a tray", "4 tumblers and a tray"),
        ("add a tray as well", "add a tray as well"),
        ("the set w/o the lid", "the set without the lid"),
        ("vitamin n", "vitamin n"),
        ("123 n main st, chicago 60601", "123 n main st, chicago 60601"),
        ("the question mark cushion", "the question mark cushion"),
        ("can't n't", "can't n't"),
        ("N 5 drill", "N 5 drill"),
        ("a full stopper", "a full stopper"),
        ("wait a second", "wait"),
        ("one sec, make it 5", "wait, make it 5"),
        ("hang on two minutes please", "wait please"),
        ("give me a minute to think", "wait to think"),
        ("ok, just a moment", "ok, wait"),
        ("give me a second mug", "give me a second mug"),
        ("I need a second and a third mug", "I need a second and a third mug"),
        ("a 2 minute timer", "a 2 minute timer"),
        ("one second hand book", "one second hand book"),
        ("please ring and wait a minute at the door", "please ring and wait a minute at the door"),
    ],
)
def test_it_is_spelled_out(written: str, read: str) -> None:
    assert spelled_out(written) == read
