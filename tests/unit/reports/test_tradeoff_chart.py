"""The picture of what stock buys."""

import pytest

from reports.tradeoff_chart import Curve, Tried, tradeoff

TARGET = Tried(stock=3.5, stock_outs=0.08)


def curve(name: str) -> Curve:
    tried = [Tried(stock=1.0, stock_outs=0.3), Tried(stock=3.0, stock_outs=0.07)]
    return Curve(name=name, tried=tried, working=tried[-1])


@pytest.mark.parametrize("names", [["ours"], ["ours", "normal", "empirical", "mean only"]])
def test_a_picture(names: list[str]) -> None:
    assert tradeoff([curve(name) for name in names], TARGET, "two weeks").startswith(b"\x89PNG")


@pytest.mark.parametrize("many", [0, 5])
def test_no_curve_or_too_many(many: int) -> None:
    with pytest.raises(ValueError, match="curves"):
        tradeoff([curve("ours")] * many, TARGET, "two weeks")
