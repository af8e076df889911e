"""A customer's word on marketing: asked once, taken back by anybody, given again only by who proved the address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, Verb
from bot.phrases import consenting as phrases_consenting
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from domain.conversation import ChatRef
from domain.events import ConsentGiven, Event, OptInAsked
from domain.outreach.consenting import ask_owner, confirm, give_consent, stop_marketing
from domain.outreach.rules import Limits, judge
from domain.people.identity import hash_email
from domain.records.marketing_facts import Facts
from domain.records.notifications import Consent
from domain.records.opting_in import HOLDS, WORDS, OptIn
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_proving import Room, Rooms, clock, room
from tests.support.factories import HASHED_EMAIL, NOW
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import SHOP, stock_mugs

UnitOfWork = Callable[[], PostgresUnitOfWork]
BOBS = hash_email("bob@example.com", SHOP.hash_key)
YES, NO = "Yes, mail me ideas", "No, thanks"

__all__ = ["StillClock", "clock", "room"]  # fixtures


def word_of(engine: Database, hashed_email: str = BOBS) -> Consent | None:
    with PostgresUnitOfWork(engine) as uow:
        return uow.consents.of(hashed_email)


def given(engine: Database, hashed_email: str = BOBS) -> bool | None:
    word = word_of(engine, hashed_email)
    return None if word is None else word.given


def owner_stops(engine: Database, by: str = "link") -> None:
    with PostgresUnitOfWork(engine) as uow:
        stop_marketing(uow, BOBS, by, NOW)
        uow.commit()


def wanted(uow: PostgresUnitOfWork) -> bool:
    word = uow.consents.of(HASHED_EMAIL)
    return word is not None and word.confirmed


def proves(bob: Room) -> None:
    bob.says("verify bob@example.com")
    bob.says(bob.code)


def mails(engine: Database) -> int:
    """How many addresses were to be mailed a link."""
    with engine.connect() as connection:
        return int(
            connection.execute(text("SELECT count(*) FROM chat.opt_in WHERE mailed_at IS NOT NULL")).scalar_one()
        )


def orders(room: Room) -> tuple[Reply, ...]:
    """Bob orders, and gets his card and the question."""
    room.says("order 1 MUG-RED")
    room.says("bob@example.com")
    room.says("address: 12 Main St, Denver CO 80203")
    return room.says("yes")


def labels(replies: tuple[Reply, ...]) -> list[str]:
    return [button.label for reply in replies for button in reply.buttons]


def asked(uow: PostgresUnitOfWork, identity_id: int = 1, order_id: int | None = None, now: datetime = NOW) -> OptIn:
    return uow.opt_ins.ask(HASHED_EMAIL, identity_id, order_id, "web", now)


def asks_owner(uow: PostgresUnitOfWork, identity_id: int = 1, now: datetime = NOW) -> int:
    """Somebody says yes for an address that they have not proven; returns the number of their question."""
    question = asked(uow, identity_id, 1042, now)
    ask_owner(uow, question, now, may_mail=True)
    return question.opt_in_id


# The rules, without a chat.


def test_the_owners_consent_is_noted_told_and_kept_as_evidence(engine: Database) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        give_consent(uow, asked(uow, order_id=1042), "web", NOW)
        assert uow.consents.of(HASHED_EMAIL) == Consent(given=True, by="web", at=NOW)
        assert events == [ConsentGiven(hashed_email=HASHED_EMAIL, order_id=1042)]
        (kept,) = uow.opt_ins.of_email(HASHED_EMAIL, 9)
    assert (kept.words, kept.asked_in, kept.asked_at, kept.agreed) == (WORDS, "web", NOW, True)
    assert (kept.confirmed_by, kept.confirmed_at) == ("web", NOW)


def test_a_strangers_yes_is_no_consent_until_the_owner_presses_the_link(engine: Database) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        opt_in_id = asks_owner(uow)
        assert events == [OptInAsked(opt_in_id=opt_in_id)]
        assert uow.consents.of(HASHED_EMAIL) is None
        later = NOW + timedelta(days=6)
        assert confirm(uow, opt_in_id, later)
        assert uow.consents.of(HASHED_EMAIL) == Consent(given=True, by="link", at=later)
        assert events[1:] == [ConsentGiven(hashed_email=HASHED_EMAIL, order_id=1042)]
        assert confirm(uow, opt_in_id, later + timedelta(hours=1))  # pressed again
        assert uow.consents.of(HASHED_EMAIL) == Consent(given=True, by="link", at=later)
        assert len(events) == 2


def test_a_link_is_over_after_a_week_and_was_never_one_without_a_mail(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        assert not confirm(uow, asks_owner(uow), NOW + HOLDS)
        assert not confirm(uow, asked(uow).opt_in_id, NOW)
        assert not confirm(uow, 77, NOW)
        assert uow.consents.of(HASHED_EMAIL) is None


def test_an_address_gets_one_such_mail_a_week_whoever_asks(engine: Database) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        for number in range(1, 6):
            asks_owner(uow, number)
        assert len(events) == 1
        asks_owner(uow, 6, NOW + HOLDS)
        assert len(events) == 2


@pytest.mark.parametrize("by", ["link", "unsubscribe in the mail program", "web"])
def test_only_the_owner_lifts_an_opt_out_and_is_not_asked_by_strangers(engine: Database, by: str) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        before = asks_owner(uow)
        stop_marketing(uow, HASHED_EMAIL, by, NOW + timedelta(minutes=1))
        events.clear()
        asks_owner(uow, 2, NOW + HOLDS)
        assert events == []
        assert not confirm(uow, before, NOW + timedelta(hours=1))
        assert uow.consents.of(HASHED_EMAIL) == Consent(given=False, by=by, at=NOW + timedelta(minutes=1))
        give_consent(uow, asked(uow), "web", NOW)
        assert wanted(uow)


def test_who_agreed_or_cannot_be_reached_is_not_asked(engine: Database) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        give_consent(uow, asked(uow), "web", NOW)
        events.clear()
        asks_owner(uow, 2)
        uow.connection.execute(text("DELETE FROM chat.consent"))
        uow.consents.suppress(HASHED_EMAIL, "bounce", NOW)
        asks_owner(uow, 3)
        assert events == []


def test_anybody_may_stop_it_and_the_owner_starts_it_again(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        opt_in_id = asks_owner(uow)
        stop_marketing(uow, HASHED_EMAIL, "web", NOW + timedelta(minutes=1), proven=False)
        assert confirm(uow, opt_in_id, NOW + timedelta(minutes=2))
        stop_marketing(uow, HASHED_EMAIL, "web", NOW + timedelta(minutes=3), proven=False)
        assert not wanted(uow)


def test_what_anybody_said_before_there_were_links_is_no_consent() -> None:
    facts = Facts(
        consent=Consent(given=True, by="web, not proven", at=NOW),
        suppressed="",
        handed_over=False,
        cancelled_at=None,
        sent=(),
    )
    assert judge(facts, Limits(), NOW).reason == "consent that the address never confirmed"


def test_a_strangers_opt_out_does_not_weaken_the_owners(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        stop_marketing(uow, HASHED_EMAIL, "link", NOW)
        stop_marketing(uow, HASHED_EMAIL, "web", NOW, proven=False)
        assert uow.consents.of(HASHED_EMAIL) == Consent(given=False, by="link", at=NOW)


# In a chat.


def test_the_card_of_a_new_order_asks_until_it_is_answered(room: Rooms, engine: Database) -> None:
    bob = room()
    card, question = orders(bob)
    assert "ideas" not in card.text
    assert "May I mail you ideas that go with what you bought?" in question.text
    assert labels((question,)) == [YES, NO]
    answer = bob.says(press=question.buttons[0].choice)[0].text
    assert answer.startswith("Thank you. A mail with a link goes to b•••@")
    assert "No ideas come without its owner's yes" in answer
    assert (given(engine), mails(engine)) == (None, 1)
    assert YES not in labels(orders(bob))


def test_who_proved_the_address_agrees_at_once(room: Rooms, engine: Database) -> None:
    bob = room()
    proves(bob)
    question = orders(bob)[1]
    assert "Thank you, ideas go to" in bob.says(press=question.buttons[0].choice)[0].text
    assert (given(engine), mails(engine)) == (True, 0)
    assert YES not in labels(orders(bob))


def test_the_question_is_the_same_whatever_the_owner_said(room: Rooms, engine: Database) -> None:
    owner = room("owner")
    proves(owner)
    owner.says("send me ideas")
    heard = []
    for name in ("eve", "mallory"):
        somebody = room(name)
        question = orders(somebody)[1]
        said = [somebody.says(press=question.buttons[0].choice)[0].text]
        heard.append((labels((question,)), question.text, said))
        owner.says("unsubscribe")
    assert heard[0] == heard[1]
    assert mails(engine) == 0


@pytest.mark.parametrize("words", ["no", "no thanks", "nope", "no thank you"])
def test_a_plain_no_below_the_question_answers_it(room: Rooms, words: str) -> None:
    bob = room()
    orders(bob)
    assert bob.hears(words).startswith("All right, no ideas by mail.")
    assert YES not in labels(orders(bob))


def test_a_plain_yes_may_have_been_one_more_to_the_card_so_it_is_asked_about(room: Rooms, engine: Database) -> None:
    bob = room()
    orders(bob)
    (again,) = bob.says("yes")
    assert (again.text, labels((again,))) == (phrases_consenting.ASK_CLEARLY, [YES, NO])
    assert mails(engine) == 0
    assert bob.hears("yes please").startswith("Thank you. A mail with a link goes to b•••@")
    assert mails(engine) == 1


@pytest.mark.parametrize("words", ["no, cancel it", "abort, wrong colour", "cancel that"])
def test_who_calls_the_order_off_has_not_answered_about_ideas(room: Rooms, words: str) -> None:
    bob = room()
    orders(bob)
    assert "Cancel order #1001?" in bob.says(words)[0].title


def test_a_yes_does_not_swallow_what_comes_next(room: Rooms) -> None:
    bob = room()
    orders(bob)
    assert "1 × Red Mug" in bob.hears("order 1 MUG-RED")


def test_after_three_mails_an_hour_the_shop_says_so(room: Rooms, engine: Database) -> None:
    bob = room()
    for number in range(3):
        assert "A mail with a link goes to" in bob.hears(f"send me ideas at b{number}@example.com")
    assert "too many mails" in bob.hears("send me ideas at bob@example.com")
    assert mails(engine) == 3
    assert "A mail with a link goes to" in room("carla").hears("send me ideas at bob@example.com")


def test_who_asks_for_ideas_where_none_may_be_mailed_hears_what_all_hear(room: Rooms, engine: Database) -> None:
    wish = "send me ideas at bob@example.com"
    said = {room(who).hears(wish) for who in ("ann", "carla", "dora")}
    assert mails(engine) == 1
    assert len(said) == 1
    (sentence,) = said
    assert "unless one did in the last 7 days or its owner has decided already" in sentence


def test_an_address_in_the_words_is_not_taken_for_confirmations(room: Rooms, engine: Database) -> None:
    bob = room()
    bob.says("bob@example.com")
    assert "A mail with a link goes to" in bob.hears("sign me up for the newsletter: rob@example.com")
    assert "no more ideas" in bob.hears("no more ideas to rob@example.com please")
    assert given(engine, hash_email("rob@example.com", SHOP.hash_key)) is False
    assert given(engine) is None


def test_a_card_that_is_confirmed_twice_asks_once(room: Rooms) -> None:
    bob = room()
    bob.says("order 1 MUG-RED")
    bob.says("bob@example.com")
    confirm = bob.says("address: 12 Main St, Denver CO 80203")[-1].buttons[0].choice
    assert YES in labels(bob.says(press=confirm))
    assert YES not in labels(bob.says(press=confirm))


def test_a_no_is_remembered(room: Rooms, engine: Database) -> None:
    bob = room()
    orders(bob)
    assert bob.hears("no, thanks").startswith(phrases_consenting.IDEAS_OFF)
    assert given(engine) is None  # a stranger may have said it
    assert YES not in labels(orders(bob))


def test_a_no_of_the_owner_ends_it(room: Rooms, engine: Database) -> None:
    bob = room()
    proves(bob)
    orders(bob)
    bob.says("no, thanks")
    assert given(engine) is False


@pytest.mark.parametrize("verb", [Verb.IDEAS_YES, Verb.IDEAS_NO])
@pytest.mark.parametrize("arg", ["1001", "77", "x", "-1"])
def test_buttons_about_orders_of_others_do_nothing(room: Rooms, engine: Database, verb: Verb, arg: str) -> None:
    orders(room())
    eve = room("eve")
    assert eve.says(press=Choice(verb=verb, arg=arg))[0].text in (phrases_talk.STALE, phrases_consenting.IDEAS_WHERE)
    assert given(engine) is None


@pytest.mark.parametrize(
    "words", ["send me ideas", "Start marketing!", "please send me ideas again", "Yes, please send me ideas"]
)
def test_ideas_are_turned_on_by_words(room: Rooms, engine: Database, words: str) -> None:
    bob = room()
    assert bob.hears(words).startswith(phrases_consenting.IDEAS_WHERE)
    proves(bob)
    assert "ideas go to b•••@" in bob.hears(words)
    assert given(engine) is True


def test_one_message_stops_it_with_a_receipt_and_a_way_back(room: Rooms, engine: Database) -> None:
    bob = room()
    proves(bob)
    bob.says("send me ideas")
    receipt = bob.says("unsubscribe")[0]
    for piece in ("no more ideas", "b•••@", "still comes", "Send me ideas"):
        assert piece in receipt.text
    assert given(engine) is False
    bob.says(press=receipt.buttons[0].choice)
    assert given(engine) is True


@pytest.mark.parametrize(
    "words", ["no more ideas", "Stop the ideas!", "please stop sending me ideas", "don’t mail me any more ideas"]
)
def test_the_bots_own_word_for_it_stops_it_too(room: Rooms, engine: Database, words: str) -> None:
    bob = room()
    bob.says("bob@example.com")
    bob.says("send me ideas")
    assert "no more ideas" in bob.hears(words)
    assert given(engine) is False


def test_it_stops_for_the_proven_and_for_the_typed_address(room: Rooms, engine: Database) -> None:
    bob = room()
    bob.says("rob@example.com")
    bob.says("verify bob@example.com")
    bob.says(bob.code)
    bob.says("stop emails")
    assert word_of(engine) == Consent(given=False, by="test", at=NOW)
    assert word_of(engine, hash_email("rob@example.com", SHOP.hash_key)) == Consent(
        given=False, by="test, not proven", at=NOW
    )


def test_what_a_stranger_hears_does_not_tell_of_an_opt_out(room: Rooms, engine: Database) -> None:
    eve, mallory = room("eve"), room("mallory")
    eve.says("bob@example.com")
    mallory.says("bob@example.com")
    before = eve.hears("send me ideas")
    owner_stops(engine)
    assert mallory.hears("send me ideas") == before
    assert given(engine) is False


def test_an_owner_who_agreed_is_told_when_a_stranger_ends_it_and_goes_on_by_the_link(
    room: Rooms, engine: Database
) -> None:
    bob, eve = room("bob"), room("eve")
    proves(bob)
    bob.says("send me ideas")
    assert mails(engine) == 0
    heard = eve.hears("stop emails bob@example.com")
    assert given(engine) is False
    assert mails(engine) == 1
    with PostgresUnitOfWork(engine) as uow:
        (told,) = [one for one in uow.opt_ins.of_email(BOBS, 9) if one.mailed_at]
        assert told.agreed is False
        assert confirm(uow, told.opt_in_id, NOW + timedelta(hours=1))
        uow.commit()
    assert given(engine) is True
    assert eve.hears("stop emails bob@example.com") == heard
    assert given(engine) is False
    assert mails(engine) == 1  # once a week; the link works on


def test_nobody_is_told_of_an_end_who_had_not_agreed_or_ends_it_themselves(room: Rooms, engine: Database) -> None:
    bob, eve = room("bob"), room("eve")
    eve.says("stop emails bob@example.com")
    proves(bob)
    bob.says("send me ideas")
    bob.says("stop emails")
    assert given(engine) is False
    assert mails(engine) == 0


def test_the_owner_lifts_the_own_opt_out(room: Rooms, engine: Database) -> None:
    owner_stops(engine)
    bob = room()
    bob.says("verify bob@example.com")
    bob.says(bob.code)
    assert bob.hears("send me ideas").startswith("Thank you, ideas go to")
    assert given(engine) is True


def test_without_an_address_it_is_asked_for_and_the_answer_is_the_same_for_all(room: Rooms, engine: Database) -> None:
    orders(room("customer"))
    heard = []
    for name, address, masked in (("eve", "bob@example.com", "b•••"), ("mallory", "nobody@example.com", "n•••")):
        somebody = room(name)
        assert somebody.hears("stop emails") == phrases_consenting.STOP_WHICH
        heard.append([(reply.text.replace(masked, "…"), reply.buttons) for reply in somebody.says(address)])
        assert given(engine, hash_email(address, SHOP.hash_key)) is False
    assert heard[0] == heard[1]


def test_an_address_to_stop_is_not_taken_for_confirmations(room: Rooms, engine: Database) -> None:
    bob = room()
    bob.says("order 1 MUG-RED")
    bob.says("stop emails")
    assert "Did you mean" in bob.hears("bob@gmial.com")
    bob.says("yes")
    assert given(engine, hash_email("bob@gmail.com", SHOP.hash_key)) is False
    assert phrases_shopping.ASK_EMAIL in bob.says("checkout")[-1].text
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pii.email_lookup")).scalar_one() == 0


def test_stopping_in_the_middle_of_an_order_goes_back_to_it(room: Rooms) -> None:
    bob = room()
    bob.says("order 1 MUG-RED")
    bob.says("bob@example.com")
    replies = bob.says("stop emails")
    assert "no more ideas" in replies[0].text
    assert "Where shall we ship it" in replies[-1].text


def test_in_quiet_hours_it_is_said_when_they_end(engine: Database) -> None:
    clock = StillClock(datetime(2026, 5, 13, 4, 0, tzinfo=UTC))  # 22:00 in Denver
    shop = replace(SHOP, limits=Limits(time_zone=SHOP.time_zone))
    stock_mugs(engine)
    message_engine = MessageEngine(
        interpreter=CommandInterpreter(), unit_of_work=lambda: PostgresUnitOfWork(engine), clock=clock, shop=shop
    )
    chat = ChatRef(channel="test", chat_id="bob")
    said = ("order 2 MUG-RED", "address: 12 Main St, Denver CO 80203", "yes", "Yes, mail me ideas")
    for number, one in enumerate(said):
        message = IncomingMessage(id=str(number), chat=chat, sender_id="bob", text=one, proven_email="bob@example.com")
        answer = message_engine.handle(message)
    assert "nothing is mailed before May 13, 9:00 AM MDT" in answer.replies[0].text


def own_chat(engine: Database, hashed_email: str = BOBS) -> ChatRef | None:
    with PostgresUnitOfWork(engine) as uow:
        found = uow.campaigns.own_chat(hashed_email)
    return found.chat if found else None


@pytest.mark.parametrize("channel", ["slack", "telegram"])
def test_who_agrees_in_their_own_chat_may_have_ideas_there_too(room: Rooms, engine: Database, channel: str) -> None:
    bob = room(channel=channel, chat_id="D7")
    proves(bob)
    thanked = bob.says(press=orders(bob)[1].buttons[0].choice)[0]
    assert [button.label for button in thanked.buttons] == ["Here in the chat, too"]
    assert own_chat(engine) is None  # a yes to mails is none to chats
    assert phrases_consenting.IDEAS_HERE in bob.says(press=thanked.buttons[0].choice)[0].text
    assert own_chat(engine) == ChatRef(channel=channel, chat_id="D7")
    bob.says("stop emails")
    assert own_chat(engine) is None
    assert phrases_talk.STALE in bob.says(press=thanked.buttons[0].choice)[0].text
    assert own_chat(engine) is None


def test_a_page_that_nobody_looks_at_is_no_chat_for_ideas(room: Rooms) -> None:
    bob = room(channel="web")
    proves(bob)
    assert bob.says(press=orders(bob)[1].buttons[0].choice)[0].buttons == ()


def test_the_button_for_ideas_in_a_chat_says_nothing_of_who_did_not_agree(room: Rooms, engine: Database) -> None:
    eve = room("eve", channel="slack", chat_id="D8")
    here = Choice(verb=Verb.IDEAS_HERE)
    assert phrases_talk.STALE in eve.says(press=here)[0].text
    eve.says("bob@example.com")  # typed, and not proven
    assert phrases_talk.STALE in eve.says(press=here)[0].text
    assert own_chat(engine) is None
