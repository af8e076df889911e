"""Days, weeks and months of the shop's calendar, and the moments at which they begin and end."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Self

EARLIEST = date(2000, 1, 1)  # no shop of ours is older
LATEST = date(9990, 12, 31)  # beyond it Python cannot count on
WEEKS_A_YEAR = 52  # the same week a year ago has the same weekdays


class Span(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included: a day, a week from Monday to Sunday, or a month."""

    span: Span
    first: date
    last: date

    @classmethod
    def containing(cls, day: date, span: Span) -> Self:
        """The period of that length in which a day lies."""
        if span is Span.DAY:
            return cls(span=span, first=day, last=day)
        if span is Span.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(span=span, first=monday, last=monday + timedelta(days=6))
        first = day.replace(day=1)
        return cls(span=span, first=first, last=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    @classmethod
    def latest(cls, now: datetime, span: Span, zone: tzinfo) -> Self:
        """The last period that is over; a day that the calendar left out is none."""
        found = cls.containing(now.astimezone(zone).date(), span).before()
        while found.begins(zone) == found.ends(zone):
            found = found.before()
        return found

    def before(self, count: int = 1) -> Self:
        """The period of the same length so many periods earlier."""
        found = self
        for _ in range(count):
            found = self.containing(found.first - timedelta(days=1), self.span)
        return found

    def trend(self, count: int) -> list[Self]:
        """So many periods of the same length, this one last."""
        return [self.before(number) for number in reversed(range(count))]

    def compared(self) -> Self:
        """What the period is compared with: the one before it, for a day the same weekday a week before."""
        return self.before(7 if self.span is Span.DAY else 1)

    def year_before(self) -> Self:
        """The same weekday or week 52 weeks ago, or the same month a year ago."""
        return self.before(12 if self.span is Span.MONTH else WEEKS_A_YEAR * (7 if self.span is Span.DAY else 1))

    def days(self) -> list[date]:
        """Its days."""
        return days_from(self.first, self.last)

    def begins(self, zone: tzinfo) -> datetime:
        """Its first moment, in UTC."""
        return midnight(self.first, zone)

    def ends(self, zone: tzinfo) -> datetime:
        """The first moment after it, in UTC. On days of clock changes a day has 23 or 25 hours."""
        return midnight(self.last + timedelta(days=1), zone)

    def is_over(self, now: datetime, zone: tzinfo) -> bool:
        """Whether nothing more can happen in it."""
        return now >= self.ends(zone)

    def __str__(self) -> str:
        """In words: "Sunday, June 28, 2020", "June 22 – 28, 2020", "June 2020"."""
        if self.span is Span.DAY:
            return f"{self.first:%A, %B} {self.first.day}, {self.first.year}"
        if self.span is Span.MONTH:
            return f"{self.first:%B %Y}"
        if self.first.year != self.last.year:
            return f"{_written(self.first)} – {_written(self.last)}"
        month = "" if self.first.month == self.last.month else f"{self.last:%B} "
        return f"{self.first:%B} {self.first.day} – {month}{self.last.day}, {self.last.year}"


def _written(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def days_from(first: date, last: date) -> list[date]:
    """The days from one to the other, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment at which a day begins there, in UTC."""
    return moment(day, time(), zone)


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """The first moment at which a clock there shows that time of that day, in UTC.

    Where a change of the clock leaves the time out, that is the moment of the change: before it the clock shows less.
    """
    wanted = datetime.combine(day, clock)
    before, after = sorted(wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))

    def shown(seconds: int) -> datetime:
        return (before + timedelta(seconds=seconds)).astimezone(zone).replace(tzinfo=None)

    if shown(0) == wanted:
        return before
    return before + timedelta(seconds=bisect_left(range(int((after - before).total_seconds())), wanted, key=shown))
