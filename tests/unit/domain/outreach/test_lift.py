"""What campaigns changed: intervals by published figures, sizes below which nothing is claimed, seeds."""

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from domain.outreach.lift import (
    LEAST_BUYERS,
    LEAST_IN_ARM,
    SMALLEST,
    Verdict,
    bootstrapped,
    compare,
    newcombe,
    sample_size,
    wilson,
)
from domain.records.campaign_results import Group

TEN = Decimal(10)


def arm(ordered: int, customers: int, net: Decimal = TEN) -> Group:
    return Group(customers=customers, nets=(net,) * ordered)


Counts = tuple[int, int]  # who ordered, of how many


@st.composite
def counts(draw: st.DrawFn, least: int = 1, most: int = 3000) -> Counts:
    customers = draw(st.integers(least, most))
    return draw(st.integers(0, customers)), customers


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe(arm(*one), arm(*other))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@settings(deadline=None)
@given(counts())
def test_the_interval_of_a_share_is_scipys(one: Counts) -> None:
    found = wilson(*one)
    theirs = stats.binomtest(*one).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@pytest.mark.parametrize(
    ("share", "other", "written", "size"),
    [
        (0.6, 0.5, 0.5, 775),  # 387.3 in each arm, as tables have it
        (0.10, 0.05, 0.5, 869),  # 434.4 in each
        (0.10, 0.05, 0.9, 2609),
    ],
)
def test_the_size_is_that_of_the_textbooks(share: float, other: float, written: float, size: int) -> None:
    assert sample_size(share, other, written) == size


def test_the_size_finds_the_difference_in_four_of_five_cases() -> None:
    share, other, written = 0.08, 0.05, 0.8
    size = sample_size(share, other, written)
    treated, held_out = round(size * written), size - round(size * written)
    rng = np.random.default_rng(20)
    p = rng.binomial(treated, share, 20_000) / treated
    q = rng.binomial(held_out, other, 20_000) / held_out
    mean = (p * treated + q * held_out) / size
    z = (p - q) / np.sqrt(mean * (1 - mean) * (1 / treated + 1 / held_out))
    assert np.mean(np.abs(z) > 1.96) == pytest.approx(0.8, abs=0.02)


@settings(deadline=None)
@given(counts(), counts(), st.integers(0, 9))
def test_swapping_the_arms_mirrors_what_is_found(one: Counts, other: Counts, seed: int) -> None:
    found, mirrored = compare(arm(*one), arm(*other), seed=seed), compare(arm(*other), arm(*one), seed=seed)
    assert found.interval is not None
    assert mirrored.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-mirrored.interval.high, -mirrored.interval.low))
    assert found.difference == pytest.approx(-(mirrored.difference or 0))
    if not found.interval.has_zero:  # or the size is sought at which more of the first arm, not fewer, would be seen
        turned = {Verdict.MORE: Verdict.FEWER, Verdict.FEWER: Verdict.MORE}
        assert mirrored.verdict is turned.get(found.verdict, found.verdict)
        assert abs(found.needed - mirrored.needed) <= 1  # rounded up, of floats


@settings(deadline=None)
@given(counts(), counts(), st.integers(2, 5))
def test_more_of_the_same_customers_narrow_the_interval(one: Counts, other: Counts, times: int) -> None:
    few = newcombe(arm(*one), arm(*other))
    many = newcombe(*(arm(ordered * times, customers * times) for ordered, customers in (one, other)))
    assert many.high - many.low < few.high - few.low


@settings(deadline=None)
@given(counts(least=0), counts(least=0))
def test_the_difference_is_in_its_interval_and_none_is_claimed_below_the_needed_size(
    one: Counts, other: Counts
) -> None:
    found = compare(arm(*one), arm(*other), seed=1)
    counted = one[1] + other[1]
    if found.interval is not None:
        assert -1 <= found.interval.low <= (found.difference or 0) + 1e-12
        assert (found.difference or 0) - 1e-12 <= found.interval.high <= 1
    if found.verdict is Verdict.UNKNOWN:
        assert found.missing >= 1
    else:
        assert found.missing == 0
        assert counted >= found.needed
        assert min(one[1], other[1]) >= LEAST_IN_ARM
        assert found.interval is not None
        assert found.claimed is not found.interval.has_zero


