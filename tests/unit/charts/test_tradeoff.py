"""The chart of what stock buys."""

import pytest

from charts.drawing import png
from charts.tradeoff import Curve, Tried, tradeoff
from tests.support.charted import column, size
from tests.support.reported_shop import SHOP

TARGET = Tried(stock=3.5, stock_outs=0.08)


def curve(name: str) -> Curve:
    tried = [Tried(stock=1.0, stock_outs=0.3), Tried(stock=3.0, stock_outs=0.07)]
    return Curve(name=name, tried=tried, working=tried[-1])


@pytest.mark.parametrize("names", [["ours"], ["ours", "normal", "empirical", "mean only"]])
def test_policies_are_told_apart_without_colour(names: list[str]) -> None:
    chart = tradeoff([curve(name) for name in names], TARGET, "two weeks")
    (panel,) = chart.panels
    assert set(column(panel, "policy")) == {f"{name}: 7.0% at 3.0 weeks" for name in names}
    encodings = [view["encoding"] for view in panel.spec["layer"]]
    for channel in ("shape", "strokeDash"):
        (scale,) = (one[channel]["scale"] for one in encodings if channel in one)
        assert len({str(one) for one in scale["range"]}) == len(names)
    assert panel.spec["title"] == {"text": "What stock buys", "subtitle": "two weeks"}
    assert size(png(chart, SHOP.locale)) == (960, 960)


@pytest.mark.parametrize("many", [0, 5])
def test_no_curve_or_too_many(many: int) -> None:
    with pytest.raises(ValueError, match="curves"):
        tradeoff([curve("ours")] * many, TARGET, "two weeks")
