"""Messages that nobody waits for: brought once and in order, after a crash too, and to the page at once."""

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.engine import Answer, MessageEngine
from bot.links import Links
from bot.messages import IncomingMessage, Reply
from bot.phrases.notices import ASKED
from bot.support.desk import SupportDesk
from domain.conversation import Asked, ChatRef
from domain.events import OrderCancelled, OrderDelivered, OrderShipped, StockFell, TicketOpened
from domain.model import Identity, OrderState
from domain.orders.shipping import Parcel, correct_parcel, ship_order
from domain.outreach.unproven import confirm_order
from domain.people.proving import prove
from domain.pseudonyms import pseudonym
from domain.records.returns import Condition, ReturnReason
from domain.returns.receiving import receive_return, refuse_return
from domain.returns.requesting import Item, ReturnWish, request_return
from nlu.processes import free_port
from scheduler.tasks import MENDING
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.repositories.conversations import mark_delivered
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StaffedJobs, StagedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

SUE = "slack:USUE"
STAFFED = replace(SHOP, support=True, staff={SUE: frozenset({"support"})})
ORDER = ("order 2 MUG-RED", "ann@example.com", "address: 12 Main St, Denver CO 80203", "yes")
THREAD = "C-SUPPORT:1.0"


class Shopfront:
    """A staffed shop on Telegram, with its jobs."""

    def __init__(self, url: str, database: Database) -> None:
        stock_mugs(database)
        self.database = database
        self.clock = StillClock(NOW)
        self.jobs = StaffedJobs(url, database, STAFFED, self.clock)
        self.engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.unit_of_work, clock=self.clock, shop=STAFFED
        )
        self.desk = SupportDesk(self.unit_of_work, self.clock, STAFFED)
        self._said = 0

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, self.jobs.enqueue)

    def says(self, *said: str, crash: bool = False) -> None:
        """Ann writes; her answers arrive, unless the process crashes before."""
        for one in said:
            self.arrives(self.send(IncomingMessage(id="", chat=self.chat, sender_id="ann", text=one)), crash=crash)

    def send(self, message: IncomingMessage) -> Answer:
        self._said += 1
        return self.engine.handle(replace(message, id=f"m{self._said}"))

    def arrives(self, answer: Answer, *, crash: bool) -> None:
        if answer.delivery_ids and not crash:
            with self.database.begin() as connection:
                mark_delivered(connection, answer.delivery_ids, self.clock.now())

    chat = ChatRef(channel="telegram", chat_id="ann")

    def happens(self, *events: OrderShipped | OrderDelivered | OrderCancelled | StockFell) -> None:
        with self.unit_of_work() as uow:
            for event in events:
                uow.record(event)
            uow.commit()

    def hears(self) -> list[str]:
        """Titles and texts of what was brought to ann."""
        return [f"{reply.title} {reply.text}".strip() for _, reply in self.jobs.sender.sent]

    def now_not_in_a_while(self) -> None:
        """Lets waiting retries of jobs be due now."""
        with self.database.begin() as connection:
            connection.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL"))

    def jobs_left(self) -> list[str]:
        with self.database.connect() as connection:
            return list(connection.execute(text("SELECT task_name FROM jobs.procrastinate_jobs")).scalars())


@pytest.fixture
def front(engine: Database, database_url: str) -> Shopfront:
    return Shopfront(database_url, engine)


def test_the_steps_of_an_order_are_told_once_each(front: Shopfront) -> None:
    front.says(*ORDER)
    for _ in range(2):
        front.happens(OrderShipped(order_id=1001), OrderDelivered(order_id=1001))
        front.jobs.all_done()
    assert front.hears() == [
        "Order #1001 is on its way 2 × Red Mug\t$24.00\nTotal\t$24.00\nTo: 12 Main St, Denver CO 80203",
        "Order #1001 was delivered 2 × Red Mug\t$24.00\nTotal\t$24.00\nTo: 12 Main St, Denver CO 80203",
    ]


