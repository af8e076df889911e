"""Which days staff means: every way in which a day is written that can be read one way only, and spans in words."""

from dataclasses import replace
from datetime import date

import pytest

from bot.admin.when import read_when
from bot.phrases import misread
from bot.values import BadInput
from domain.periods import Span
from tests.support.reported_shop import SHOP

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-20",
        "2026/11/20",
        "20-11-2026",
        "20.11.2026",
        "11/20/2026",
        "20/11/2026",
        "Nov 20",
        "nov. 20th",
        "November 20, 2026",
        "20 November 2026",
        "20th of november",
        "20. Nov. 2026",
    ],
)
def test_a_day_is_understood_however_it_is_written(said: str) -> None:
    when = read_when(f"month {said} top=3", TODAY, SHOP)
    assert (when.day, when.span, when.rest) == (date(2026, 11, 20), Span.MONTH, ("top=3",))


def test_months_may_be_named_as_the_shop_writes_them() -> None:
    assert read_when("3. Mai 2026", TODAY, replace(SHOP, locale="de_DE")).day == date(2026, 5, 3)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3.4.2026", date(2026, 4, 3)),
        ("04/04/2026", date(2026, 4, 4)),
        ("Dec 24", date(2025, 12, 24)),
        ("Feb 29", date(2024, 2, 29)),
    ],
)
def test_what_can_be_read_one_way_is_read_so_and_a_year_that_is_not_said_is_the_latest(said: str, day: date) -> None:
    assert read_when(said, TODAY, SHOP).day == day


@pytest.mark.parametrize("said", ["03/04/2026", "3-4-2026"])
def test_what_can_be_read_two_ways_is_asked_back(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_when(said, TODAY, SHOP)
    assert "2026-03-04 (March 4, 2026) or 2026-04-03 (April 3, 2026)" in refused.value.reason


@pytest.mark.parametrize(
    ("said", "span", "day"),
    [
        ("last week", Span.WEEK, None),
        ("previous month", Span.MONTH, None),
        ("weekly", Span.WEEK, None),
        ("this week", Span.WEEK, TODAY),
        ("today", Span.DAY, TODAY),
        ("yesterday", Span.DAY, date(2026, 11, 24)),
        ("yesterday week", Span.WEEK, date(2026, 11, 24)),
    ],
)
def test_spans_may_be_said_in_words(said: str, span: Span, day: date | None) -> None:
    when = read_when(said, TODAY, SHOP)
    assert (when.span, when.day, when.rest) == (span, day, ())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("quarter", misread.SPANS),
        ("last year", misread.SPANS),
        ("Q3", misread.SPANS),
        ("last week 2026-11-20", misread.TWO_TIMES),
        ("2026-11-20 Nov 21", misread.TWO_TIMES),
        ("31.02.2026", misread.date(word="31.02.2026")),
        ("Feb 30", misread.date(word="feb 30")),
    ],
)
def test_what_no_report_can_be_of_is_told(said: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_when(said, TODAY, SHOP)
    assert refused.value.reason == why


@pytest.mark.parametrize("said", ["last", "this", "soon", "nov", "20.11.", "12026-11-20"])
def test_other_words_are_left(said: str) -> None:
    assert read_when(said, TODAY, SHOP).rest == (said,)
