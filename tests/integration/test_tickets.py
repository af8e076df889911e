"""Tickets in Postgres, and the desk at which support answers them: who may, once each, and never into the void."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import Answer, MessageEngine
from bot.messages import Choice, IncomingMessage, Verb
from bot.phrases import handoff as phrases_handoff
from bot.phrases.talk import CARD_NUMBER, EMPTY_MESSAGE, TOO_LONG
from bot.support.desk import SupportDesk
from domain.conversation import ChatRef
from domain.records.staff import Role
from domain.records.tickets import BOT, CUSTOMER
from domain.staff.handoff import OPENED
from nlu.commands import parse_command
from nlu.understanding import Entity, Guess, Understanding
from storage.repositories.tickets import forget_notes
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

ANN = ChatRef(channel="telegram", chat_id="ann")
SUE = "slack:USUE"
STAFFED = replace(SHOP, support=True, staff={SUE: frozenset({"support"}), "slack:STEAM": frozenset({"admin"})})
THREAD = "C1:17.5"


class Shopfront:
    """A staffed shop: ann writes, sue answers; jobs are not part of it."""

    def __init__(self, database: Database) -> None:
        stock_mugs(database)
        self.database = database
        self.clock = StillClock(NOW)
        self.engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.unit_of_work, clock=self.clock, shop=STAFFED
        )
        self.desk = SupportDesk(self.unit_of_work, self.clock, STAFFED)
        self._said = 0

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database)

    def says(self, *said: str) -> list[str]:
        """The texts of the answer to the last one."""
        return [reply.text for one in said for reply in self.send(text=one).replies]

    def presses(self, verb: Verb, arg: str = "") -> list[str]:
        return [reply.text for reply in self.send(choice=Choice(verb=verb, arg=arg)).replies]

    def send(self, *, text: str = "", choice: Choice | None = None) -> Answer:
        self._said += 1
        return self.engine.handle(
            IncomingMessage(id=f"m{self._said}", chat=ANN, sender_id="ann", text=text, choice=choice)
        )

    def opens_thread(self) -> None:
        """What the job does that posts the ticket."""
        with self.unit_of_work() as uow:
            uow.tickets.begin_thread(1, THREAD)
            uow.commit()

    def notes(self) -> list[tuple[str, str]]:
        with self.unit_of_work() as uow:
            return [(note.author, note.text) for note in uow.tickets.notes(1)]

    def told(self) -> list[str]:
        """What waits for ann that answers nothing."""
        query = "SELECT reply ->> 'text' FROM pii.delivery WHERE message_id ~ '^(support|notice):' ORDER BY delivery_id"
        with self.database.connect() as connection:
            return list(connection.execute(text(query)).scalars())


@pytest.fixture
def front(engine: Database) -> Shopfront:
    return Shopfront(engine)


@pytest.fixture
def held(front: Shopfront) -> Shopfront:
    """Ann asked for a person, and the thread is there."""
    front.says("human")
    front.opens_thread()
    return front


def test_a_conversation_has_one_open_ticket_at_a_time(engine: Database) -> None:
    with PostgresUnitOfWork(engine) as uow:
        first = uow.tickets.open(ANN, "ann", 1, "where is it", NOW)
        assert uow.tickets.open(ANN, "ann", 1, "again", NOW) == first
        assert uow.tickets.open(replace(ANN, chat_id="group"), "ann", 1, "elsewhere", NOW) != first
        assert uow.tickets.close(first.ticket_id, NOW) is True
        assert uow.tickets.close(first.ticket_id, NOW) is False
        assert uow.tickets.open(ANN, "ann", 1, "new trouble", NOW).ticket_id != first.ticket_id


def test_notes_are_forgotten_some_time_after_their_ticket_was_resolved(engine: Database) -> None:
    with PostgresUnitOfWork(engine) as uow:
        done, still_open = (uow.tickets.open(ANN, name, 1, "", NOW).ticket_id for name in ("ann", "bob"))
        for ticket_id in (done, still_open):
            uow.tickets.add_note(ticket_id, CUSTOMER, "hello", NOW)
        uow.tickets.close(done, NOW)
        forget_notes(uow.connection, NOW)
        assert uow.tickets.notes(done) != []
        forget_notes(uow.connection, NOW + timedelta(seconds=1))
        assert uow.tickets.notes(done) == []
        assert len(uow.tickets.notes(still_open)) == 1


def test_only_a_person_s_words_are_a_first_answer(engine: Database) -> None:
    first = text("SELECT first_answer_at FROM shop.ticket_times")
    with PostgresUnitOfWork(engine) as uow:
        ticket_id = uow.tickets.open(ANN, "ann", 1, "", NOW).ticket_id
        for author in (CUSTOMER, BOT):
            uow.tickets.add_note(ticket_id, author, "hello", NOW)
        assert uow.connection.execute(first).scalar_one() is None
        uow.tickets.add_note(ticket_id, SUE, "hello", NOW + timedelta(hours=1))
        uow.tickets.add_note(ticket_id, SUE, "and one thing more", NOW + timedelta(hours=2))
        assert uow.connection.execute(first).scalar_one() == NOW + timedelta(hours=1)
        uow.tickets.close(ticket_id, NOW + timedelta(hours=3))
        forget_notes(uow.connection, NOW + timedelta(days=30))
        assert uow.connection.execute(first).scalar_one() == NOW + timedelta(hours=1)


@pytest.mark.parametrize("staffed", [True, False])
def test_one_place_opens_a_few_tickets_an_hour_and_then_hears_when_people_answer(
    engine: Database, staffed: bool
) -> None:
    """A cookie costs nothing: hundreds of tickets from one network would bury those of others."""
    front, enqueued = Shopfront(engine), []

    def asks(who: str, network: str = "net-1") -> str:
        chat = ChatRef(channel="web", chat_id=who)
        said = IncomingMessage(id=f"{who}-{front.clock.now()}", chat=chat, sender_id=who, text="human", network=network)
        return shop.handle(said).replies[0].text

    shop = MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine, lambda _, event: enqueued.append(event)),
        clock=front.clock,
        shop=replace(STAFFED, support=staffed),
    )
    for number in range(1, OPENED.most + 1):
        assert f"ticket T{number}" in asks(f"v{number}")
    posts = len(enqueued)
    for _ in range(3):
        told = asks("late")
        assert "no further ticket" in told
        assert "on weekdays" in told
    assert "T1" in asks("v1")[:60] or not staffed  # an open one is not counted again
    assert len(enqueued) == posts == (OPENED.most if staffed else 0)
    assert f"T{OPENED.most + 1}" in asks("elsewhere", "net-2")
    with PostgresUnitOfWork(engine) as uow:
        assert uow.tickets.get(OPENED.most + 2) is None
        assert uow.conversations.lock(ChatRef(channel="web", chat_id="late"), "late", NOW).ticket_id is None
    front.clock.passes(hours=2)
    assert f"T{OPENED.most + 2}" in asks("late")


def test_without_a_support_channel_the_bot_is_not_silent(engine: Database) -> None:
    front = Shopfront(engine)
    front.engine = MessageEngine(
        interpreter=CommandInterpreter(), unit_of_work=front.unit_of_work, clock=front.clock, shop=SHOP
    )
    assert "ticket T1; a person answers on weekdays" in front.says("human")[0]
    assert "2 × Red Mug" in front.says("order 2 MUG-RED")[0]
    assert front.notes() == []


def test_the_request_and_everything_after_it_is_kept_for_the_person(held: Shopfront) -> None:
    assert held.says("it came broken") == [phrases_handoff.passed_on(hours="on weekdays")]
    assert held.says("the handle", "orders") == []
    assert held.notes() == [(CUSTOMER, said) for said in ("human", "it came broken", "the handle", "orders")]


def test_a_request_by_button_is_kept_in_the_buttons_words(front: Shopfront) -> None:
    front.presses(Verb.INTENT, "human")
    assert front.notes() == [(CUSTOMER, "Talk to a person")]
    assert "is with a person" in front.presses(Verb.INTENT, "human")[0]
    assert len(front.notes()) == 1


def test_what_cannot_be_passed_on_is_said(held: Shopfront) -> None:
    assert held.says("") == [EMPTY_MESSAGE]
    assert held.says("x" * 2001) == [TOO_LONG]
    assert len(held.notes()) == 1


def test_a_card_number_is_not_kept(held: Shopfront) -> None:
    assert held.says("charge 4111 1111 1111 1111 please") == [CARD_NUMBER]
    assert held.notes()[-1] == (CUSTOMER, "charge [card number removed] please")
    with held.database.connect() as connection:
        kept = connection.execute(text("SELECT string_agg(n::text, '') FROM pii.ticket_note n")).scalar_one()
    assert "4111" not in kept


def test_after_half_an_hour_the_bot_is_still_silent(front: Shopfront) -> None:
    front.says("order 2 MUG-RED", "human", "anybody?")
    front.clock.passes(minutes=31)
    assert front.says("hello?") == []


def test_buttons_of_cards_still_work_and_a_question_tells_where_words_go(front: Shopfront) -> None:
    front.says("order 2 MUG-RED", "human")
    asked = front.presses(Verb.CHECKOUT)
    assert "e-mail" in asked[0]
    assert asked[-1] == phrases_handoff.WRITES_TO_PERSON


@pytest.mark.parametrize("said", ["never mind", "Back to the bot", "nvm"])
def test_the_customer_may_go_back_to_the_bot_in_words(held: Shopfront, said: str) -> None:
    assert "back with me" in held.says(said)[0]
    assert held.notes()[-1] == (BOT, phrases_handoff.CUSTOMER_LEFT)
    assert "Your cart is empty" in held.says("cart")[0]


def test_going_back_by_button_puts_the_open_question_again(front: Shopfront) -> None:
    front.says("order 2 MUG-RED")
    front.presses(Verb.CHECKOUT)
    front.says("human")
    back = front.presses(Verb.HANDOFF_END)
    assert "back with me" in back[0]
    assert "2 × Red Mug" in back[1]
    assert "Which e-mail address" in back[2]


def test_an_old_button_back_does_nothing(held: Shopfront) -> None:
    held.presses(Verb.HANDOFF_END)
    assert "older message" in held.presses(Verb.HANDOFF_END)[0]


def test_what_support_writes_waits_for_the_customer_once(held: Shopfront) -> None:
    for _ in range(2):
        assert held.desk.said(THREAD, SUE, "We send\ta new one", "C1/18.0") is True
    assert held.told() == ["We send\ta new one"]
    assert held.notes()[-1] == (SUE, "We send\ta new one")


def test_a_thread_without_a_ticket_is_somebody_elses(held: Shopfront) -> None:
    assert held.desk.said("C1:99.9", SUE, "lunch?", "1") is False
    assert held.told() == []


def test_only_support_and_admins_answer_and_a_refusal_is_noted(held: Shopfront) -> None:
    assert held.desk.said(THREAD, "slack:UEVE", "give me your password", "1") is True
    assert held.told() == []
    assert held.notes()[-1] == (BOT, phrases_handoff.NOT_SUPPORT)
    assert held.desk.resolve(1, "slack:UEVE") == phrases_handoff.RESOLVE_DENIED
    with held.unit_of_work() as uow:
        assert [(entry.actor, entry.action) for entry in uow.audit.of("ticket:1", limit=5)] == [
            ("slack:UEVE", "refused"),
            ("slack:UEVE", "refused"),
        ]
    assert held.says("still here") != ["Your cart is empty."]


def test_a_role_may_come_from_a_group_or_a_chat(held: Shopfront) -> None:
    held.desk.said(THREAD, "slack:UTIM", "by group", "1", groups=["STEAM"])
    with held.unit_of_work() as uow:
        uow.staff.grant("slack:UPAT", Role.SUPPORT, SUE, NOW)
        uow.commit()
    held.desk.said(THREAD, "slack:UPAT", "by grant", "2")
    assert held.told() == ["by group", "by grant"]


def test_a_message_without_words_is_answered_in_the_thread(held: Shopfront) -> None:
    assert held.desk.said(THREAD, SUE, " ", "1") is True
    assert held.told() == []
    assert held.notes()[-1] == (BOT, phrases_handoff.WORDS_ONLY)


def test_resolving_returns_to_the_bot_with_the_cart_once(front: Shopfront) -> None:
    front.says("order 2 MUG-RED", "human")
    assert front.desk.resolve(1, SUE) == phrases_handoff.resolve_done(ticket_id=1)
    assert front.desk.resolve(1, SUE) == phrases_handoff.resolve_before(ticket_id=1)
    assert front.desk.resolve(77, SUE) == phrases_handoff.resolve_unknown(ticket_id=77)
    announced, cart, question = front.told()
    assert announced == phrases_handoff.resolved(ticket_id=1)
    assert "2 × Red Mug" in cart
    assert "Which e-mail address" in question
    assert "I noted" in front.says("ann@example.com")[0]


def test_after_the_end_support_learns_once_that_nobody_hears(held: Shopfront) -> None:
    held.says("never mind")
    assert held.desk.said(THREAD, SUE, "are you there?", "1") is False
    assert held.desk.said(THREAD, SUE, "hello?", "2") is False
    assert held.told() == []
    assert [words for author, words in held.notes() if author == BOT] == [
        phrases_handoff.CUSTOMER_LEFT,
        phrases_handoff.LATE,
    ]


def test_of_two_who_resolve_at_once_one_does(held: Shopfront) -> None:
    with ThreadPoolExecutor(2) as threads:
        words = sorted(threads.map(lambda _: held.desk.resolve(1, SUE), range(2)))
    assert words == sorted([phrases_handoff.resolve_done(ticket_id=1), phrases_handoff.resolve_before(ticket_id=1)])
    assert len(held.told()) == 1


def test_a_message_delivered_twice_at_once_reaches_the_customer_once(held: Shopfront) -> None:
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: held.desk.said(THREAD, SUE, "hello", "1"), range(4))) == [True] * 4
    assert held.told() == ["hello"]
    assert held.notes()[1:] == [(SUE, "hello")]


def test_asking_again_opens_a_new_ticket(held: Shopfront) -> None:
    held.desk.resolve(1, SUE)
    assert "ticket T2" in held.says("human")[0]


class Complainant(Shopfront):
    """The same shop, where every message but `human` is a complaint."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.engine = MessageEngine(
            interpreter=Complaining(), unit_of_work=self.unit_of_work, clock=self.clock, shop=STAFFED
        )


