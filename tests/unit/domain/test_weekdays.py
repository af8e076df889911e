"""Weekdays as cron numbers them."""

import pytest

from domain.weekdays import by_name


@pytest.mark.parametrize(
    ("cron", "named"),
    [
        ("0 8 * * 1", "0 8 * * mon"),
        ("0 8 * * 1-5", "0 8 * * mon,tue,wed,thu,fri"),
        ("0 8 * * 0,6", "0 8 * * sun,sat"),
        ("0 8 * * 7", "0 8 * * sun"),
        ("0 8 * * 5-1", "0 8 * * fri,sat,sun,mon"),
        ("0 8 * * */2", "0 8 * * sun,tue,thu,sat"),
        ("0 8 * * 1/3", "0 8 * * mon,thu"),
        ("0 8 * * mon-3", "0 8 * * mon,tue,wed"),
        ("0 8 * * mon", "0 8 * * mon"),
        ("0 8 1 * *", "0 8 1 * *"),
        ("0 8 * * 8", "0 8 * * 8"),
        ("0 8 * * 1-", "0 8 * * 1-"),
        ("0 8 * * */0", "0 8 * * */0"),
        ("8 * * 1", "8 * * 1"),
        ("", ""),
    ],
)
def test_weekdays_are_numbered_as_cron_does(cron: str, named: str) -> None:
    assert by_name(cron) == named
