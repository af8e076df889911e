"""Conditions on where an order is, fulfilled or not by where it is."""

import pytest

from nlu.rules.order_states import is_so


@pytest.mark.parametrize(
    ("condition", "left", "came", "so"),
    [
        ("if it has not left yet", False, False, True),
        ("if it has not left yet", True, False, False),
        ("unless the order was delivered already", True, False, True),
        ("unless that is on its way", True, False, False),
        ("if the parcel hasn't arrived", True, True, False),
        ("as long as it is pending", False, False, True),
        ("if my brother agrees", False, False, None),
        ("if it comes in blue", True, True, None),
    ],
)
def test_a_condition_on_where_an_order_is(condition: str, left: bool, came: bool, so: bool | None) -> None:
    assert is_so(condition, left=left, came=came) is so
