"""The chart of whether probabilities can be believed."""

import pytest

from charts.drawing import png
from charts.reliability import Point, reliability
from tests.support.charted import rows, size
from tests.support.reported_shop import SHOP


def test_what_came_against_what_was_predicted_in_percent() -> None:
    chart = reliability([Point(predicted=0.25, came=0.5, customers=10)], "churn, cut-off 2026-03-28")
    assert {"predicted": 25, "left": 50, "customers": 10} in rows(chart.panels[0])
    assert size(png(chart, SHOP.locale)) == (960, 840)


def test_it_needs_points() -> None:
    with pytest.raises(ValueError, match="no points"):
        reliability([], "churn")
