"""One recommendation follows an order, for who agreed and at a decent hour; left carts are recalled twice at most."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import Answer, MessageEngine
from bot.messages import Choice, IncomingMessage, Verb
from domain.conversation import ChatRef
from domain.orders.cancelling import cancel_for_shop
from domain.outreach.consenting import confirm
from domain.outreach.pausing import switch
from domain.people.identity import hash_email
from domain.records.mails import StoredMail
from domain.records.notifications import Consent, Notification
from scheduler.tasks import LEFT_CARTS
from storage.queries.mailbox import DevMailbox
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_order, make_product
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import FakeSender, StaffedJobs
from tests.support.shop import SHOP
from tests.support.stocking import create_product

NOON = datetime(2040, 5, 15, 18, 0, tzinfo=UTC)  # in Denver; jobs are scheduled by the real clock, so it lies ahead
EMAIL = "ann@example.com"
ANN = hash_email(EMAIL, SHOP.hash_key)
ORDER = ("order 2 MUG", EMAIL, "address: 12 Main St, Denver CO 80203")


class Street:
    """A shop with a past, in which Ann orders mugs."""

    def __init__(self, url: str, database: Database) -> None:
        self.database = database
        self.clock = StillClock(NOON)
        self.jobs = StaffedJobs(url, database, SHOP, self.clock)
        self.engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.unit_of_work, clock=self.clock, shop=SHOP
        )
        self.chat = ChatRef(channel="web", chat_id="ann")
        self._said = 0
        with PostgresUnitOfWork(database) as uow:
            for name, quantity in (("MUG", 50), ("TEAPOT", 50), ("PLATE", 50), ("GONE", 0), ("BOWL", 50)):
                product = make_product(name=name.title(), product_id=name, quantity=quantity)
                create_product(uow, product, actor="test", now=NOON)
            uow.commit()

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, self.jobs.enqueue)

    def past(self, times: int, *product_ids: str, **overrides: object) -> None:
        """So many orders of others, with one of each of these."""
        with PostgresUnitOfWork(self.database) as uow:
            for _ in range(times):
                placed = {"placed_at": NOON - timedelta(days=60), "quote_id": None, "identity_id": None}
                uow.orders.add(make_order(dict.fromkeys(product_ids, 1), **{**placed, **overrides}))
            uow.commit()

    def agrees(self, given: bool = True) -> None:
        with self.unit_of_work() as uow:
            uow.consents.record(ANN, Consent(given=given, by="web", at=self.clock.now()))
            uow.commit()

    def pauses(self, paused: bool) -> None:
        with self.unit_of_work() as uow:
            for _ in range(2):  # the second time nothing happens
                switch(uow.audit, paused=paused, actor="slack:MIA", now=self.clock.now())
            uow.commit()

    def says(self, *said: str) -> Answer:
        for one in said:
            answer = self.send(text=one)
        return answer

    def send(self, **what: object) -> Answer:
        self._said += 1
        return self.engine.handle(
            IncomingMessage(id=f"m{self._said}", chat=self.chat, sender_id="ann", **what)  # type: ignore[arg-type]
        )

    def orders(self) -> int:
        title = self.says(*ORDER, "yes").replies[0].title
        return int(title.split("#")[1].split()[0])

    def cancels(self, order_id: int) -> None:
        for verb in (Verb.CANCEL, Verb.CANCEL_YES):
            self.send(choice=Choice(verb=verb, arg=str(order_id)))

    def works(self) -> None:
        self.jobs.all_done()

    def time_comes(self) -> None:
        """What waits for a later hour is due now."""
        with self.database.begin() as connection:
            connection.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL"))

    @property
    def marketing(self) -> list[Notification]:
        """Marketing sent or withheld, oldest first."""
        with self.unit_of_work() as uow:
            found = [one for one in uow.notifications.latest(ANN, 100) if one.kind.marketing]
        return found[::-1]

    @property
    def reasons(self) -> list[str]:
        return [f"{one.outcome}: {one.reason}" for one in self.marketing]

    @property
    def ideas(self) -> list[StoredMail]:
        return [mail for mail in DevMailbox(self.database).newest(100) if "List-Unsubscribe" in mail.headers]


@pytest.fixture
def street(engine: Database, database_url: str) -> Street:
    return Street(database_url, engine)


def test_an_order_is_followed_by_what_others_bought_with_it_and_its_numbers(street: Street) -> None:
    street.past(7, "MUG", "TEAPOT")
    street.past(3, "MUG", "PLATE")
    street.past(2, "MUG")
    street.agrees()
    street.orders()
    street.works()
    (mail,) = street.ideas
    assert mail.to == EMAIL
    assert "Teapot" in mail.body
    assert "7 of 13 orders" in mail.body  # Ann's own order counts too
    assert "3 of 13 orders" in mail.body
    assert street.reasons == ["sent: agreed (web); bought together"]


def test_nothing_sold_out_cancelled_or_bought_lately_is_recommended(street: Street) -> None:
    street.past(5, "MUG", "GONE")
    street.past(5, "MUG", "PLATE", state="cancelled")
    street.past(4, "MUG", "TEAPOT")
    street.past(3, "MUG", "BOWL")
    street.past(1, "TEAPOT", hashed_email=ANN, placed_at=NOON - timedelta(days=29))
    street.agrees()
    street.orders()
    street.works()
    (mail,) = street.ideas
    assert "Bowl" in mail.body
    for name in ("Gone", "Plate", "Teapot"):
        assert name not in mail.body


def test_what_was_bought_long_ago_may_be_recommended_again(street: Street) -> None:
    street.past(4, "MUG", "TEAPOT")
    street.past(1, "TEAPOT", hashed_email=ANN, placed_at=NOON - timedelta(days=31))
    street.agrees()
    street.orders()
    street.works()
    assert "Teapot" in street.ideas[0].body


def test_where_evidence_is_thin_popular_products_are_shown_and_it_says_so(street: Street) -> None:
    street.past(1, "MUG", "TEAPOT")
    street.past(6, "PLATE", placed_at=NOON - timedelta(days=3))
    street.agrees()
    street.orders()
    street.works()
    (mail,) = street.ideas
    assert "Plate" in mail.body
    assert "In 6 orders" in mail.body
    assert "together" not in mail.subject
    assert street.reasons == ["sent: agreed (web); popular"]


def test_an_empty_shop_has_nothing_to_recommend(street: Street) -> None:
    street.agrees()
    street.orders()
    street.works()
    assert street.ideas == []
    assert street.reasons == ["withheld: nothing to recommend"]


def test_without_consent_nothing_is_sent_until_it_is_given(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    order_id = street.orders()
    street.works()
    assert (street.ideas, street.reasons) == ([], ["withheld: no consent"])
    street.send(choice=Choice(verb=Verb.IDEAS_YES, arg=str(order_id)))
    street.works()
    assert street.ideas == []
    (asking,) = [mail for mail in DevMailbox(street.database).newest(9) if "shall we mail you ideas" in mail.subject]
    assert "https://shop.example.com/ideas/" in asking.body
    with street.unit_of_work() as uow:
        (asked,) = uow.opt_ins.of_email(ANN, 9)
        assert confirm(uow, asked.opt_in_id, street.clock.now())
        uow.commit()
    street.works()
    assert len(street.ideas) == 1
    assert street.reasons == ["sent: agreed (link); bought together"]


def test_while_marketing_is_paused_nothing_goes_out_but_receipts(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    street.pauses(True)
    street.orders()
    street.works()
    assert (street.ideas, street.reasons) == ([], ["withheld: marketing is paused"])
    assert len(DevMailbox(street.database).newest(9)) == 1
    street.pauses(False)
    street.works()
    assert street.ideas == []  # what was withheld stays so
    street.orders()
    street.works()
    assert len(street.ideas) == 1


def test_a_pause_holds_back_reminders_too(street: Street) -> None:
    leave_a_card(street)
    street.agrees()
    street.pauses(True)
    street.clock.passes(hours=4)
    look(street)
    assert hears(street) == []
    assert street.reasons == ["withheld: marketing is paused"]


def test_one_a_day_and_three_a_week(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.past(5, "MUG", "PLATE")
    street.agrees()
    for _ in range(2):
        street.orders()
        street.works()
        street.clock.passes(minutes=5)
    assert len(street.ideas) == 1
    assert street.reasons[-1] == "withheld: cap: 1 of 1 in 24 hours"
    for _ in range(4):
        street.clock.passes(days=1, minutes=1)
        street.orders()
        street.works()
    assert len(street.ideas) == 3
    assert street.reasons[-1] == "withheld: cap: 3 of 3 in 7 days"


def test_two_orders_at_once_are_judged_in_turn(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    street.orders()
    street.orders()
    street.jobs.all_done(4)
    assert len(street.ideas) == 1


def test_in_quiet_hours_it_waits_for_their_end_and_is_judged_again_then(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    street.clock.moment = NOON + timedelta(hours=10)  # 22:00
    street.orders()
    street.works()
    assert street.ideas == []
    assert street.reasons == ["waiting: quiet hours until May 16, 09:00 MDT"]
    with street.database.connect() as connection:
        due = connection.execute(
            text("SELECT scheduled_at FROM jobs.procrastinate_jobs WHERE status = 'todo'")
        ).scalar()
    assert due == NOON + timedelta(hours=21)
    street.clock.moment = NOON + timedelta(hours=21)
    street.time_comes()
    street.works()
    assert len(street.ideas) == 1


def test_a_cancelled_orders_recommendation_is_withdrawn(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    street.clock.moment = NOON + timedelta(hours=10)
    order_id = street.orders()
    street.works()
    street.clock.passes(minutes=3)
    street.cancels(order_id)
    assert street.reasons == ["withheld: the order was cancelled"]
    with street.database.connect() as connection:
        waiting = connection.execute(text("SELECT task_name FROM jobs.procrastinate_jobs WHERE status = 'todo'"))
        assert "remarket" not in waiting.scalars().all()
    street.works()
    assert street.ideas == []


def test_an_order_that_is_cancelled_before_the_worker_comes_has_a_reason_row_too(street: Street) -> None:
    street.agrees()
    order_id = street.orders()
    street.cancels(order_id)
    assert street.reasons == ["withheld: the order was cancelled"]


def test_the_rules_are_applied_when_it_is_sent_not_when_it_is_enqueued(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    street.orders()
    street.agrees(False)
    street.works()
    assert street.reasons == ["withheld: opted out (web)"]
    assert street.ideas == []


def test_nobody_is_written_to_while_a_person_has_the_chat(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    street.orders()
    street.engine = MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=street.unit_of_work,
        clock=street.clock,
        shop=replace(SHOP, support=True),
    )
    street.says("human")
    street.works()
    assert street.reasons == ["withheld: a person has the chat"]


def test_after_a_cancellation_there_is_a_day_of_silence(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    order_id = street.orders()
    with street.unit_of_work() as uow:
        cancel_for_shop(uow, order_id, reason="broken", actor="test", now=street.clock.now())
        uow.commit()
    street.clock.passes(hours=3)
    street.orders()
    street.works()
    assert street.reasons[-1] == "withheld: cancelled an order in the last 24 hours"


# Order cards that were left


def leave_a_card(street: Street, channel: str = "telegram") -> None:
    street.chat = ChatRef(channel=channel, chat_id="ann")
    street.says(*ORDER)


def hears(street: Street) -> list[str]:
    sender = street.jobs.sender
    assert isinstance(sender, FakeSender)
    return [reply.text for _, reply in sender.sent if "still in your cart" in reply.text]


def look(street: Street) -> None:
    street.jobs.begin(LEFT_CARTS.due())
    street.works()


def test_a_card_left_for_three_hours_is_recalled_in_its_chat_and_once_more_a_day_later(street: Street) -> None:
    street.agrees()
    leave_a_card(street)
    street.clock.moment = NOON + timedelta(hours=2, minutes=59)
    look(street)
    assert hears(street) == []
    street.clock.moment = NOON + timedelta(hours=3, minutes=1)
    for _ in range(3):
        look(street)
    assert len(hears(street)) == 1
    assert "2 × Mug" in hears(street)[0]
    street.clock.passes(days=1, minutes=5)
    for _ in range(3):
        look(street)
    assert len(hears(street)) == 2
    street.clock.passes(days=1, minutes=5)
    look(street)
    assert len(hears(street)) == 2
    assert street.reasons == ["sent: agreed (web)"] * 2


def test_its_buttons_work_and_a_purchase_ends_the_reminders(street: Street) -> None:
    street.agrees()
    leave_a_card(street)
    street.clock.passes(hours=4)
    look(street)
    assert "Your order" in street.send(choice=Choice(verb=Verb.CHECKOUT)).replies[0].title
    street.says("yes")
    street.clock.passes(days=1, minutes=5)
    look(street)
    assert len(hears(street)) == 1


def test_on_the_web_the_reminder_is_a_mail(street: Street) -> None:
    street.agrees()
    leave_a_card(street, "web")
    street.clock.passes(hours=4)
    look(street)
    (mail,) = street.ideas
    assert "2 × Mug" in mail.body
    assert "nothing" in mail.body.lower()


@pytest.mark.parametrize(
    ("then", "reason"),
    [("agrees", ""), ("drops", ""), ("bought", "the customer ordered since")],
)
def test_what_happened_since_ends_it(street: Street, then: str, reason: str) -> None:
    street.agrees()
    leave_a_card(street)
    street.clock.passes(hours=4)
    if then == "agrees":
        street.says("yes")
    elif then == "drops":
        street.send(choice=Choice(verb=Verb.DROP))
    else:
        street.past(1, "PLATE", hashed_email=ANN, placed_at=street.clock.now())
    look(street)
    assert hears(street) == []
    assert street.reasons == ([f"withheld: {reason}"] if reason else [])


def test_without_consent_no_reminder_and_no_second_look(street: Street) -> None:
    leave_a_card(street)
    street.clock.passes(hours=4)
    look(street)
    look(street)
    assert hears(street) == []
    assert street.reasons == ["withheld: no consent"]


def test_a_reminder_waits_for_the_end_of_quiet_hours(street: Street) -> None:
    street.agrees()
    leave_a_card(street)
    street.clock.moment = NOON + timedelta(hours=10)
    look(street)
    assert street.reasons == ["waiting: quiet hours until May 16, 09:00 MDT"]
    street.clock.moment = NOON + timedelta(hours=21)
    street.time_comes()
    street.works()
    assert len(hears(street)) == 1


def test_reminders_and_recommendations_share_the_caps(street: Street) -> None:
    street.past(5, "MUG", "TEAPOT")
    street.agrees()
    street.chat = ChatRef(channel="telegram", chat_id="ann")
    street.orders()
    street.works()
    street.clock.passes(minutes=10)
    street.says(*ORDER)
    street.clock.passes(hours=3, minutes=30)
    look(street)
    assert hears(street) == []
    assert street.reasons[-1] == "withheld: cap: 1 of 1 in 24 hours"