def test_each_step_of_a_return_is_told_once_in_the_chat_and_by_mail(front: Shopfront) -> None:
    front.says(*ORDER)
    with front.unit_of_work() as uow:
        order = uow.orders.get(1001)
        assert order is not None
        who = Identity(identity_id=order.identity_id or 0)
        confirm_order(uow, 1001, NOW)
        for state in (OrderState.SHIPPED, OrderState.DELIVERED):
            uow.orders.change_state(1001, state, NOW)
        for reason in (ReturnReason.OTHER, ReturnReason.BROKEN):
            item = Item(product_id="MUG-RED", quantity=1)
            wish = ReturnWish(items=(item,), reason=reason)
            request_return(uow, 1001, wish, identity=who, terms=SHOP.terms, now=NOW, told_in=front.chat)
        uow.commit()
    front.jobs.all_done()
    assert front.hears() == []  # the chat's own answer says it
    with front.unit_of_work() as uow:
        receive_return(uow, 1001, Condition.DAMAGED, actor=SUE, now=NOW)
        receive_return(uow, 1002, Condition.DAMAGED, actor=SUE, now=NOW)
        refuse_return(uow, 1001, actor=SUE, now=NOW)
        uow.commit()
    front.jobs.all_done()
    front.jobs.all_done()
    assert front.hears() == [
        "Return R1001 of order #1001 has arrived 1 × Red Mug at $12.00\t$12.00\nYou get back\t$12.00\n"
        "Something about it is not as we expected, so a person looks at it, and you hear from us.",
        "Return R1002 of order #1001 is refunded 1 × Red Mug at $12.00\t$12.00\nYou get back\t$12.00",
        "Return R1001 of order #1001 is refused We are sorry: a person looked at it, and no money goes back for it.",
    ]
    with front.database.connect() as connection:
        subjects = connection.execute(text("SELECT subject FROM pii.mailbox ORDER BY mail_id")).scalars().all()
    told = [subject.partition(": ")[2] for subject in subjects if "return" in subject]
    assert sorted(told) == [
        "return R1001 of order #1001",
        "return R1001 of order #1001 has arrived",
        "return R1001 of order #1001 is refused",
        "return R1002 of order #1001",
        "return R1002 of order #1001 is done",
    ]


def test_the_shops_cancellation_tells_why_and_the_customers_own_is_not_told_again(front: Shopfront) -> None:
    front.says(*ORDER)
    front.happens(OrderCancelled(order_id=1001, told_in=front.chat))
    front.jobs.all_done()
    assert front.hears() == []
    front.happens(OrderCancelled(order_id=1001, reason="the mugs broke"))
    with front.database.connect() as connection:
        args = connection.execute(text("SELECT string_agg(args::text, '') FROM jobs.procrastinate_jobs")).scalar_one()
    assert "mugs" not in args  # the reason may speak of the customer
    front.jobs.all_done()
    assert front.hears() == [
        "The shop had to cancel order #1001 Reason: the mugs broke\n2 × Red Mug\t$24.00\nTotal\t$24.00\n"
        "We are sorry. You will not be charged."
    ]


def test_a_cancellation_made_elsewhere_is_told_in_the_orders_chat(front: Shopfront) -> None:
    front.says(*ORDER)
    front.happens(OrderCancelled(order_id=1001, told_in=ChatRef(channel="web", chat_id="other")))
    front.jobs.all_done()
    assert front.hears() == [
        "Order #1001 is cancelled 2 × Red Mug\t$24.00\nTotal\t$24.00\n"
        "Everything went back into stock, and you will not be charged."
    ]


def test_news_reach_the_chat_in_which_the_order_was_made(front: Shopfront) -> None:
    front.says(*ORDER)
    front.clock.passes(minutes=5)
    group = ChatRef(channel="telegram", chat_id="-77", public=True)
    front.arrives(front.send(IncomingMessage(id="", chat=group, sender_id="ann", text="help")), crash=False)
    front.happens(OrderShipped(order_id=1001))
    front.jobs.all_done()
    assert [chat for chat, _ in front.jobs.sender.sent] == ["ann"]


@pytest.mark.parametrize("wrote_privately", [True, False])
def test_news_of_an_order_from_a_group_come_to_the_private_chat_only(
    front: Shopfront, *, wrote_privately: bool
) -> None:
    front.chat = ChatRef(channel="telegram", chat_id="77")
    front.says(*ORDER)
    with front.database.begin() as connection:  # as orders were kept when they could be placed in a group
        connection.execute(text("UPDATE chat.order_chat SET chat_id = '-77', public = true"))
        if not wrote_privately:
            connection.execute(text("UPDATE chat.conversation SET chat_id = '-77', public = true"))
    front.happens(OrderShipped(order_id=1001))
    front.jobs.all_done()
    assert [chat for chat, _ in front.jobs.sender.sent] == (["77"] if wrote_privately else [])


