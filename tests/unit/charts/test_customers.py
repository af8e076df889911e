"""The charts of loyalty, discounts and churn: who is compared with whom, and everybody counted once."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.customers import MOST_BINS, binned, churn, discounts, loyalty
from charts.drawing import png
from domain.records.marts import MEMBERS, OTHERS, LoyaltyMonth, Promotion
from tests.support.charted import column, legend, names, rows, size, titled
from tests.support.reported_shop import SHOP

WIDTH = 960  # dots


def month(number: int, side: str, average: str) -> LoyaltyMonth:
    return LoyaltyMonth(first_day=date(2026, number, 1), side=side, orders=3, average_order=Decimal(average))


def cut(title: str, before: int, after: int, *, is_overlapped: bool = False) -> Promotion:
    return Promotion(
        promotion_id=title,
        product_id=title,
        title=title,
        started_on=date(2026, 4, 1),
        price_before=Decimal(9),
        price_after=Decimal(7),
        days_compared=28,
        orders_before=before,
        orders_after=after,
        net_before=Decimal(1),
        net_after=Decimal(2),
        net_change=None,
        comparison="compared",
        is_overlapped=is_overlapped,
        is_enough=True,
    )


def test_members_and_others_by_month_told_apart_by_dashes_and_shapes() -> None:
    months = [month(n, side, average) for n in (1, 2) for side, average in ((MEMBERS, "50"), (OTHERS, "40"))]
    upper, lower = loyalty(months, {"Average order": 125.0}, SHOP).panels
    assert column(upper, "average") == [50, 40, 50, 40]
    line, point = (view["encoding"] for view in upper.spec["layer"])
    assert line["strokeDash"]["scale"]["range"] == [[1, 0], [6, 3]]
    assert point["shape"]["scale"]["range"] == ["circle", "square"]
    assert (titled(lower), names(lower)) == ("Members, with others as 100%", ["Average order"])
    assert column(lower, "label") == ["125%"]


def test_what_is_less_than_others_is_labelled_behind_their_line() -> None:
    months = [month(1, MEMBERS, "50"), month(1, OTHERS, "40")]
    _, lower = loyalty(months, {"Net a customer": 93.0, "Orders a customer": 120.0}, SHOP).panels
    assert column(lower, "behind") == [100, 120]


def test_with_nothing_to_compare_there_are_the_months_alone() -> None:
    (panel,) = loyalty([month(1, MEMBERS, "50"), month(1, OTHERS, "40")], {}, SHOP).panels
    assert titled(panel) == "Average order by month, USD"
    (panel,) = loyalty([month(1, OTHERS, "40"), month(2, OTHERS, "45")], {}, SHOP).panels
    assert (titled(panel), column(panel, "value")) == ("Average order by month, USD, all customers", [40, 45])


@pytest.mark.parametrize(
    ("pair", "title", "sides"),
    [
        ((Decimal(48), Decimal(42)), "Average order, USD", ["discounted", "full price"]),
        ((None, Decimal(42)), "Average order at full price, USD", []),
        ((Decimal(48), None), "Average order with a discount, USD", []),
    ],
)
def test_discounts_beside_full_price(pair: tuple[Decimal | None, Decimal | None], title: str, sides: list[str]) -> None:
    (panel,) = discounts({"all time": pair}, [], SHOP).panels
    assert (titled(panel), legend(panel)) == (title, sides)
    assert column(panel, "average") == [float(one) for one in pair if one is not None]


def test_orders_before_and_after_a_price_was_cut() -> None:
    cuts = [cut("M" * 40, 12, 31), cut("Plate", 30, 22, is_overlapped=True)]
    chart = discounts({"all time": (Decimal(48), Decimal(42))}, cuts, SHOP)
    assert names(chart.panels[1]) == [f"{'M' * 21}…", "Plate †"]
    assert [(row["before"], row["after"]) for row in rows(chart.panels[1])] == [(12, 31), (30, 22)]
    assert size(png(chart, SHOP.locale))[0] == WIDTH


def test_churn_has_a_line_where_customers_are_at_risk() -> None:
    upper, lower = churn(binned({0: 1, 44: 3, 45: 2}, 45), 45, {"VIP": 1.0, "New": 5e6}, SHOP).panels
    bars = [(row["from"], row["to"], row["customers"], row["part"]) for row in rows(upper) if "from" in row]
    risk = "at risk, from 45 days on"
    assert bars == [(0, 15, 1, "before"), (15, 30, 0, "before"), (30, 45, 3, "before"), (45, 60, 2, risk)]
    assert legend(upper) == [risk, "before"]
    assert {"x": {"datum": 45}} in [view["encoding"] for view in upper.spec["layer"]]
    assert (names(lower), column(lower, "label")) == (["VIP", "New"], ["1", "5,000,000"])


@pytest.mark.parametrize("days", [{0: 1}, {44: 3, 45: 2}, {5000: 1}])
def test_churn_fits_a_phone(days: dict[int, int]) -> None:
    for values in ({}, {"VIP": 1.0}, {"New": 5e6, "Regular": 1.0}):
        assert size(png(churn(binned(days, 45), 45, values, SHOP), SHOP.locale))[0] == WIDTH


@given(
    st.dictionaries(st.integers(min_value=0, max_value=5000), st.integers(min_value=1, max_value=9), max_size=40),
    st.integers(min_value=1, max_value=400),
)
def test_everybody_is_in_one_bin_and_none_crosses_the_line(silences: dict[int, int], at_risk_days: int) -> None:
    bins = binned(silences, at_risk_days)
    assert sum(number for *_, number in bins) == sum(silences.values())
    assert len(bins) <= MOST_BINS + 1
    assert not any(first < at_risk_days < first + wide for first, wide, _ in bins)
