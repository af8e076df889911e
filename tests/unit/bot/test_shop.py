"""How the shop writes money and local times, also when clocks change."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.shop import Shop
from domain.periods import Period, Span
from tests.support.factories import HASH_KEY, NOW, TERMS


def shop(*, currency: str = "USD", locale: str = "en_US", time_zone: str = "America/Denver") -> Shop:
    """A shop in Denver that sells for dollars, unless told otherwise."""
    return Shop(
        name="Fern & Fable",
        currency=currency,
        locale=locale,
        time_zone=ZoneInfo(time_zone),
        support_hours="on weekdays",
        terms=TERMS,
        hash_key=HASH_KEY,
    )


def utc(text: str) -> datetime:
    """A moment in UTC, written like 2026-03-08 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("12.5", "$12.50"),
        ("0", "$0.00"),
        ("1234567.89", "$1,234,567.89"),
        ("-3", "-$3.00"),
        ("0.1", "$0.10"),
    ],
)
def test_money_is_written_with_its_currency_and_two_places(amount: str, written: str) -> None:
    assert shop().money(Decimal(amount)) == written


def test_money_follows_currency_and_locale() -> None:
    assert shop(currency="EUR", locale="de_DE").money(Decimal("1234.5")) == "1.234,50\xa0€"
    assert shop(currency="JPY", locale="en_US").money(Decimal(1200)) == "¥1,200"


def test_a_time_of_today_is_written_without_its_day() -> None:
    assert shop().local(utc("2026-05-12 17:30"), NOW) == "11:30 AM MDT"


def test_today_is_the_shops_day_and_not_that_of_utc() -> None:
    late = utc("2026-05-13 05:30")  # still the 12th in Denver
    assert shop().local(late, NOW) == "11:30 PM MDT"
    assert shop(time_zone="UTC").local(late, NOW) == "May 13, 5:30 AM UTC"
    assert shop().local(NOW, now=late) == "11:00 AM MDT"


def test_a_time_of_another_day_is_written_with_it() -> None:
    assert shop().local(utc("2026-05-13 06:00"), NOW) == "May 13, 12:00 AM MDT"
    assert shop().local(utc("2026-05-11 17:00"), NOW) == "May 11, 11:00 AM MDT"


def test_a_time_of_another_year_is_written_with_its_year() -> None:
    assert shop().local(utc("2025-05-12 17:00"), NOW) == "May 12, 2025, 11:00 AM MDT"


def test_the_year_ends_when_it_does_in_the_shop() -> None:
    assert shop().local(utc("2027-01-01 06:59"), utc("2026-12-30 12:00")) == "Dec 31, 11:59 PM MST"
    assert shop().local(utc("2027-01-01 07:00"), utc("2026-12-30 12:00")) == "Jan 1, 2027, 12:00 AM MST"


def test_the_hour_that_spring_skips_is_never_written() -> None:
    now = utc("2026-03-08 08:00")
    assert shop().local(utc("2026-03-08 08:59"), now) == "1:59 AM MST"
    assert shop().local(utc("2026-03-08 09:00"), now) == "3:00 AM MDT"


def test_the_hour_that_autumn_repeats_is_told_apart_by_its_zone() -> None:
    now = utc("2026-11-01 07:00")
    assert shop().local(utc("2026-11-01 07:30"), now) == "1:30 AM MDT"
    assert shop().local(utc("2026-11-01 08:30"), now) == "1:30 AM MST"


def test_a_time_follows_the_locale() -> None:
    berlin = shop(locale="de_DE", time_zone="Europe/Berlin")
    assert berlin.local(utc("2026-05-12 17:30"), NOW) == "19:30 CEST"


@pytest.mark.parametrize(
    ("moment", "written"),
    [("2026-11-03 12:00", "Nov 3, 2026"), ("2026-11-03 06:59", "Nov 2, 2026"), ("2026-11-03 07:00", "Nov 3, 2026")],
)
def test_a_day_is_that_of_the_shop(moment: str, written: str) -> None:
    assert shop().day(utc(moment)) == written


@pytest.mark.parametrize(
    ("locale", "day", "days", "month", "percent"),
    [
        ("en_US", "June 28, 2020", ("Sunday, June 28, 2020", "Jun 22 – 28, 2020"), "June 2020", "\u221212.5%"),
        ("de_DE", "28. Juni 2020", ("Sonntag, 28. Juni 2020", "22.–28. Juni 2020"), "Juni 2020", "\u221212,5\xa0%"),
    ],
)
def test_days_periods_and_percent_are_written_as_the_locale_has_them(
    locale: str, day: str, days: tuple[str, str], month: str, percent: str
) -> None:
    there, sunday = shop(locale=locale), date(2020, 6, 28)
    assert there.full_date(sunday) == day
    assert tuple(there.period(Period.containing(sunday, span)) for span in (Span.DAY, Span.WEEK)) == days
    assert there.period(Period.containing(sunday, Span.MONTH)) == month
    assert there.percent(Decimal("-0.125")) == percent


def test_a_week_over_the_end_of_a_year_names_both_years() -> None:
    week = Period.containing(date(2021, 1, 1), Span.WEEK)
    assert shop().period(week) == "Dec 28, 2020 – Jan 3, 2021"


def test_a_moment_that_is_read_after_years_has_its_year() -> None:
    assert shop().dated(utc("2026-11-03 18:30")) == "Nov 3, 2026, 11:30 AM MST"


def test_a_part_of_little_is_told_with_a_digit_more() -> None:
    german = shop(locale="de_DE")
    assert [german.part(part, 1000) for part in (0, 4, 99, 100, 995)] == [
        "0\xa0%",
        "0,4\xa0%",
        "9,9\xa0%",
        "10\xa0%",
        "100\xa0%",
    ]
    assert german.part(0, 0) == "–"


def test_things_are_counted_and_what_has_no_fraction_shows_none() -> None:
    german = shop(locale="de_DE")
    assert [german.counted(number, "order") for number in (0, 1, 1234)] == ["0 orders", "1 order", "1.234 orders"]
    assert [german.rounded(value) for value in (7, 6.96, 0.5, Decimal("1234.04"))] == ["7", "7", "0,5", "1.234"]
    assert [german.signed(number) for number in (3, 0, -1234)] == ["+3", "+0", "-1.234"]


def test_days_and_months_stand_in_the_order_of_the_locale() -> None:
    day, moment = date(2026, 3, 9), utc("2026-03-09 17:30")
    english, german = shop(), shop(locale="de_DE")
    assert (english.short_date(day), german.short_date(day)) == ("Mar 9, 2026", "9. März 2026")
    assert (english.month_day(day), german.month_day(day)) == ("March 9", "9. März")
    assert (english.short_day(day), german.short_day(day)) == ("Mar 9", "9. März")
    assert (english.month(day), german.month(day)) == ("March 2026", "März 2026")
    assert (english.short_month(day), german.short_month(day)) == ("Mar 2026", "März 2026")
    assert (english.month_name(day), german.month_name(day)) == ("Mar", "Mär")
    assert (english.day(moment), german.day(moment)) == ("Mar 9, 2026", "9. März 2026")
    assert german.moment(moment) == "9. März, 11:30 MDT"


def test_the_week_begins_on_monday() -> None:
    assert shop().weekdays()[0] == "Monday"
    assert shop(locale="de_DE").weekdays(short=True) == ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
