"""Proof of an e-mail and linked chats: every limit, races, and that nothing tells whether the shop knows an address."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, Verb
from bot.phrases import privacy as phrases_privacy
from bot.phrases import proving as phrases_proving
from domain.conversation import ChatRef
from domain.events import Event, ProofAsked
from domain.people.identity import hash_email
from domain.people.proving import (
    WRONG_LINKS,
    CodeOutcome,
    Tried,
    as_link_code,
    ask_code,
    code_of,
    link_code_of,
    make_link,
    try_code,
    use_link,
)
from domain.records.proofs import Proof, Purpose
from storage.repositories.proofs import forget_proofs
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.chats import chat_in
from tests.support.factories import EMAIL, HASH_KEY, HASHED_EMAIL, NOW
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import SHOP, stock_mugs

UnitOfWork = Callable[[], PostgresUnitOfWork]
ADA, BOB = 1, 2
MINUTES = timedelta(minutes=1)
KEY = SHOP.hash_key


def ask(uow: PostgresUnitOfWork, identity_id: int = ADA, email: str = EMAIL, **later: float) -> bool:
    hashed = hash_email(email, HASH_KEY)
    now = NOW + timedelta(**later)
    return ask_code(
        uow, identity_id=identity_id, hashed_email=hashed, email=email, origin=f"net {identity_id}", most=3, now=now
    )


def type_code(uow: PostgresUnitOfWork, code: str, identity_id: int = ADA, **later: float) -> Tried:
    return try_code(uow, code, identity_id=identity_id, key=HASH_KEY, now=NOW + timedelta(**later))


def newest(uow: PostgresUnitOfWork, identity_id: int = ADA) -> Proof:
    found = uow.proofs.latest_of(identity_id, NOW - MINUTES)
    assert found is not None
    return found


def right(uow: PostgresUnitOfWork, identity_id: int = ADA) -> str:
    proof = newest(uow, identity_id)
    return code_of(proof.proof_id, HASH_KEY, proof.digits)


def wrong(uow: PostgresUnitOfWork, identity_id: int = ADA) -> str:
    return f"{(int(right(uow, identity_id)) + 1) % 1_000_000:06d}"


def link(uow: PostgresUnitOfWork, code: str, identity_id: int = BOB, **later: float) -> Proof | None:
    origin, now = f"net {identity_id}", NOW + timedelta(**later)
    return use_link(uow, code, identity_id=identity_id, origin=origin, key=HASH_KEY, now=now)


def linking_code(uow: PostgresUnitOfWork, **later: float) -> str:
    uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
    code = make_link(uow, identity_id=ADA, proven_email=HASHED_EMAIL, key=HASH_KEY, now=NOW + timedelta(**later))
    assert code is not None
    return code


def other_than(*codes: str) -> str:
    return next(code for code in ("0000-0000", "1111-1111") if code not in codes)


# The rules, without a chat.


def test_the_right_code_proves_the_address_and_works_once(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        uow.connection.execute(text("INSERT INTO chat.identity (channel, sender_id) VALUES ('web', 'ada')"))
        assert ask(uow)
        tried = type_code(uow, right(uow))
        assert (tried.outcome, tried.proof and tried.proof.email) == (CodeOutcome.RIGHT, EMAIL)
        proven = uow.connection.execute(text("SELECT proven_email, proven_by FROM chat.identity")).one()
        assert tuple(proven) == (HASHED_EMAIL, "code")
        assert uow.people.email(HASHED_EMAIL) == EMAIL
        assert type_code(uow, right(uow)).outcome is CodeOutcome.EXPIRED


def test_asking_makes_nobody_known_and_has_one_mail_sent(database_url: str, engine: Database) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        assert ask(uow)
        proof_id = newest(uow).proof_id
        assert events == [ProofAsked(proof_id=proof_id)]
        assert uow.proofs.to_mail(proof_id, NOW) == newest(uow)
        assert uow.people.email(HASHED_EMAIL) is None
        assert uow.connection.execute(text("SELECT count(*) FROM shop.customer")).scalar_one() == 0


def test_a_code_ends_after_ten_minutes(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow)
        proof_id = newest(uow).proof_id
        assert type_code(uow, wrong(uow), minutes=9, seconds=59).outcome is CodeOutcome.WRONG
        assert type_code(uow, right(uow), minutes=10).outcome is CodeOutcome.EXPIRED
        assert uow.proofs.to_mail(proof_id, NOW + 10 * MINUTES) is None


def test_five_wrong_tries_end_a_code_and_a_new_one_helps(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow)
        tries = [type_code(uow, wrong(uow)) for _ in range(5)]
        assert [tried.left for tried in tries] == [4, 3, 2, 1, 0]
        assert [tried.outcome for tried in tries] == [CodeOutcome.WRONG] * 4 + [CodeOutcome.SPENT]
        assert type_code(uow, right(uow)).outcome is CodeOutcome.SPENT
        ask(uow)
        assert type_code(uow, right(uow)).outcome is CodeOutcome.RIGHT


def test_the_fifth_try_may_be_the_right_one(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow)
        for _ in range(4):
            type_code(uow, wrong(uow))
        assert type_code(uow, right(uow)).outcome is CodeOutcome.RIGHT


def test_a_new_code_voids_the_older_one_of_this_identity_only(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow, BOB)
        ask(uow)
        older, first = newest(uow).proof_id, right(uow)
        ask(uow, email="other@example.com", minutes=1)
        assert type_code(uow, first, minutes=1).outcome is CodeOutcome.WRONG
        assert uow.proofs.to_mail(older, NOW) is None
        assert type_code(uow, right(uow, BOB), BOB).outcome is CodeOutcome.RIGHT


def test_somebody_elses_code_proves_nothing(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow)
        assert type_code(uow, right(uow), BOB).outcome is CodeOutcome.EXPIRED


def test_an_identity_gets_three_codes_an_hour(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        assert [ask(uow, email=f"a{number}@example.com") for number in range(4)] == [True, True, True, False]
        assert ask(uow, BOB, email="a0@example.com")
        assert not ask(uow, email="new@example.com", minutes=59)
        assert ask(uow, email="new@example.com", minutes=60)


def test_one_network_gets_three_mails_an_hour_however_many_it_is(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        terms = {"hashed_email": HASHED_EMAIL, "email": EMAIL, "origin": "one network"}
        asked = [ask_code(uow, identity_id=number, most=3, now=NOW, **terms) for number in range(1, 6)]
        assert asked == [True, True, True, False, False]
        assert ask_code(uow, identity_id=6, most=3, now=NOW + timedelta(hours=1, seconds=1), **terms)


def test_what_others_asked_for_an_address_slows_its_owner_down_a_little_and_stops_nobody(engine: Database) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        assert all(ask(uow, number) for number in range(1, 60))
        waits = [event.at - NOW if event.at else timedelta(0) for event in events if isinstance(event, ProofAsked)]
        assert waits[:3] == [timedelta(0)] * 3
        assert waits == sorted(waits)
        assert waits[3] == timedelta(seconds=5)
        assert max(waits) == timedelta(minutes=2)
        assert ask(uow, 99)
        assert type_code(uow, right(uow, 99), 99, minutes=11).outcome is CodeOutcome.RIGHT  # ten minutes from its mail


def test_after_six_codes_of_a_day_for_an_address_they_are_longer(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        for number in range(1, 8):
            ask(uow, number, hours=number)
        proofs = [uow.proofs.latest_of(number, NOW) for number in range(1, 8)]
        assert [proof.digits for proof in proofs if proof] == [6] * 6 + [8]
        last = proofs[-1]
        assert last is not None
        code = code_of(last.proof_id, HASH_KEY, 8)
        assert len(code) == 8
        assert type_code(uow, code[2:], 7, hours=7).outcome is CodeOutcome.WRONG
        assert type_code(uow, code, 7, hours=7).outcome is CodeOutcome.RIGHT


def test_after_two_hundred_codes_of_an_hour_mails_wait_a_little(engine: Database) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        assert all(ask(uow, number, email=f"somebody{number}@example.com") for number in range(1, 203))
    waits = [event.at for event in events if isinstance(event, ProofAsked) and event.at]
    assert waits == [NOW + timedelta(seconds=5), NOW + timedelta(seconds=10)]


def test_wrong_tries_of_a_stranger_leave_the_owners_code_alone(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow)
        ask(uow, BOB)
        for _ in range(6):
            type_code(uow, wrong(uow, BOB), BOB)
        assert type_code(uow, right(uow)).outcome is CodeOutcome.RIGHT


def test_old_proofs_are_forgotten(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow)
        ask(uow, BOB, hours=1)
        forget_proofs(uow.connection, NOW + timedelta(minutes=30))
        assert uow.proofs.count_since(Purpose.MAIL, NOW - MINUTES) == 1


# At the same time.


def test_two_guesses_at_once_count_as_two(engine: Database) -> None:
    with PostgresUnitOfWork(engine) as uow:
        ask(uow)
        guess, tried = wrong(uow), []
        uow.commit()
    together = threading.Barrier(8)

    def one_guess(_: int) -> Tried:
        with PostgresUnitOfWork(engine) as uow:
            together.wait(timeout=20)
            outcome = type_code(uow, guess)
            uow.commit()
            return outcome

    with ThreadPoolExecutor(8) as threads:
        tried = list(threads.map(one_guess, range(8)))
    assert sorted(one.left for one in tried if one.outcome is CodeOutcome.WRONG) == [1, 2, 3, 4]
    with PostgresUnitOfWork(engine) as uow:
        assert newest(uow).tries == 5
        assert type_code(uow, right(uow)).outcome is CodeOutcome.SPENT


def test_codes_asked_for_at_once_keep_the_limit(engine: Database) -> None:
    together = threading.Barrier(6)

    def one_asks(identity_id: int) -> bool:
        with PostgresUnitOfWork(engine) as uow:
            together.wait(timeout=20)
            done = ask_code(
                uow,
                identity_id=identity_id,
                hashed_email=HASHED_EMAIL,
                email=EMAIL,
                origin="one network",
                most=3,
                now=NOW,
            )
            uow.commit()
            return done

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(one_asks, range(1, 7))) == 3


def test_a_link_code_typed_in_two_chats_at_once_links_one(engine: Database) -> None:
    with PostgresUnitOfWork(engine) as uow:
        code = linking_code(uow)
        uow.commit()
    together = threading.Barrier(4)

    def one_links(identity_id: int) -> bool:
        with PostgresUnitOfWork(engine) as uow:
            together.wait(timeout=20)
            done = link(uow, code, identity_id) is not None
            uow.commit()
            return done

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(one_links, range(2, 6))) == 1


# Linking.


def test_a_link_code_proves_the_same_address_elsewhere_once(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        for sender in ("ada", "bob"):
            uow.connection.execute(
                text("INSERT INTO chat.identity (channel, sender_id) VALUES ('w', :s)"), {"s": sender}
            )
        code = linking_code(uow)
        linked = link(uow, code)
        assert linked is not None
        assert linked.email == EMAIL
        rows = uow.connection.execute(text("SELECT proven_email, proven_by FROM chat.identity ORDER BY identity_id"))
        assert [tuple(row) for row in rows] == [(None, None), (HASHED_EMAIL, "link")]
        assert link(uow, code, 3) is None


def test_link_codes_expire_and_the_older_one_is_void(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        first = linking_code(uow)
        assert link(uow, first, minutes=10) is None
        second = linking_code(uow, minutes=11)
        third = linking_code(uow, minutes=12)
        assert link(uow, second, minutes=12) is None
        assert link(uow, third, minutes=12) is not None


def test_a_mailed_code_does_not_link_and_a_link_code_does_not_prove(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ask(uow)
        assert link(uow, right(uow)) is None
        assert type_code(uow, linking_code(uow)).outcome is CodeOutcome.WRONG


def test_a_forgotten_address_gets_no_link_code(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        assert make_link(uow, identity_id=ADA, proven_email=HASHED_EMAIL, key=HASH_KEY, now=NOW) is None


def test_five_wrong_link_codes_an_hour_close_it_for_who_typed_them_only(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        code = linking_code(uow)
        for _ in range(WRONG_LINKS.most):
            assert link(uow, other_than(code)) is None
        assert link(uow, code) is None
        assert link(uow, code, 3) is not None
        later = linking_code(uow, minutes=61)
        assert link(uow, later, minutes=61) is not None


def test_a_network_has_five_tries_however_many_it_is(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        code = linking_code(uow)
        for number in range(100, 105):
            use_link(uow, other_than(code), identity_id=number, origin="one network", key=HASH_KEY, now=NOW)
        assert use_link(uow, code, identity_id=110, origin="one network", key=HASH_KEY, now=NOW) is None
        for number in range(200, 270):
            assert link(uow, other_than(code), number) is None
        assert link(uow, code) is not None


def test_link_codes_have_forty_bits_and_forgive_how_they_are_typed(unit_of_work: UnitOfWork) -> None:
    codes = {link_code_of(number, HASH_KEY) for number in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert all(re.search("[2-9]", code) for code in codes)
    assert as_link_code("o1i2 abcL") == as_link_code("0112-ABC1") == "0112-ABC1"


# In a chat, by the command grammar.


class Room:
    """Somebody who writes to the engine; `codes` are those that the mail job would have sent, newest last."""

    def __init__(self, engine: MessageEngine, name: str, chat: ChatRef, proofs: list[int]) -> None:
        self._engine = engine
        self._name = name
        self._chat = chat
        self._proofs = proofs
        self._count = 0

    def says(self, said: str = "", *, press: Choice | None = None, proven: str = "") -> tuple[Reply, ...]:
        """`proven` is the address that the channel vouches for."""
        self._count += 1
        return self._engine.handle(
            IncomingMessage(
                id=f"{self._name}{self._count}",
                chat=self._chat,
                sender_id=self._name,
                text=said,
                choice=press,
                proven_email=proven,
            )
        ).replies

    def hears(self, said: str) -> str:
        return "\n".join(reply.text for reply in self.says(said))

    @property
    def code(self) -> str:
        return code_of(self._proofs[-1], KEY)

    @property
    def wrong(self) -> str:
        return f"{(int(self.code) + 1) % 1_000_000:06d}"


Rooms = Callable[..., Room]


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def room(engine: Database, clock: StillClock) -> Rooms:
    stock_mugs(engine)
    proofs: list[int] = []

    def on_event(_: object, event: Event) -> None:
        if isinstance(event, ProofAsked):
            proofs.append(event.proof_id)

    message_engine = MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine, on_event),
        clock=clock,
        shop=SHOP,
    )

    def enter(name: str = "bob", channel: str = "test", chat_id: str = "") -> Room:
        return Room(message_engine, name, chat_in(channel, chat_id or name), proofs)

    return enter


def known_to_the_shop(room: Room) -> None:
    """Bob's address has an order, from another chat."""
    room.says("order 2 MUG-RED")
    room.says("bob@example.com")
    room.says("address: 12 Main St, Denver CO 80203")
    assert "is placed" in room.says("yes")[0].title


