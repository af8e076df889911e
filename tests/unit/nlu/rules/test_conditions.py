"""Acts that shall wait for a time are told from those that are done now, and from times of something else."""

import pytest

from nlu.rules.conditions import conditional, is_a_time


@pytest.mark.parametrize(
    ("said", "time", "rest"),
    [
        ("cancel both on Friday", "on Friday", "cancel both"),
        ("in 20 minutes make it 5", "in 20 minutes", "make it 5"),
        ("reorder that after payday please", "after payday", "reorder that"),
        ("can you erase my data tomorrow", "tomorrow", "can you erase my data"),
        ("order it again when I get paid", "when I get paid", "order it again"),
    ],
)
def test_an_act_at_a_time_to_come(said: str, time: str, rest: str) -> None:
    found = conditional(said)
    assert found is not None
    assert (found.condition, found.rest, found.later) == (time, rest, True)
    assert is_a_time(found.condition)


@pytest.mark.parametrize(
    "said",
    [
        "make it 5, I need them by tomorrow",
        "make it 5 for the party on friday",
        "cancel the order I placed on Friday",
        "cancel Friday's order",
        "I need 3 mugs on friday",
        "same again like last week",
        "cancel both tomorrow?",
    ],
)
def test_a_time_of_something_else(said: str) -> None:
    assert conditional(said) is None


def test_a_condition_is_no_time() -> None:
    found = conditional("add a lamp, but only if it is under $50")
    assert found is not None
    assert not found.later
    assert not is_a_time(found.condition)
