"""How numbers and days of a chart are written: what our labels ask of the shop, and what Vega is told of its locale."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

# Latin, Greek, Cyrillic, Hebrew, punctuation, currencies, and a few signs; what the font lacks would be a box.
_DRAWN = re.compile(
    "[ -~\xa0-\u036f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0513\u05b0-\u05c3\u05d0-\u05ea"
    "\u1e00-\u1e9b\u1ea0-\u1ef9\u2012-\u2022\u2026\u2030\u2032-\u2033\u2039-\u203a\u2044\u20a0-\u20b5"
    "\u2116\u2122\u2126\u2153-\u2154\u215b-\u215e\u2190-\u2195\u2212\u2248\u2260\u2264-\u2265\u25cb\u25cf\u2665]"
)
_NARROW = "\u202f"  # a space that the font lacks, between the digits of some locales


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


def drawn(text: str) -> str:
    """What of a text a picture shows: all but what the font lacks."""
    return "".join(_DRAWN.findall(text.replace(_NARROW, "\xa0")))


def called_day(day: date, by: Written) -> str:
    """Nov 3; where the font lacks letters of it, 11-03."""
    return _drawn_or(by.short_day(day), f"{day:%m-%d}")


def called_month(day: date, by: Written, *, with_year: bool = False) -> str:
    """Nov, or Nov 2026; where the font lacks letters of it, 2026-11."""
    return _drawn_or(by.short_month(day) if with_year else by.month_name(day), f"{day:%Y-%m}")


def called_weekdays(by: Written, *, short: bool = False) -> list[str]:
    """Monday to Sunday; where the font lacks letters of one, its number."""
    return [_drawn_or(name, str(number)) for number, name in enumerate(by.weekdays(short=short), 1)]


def _drawn_or(name: str, instead: str) -> str:
    return name if drawn(name) == name.replace(_NARROW, "\xa0") else instead


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
