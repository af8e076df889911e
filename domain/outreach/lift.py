"""What writing to customers changed: those written to against the hold-out, and whether enough is known to say so.

All members of a campaign are compared by the arm that was drawn for them, whatever reached them (intention to treat),
and only once their window is over. Nothing is claimed before as many customers are counted as a test needs that finds
the difference in four of five cases (power .8 at 5 %, two-sided), which asks for some 2.8 standard errors: so even who
looks every day for two months is told of a difference where there is none in less than 5 of 100 campaigns.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

from domain.records.campaign_results import CampaignResult, Group

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_IN_ARM = 30  # customers, below which nothing is said of an arm, whatever is seen
LEAST_BUYERS = 5  # in each arm, below which nothing is said of revenue
SMALLEST = 0.02  # of all customers: the smallest difference worth knowing, where none is seen
CONFIDENCE, POWER = 0.95, 0.8
RESAMPLES = 2000
_AT_ONCE = 2_000_000  # draws of a resample, that memory holds
_CENT = Decimal("0.01")
_NORMAL = NormalDist()
_Z = _NORMAL.inv_cdf((1 + CONFIDENCE) / 2)


class Verdict(StrEnum):
    """What may be said."""

    MORE = "more"  # more of those written to ordered
    FEWER = "fewer"
    NONE = "none"  # enough customers were counted to see a difference of `SMALLEST`, and none is seen
    UNKNOWN = "unknown"  # too few customers


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """Where the truth lies in 95 of 100 such campaigns."""

    low: float
    high: float

    @property
    def has_zero(self) -> bool:
        """Whether no difference at all is among what may be."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True, kw_only=True, slots=True)
class Revenue:
    """Net revenue of a customer, of those written to less of those held out; no interval where too few ordered."""

    difference: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lift:
    """What was found; `difference` is of the shares who ordered, None while an arm has nobody.

    `needed` are the customers of both arms, divided as they are, that a claim needs.
    """

    treated: Group
    held_out: Group
    verdict: Verdict
    needed: int
    difference: float | None = None
    interval: Interval | None = None
    revenue: Revenue | None = None

    @property
    def missing(self) -> int:
        """How many more customers are needed; 0 where enough is known."""
        if self.verdict is not Verdict.UNKNOWN:
            return 0
        return max(1, self.needed - self.treated.customers - self.held_out.customers)

    @property
    def claimed(self) -> bool:
        """Whether a difference may be claimed."""
        return self.verdict in (Verdict.MORE, Verdict.FEWER)


def lift_of(result: CampaignResult) -> Lift:
    """What a campaign changed."""
    return compare(result.treated, result.held_out, seed=result.campaign.campaign_id)


def compare(treated: Group, held_out: Group, *, seed: int) -> Lift:
    """Compares the arms; the same customers and the same seed (the campaign's id) give the same figures.

    Where the interval leaves out zero a difference is seen, and the size is needed that finds one of that size; else
    the size that finds `SMALLEST`.
    """
    if not treated.customers or not held_out.customers:
        needed = _needed(treated, held_out, None)
        return Lift(treated=treated, held_out=held_out, verdict=Verdict.UNKNOWN, needed=needed)
    interval = newcombe(treated, held_out)
    difference = treated.share - held_out.share
    seen = not interval.has_zero
    needed = _needed(treated, held_out, difference if seen else None)
    enough = treated.customers + held_out.customers >= needed
    enough = enough and min(treated.customers, held_out.customers) >= LEAST_IN_ARM
    return Lift(
        treated=treated,
        held_out=held_out,
        verdict=_verdict(difference, seen=seen) if enough else Verdict.UNKNOWN,
        needed=needed,
        difference=difference,
        interval=interval,
        revenue=_revenue(treated, held_out, seed),
    )


def _verdict(difference: float, *, seen: bool) -> Verdict:
    if not seen:
        return Verdict.NONE
    return Verdict.MORE if difference > 0 else Verdict.FEWER


def wilson(ordered: int, customers: int) -> Interval:
    """The score interval of a share (Wilson, J. Am. Stat. Assoc. 22, 1927); `customers` are above 0."""
    share, z2 = ordered / customers, _Z * _Z
    centre = share + z2 / (2 * customers)
    half = _Z * math.sqrt(share * (1 - share) / customers + z2 / (4 * customers * customers))
    low, high = ((centre + sign * half) / (1 + z2 / customers) for sign in (-1, 1))
    return Interval(low=low if ordered else 0.0, high=high if ordered < customers else 1.0)


def newcombe(treated: Group, held_out: Group) -> Interval:
    """The interval of a difference of shares, from the score interval of each.

    Method 10 of Newcombe, “Interval estimation for the difference between independent proportions: comparison of eleven
    methods”, Statistics in Medicine 17, 1998. Both arms have customers.
    """
    one, other = (wilson(arm.ordered, arm.customers) for arm in (treated, held_out))
    difference = treated.share - held_out.share
    return Interval(
        low=difference - math.hypot(treated.share - one.low, other.high - held_out.share),
        high=difference + math.hypot(one.high - treated.share, held_out.share - other.low),
    )


