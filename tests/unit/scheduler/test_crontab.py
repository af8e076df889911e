"""Every time of a timetable comes once a day, ends and is caught up, in every zone and whatever its clock does."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from domain.periods import Period, Span, midnight, moment
from scheduler.crontab import Crontab, CrontabTrigger

STEP, DAY, MINUTE, SECOND = timedelta(days=14), timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
NOTHING = timedelta(0)
FIRST, LAST = datetime(2008, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
DENVER, HAVANA, APIA, NUUK = map(ZoneInfo, ("America/Denver", "America/Havana", "Pacific/Apia", "America/Nuuk"))


def changes(zone: ZoneInfo) -> tuple[tuple[datetime, timedelta], ...]:
    """The moments at which the zone's clock changes, and how far it jumps."""
    found, early = [], FIRST
    while early < LAST:
        low, high = early, early + STEP
        was = offset(low, zone)
        jump = offset(high, zone) - was
        while jump and high - low > MINUTE:
            middle = low + (high - low) / 2
            low, high = (middle, high) if offset(middle, zone) == was else (low, middle)
        if jump:
            found.append((high.replace(second=0, microsecond=0), jump))
        early += STEP
    return tuple(found)


def offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or NOTHING


def walls() -> Iterator[tuple[str, datetime, timedelta]]:
    """Changes of the clock, of each kind that there is and of each zone: what it showed, and how far it jumped."""
    known: set[object] = set()
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        there = changes(zone)
        if there in known:
            continue  # another name of the same zone
        known.add(there)
        for at, jump in reversed(there):
            wall = (at - MINUTE).astimezone(zone).replace(tzinfo=None) + MINUTE
            if (wall.time(), jump) not in known or (name, jump > NOTHING) not in known:
                known |= {(wall.time(), jump), (name, jump > NOTHING)}
                yield name, wall, jump


def exists(day: date, zone: ZoneInfo) -> bool:
    return midnight(day, zone) < midnight(day + DAY, zone)


def around(wall: datetime, jump: timedelta) -> list[time]:
    """Times before, in and after what is left out or comes twice, and the day's ends."""
    chance, whole = Random(str(wall)), abs(jump)
    near = [-MINUTE, NOTHING, MINUTE, whole / 2, whole - MINUTE, whole, whole + MINUTE, -whole, -whole / 2]
    at_random = timedelta(minutes=chance.randrange(24 * 60))
    return [
        time(0),
        time(23, 59),
        *((wall + by).time().replace(second=0, microsecond=0) for by in chance.sample([*near, at_random], 3)),
    ]


def fires(line: str, zone: ZoneInfo, first: datetime, until: datetime) -> list[datetime]:
    """Its moments as APScheduler and the timetable find them, from one to the next."""
    found, trigger = list[datetime](), CrontabTrigger(Crontab(line=line), zone)
    due = trigger.get_next_fire_time(None, first)
    while due is not None and due < until:
        assert not found or due > found[-1]
        found.append(due)
        due = trigger.get_next_fire_time(due, due)
    return found


def test_every_time_comes_once_a_day_and_is_caught_up_in_every_zone_whose_clock_changes() -> None:
    tried = 0
    for name, wall, jump in walls():
        zone, first = ZoneInfo(name), wall.date() - 2 * DAY
        days = [day for day in (first + number * DAY for number in range(5)) if exists(day, zone)]
        for clock in around(wall, jump):
            tried += 1
            case = f"{clock} in {name} around {wall}"
            crontab = Crontab(line=f"{clock.minute} {clock.hour} * * *")
            found = fires(crontab.line, zone, midnight(first, zone), midnight(first + 5 * DAY, zone))
            assert [due.astimezone(zone).date() for due in found] == days, case
            reports = [Period.latest(due, Span.DAY, zone) for due in found]
            assert [report.first for report in reports[1:]] == days[:-1], case
            assert all(report.is_over(due, zone) for report, due in zip(reports, found, strict=True)), case
            for before, due in pairwise(found):
                assert crontab.last(due - SECOND, zone) == before, case
                assert crontab.last(due, zone) == crontab.last(due + MINUTE, zone) == due, case
            for due in found:
                shown = due.astimezone(zone).replace(tzinfo=None)
                wanted = datetime.combine(shown.date(), clock)
                left_out = moment(wanted.date(), clock, zone).astimezone(zone).replace(tzinfo=None) != wanted
                assert shown == wanted or left_out, case
    assert tried > 1000


