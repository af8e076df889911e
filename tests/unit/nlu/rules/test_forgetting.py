"""A person is forgotten by words whose object is the person, or all of their data."""

import pytest

from nlu.rules.forgetting import forgets_a_person, says_never_mind


@pytest.mark.parametrize(
    "said",
    [
        "forget me", "please delete all my data", "erase everything you know about me", "close my account",
        "GDPR, article 17", "remove me from your list", "remove my address and all my data", "I want to be forgotten",
    ],
)  # fmt: skip
def test_a_person(said: str) -> None:
    assert forgets_a_person(said)


@pytest.mark.parametrize(
    "said",
    [
        "delete my address", "remove the old e-mail please", "erase that typo", "forget about me shouting",
        "I was forgotten by my friends", "remove my name from the box", "delete the number of my account",
        "forget what I said", "delete everything",
    ],
)  # fmt: skip
def test_less_than_a_person(said: str) -> None:
    assert not forgets_a_person(said)


@pytest.mark.parametrize(
    ("said", "is_one"), [("oh well, forget it!", True), ("forget that then", True), ("forget me", False)]
)
def test_never_mind(said: str, is_one: bool) -> None:
    assert says_never_mind(said) is is_one
