"""The pictures of the warehouse's reports: they fit a phone whatever there is to draw, and count everybody once."""

import struct
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import Period, Span
from domain.records.marts import Daypart, SoldIn, WeekdayNet
from reports import customer_charts, sales_charts
from reports.customer_charts import MOST_BINS, binned

PHONE = 960  # dots


def width(png: bytes) -> int:
    return int(struct.unpack(">16xI", png[:20])[0])


def trend(span: Span, *nets: str) -> list[SoldIn]:
    last = Period.containing(date(2026, 5, 4), span)
    return [SoldIn(period=last.before(len(nets) - 1 - n), net=Decimal(net)) for n, net in enumerate(nets)]


@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("nets", [("5",), ("0", "0"), ("-5", "10", "0"), ("9999999.99",) * 30])
def test_sales_fit_a_phone(span: Span, nets: tuple[str, ...]) -> None:
    means = [None, *[Decimal(5)] * (len(nets) - 1)]
    assert width(sales_charts.sales(trend(span, *nets), means, {}, "USD")) == PHONE


@pytest.mark.parametrize(
    "sold",
    [
        [(1, Daypart.NIGHT, "5")],
        [(7, Daypart.NOON, "5"), (7, Daypart.NIGHT, "-1")],
        [(day, part, "5") for day in range(1, 8) for part in Daypart],
    ],
)
def test_shares_fit_a_phone_and_come_to_the_whole(sold: list[tuple[int, Daypart, str]]) -> None:
    found = [WeekdayNet(weekday=day, daypart=part, net=Decimal(net)) for day, part, net in sold]
    shares = sales_charts.shares(found)
    assert sum(shares.values()) == pytest.approx(100)
    assert width(sales_charts.sales(trend(Span.WEEK, "5"), [None], shares, "USD")) == PHONE


def test_there_are_no_shares_of_nothing() -> None:
    assert sales_charts.shares([]) == {}
    assert sales_charts.shares([WeekdayNet(weekday=1, daypart=Daypart.NOON, net=Decimal(-5))]) == {}


@given(
    st.dictionaries(st.integers(min_value=0, max_value=5000), st.integers(min_value=1, max_value=9), max_size=40),
    st.integers(min_value=1, max_value=400),
)
def test_everybody_is_in_one_bin_and_none_crosses_the_line(silences: dict[int, int], at_risk_days: int) -> None:
    bins = binned(silences, at_risk_days)
    assert sum(number for *_, number in bins) == sum(silences.values())
    assert len(bins) <= MOST_BINS + 1
    assert not any(first < at_risk_days < first + wide for first, wide, _ in bins)


@pytest.mark.parametrize("days", [{0: 1}, {44: 3, 45: 2}, {5000: 1}])
def test_churn_fits_a_phone(days: dict[int, int]) -> None:
    for values in ({}, {"VIP": 1.0}, {"New": 5e6, "Regular": 1.0}):
        assert width(customer_charts.churn(binned(days, 45), 45, values, "USD")) == PHONE
