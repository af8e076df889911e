"""What is answered to a summary: a yes in many words, what it hangs on, and what else is said beside it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nlu.rules.deeds import CARRY_OUT, CARRY_OUT_VERBS
from nlu.rules.plan_answers import read_answer
from nlu.rules.yes_conditions import Of, read_condition

DEED = replace(CARRY_OUT, verbs=CARRY_OUT.verbs.union(*CARRY_OUT_VERBS.values()))


@pytest.mark.parametrize(
    "said",
    [
        "Yes.",
        "yes please, that looks wonderful, thank you!",
        "Yes, go on and return all of them, quickly please",
        "sure, exactly as you listed it",
        "That is just what I wanted",
        "Yes, if that works for you.",
        "no... or yes? Yes.",
        "ok, as soon as you can please",
        "Perfect, please proceed with both exchanges",
    ],
)
def test_a_yes_in_many_words_is_one_and_leaves_nothing_to_hear(said: str) -> None:
    answer = read_answer(said, DEED)
    assert answer.agrees
    assert (answer.rest, answer.conditions, answer.asks) == ("", (), False)


@pytest.mark.parametrize(
    "said", ["no", "yes... no, wait", "that is not right", "this is a disgrace", "Yes, but how much is that in all?"]
)
def test_what_does_not_agree_in_the_end_is_no_yes(said: str) -> None:
    answer = read_answer(said, DEED)
    assert not answer.agrees or answer.asks


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("Yes, but not the tent", "but not the tent."),
        ("go ahead. And please send the socks back too", "please send the socks back too."),
        ("yes, only the jacket", "only the jacket."),
        ("ok, do it, with my other card", "with my other card."),
    ],
)
def test_what_is_said_beside_a_yes_is_kept_for_the_reader_of_wishes(said: str, rest: str) -> None:
    answer = read_answer(said, DEED)
    assert answer.agrees
    assert answer.rest.lower() == rest.lower()


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("Yes, as long as the socks stay", "as long as the socks stay"),
        ("If the sum is under $90, go ahead", "If the sum is under $90"),
        ("do it. Provided my money goes back to the Visa.", "Provided my money goes back to the Visa"),
        ("yes please, but only if I do not pay more", "if I do not pay more"),
        ("if it is below $20 go ahead", "if it is below $20"),
    ],
)
def test_what_a_yes_hangs_on_stands_by_itself(said: str, condition: str) -> None:
    answer = read_answer(said, DEED)
    assert answer.agrees
    assert answer.conditions == (condition,)
    assert not answer.rest


def test_a_condition_of_something_else_is_none_of_the_yes() -> None:
    answer = read_answer("Yes, and also cancel the tent if it was not sent yet", DEED)
    assert answer.agrees
    assert not answer.conditions
    assert "if it was not sent" in answer.rest


def test_a_yes_may_say_to_how_many_things_and_to_which_deeds() -> None:
    assert read_answer("yes, return all four of them", DEED).count == 4
    answer = read_answer("yes to the returns, please", DEED)
    assert answer.kinds == {"return"}


@pytest.mark.parametrize(
    ("said", "of", "amount", "holds"),
    [
        ("if the total stays under $90", Of.TOTAL, "89.99", True),
        ("if the total stays under $90", Of.TOTAL, "90.01", False),
        ("as long as I pay no more than 20 dollars extra", Of.PAYS, "20.01", False),
        ("unless it costs more than $5 extra", Of.PAYS, "4", True),
        ("if I get at least $1,040 back", Of.BACK, "1039", False),
        ("if there is nothing extra to pay", Of.PAYS, "-3", True),
        ("if it is cheaper", Of.PAYS, "0.01", False),
    ],
)
def test_a_condition_of_an_amount_is_looked_at(said: str, of: Of, amount: str, *, holds: bool) -> None:
    condition = read_condition(said)
    assert condition.of is of
    assert condition.holds(Decimal(amount)) is holds


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ("if my boss says so", Of.LIFE),
        ("tomorrow", Of.LIFE),
        ("once I have heard from her", Of.LIFE),
        ("if those are all that squeak", Of.ELSE),
        ("if it arrives within 3 days", Of.ELSE),
    ],
)
def test_what_is_yet_to_come_is_told_from_what_cannot_be_looked_up(said: str, of: Of) -> None:
    assert read_condition(said).of is of
