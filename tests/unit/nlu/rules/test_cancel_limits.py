"""What bounds a cancelling that is asked about."""

import pytest

from nlu.rules.cancel_limits import read_limit

TITLES = {"K": "Copper Kettle", "T": "Oak Tray", "S": "Soup Spoon"}


@pytest.mark.parametrize(
    ("said", "goes", "keeps"),
    [
        ("all but the tray", {}, {"T": 0}),
        ("everything except the kettle and the tray", {}, {"K": 0, "T": 0}),
        ("just one of the spoons", {"S": 1}, {}),
        ("the spoons only, what do I get back?", {"S": 0}, {}),
        ("refund the tray, the kettle and spoons should still come", {"T": 0}, {"K": 0, "S": 0}),
        ("money back for the spoons, the kettle stays", {"S": 0}, {"K": 0}),
        ("I want to keep the oak tray", {}, {"T": 0}),
        ("I only want money back for the kettle", {"K": 0}, {}),
        ("I don't want the tray any more", {"T": 0}, {}),
        ("yes, but leave the spoons", {}, {"S": 0}),
        ("cancel two spoons and keep the tray", {"S": 2}, {"T": 0}),
        ("not the kettle", {}, {"K": 0}),
    ],
)
def test_what_goes_and_what_stays(said: str, goes: dict[str, int], keeps: dict[str, int]) -> None:
    limit = read_limit(said, TITLES)
    assert (dict(limit.goes), dict(limit.keeps)) == (goes, keeps)


@pytest.mark.parametrize("said", ["half of it", "a part of it", "only two", "all but the lamp", "not everything"])
def test_a_part_that_nobody_can_tell_is_one(said: str) -> None:
    limit = read_limit(said, TITLES)
    assert limit.partly
    assert not limit.names


@pytest.mark.parametrize("said", ["yes", "just do it", "keep it", "yes, cancel the whole order", "how much is that?"])
def test_what_bounds_nothing(said: str) -> None:
    limit = read_limit(said, TITLES)
    assert not limit.partly
    assert not limit.names
