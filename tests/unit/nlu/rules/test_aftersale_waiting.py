"""Whether something of a placed order shall be done at a time to come."""

import pytest

from nlu.rules.aftersale_waiting import shall_wait


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("return the kettle on Monday", "on Monday"),
        ("I'll send the kettle back in two weeks, not now", "in two weeks"),
        ("next month I want to return the tray", "next month"),
        ("exchange the tray for the grey one later today please", "later today"),
        ("return the tray after Christmas and the kettle too", "after Christmas"),
        ("refund the tray, but not before Friday", "not before Friday"),
        ("swap it for the grey one in March", "in March"),
    ],
)
def test_a_time_to_come_is_heard(said: str, time: str) -> None:
    assert shall_wait(said) == time


@pytest.mark.parametrize(
    "said",
    [
        "return the kettle",
        "return the kettle now",
        "return the kettle that came on Monday",
        "return the kettle, I need the money by Friday",
        "return the kettle from last Monday",
        "return the kettle, I leave tomorrow",
        "I want to return it. I fly home on Friday.",
        "return the tray I bought on Friday",
    ],
)
def test_when_it_came_and_when_it_is_needed_are_none(said: str) -> None:
    assert shall_wait(said) == ""
