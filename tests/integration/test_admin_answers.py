"""`/answers`: staff answers once and the bot knows it; rights, undo, audit, and what is forgotten with who asked."""

import itertools
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine as Database

from bot.answering.learning import Learning
from bot.engine import MessageEngine
from bot.messages import IncomingMessage
from domain.conversation import ChatRef
from domain.model import Identity
from nlu.understanding import Guess, Understanding, Vector
from scheduler.ports import StaffChannels
from scheduler.staff import StaffNotices
from scheduler.workplace import Workplace
from storage.repositories.answers import forget_questions
from tests.support.desk import STAFFED, Desk
from tests.support.shop import NOW

numbers = itertools.count(1)


class Asking:
    """Takes every message for a question to the shop; other words have another vector."""

    def understand(self, text: str) -> Understanding:
        vector = Vector(encoder="test", values=sha256(text.encode()).digest())
        return Understanding(text=text, ranking=(Guess(intent="ask_shop", confidence=0.9),), vector=vector)


@pytest.fixture
def desk(engine: Database) -> Desk:
    return Desk(engine)


def asks(desk: Desk, text: str, who: str = "ann", channel: str = "web") -> str:
    engine = MessageEngine(interpreter=Asking(), unit_of_work=desk.unit_of_work, clock=desk.clock, shop=STAFFED)
    chat = ChatRef(channel=channel, chat_id=who)
    answer = engine.handle(IncomingMessage(id=f"q{next(numbers)}", chat=chat, sender_id=who, text=text))
    return "\n".join(reply.text for reply in answer.replies)


def first_number(desk: Desk) -> int:
    with desk.unit_of_work() as uow:
        return uow.questions.open(1)[0][0].number


def test_what_was_asked_is_listed_once_with_how_often_and_without_who(desk: Desk) -> None:
    assert "do not know" in asks(desk, "do you engrave spoons, tell ann.lee@example.com")
    asks(desk, "Do you engrave spoons, tell ann.lee@example.com?", who="bob")
    heard = desk.says("/answers")
    assert "do you engrave spoons, tell [e-mail]" in heard.lower()
    assert "2 times" in heard
    assert "ann.lee" not in heard


def test_an_answer_is_known_in_every_channel_at_once_and_undone_it_waits_again(desk: Desk) -> None:
    asks(desk, "do you engrave spoons")
    number = first_number(desk)
    assert "nothing → For $5 a word." in desk.says(f"/answers answer {number} For $5 a word.")
    for channel in ("web", "slack", "telegram"):
        assert asks(desk, "do you engrave spoons?", who="carl", channel=channel) == "For $5 a word."
    assert "No question waits" in desk.says("/answers")
    assert [entry.subject for entry in desk.entries("answer")] == [f"answer:asked_{number}@"]
    desk.says("/answers list")
    entry_id = desk.entries("answer")[0].entry_id
    assert "Taken back" in desk.says(f"/answers undo {entry_id}")
    assert "do not know" in asks(desk, "do you engrave spoons", who="dora").replace("not written", "do not know")
    assert "engrave" in desk.says("/answers")
    assert "Taken back" not in desk.says(f"/answers undo {entry_id}")


def test_the_form_answers_too_and_the_button_opens_it(desk: Desk) -> None:
    asks(desk, "do you engrave spoons")
    desk.says("/answers")
    desk.presses("Answer")
    assert desk.answer is not None
    form = desk.answer.replies[0]
    desk.fills(form, answer="For $5 a word.")
    assert asks(desk, "do you engrave spoons", who="bob") == "For $5 a word."
    desk.presses("Undo")
    assert asks(desk, "do you engrave spoons", who="carl") != "For $5 a word."


def test_a_topic_is_set_changed_and_removed(desk: Desk) -> None:
    desk.says("/answers set payment In cash.")
    assert asks(desk, "is paypal fine") == "In cash."
    assert "In cash. → By card." in desk.says("/answers set payment By card.")
    assert "payment" in desk.says("/answers list")
    assert "By card. → nothing" in desk.says("/answers remove payment")
    assert "By card" not in asks(desk, "is paypal fine")


