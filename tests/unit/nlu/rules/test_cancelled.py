"""What shall be cancelled: all of it, all but something, or a part."""

import pytest

from nlu.rules.cancelled import Extent, Thing, cancelled


@pytest.mark.parametrize(
    "said",
    [
        "cancel", "cancel it now", "cancel my last order", "cancel both orders", "cancel the one with the lamp",
        "cancel one of my orders", "cancel the whole thing", "cancel order 12", "cancel everything i bought",
        "cancel the lamp order", "scrap it because it is ugly",
    ],
)  # fmt: skip
def test_the_whole(said: str) -> None:
    told = cancelled(said)
    assert told is not None
    assert (told.extent, told.things) == (Extent.WHOLE, ())


@pytest.mark.parametrize("said", ["cancel half of it", "cancel a part of my order", "cancel one thing", "cancel two"])
def test_a_part_nobody_can_tell(said: str) -> None:
    told = cancelled(said)
    assert told is not None
    assert told.extent is Extent.SOME


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("cancel the lamp", Thing(name="lamp")),
        ("cancel 2 of the lamps please", Thing(name="lamps", count=2)),
        ("cancel only one desk lamp", Thing(name="desk lamp", count=1)),
        ("cancel the second lamp from my order", Thing(name="lamp", count=1)),
    ],
)
def test_things(said: str, thing: Thing) -> None:
    told = cancelled(said)
    assert told is not None
    assert (told.extent, told.things) == (Extent.THINGS, (thing,))


@pytest.mark.parametrize(
    ("said", "kept", "surely"),
    [
        ("cancel everything except the lamp", "the lamp", True),
        ("cancel all my orders apart from 1002", "1002", True),
        ("cancel it all but keep the lamp, thank you", "the lamp,", False),
    ],
)
def test_all_but_something(said: str, kept: str, surely: bool) -> None:
    told = cancelled(said)
    assert told is not None
    assert (told.kept, told.surely) == (kept, surely)


def test_nothing_of_the_kind() -> None:
    assert cancelled("add a lamp") is None
