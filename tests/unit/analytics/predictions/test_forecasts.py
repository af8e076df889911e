"""The textbook's forecasts, worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.predictions.forecasts import TEXTBOOK, bias, croston_sba, moving_average, naive, ses, tsb, wape


def test_naive_says_the_last_week() -> None:
    assert naive(np.array([[1, 2], [4, 0]])).tolist() == [2, 0]


def test_moving_average_of_as_many_weeks_as_there_are() -> None:
    assert moving_average(np.array([[100, 1, 2, 3]]), weeks=3).tolist() == [2]
    assert moving_average(np.array([[1, 3]])).tolist() == [2]


def test_ses_by_hand() -> None:
    assert ses(np.array([[10, 20, 20]]), alpha=0.5).tolist() == [17.5]


def test_croston_sba_by_hand() -> None:
    # size 6 every 3 weeks, then 6 after 2: interval 2.5; 6 / 2.5 × (1 - 0.25)
    assert croston_sba(np.array([[0, 0, 6, 0, 6]]), alpha=0.5) == pytest.approx([1.8])
    # weeks without demand change nothing
    assert croston_sba(np.array([[0, 0, 6, 0, 6, 0, 0]]), alpha=0.5) == pytest.approx([1.8])


def test_tsb_by_hand_and_fading() -> None:
    # size 4 with probability 1/2, which halves in a week without demand
    assert tsb(np.array([[0, 4, 0]]), alpha=0.5, beta=0.5).tolist() == [1.0]
    assert tsb(np.array([[0, 4, 0, 0]]), alpha=0.5, beta=0.5).tolist() == [0.5]
    # demand of 8: probability 0.75, size 6
    assert tsb(np.array([[0, 4, 8]]), alpha=0.5, beta=0.5).tolist() == [4.5]


@pytest.mark.parametrize("name", list(TEXTBOOK))
def test_of_what_was_never_asked_for_nothing_is_expected(name: str) -> None:
    assert TEXTBOOK[name](np.zeros((2, 5))).tolist() == [0, 0]


@pytest.mark.parametrize("name", list(TEXTBOOK))
@given(weekly=arrays(np.int64, (3, 9), elements=st.integers(0, 500)))
def test_a_forecast_is_within_what_was_seen(name: str, weekly: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
    found = TEXTBOOK[name](weekly)
    assert (found >= 0).all()
    assert (found <= weekly.max(axis=1) + 1e-9).all()


@pytest.mark.parametrize("name", list(TEXTBOOK))
@pytest.mark.parametrize("weekly", [np.zeros((2, 0)), np.zeros(3), np.array([[-1.0]]), np.array([[np.nan]])])
def test_a_table_that_cannot_be(name: str, weekly: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    with pytest.raises(ValueError):
        TEXTBOOK[name](weekly)


def test_smoothing_and_weeks_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="smoothing"):
        ses(np.ones((1, 2)), alpha=0.0)
    with pytest.raises(ValueError, match="smoothing"):
        tsb(np.ones((1, 2)), beta=1.5)
    with pytest.raises(ValueError, match="mean of 0 weeks"):
        moving_average(np.ones((1, 2)), weeks=0)


def test_errors_by_hand() -> None:
    assert wape(np.array([3, 5]), np.array([4, 6])) == pytest.approx(0.2)
    assert bias(np.array([3, 5]), np.array([4, 6])) == pytest.approx(-0.2)
    assert bias(np.array([3, 7]), np.array([4, 6])) == 0.0
    assert math.isnan(wape(np.array([1]), np.array([0])))
    with pytest.raises(ValueError, match="expected is"):
        wape(np.array([1]), np.array([1, 2]))
