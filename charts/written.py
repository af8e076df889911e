"""How numbers and days of a chart are written: what our labels ask of the shop, and what Vega is told of its locale."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol


class Written(Protocol):
    """What writes the labels of a chart; `bot.shop.Shop` is one."""

    @property
    def locale(self) -> str:
        """As de_DE."""

    @property
    def currency(self) -> str:
        """As EUR."""

    def number(self, value: Decimal | float, digits: int = 0) -> str:
        """1,234.5."""

    def percent(self, share: Decimal | float, digits: int = 1) -> str:
        """A share of one: 4.1%."""

    def part(self, part: int, whole: int) -> str:
        """A part of a whole: 12%."""

    def short_day(self, day: date) -> str:
        """Nov 3."""

    def short_month(self, day: date) -> str:
        """Nov 2026."""

    def month_name(self, day: date) -> str:
        """Nov."""

    def weekdays(self, *, short: bool = False) -> Sequence[str]:
        """The names of all, Monday first."""


def vega_locale(name: str) -> dict[str, Any]:
    """What Vega writes by itself, as d3-format and d3-time-format want it: numbers of axes, cells and hints."""
    locale = Locale.parse(name)
    first, others = locale.decimal_formats[None].grouping
    months, days = locale.months["format"], locale.days["format"]
    places, from_sunday = range(1, 13), (6, *range(6))
    return {
        "number": {
            "decimal": get_decimal_symbol(name),
            "thousands": get_group_symbol(name),
            "grouping": [first] if first == others else [first, *[others] * 6],
            "currency": ["", ""],
            "percent": locale.percent_formats[None].suffix[0],
        },
        "time": {
            "dateTime": "%Y-%m-%d %H:%M:%S",
            "date": "%Y-%m-%d",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            "days": [days["wide"][one] for one in from_sunday],
            "shortDays": [days["abbreviated"][one] for one in from_sunday],
            "months": [months["wide"][one] for one in places],
            "shortMonths": [months["abbreviated"][one] for one in places],
        },
    }