class Complaining(CommandInterpreter):
    """Understands exact commands, and takes all else for a complaint."""

    def understand(self, text: str) -> Understanding:
        known = parse_command(text)
        broken = (Entity(name="happened", value="broken", end=len(text)),) if "broken" in text else ()
        return known or Understanding(
            text=text, ranking=(Guess(intent="after_sales", confidence=1.0),), entities=broken
        )


@pytest.fixture
def case(engine: Database) -> Complainant:
    """Ann reported something, and the thread is there."""
    front = Complainant(engine)
    front.says("the mug arrived broken")
    front.opens_thread()
    return front


def test_a_complaint_does_not_silence_the_bot_until_a_person_writes(case: Complainant) -> None:
    assert case.says("help") != []
    assert case.desk.said(THREAD, SUE, "A new one is on its way.", "s1") is True
    assert case.told() == ["A new one is on its way.", phrases_handoff.TAKES_OVER]
    case.says("wonderful")
    assert case.notes()[-1] == (CUSTOMER, "wonderful")
    assert case.says("back to bot") != []
    assert case.says("help") != []


def test_a_complaint_can_be_settled_without_a_word_and_the_customer_hears_of_it(case: Complainant) -> None:
    assert case.desk.resolve(1, SUE) == phrases_handoff.resolve_done(ticket_id=1)
    assert case.told() == [phrases_handoff.case_closed(ticket_id=1)]
    assert case.desk.resolve(1, SUE) == phrases_handoff.resolve_before(ticket_id=1)
    assert case.desk.said(THREAD, SUE, "One more thing", "s2") is False


def test_who_asks_for_a_person_after_a_complaint_goes_on_in_the_same_thread(case: Complainant) -> None:
    case.says("human")
    assert case.notes()[-1] == (CUSTOMER, "human")
    case.says("hello?")
    assert case.notes()[-1] == (CUSTOMER, "hello?")


def test_support_reads_the_words_and_what_the_bot_makes_of_them(engine: Database) -> None:
    front = Complainant(engine)
    front.says("order 4711 came broken")
    (words, summary) = front.notes()
    assert words == (CUSTOMER, "order 4711 came broken")
    assert summary[0] == BOT
    assert "broken" in summary[1]
