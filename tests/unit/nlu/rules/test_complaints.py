"""Kinds of complaints by their words, in the words of several trades."""

import pytest

from nlu.rules.complaints import Complaint, asks_in_general, complains, find_complaints


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("the saw blade was rusty when i opened it", {Complaint.BROKEN}),
        ("half the eggs had burst", {Complaint.MISSING}),
        ("I received somebody else's books", {Complaint.WRONG_ITEM}),
        ("i ordered decaf and normal coffee came", {Complaint.WRONG_ITEM}),
        ("only 3 of the 4 chairs came", {Complaint.MISSING}),
        ("there was no oil in the bag", {Complaint.MISSING}),
        ("delivery still not here after ten days", {Complaint.LATE}),
        ("how do i send the drill back", {Complaint.RETURN}),
        ("give me my money back", {Complaint.REFUND}),
        ("it leaks, i want a refund", {Complaint.BROKEN, Complaint.REFUND}),
        ("my sander died after 3 months, is it under warranty", {Complaint.BROKEN, Complaint.WARRANTY}),
        ("i am really not happy with this", {Complaint.OTHER}),
        ("", {Complaint.OTHER}),
    ],
)
def test_it_is_told_by_what_happened_and_what_is_wanted(said: str, kinds: set[Complaint]) -> None:
    assert set(find_complaints(said)) == kinds


@pytest.mark.parametrize(
    "said",
    [
        "where is my order?",
        "has order 1001 been shipped yet",
        "when does my parcel come",
        "the confirmation never came",
    ],
)
def test_a_plain_question_is_no_complaint(said: str) -> None:
    assert not complains(said)


@pytest.mark.parametrize("said", ["how do returns work?", "do you refund postage", "is there a warranty on drills?"])
def test_a_question_about_the_rules_is_no_case(said: str) -> None:
    assert asks_in_general(said)


@pytest.mark.parametrize(
    "said",
    [
        "how do i return my drill",
        "is it still under warranty",
        "i want a refund",
        "can i send the saw back",
        "how is it broken",
    ],
)
def test_an_own_case_is_one(said: str) -> None:
    assert not asks_in_general(said)
