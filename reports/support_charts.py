"""The picture of the report on support."""

from collections.abc import Sequence
from datetime import date, timedelta

from matplotlib.axes import Axes

from domain.periods import Period, Span
from reports.drawing import ACCENT, FAINT, INK, amounts, canvas, dates, moment, png, title
from reports.speed import Speed, lasting

LOW = 4.0  # inches of a picture with one chart
WEEK = timedelta(days=7)
HOURS_FROM = 240  # minutes that a median comes to


def weeks(found: Sequence[tuple[date, Speed]], period: Period) -> bytes:
    """Tickets opened in each seven days from a day on as bars, and the median time to first answers as a line. PNG."""
    answered = any(one.answers for _, one in found)
    with canvas() if answered else canvas(LOW) as figure:
        upper, *lower = figure.subplots(2 if answered else 1, 1, sharex=True, squeeze=False)[:, 0]
        inside = [first + WEEK > period.first for first, _ in found]
        colours = [ACCENT if one else FAINT for one in inside]
        places = _places([first for first, _ in found])
        upper.bar(places, [one.opened for _, one in found], width=5.6, color=colours)
        title(upper, f"Tickets in 7 days (dark: {'with ' if period.span is Span.DAY else ''}this {period.span})")
        _dress(upper)
        for axes in lower:
            _medians(axes, found)
        return png(figure)


def _medians(axes: Axes, found: Sequence[tuple[date, Speed]]) -> None:
    """A line that breaks off where nobody was answered."""
    known = [one.to_answer for _, one in found]
    most = max(one for one in known if one is not None)
    unit, size = ("hours", 60) if most >= HOURS_FROM else ("minutes", 1)
    places = _places([first for first, _ in found])
    heights = [float("nan") if one is None else float(one) / size for one in known]
    axes.plot(places, heights, color=INK, linewidth=2.4, marker="o")
    title(axes, f"Median {unit} to first answer (last: {lasting(known[-1])})")
    _dress(axes)
    axes.set_ylim(bottom=0)


def _dress(axes: Axes) -> None:
    dates(axes)
    amounts(axes)
    axes.margins(x=0.01, y=0.15)


def _places(firsts: Sequence[date]) -> list[float]:
    """The middles of the weeks."""
    return [moment(one) + 3 for one in firsts]
