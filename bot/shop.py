"""The shop as its bot, mails and reports speak of it: name, rules, and its way to write money and times."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_skeleton, format_time
from babel.numbers import NumberPattern, format_currency

from domain.model import Terms
from domain.outreach.rules import Limits
from domain.periods import Period, Span
from domain.records.answers import Answer
from domain.records.data_products import DataProduct

MINUS = "\u2212"


@dataclass(frozen=True, kw_only=True)
class Shop:
    """What the bot knows of the shop it works for."""

    name: str
    currency: str
    locale: str
    time_zone: ZoneInfo
    support_hours: str
    terms: Terms
    hash_key: bytes
    low_stock: int = 5
    unproven_mails: int = 3  # an hour to addresses that nobody proved, for who asks from one network
    limits: Limits = field(default_factory=Limits)  # of marketing
    support: bool = False  # whether there is a channel in which people take over conversations
    staff: Mapping[str, frozenset[str]] = field(default_factory=dict)  # roles by subject, from config.yaml
    web_url: str = ""  # where the pages are, without a slash at its end
    data_products: Callable[[], tuple[DataProduct, ...]] = tuple  # read when they are asked for
    data_owners: Mapping[str, frozenset[str]] = field(default_factory=dict)  # subjects by domain, from config.yaml
    answers: tuple[Answer, ...] = ()  # of its file; what staff says in chats counts before them

    def money(self, amount: Decimal) -> str:
        """An amount in the shop's currency: $12.50."""
        return _money(amount, self.currency, self.locale)

    def local(self, moment: datetime, now: datetime) -> str:
        """A moment in the shop's time zone: the time alone when it is today, with the zone's name."""
        there = moment.astimezone(self.time_zone)
        if there.date() == now.astimezone(self.time_zone).date():
            return self._clock(there)
        if there.year != now.astimezone(self.time_zone).year:
            return f"{self.day(moment)}, {self._clock(there)}"
        return self.moment(moment)

    def moment(self, moment: datetime) -> str:
        """A moment in the shop's time zone for who reads it some day: Nov 3, 11:30 AM MST."""
        there = moment.astimezone(self.time_zone)
        day = format_datetime(there, "MMM d", tzinfo=self.time_zone, locale=self.locale)
        return f"{day}, {self._clock(there)}"

    def _clock(self, there: datetime) -> str:
        clock = format_time(there, "short", tzinfo=self.time_zone, locale=self.locale).replace("\u202f", " ")
        return f"{clock} {there.tzname() or ''}"

    def day(self, moment: datetime) -> str:
        """A moment's date in the shop's time zone: Nov 3, 2026."""
        return format_datetime(moment, "MMM d, y", tzinfo=self.time_zone, locale=self.locale)

    def dated(self, moment: datetime) -> str:
        """A moment for who reads it after years: Nov 3, 2026, 11:30 AM MST."""
        return f"{self.day(moment)}, {self._clock(moment.astimezone(self.time_zone))}"

    def full_date(self, day: date) -> str:
        """A day as the locale writes it in full: November 3, 2026; 3. November 2026."""
        return format_date(day, "long", locale=self.locale)

    def weekday(self, day: date) -> str:
        """The name of its weekday: Tuesday; Dienstag."""
        return format_date(day, "EEEE", locale=self.locale)

    def period(self, period: Period) -> str:
        """A day, a week or a month: Sunday, June 28, 2020; Jun 22 – 28, 2020; June 2020."""
        if period.span is Span.DAY:
            return format_date(period.first, "full", locale=self.locale)
        if period.span is Span.MONTH:
            return format_skeleton("yMMMM", period.first, locale=self.locale)
        return self.days(period.first, period.last)

    def days(self, first: date, last: date) -> str:
        """From a day to another, both included: Jun 22 – 28, 2020."""
        return format_interval(first, last, "yMMMd", locale=self.locale).replace("\u2009", " ")

    def percent(self, share: Decimal, digits: int = 1) -> str:
        """A share of one as the locale writes percent, halves to even: 4.1%; 4,1 %. With a true minus sign."""
        said = _percent(self.locale, digits).apply(abs(share), self.locale)
        return f"{MINUS if share < 0 else ''}{said}"


@lru_cache(maxsize=4096)
def _money(amount: Decimal, currency: str, locale: str) -> str:
    """Remembered, because a list of products writes the same few prices again and again."""
    return format_currency(amount, currency, locale=locale)


@lru_cache(maxsize=64)
def _percent(locale: str, digits: int) -> NumberPattern:
    """How a locale writes percent, with so many digits behind the point."""
    pattern: NumberPattern = copy(Locale.parse(locale).percent_formats[None])
    pattern.frac_prec = (digits, digits)
    return pattern
