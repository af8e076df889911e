"""What ends a return right behind it, and what is about something else."""

import pytest

from nlu.rules.returns_called_off import may_call_off


@pytest.mark.parametrize(
    "said", ["cancel that!", "undo it again please", "call it off", "I'd rather keep the mugs after all"]
)
def test_a_return_may_be_called_off_right_behind_it(said: str) -> None:
    assert may_call_off(said)


@pytest.mark.parametrize(
    "said",
    [
        "then cancel that whole purchase",
        "whatever is pending, cancel it",
        "cancel it. all of my orders",
        "stop that lamp",
    ],
)
def test_what_is_said_of_something_else_calls_no_return_off(said: str) -> None:
    assert not may_call_off(said)
