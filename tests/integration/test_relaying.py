"""Words for support: all that waits of a conversation in one post, in order, each once, and nobody starves others."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.slack.blocks import MOST_BLOCKS, to_blocks
from bot.adapters.slack.sections import MOST_SECTION_CHARACTERS
from bot.engine import MessageEngine
from bot.messages import IncomingMessage
from bot.phrases.handoff import CUSTOMER_LEFT, CUSTOMER_WRITES, TOO_MUCH_SAID
from bot.support.notices import MOST_JOINED, fit_in_a_post, ticket_notes
from domain.conversation import ChatRef
from domain.records.tickets import BOT, CUSTOMER, Note
from domain.staff.handoff import SAID
from nlu.understanding import Entity, Guess, Understanding
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StaffedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

STAFFED = replace(SHOP, support=True)
ANN, BOB = "C-SUPPORT:1.0", "C-SUPPORT:2.0"  # the threads of the first and the second ticket


class Complaining(CommandInterpreter):
    """Understands exact commands, and takes what broke for a complaint."""

    def understand(self, text: str) -> Understanding:
        if "broke" not in text:
            return super().understand(text)
        entities = (Entity(name="happened", value="broken", end=len(text)),)
        return Understanding(text=text, ranking=(Guess(intent="after_sales", confidence=1.0),), entities=entities)


class Front:
    """A staffed shop on Telegram; its worker runs when a test says so."""

    def __init__(self, url: str, database: Database) -> None:
        stock_mugs(database)
        self.database = database
        self.clock = StillClock(NOW)
        self.jobs = StaffedJobs(url, database, STAFFED, self.clock)
        self.engine = MessageEngine(
            interpreter=Complaining(),
            unit_of_work=lambda: PostgresUnitOfWork(database, self.jobs.enqueue),
            clock=self.clock,
            shop=STAFFED,
        )
        self._said = 0

    def says(self, who: str, *said: str) -> list[str]:
        """The texts of the answer to the last one."""
        answers: list[str] = []
        for one in said:
            self._said += 1
            chat = ChatRef(channel="telegram", chat_id=who)
            message = IncomingMessage(id=f"m{self._said}", chat=chat, sender_id=who, text=one)
            answers = [reply.text for reply in self.engine.handle(message).replies]
        return answers

    def floods(self, who: str, count: int, *, words: str = "word {}") -> list[str]:
        """Writes as fast as the limit lets it; returns what was written."""
        said = [words.format(number) for number in range(1, count + 1)]
        for start in range(0, count, SAID.most):
            self.clock.passes(minutes=2)
            self.says(who, *said[start : start + SAID.most])
        return said

    def queued(self) -> list[tuple[str, int]]:
        query = "SELECT task_name, priority FROM jobs.procrastinate_jobs WHERE status = 'todo' ORDER BY id"
        with self.database.connect() as connection:
            return [(row.task_name, row.priority) for row in connection.execute(text(query))]

    def change_jobs(self, change: str) -> None:
        with self.database.begin() as connection:
            connection.execute(text(f"UPDATE jobs.procrastinate_jobs SET {change}"))

    def threads(self) -> list[str | None]:
        return [thread for _, thread, _ in self.jobs.room.posts]


@pytest.fixture
def front(engine: Database, database_url: str) -> Front:
    front = Front(database_url, engine)
    front.says("ann", "human")
    front.jobs.all_done()
    front.jobs.room.posts.clear()
    return front


def test_all_that_waits_of_a_conversation_is_one_post_and_a_new_ticket_goes_before_it(front: Front) -> None:
    said = front.floods("ann", 100)
    front.says("bob", "human")
    assert [name for name, _ in front.queued()] == ["relay_words", "open_ticket_thread"]
    front.jobs.all_done()
    card, words = front.jobs.room.posts
    assert card[2].title.startswith("Ticket T2")
    assert words[1] == ANN
    assert words[2].title == CUSTOMER_WRITES
    assert words[2].text.split("\n") == said
    assert front.queued() == []


def test_a_long_backlog_lets_others_in_between_its_posts(front: Front) -> None:
    said = front.floods("ann", 12, words="{} " + "x" * 1990)
    front.says("bob", "human", "hello?")
    front.jobs.all_done()
    assert front.threads() == [None, ANN, BOB, ANN, *[ANN] * (len(front.threads()) - 4)]
    assert "\n".join(front.jobs.room.in_thread(ANN)).split("\n") == said
    assert front.jobs.room.in_thread(BOB) == ["hello?"]
    assert len(front.threads()) <= 5


def test_what_is_written_while_a_post_is_made_comes_with_the_next_one(front: Front) -> None:
    post = front.jobs.room.post

    def slowly(channel: str, reply: object, thread: str | None = None) -> str:
        front.jobs.room.post = post  # type: ignore[method-assign]
        front.says("ann", "second", "third")
        return post(channel, reply, thread)  # type: ignore[arg-type]

    front.says("ann", "first")
    front.jobs.room.post = slowly  # type: ignore[method-assign]
    front.jobs.all_done()
    assert front.jobs.room.in_thread(ANN) == ["first", "second\nthird"]


def test_a_worker_that_is_killed_before_it_posts_loses_nothing_and_says_nothing_twice(front: Front) -> None:
    front.says("ann", "first")
    front.change_jobs("status = 'doing'")  # by a worker that is no more
    front.says("ann", "second", "third")
    assert len(front.queued()) == 1
    front.jobs.services.upkeep.rescue()
    front.jobs.all_done()
    assert front.jobs.room.in_thread(ANN) == ["first\nsecond\nthird"]
    assert front.queued() == []


def test_a_worker_that_is_killed_between_two_posts_goes_on_where_it_was(front: Front) -> None:
    said = front.floods("ann", 12, words="{} " + "x" * 1990)
    front.jobs.services.staff.relay_words(1)
    assert len(front.jobs.room.posts) == 1
    front.says("ann", "the end")
    front.jobs.all_done()
    assert "\n".join(front.jobs.room.in_thread(ANN)).split("\n") == [*said, "the end"]


def test_what_could_not_be_posted_holds_up_nobody_else(front: Front) -> None:
    """Slack refuses the posts of one thread for good, as when its channel was archived."""
    post = front.jobs.room.post

    def refusing(channel: str, reply: object, thread: str | None = None) -> str:
        if thread == ANN:
            raise ConnectionError
        return post(channel, reply, thread)  # type: ignore[arg-type]

    front.jobs.room.post = refusing  # type: ignore[method-assign]
    front.says("ann", "hello?")
    for _ in range(3):
        front.jobs.all_done()
        front.change_jobs("scheduled_at = scheduled_at - interval '1 day'")
    front.jobs.all_done()  # and now it waits for its next try
    front.says("bob", "human", "good morning")
    front.jobs.all_done()
    assert front.jobs.room.in_thread(BOB) == ["good morning"]
    front.jobs.room.post = post  # type: ignore[method-assign]
    front.says("ann", "still here")
    front.change_jobs("scheduled_at = NULL")
    front.jobs.all_done()
    assert front.jobs.room.in_thread(ANN) == ["hello?\nstill here"]


def test_words_whose_job_was_given_up_come_with_the_next_ones(front: Front) -> None:
    front.says("ann", "first")
    front.change_jobs("status = 'failed'")
    front.says("ann", "second")
    front.jobs.all_done()
    assert front.jobs.room.in_thread(ANN) == ["first\nsecond"]


def test_a_job_of_before_brings_all_that_waits_of_its_ticket(front: Front) -> None:
    front.says("ann", "first", "second")
    with PostgresUnitOfWork(front.database) as uow:
        first, _ = uow.tickets.waiting(1, 10)
    front.jobs.services.staff.relay_note(first.note_id)
    front.jobs.services.staff.relay_note(first.note_id)
    front.jobs.services.staff.relay_note(999)
    front.jobs.all_done()
    assert front.jobs.room.in_thread(ANN) == ["first\nsecond"]


def test_beyond_twenty_a_minute_the_customer_is_asked_to_wait_and_nothing_is_lost_unsaid(front: Front) -> None:
    said = [f"word {number}" for number in range(SAID.most + 3)]
    front.says("ann", *said[: SAID.most])
    for one in said[SAID.most :]:
        assert front.says("ann", one) == [TOO_MUCH_SAID]
    front.says("bob", "human")
    assert front.says("bob", "hello?") != [TOO_MUCH_SAID]  # it is ann's limit
    front.clock.passes(minutes=1, seconds=1)
    assert front.says("ann", "again") == []
    front.jobs.all_done()
    assert "\n".join(front.jobs.room.in_thread(ANN)).split("\n") == [*said[: SAID.most], "again"]


def test_complaints_count_too_and_the_bot_goes_on_answering(engine: Database, database_url: str) -> None:
    front = Front(database_url, engine)
    front.says("ann", *["it broke"] * (SAID.most + 1))  # the first stands on the card
    assert front.says("ann", "it broke, I say") == [TOO_MUCH_SAID]
    assert "Red Mug" in front.says("ann", "order 1 MUG-RED")[0]
    front.jobs.all_done()
    (words,) = front.jobs.room.in_thread(ANN)
    assert words.count("The customer: it broke\n") == SAID.most
    assert "I say" not in words


def test_a_post_of_both_says_whose_each_line_is(front: Front) -> None:
    front.says("ann", "it is late\nThe bot: refund them", "back to bot")
    front.jobs.all_done()
    (both,) = front.jobs.room.in_thread(ANN)
    assert both.split("\n") == ["The customer: it is late The bot: refund them", f"The bot: {CUSTOMER_LEFT}"]


@pytest.mark.parametrize("sign", ["x", "&", "<", "\n", "é"])
@pytest.mark.parametrize("length", [1, 90, 2000])
def test_a_post_holds_what_slack_takes_and_drops_nothing(sign: str, length: int) -> None:
    notes = [
        Note(note_id=number, ticket_id=1, author=CUSTOMER, text=f"{number}{sign * length}", at=NOW)
        for number in range(1000)
    ]
    first = fit_in_a_post(notes)
    assert 1 <= len(first) < len(notes)
    blocks, _ = to_blocks(ticket_notes(first))
    drawn = "".join(block["text"]["text"] for block in blocks)
    assert len(drawn) <= MOST_JOINED
    assert len(blocks) < MOST_BLOCKS
    assert all(len(block["text"]["text"]) <= MOST_SECTION_CHARACTERS for block in blocks)
    assert str(first[-1].note_id) in drawn
    assert "…" not in drawn


def test_one_note_goes_however_long_it_is() -> None:
    notes = [Note(note_id=1, ticket_id=1, author=BOT, text="&" * 9000, at=NOW)] * 2
    assert len(fit_in_a_post(notes)) == 1
    assert fit_in_a_post([]) == []
