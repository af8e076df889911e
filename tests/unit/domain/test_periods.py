"""Periods are the calendar's: weeks over a year's end, months of any length, days of 23 and 25 hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.periods import Period, Span, midnight

DENVER = ZoneInfo("America/Denver")
HOUR = timedelta(hours=1)


def days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


def around(day: str, span: Span) -> Period:
    return Period.containing(date.fromisoformat(day), span)


def bounds(period: Period) -> tuple[date, date]:
    return period.first, period.last


@pytest.mark.parametrize("day", ["2026-05-04", "2026-05-07", "2026-05-10"])
def test_a_week_runs_from_monday_to_sunday(day: str) -> None:
    assert bounds(around(day, Span.WEEK)) == days("2026-05-04", "2026-05-10")


@pytest.mark.parametrize("day", ["2025-12-29", "2025-12-31", "2026-01-01", "2026-01-04"])
def test_a_week_goes_on_over_the_years_end(day: str) -> None:
    assert bounds(around(day, Span.WEEK)) == days("2025-12-29", "2026-01-04")


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-01-31", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
        ("2024-02-29", "2024-02-29"),
        ("2100-02-10", "2100-02-28"),
        ("2026-04-30", "2026-04-30"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_a_month_ends_with_its_own_last_day(day: str, last: str) -> None:
    assert bounds(around(day, Span.MONTH)) == days(f"{day[:7]}-01", last)


def test_a_day_is_itself() -> None:
    assert bounds(around("2024-02-29", Span.DAY)) == days("2024-02-29", "2024-02-29")


@pytest.mark.parametrize(("span", "count"), [(Span.DAY, 1), (Span.WEEK, 7), (Span.MONTH, 29)])
def test_a_period_knows_its_days(span: Span, count: int) -> None:
    found = around("2024-02-29", span).days()
    assert len(found) == count
    assert date(2024, 2, 29) in found


@pytest.mark.parametrize("span", Span)
def test_periods_follow_each_other_without_gap_or_overlap(span: Span) -> None:
    period = around("2026-12-31", span)
    for _ in range(800):
        earlier = period.before()
        assert earlier.last == period.first - timedelta(days=1)
        assert earlier.ends(DENVER) == period.begins(DENVER)
        assert earlier == Period.containing(earlier.last, span)
        period = earlier


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.DAY, "2026-05-08", "2026-05-08"),
        (Span.WEEK, "2026-04-20", "2026-04-26"),
        (Span.MONTH, "2026-02-01", "2026-02-28"),
    ],
)
def test_before_counts_periods(span: Span, first: str, last: str) -> None:
    assert bounds(around("2026-05-11", span).before(3)) == days(first, last)
    assert around("2026-05-11", span).before(0) == around("2026-05-11", span)


@pytest.mark.parametrize(
    ("now", "zone", "latest"),
    [
        ("2026-05-11T05:59:59+00:00", "America/Denver", "2026-04-27"),
        ("2026-05-11T06:00:00+00:00", "America/Denver", "2026-05-04"),
        ("2026-05-10T11:59:59+00:00", "Pacific/Auckland", "2026-04-27"),
        ("2026-05-10T12:00:00+00:00", "Pacific/Auckland", "2026-05-04"),
    ],
)
def test_the_latest_week_is_over_in_the_shops_zone(now: str, zone: str, latest: str) -> None:
    moment, there = datetime.fromisoformat(now), ZoneInfo(zone)
    found = Period.latest(moment, Span.WEEK, there)
    assert found.first == date.fromisoformat(latest)
    assert found.is_over(moment, there)


def test_the_latest_day_and_month_are_those_before_today() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert bounds(Period.latest(now, Span.DAY, UTC)) == days("2026-02-28", "2026-02-28")
    assert bounds(Period.latest(now, Span.MONTH, UTC)) == days("2026-02-01", "2026-02-28")


def test_a_period_is_over_with_its_last_moment() -> None:
    week = around("2026-05-04", Span.WEEK)
    end = datetime(2026, 5, 11, 6, tzinfo=UTC)
    assert week.is_over(end, DENVER)
    assert not week.is_over(end - timedelta(microseconds=1), DENVER)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.DAY, "2026-02-22", "2026-02-22"),
        (Span.WEEK, "2026-02-16", "2026-02-22"),
        (Span.MONTH, "2026-02-01", "2026-02-28"),
    ],
)
def test_a_day_is_compared_with_its_weekday_and_others_with_the_one_before(span: Span, first: str, last: str) -> None:
    assert bounds(around("2026-03-01", span).compared()) == days(first, last)


@pytest.mark.parametrize(
    ("day", "span", "first", "last"),
    [
        ("2024-02-29", Span.DAY, "2023-03-02", "2023-03-02"),
        ("2026-01-01", Span.WEEK, "2024-12-30", "2025-01-05"),
        ("2024-02-29", Span.MONTH, "2023-02-01", "2023-02-28"),
        ("2025-02-28", Span.MONTH, "2024-02-01", "2024-02-29"),
    ],
)
def test_a_year_before_has_the_same_weekdays_or_is_the_same_month(day: str, span: Span, first: str, last: str) -> None:
    period = around(day, span)
    assert bounds(period.year_before()) == days(first, last)
    if span is not Span.MONTH:
        assert period.year_before().first.weekday() == period.first.weekday()


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-05-10", "America/Denver", 24),
        ("2026-03-08", "America/Denver", 23),
        ("2026-11-01", "America/Denver", 25),
        ("2026-09-27", "Pacific/Auckland", 23),
        ("2026-04-05", "Pacific/Auckland", 25),
        ("2026-03-08", "Asia/Kolkata", 24),
        ("2026-03-08", "America/Havana", 23),  # its midnight does not exist
        ("2026-11-01", "America/Havana", 25),  # its midnight comes twice
    ],
)
def test_a_day_has_23_24_or_25_hours(day: str, zone: str, hours: int) -> None:
    period, there = around(day, Span.DAY), ZoneInfo(zone)
    assert period.ends(there) - period.begins(there) == hours * HOUR


def test_weeks_and_months_of_clock_changes_gain_or_lose_an_hour() -> None:
    spring, autumn = around("2026-03-08", Span.WEEK), around("2026-11-15", Span.MONTH)
    assert spring.ends(DENVER) - spring.begins(DENVER) == (7 * 24 - 1) * HOUR
    assert autumn.ends(DENVER) - autumn.begins(DENVER) == (30 * 24 + 1) * HOUR


def test_a_day_begins_at_midnight_there_and_is_told_in_utc() -> None:
    assert midnight(date(2026, 5, 4), DENVER) == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert midnight(date(2026, 5, 4), ZoneInfo("Asia/Kolkata")) == datetime(2026, 5, 3, 18, 30, tzinfo=UTC)
    assert midnight(date(2026, 5, 4), DENVER).tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "span", "written"),
    [
        ("2020-06-28", Span.DAY, "Sunday, June 28, 2020"),
        ("2020-06-28", Span.WEEK, "June 22 – 28, 2020"),
        ("2020-06-30", Span.WEEK, "June 29 – July 5, 2020"),
        ("2020-12-31", Span.WEEK, "December 28, 2020 – January 3, 2021"),
        ("2020-06-28", Span.MONTH, "June 2020"),
    ],
)
def test_a_period_is_written_as_people_write_it(day: str, span: Span, written: str) -> None:
    assert str(around(day, span)) == written
