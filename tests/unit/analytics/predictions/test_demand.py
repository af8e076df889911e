"""Reorder points and order-up-to levels."""

from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.predictions import demand_pool
from analytics.predictions.demand import Levels, demand, first_weeks, levels, whole_units
from analytics.predictions.demand_pool import Floats, Pool, Pooling
from analytics.predictions.simulating import normal

Table = np.ndarray[tuple[int, int], np.dtype[np.int64]]


def made_shop(products: int = 300, weeks: int = 52, seed: int = 18) -> Floats:
    """Products of many volumes, from one unit in two weeks to hundreds a week, lumpy."""
    chance = np.random.default_rng(seed)
    rate = np.exp(np.linspace(np.log(0.5), np.log(300), products))[:, None]
    return chance.negative_binomial(2.0, 2.0 / (2.0 + rate), (products, weeks)).astype(float)


def same(one: Levels, other: Levels) -> bool:
    return all(np.array_equal(value, asdict(other)[name]) for name, value in asdict(one).items())


def test_what_sells_the_same_every_week_needs_no_safety_stock() -> None:
    shop = np.repeat(np.arange(1.0, 301)[:, None], 20, axis=1)
    for share in (0.5, 0.9, 0.99):
        found = levels(shop, 14, share)
        assert found.reorder_point.tolist() == [3 * units for units in range(1, 301)]
        assert found.weekly_demand == pytest.approx(np.arange(1.0, 301))


def test_what_is_known_of_a_product_by_hand() -> None:
    # Weights ½, 1 since the first sale. Mean 4 × ½ / 1½; mean root 2 × ½ / 1½, squared 4/9; median of 4 and 0.
    mean, robust, median, lump = demand_pool._signals(
        np.array([[0.0, 4.0, 0.0]]), np.array([1]), 3, Pooling(memory=0.5)
    )[0]
    assert np.expm1([mean, robust, median]) == pytest.approx([3 * 4 / 3, 3 * 4 / 9, 3 * 2])
    assert lump == pytest.approx(np.log1p(4 / 3) - np.log1p(4) / 3)


def kept(shop: Floats, share: float) -> npt.NDArray[np.bool_]:
    """Whether the stock lasted, (weeks, products)."""
    weeks = range(40, shop.shape[1] - 2)
    return np.array([shop[:, at : at + 3].sum(axis=1) <= levels(shop[:, :at], 14, share).reorder_point for at in weeks])


@pytest.mark.parametrize("share", [0.8, 0.9, 0.95])
def test_levels_last_as_often_as_was_asked_for_or_a_little_more(share: float) -> None:
    lasted = kept(made_shop(600, 60), share)
    assert share - 0.01 <= lasted.mean() <= share + 0.04
    for part in range(3):  # of the volumes, each by itself
        assert share - 0.02 <= lasted[:, part * 200 : part * 200 + 200].mean() <= share + 0.08  # whole units


def test_what_was_never_asked_for_is_not_ordered() -> None:
    shop = np.vstack([np.zeros(52), made_shop()])
    found = levels(shop, 14, 0.95)
    assert (found.reorder_point[0], found.order_up_to[0], found.weekly_demand[0]) == (0, 0, 0.0)
    assert (found.reorder_point[1:] > 0).all()


def test_the_expected_demand_is_about_the_mean() -> None:
    shop = made_shop()
    assert levels(shop, 14, 0.9).weekly_demand.sum() == pytest.approx(shop.mean(axis=1).sum(), rel=0.1)


def test_one_wholesale_order_does_not_fill_the_warehouse() -> None:
    shop = made_shop()
    calm = levels(shop, 14, 0.9).order_up_to[150]
    shop[150, 40] += 10_000
    after = levels(shop, 14, 0.9).order_up_to[150]
    assert calm < after < 4 * calm
    assert normal(3, 0.9)(shop)[1][150] > 20 * calm


def test_a_product_that_has_doubled_gets_more_within_weeks() -> None:
    shop = made_shop()
    before = levels(shop, 14, 0.9).order_up_to[200]
    shop[200, -6:] *= 2
    assert levels(shop, 14, 0.9).order_up_to[200] > 1.2 * before


