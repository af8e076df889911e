"""When something was ordered: days, weeks, months, seasons and years that are over."""

from datetime import date

import pytest

from nlu.rules.order_dates import Days, when_ordered

TODAY = date(2026, 11, 28)  # a Saturday


def days(first: str, last: str = "") -> Days:
    return Days(first=date.fromisoformat(first), last=date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("what did I buy in 2024", days("2024-01-01", "2024-12-31")),
        ("what did i order in march", days("2026-03-01", "2026-03-31")),
        ("orders from december", days("2025-12-01", "2025-12-31")),
        ("last month's order", days("2026-10-01", "2026-10-31")),
        ("has last week's order gone out", days("2026-11-16", "2026-11-22")),
        ("the one from tuesday", days("2026-11-24")),
        ("what did i buy last saturday", days("2026-11-21")),
        ("my order of 14 November", days("2026-11-14")),
        ("what i ordered on 2025-02-03", days("2025-02-03")),
        ("what did i get two weeks ago", days("2026-11-11", "2026-11-17")),
        ("stuff i bought two summers ago", days("2025-06-01", "2025-08-31")),
        ("everything i bought since october", days("2026-10-01", "2026-11-28")),
        ("what did i order yesterday", days("2026-11-27")),
    ],
)
def test_it_is_read_as_days_that_are_over(said: str, then: Days) -> None:
    assert when_ordered(said, TODAY) == then


@pytest.mark.parametrize(
    "said",
    [
        "where is my order",
        "will my order arrive before friday",
        "may i see my orders",
        "is it coming today",
    ],
)
def test_what_says_no_time_of_ordering_is_none(said: str) -> None:
    assert when_ordered(said, TODAY) is None