@settings(deadline=None)
@given(counts(most=20_000), counts(most=20_000))
def test_what_is_claimed_is_well_over_two_standard_errors(one: Counts, other: Counts) -> None:
    """So that looking every day claims no more, by chance, than one look at 5 % would (Pocock, Biometrika 64, 1977)."""
    found = compare(arm(*one), arm(*other), seed=1)
    if found.claimed:
        shares = [((ordered + 1) / (customers + 2), customers) for ordered, customers in (one, other)]
        error = math.sqrt(sum(share * (1 - share) / customers for share, customers in shares))
        assert abs(found.difference or 0) / error > 2.75


@pytest.mark.parametrize(
    ("treated", "held_out"),
    [
        (arm(0, 0), arm(0, 0)),
        (arm(900, 900), arm(0, 0)),
        (arm(0, 0), arm(50, 100)),
        (arm(900, 900), arm(0, 1)),
        (arm(0, 100_000), arm(1, 1)),
        (arm(100_000, 100_000), arm(0, LEAST_IN_ARM - 1)),
        (arm(20, 20), arm(0, 20)),
    ],
)
def test_of_tiny_arms_nothing_is_claimed(treated: Group, held_out: Group) -> None:
    found = compare(treated, held_out, seed=1)
    assert found.verdict is Verdict.UNKNOWN
    assert found.missing >= 1


def test_a_plain_effect_is_claimed_one_way_or_the_other() -> None:
    assert compare(arm(150, 900), arm(5, 100), seed=1).verdict is Verdict.MORE
    assert compare(arm(45, 900), arm(20, 100), seed=1).verdict is Verdict.FEWER


def test_a_difference_that_is_seen_too_early_is_not_known_yet() -> None:
    found = compare(arm(90, 900), arm(3, 100), seed=1)
    assert found.interval is not None
    assert not found.interval.has_zero
    assert (found.verdict, found.needed, found.missing) == (Verdict.UNKNOWN, 1262, 262)


def test_enough_customers_without_a_difference_say_so() -> None:
    few, many = compare(arm(50, 500), arm(50, 500), seed=1), compare(arm(500, 5000), arm(505, 5000), seed=1)
    assert few.verdict is Verdict.UNKNOWN
    assert many.verdict is Verdict.NONE
    assert few.needed == pytest.approx(sample_size(0.1 + SMALLEST, 0.1, 0.5), rel=0.02)


def lognormal(seed: int, ordered: int, customers: int) -> Group:
    drawn = np.random.default_rng(seed).lognormal(3, 0.8, ordered)
    return Group(customers=customers, nets=tuple(Decimal(str(round(one, 2))) for one in drawn))


def everybody(one: Group) -> np.ndarray:
    return np.array([float(net) for net in one.nets] + [0.0] * (one.customers - one.ordered))


@pytest.mark.parametrize(("ordered", "held_ordered"), [(400, 40), (90, 12), (60, 60)])
def test_the_interval_of_revenue_is_scipys_over_all_customers_one_by_one(ordered: int, held_ordered: int) -> None:
    """Where scipy draws every customer, those who ordered nothing among them."""
    treated, held_out = lognormal(1, ordered, 2000), lognormal(2, held_ordered, 300)
    low, high = bootstrapped(treated, held_out, 7)
    theirs = stats.bootstrap(
        (everybody(treated), everybody(held_out)),
        lambda one, other, axis=-1: one.mean(axis) - other.mean(axis),
        method="BCa",
        n_resamples=4000,
        batch=500,
        rng=np.random.default_rng(3),
    ).confidence_interval
    width = theirs.high - theirs.low
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=0.08 * width)


def test_the_same_customers_and_seed_give_the_same_figures_in_any_order() -> None:
    treated, held_out = lognormal(1, 90, 900), lognormal(2, 12, 100)
    turned = [Group(customers=one.customers, nets=one.nets[::-1]) for one in (treated, held_out)]
    first = compare(treated, held_out, seed=7).revenue
    bootstrapped.cache_clear()
    assert compare(*turned, seed=7).revenue == first
    assert compare(treated, held_out, seed=8).revenue != first


def test_of_few_orders_revenue_has_no_interval() -> None:
    found = compare(arm(90, 900), arm(LEAST_BUYERS - 1, 100), seed=1).revenue
    assert found is not None
    assert (found.difference, found.low, found.high) == (Decimal("0.60"), None, None)


def test_where_everybody_pays_the_same_and_orders_revenue_is_sure() -> None:
    found = compare(arm(100, 100, Decimal(12)), arm(100, 100, Decimal(10)), seed=1).revenue
    assert found is not None
    assert (found.difference, found.low, found.high) == (Decimal(2), Decimal(2), Decimal(2))


def test_more_cannot_order_than_there_are() -> None:
    with pytest.raises(ValueError, match="more ordered"):
        Group(customers=1, nets=(TEN, TEN))
