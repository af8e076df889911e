"""Which spellings are the same code."""

import pytest

from domain.promotions.applying import codes_of
from domain.promotions.codes import is_code, normal


@pytest.mark.parametrize("written", ["SPRING10", "spring10", "Spring-10", "spring 10", " spring_10 ", "sprîng10"])
def test_case_spaces_dashes_and_accents_make_no_other_code(written: str) -> None:
    assert normal(written) == "SPRING10"


@pytest.mark.parametrize("good", ["SPRING10", "GIFT", "2FOR1"])
def test_a_code_has_letters(good: str) -> None:
    assert is_code(normal(good))


@pytest.mark.parametrize("bad", ["", "ABC", "123456", "A" * 25, "---"])
def test_what_answers_other_questions_is_no_code(bad: str) -> None:
    assert not is_code(normal(bad))


def test_codes_are_listed_once_each() -> None:
    assert codes_of(["spring10", "SPRING-10", "", "gift"]) == ("SPRING10", "GIFT")
