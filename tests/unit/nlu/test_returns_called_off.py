"""What ends a return right behind it, and what is about something else."""

import pytest

from nlu.rules.returns_called_off import CalledOff, may_call_off, read_called_off


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


@pytest.mark.parametrize(
    "said",
    [
        "call R1001 off? hm, not sure",
        "would it be wise to cancel R1001?",
        "cancel R1001 on Friday",
        "call R1001 off unless the parcel is free",
        "my brother thinks I ought to cancel R1001",
        "call R1001 off... or wait a moment",
        "cancel R1001, just joking",
    ],
)
def test_what_is_doubted_put_off_or_told_of_others_is_only_asked(said: str) -> None:
    read = read_called_off(said)
    assert read == CalledOff(numbers=(1001,), asks=True)


@pytest.mark.parametrize("said", ["call R1001 off", "please cancel R1001, thanks", "can you cancel return R1001?"])
def test_a_plain_word_calls_it_off(said: str) -> None:
    read = read_called_off(said)
    assert read == CalledOff(numbers=(1001,))
