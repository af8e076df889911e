"""Weeks of a policy, worked by hand."""

import numpy as np
import pytest

from analytics.predictions.demand_pool import Floats, Whole
from analytics.predictions.simulating import (
    Plan,
    empirical,
    mean_only,
    normal,
    planned,
    scored,
    simulate,
)

WEEKLY = np.array([[9, 4, 4, 4, 0]])


def base_stock(level: int, weeks: int = 4, start: int = 1) -> Plan:
    goal = np.full((1, weeks), level)
    return Plan(start=start, reorder_point=goal, order_up_to=goal)


def test_four_weeks_with_a_lead_time_of_two() -> None:
    # 6: sells 4 | 2: orders 4, sells 2 of 4 | 0: orders 2, sells nothing | the 4 are there, the 2 to come
    found = simulate(WEEKLY, base_stock(6), lead_weeks=2)
    assert found.available.tolist() == [[6, 2, 0, 4]]
    assert found.ordered.tolist() == [[0, 4, 2, 0]]
    assert found.sold.tolist() == [[4, 2, 0, 0]]
    assert found.closing.tolist() == [[2, 0, 0, 4]]


def test_the_score_of_these_weeks() -> None:
    score = scored(simulate(WEEKLY, base_stock(6), lead_weeks=2), np.array([2.0]))
    assert score.stock_outs == 2 / 4
    assert score.stock_outs_asked == 2 / 3
    assert score.stock == score.stock_by_product == score.stock_median == score.stock_value == 0.5  # 6 units, 12 asked
    assert score.fill_rate == 0.5


def test_exactly_enough_is_no_stock_out() -> None:
    score = scored(simulate(np.array([[1, 6, 0]]), base_stock(6, weeks=2), lead_weeks=2), np.ones(1))
    assert score.stock_outs == 0


def test_without_a_lead_time_each_week_begins_with_the_level() -> None:
    assert simulate(WEEKLY, base_stock(6), lead_weeks=0).available.tolist() == [[6, 6, 6, 6]]


def test_a_level_that_falls_sends_nothing_back() -> None:
    goal = np.array([[6, 1, 1, 1]])
    found = simulate(WEEKLY * 0, Plan(start=1, reorder_point=goal, order_up_to=goal), lead_weeks=2)
    assert found.available.tolist() == [[6, 6, 6, 6]]
    assert found.ordered.sum() == 0


def test_a_part_of_the_weeks() -> None:
    found = simulate(WEEKLY, base_stock(6), lead_weeks=2).between(1, 3)
    assert found.available.tolist() == [[2, 0]]
    assert scored(found, np.ones(1)).stock_outs == 1


def test_products_count_by_units_by_themselves_and_by_value() -> None:
    weekly = np.array([[1, 1, 1], [1, 9, 9]])
    goal = np.array([[3, 3], [18, 18]])
    plan = Plan(start=1, reorder_point=goal * 0, order_up_to=goal)
    score = scored(simulate(weekly, plan, lead_weeks=1), np.array([9.0, 1.0]))
    assert score.stock == (2 + 1 + 9 + 0) / 20
    assert score.stock_by_product == (1.5 + 0.5) / 2
    assert score.stock_value == (3 * 9 + 9) / (2 * 9 + 18)


def test_a_policy_sees_the_past_only_and_cannot_change_it() -> None:
    seen: list[list[list[float]]] = []

    def spying(known: Floats) -> tuple[Whole, Whole]:
        seen.append(known.tolist())
        known[:] = 0
        return np.ones(1, dtype=np.int64), np.ones(1, dtype=np.int64)

    planned(WEEKLY, spying, start=3)
    assert seen == [[[9, 4, 4]], [[9, 4, 4, 4]]]


def test_reference_policies_by_hand() -> None:
    known = np.array([[2.0, 4.0, 2.0, 4.0]])  # mean 3, deviation 1
    assert mean_only(3)(known)[1].tolist() == [9]
    assert mean_only(3, weeks=1)(known)[1].tolist() == [12]
    assert normal(3, 0.95)(known)[1].tolist() == [12]  # 9 + 1.645 × √3 = 11.85
    assert normal(3, 0.5)(known)[1].tolist() == [9]
    assert normal(3, 0.95, spread_over=1, weeks=4)(known)[1].tolist() == [11]  # 10.6
    assert normal(3, 0.0001)(known * [[0, 0, 0, 9]])[1].tolist() == [0]  # not below nothing
    assert empirical(3, 0.5)(known)[1].tolist() == [9]  # of 8 and 10
    assert empirical(3, 0.99)(known)[1].tolist() == [10]
    assert empirical(3, 0.9)(known[:, :2])[1].tolist() == [9]  # too few weeks: the mean


@pytest.mark.parametrize("start", [0, 5, 9])
def test_there_is_history_and_something_to_simulate(start: int) -> None:
    with pytest.raises(ValueError, match="first simulated one cannot be"):
        planned(WEEKLY, mean_only(3), start=start)


def test_a_plan_for_other_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="a plan of"):
        simulate(WEEKLY, base_stock(6, weeks=3), lead_weeks=2)
    with pytest.raises(ValueError, match="lead time -1"):
        simulate(WEEKLY, base_stock(6), lead_weeks=-1)


def test_without_demand_there_is_no_score() -> None:
    with pytest.raises(ValueError, match="nothing to score"):
        scored(simulate(WEEKLY * 0, base_stock(6), lead_weeks=2), np.ones(1))
