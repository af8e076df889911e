"""How fast support was: medians by hand, what is unanswered or open, midnights of odd weeks, words, and the digest."""

import csv
import io
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.periods import Period, Span
from domain.records.marts import HELP_DESK, Meaning, TicketTimes
from domain.records.sales import ReportName
from reports import speed, support
from reports.layout import message, report_page
from reports.report import Report
from reports.speed import Speed, lasting
from reports.warehouse import Asked, View
from tests.support.golden import there
from tests.support.marts import WEEK, FakeMarts, ticket
from tests.support.reported_shop import SHOP

MONDAY = there("2026-05-04 09:00:00")
ZONE = SHOP.time_zone


def meaning() -> Meaning:
    return Meaning(title="", said="What it means.", columns=defaultdict(lambda: "What a column means."))


def made(*tickets: TicketTimes, period: Period = WEEK, top: int = 10) -> Report:
    view = View(
        shop=SHOP,
        now=datetime(2027, 1, 5, tzinfo=UTC),
        as_of=period.last,
        asked_for=period.last,
        glossary=defaultdict(meaning),
        at_risk_days=45,
        fewest=30,
    )
    asked = Asked(name=ReportName.SUPPORT, period=period, top=top)
    report = support.make_report(support.collect(FakeMarts(asked=tickets), asked), asked, view)
    assert report.picture.chart.panels
    assert report_page(report, SHOP, "picture.png").count("<h1>") == 1
    return report


def of_week(*tickets: TicketTimes, period: Period = WEEK) -> Speed:
    return Speed.of(tickets, period.begins(ZONE), period.ends(ZONE))


def values(report: Report) -> list[str]:
    return [figure.value for figure in report.headlines]


@pytest.mark.parametrize(
    ("minutes", "middle"),
    [((), None), ((7,), "7"), ((30, 5), "17.5"), ((9, 500, 1), "9"), ((1, 2, 4, 8_000), "3")],
)
def test_medians_of_odd_and_even_numbers(minutes: tuple[int, ...], middle: str | None) -> None:
    found = of_week(*(ticket(MONDAY, one, one) for one in minutes))
    assert found.to_answer == found.to_resolve == (middle and Decimal(middle))


def test_who_waits_for_an_answer_is_no_zero() -> None:
    found = of_week(ticket(MONDAY), ticket(MONDAY, 40), ticket(MONDAY, 61), ticket(MONDAY, resolve=5))
    assert (found.opened, found.unanswered, found.soon, found.answers) == (4, 2, 1, (40, 61))
    assert (found.resolutions, found.still_open) == ((5,), 3)


def test_an_answer_counts_when_it_came_and_a_ticket_when_it_was_opened() -> None:
    late = ticket(there("2026-05-10 23:00:00"), 24 * 60, 48 * 60)
    week, after = of_week(late), of_week(late, period=Period.containing(date(2026, 5, 11), Span.WEEK))
    assert (week.opened, week.answers, week.still_open, week.oldest) == (1, (), 1, timedelta(hours=1))
    assert (after.opened, after.answers, after.resolutions, after.still_open) == (0, (1440,), (2880,), 0)


def test_a_week_begins_and_ends_at_midnight_of_the_shop() -> None:
    first, last, after = (there(one) for one in ("2026-05-04 00:00:00", "2026-05-10 23:59:59", "2026-05-11 00:00:00"))
    assert of_week(*map(ticket, (first - timedelta(seconds=1), first, last, after))).opened == 2


def test_a_week_over_the_end_of_a_year() -> None:
    week = Period.containing(date(2027, 1, 1), Span.WEEK)
    eve, new_year = there("2026-12-31 23:50:00"), there("2027-01-03 23:59:00")
    report = made(ticket(eve, 20, 30), ticket(new_year), ticket(there("2026-12-27 23:59:00"), 1, 1), period=week)
    assert report.title == "Fern & Fable: support, Dec 28, 2026 – Jan 3, 2027"
    assert values(report) == ["2", "11 min", "50.0%", "16 min", "1"]  # of 1 and 20, of 1 and 30: 10.5 and 15.5
    assert "from October 5, 2026 to January 3, 2027: 3 in all, 2 in the last" in report.picture.alt


def test_a_day_of_23_hours_is_a_day_and_minutes_are_those_that_passed() -> None:
    day = Period.containing(date(2026, 3, 8), Span.DAY)  # at 2:00 it is 3:00
    early, late = there("2026-03-08 01:30:00"), there("2026-03-08 23:30:00")
    found = of_week(ticket(early, 40), ticket(late), period=day)
    assert there("2026-03-08 03:10:00") - early == timedelta(minutes=40)
    assert (found.opened, found.answers, found.oldest) == (2, (40,), timedelta(hours=21, minutes=30))


