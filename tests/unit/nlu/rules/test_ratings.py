"""Ratings: the number that a message gives and what it says beside it; what orders, counts or names gives none."""

import pytest

from nlu.rules.ratings import score_said


@pytest.mark.parametrize(
    ("said", "number", "why"),
    [
        ("5", 5, ""),
        ("five!", 5, ""),
        ("4 stars", 4, ""),
        ("5-star", 5, ""),
        ("5/5", 5, ""),
        ("3 out of five, I guess", 3, ""),
        ("I'd say a solid 4, thanks", 4, ""),
        ("the order was a 2", 2, ""),
        ("one star from me", 1, ""),
        ("1 star. it arrived late", 1, "it arrived late"),
        ("2, the handle was loose", 2, "the handle was loose"),
        ("1 because it broke", 1, "because it broke"),
        ("would give the whole thing 4 stars", 4, "would give the whole thing"),
        ("thanks", 3, ""),
    ],
)
def test_a_number_is_read_with_its_reason(said: str, number: int, why: str) -> None:
    written = "⭐⭐⭐" if said == "thanks" else said
    score = score_said(said, written)
    assert score is not None
    assert (score.number, score.why) == (number, why)


@pytest.mark.parametrize("said", ["6", "0", "10/10", "4.5", "1,5", "12", "100 points", "5 stars here, 1 star there"])
def test_another_scale_is_no_number_of_ours(said: str) -> None:
    score = score_said(said, said)
    assert score is not None
    assert score.number is None


@pytest.mark.parametrize(
    "said",
    [
        *("2 red mugs", "5 of them please", "two mugs, please", "can I get 2", "order 2", "make it 5", "2x", "3 bags"),
        *(
            "-1",
            "$5",
            "#5",
            "5%",
            "1st",
            "3 of 4 mugs were broken",
            "one more teapot",
            "not a 5",
            "",
            "great",
            "thanks",
        ),
    ],
)
def test_what_counts_things_is_no_rating(said: str) -> None:
    assert score_said(said, said) is None
