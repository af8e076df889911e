"""Who is left alone is left to chance alone: in whichever order customers stand, each part of them has its share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from domain.outreach.holding_out import arm_of
from domain.people.identity import hash_email
from domain.records.campaigns import Arm
from tests.support.shop import SHOP

COUNT, PARTS = 20_000, 10
RARE = 0.001  # a test of chance that cries wolf so seldom; what it is asked is fixed, so it is always answered alike


@dataclass(frozen=True, kw_only=True)
class Customer:
    number: int
    hashed_email: str
    value: float
    since: date


def customers() -> list[Customer]:
    """Who came early is worth more, as in a shop; addresses are as like each other as those of a data set."""
    rng = np.random.default_rng(20)
    values = rng.lognormal(3, 1, COUNT) * np.linspace(3, 1, COUNT)
    return [
        Customer(
            number=number,
            hashed_email=hash_email(f"customer{number}@example.com", SHOP.hash_key),
            value=float(values[number]),
            since=date(2020, 1, 1) + timedelta(days=number // 12),
        )
        for number in range(COUNT)
    ]


ALL = customers()
ORDERS: dict[str, Callable[[Customer], object]] = {
    "by number": lambda one: one.number,
    "the last first": lambda one: -one.number,
    "by hash": lambda one: one.hashed_email,
    "by value": lambda one: one.value,
    "by date": lambda one: (one.since, one.hashed_email),
}


def held_out(campaign_id: int, share: str = "0.10", key: bytes = SHOP.hash_key) -> np.ndarray:
    """Whether each customer is left alone, in the order of `ALL`."""
    return np.array([arm_of(key, campaign_id, one.hashed_email, Decimal(share)) is Arm.HELD_OUT for one in ALL])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("share", ["0.10", "0.50"])
def test_each_tenth_in_any_order_has_its_share_left_alone(order: str, share: str) -> None:
    by: Callable[[int], object] = lambda number: ORDERS[order](ALL[number])  # noqa: E731
    places = sorted(range(COUNT), key=by)  # type: ignore[arg-type]
    left_alone = [part.sum() for part in np.split(held_out(7, share)[places], PARTS)]
    of_each = COUNT // PARTS
    table = [left_alone, [of_each - count for count in left_alone]]
    assert stats.chi2_contingency(table).pvalue > RARE


def test_over_many_campaigns_the_deviations_are_those_of_chance() -> None:
    """Not larger, and not smaller either: P values of all campaigns lie evenly between 0 and 1."""
    worth = np.argsort([one.value for one in ALL])
    found = []
    for campaign_id in range(1, 61):
        left_alone = [part.sum() for part in np.split(held_out(campaign_id)[worth], PARTS)]
        table = [left_alone, [COUNT // PARTS - count for count in left_alone]]
        found.append(stats.chi2_contingency(table).pvalue)
    assert stats.kstest(found, "uniform").pvalue > RARE


@pytest.mark.parametrize("share", ["0", "0.01", "0.10", "0.33", "0.50"])
def test_as_many_as_were_asked_for_are_left_alone(share: str) -> None:
    count = int(held_out(7, share).sum())
    assert stats.binomtest(count, COUNT, float(share)).pvalue > RARE if Decimal(share) else count == 0


def test_two_campaigns_and_two_shops_have_nothing_to_do_with_each_other() -> None:
    one = held_out(7, "0.50")
    for other in (held_out(8, "0.50"), held_out(7, "0.50", key=b"another shop's key of 32 bytes..")):
        assert stats.binomtest(int((one == other).sum()), COUNT, 0.5).pvalue > RARE


def test_groups_are_worth_the_same_before_anything_is_sent() -> None:
    values, alone = np.array([one.value for one in ALL]), held_out(7)
    assert stats.mannwhitneyu(values[alone], values[~alone]).pvalue > RARE


def test_who_is_left_alone_with_a_smaller_share_is_so_with_a_larger_one() -> None:
    """A share that is raised moves nobody back."""
    small, large = held_out(7, "0.10"), held_out(7, "0.30")
    assert not (small & ~large).any()