def _needed(treated: Group, held_out: Group, seen: float | None) -> int:
    """The customers of both arms that find a difference; never so few that an arm has below `LEAST_IN_ARM`.

    Shares are taken one customer who ordered and one who did not further to the middle (Laplace), or an arm in which
    nobody ordered yet would have no chance in it, and so need nobody.
    """
    customers = treated.customers + held_out.customers
    written = (treated.customers + 1) / (customers + 2)
    if seen is None:
        base = (treated.ordered + held_out.ordered + 1) / (customers + 2)
        sought = base + SMALLEST if base + SMALLEST < 1 else base - SMALLEST
        size = sample_size(sought, base, written)
    else:
        one, other = ((arm.ordered + 1) / (arm.customers + 2) for arm in (treated, held_out))
        size = sample_size(one, other, written, difference=seen)
    return max(size, math.ceil(LEAST_IN_ARM / min(written, 1 - written)))


def sample_size(share: float, other: float, written: float, *, difference: float | None = None) -> int:
    """The customers of both arms, `written` of them in the first, that tell two shares apart with power .8 at 5 %.

    Fleiss, Levin and Paik, “Statistical Methods for Rates and Proportions”, 3rd edition, 2003, section 4.3, without a
    correction for continuity; of the variances with a difference and without one the larger counts for the test too:
    where the small arm varies more, the one without would promise too much.
    """
    mean = written * share + (1 - written) * other
    alike = mean * (1 - mean) / (written * (1 - written))
    apart = share * (1 - share) / written + other * (1 - other) / (1 - written)
    reach = _Z * math.sqrt(max(alike, apart)) + _NORMAL.inv_cdf(POWER) * math.sqrt(apart)
    return math.ceil((reach / (share - other if difference is None else difference)) ** 2)


def _revenue(treated: Group, held_out: Group, seed: int) -> Revenue:
    difference = treated.net / treated.customers - held_out.net / held_out.customers
    if min(treated.ordered, held_out.ordered) < LEAST_BUYERS:
        return Revenue(difference=_cents(difference))
    low, high = bootstrapped(treated, held_out, seed)
    return Revenue(difference=_cents(difference), low=_cents(low), high=_cents(high))


def _cents(value: Decimal | float) -> Decimal:
    return Decimal(value).quantize(_CENT, ROUND_HALF_EVEN)


@lru_cache(maxsize=128)
def bootstrapped(treated: Group, held_out: Group, seed: int) -> tuple[float, float]:
    """The interval of the difference of revenue per customer: bias-corrected and accelerated (BCa), of 2000 resamples.

    Efron and Tibshirani, “An Introduction to the Bootstrap”, 1993, chapter 14. Both arms have customers who ordered.
    """
    import numpy as np  # a tenth of a second, that a chat need not wait for

    rng = np.random.default_rng(seed)
    values = [np.sort(np.array([float(net) for net in arm.nets])) for arm in (treated, held_out)]
    sizes = (treated.customers, held_out.customers)
    means = [_resampled(one, size, rng) for one, size in zip(values, sizes, strict=True)]
    drawn = means[0] - means[1]
    found = float(values[0].sum() / sizes[0] - values[1].sum() / sizes[1])
    below = (np.count_nonzero(drawn < found) + np.count_nonzero(drawn == found) / 2) / RESAMPLES
    bias = _NORMAL.inv_cdf(min(max(below, 0.5 / RESAMPLES), 1 - 0.5 / RESAMPLES))
    acceleration = _acceleration(values, sizes)
    places = []
    for z in (-_Z, _Z):
        moved = bias + z
        places.append(_NORMAL.cdf(bias + moved / (1 - acceleration * moved)))
    low, high = np.quantile(drawn, places)
    return float(low), float(high)


def _resampled(values: "NDArray[np.float64]", customers: int, rng: "np.random.Generator") -> "NDArray[np.float64]":
    """The mean of each of many resamples of all customers of an arm, of whom most ordered nothing.

    Drawing `customers` times from all is drawing how many of the draws are of somebody who ordered, which is binomial,
    and then so many from those who did: the same distribution, for the others add zero.
    """
    import numpy as np

    counts = rng.binomial(customers, len(values) / customers, RESAMPLES)
    several = max(1, _AT_ONCE // max(1, int(counts.max())))
    sums = []
    for start in range(0, RESAMPLES, several):
        ends = np.concatenate(([0], np.cumsum(counts[start : start + several])))
        running = np.concatenate(([0.0], np.cumsum(values[rng.integers(0, len(values), ends[-1])])))
        sums.append(np.diff(running[ends]))
    means: NDArray[np.float64] = np.concatenate(sums) / customers
    return means


def _acceleration(values: Sequence["NDArray[np.float64]"], sizes: Sequence[int]) -> float:
    """A sixth of the skewness of the difference, from each customer's influence on it: far from their arm's mean."""
    squares = cubes = 0.0
    for one, size, sign in zip(values, sizes, (1, -1), strict=True):
        mean, nothing = float(one.sum()) / size, size - len(one)
        squares += (float(((one - mean) ** 2).sum()) + nothing * mean**2) / size**2
        cubes += sign * (float(((one - mean) ** 3).sum()) - nothing * mean**3) / size**3
    return cubes / (6 * squares**1.5) if squares > 0 else 0.0
