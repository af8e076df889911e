"""Mails to an address that nobody proved: one about an order, nothing typed in it; the rest waits for its owner."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, Verb
from bot.phrases import orders as phrases_orders
from bot.shop import Shop
from domain.conversation import ChatRef
from domain.errors import OrderNotFound
from domain.events import OrderChanged
from domain.message_ids import order_mail
from domain.orders.cancelling import cancel_by_link, cancel_for_shop
from domain.orders.shipping import deliver_order, ship_order
from domain.outreach.unproven import (
    HOLDS,
    NOT_CONFIRMED,
    TOO_MANY,
    Expected,
    confirm_order,
    confirmed_yet,
    note_cancelled_by_link,
)
from domain.people.identity import hash_email
from domain.people.proving import code_of, prove
from domain.records.mails import StoredMail
from domain.records.notifications import Kind, Outcome, new_mail
from storage.queries.mailbox import DevMailbox
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

VICTIM = "victim@example.com"
STREET = "12 You Have Won St, Denver CO 80203"


class Town:
    """A shop with a job queue, and people who write to it over the web."""

    def __init__(self, engine: Database, jobs: StagedJobs, clock: StillClock, shop: Shop = SHOP) -> None:
        stock_mugs(engine)
        self.database, self.jobs, self.clock = engine, jobs, clock
        self.engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.unit_of_work, clock=clock, shop=shop
        )
        self._count = 0

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, self.jobs.enqueue)

    def says(self, who: str, *said: str, network: str = "") -> Reply:
        for one in said:
            self._count += 1
            chat = ChatRef(channel="web", chat_id=who)
            message = IncomingMessage(
                id=f"m{self._count}", chat=chat, sender_id=who, text=one, network=network or f"net of {who}"
            )
            answer = self.engine.handle(message)
        return answer.replies[0]

    def orders(self, who: str, email: str = VICTIM, network: str = "") -> Reply:
        self.says(who, "order 1 MUG-RED", network=network)
        self.says(who, email, f"address: {STREET}", network=network)
        return self.says(who, "yes", network=network)

    def works(self) -> None:
        self.jobs.all_done()

    @property
    def mails(self) -> list[StoredMail]:
        """Oldest first."""
        self.works()
        return list(DevMailbox(self.database).newest(99))[::-1]

    @property
    def subjects(self) -> list[str]:
        return [mail.subject.removeprefix("Test Shop: ") for mail in self.mails]

    def reasons(self, email: str = VICTIM) -> list[str]:
        with self.unit_of_work() as uow:
            found = uow.notifications.latest(hash_email(email, SHOP.hash_key), 99)
        return sorted(one.reason for one in found if one.outcome is Outcome.WAITING and not one.kind.marketing)

    def confirms(self, order_id: int) -> None:
        with self.unit_of_work() as uow:
            assert confirm_order(uow, order_id, self.clock.now())
            uow.commit()

    def ships(self, order_id: int, *, delivers: bool = True) -> None:
        with self.unit_of_work() as uow:
            ship_order(uow, order_id, now=self.clock.now())
            uow.commit()
        if delivers:
            with self.unit_of_work() as uow:
                deliver_order(uow, order_id, now=self.clock.now())
                uow.commit()

    def cancels_by_link(self, order_id: int) -> None:
        with self.unit_of_work() as uow:
            now = self.clock.now()
            note_cancelled_by_link(uow, cancel_by_link(uow, order_id, now=now), now)
            uow.commit()

    def changes(self, who: str, order_id: int) -> str:
        self._count += 1
        choice = Choice(verb=Verb.CHANGE_ORDER, arg=str(order_id))
        chat = ChatRef(channel="web", chat_id=who)
        self.engine.handle(IncomingMessage(id=f"m{self._count}", chat=chat, sender_id=who, text="", choice=choice))
        return self.says(who, "order 2 MUG-RED", "yes").text

    def shop_cancels(self, order_id: int) -> None:
        with self.unit_of_work() as uow:
            cancel_for_shop(uow, order_id, reason="The kiln broke.", actor="maya", now=self.clock.now())
            uow.commit()

    def has_proven(self) -> None:
        """As a code does, without its mail."""
        with self.unit_of_work() as uow:
            order = uow.orders.get(1001)
            assert order is not None
            assert order.identity_id is not None
            prove(uow, order.identity_id, order.hashed_email, VICTIM, "code", self.clock.now())
            uow.commit()

    def proves(self, who: str, email: str = VICTIM) -> str:
        self.says(who, f"verify {email}")
        with self.database.connect() as connection:
            newest = connection.execute(text("SELECT max(proof_id) FROM pii.proof")).scalar_one()
        return self.says(who, code_of(newest, SHOP.hash_key)).text


@pytest.fixture
def town(engine: Database, database_url: str) -> Town:
    clock = StillClock(NOW)
    return Town(engine, StagedJobs(database_url, engine, SHOP, clock), clock)


def test_the_mail_to_a_stranger_holds_nothing_that_was_typed_and_asks_to_confirm(town: Town) -> None:
    card = town.orders("eve")
    assert card.text.count(phrases_orders.confirmation(Expected.ASKS, email="").split(".")[1]) == 1
    (mail,) = town.mails
    assert mail.to == VICTIM
    for part in (mail.body, mail.html):
        assert "Won" not in part
        assert "1 × Red Mug" in part
        assert "$12.00" in part
        assert "https://shop.example.com/confirm/" in part


def test_who_orders_behind_another_chat_is_promised_no_mail_and_hears_what_the_first_heard(town: Town) -> None:
    first = town.orders("eve")
    town.works()
    second = town.orders("bob")
    assert len(town.mails) == 1
    (said,) = (line for line in second.text.splitlines() if "confirmation" in line)
    assert said in first.text
    assert "or once the button in an earlier one there is pressed" in said
    town.confirms(1001)
    assert "goes to" in town.orders("eve").text  # that one goes, and so it is said


def test_who_cancels_by_the_link_answered_and_hears_of_what_was_held(town: Town) -> None:
    town.orders("eve")
    town.orders("bob")  # the owner, in a chat of theirs
    town.orders("eve")
    assert len(town.mails) == 1
    town.cancels_by_link(1001)
    assert town.subjects[1:] == ["order #1002 is placed"]
    town.shop_cancels(1002)
    assert len(town.mails) == 3
    assert town.reasons() == [NOT_CONFIRMED] * 2  # that #1001 is cancelled, which they know, and the other of eve's


def test_the_chat_says_that_a_mail_comes_later_where_an_earlier_one_is_not_confirmed(town: Town) -> None:
    later = phrases_orders.confirmation(Expected.LATER, email="").split("once")[1]
    assert later not in town.orders("eve").text
    assert later in town.orders("eve").text
    assert later in town.changes("eve", 1002)
    town.works()
    town.cancels_by_link(1002)
    assert later in town.orders("eve").text  # 1001 is neither answered nor confirmed
    assert later not in town.orders("bob").text  # of what others ordered nothing is told
    town.confirms(1001)
    assert later not in town.orders("eve").text
    assert later not in town.changes("eve", 1005)


def test_until_its_owner_confirms_nothing_more_is_mailed_and_then_all_of_it(town: Town) -> None:
    town.orders("eve")
    town.orders("eve")
    town.says("eve", "cancel 1002", "y")
    assert town.subjects == ["order #1001 is placed"]
    assert town.reasons() == [NOT_CONFIRMED] * 2
    town.confirms(1001)
    assert town.subjects[1:] == ["order #1002 is placed", "order #1002 is cancelled"]
    assert STREET in town.mails[1].body
    assert town.reasons() == []
    town.orders("eve")
    assert town.subjects[-1] == "order #1003 is placed"


def test_another_stranger_adds_no_mail_and_confirming_one_frees_nothing_of_the_other(town: Town) -> None:
    town.orders("eve")
    town.orders("mallory")
    assert town.subjects == ["order #1001 is placed"]
    town.confirms(1001)
    assert town.subjects == ["order #1001 is placed", "order #1002 is placed"]  # the one that asks is his
    assert STREET not in town.mails[1].body
    assert town.reasons() == []


def test_a_code_in_the_chat_confirms_too_and_a_strangers_order_does_not_stop_the_owner(town: Town) -> None:
    town.orders("eve")
    town.orders("owner")
    assert town.subjects == ["order #1001 is placed"]
    assert "is yours" in town.proves("owner")
    assert [one for one in town.subjects if "code" not in one] == ["order #1001 is placed", "order #1002 is placed"]
    assert STREET in town.mails[-1].body


def test_the_link_shows_the_owners_orders_to_nobody(town: Town) -> None:
    town.orders("owner")
    town.proves("owner")
    town.orders("eve")
    town.confirms(1002)
    assert "1001" not in town.says("eve", "orders").text


def test_one_network_makes_three_mails_an_hour_and_sells_on(town: Town) -> None:
    cards = [town.orders(f"eve{number}", f"v{number}@example.com", "one network") for number in range(5)]
    assert [card.title for card in cards] == [f"Order #{number} is placed" for number in range(1001, 1006)]
    assert [mail.to for mail in town.mails] == [f"v{number}@example.com" for number in range(3)]
    assert town.reasons("v4@example.com") == [TOO_MANY]
    assert "once you prove" in cards[4].text
    assert "Prove my address" in [button.label for button in cards[4].buttons]
    assert "no code right now" in town.says("eve9", "verify new@example.com", network="one network").text
    town.says("eve4", "cancel", "y", network="one network")
    assert len(town.mails) == 3
    town.clock.passes(hours=1, seconds=1)
    assert "is yours" in town.proves("eve4", "v4@example.com")
    assert town.subjects[-2:] == ["order #1005 is placed", "order #1005 is cancelled"]


def test_the_link_is_over_after_a_month_and_leads_nowhere_once_its_customer_is_forgotten(town: Town) -> None:
    town.orders("eve")
    with town.unit_of_work() as uow:
        assert not confirm_order(uow, 1001, NOW + HOLDS)
        uow.connection.execute(text("UPDATE shop.orders SET identity_id = NULL"))
        with pytest.raises(OrderNotFound):
            confirm_order(uow, 1001, NOW + timedelta(days=1))


def test_what_the_shop_does_with_the_order_that_was_mailed_is_mailed_too(town: Town) -> None:
    town.orders("eve")
    assert town.subjects == ["order #1001 is placed"]
    town.ships(1001)
    assert [mail.to for mail in town.mails] == [VICTIM] * 3
    assert "on its way" in town.mails[1].subject
    assert town.reasons() == []
    for mail in town.mails:
        assert "Won" not in mail.body + mail.html
        assert "/confirm/" in mail.body
    assert ["cancel it below" in mail.body for mail in town.mails] == [True, False, False]
    town.confirms(1001)
    assert len(town.mails) == 3  # once


def test_the_shops_cancellation_is_mailed_with_its_reason_and_the_chats_waits(town: Town) -> None:
    town.orders("eve")
    town.works()
    town.shop_cancels(1001)
    assert "The kiln broke." in town.mails[1].body
    town.orders("ann", "ann@example.com")
    town.says("ann", "cancel 1002", "y")
    assert [mail.to for mail in town.mails].count("ann@example.com") == 1
    assert town.reasons("ann@example.com") == [NOT_CONFIRMED]


def test_of_an_order_whose_mail_waits_what_the_shop_does_waits_too_until_it_is_confirmed(town: Town) -> None:
    town.orders("eve")
    town.works()
    town.orders("mallory")
    town.works()
    town.ships(1002)
    town.orders("eve")
    town.works()
    town.shop_cancels(1003)
    assert town.subjects == ["order #1001 is placed"]
    assert town.reasons() == [NOT_CONFIRMED] * 5
    town.confirms(1001)
    sent = town.subjects
    assert [sum(f"#{number}" in one for one in sent) for number in (1001, 1002, 1003)] == [1, 3, 2]
    assert town.reasons() == []


def test_where_too_many_were_asked_for_what_the_shop_does_waits_too(town: Town) -> None:
    for number in range(4):
        town.orders(f"eve{number}", f"v{number}@example.com", "one network")
    town.ships(1004)
    assert [mail.to for mail in town.mails] == [f"v{number}@example.com" for number in range(3)]
    assert town.reasons("v3@example.com") == [TOO_MANY] * 3


def test_news_of_the_shop_that_overtakes_the_first_mail_goes_and_so_does_that(town: Town) -> None:
    town.orders("eve")
    town.ships(1001)
    assert len(town.mails) == 3
    assert town.reasons() == []


def test_the_operator_says_how_many_mails_an_hour_a_network_makes(engine: Database, database_url: str) -> None:
    clock = StillClock(NOW)
    jobs = StagedJobs(database_url, engine, SHOP, clock)
    town = Town(engine, jobs, clock, replace(SHOP, unproven_mails=5))
    for number in range(6):
        town.orders(f"eve{number}", f"v{number}@example.com", "one network")
    assert [mail.to for mail in town.mails] == [f"v{number}@example.com" for number in range(5)]


@pytest.mark.parametrize("how", ["link", "code"])
def test_a_mail_that_is_being_held_while_its_address_is_confirmed_goes_all_the_same(town: Town, how: str) -> None:
    town.orders("eve")
    town.works()
    town.says("eve", "cancel", "y")
    with town.unit_of_work() as deciding:
        order = deciding.orders.get(1001)
        assert order is not None
        key = order_mail(1001, "cancelled")
        deciding.notifications.lock(new_mail(key, Kind.ORDER_CANCELLED, order.hashed_email, NOW, order_id=1001))
        assert not confirmed_yet(deciding, order)
        confirming = threading.Thread(target=lambda: town.confirms(1001) if how == "link" else town.has_proven())
        confirming.start()
        time.sleep(0.3)
        deciding.notifications.mark(key, Outcome.WAITING, NOT_CONFIRMED, NOW)
        deciding.commit()
    confirming.join()
    with town.database.begin() as connection:  # the job that was deciding is done
        held = connection.execute(
            text('SELECT count(*) FROM jobs.procrastinate_jobs WHERE args @> \'{"step": "cancelled"}\'')
        )
        assert held.scalar_one() == 2
    assert "order #1001 is cancelled" in town.subjects


def test_what_a_link_lets_through_still_counts_and_a_proof_frees_the_rest(town: Town) -> None:
    for _ in range(8):
        town.orders("eve")
    town.confirms(1001)
    assert town.subjects == [f"order #{number} is placed" for number in (1001, 1002, 1003)]
    assert "once you prove" in town.orders("eve").text
    assert len(town.mails) == 3
    town.clock.passes(hours=1, seconds=1)
    assert "once you prove" not in town.orders("eve").text  # the link holds: no new one is needed
    assert town.subjects[-1] == "order #1010 is placed"
    town.clock.passes(hours=1, seconds=1)
    town.has_proven()
    assert len([one for one in town.subjects if "placed" in one]) == 10
    assert town.reasons() == []


def test_who_changes_an_order_over_and_over_is_mailed_three_times_without_a_proof(town: Town) -> None:
    town.orders("eve")
    town.confirms(1001)
    for quantity in (2, 3, 4, 5, 6):
        with town.unit_of_work() as uow:
            uow.record(OrderChanged(order_id=1001, change=quantity - 1, told_in=None))
            uow.commit()
    assert sum("changed" in one for one in town.subjects) == 3
    assert town.reasons() == [TOO_MANY] * 2
    town.has_proven()
    assert sum("changed" in one for one in town.subjects) == 5


@pytest.mark.parametrize("known", [True, False])
def test_who_orders_and_is_forgotten_has_nobody_mailed(town: Town, known: bool) -> None:
    """Whether the shop knows the address or not: else the mail would tell, and come as often as one likes."""
    if known:
        town.proves("owner")
    before = len(town.mails)
    for who in ("eve", "mallory", "eve", "mallory", "eve"):
        town.orders(who, network="theirs")
        assert "Erased" in town.says(who, "forget me", "yes").text
    assert [mail.subject for mail in town.mails[before:] if "cancelled" in mail.subject] == []
    assert len(town.mails) - before <= SHOP.unproven_mails
