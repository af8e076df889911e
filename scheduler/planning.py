"""What is due by itself, when, and where it goes: reports to staff, and a post to customers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from domain.cron import by_name
from domain.periods import Span
from domain.sales import ReportName

LOOK_BACK = timedelta(days=32)  # the longest time between two firings
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
        return _fires(self.trigger(zone), now.astimezone(zone))

    def last(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When it was due last; None if that is longer ago than a month."""
        trigger = self.trigger(zone)
        found, after = None, now.astimezone(zone) - LOOK_BACK
        while (due := _fires(trigger, after)) is not None and due <= now:
            found, after = due, due + timedelta(seconds=1)
        return found

    def trigger(self, zone: ZoneInfo) -> CronTrigger:
        """APScheduler's view of it."""
        return CronTrigger.from_crontab(by_name(self.cron), timezone=zone)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All that is due by itself, and where each goes.

    A digest lists the `top` products and customers, a post to customers so many `products`.
    """

    times: tuple[Planned, ...] = ()
    to: Mapping[ReportName, tuple[Destination, ...]] = field(default_factory=dict)
    top: int = 5
    products: int = 5

    def destinations(self, name: ReportName) -> tuple[Destination, ...]:
        """Where it goes; nothing: it is not made."""
        return self.to.get(name, ())


def _fires(trigger: CronTrigger, after: datetime) -> datetime | None:
    due: datetime | None = trigger.get_next_fire_time(None, after)
    return due
