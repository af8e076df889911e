"""The shop as its bot, mails and reports speak of it: name, rules, and its way to write money and times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time
from babel.numbers import format_currency

from domain.model import Terms
from domain.outreach.rules import Limits
from domain.records.answers import Answer
from domain.records.data_products import DataProduct


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


@lru_cache(maxsize=4096)
def _money(amount: Decimal, currency: str, locale: str) -> str:
    """Remembered, because a list of products writes the same few prices again and again."""
    return format_currency(amount, currency, locale=locale)
