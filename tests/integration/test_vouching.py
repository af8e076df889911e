"""Slack's profile and a code: what the code proved stays, in orders, mails, “my data” and linked chats."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, Verb
from domain.conversation import ChatRef
from domain.people.identity import hash_email
from domain.people.proving import code_of
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

PROFILE, LATER, OTHER, THIRD = "pat@example.com", "later@example.com", "other@example.com", "third@example.com"
ADDRESS = "address: 12 Main St, Denver CO 80203"


class Front:
    """A shop whose jobs send mail, in which somebody writes in Slack, whose profile has an address."""

    def __init__(self, url: str, database: Database) -> None:
        stock_mugs(database)
        self.database = database
        self.profile = PROFILE
        self.jobs = StagedJobs(url, database, SHOP, StillClock(NOW))
        self._engine = MessageEngine(
            interpreter=CommandInterpreter(),
            unit_of_work=lambda: PostgresUnitOfWork(database, self.jobs.enqueue),
            clock=StillClock(NOW),
            shop=SHOP,
        )
        self._said = 0

    def says(self, *said: str | Choice, chat: str = "D1", channel: str = "slack") -> tuple[Reply, ...]:
        """The replies to the last one, words or a button."""
        replies: tuple[Reply, ...] = ()
        for one in said:
            self._said += 1
            message = IncomingMessage(
                id=f"m{self._said}",
                chat=ChatRef(channel=channel, chat_id=chat),
                sender_id=f"{channel}-pat",
                text=one if isinstance(one, str) else "",
                choice=one if isinstance(one, Choice) else None,
                proven_email=self.profile if channel == "slack" else "",
            )
            replies = self._engine.handle(message).replies
        return replies

    def hears(self, *said: str | Choice, chat: str = "D1", channel: str = "slack") -> str:
        return "\n".join(f"{reply.title}\n{reply.text}" for reply in self.says(*said, chat=chat, channel=channel))

    def proves(self, email: str, *, channel: str = "slack") -> str:
        self.says(f"verify {email}", channel=channel)
        number = self.ask("SELECT max(proof_id) FROM pii.proof")
        return self.hears(code_of(int(str(number)), SHOP.hash_key), channel=channel)

    def link_code(self, channel: str) -> str:
        shown = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", self.hears(Choice(verb=Verb.LINK_CODE), channel=channel))
        assert shown is not None
        return shown[0]

    def ask(self, query: str) -> object:
        with self.database.connect() as connection:
            return connection.execute(text(query)).scalar()

    def mailed(self) -> list[str]:
        self.jobs.all_done()
        with self.database.connect() as connection:
            query = "SELECT to_email FROM pii.mailbox WHERE subject ILIKE '%order%' ORDER BY mail_key"
            return list(connection.execute(text(query)).scalars())


@pytest.fixture
def front(engine: Database, database_url: str) -> Front:
    return Front(database_url, engine)


def ordered_by(front: Front, email: str) -> None:
    """The last order is of that address, which the identity has proven; the mail goes there, and asks for no proof."""
    hashed = hash_email(email, SHOP.hash_key)
    assert front.ask("SELECT hashed_email FROM shop.orders ORDER BY order_id DESC LIMIT 1") == hashed
    assert front.ask("SELECT proven_email FROM chat.identity WHERE channel = 'slack'") == hashed
    assert front.mailed()[-1:] == [email]


def test_what_was_proven_by_a_code_stays_whatever_the_profile_says(front: Front) -> None:
    front.says("hello")
    assert "o•••@e•••.com" in front.proves(OTHER)
    card = front.hears("hello", "order 2 MUG-RED", ADDRESS)
    assert "o•••@e•••.com" in card
    assert "p•••" not in card
    assert "is placed" in front.hears("yes")
    ordered_by(front, OTHER)
    told = front.hears("my data")
    assert "E-mail\to•••@e•••.com, proven" in told
    assert "not proven" not in told


def test_a_linked_chat_sees_the_order_and_what_is_proven_there_stays_too(front: Front) -> None:
    front.proves(OTHER)
    assert "o•••@e•••.com" in front.hears("hello", f"link {front.link_code('slack')}", channel="web")
    front.says("order 2 MUG-RED", ADDRESS, "yes")
    assert "#1001" in front.hears("my orders", channel="web")
    assert "o•••@e•••.com" in front.hears("order 1 MUG-RED", ADDRESS, channel="web")


def test_what_came_by_a_link_stays_too(front: Front) -> None:
    front.says("hello")
    front.proves(OTHER, channel="web")
    front.says(f"link {front.link_code('web')}", "hello", "order 2 MUG-RED", ADDRESS, "yes")
    ordered_by(front, OTHER)


def test_a_profile_that_changes_takes_nothing_from_a_code(front: Front) -> None:
    front.says("hello")
    front.proves(OTHER)
    front.profile = LATER
    front.says("order 2 MUG-RED", ADDRESS, "yes")
    ordered_by(front, OTHER)


def test_a_profile_that_changes_speaks_for_its_new_address_where_nothing_was_proven(front: Front) -> None:
    front.says("hello")
    front.profile = LATER
    assert "l•••@e•••.com, proven" in front.hears("my data")
    front.says("order 2 MUG-RED", ADDRESS, "yes")
    ordered_by(front, LATER)


def test_a_profile_that_changes_behind_an_open_card_leaves_the_address_that_the_card_names(front: Front) -> None:
    front.says("order 2 MUG-RED", ADDRESS)
    front.profile = LATER
    assert "is placed" in front.hears("yes")
    assert front.ask("SELECT hashed_email FROM shop.orders") == hash_email(PROFILE, SHOP.hash_key)
    assert "l•••@e•••.com, proven" in front.hears("my data")


def test_a_proof_behind_an_open_card_shows_the_card_anew(front: Front) -> None:
    front.says("verify other@example.com")
    assert "p•••@e•••.com" in front.hears("order 2 MUG-RED", ADDRESS)
    number = front.ask("SELECT max(proof_id) FROM pii.proof")
    card = front.hears(f"my code is {code_of(int(str(number)), SHOP.hash_key)}")
    assert "o•••@e•••.com" in card
    assert "Total" in card
    assert "is placed" in front.hears("yes")
    ordered_by(front, OTHER)


@pytest.mark.parametrize("typed_first", [True, False])
def test_an_address_typed_with_an_order_is_kept(front: Front, typed_first: bool) -> None:
    acts: list[Callable[[], object]] = [
        lambda: front.says("order 2 MUG-RED", THIRD, "yes"),
        lambda: front.proves(OTHER),
    ]
    for act in acts if typed_first else reversed(acts):
        act()
    said = front.hears("hello", "check out", ADDRESS, "yes")
    # A proven one gives way to a yes of its own.
    assert "is placed" in said or ("t•••d@e•••.com instead of" in said and "is placed" in front.hears("yes"))
    assert front.ask("SELECT hashed_email FROM shop.orders") == hash_email(THIRD, SHOP.hash_key)
    assert "t•••@e•••.com, not proven" in front.hears("my data")


def test_even_the_profiles_address_is_kept_when_it_is_typed(front: Front) -> None:
    front.proves(OTHER)
    front.says("order 2 MUG-RED", PROFILE, "yes", ADDRESS, "yes")
    assert front.ask("SELECT hashed_email FROM shop.orders") == hash_email(PROFILE, SHOP.hash_key)


def test_another_chat_of_the_same_person_follows_the_proof(front: Front) -> None:
    front.says("hello")
    front.says("hello", chat="D2")
    with front.database.begin() as connection:  # as a chat that the profile spoke for first
        connection.execute(
            text("""
                UPDATE chat.conversation SET state = (
                    SELECT c.state FROM chat.conversation c WHERE c.chat_id = 'D1') WHERE chat_id = 'D2'
            """)
        )
    front.proves(OTHER)
    assert "o•••@e•••.com" in front.hears("order 2 MUG-RED", ADDRESS, chat="D2")


def test_a_newer_code_takes_the_place_of_an_older_one(front: Front) -> None:
    front.proves(OTHER, channel="web")
    front.proves(THIRD, channel="web")
    assert "t•••@e•••.com, proven" in front.hears("my data", channel="web")