def test_a_button_of_the_news_can_be_typed(front: Shopfront) -> None:
    front.says(*ORDER)
    front.happens(OrderShipped(order_id=1001))
    front.jobs.all_done()
    answer = front.send(IncomingMessage(id="", chat=front.chat, sender_id="ann", text="Talk to a person"))
    assert "ticket T1" in answer.replies[0].text


def test_orders_from_no_chat_and_unknown_ones_are_told_nobody(front: Shopfront) -> None:
    front.says(*ORDER)
    with front.database.begin() as connection:
        connection.execute(text("DELETE FROM chat.order_chat"))
    front.happens(OrderShipped(order_id=1001), OrderShipped(order_id=9999))
    front.jobs.all_done()
    assert front.hears() == []
    assert front.jobs_left() == []


def test_a_failing_channel_is_tried_again_and_keeps_the_order(front: Shopfront) -> None:
    front.says(*ORDER)
    front.jobs.sender.failures = 2
    front.happens(OrderShipped(order_id=1001))
    front.jobs.all_done()
    front.happens(OrderDelivered(order_id=1001))
    front.jobs.all_done()
    assert front.hears() == []  # the second waits behind the first
    for _ in range(3):
        front.now_not_in_a_while()
        front.jobs.all_done()
    assert [heard.split(" 2 ×")[0] for heard in front.hears()] == [
        "Order #1001 is on its way",
        "Order #1001 was delivered",
    ]


def test_what_arrived_before_a_failure_is_not_sent_again(front: Shopfront) -> None:
    front.says(*ORDER)
    front.jobs.services.chats.tell_customer(1001, "shipped")
    front.jobs.services.chats.tell_customer(1001, "delivered")
    sent = front.jobs.sender.send

    def fail_at_the_second(chat: ChatRef, reply: Reply) -> None:
        if front.jobs.sender.sent:
            raise ConnectionError
        sent(chat, reply)

    front.jobs.sender.send = fail_at_the_second  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        front.jobs.services.chats.bring_replies("telegram", "ann")
    front.jobs.sender.send = sent  # type: ignore[method-assign]
    front.jobs.services.chats.bring_replies("telegram", "ann")
    assert len(front.hears()) == 2


def test_an_answer_lost_in_a_crash_is_brought_after_a_minute_and_only_once(front: Shopfront) -> None:
    front.says("help", crash=True)
    front.clock.passes(seconds=59)
    front.jobs.begin(*(job.due() for job in MENDING))
    front.jobs.all_done()
    assert front.hears() == []  # its adapter may still be at it
    front.clock.passes(seconds=2)
    for _ in range(2):
        front.jobs.begin(*(job.due() for job in MENDING))
        front.jobs.all_done()
    assert len(front.hears()) == 1
    assert front.jobs_left() == []


def test_yesterdays_answers_are_not_brought_any_more(front: Shopfront) -> None:
    front.says("help", crash=True)
    front.clock.passes(hours=25)
    front.jobs.begin(*(job.due() for job in MENDING))
    front.jobs.all_done()
    assert front.hears() == []


def test_while_one_catch_up_waits_another_is_not_needed(front: Shopfront) -> None:
    front.jobs.begin(*(job.due() for job in MENDING))
    front.jobs.begin(*(job.due() for job in MENDING))
    assert sorted(front.jobs_left()) == ["catch_up", "end_readers", "rescue"]


def test_a_job_that_died_with_its_worker_runs_again_and_frees_its_lock(front: Shopfront) -> None:
    front.says(*ORDER)
    front.jobs.services.chats.tell_customer(1001, "shipped")
    with front.database.begin() as connection:
        connection.execute(text("UPDATE jobs.procrastinate_jobs SET status = 'doing', worker_id = NULL"))
    front.jobs.all_done()
    assert front.hears() == []
    front.jobs.begin(*(job.due() for job in MENDING))
    front.jobs.all_done()
    assert len(front.hears()) == 1
    assert front.jobs_left() == []


def test_a_chat_of_no_known_channel_is_left_alone(front: Shopfront) -> None:
    front.jobs.services.chats.bring_replies("pigeon", "ann")
    assert front.hears() == []