def test_a_product_that_has_ended_fades() -> None:
    shop = made_shop()
    before = levels(shop, 14, 0.9).order_up_to[200]
    shop[200, -26:] = 0
    assert levels(shop, 14, 0.9).order_up_to[200] < 0.25 * before


def test_a_newcomer_is_judged_by_its_weeks_on_sale() -> None:
    shop = made_shop()
    shop[200, :-3] = 0  # three weeks like the others' volume there
    young = levels(shop, 14, 0.9)
    assert young.weekly_demand[200] == pytest.approx(shop[200, -3:].mean(), rel=0.6)
    assert young.order_up_to[200] > 3 * shop[200, -3:].min()


def test_weeks_on_sale_without_demand_count_where_they_are_known() -> None:
    shop = made_shop()
    shop[100, :-1] = 0
    shop[100, -1] = 12
    since = np.full(len(shop), 0)
    assert levels(shop, 14, 0.9, listed=since).weekly_demand[100] < levels(shop, 14, 0.9).weekly_demand[100]


@settings(max_examples=30, deadline=None)
@given(st.floats(0.5, 0.98), st.floats(0.0, 0.019))
def test_more_service_never_means_less_stock(share: float, more: float) -> None:
    shop = made_shop(60, 30)
    assert (levels(shop, 14, share + more).reorder_point >= levels(shop, 14, share).reorder_point).all()


def test_a_longer_lead_time_means_more_stock_and_parts_of_weeks_lie_between() -> None:
    shop = made_shop()
    seven, ten, fourteen = (levels(shop, days, 0.9).reorder_point for days in (7, 10, 14))
    assert seven.sum() < ten.sum() < fourteen.sum()
    between = seven + (fourteen - seven) * 3 / 7
    assert np.abs(ten - between).max() <= 2


def test_lead_times_and_service_by_product() -> None:
    shop = made_shop()
    lead, share = np.where(np.arange(300) % 2, 7, 21), np.where(np.arange(300) % 3, 0.8, 0.95)
    mixed = levels(shop, lead, share)
    for days in (7, 21):
        for one in (0.8, 0.95):
            rows = (lead == days) & (share == one)
            assert np.array_equal(mixed.order_up_to[rows], levels(shop, days, one).order_up_to[rows])


def test_a_longer_cycle_orders_more_at_once_but_not_sooner() -> None:
    shop = made_shop()
    weekly, monthly = levels(shop, 14, 0.9), levels(shop, 14, 0.9, cycle_days=28)
    assert np.array_equal(weekly.reorder_point, weekly.order_up_to)
    assert np.array_equal(monthly.reorder_point, weekly.reorder_point)
    more = monthly.order_up_to - monthly.reorder_point
    assert np.abs(more - 3 * monthly.weekly_demand).max() <= 1


def test_a_shop_of_two_weeks_gets_a_normal_quantile() -> None:
    # mean 4 over 3 weeks, z = 0; Poisson's variance for a product that sold the same both weeks: 12 + 1.2816 × √12
    assert levels(np.array([[4, 4]]), 14, 0.5).order_up_to.tolist() == [12]
    assert levels(np.array([[4, 4]]), 14, 0.9).order_up_to.tolist() == [17]
    assert levels(np.array([[0, 4]]), 14, 0.5).order_up_to.tolist() == [12]  # on sale for one week


def test_no_weeks_and_no_products() -> None:
    assert levels(np.zeros((2, 0)), 14, 0.9).order_up_to.tolist() == [0, 0]
    assert levels(np.zeros((0, 9)), 14, 0.9).order_up_to.tolist() == []


def test_the_order_of_products_does_not_matter_and_runs_agree() -> None:
    shop = made_shop()
    turned = levels(shop[::-1], 14, 0.9)
    found = levels(shop, 14, 0.9)
    assert np.abs(turned.order_up_to[::-1] - found.order_up_to).max() <= 1  # sums in another order
    assert same(found, levels(shop, 14, 0.9))


def test_parts_of_the_catalogue_at_once_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = levels(made_shop(), 14, 0.9)
    monkeypatch.setattr(demand_pool, "CHUNK", 7)
    assert np.abs(levels(made_shop(), 14, 0.9).order_up_to - found.order_up_to).max() <= 1


