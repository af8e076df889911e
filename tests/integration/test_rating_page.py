"""The page behind the question how an order was: opening it keeps nothing, its buttons do; words go to a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.engine import MessageEngine
from bot.links import Links
from bot.support.desk import SupportDesk
from domain.conversation import ChatRef
from domain.errors import Busy
from domain.events import Event, TicketOpened
from domain.model import Identity
from domain.orders.shipping import deliver_order, ship_order
from domain.people.forgetting import forget_email
from domain.records.tickets import BOT
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import HASHED_EMAIL, place
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StaffedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

UnitOfWork = Callable[[], PostgresUnitOfWork]
LINKS = Links("", [SHOP.hash_key])
FORGED = Links("", [b"somebody else's key of 32 letters"])
WORDS = "The handle was loose <b>and</b> it leaked."
SUE = "slack:USUE"


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def events() -> list[Event]:
    """What units of work recorded."""
    return []


@pytest.fixture
def client(engine: Database, clock: StillClock, events: list[Event], tmp_path: Path) -> TestClient:
    """A shop with ten red mugs, of which order 1001 had two; they came three days ago."""
    stock_mugs(engine)

    def unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(engine, lambda _, event: events.append(event))

    with unit_of_work() as uow:
        uow.people.remember_email(HASHED_EMAIL, "ada@example.com", NOW)
        order = place(uow, {"MUG-RED": 2})
        ship_order(uow, order.order_id, now=NOW)
        deliver_order(uow, order.order_id, now=NOW)
        uow.commit()
    events.clear()
    clock.passes(days=3)
    parts = WebParts(
        engine=MessageEngine(interpreter=CommandInterpreter(), unit_of_work=unit_of_work, clock=clock, shop=SHOP),
        chats=PostgresChats(engine, clock),
        health=PostgresHealth(engine),
        unit_of_work=unit_of_work,
        rates=PostgresRates(engine),
        clock=clock,
        reduced=lambda: False,
        cookie_keys=[SHOP.hash_key],
        links=LINKS,
        shop=SHOP,
        tagline="Mugs",
        examples=(),
        images=tmp_path,
        mailbox=None,
        messages_per_minute=1000,
    )
    return TestClient(make_app(parts))


@pytest.fixture
def link() -> str:
    return LINKS.rate(1001, 4)


def gives(client: TestClient, score: object) -> tuple[int, str]:
    answer = client.post(LINKS.rate(1001, 4), data={"score": str(score)})
    return answer.status_code, unescape(answer.text)


def writes(client: TestClient, words: str) -> tuple[int, str]:
    answer = client.post(LINKS.rate(1001, 4), data={"words": words})
    return answer.status_code, unescape(answer.text)


def kept(engine: Database) -> list[tuple[int, int, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT order_id, score, source FROM shop.rating")).all()
        return [(row.order_id, row.score, row.source) for row in rows]


def notes(engine: Database) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT author, text FROM pii.ticket_note ORDER BY note_id"))
        return [(row.author, row.text) for row in rows]


def test_opening_the_link_shows_the_order_and_keeps_nothing(client: TestClient, link: str, engine: Database) -> None:
    page = client.get(link)
    assert page.status_code == 200
    shown = unescape(page.text)
    for piece in ("How was your order #1001?", "2 × Red Mug", 'value="4" required checked', "Nothing is kept until"):
        assert piece in shown
    assert shown.count(" checked") == 1
    assert "ada" not in shown
    client.head(link)
    assert kept(engine) == []


@pytest.mark.parametrize("score", ["", "x", "9", "-1", "%00", "4 4"])
def test_a_link_whose_number_was_changed_chooses_none(client: TestClient, link: str, score: str) -> None:
    page = client.get(f"{link.partition('?')[0]}?score={score}")
    assert (page.status_code, " checked" in page.text) == (200, False)


def test_the_button_keeps_the_number_that_was_chosen_last(client: TestClient, engine: Database, link: str) -> None:
    status, said = gives(client, 5)
    assert (status, "Thank you" in said, "wrong" in said) == (200, True, False)
    gives(client, 5)
    assert kept(engine) == [(1001, 5, "email")]
    assert "You gave it 5 of 5." in client.get(link).text
    gives(client, 4)
    assert kept(engine) == [(1001, 4, "email")]
    assert notes(engine) == []


@pytest.mark.parametrize("score", ["", "0", "6", "x", "5.0"])
def test_what_is_no_score_is_asked_for_again(client: TestClient, engine: Database, score: str) -> None:
    status, said = gives(client, score)
    assert (status, "Please choose a number." in said) == (400, True)
    assert kept(engine) == []


@pytest.mark.parametrize("path", ["{forged}", "/rate/x?score=5", "/rate/", "/rate/{cancel}", "/rate/{unknown}"])
def test_a_made_up_link_leads_nowhere_and_keeps_nothing(client: TestClient, engine: Database, path: str) -> None:
    made_up = path.format(
        forged=FORGED.rate(1001, 5),
        cancel=LINKS.cancel(1001).rpartition("/")[2],
        unknown=LINKS.rate(4711, 5).rpartition("/")[2],
    )
    assert client.get(made_up).status_code == 404
    assert client.post(made_up, data={"score": "1"}).status_code == 404
    assert kept(engine) == []


def test_too_late_nothing_is_kept(client: TestClient, clock: StillClock, engine: Database, link: str) -> None:
    clock.moment = NOW + timedelta(days=60) - timedelta(seconds=1)
    assert gives(client, 4)[0] == 200
    clock.passes(seconds=1)
    assert client.get(link).status_code == 410
    status, said = gives(client, 1)
    assert (status, "This link is over" in said) == (410, True)
    assert kept(engine) == [(1001, 4, "email")]


def test_what_was_wrong_goes_to_a_person_once(client: TestClient, engine: Database, events: list[Event]) -> None:
    status, said = gives(client, 2)
    assert (status, "What was wrong?" in said, "2 of 5" in said) == (200, True, True)
    assert notes(engine) == []
    status, said = writes(client, WORDS)
    assert (status, "a person reads it" in said, "write “human”" in said) == (200, True, True)
    writes(client, WORDS)
    words, summary = notes(engine)
    assert words == ("customer", WORDS)
    assert summary[0] == BOT
    assert "Order #1001: 2 × Red Mug" in summary[1]
    assert "Rated 2 of 5." in summary[1]
    assert TicketOpened(ticket_id=1) in events
    with engine.connect() as connection:
        assert connection.execute(text("SELECT about FROM chat.ticket")).scalars().all() == ["other; order 1001"]


def test_words_without_a_low_number_are_none(client: TestClient, engine: Database) -> None:
    assert writes(client, WORDS)[0] == 400
    gives(client, 5)
    assert writes(client, WORDS)[0] == 400
    assert notes(engine) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("  ", "Please write a few words"),
        ("x" * 2001, "at most 2000 characters"),
        ("my card is 4242 4242 4242 4242", "never send card numbers"),
    ],
)
def test_words_that_are_not_passed_on_are_told_why(client: TestClient, engine: Database, words: str, told: str) -> None:
    gives(client, 1)
    status, said = writes(client, words)
    assert (status, told in said, "4242" in said) == (400, True, False)
    assert notes(engine) == []


def test_what_is_too_long_to_be_read_is_not_read(client: TestClient, engine: Database, link: str) -> None:
    assert client.post(link, data={"words": "x" * 1_100_000}).status_code == 413
    assert notes(engine) == []


def test_one_link_buries_support_under_no_notes(client: TestClient, engine: Database) -> None:
    gives(client, 1)
    answers = [writes(client, f"wrong {number}")[0] for number in range(25)]
    assert set(answers) == {200, 429}
    assert len([words for author, words in notes(engine) if author == "customer"]) <= 21


def test_a_press_while_others_hold_the_row_can_be_tried_again(
    client: TestClient, engine: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr("storage.repositories.ratings.PostgresRatings.put", busy)
    status, said = gives(client, 5)
    assert (status, "Nothing was changed" in said) == (503, True)


def test_the_page_is_kept_nowhere_and_sends_its_form_only_home(client: TestClient, link: str) -> None:
    headers = client.get(link).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"
    assert "form-action 'self'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_a_form_of_another_site_needs_the_link_all_the_same(client: TestClient, engine: Database) -> None:
    """The link is the permission, as on the other pages: no cookie counts, so there is nothing to ride on."""
    client.cookies.set("parley", "anything")
    away = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert client.post(FORGED.rate(1001, 1), data={"score": "1"}, headers=away).status_code == 404
    assert kept(engine) == []


def test_of_whom_was_forgotten_the_link_leads_nowhere(
    client: TestClient, unit_of_work: UnitOfWork, engine: Database, link: str
) -> None:
    gives(client, 2)
    with unit_of_work() as uow:
        forget_email(uow, HASHED_EMAIL)
        uow.commit()
    assert client.get(link).status_code == 404
    assert gives(client, 5)[0] == 404
    assert writes(client, WORDS)[0] == 404
    assert kept(engine) == [(1001, 2, "email")]  # the totals stay


def test_words_by_mail_are_told_to_the_owner_of_the_address_alone_and_erased_with_it(
    client: TestClient, unit_of_work: UnitOfWork, engine: Database
) -> None:
    gives(client, 1)
    writes(client, WORDS)
    with unit_of_work() as uow:
        stranger = uow.conversations.lock(ChatRef(channel="web", chat_id="eve"), "eve", NOW)
        stranger.hashed_email = HASHED_EMAIL  # typed, and never proven
        uow.conversations.save(stranger, NOW)
        seen = uow.privacy.data(uow.privacy.reach_of(Identity(identity_id=stranger.identity_id)))
        assert (seen.notes, seen.orders) == ((), ())
        reach = uow.privacy.reach_of_email(HASHED_EMAIL)
        assert reach is not None
        data = uow.privacy.data(reach)
        assert WORDS in [note.text for note in data.notes]
        assert [order.rating for order in data.orders] == [1]
        forget_email(uow, HASHED_EMAIL)
        uow.commit()
    assert notes(engine) == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat.identity WHERE channel = 'email'")).scalar_one() == 0


def test_support_is_told_that_nobody_reads_answers_there(
    client: TestClient, unit_of_work: UnitOfWork, clock: StillClock, engine: Database
) -> None:
    gives(client, 1)
    writes(client, WORDS)
    staffed = replace(SHOP, support=True, staff={SUE: frozenset({"support"})})
    desk = SupportDesk(unit_of_work, clock, staffed)
    with unit_of_work() as uow:
        uow.tickets.begin_thread(1, "C1:1.0")
        uow.commit()
    desk.said("C1:1.0", SUE, "We are sorry.", "s1")
    assert "nobody reads answers" in notes(engine)[-1][1]
    assert "is resolved" in desk.resolve(1, SUE)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pii.delivery")).scalar_one() == 0


def test_where_the_chat_proved_the_address_the_words_are_its_ticket(
    client: TestClient, unit_of_work: UnitOfWork, engine: Database
) -> None:
    chat = ChatRef(channel="telegram", chat_id="ada")
    with unit_of_work() as uow:
        theirs = uow.conversations.lock(chat, "ada", NOW)
        uow.conversations.note_order(theirs, 1001)
        terms = {"identity": theirs.identity_id, "hashed": HASHED_EMAIL}
        uow.connection.execute(text("UPDATE shop.orders SET identity_id = :identity"), terms)
        uow.connection.execute(
            text("UPDATE chat.identity SET proven_email = :hashed WHERE identity_id = :identity"), terms
        )
        uow.commit()
    gives(client, 1)
    assert "in the chat in which you ordered" in writes(client, WORDS)[1]
    with unit_of_work() as uow:
        ticket = uow.tickets.get(1)
    assert ticket is not None
    assert (ticket.chat, ticket.sender_id) == (chat, "ada")


def test_the_card_of_such_a_ticket_says_where_it_was_written(
    client: TestClient, engine: Database, database_url: str, clock: StillClock
) -> None:
    jobs = StaffedJobs(database_url, engine, SHOP, clock)
    gives(client, 1)
    writes(client, WORDS)
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        uow.record(TicketOpened(ticket_id=1))
        uow.commit()
    jobs.all_done()
    (card,) = jobs.room.in_channel("C-SUPPORT")
    assert card.title == f"Ticket T1: cust_{HASHED_EMAIL[:6]} on email"
    assert "on the page behind a mail" in card.text
    assert "The handle was loose" in card.text
    assert "#1001, delivered" in card.text
