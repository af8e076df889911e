"""Campaigns with a known effect, through the shop's own code: the small version of `make lift`."""

from decimal import Decimal

import pytest
from scipy import stats
from sqlalchemy import Engine as Database

from tests.support.lifting import Tally, Truth, simulate

RUNS = 40
RARE = 0.001


@pytest.mark.parametrize("effect", [0.0, 0.05])
def test_the_interval_holds_the_truth_as_often_as_it_says(engine: Database, effect: float) -> None:
    truth = Truth(effect=effect, base=0.2, customers=160, hold_out=Decimal("0.5"), runs=RUNS)
    found = simulate(engine, truth)
    assert found.runs[0].mailed == found.runs[0].lift.treated.members  # the first campaign was sent, by its job
    assert at_least(found.covered, 0.92)
    covered, with_interval = found.net_covered
    assert with_interval == RUNS
    assert at_least(covered, 0.90)
    assert abs(found.mean - effect) < 4 * error(found)
    assert stats.binomtest(sum(run.lift.held_out.members for run in found.runs), 160 * RUNS, 0.5).pvalue > RARE
    if not effect:
        assert stats.binomtest(found.claimed, RUNS, 0.08, alternative="greater").pvalue > RARE


def at_least(count: int, share: float) -> bool:
    """Whether so many of the runs do not speak against a share of at least this (exact binomial)."""
    return bool(stats.binomtest(count, RUNS, share, alternative="less").pvalue > RARE)


def error(found: Tally) -> float:
    """The standard error of the mean of what was found."""
    differences = [run.lift.difference or 0.0 for run in found.runs]
    return float(stats.sem(differences))


def test_a_large_effect_is_found_and_claimed(engine: Database) -> None:
    truth = Truth(effect=0.3, base=0.2, customers=240, hold_out=Decimal("0.5"), runs=10, mailed=0)
    found = simulate(engine, truth)
    assert found.claimed >= 9
    assert all(run.lift.verdict == "more" for run in found.runs if run.lift.claimed)
