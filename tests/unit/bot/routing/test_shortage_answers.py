"""Who says to stop: waiting ends, marketing is never swallowed, and what is not understood ends nothing."""

import pytest

from bot.messages import Reply
from bot.routing import shortage_answers
from bot.trust import consenting
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.records.waiting import Waiting
from nlu.examples import DATA
from tests.support.factories import ADA, HASHED_EMAIL
from tests.support.talking import Talker, labels, words_in
from tests.unit.nlu.rules.test_marketing_words import STOPS, STOPS_HERE

EXAMPLES = [
    line.strip().removeprefix("- ")
    for line in (DATA / "stop_marketing.yml").read_text(encoding="utf-8").splitlines()
    if line.startswith("    - ")
]
MAY_BE_BOTH = [
    *("take me off your list", "take me off the list", "stop messaging me", "stop texting me", "stop writing to me"),
    *("don't message me", "stop notifying me please"),
]


def waiting_for(*product_ids: str) -> Talker:
    talker = Talker()
    for number, product_id in enumerate(product_ids, 1):
        talker.uow.waiting.add(
            Waiting(
                waiting_id=number,
                identity_id=ADA,
                channel="web",
                chat_id="c1",
                sender_id="ada",
                product_id=product_id,
                quantity=1,
                lacking=1,
                at=talker.now,
            )
        )
    return talker


def left(talker: Talker) -> list[str]:
    return [one.product_id for one in talker.uow.waiting.wishes]


def heard(talker: Talker, said: str) -> list[Reply] | None:
    return shortage_answers.typed(talker.turn(said))


@pytest.mark.parametrize("said", [*STOPS_HERE, *STOPS, *EXAMPLES, *MAY_BE_BOTH])
def test_a_word_on_marketing_is_none_on_waiting_where_nobody_waits(said: str) -> None:
    assert heard(Talker(), said) is None


@pytest.mark.parametrize("said", [*STOPS_HERE, *STOPS, *EXAMPLES, *MAY_BE_BOTH])
def test_a_word_on_marketing_ends_marketing_also_where_somebody_waits(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []

    def stops(turn: Turn) -> list[Reply]:
        stopped.append(turn.message.text)
        return [Reply(text="off")]

    for name in ("stop", "typed"):
        monkeypatch.setattr(consenting, name, stops)
    talker = waiting_for("GONE")
    talker.conversation.hashed_email = HASHED_EMAIL
    if heard(talker, said) is not None:
        assert stopped == [said]
        assert left(talker) == []
    else:
        assert left(talker) == ["GONE"]


def test_words_on_marketing_alone_ask_for_the_address_and_other_words_do_not() -> None:
    talker = waiting_for("GONE")
    replies = heard(talker, "take me off the list")
    assert replies is not None
    assert talker.conversation.pending == PendingQuestion(kind=Asked.STOP_EMAIL)
    talker = waiting_for("GONE")
    replies = heard(talker, "stop messaging me")
    assert replies is not None
    assert (left(talker), talker.conversation.pending) == ([], None)


@pytest.mark.parametrize(
    "said", ["stop telling me", "please don't tell me any more", "take me off the waiting list", "I'm not waiting"]
)
def test_what_is_only_said_of_waiting_ends_only_that(said: str) -> None:
    talker = waiting_for("GONE", "TEAPOT")
    talker.conversation.hashed_email = HASHED_EMAIL
    replies = heard(talker, said)
    assert replies is not None
    assert words_in(replies).strip() == "All right, I will not tell you of Coir Doormat and Glass Teapot."
    assert left(talker) == []
    assert "You wait for nothing" in words_in(heard(talker, said) or [])


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("stop telling me about the glass teapot", ["GONE"]),
        ("don't tell me when the doormat is back", ["TEAPOT"]),
        ("stop messaging me about the teapot", ["GONE"]),
        ("stop telling me about everything", []),
        ("stop telling me about them", []),
    ],
)
def test_only_what_is_named_ends(said: str, stays: list[str]) -> None:
    talker = waiting_for("GONE", "TEAPOT")
    assert heard(talker, said) is not None
    assert left(talker) == stays


@pytest.mark.parametrize(
    "said",
    ["stop telling me about the blu tepto", "stop telling me about the red mug", "stop telling me about it"],
)
def test_what_is_not_clear_is_asked(said: str) -> None:
    talker = waiting_for("GONE", "TEAPOT")
    replies = heard(talker, said)
    assert replies is not None
    assert "I am not sure which you mean" in words_in(replies)
    assert labels(*replies) == ["Do not tell me of Coir Doormat", "Do not tell me of Glass Teapot"]
    assert left(talker) == ["GONE", "TEAPOT"]


@pytest.mark.parametrize(
    "said",
    ["stop messaging me about offers", "stop telling me about your newsletter", "stop writing to me about sales"],
)
def test_what_is_about_something_else_ends_no_waiting(said: str) -> None:
    talker = waiting_for("GONE")
    assert heard(talker, said) is None
    assert left(talker) == ["GONE"]


def test_it_is_what_was_spoken_of_last() -> None:
    talker = waiting_for("GONE", "TEAPOT")
    talker.conversation.focus = "GONE"
    assert heard(talker, "stop telling me about it") is not None
    assert left(talker) == ["TEAPOT"]


def test_a_no_to_the_question_is_no_end_of_waiting() -> None:
    talker = Talker()
    talker.conversation.pending = PendingQuestion(kind=Asked.SOLD_OUT, subject="GONE", quantity=1)
    replies = heard(talker, "don't tell me")
    assert words_in(replies or []).strip() == "All right."
    assert talker.conversation.pending is None
