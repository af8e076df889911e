"""Times as cron writes them, by a zone's clock: each comes once on each of its days, whatever the clock does there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from domain.periods import midnight, moment
from domain.weekdays import by_name

LOOK_BACK = timedelta(days=32)  # the longest time between two firings
_DAY, _MINUTE, _SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Crontab:
    """The times of one line: minute, hour, day, month, weekday.

    A time that comes twice is taken the first time. One that the clock leaves out is taken as soon as the clock goes
    on, but on its own day; a day that the calendar leaves out is made up for on the day after it. APScheduler's own
    trigger leaves such times out, or gives the same moment for ever, so it is asked in UTC, where neither happens.
    """

    line: str

    def next(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The first of its moments that is not before now, in UTC; None if there is none any more."""
        for day in self._days(now.astimezone(zone).date() - _DAY):
            for due in self._moments(day, zone):
                if due >= now:
                    return due
        return None

    def last(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The last of its moments up to now, in UTC; None if that is longer ago than `LOOK_BACK`."""
        today = now.astimezone(zone).date()
        for back in (2 * _DAY, LOOK_BACK):  # most times come every day
            days = takewhile(lambda day: day <= today + _DAY, self._days(today - back))
            for day in reversed([*days]):
                found = [due for due in self._moments(day, zone) if due <= now]
                if found:
                    return found[-1]
        return None

    def _moments(self, day: date, zone: ZoneInfo) -> list[datetime]:
        """Its moments of one of its days, in order."""
        there = day
        while midnight(there, zone) == midnight(there + _DAY, zone):
            there += _DAY
        latest = midnight(there + _DAY, zone) - _MINUTE
        return [min(moment(there, clock, zone), latest) for clock in self._times(day)]

    def _times(self, day: date) -> Iterator[time]:
        """What the clock shows then on one of its days."""
        trigger, due = _read(self.line), datetime.combine(day, time(), UTC)
        while (due := trigger.get_next_fire_time(None, due)) is not None and due.date() == day:
            yield due.time()
            due += _SECOND

    def _days(self, earliest: date) -> Iterator[date]:
        """Its days from then on."""
        trigger, due = _read(self.line), datetime.combine(earliest, time(), UTC)
        while (due := trigger.get_next_fire_time(None, due)) is not None:
            yield due.date()
            due = datetime.combine(due.date() + _DAY, time(), UTC)


@lru_cache
def _read(line: str) -> CronTrigger:
    return CronTrigger.from_crontab(by_name(line), timezone=UTC)


class CrontabTrigger(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """What APScheduler asks for a line's times."""

    def __init__(self, crontab: Crontab, zone: ZoneInfo) -> None:
        self._crontab = crontab
        self._zone = zone

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first moment from now on that comes after the one before."""
        after = now if previous_fire_time is None else max(now, previous_fire_time + _SECOND)
        return self._crontab.next(after, self._zone)
