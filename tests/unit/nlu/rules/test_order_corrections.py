"""Which orders, and which address, a message takes back in the same breath."""

import pytest

from nlu.rules.order_corrections import ADDRESS_STAYS, as_corrected


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("cancel 2001, no wait, 2002", "cancel 2002"),
        ("please call off 2001. Oops, I mean #2002", "please call off #2002"),
        ("cancel 2001 and 2002, actually just 2002", "cancel 2002"),
        ("cancel both. no, only 2001", "cancel 2001"),
        ("cancel the second order and leave the first one alone", "cancel the second order"),
        ("keep 2001, cancel 2002", "cancel 2002"),
        ("refund 2001, or rather 2002", "refund 2002"),
        ("make it 5, and ship it to 4 Oak Ave, Salem OR 97301, no wait, keep the old address", "make it 5"),
        ("ship it to 4 Oak Ave, Salem OR 97301, oh no, the address stays", ADDRESS_STAYS),
    ],
)
def test_what_is_finally_meant_is_left(said: str, meant: str) -> None:
    assert as_corrected(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "cancel 2001 and 2002",
        "cancel 2001, 2002 and 2003",
        "cancel 2001 or 2002",
        "cancel all but 2001",
        "ship it to 4 Oak Ave, Salem OR 97301, not to the old address",
        "where is 2001, sorry, 2002",
    ],
)
def test_what_corrects_nothing_stays(said: str) -> None:
    assert as_corrected(said) == said