def test_a_change_over_another_is_not_undone(desk: Desk) -> None:
    desk.says("/answers set payment In cash.")
    first = desk.entries("answer")[0].entry_id
    desk.says("/answers set payment By card.")
    desk.says(f"/answers undo {first}")
    assert asks(desk, "is paypal fine") == "By card."


@pytest.mark.parametrize(
    "said",
    [
        "answer 99 yes",
        "answer",
        "drop x",
        "remove nothing",
        "set Bad! words",
        "undo",
        "undo 99",
        "sing",
        f"set payment {'x' * 801}",
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(desk: Desk, said: str) -> None:
    assert "/answers" in desk.says(f"/answers {said}") or "no " in desk.says(f"/answers {said}").lower()
    assert desk.entries("answer") == []


def test_it_needs_a_role(desk: Desk) -> None:
    asks(desk, "do you engrave spoons")
    assert "engrave" not in desk.says("/answers", "U7")
    desk.says("/answers set payment In cash.", "U7")
    assert "In cash." not in asks(desk, "is paypal fine")
    assert [entry.subject for entry in desk.entries("refused")] == ["/answers", "/answers set"]
    assert "engrave" in desk.says("/answers", "U8", groups=("S9",))  # support


def test_a_question_that_needs_no_answer_is_closed(desk: Desk) -> None:
    asks(desk, "do you engrave spoons")
    assert "does not wait" in desk.says(f"/answers drop {first_number(desk)}")
    assert "No question waits" in desk.says("/answers")


def test_what_somebody_asked_is_read_out_and_forgotten_with_them(desk: Desk) -> None:
    asks(desk, "do you engrave spoons", who="ann")
    with desk.unit_of_work() as uow:
        ann = uow.conversations.lock(ChatRef(channel="web", chat_id="ann"), "ann", NOW)
        reach = uow.privacy.reach_of(Identity(identity_id=ann.identity_id))
        assert [note.text for note in uow.privacy.data(reach).notes] == ["do you engrave spoons"]
        assert uow.privacy.kept(reach).notes == 1
        uow.privacy.erase(reach)
        assert uow.questions.open(5) == ([], 0)


def test_questions_are_forgotten_when_they_are_old(desk: Desk, engine: Database) -> None:
    asks(desk, "do you engrave spoons")
    with desk.unit_of_work() as uow:
        forget_questions(uow.connection, NOW)
        assert uow.questions.open(5)[1] == 1
        forget_questions(uow.connection, NOW + timedelta(days=1))
        assert uow.questions.open(5)[1] == 0


def test_the_week_is_told_in_the_support_channel_once(desk: Desk, engine: Database) -> None:
    posts: list[tuple[str, str]] = []

    class Room:
        def post(self, channel: str, reply: object, thread: str | None = None) -> str:
            posts.append((channel, str(reply)))
            return "slack:C1:1"

    place = Workplace(database=engine, unit_of_work=desk.unit_of_work, shop=STAFFED, clock=desk.clock)
    notices = StaffNotices(place, Room(), StaffChannels(support="C1"))  # type: ignore[arg-type]
    notices.tell_unanswered()
    assert posts == []
    asks(desk, "do you engrave spoons")
    notices.tell_unanswered()
    notices.tell_unanswered()
    assert [channel for channel, _ in posts] == ["C1"]
    assert "do you engrave spoons" in posts[0][1]
    desk.clock.passes(days=7)
    notices.tell_unanswered()
    assert len(posts) == 2


def test_vectors_are_learned_once_for_all_processes(desk: Desk) -> None:
    desk.says("/answers set payment In cash.")
    encoded: list[str] = []

    class Counting(Asking):
        def understand(self, text: str) -> Understanding:
            encoded.append(text)
            return super().understand(text)

    for _ in range(2):
        Learning(Counting(), desk.unit_of_work, STAFFED, desk.clock).learn()
    assert len(encoded) == len(set(encoded)) + 2  # each process asks for one first, to know the encoder
    with desk.unit_of_work() as uow:
        assert uow.answers.vectors("test", ["how do i pay"]) != {}
        assert uow.answers.vectors("other", ["how do i pay"]) == {}
