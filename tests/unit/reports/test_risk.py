"""What a digest says of who came into risk of leaving, and of how predictions came out."""

from datetime import date

import pytest

from domain.records.predictions import Kept, RiskMoves
from reports import risk
from tests.support.reported_shop import SHOP

THEN = date(2026, 3, 28)


def test_who_came_into_risk_and_who_left_it() -> None:
    told = risk.Risk(moves=RiskMoves(entered=1, left=1204, at_risk=2310), kept=None, days=45)
    assert risk.lines(told, SHOP) == (
        "1 customer came into risk of leaving, 1,204 customers left it by ordering; 2,310 are at risk.",
    )
    assert risk.rows(told) == [("entered", "1"), ("left", "1204"), ("at_risk", "2310")]


@pytest.mark.parametrize(
    ("expected", "left", "verdict"),
    [
        (62.0, 62, "as expected"),
        (62.9, 61, "as expected"),
        (70, 60, "fewer than expected"),
        (50, 60, "more than expected"),
    ],
)
def test_what_was_expected_is_held_against_what_came(expected: float, left: int, verdict: str) -> None:
    told = risk.Risk(moves=None, kept=Kept(as_of=THEN, customers=100, expected=expected, left=left), days=45)
    (line,) = risk.lines(told, SHOP)
    assert line == (
        f"On March 28, 2026 {expected:.0f}% of 100 customers were expected to order nothing in 45 days, "
        f"and {left}% did: {verdict}."
    )
    assert ("left_indeed", str(left)) in risk.rows(told)


def test_of_nobody_nothing_is_said() -> None:
    told = risk.Risk(moves=None, kept=Kept(as_of=THEN, customers=0, expected=0, left=0), days=45)
    assert (risk.lines(told, SHOP), risk.rows(told)) == ((), [])
