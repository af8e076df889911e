"""The chart of the report on support."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from charts.chart import Chart, Panel
from charts.parts import ALONE, HALF, Bar, amounts, days, over_time, panel, view
from charts.written import Written
from domain.periods import Period, Span

WEEK = timedelta(days=7)
HOURS_FROM = 240  # minutes that a median comes to


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """Tickets opened from a day on, and the median minutes to the first answers given in that time, if any was."""

    first: date
    opened: int
    to_answer: Decimal | None


def weeks(found: Sequence[Week], period: Period, last: str, by: Written) -> Chart:
    """Tickets opened in each seven days as bars, and the median time to first answers as a line; `last` is its end."""
    parts = f"{'with ' if period.span is Span.DAY else ''}this {period.span}", "earlier"
    bars = [Bar(day=one.first, value=one.opened, part=parts[one.first + WEEK <= period.first]) for one in found]
    answered = any(one.to_answer is not None for one in found)
    upper = over_time(bars, "Tickets in the 7 days from …", by, parts=parts, height=HALF if answered else ALONE)
    return Chart(panels=(upper, _medians(found, last, by)) if answered else (upper,))


def by_period(found: Sequence[Week], period: Period, last: str, by: Written) -> Chart:
    """The same of days, weeks or months, of which `period` is the last."""
    span, answered = period.span, any(one.to_answer is not None for one in found)
    parts, labelled = (f"this {span}", "earlier"), Span.MONTH if span is Span.MONTH else Span.DAY
    bars = [Bar(day=one.first, value=one.opened, part=parts[one.first < period.first]) for one in found]
    title, height = f"Tickets opened, by {span}", HALF if answered else ALONE
    upper = over_time(bars, title, by, parts=parts, labelled=labelled, height=height)
    return Chart(panels=(upper, _medians(found, last, by, labelled)) if answered else (upper,))


def _medians(found: Sequence[Week], last: str, by: Written, labelled: Span = Span.DAY) -> Panel:
    """A line that breaks off where nobody was answered."""
    known = [one.to_answer for one in found if one.to_answer is not None]
    unit, size = ("hours", 60) if max(known) >= HOURS_FROM else ("minutes", 1)
    rows = [
        {"day": one.first.isoformat(), unit: None if one.to_answer is None else float(one.to_answer) / size}
        for one in found
    ]
    line = view(rows).mark_line(style="ink", strokeWidth=2.4, point={"style": "ink", "size": 50})
    medians = line.encode(
        days([one.first for one in found], by, labelled), amounts(unit, unit, [float(one) for one in known])
    )
    return panel(medians, title=f"Median {unit} to first answer", subtitle=f"last: {last}", height=HALF)
