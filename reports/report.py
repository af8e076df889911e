"""A report, whatever it is about: what `finance.py` and its neighbours make, and `layout.py` shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.shop import Shop
from charts.chart import Chart
from domain.periods import Period, Span
from domain.records.sales import ReportName, Totals

MINUS = "\u2212"


NO_CHANGE, ABOUT_THE_SAME = "no change", "about the same"
NEW, NOT_COMPARED = "new", "n/a"  # as the warehouse's marts have it
_SAME = {
    NO_CHANGE: "the same as",
    ABOUT_THE_SAME: "about the same as",
    NEW: "new since",
    NOT_COMPARED: "nothing to compare with in",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """How a figure changed: "+4.1 %" on "the week before"; no change at all, or empty where there was no before."""

    change: str
    what: str

    def __str__(self) -> str:
        if not self.change:
            return f"no figures for {self.what}"
        same = _SAME.get(self.change)
        return f"{same} {self.what}" if same else f"{self.change} on {self.what}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number in words, with how it compares, and another word on it: "$12,345.10", "4 new"."""

    label: str
    value: str
    compared: tuple[Comparison, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of texts below their headings; the first column is text, the others are numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A chart and what it shows, for those who do not see it."""

    chart: Chart
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Three headline figures first, then what is to be said, all figures, tables, and a picture.

    `csv` holds the figures for a spreadsheet, `definitions` what each of them means. `totals` are what it rests on,
    where that may have to be corrected later; `about` says of which part of the shop it tells, and `as_of` the last day
    that the warehouse knew.
    """

    name: ReportName
    period: Period
    title: str
    made_at: datetime
    headlines: tuple[Figure, ...]
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    picture: Picture
    csv: str
    definitions: tuple[tuple[str, str], ...]
    totals: Totals | None = None
    about: str = ""
    as_of: date | None = None

    @property
    def file_name(self) -> str:
        """What its files are called, without an ending: finance-week-2020-06-28, sales-week-2020-06-28-garden-tools."""
        part = re.sub(r"[^a-z0-9]+", "-", self.about.lower()).strip("-")
        return "-".join(filter(None, [str(self.name), str(self.period.span), str(self.period.last), part]))


def so_far(period: Period, shop: Shop, now: datetime) -> list[str]:
    """A sentence for a period that is not over; none otherwise."""
    if period.is_over(now, shop.time_zone):
        return []
    return [f"This {period.span} is not over: the figures are as of {shop.moment(now)}."]


def nothing_ordered(period: Period) -> str:
    """A sentence for a period without orders."""
    return f"Nothing was ordered {'on' if period.span is Span.DAY else 'in'} this {period.span}."


def against(now: Decimal | int, before: Decimal | int | None, what: str) -> Comparison:
    """How a figure compares with what was before, if anything was."""
    return Comparison(change="" if before is None else change(now, before), what=what)


def written(day: date) -> str:
    """A day in words: "June 28, 2020"."""
    return f"{day:%B} {day.day}, {day.year}"


def change(now: Decimal | int, before: Decimal | int) -> str:
    """How much more or less than before: "+4.1 %", "no change", "up from 0", "about the same" below 0.05 %."""
    if now == before:
        return NO_CHANGE
    if before <= 0:
        return f"{'up' if now > before else 'down'} from {'0' if before == 0 else 'below 0'}"
    percent = (Decimal(now) - Decimal(before)) / Decimal(before) * 100
    written = f"{percent:+,.1f}"
    return ABOUT_THE_SAME if written in ("+0.0", "-0.0") else f"{written} %".replace("-", MINUS)


def net_moved(now: Decimal, before: Decimal, what: str, shop: Shop) -> str:
    """A sentence on how much more or less is left of gross than before."""
    way = "up" if now > before else "down"
    return f"Net is {way} by {shop.money(abs(now - before))} ({change(now, before)}) on {what}."


def money(amount: Decimal, shop: Shop) -> str:
    """An amount in the shop's currency, with a true minus sign."""
    return f"{MINUS if amount < 0 else ''}{shop.money(abs(amount))}"


def signed(amount: Decimal, shop: Shop) -> str:
    """The same with a plus where it is more."""
    return f"{'+' if amount >= 0 else ''}{money(amount, shop)}"


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean; None of nothing."""
    return sum(values, Decimal(0)) / len(values) if values else None
