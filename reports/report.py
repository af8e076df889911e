"""A report, whatever it is about: what `finance.py` and its neighbours make, and `layout.py` shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.numbers import MINUS
from bot.shop import Shop
from charts.chart import Chart
from domain.periods import Period, Span
from domain.records.sales import DayTotals, ReportName, Totals

UNUSUAL = Decimal("0.2")  # a change of net by less than this share is nothing unusual
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
    """How a figure changed: "+4.1%" on "the week before"; no change at all, or empty where there was no before."""

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

    `csv` holds the figures for a spreadsheet, `days_csv` the days of the picture where those are not among them,
    `definitions` what each of them means. `totals` are what it rests on,
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
    days_csv: str = ""
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
    return [
        f"This {period.span} is not over: these are the figures so far, as of {shop.dated(now)}. "
        f"They are compared with earlier ones when it is."
    ]


def nothing_ordered(period: Period) -> str:
    """A sentence for a period without orders."""
    return f"Nothing was ordered {'on' if period.span is Span.DAY else 'in'} this {period.span}."


def titled(name: ReportName, period: Period, shop: Shop, now: datetime) -> str:
    """A report's title; it says of a period that is not over that it is not."""
    ended = "" if period.is_over(now, shop.time_zone) else ", so far"
    return f"{shop.name}: {name}, {shop.period(period)}{ended}"


def against(now: Decimal | int, before: Decimal | int | None, what: str, shop: Shop) -> Comparison:
    """How a figure compares with what was before, if anything was."""
    return Comparison(change="" if before is None else change(now, before, shop), what=what)


def change(now: Decimal | int, before: Decimal | int, shop: Shop) -> str:
    """How much more or less than before: "+4.1%", "no change", "up from 0", "about the same" below 0.05%."""
    if now == before:
        return NO_CHANGE
    if before <= 0:
        return f"{'up' if now > before else 'down'} from {'0' if before == 0 else 'below 0'}"
    share = (Decimal(now) - Decimal(before)) / Decimal(before)
    if not round(share, 3):
        return ABOUT_THE_SAME
    return f"{'+' if share > 0 else ''}{shop.percent(share)}"


def net_moved(now: Decimal, before: Decimal, what: str, shop: Shop) -> str:
    """A sentence on how much more or less is left of gross than before; of less than a fifth, that it is not unusual.

    All reports go by it, so that none calls unusual what another does not.
    """
    by = now - before
    if by == 0 or abs(by) < UNUSUAL * before:
        return f"Nothing unusual: net {against(now, before, what, shop)}."
    way = "up" if by > 0 else "down"
    return f"Net is {way} by {shop.money(abs(by))} ({change(now, before, shop)}) on {what}."


def what_is_usual(shop: Shop) -> tuple[str, str]:
    """What “nothing unusual” means, for a report's definitions."""
    return "Nothing unusual", f"net changed by less than {shop.percent(UNUSUAL, 0)}"


def money(amount: Decimal, shop: Shop) -> str:
    """An amount in the shop's currency, with a true minus sign."""
    return f"{MINUS if amount < 0 else ''}{shop.money(abs(amount))}"


def signed(amount: Decimal, shop: Shop) -> str:
    """The same with a plus where it is more."""
    return f"{'+' if amount >= 0 else ''}{money(amount, shop)}"


def days_csv(days: Sequence[DayTotals], period: Period) -> str:
    """The days of a picture as rows of plain numbers; 1 in the last column where one belongs to the report's period."""
    rows = [f"{one.day},{one.orders},{one.net},{int(period.first <= one.day <= period.last)}" for one in days]
    return "\n".join(["day,orders,net,in_period", *rows, ""])


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean; None of nothing."""
    return sum(values, Decimal(0)) / len(values) if values else None
