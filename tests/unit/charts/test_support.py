"""The chart of support: tickets by week, and a line that breaks off where nobody was answered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from charts.drawing import png
from charts.support import Week, weeks
from domain.periods import Period, Span
from tests.support.charted import column, size
from tests.support.reported_shop import SHOP

LAST = date(2026, 5, 10)


def charted(*medians: str | None) -> list[Week]:
    first = LAST - timedelta(days=7 * len(medians) - 1)
    return [
        Week(first=first + timedelta(days=7 * n), opened=n, to_answer=None if one is None else Decimal(one))
        for n, one in enumerate(medians)
    ]


@pytest.mark.parametrize(
    ("span", "dark"), [(Span.DAY, "with this day"), (Span.WEEK, "this week"), (Span.MONTH, "this month")]
)
def test_the_weeks_of_the_period_are_dark(span: Span, dark: str) -> None:
    upper, _ = weeks(charted("5", "5", "5", "5"), Period.containing(LAST, span), "5 min", SHOP).panels
    assert column(upper, "value") == [0, 1, 2, 3]
    assert column(upper, "part") == ["earlier"] * (2 if span is Span.MONTH else 3) + [dark] * (
        2 if span is Span.MONTH else 1
    )


def test_medians_are_in_hours_where_they_are_long() -> None:
    _, lower = weeks(charted("30", None, "240"), Period.containing(LAST, Span.WEEK), "4 h", SHOP).panels
    assert column(lower, "hours") == [0.5, None, 4]
    assert lower.spec["title"] == {"text": "Median hours to first answer", "subtitle": "last: 4 h"}
    _, lower = weeks(charted("30", None, "239"), Period.containing(LAST, Span.WEEK), "3 h 59 min", SHOP).panels
    assert column(lower, "minutes") == [30, None, 239]


def test_where_nobody_was_answered_there_are_the_tickets_alone() -> None:
    assert len(weeks(charted(None, None), Period.containing(LAST, Span.WEEK), "-", SHOP).panels) == 1


@pytest.mark.parametrize("medians", [("0",), (None, "5", "90000"), (None,) * 13])
def test_it_fits_a_phone(medians: tuple[str | None, ...]) -> None:
    assert size(png(weeks(charted(*medians), Period.containing(LAST, Span.WEEK), "-", SHOP), SHOP.locale))[0] == 960
