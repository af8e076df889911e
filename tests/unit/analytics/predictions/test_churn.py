"""Who leaves: learned from windows that were made up, kept as data, explained in words."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from skops import io as skops
from skops.io.exceptions import UntrustedTypesFoundException

from analytics.predictions import churn, value
from analytics.predictions.churn import Churn
from analytics.predictions.judging import churn_score, reliability, top_share
from analytics.predictions.reasons import reasons
from analytics.predictions.windows import Window, cutoffs, one_in
from storage.queries.customer_features import FEATURES, Known, Reach

DAYS = 45
CUTOFF = date(2026, 1, 5)


def made_up(cutoff: date, customers: int = 300, seed: int = 0) -> Window:
    """Who has been silent for long leaves, mostly, and who spent much brings much."""
    dice = np.random.default_rng(seed)
    values = dice.uniform(0.1, 1.0, (customers, len(FEATURES)))
    recency = dice.integers(1, 180, customers)
    values[:, FEATURES.index("recency")] = recency
    values[:, FEATURES.index("recency_ratio")] = recency / 30
    values[:, FEATURES.index("days")] = 3
    values[:, FEATURES.index("gap")] = 30
    values[:, FEATURES.index("spent")] = dice.uniform(1, 100, customers)
    stays = dice.uniform(size=customers) > recency / 180
    known = Known(cutoff=cutoff, ids=np.arange(customers), values=values)
    next_order = np.where(stays, dice.integers(0, DAYS, customers), -1)
    return Window(
        known=known, days=DAYS, next_order=next_order, revenue=np.where(stays, values[:, FEATURES.index("spent")], 0)
    )


@pytest.fixture(scope="module")
def windows() -> list[Window]:
    return [made_up(CUTOFF + timedelta(days=15 * place), seed=place) for place in range(8)]


@pytest.fixture(scope="module")
def model(windows: list[Window]) -> Churn:
    return churn.fitted(windows, DAYS)


def test_it_knows_who_leaves_better_than_by_chance(model: Churn) -> None:
    test = made_up(date(2026, 9, 1), seed=99)
    score = churn_score(model.probability(test.known.values), test.left(DAYS))
    assert score.auc > 0.75
    assert abs(score.bias) < 0.1


def test_what_is_kept_says_the_same_and_foreign_types_are_refused(model: Churn) -> None:
    known = made_up(CUTOFF, seed=5).known.values
    assert Churn.loaded(model.dumped()).probability(known).tolist() == model.probability(known).tolist()
    with pytest.raises(UntrustedTypesFoundException):
        Churn.loaded(skops.dumps({"models": [made_up], "offset": 0.0, "days": DAYS}))


def test_the_same_windows_give_the_same_model(windows: list[Window], model: Churn) -> None:
    known = made_up(CUTOFF, seed=7).known.values
    assert churn.fitted(windows, DAYS).probability(known).tolist() == model.probability(known).tolist()


def test_half_of_what_was_missed_on_the_last_window_is_carried_on(windows: list[Window]) -> None:
    last = windows[-1]
    all_left = Window(known=last.known, days=DAYS, next_order=np.full(300, -1), revenue=last.revenue)
    calm, drifted = churn.fitted(windows, DAYS), churn.fitted([*windows[:-1], all_left], DAYS)
    assert drifted.offset > calm.offset + 0.5


@pytest.mark.parametrize("stays", [True, False])
def test_without_both_who_left_and_who_stayed_there_is_nothing_to_learn(stays: bool) -> None:
    known = made_up(CUTOFF).known
    window = Window(known=known, days=DAYS, next_order=np.full(300, 1 if stays else -1), revenue=np.zeros(300))
    with pytest.raises(ValueError, match="nobody left, or everybody"):
        churn.fitted([window], DAYS)


def test_few_customers_are_not_learned_from() -> None:
    with pytest.raises(ValueError, match="49 customers are known of so many days, and 50 are needed"):
        churn.fitted([made_up(CUTOFF, customers=49)], DAYS)
    with pytest.raises(ValueError, match="0 customers"):
        churn.fitted([], DAYS)


def test_reasons_begin_with_the_silence_of_who_is_likely_to_leave(model: Churn) -> None:
    known = made_up(CUTOFF, seed=3).known
    told = reasons(model, known)
    silent = int(np.argmax(known["recency"]))
    assert told[silent].startswith(f"no order for {known['recency'][silent]:.0f} days, usually every 30")
    assert all(1 <= len(one.split("; ")) <= 3 for one in told)
    assert reasons(model, Known(cutoff=CUTOFF, ids=np.array([]), values=np.empty((0, len(FEATURES))))) == []


def test_value_puts_who_will_bring_most_first(windows: list[Window]) -> None:
    model, test = value.fitted(windows, DAYS), made_up(date(2026, 9, 1), seed=98)
    assert top_share(model.ranked(test.known.values), test.revenue) > 0.3
    again = value.Value.loaded(model.dumped())
    assert again.expected(test.known.values).tolist() == model.expected(test.known.values).tolist()
    with pytest.raises(ValueError, match="nobody brought anything"):
        value.fitted([], DAYS)


def test_scores_worked_out_by_hand() -> None:
    probability, left = np.array([0.9, 0.8, 0.6, 0.4, 0.1]), np.array([True, False, True, True, False])
    score = churn_score(probability, left)
    assert (score.customers, score.churn, score.accuracy) == (5, 0.6, 0.6)
    assert score.auc == pytest.approx(4 / 6)
    assert score.brier == pytest.approx((0.01 + 0.64 + 0.16 + 0.36 + 0.01) / 5)
    assert score.lift == pytest.approx(1 / 0.6)
    assert score.bias == pytest.approx(0.56 - 0.6)
    with pytest.raises(ValueError, match="nothing to tell apart"):
        churn_score(probability, np.array([True] * 5))
    bins = reliability(probability, left, 2)
    assert [(one.customers, one.came) for one in bins] == [(3, pytest.approx(2 / 3)), (2, 0.5)]
    assert top_share(np.array([5.0, 1, 1, 1, 1]), np.array([3.0, 1, 0, 0, 0])) == 0.75


def test_cut_offs_end_where_their_days_do_and_are_few_in_a_large_shop() -> None:
    reach = Reach(first=date(2026, 1, 1), last=date(2026, 6, 30), customers=500)
    found = cutoffs(reach, date(2026, 7, 1), DAYS)
    assert (found[0], found[-1]) == (date(2026, 2, 11), date(2026, 5, 17))
    assert {(later - earlier).days for earlier, later in pairwise(found)} == {5}
    assert cutoffs(reach, date(2026, 3, 1), DAYS) == []
    large = Reach(first=date(2020, 1, 1), last=date(2026, 6, 30), customers=1_000_000)
    assert len(cutoffs(large, date(2026, 7, 1), DAYS)) == 8
    assert one_in(large, 8) == 80
    assert one_in(reach, 20) == 1