def test_admins_hear_of_low_and_sold_out_products(front: Shopfront) -> None:
    front.happens(
        StockFell(product_id="MUG-RED", quantity=4),
        StockFell(product_id="MUG-RED", quantity=0),
        StockFell(product_id="GONE", quantity=0),
    )
    front.jobs.all_done()
    assert sorted(reply.text for reply in front.jobs.room.in_channel("C-ADMINS")) == [
        "Low: Red Mug (MUG-RED), 4 left",
        "Sold out: Red Mug (MUG-RED)",
    ]


def test_admins_see_which_orders_they_may_doubt_when_those_hold_more_than_is_left(front: Shopfront) -> None:
    front.says(*ORDER, "order 3 MUG-RED", "yes")
    front.happens(StockFell(product_id="MUG-RED", quantity=4), StockFell(product_id="MUG-RED", quantity=5))
    front.jobs.all_done()
    low, lower = sorted(reply.text for reply in front.jobs.room.in_channel("C-ADMINS"))
    assert low == (
        "Low: Red Mug (MUG-RED), 4 left\n"
        "5 are in orders whose e-mail nobody confirmed, the newest: #1002 and #1001. See `/orders NUMBER`."
    )
    assert lower == "Low: Red Mug (MUG-RED), 5 left"
    with front.unit_of_work() as uow:
        confirm_order(uow, 1001, front.clock.now())
        ship_order(uow, 1002, now=front.clock.now())
        uow.commit()
    front.happens(StockFell(product_id="MUG-RED", quantity=0))
    front.jobs.all_done()
    assert front.jobs.room.in_channel("C-ADMINS")[-1].text == "Sold out: Red Mug (MUG-RED)"


def test_a_ticket_is_posted_with_what_support_needs_and_no_more(front: Shopfront) -> None:
    front.says(*ORDER, "order 1 MUG-RED", "human")
    front.jobs.all_done()
    [card] = front.jobs.room.in_channel("C-SUPPORT")
    assert re.fullmatch(r"Ticket T1: cust_\w+ \(address not proven\) on telegram", card.title)
    for piece in (
        "“human”",
        "1 × Red Mug\t$12.00",
        "#1001, placed\t$24.00",
        "not kept",
        "open question: whether to place the order",
    ):
        assert piece in card.text
    assert "example.com" not in card.text
    assert "Main St" not in card.text
    assert [button.choice.encode() for button in card.buttons] == ["handoff_resolve:1", "ord_show:1001"]


def test_support_sees_whether_the_address_is_proven(front: Shopfront) -> None:
    """Anybody can type somebody's e-mail, and would look like them."""
    front.says(*ORDER)
    with front.unit_of_work() as uow:
        conversation = uow.conversations.lock(front.chat, "ann", NOW)
        hashed = conversation.hashed_email or ""
        prove(uow, conversation.identity_id, hashed, "ann@example.com", "code", NOW)
        uow.commit()
    front.says("human")
    front.jobs.all_done()
    [card] = front.jobs.room.in_channel("C-SUPPORT")
    assert card.title == f"Ticket T1: {pseudonym(hashed)} on telegram"


def test_a_customer_without_an_email_is_a_guest(front: Shopfront) -> None:
    front.says("human")
    front.jobs.all_done()
    [card] = front.jobs.room.in_channel("C-SUPPORT")
    assert card.title == "Ticket T1: guest 1 on telegram"
    assert "Cart: empty" in card.text
    assert "Last orders: none" in card.text


def test_notes_follow_the_card_in_order_even_when_the_room_was_down(front: Shopfront) -> None:
    front.jobs.room.failures = 2
    front.says("human", "my mug broke", "help")
    front.jobs.all_done()
    assert front.jobs.room.posts == []
    for _ in range(3):
        front.now_not_in_a_while()
        front.jobs.all_done()
    assert len(front.jobs.room.in_channel("C-SUPPORT")) == 1
    assert front.jobs.room.in_thread(THREAD) == ["my mug broke\nhelp"]
    assert front.jobs_left() == []


def test_a_ticket_gets_one_thread_only(front: Shopfront) -> None:
    front.says("human")
    for _ in range(2):
        front.jobs.all_done()
        with front.unit_of_work() as uow:
            uow.record(TicketOpened(ticket_id=1))
            uow.commit()
    assert len(front.jobs.room.in_channel("C-SUPPORT")) == 1


