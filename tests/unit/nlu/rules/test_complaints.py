"""Questions about the rules of returns, refunds and the warranty are no cases of one's own."""

import pytest

from nlu.rules.complaints import Complaint, asks_in_general, is_of_a_mail


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("how do returns work?", Complaint.RETURN),
        ("do you refund postage", Complaint.REFUND),
        ("is there a warranty on drills?", Complaint.WARRANTY),
        ("what is the policy here?", Complaint.OTHER),
    ],
)
def test_a_question_about_the_rules_is_no_case(said: str, kind: Complaint) -> None:
    assert asks_in_general(said, [kind])


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("how do i return my drill", [Complaint.RETURN]),
        ("is it still under warranty", [Complaint.WARRANTY]),
        ("i want a refund", [Complaint.REFUND]),
        ("how is it broken", [Complaint.BROKEN]),
        ("how do returns work when glass came smashed", [Complaint.BROKEN, Complaint.RETURN]),
    ],
)
def test_an_own_case_is_one(said: str, kinds: list[Complaint]) -> None:
    assert not asks_in_general(said, kinds)


@pytest.mark.parametrize(
    ("said", "of_a_mail"), [("the confirmation never came", True), ("my parcel never came", False)]
)
def test_a_mail_that_did_not_come_is_no_parcel(said: str, *, of_a_mail: bool) -> None:
    assert is_of_a_mail(said) is of_a_mail
