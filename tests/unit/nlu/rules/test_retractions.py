"""What takes back what came before it, and what takes itself back; what only sounds like it."""

import pytest

from nlu.rules.retractions import is_retracted, only_takes_back, refuses, says_nothing_itself, turns_back


@pytest.mark.parametrize(
    "said",
    [
        "I changed my mind, leave it as it was",
        "no, not that one, just kidding",
        "Never mind, the old one is fine.",
        "oops no, keep it as it was",
        "i take that back",
        "nah leave it as before",
        "wait no, I changed my mind about that",
        "no, leave it in",
    ],
)
def test_all_of_it_takes_back_what_came_before(said: str) -> None:
    assert only_takes_back(said)


@pytest.mark.parametrize(
    "said",
    [
        "no",
        "keep it",
        "that's fine",
        "ok, leave it as it is",
        "no, make it 3",
        "I changed my mind",
        "keep the mugs",
        "",
    ],
)
def test_it_may_mean_something_else(said: str) -> None:
    assert not only_takes_back(said)


@pytest.mark.parametrize(
    ("said", "refused", "again"),
    [
        ("nope", True, False),
        ("noo thanks!", True, False),
        ("wait, no", True, True),
        ("Hmm, rather not", True, False),
        ("actually not", True, True),
        ("that's not what I meant", True, True),
        ("I didn't want that", True, True),
        ("no, that's all", False, False),
        ("ok, wait", False, False),
        ("no mugs", False, False),
        ("not the red one, the blue one", False, False),
        ("thanks", False, False),
        ("", False, False),
    ],
)
def test_it_refuses_what_came_before(said: str, *, refused: bool, again: bool) -> None:
    assert (refuses(said), turns_back(said)) == (refused, again)


def test_it_is_linear_in_what_is_said() -> None:
    assert not only_takes_back("no, " * 2000)


@pytest.mark.parametrize(
    ("said", "nothing"), [("not now, leave it", True), ("2 mugs, no, leave it", False), ("no", False)]
)
def test_it_names_nothing_that_could_be_done(said: str, nothing: bool) -> None:
    assert says_nothing_itself(said) is nothing


@pytest.mark.parametrize(
    "said",
    [
        "cancel my order!!! haha no",
        "cancel it. nope",
        "make it 5 and then undo that",
        "add 2 mugs. Or rather leave it.",
    ],
)
def test_it_takes_itself_back(said: str) -> None:
    assert is_retracted(said)


@pytest.mark.parametrize("said", ["2 mugs. no teapot. no", "do you have it? no", "cancel it. no rush", "haha no"])
def test_it_does_not_take_itself_back(said: str) -> None:
    assert not is_retracted(said)