def test_without_staff_channels_the_jobs_do_nothing(engine: Database, database_url: str) -> None:
    front = Shopfront(database_url, engine)
    bare = StagedJobs(database_url, engine, SHOP, front.clock)
    front.says("human", "hello?")
    front.happens(StockFell(product_id="MUG-RED", quantity=0))
    bare.all_done()  # by a worker that knows no staff room
    assert front.jobs_left() == []


def test_jobs_hold_no_words_and_no_web_visitor(front: Shopfront) -> None:
    front.says("human", "my secret sorrow")
    front.chat = ChatRef(channel="web", chat_id="visitor-cookie")
    front.says("order 1 MUG-RED", "human", "my other sorrow")
    with front.unit_of_work() as uow:
        uow.tickets.begin_thread(2, THREAD)
        uow.commit()
    front.desk.said(THREAD, SUE, "there, there", "1")
    with front.database.connect() as connection:
        jobs = " ".join(connection.execute(text("SELECT j::text FROM jobs.procrastinate_jobs j")).scalars())
    assert "relay_words" in jobs
    for secret in ("sorrow", "visitor-cookie", "there, there"):
        assert secret not in jobs


@pytest.fixture
def page(front: Shopfront, tmp_path: Path) -> Iterator[httpx.Client]:
    """The web app on a port of this machine, and a browser's client of it."""
    parts = WebParts(
        engine=front.engine,
        chats=PostgresChats(front.database, front.clock),
        health=PostgresHealth(front.database),
        unit_of_work=front.unit_of_work,
        rates=PostgresRates(front.database),
        clock=front.clock,
        reduced=lambda: False,
        cookie_keys=[SHOP.hash_key],
        links=Links("", [SHOP.hash_key]),
        shop=SHOP,
        tagline="",
        examples=(),
        images=tmp_path,
        mailbox=None,
        messages_per_minute=100,
    )
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(make_app(parts), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
        yield client
    server.should_exit = True
    thread.join()


def test_the_page_gets_supports_answer_within_two_seconds_and_its_own_answers_only_once(
    front: Shopfront, page: httpx.Client
) -> None:
    page.post("/api/chat", json={"text": "human"})
    front.jobs.all_done()
    with page.stream("GET", "/api/chat/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        front.desk.said(THREAD, SUE, "How can I help?", "1")
        begun = time.monotonic()
        heard = next(line for line in lines if line.startswith("data:"))
        assert time.monotonic() - begun < 2.5
    assert "How can I help?" in heard
    assert "ticket T1" not in heard


def test_support_reads_every_open_question_in_words() -> None:
    assert set(ASKED) == set(Asked)


def test_carrier_and_tracking_number_reach_the_chat_the_mail_and_the_order_status(front: Shopfront) -> None:
    front.says(*ORDER)
    with front.unit_of_work() as uow:
        ship_order(uow, 1001, now=NOW, parcel=Parcel(carrier="UPS", tracking="1Z999AA10123456784"))
        uow.commit()
    front.jobs.all_done()
    page = "https://www.ups.com/track?tracknum=1Z999AA10123456784"
    assert f"It travels with UPS 1Z999AA10123456784.\n{page}" in front.hears()[-1]
    with front.database.connect() as connection:
        shipped = "SELECT body FROM pii.mailbox WHERE subject LIKE '%on its way%'"
        assert [page in body for body in connection.execute(text(shipped)).scalars()] == [True]
    for _ in range(2):  # the second time there is nothing to correct
        with front.unit_of_work() as uow:
            correct_parcel(uow, 1001, Parcel(tracking="1Z999AA10123456795"), actor="slack:U1", now=NOW)
            uow.commit()
        front.jobs.all_done()
    right = "https://www.ups.com/track?tracknum=1Z999AA10123456795"
    heard = front.hears()
    assert f"was wrong. This is right:\nIt travels with UPS 1Z999AA10123456795.\n{right}" in heard[-1]
    assert "This is right" not in heard[-2]
    with front.database.connect() as connection:
        bodies = list(connection.execute(text(f"{shipped} ORDER BY mail_id")).scalars())
    assert [("This is right" in body, right in body) for body in bodies] == [(False, False), (True, True)]
    page = right
    message = IncomingMessage(id="", chat=front.chat, sender_id="ann", text="orders")
    assert "#1001" in front.send(message).replies[0].text
    status = front.send(replace(message, text="status 1001"))
    assert page in status.replies[0].text