def without_address(replies: tuple[Reply, ...], *names: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Replies as they would be for any address."""
    said = []
    for reply in replies:
        words = reply.text
        for name in names:
            words = words.replace(name, "…")
        said.append((reply.title, words, tuple(button.label for button in reply.buttons)))
    return said


def test_the_answer_is_the_same_for_known_and_unknown_addresses(room: Rooms) -> None:
    known_to_the_shop(room("customer"))
    eve, mallory = room("eve"), room("mallory")
    heard = []
    for somebody, address, masked in (
        (eve, "bob@example.com", "b•••@e•••.com"),
        (mallory, "nobody@example.com", "n•••@e•••.com"),
    ):
        pages = [somebody.says(f"verify {address}")]
        pages += [somebody.says(somebody.wrong) for _ in range(6)]
        pages += [somebody.says(f"verify {address}") for _ in range(3)]
        heard.append([without_address(page, masked) for page in pages])
    assert heard[0] == heard[1]
    assert heard[0][0] == [("", phrases_proving.code_comes(email="…"), ())]
    assert heard[0][-1][0][1].startswith(phrases_proving.TRY_LATER)


def test_a_code_shows_the_orders_of_the_address(room: Rooms) -> None:
    known_to_the_shop(room("customer"))
    bob = room("bob")
    assert "no orders" in bob.hears("orders")
    assert bob.hears("verify bob@example.com") == phrases_proving.code_comes(email="b•••@e•••.com")
    answer = bob.says(bob.code)[0]
    assert answer.text.startswith("Thank you, b•••@e•••.com is yours. You can see 1 order here now.")
    assert [button.label for button in answer.buttons] == ["My orders"]
    assert "Red Mug" in bob.says("My orders")[0].text
    assert bob.hears("verify bob@example.com").startswith("b•••@e•••.com is proven")


@pytest.mark.parametrize("form", ["{0}", "{1} {2}", "{1}-{2}", "my code is {0}", "it’s {1} {2}.", "Code: {0}"])
def test_a_code_may_be_written_as_people_do(room: Rooms, form: str) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    assert "is yours" in bob.hears(form.format(bob.code, bob.code[:3], bob.code[3:]))


def test_wrong_and_late_codes_are_told_apart(room: Rooms, clock: StillClock) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    assert "4 tries left" in bob.hears(bob.wrong)
    clock.passes(minutes=11)
    answer = bob.says(bob.code)[0]
    assert answer.text.startswith(phrases_proving.EXPIRED)
    bob.says(press=answer.buttons[0].choice)
    assert "is yours" in bob.hears(bob.code)


@pytest.mark.parametrize("words", ["send it again", "resend", "new code please", "please send me another code"])
def test_a_code_is_sent_again_when_asked_for(room: Rooms, words: str) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    first = bob.code
    assert bob.hears(words).startswith(phrases_proving.code_comes(email="b•••@e•••.com"))
    assert "4 tries left" in bob.hears(first)
    assert "is yours" in bob.hears(bob.code)


def test_the_question_waits_while_other_things_are_said(room: Rooms) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    assert "Red Mug" in bob.says("order 2 MUG-RED")[0].text
    assert "is yours" in bob.hears(bob.code)


def test_a_number_answers_another_question_if_it_was_asked_later(room: Rooms) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    bob.says("order 2 MUG-RED")
    bob.says("checkout")
    bob.says("bob@example.com")
    assert "street" in bob.hears(bob.code)  # the address was asked for
    assert "is yours" in bob.hears(f"my code is {bob.code}")


def test_a_proof_in_the_middle_of_an_order_goes_back_to_it(room: Rooms) -> None:
    bob = room()
    bob.says("order 2 MUG-RED")
    bob.says("verify bob@example.com")
    assert "Where shall we ship it" in bob.says(bob.code)[-1].text


@pytest.mark.parametrize("word", ["stop", "no", "never mind"])
def test_stop_ends_the_question(room: Rooms, word: str) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    assert bob.hears(word).startswith(phrases_proving.STOPPED)
    bob.says("verify")
    assert bob.hears(word).startswith(phrases_proving.STOPPED)


def test_the_address_of_the_conversation_is_offered_and_not_used(room: Rooms) -> None:
    bob = room()
    bob.says("bob@example.com")
    answer = bob.says("verify")[0]
    assert [button.label for button in answer.buttons] == ["b•••@e•••.com"]
    with pytest.raises(IndexError):
        assert bob.code
    assert bob.says(press=answer.buttons[0].choice)[0].text == phrases_proving.code_comes(email="b•••@e•••.com")
    assert "is yours" in bob.hears(bob.code)


def test_without_an_address_it_is_asked_for(room: Rooms) -> None:
    bob = room()
    assert bob.hears("verify") == phrases_proving.WHICH_EMAIL
    assert "name@example.com" in bob.hears("bob@nowhere")
    assert bob.hears("bob@example.com").startswith(phrases_proving.code_comes(email="b•••@e•••.com"))


def test_a_likely_typo_is_asked_back(room: Rooms) -> None:
    bob = room()
    answer = bob.says("verify bob@gmial.com")[0]
    assert answer.text == "Did you mean bob@gmail.com?"
    assert bob.hears("yes").startswith(phrases_proving.code_comes(email="b•••@g•••.com"))


def test_another_address_gets_a_code_of_its_own(room: Rooms) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    assert bob.hears("rob@example.com").startswith(phrases_proving.code_comes(email="r•••@e•••.com"))
    assert "r•••@e•••.com is yours" in bob.hears(bob.code)


def test_where_others_read_nothing_is_done(room: Rooms, engine: Database) -> None:
    bob = room("bob", "slack", "C1")
    for said in ("verify bob@example.com", "verify", "link 123456"):
        assert bob.hears(said).startswith(phrases_privacy.WRITE_DIRECTLY)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pii.proof")).scalar_one() == 0


def test_no_table_keeps_a_typed_code(room: Rooms, engine: Database) -> None:
    bob = room()
    bob.says("verify bob@example.com")
    guess, code = bob.wrong, bob.code
    bob.says(guess)
    bob.says(code)
    with engine.connect() as connection:
        for table in ("chat.conversation", "chat.inbox", "pii.delivery", "pii.proof", "pii.ticket_note"):
            rows = connection.execute(text(f"SELECT CAST(t AS text) FROM {table} t")).scalars().all()
            assert not [row for row in rows if guess in row or code in row], table


def test_the_channels_word_does_not_replace_a_code_but_its_own_older_word(room: Rooms) -> None:
    known_to_the_shop(room("customer"))
    bob = room()
    bob.says("help", proven="work@example.com")
    bob.says("verify bob@example.com")
    bob.says(bob.code, proven="work@example.com")
    assert "Red Mug" in bob.says("orders", proven="work@example.com")[0].text
    carol = room("carol")
    carol.says("help", proven="old@example.com")
    assert "Red Mug" in carol.says("orders", proven="bob@example.com")[0].text


def test_a_code_typed_while_a_person_has_the_chat_is_not_passed_on(engine: Database, clock: StillClock) -> None:
    proofs: list[int] = []
    message_engine = MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(
            engine, lambda _, event: proofs.append(event.proof_id) if isinstance(event, ProofAsked) else None
        ),
        clock=clock,
        shop=replace(SHOP, support=True),
    )
    bob = Room(message_engine, "bob", ChatRef(channel="test", chat_id="bob"), proofs)
    bob.says("verify bob@example.com")
    bob.says("human")
    code = bob.code
    assert "yours" in bob.hears(code)
    with engine.connect() as connection:
        notes = connection.execute(text("SELECT text FROM pii.ticket_note")).scalars().all()
    assert not [note for note in notes if code in note]


def test_a_second_chat_is_linked_by_a_code(room: Rooms) -> None:
    known_to_the_shop(room("customer"))
    bob, elsewhere = room("bob"), room("b0b", "other")
    bob.says("verify bob@example.com")
    bob.says(bob.code)
    explained = bob.says("link")[0]
    assert [button.label for button in explained.buttons] == ["Link another chat"]
    shown = bob.says("Link another chat")[0].text
    code = shown.split("“link ")[1][:9]
    answer = elsewhere.hears(f"Link {code[:4]} {code[5:].lower()}")
    assert answer.startswith("Done, this chat is linked: b•••@e•••.com is yours here too. You can see 1 order")
    assert "Red Mug" in elsewhere.says("orders")[0].text
    assert room("third").hears(f"link {code}").startswith(phrases_proving.LINK_REFUSED)


def test_reused_expired_and_unknown_link_codes_get_the_same_answer(room: Rooms, clock: StillClock) -> None:
    bob = room("bob")
    bob.says("verify bob@example.com")
    bob.says(bob.code)
    bob.says("link")
    used = bob.says("Link another chat")[0].text.split("“link ")[1][:9]
    room("first").says(f"link {used}")
    bob.says("link")
    late = bob.says("Link another chat")[0].text.split("“link ")[1][:9]
    clock.passes(minutes=10)
    answers = {room(f"stranger{code}").hears(f"link {code}") for code in (used, late, other_than(used, late))}
    assert len(answers) == 1


def test_linking_without_a_proof_explains_and_asks_for_one(room: Rooms) -> None:
    bob = room()
    answer = bob.says("link")[0]
    assert answer.text.startswith(phrases_proving.HOW_TO_LINK)
    assert [button.label for button in answer.buttons] == ["Prove my address"]
    assert bob.hears("Prove my address").startswith(phrases_proving.WHICH_EMAIL)
    assert bob.says(press=Choice(verb=Verb.LINK_CODE))[0].text == phrases_proving.LINK_NEEDS_PROOF


def test_a_proof_says_how_many_orders_it_opens() -> None:
    assert phrases_proving.orders_seen(count=0, most=50).startswith("There are no orders")
    assert "1 order here" in phrases_proving.orders_seen(count=1, most=50)
    assert "2 orders" in phrases_proving.orders_seen(count=2, most=50)
    assert "more than 50" in phrases_proving.orders_seen(count=51, most=50)