def test_nothing_at_all_is_a_report() -> None:
    report = made()
    assert report.notes[0] == "No ticket was opened in this week."
    assert values(report) == ["0", "-", "-", "-", "0"]
    assert {one.change for figure in report.figures for one in figure.compared} == {"n/a"}
    assert report.tables == ()
    assert report.picture.alt.endswith("0 in all, 0 in the last. No first answer was given.")
    assert message(report).text
    assert made(period=Period.containing(date(2026, 5, 4), Span.DAY)).notes[0] == "No ticket was opened on this day."


def test_a_week_against_the_one_before() -> None:
    before = [ticket(MONDAY - timedelta(days=7), 20, 100)]
    now = [ticket(MONDAY, 10, 50), ticket(MONDAY, 20)]
    report = made(*before, *now)
    assert [one.change for figure in report.figures for one in figure.compared] == [
        "+100.0%",
        "\u221225.0%",
        "\u221250.0%",
        "new",  # nothing was open
    ]
    assert report.figures[2].note == "2 of 2; the week before 1 of 1"
    assert "Below, a line of the median time to the first answer: from 15 min to 20 min" in report.picture.alt


def test_no_time_at_all_is_nothing_to_compare_with() -> None:
    report = made(ticket(MONDAY - timedelta(days=7), 0, 0), ticket(MONDAY, 0, 5))
    assert values(report) == ["1", "under 1 min", "100.0%", "5 min", "0"]
    assert [figure.compared[0].change for figure in report.figures if figure.compared][1:3] == ["n/a", "n/a"]


def test_topics_of_each_desk_add_up_with_the_rest_as_one_row() -> None:
    tickets = [ticket(MONDAY, n, topic=f"topic {n:02}") for n in range(5)]
    tickets += [ticket(MONDAY, topic="topic 00", of=HELP_DESK)]
    ours, theirs = made(*tickets, top=2).tables
    assert ours.rows == (
        ("topic 00", "1", "under 1 min (of 1)", "-", "1 open"),
        ("topic 01", "1", "1 min (of 1)", "-", "1 open"),
        ("the other 3", "3", "3 min (of 3)", "-", "3 open"),
    )
    assert theirs.rows == (("topic 00", "1", "-", "-", "1 open"),)


def test_the_file_has_each_week_the_period_and_its_topics() -> None:
    rows = list(csv.DictReader(io.StringIO(made(ticket(MONDAY, 5), ticket(MONDAY, 10, 90, topic="=1+1")).csv)))
    assert [row["breakdown"] for row in rows] == ["7 days"] * 13 + ["week before", "week", "topic", "topic"]
    assert rows[12] | {"breakdown": "week"} == rows[14]
    assert (rows[14]["median_minutes_to_answer"], rows[14]["first_answers"], rows[14]["still_open"]) == (
        "7.5",
        "2",
        "1",
    )
    assert rows[14]["oldest_open_minutes"] == str((6 * 24 + 15) * 60)
    assert (rows[13]["median_minutes_to_answer"], rows[13]["oldest_open_minutes"]) == ("", "")
    assert rows[16]["topic"] == "'=1+1"


@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("minutes", [(0,), (5, 239), (240, 90_000)])
def test_whatever_the_times_are_they_fit_the_picture(span: Span, minutes: tuple[int, ...]) -> None:
    day = there("2026-03-05 12:00:00")
    tickets = [ticket(day + timedelta(days=20 * n), one) for n, one in enumerate(minutes)]
    assert "a line of the median" in made(*tickets, period=Period.containing(date(2026, 5, 10), span)).picture.alt


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, "-"),
        ("0", "under 1 min"),
        ("0.5", "1 min"),
        ("59", "59 min"),
        ("59.5", "1 h"),
        ("130", "2 h 10 min"),
        ("1440", "1 day"),
        ("1501", "1 day 1 h"),
        ("4335", "3 days"),
    ],
)
def test_times_in_words(minutes: str | None, said: str) -> None:
    assert lasting(None if minutes is None else Decimal(minutes), SHOP) == said


def test_the_digests_line() -> None:
    week = of_week(ticket(MONDAY, 12), ticket(MONDAY, resolve=9))
    before = of_week(ticket(MONDAY, 15, 20))
    assert speed.lines(week, before, SHOP) == (
        "Support: 2 tickets (1 the week before), first answer after 12 min in the middle (15 min), 1 still open (0).",
    )
    assert speed.lines(before, of_week(), SHOP) == (
        "Support: 1 ticket (0 the week before), first answer after 15 min in the middle (none), 0 still open (0).",
    )
    assert speed.lines(of_week(), before, SHOP) == (
        "Support: 0 tickets (1 the week before), no first answer (15 min), 0 still open (0).",
    )
    old = ticket(MONDAY - timedelta(days=30))
    assert speed.lines(of_week(old), of_week(old), SHOP) == ()
