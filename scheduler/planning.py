"""What is due by itself, when, and where it goes: reports to staff, and a post to customers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from domain.periods import Span
from domain.records.sales import ReportName
from scheduler.crontab import Crontab

MAIL = "mail"


@dataclass(frozen=True, kw_only=True, slots=True)
class Destination:
    """Where something goes: to a channel of Slack or Telegram, or to an address by mail."""

    service: str
    address: str

    @classmethod
    def parse(cls, written: str) -> Self:
        """From the form that config.yaml has: "slack:C0123", "telegram:-100123", "mail:maya@example.com"."""
        service, _, address = written.partition(":")
        return cls(service=service, address=address)


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A report and its times, as cron writes them, by the shop's clock."""

    name: ReportName
    span: Span
    cron: str

    def next(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When it is due next."""
        return self.times.next(now, zone)

    def last(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When it was due last; None if that is longer ago than a month."""
        return self.times.last(now, zone)

    @property
    def times(self) -> Crontab:
        """When it is due."""
        return Crontab(line=self.cron)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All that is due by itself, and where each goes.

    A digest lists the `top` products and customers, a post to customers so many `products`. The warehouse is built at
    the times of `build`, as cron writes them, and the admins are told what to reorder at those of `reorder`.
    """

    times: tuple[Planned, ...] = ()
    to: Mapping[ReportName, tuple[Destination, ...]] = field(default_factory=dict)
    top: int = 5
    products: int = 5
    build: str = ""
    reorder: str = ""

    def destinations(self, name: ReportName) -> tuple[Destination, ...]:
        """Where it goes; nothing: it is not made."""
        return self.to.get(name, ())
