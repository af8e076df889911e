"""What is left of a message that refuses to cancel and wishes for something else."""

import pytest

from nlu.rules.refused_cancels import without_refusal


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("please don't cancel, make it 5", "make it 5"),
        ("I do not want to cancel it but send it to 7 Oak Rd, Denver", "send it to 7 Oak Rd, Denver"),
        ("not cancelling. just take the lamp out", "take the lamp out"),
        ("never cancel my order, could you add a lamp?", "add a lamp?"),
    ],
)
def test_the_wish_is_left(said: str, left: str) -> None:
    assert without_refusal(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "don't cancel it",
        "don't cancel it, I still want it",
        "don't cancel the lamp, cancel the mug",
        "cancel it, and order a lamp",
        "why don't you cancel it and send a lamp?",
        "make it 5",
        "",
    ],
)
def test_anything_else_stays(said: str) -> None:
    assert without_refusal(said) == said
