"""How locales write numbers: what stands between digits, what around a percentage, to which side it is rounded."""

from decimal import Decimal

import pytest

from bot.numbers import number, percent

THIN = "\u202f"


@pytest.mark.parametrize(
    ("locale", "whole", "broken"),
    [
        ("en_US", "1,234,567", "-12,345.7"),
        ("de_DE", "1.234.567", "-12.345,7"),
        ("fr_FR", f"1{THIN}234{THIN}567", f"-12{THIN}345,7"),
        ("en_IN", "12,34,567", "-12,345.7"),
        ("de_CH", "1’234’567", "-12’345.7"),
        ("sv_SE", "1\xa0234\xa0567", "\u221212\xa0345,7"),
    ],
)
def test_each_locale_has_its_own_signs_and_groups(locale: str, whole: str, broken: str) -> None:
    assert number(1234567, 0, locale) == whole
    assert number(-12345.678, 1, locale) == broken
    assert number(Decimal("-12345.65"), 1, locale) == broken.replace("7", "6")  # halves to even


def test_groups_of_two_leave_what_is_short_and_what_is_behind_the_point_alone() -> None:
    assert [number(value, 2, "en_IN") for value in (0, 999, 1000, 99999, 100000)] == [
        "0.00",
        "999.00",
        "1,000.00",
        "99,999.00",
        "1,00,000.00",
    ]
    assert number(-1234567, 0, "en_IN") == "-12,34,567"


def test_what_a_float_cannot_hold_is_written_to_the_last_digit() -> None:
    assert number(2**63 + 1, 0, "en_US") == "9,223,372,036,854,775,809"


@pytest.mark.parametrize(
    ("locale", "said"), [("en_US", "\u22121,204.5%"), ("de_DE", "\u22121.204,5\xa0%"), ("tr_TR", "\u2212%1.204,5")]
)
def test_percent_has_a_true_minus_sign_before_all_of_it(locale: str, said: str) -> None:
    assert percent(Decimal("-12.045"), 1, locale) == percent(-12.045, 1, locale) == said


def test_a_share_is_rounded_as_it_is_and_not_as_it_is_printed() -> None:
    assert percent(0.285, 0, "en_US") == "28%"  # the nearest float lies below
    assert percent(Decimal("0.285"), 0, "en_US") == "28%"  # to even
    assert percent(Decimal("0.295"), 0, "en_US") == "30%"
