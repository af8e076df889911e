"""A report, whatever it is about: what `finance.py` and `marketing.py` make, and `layout.py` shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.shop import Shop
from domain.periods import Period, Span
from domain.sales import ReportName, Totals

MINUS = "\u2212"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number in words, with how it compares: "$12,345.10", ("+4.1 % on last week", …)."""

    label: str
    value: str
    compared: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of texts below their headings; the first column is text, the others are numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A PNG and what it shows, for those who do not see it."""

    png: bytes
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Three headline figures first, then what is to be said, all figures, tables, and a picture.

    `totals` are what it rests on, `csv` holds the figures for a spreadsheet, `definitions` what each of them means.
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
    totals: Totals
    csv: str
    definitions: tuple[tuple[str, str], ...]

    @property
    def file_name(self) -> str:
        """What its files are called, without an ending: finance-week-2020-06-28."""
        return f"{self.name}-{self.period.span}-{self.period.last}"


def so_far(period: Period, shop: Shop, now: datetime) -> list[str]:
    """A sentence for a period that is not over; none otherwise."""
    if period.is_over(now, shop.time_zone):
        return []
    return [f"This {period.span} is not over: the figures are as of {shop.moment(now)}."]


def nothing_ordered(period: Period) -> str:
    """A sentence for a period without orders."""
    return f"Nothing was ordered {'on' if period.span is Span.DAY else 'in'} this {period.span}."


def against(now: Decimal | int, before: Decimal | int | None, what: str) -> str:
    """How a figure compares, in words: "+4.1 % on the week before"."""
    if before is None:
        return f"nothing to compare in {what}"
    return f"as in {what}" if now == before else f"{change(now, before)} on {what}"


def change(now: Decimal | int, before: Decimal | int | None) -> str:
    """How much more or less than before: "+4.1 %", "no change", "up from 0"; "-" where there was no before."""
    if before is None:
        return "-"
    if now == before:
        return "no change"
    if before <= 0:
        return f"{'up' if now > before else 'down'} from {'0' if before == 0 else 'below 0'}"
    percent = (Decimal(now) - Decimal(before)) / Decimal(before) * 100
    return f"{percent:+.1f} %".replace("-", MINUS)


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean; None of nothing."""
    return sum(values, Decimal(0)) / len(values) if values else None