def utc(there: str, zone: ZoneInfo, fold: int = 0) -> datetime:
    return datetime.fromisoformat(there).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def test_a_time_that_comes_twice_is_taken_once_the_first_time() -> None:
    half_past_one = Crontab(line="30 1 * * *")
    assert half_past_one.last(utc("2026-11-03 12:00", DENVER), DENVER) == utc("2026-11-03 01:30", DENVER)
    assert half_past_one.last(utc("2026-11-01 12:00", DENVER), DENVER) == utc("2026-11-01 01:30", DENVER)
    assert half_past_one.next(utc("2026-11-01 01:30", DENVER) + SECOND, DENVER) == utc("2026-11-02 01:30", DENVER)


def test_a_time_that_is_left_out_comes_when_the_clock_goes_on() -> None:
    nothing, change = Crontab(line="30 0 * * *"), utc("2026-03-08 01:00", HAVANA)
    assert nothing.next(utc("2026-03-07 12:00", HAVANA), HAVANA) == change
    assert nothing.last(utc("2026-03-08 12:00", HAVANA), HAVANA) == change
    assert Period.latest(change, Span.DAY, HAVANA).first == date(2026, 3, 7)


def test_a_time_after_the_last_hour_of_a_day_that_has_none_comes_before_the_day_ends() -> None:
    late = Crontab(line="30 23 * * *")
    assert late.next(utc("2026-03-28 12:00", NUUK), NUUK) == utc("2026-03-28 22:59", NUUK)
    assert midnight(date(2026, 3, 29), NUUK) == utc("2026-03-28 22:59", NUUK) + MINUTE


def test_a_day_that_the_calendar_left_out_is_made_up_for_and_its_week_is_not_lost() -> None:
    fridays = fires("0 8 * * fri", APIA, utc("2011-12-20 00:00", APIA), utc("2012-01-08 00:00", APIA))
    assert fridays == [utc(f"{day} 08:00", APIA) for day in ("2011-12-23", "2011-12-31", "2012-01-06")]
    weeks = [Period.latest(due, Span.WEEK, APIA).first for due in fridays]
    assert weeks == [date(2011, 12, 12), date(2011, 12, 19), date(2011, 12, 26)]
    assert Period.latest(utc("2011-12-31 08:00", APIA), Span.DAY, APIA).first == date(2011, 12, 29)


@pytest.mark.parametrize(
    ("line", "count"), [("*/15 * * * *", 92), ("0 * * * *", 23), ("0 2 * * *", 1), ("0,30 1-3 * * *", 4)]
)
def test_several_times_a_day_come_in_order_over_a_change(line: str, count: int) -> None:
    day = date(2026, 3, 8)
    assert len(fires(line, DENVER, midnight(day, DENVER), midnight(day + DAY, DENVER))) == count


def test_the_year_ends_and_begins() -> None:
    begin, end = utc("2026-12-30 12:00", DENVER), utc("2027-01-02 00:00", DENVER)
    assert fires("59 23 31 12 *", DENVER, begin, end) == [utc("2026-12-31 23:59", DENVER)]
    assert fires("0 0 1 1 *", DENVER, begin, end) == [utc("2027-01-01 00:00", DENVER)]
    assert Crontab(line="0 0 1 1 *").last(end, DENVER) == utc("2027-01-01 00:00", DENVER)
    assert Crontab(line="0 0 1 1 *").last(end + 40 * DAY, DENVER) is None


def test_a_time_that_never_comes_ends_too() -> None:
    assert Crontab(line="0 8 31 2 *").next(LAST, DENVER) is None
    assert Crontab(line="0 8 31 2 *").last(LAST, DENVER) is None