def test_a_sample_of_the_catalogue_serves_all_of_it() -> None:
    shop = made_shop(900)
    every, some = levels(shop, 14, 0.9), levels(shop, 14, 0.9, pooling=Pooling(largest=100))
    assert some.order_up_to.sum() == pytest.approx(every.order_up_to.sum(), rel=0.1)


@settings(max_examples=50, deadline=None)
@given(arrays(np.int64, st.tuples(st.integers(1, 6), st.integers(1, 40)), elements=st.integers(0, 3_000)))
def test_any_table_has_levels(weekly: Table) -> None:
    found = levels(weekly, 10, 0.9, pooling=Pooling(fewest=5))
    assert (found.reorder_point >= 0).all()
    assert (found.order_up_to >= found.reorder_point).all()
    assert np.isfinite(found.weekly_demand).all()
    assert (found.order_up_to[weekly.sum(axis=1) == 0] == 0).all()


def test_the_pool_has_seen_nothing_after_its_table() -> None:
    shop = made_shop()
    pool = Pool.fitted(shop[:, :30], first_weeks(shop[:, :30]), 3, Pooling())
    # origins from week 4 to week 27, each followed by three known weeks
    known = sum(int((first_weeks(shop) < origin).sum()) for origin in range(4, 28))
    assert len(pool.errors) == known


def test_lost_demand_is_demand() -> None:
    assert demand(np.array([[6, 0]]), np.array([[4, 1]])).tolist() == [[10, 1]]
    shop = made_shop()
    lost = np.zeros_like(shop)
    lost[200] = shop[200]
    assert levels(demand(shop, lost), 14, 0.9).order_up_to[200] > 1.5 * levels(shop, 14, 0.9).order_up_to[200]


def test_first_weeks() -> None:
    weekly = np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    assert first_weeks(weekly).tolist() == [1, 3, 0]
    assert first_weeks(weekly, [0, 1, 2]).tolist() == [0, 3, 0]
    for listed in ([0, 1], [0, -1, 0]):
        with pytest.raises(ValueError, match="first weeks on sale"):
            first_weeks(weekly, listed)


def test_whole_units_are_not_raised_by_arithmetic() -> None:
    assert whole_units(np.array([3.0000000001, 3.1, 0.0])).tolist() == [3, 4, 0]


@pytest.mark.parametrize("weekly", [[1.0, 2.0], [[-1.0]], [[np.nan]], [[np.inf]]])
def test_demand_that_cannot_be(weekly: list[float]) -> None:
    with pytest.raises(ValueError, match="weekly demand is"):
        levels(np.array(weekly), 14, 0.9)


def test_sold_and_lost_are_of_the_same_products_and_weeks() -> None:
    with pytest.raises(ValueError, match="sold is"):
        demand(np.zeros((2, 3)), np.zeros((3, 2)))
    with pytest.raises(ValueError, match="not negative"):
        demand(np.array([[1]]), np.array([[-1]]))


@pytest.mark.parametrize(
    ("lead", "share", "said"),
    [
        (-1, 0.9, "lead time is not below 0"),
        (14, 0.0, "between 0 and 1"),
        (14, 1.0, "between 0 and 1"),
        ([14, 14], 0.9, "lead_days is one number or one per product"),
        (14, [0.9, 0.9], "service is one number or one per product"),
        (np.nan, 0.9, "lead_days is finite"),
    ],
)
def test_terms_that_cannot_be(lead: float, share: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        levels(np.ones((3, 10)), lead, share)


def test_reviews_and_cycles_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="a review every 0 days"):
        levels(np.ones((3, 10)), 14, 0.9, review_days=0)
    with pytest.raises(ValueError, match="a cycle of 3"):
        levels(np.ones((3, 10)), 14, 0.9, cycle_days=3)


@pytest.mark.parametrize("terms", [{"memory": 0.0}, {"outsize": 0.5}, {"lumps": 0}, {"ridge": -1.0}])
def test_pooling_that_cannot_be(terms: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Pooling(**terms)  # type: ignore[arg-type]
