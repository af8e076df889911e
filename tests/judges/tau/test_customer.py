"""The scripted customer answers by what is asked, loses patience in the end, and knows a yes from a correction."""

from collections.abc import Iterator

import pytest

from domain.conversation import Asked
from tests.judges.tau.customer import GOODBYE, KIND_OF, MOST_TURNS, Heard, is_yes, talk
from tests.judges.tau.data import KINDS, Wording

OTHERS = {  # what no wording has an answer of its own for
    Asked.CANCEL_MEANING,
    Asked.CHECKOUT,
    Asked.CLEAR_CART,
    Asked.CODE,
    Asked.EMAIL,
    Asked.EMAIL_FIX,
    Asked.EMAIL_MEANT,
    Asked.FORGET,
    Asked.PROVE_EMAIL,
    Asked.START_EMAIL,
    Asked.STOP_EMAIL,
}


def wording(*says: str, **answers: list[str]) -> Wording:
    named = {kind.rstrip("_"): tuple(said) for kind, said in answers.items()}
    return Wording(task_id="0", name="a", says=says, answers=named)


class Script:
    """A shop that asks what it was told to ask, one question after each message, and then nothing more."""

    def __init__(self, *asked: str | None) -> None:
        self._asked: Iterator[str | None] = iter(asked)
        self.heard: list[str] = []

    def __call__(self, said: str) -> Heard:
        self.heard.append(said)
        return Heard(text="…", asked=next(self._asked, None))


def test_everything_is_said_when_nothing_is_open_and_a_friendly_word_ends_it() -> None:
    shop = Script()
    dialogue = talk(wording("Hello.", "Return the lamp."), shop)
    assert shop.heard == ["Hello.", "Return the lamp.", GOODBYE]
    assert (dialogue.gave_up, dialogue.length) == (False, 2)


def test_what_is_asked_is_answered_before_more_is_said() -> None:
    shop = Script("which_order", "which_option", "confirm_plan", None)
    said = wording("Swap it.", "Thanks.", which_order=["#1"], which_option=["red"], confirm=["yes"])
    dialogue = talk(said, shop)
    assert shop.heard == ["Swap it.", "#1", "red", "yes", "Thanks.", GOODBYE]
    assert [turn.kind for turn in dialogue.turns] == ["", "which_order", "which_option", "confirm", "", ""]
    assert [turn.agrees for turn in dialogue.turns] == [False, False, False, True, False, False]


def test_answers_of_a_kind_come_in_their_order_and_the_last_is_said_three_times_more() -> None:
    shop = Script(*["which_item"] * 9)
    dialogue = talk(wording("Return it.", which_item=["the lamp", "the small one"]), shop)
    assert shop.heard == ["Return it.", "the lamp", *["the small one"] * 4]
    assert dialogue.gave_up


def test_patience_begins_anew_with_the_next_wish() -> None:
    shop = Script(*["confirm_plan", None] * 6)
    dialogue = talk(wording(*["Cancel one more."] * 6, confirm=["yes"]), shop)
    assert shop.heard == [*["Cancel one more.", "yes"] * 6, GOODBYE]
    assert not dialogue.gave_up


def test_what_no_wording_foresees_is_answered_by_the_rest_and_at_last_by_a_shrug() -> None:
    shop = Script("email", "pay_how", "confirm_plan")
    talk(wording("Return it.", else_=["as I said"]), shop)
    assert shop.heard == ["Return it.", "as I said", "as I said", "yes", GOODBYE]
    shop = Script("which_option", "email")
    talk(wording("Return it."), shop)
    assert shop.heard == ["Return it.", "I don't mind", "I don't know", GOODBYE]


def test_a_shop_that_never_comes_to_an_end_is_left() -> None:
    shop = Script(*["which_item", "which_order"] * 100)
    answers = [str(number) for number in range(100)]
    assert talk(wording("Return it.", which_item=answers, which_order=answers), shop).gave_up
    assert len(shop.heard) == MOST_TURNS


def test_every_question_of_the_shop_has_its_kind() -> None:
    assert set(KIND_OF.values()) <= KINDS
    assert {str(one) for one in Asked} - set(KIND_OF) == {str(one) for one in OTHERS}


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "yesss",
        "Yes, please do that right away!",
        "yep thats ok",
        "If it is all of them, then yes.",
        "Took you long enough. Yes.",
        "Hm, wait. Yes!",
        "Granted, go ahead.",
        "Yes, just the lamp, please.",
        "The lamp yes, please, but not the kettle.",
        "Yes, that one as well.",
    ],
)
def test_this_agrees(said: str) -> None:
    assert is_yes(said)


@pytest.mark.parametrize(
    "said",
    [
        "No, I'll keep it.",
        "Actually only the lamp, that's fine.",
        "wait no use the gift card, the address is ok",
        "Let me correct that: just the lamp.",
        "Before I say yes: also the watch.",
        "Yes, and the watch too.",
        "I can't say yes yet, as there's the watch too.",
        "Only if it goes to my card. If not, please do not cancel.",
        "On second thoughts, the red one is right.",
    ],
)
def test_this_does_not(said: str) -> None:
    assert not is_yes(said)
