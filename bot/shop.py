"""The shop as its bot, mails and reports speak of it: name, rules, and its way to write money, numbers and times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_currency

from bot import numbers
from domain.model import Terms
from domain.outreach.rules import Limits
from domain.periods import Period, Span
from domain.records.answers import Answer
from domain.records.data_products import DataProduct
from domain.records.goals import Goals
from domain.records.payments import INVOICE

_A_MONDAY = date(2024, 1, 1)
_LITTLE = 0.1  # a share, of which a digit more is said


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
    return_address: str = ""  # to which parcels go back
    ships_to: tuple[str, ...] = ()  # the countries, by their ISO 3166 codes; none: everywhere
    unproven_mails: int = 3  # an hour to addresses that nobody proved, for who asks from one network
    limits: Limits = field(default_factory=Limits)  # of marketing
    second_person: bool = True  # has to approve a campaign
    goals: Goals = field(default_factory=Goals)  # likewise
    counts_reading: bool = False  # whether the mail service is asked who opens campaigns and clicks in them
    support: bool = False  # whether there is a channel in which people take over conversations
    staff: Mapping[str, frozenset[str]] = field(default_factory=dict)  # roles by subject, from config.yaml
    pays_by: str = INVOICE.method_id  # what new orders are charged to
    pay_link: Callable[[int], str] | None = None  # where what is open of an order is paid by card
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
        return f"{self.short_day(there.date())}, {self._clock(there)}"

    def _clock(self, there: datetime) -> str:
        clock = format_time(there, "short", tzinfo=self.time_zone, locale=self.locale).replace("\u202f", " ")
        return f"{clock} {there.tzname() or ''}"

    def day(self, moment: datetime) -> str:
        """A moment's date in the shop's time zone: Nov 3, 2026."""
        return self.short_date(moment.astimezone(self.time_zone).date())

    def dated(self, moment: datetime) -> str:
        """A moment for who reads it after years: Nov 3, 2026, 11:30 AM MST."""
        return f"{self.day(moment)}, {self._clock(moment.astimezone(self.time_zone))}"

    def full_date(self, day: date) -> str:
        """A day as the locale writes it in full: November 3, 2026; 3. November 2026."""
        return format_date(day, "long", locale=self.locale)

    def short_date(self, day: date) -> str:
        """A day in short: Nov 3, 2026; 3. Nov. 2026."""
        return _day("yMMMd", day, self.locale)

    def month_day(self, day: date) -> str:
        """A day without its year: November 3; 3. November."""
        return _day("MMMMd", day, self.locale)

    def short_day(self, day: date) -> str:
        """The same in short: Nov 3; 3. Nov."""
        return _day("MMMd", day, self.locale)

    def month(self, day: date) -> str:
        """The month that it is in, with the year: November 2026."""
        return _day("yMMMM", day, self.locale)

    def short_month(self, day: date) -> str:
        """The same in short: Nov 2026."""
        return _day("yMMM", day, self.locale)

    def month_name(self, day: date) -> str:
        """The name of its month in short: Nov."""
        return format_date(day, "LLL", locale=self.locale)

    def weekday(self, day: date) -> str:
        """The name of its weekday: Tuesday; Dienstag."""
        return format_date(day, "EEEE", locale=self.locale)

    def weekdays(self, *, short: bool = False) -> tuple[str, ...]:
        """The names of all, Monday first, or as they stand beside a chart: Mon."""
        days = (_A_MONDAY + timedelta(days=after) for after in range(7))
        return tuple(format_date(one, "EEE" if short else "EEEE", locale=self.locale) for one in days)

    def period(self, period: Period) -> str:
        """A day, a week or a month: Sunday, June 28, 2020; Jun 22 – 28, 2020; June 2020."""
        if period.span is Span.DAY:
            return format_date(period.first, "full", locale=self.locale)
        if period.span is Span.MONTH:
            return self.month(period.first)
        return self.days(period.first, period.last)

    def days(self, first: date, last: date) -> str:
        """From a day to another, both included: Jun 22 – 28, 2020."""
        return format_interval(first, last, "yMMMd", locale=self.locale).replace("\u2009", " ")

    def number(self, value: Decimal | float, digits: int = 0) -> str:
        """A number as the locale writes it, with so many digits behind the point, halves to even: 1,234.5; 1.234,5."""
        return numbers.number(value, digits, self.locale)

    def signed(self, number: int) -> str:
        """How many more or fewer: +3; -1,234."""
        return f"{'+' if number >= 0 else ''}{self.number(number)}"

    def rounded(self, value: Decimal | float) -> str:
        """A number with one digit behind the point where it has any: 7; 0.5."""
        return self.number(value, 0 if round(value, 1) == round(value) else 1)

    def counted(self, number: int, thing: str) -> str:
        """So many things: 1 order; 1,234 orders."""
        return f"{self.number(number)} {thing}{'' if number == 1 else 's'}"

    def percent(self, share: Decimal | float, digits: int = 1) -> str:
        """A share of one as the locale writes percent, halves to even: 4.1%; 4,1 %. With a true minus sign."""
        return numbers.percent(share, digits, self.locale)

    def part(self, part: int, whole: int) -> str:
        """A part of a whole in percent, with a digit behind the point where it is little: 12%; 0.4%; – of nothing."""
        if not whole:
            return "–"
        share = part / whole
        return self.percent(share, 0 if share >= _LITTLE or not part else 1)


@lru_cache(maxsize=4096)
def _money(amount: Decimal, currency: str, locale: str) -> str:
    """Remembered, because a list of products writes the same few prices again and again."""
    return format_currency(amount, currency, locale=locale)


@lru_cache(maxsize=4096)
def _day(skeleton: str, day: date, locale: str) -> str:
    """Remembered too: the rows of a list are of few days."""
    return format_skeleton(skeleton, day, locale=locale)
