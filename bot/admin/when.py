"""Which days staff means behind a report's name: a day however it is written, a span, or "last week"."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale

from bot.phrases import misread
from bot.shop import Shop
from bot.values import BadInput
from domain.periods import Span

USAGE = "report"
_LONGER = frozenset({"quarter", "quarterly", "year", "yearly", "annual", "annually", "q1", "q2", "q3", "q4"})
_CALLED = {"daily": Span.DAY, "weekly": Span.WEEK, "monthly": Span.MONTH}
_DAYS_AGO = {"today": 0, "yesterday": 1}
_LATEST, _CURRENT = ("last", "previous", "past"), ("this", "current")
_LEAP = 8  # within so many years every day of a calendar comes
_YEAR_FIRST = re.compile(r"(?<!\S)([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?!\S)")
_YEAR_LAST = re.compile(r"(?<!\S)([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?!\S)")


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """What is said of the time: how long, a day of it (None: the last that is over), and the words that say nothing."""

    span: Span | None
    day: date | None
    rest: tuple[str, ...]


def read_when(text: str, today: date, shop: Shop) -> When:
    """What a text says of the time.

    Raises:
        BadInput: a date that no calendar has or that can be read two ways, a span that no report has, or two times.
    """
    days: list[date] = []

    def taken(found: re.Match[str]) -> str:
        days.append(_numbered(found, shop))
        return " "

    text = _YEAR_LAST.sub(taken, _YEAR_FIRST.sub(taken, text.lower()))
    text = _named(text, today, shop, days)
    span, latest, rest = None, False, []
    words = text.split()
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _LONGER:
            raise BadInput(misread.SPANS, USAGE)
        if word in list(Span) or word in _CALLED:
            span = _CALLED.get(word) or Span(word)
        elif word in _DAYS_AGO:
            days.append(today - timedelta(days=_DAYS_AGO[word]))
            span = span or Span.DAY
        elif word in _LATEST and following in list(Span):
            latest = True
        elif word in _CURRENT and following in list(Span):
            days.append(today)
        elif not (word in (*_LATEST, *_CURRENT) and following in _LONGER):
            rest.append(word)
    if len(days) + latest > 1:
        raise BadInput(misread.TWO_TIMES, USAGE)
    return When(span=span, day=days[0] if days else None, rest=tuple(rest))


def _numbered(found: re.Match[str], shop: Shop) -> date:
    """A date of numbers; with dots the day comes first wherever dots are written."""
    first, sign, second, third = found.groups()
    said = found[0]
    if len(first) == 4:
        return _day(said, int(first), int(second), int(third))
    year, one, two = int(third), int(first), int(second)
    if sign == "." or one > 12:
        return _day(said, year, two, one)
    if two > 12 or one == two:
        return _day(said, year, one, two)
    readings = (date(year, one, two), date(year, two, one))
    raise BadInput(misread.two_dates(word=said, readings=[(str(day), shop.full_date(day)) for day in readings]), USAGE)


def _named(text: str, today: date, shop: Shop, days: list[date]) -> str:
    """The text without dates whose months are named, "Nov 20", "20. November 2026", which go to `days`."""
    months = _months(shop.locale)
    name = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = r"([0-9]{1,2})(?:st|nd|rd|th)?"
    pattern = rf"(?<!\S)(?:({name})\.? {day}|{day}\.? (?:of )?({name})\.?)(?:,? ([0-9]{{4}}))?,?(?!\S)"

    def taken(found: re.Match[str]) -> str:
        month, number = months[found[1] or found[4]], int(found[2] or found[3])
        if found[5]:
            days.append(_day(found[0], int(found[5]), month, number))
            return " "
        for year in range(today.year, today.year - _LEAP - 1, -1):
            with suppress(ValueError):
                if (there := date(year, month, number)) <= today:
                    days.append(there)
                    return " "
        raise BadInput(misread.date(word=found[0]), USAGE)

    return re.sub(pattern, taken, " ".join(text.split()))


def _months(locale: str) -> Mapping[str, int]:
    """Numbers of months by their names, in English and as the shop writes them, in full and short."""
    found = {"sept": 9}
    for one in (Locale.parse(locale), Locale("en")):
        for width in ("wide", "abbreviated"):
            found |= {name.lower().rstrip("."): number for number, name in one.months["format"][width].items()}
    return found


def _day(said: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as exc:
        raise BadInput(misread.date(word=said), USAGE) from exc
