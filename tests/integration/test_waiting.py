"""The waiting list from asking to being told: once, in order, in the right chat, and gone when it shall be."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import Answer, MessageEngine
from bot.messages import Choice, IncomingMessage, Reply
from domain.conversation import ChatRef
from domain.model import Identity
from domain.orders.cancelling import cancel_order
from scheduler.tasks import SWEEP, TELL_WAITING
from storage.imports.inventory import import_inventory
from storage.repositories.conversations import mark_delivered
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.chats import chat_in
from tests.support.factories import make_product
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StaffedJobs
from tests.support.shop import NOW, SHOP
from tests.support.stocking import create_product, restock, retire_product

BACK = "You asked me to tell you: it is back."


class Shopfront:
    """A shop on Telegram that sells a mug of which none is there, and pots of which six are."""

    def __init__(self, url: str, database: Database) -> None:
        self.database = database
        self.clock = StillClock(NOW)
        self.jobs = StaffedJobs(url, database, SHOP, self.clock)
        self.engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.unit_of_work, clock=self.clock, shop=SHOP
        )
        self._said = 0
        with self.unit_of_work() as uow:
            create_product(uow, make_product(product_id="MUG", name="Red Mug", quantity=0))
            create_product(uow, make_product(product_id="POT", name="Tea Pot", quantity=6))
            uow.commit()

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, self.jobs.enqueue)

    def says(
        self, who: str, *said: str, press: str = "", chat: ChatRef | None = None, alone: ChatRef | None = None
    ) -> Answer:
        for one in said or ("",):
            self._said += 1
            answer = self.engine.handle(
                IncomingMessage(
                    id=f"m{self._said}",
                    chat=chat or chat_in("telegram", who),
                    sender_id=who,
                    text=one,
                    choice=Choice.decode(press) if press else None,
                    private_chat=alone,
                )
            )
            if answer.delivery_ids:
                with self.database.begin() as connection:
                    mark_delivered(connection, answer.delivery_ids, self.clock.now())
        return answer

    def waits(self, who: str, product_id: str = "MUG", quantity: int = 1) -> Reply:
        return self.says(who, press=f"tell_when:{quantity} {product_id}").replies[0]

    def proves(self, who: str) -> None:
        with self.database.begin() as connection:
            connection.execute(text("UPDATE chat.identity SET proven_email = 'x' WHERE sender_id = :who"), {"who": who})

    def comes(self, quantity: int, product_id: str = "MUG") -> None:
        with self.unit_of_work() as uow:
            restock(uow, product_id, quantity, now=self.clock.now())
            uow.commit()

    def a_minute_later(self, **duration: float) -> None:
        self.clock.passes(**(duration or {"minutes": 1}))
        self.jobs.begin(TELL_WAITING.due())
        self.jobs.all_done()

    def told(self) -> list[str]:
        """Who was told that something is back, in order."""
        return [chat for chat, reply in self.jobs.sender.sent if "asked me to tell you" in reply.text]

    def one(self, query: str) -> object:
        with self.database.connect() as connection:
            return connection.execute(text(query)).scalar()


@pytest.fixture
def front(engine: Database, database_url: str) -> Shopfront:
    return Shopfront(database_url, engine)


def test_who_waits_is_told_once_where_they_asked(front: Shopfront) -> None:
    assert "I will tell you here, once, when Red Mug is back" in front.waits("ann").text
    front.a_minute_later()
    assert front.told() == []
    front.comes(3)
    front.a_minute_later()
    [(chat, reply)] = front.jobs.sender.sent
    assert chat == "ann"
    assert reply.text == f"{BACK}\nRed Mug, 3 in stock\t$12.00\nI cannot hold it for you: who orders first gets it."
    assert [(one.label, one.choice.encode()) for one in reply.buttons] == [("Add 1 × Red Mug", "add_some:1 MUG")]
    front.comes(5)
    front.a_minute_later(days=2)
    assert front.told() == ["ann"]
    assert "1 × Red Mug" in front.says("ann", press="add_some:1 MUG").replies[0].text


def test_two_workers_at_once_tell_each_once(front: Shopfront, threads: ThreadPoolExecutor) -> None:
    for who in ("ann", "bob", "cyd"):
        front.waits(who)
    front.comes(3)
    front.clock.passes(minutes=1)
    begun = threading.Barrier(2)

    def tells(_: int) -> None:
        begun.wait()
        front.jobs.services.chats.tell_waiting()

    list(threads.map(tells, range(2)))
    front.jobs.all_done()
    assert sorted(front.told()) == ["ann", "bob", "cyd"]


def test_only_as_many_are_told_as_what_came_covers_and_in_order(front: Shopfront) -> None:
    for who, quantity in (("ann", 4), ("bob", 3), ("cyd", 1)):
        front.waits(who, quantity=quantity)
    front.comes(5)
    front.a_minute_later()
    assert front.told() == ["ann", "cyd"]
    front.a_minute_later()
    assert front.told() == ["ann", "cyd"]
    front.comes(3)
    front.a_minute_later()
    assert front.told() == ["ann", "cyd", "bob"]


def test_what_nobody_took_in_a_day_is_for_the_next(front: Shopfront) -> None:
    front.waits("ann", quantity=4)
    front.waits("bob", quantity=4)
    front.proves("ann")
    front.comes(4)
    front.a_minute_later()
    front.a_minute_later(hours=23)
    assert front.told() == ["ann"]
    front.a_minute_later(hours=2)
    assert front.told() == ["ann", "bob"]


def test_a_stranger_has_a_claim_for_half_an_hour_only(front: Shopfront) -> None:
    for who in ("stranger", "ann"):
        front.waits(who, quantity=4)
    front.comes(4)
    front.a_minute_later()
    front.a_minute_later(minutes=28)
    assert front.told() == ["stranger"]
    front.a_minute_later(minutes=3)
    assert front.told() == ["stranger", "ann"]


def test_a_claim_to_what_others_bought_keeps_nobody_waiting(front: Shopfront) -> None:
    front.waits("ann", quantity=5)
    front.waits("bob")
    front.comes(5)
    front.a_minute_later()
    assert front.told() == ["ann"]
    with front.unit_of_work() as uow:
        restock(uow, "MUG", -5, now=front.clock.now())
        uow.commit()
    front.comes(1)
    front.a_minute_later()
    assert front.told() == ["ann", "bob"]


def test_what_somebody_took_is_nobody_elses(front: Shopfront) -> None:
    front.waits("ann", quantity=4)
    front.waits("bob", quantity=4)
    front.comes(4)
    front.a_minute_later()
    front.says("ann", press="add_some:4 MUG")
    front.says("ann", "checkout", "ann@example.com", "address: 12 Main St, Denver CO 80203", "yes")
    assert front.one("SELECT quantity FROM shop.product WHERE product_id = 'MUG'") == 0
    front.comes(2)
    front.a_minute_later(hours=26)
    assert front.told() == ["ann"]
    front.comes(2)
    front.a_minute_later()
    assert front.told() == ["ann", "bob"]


def test_what_was_there_when_somebody_asked_is_not_back(front: Shopfront) -> None:
    front.says("ann", "order 10 POT")
    front.says(
        "ann", press=next(one.choice.encode() for one in front.says("ann", "order 10 POT").replies[0].buttons[1:2])
    )
    assert front.one("SELECT quantity FROM chat.waiting") == 4
    front.a_minute_later()
    assert front.told() == []
    front.comes(3, "POT")
    front.a_minute_later()
    assert front.told() == []
    front.comes(1, "POT")
    front.a_minute_later()
    assert front.told() == ["ann"]


def test_who_wants_all_together_waits_for_what_lacks(front: Shopfront) -> None:
    front.waits("ann", "POT", 10)
    front.comes(3, "POT")
    front.a_minute_later()
    assert front.told() == []
    front.comes(1, "POT")
    front.a_minute_later()
    assert front.told() == ["ann"]


def test_a_cancelled_order_and_an_import_bring_it_back_too(front: Shopfront, tmp_path: Path) -> None:
    front.comes(2)
    front.says("eve", "order 2 MUG", "eve@example.com", "address: 12 Main St, Denver CO 80203", "yes")
    front.waits("ann", quantity=2)
    front.waits("bob", quantity=3)
    with front.unit_of_work() as uow:
        eve = front.one("SELECT identity_id FROM chat.identity WHERE sender_id = 'eve'")
        assert isinstance(eve, int)
        cancel_order(uow, 1001, identity=Identity(identity_id=eve), actor="test", now=front.clock.now())
        uow.commit()
    front.a_minute_later()
    assert front.told() == ["ann"]
    file = tmp_path / "products.csv"
    file.write_text("product_id,quantity,wholesale_cost,sale_price,supplier_id\nMUG,9,5,12,CLAYBIRD\n")
    import_inventory(front.database, file, now=front.clock.now())
    front.a_minute_later()
    assert front.told() == ["ann", "bob"]


def test_nobody_is_told_in_the_quiet_hours(front: Shopfront) -> None:
    front.waits("ann")
    front.comes(1)
    front.a_minute_later(hours=11)  # 22:01 in Denver
    assert front.told() == []
    front.a_minute_later(hours=11)
    assert front.told() == ["ann"]


def test_all_that_is_back_comes_in_one_message_and_the_caps_hold(front: Shopfront) -> None:
    for product_id in ("CUP", "JUG"):
        with front.unit_of_work() as uow:
            create_product(uow, make_product(product_id=product_id, name=product_id.title(), quantity=0))
            uow.commit()
        front.waits("ann", product_id)
    front.waits("ann")
    front.comes(1)
    front.comes(1, "CUP")
    front.a_minute_later()
    [(_, reply)] = front.jobs.sender.sent
    assert "these are back" in reply.text
    assert [one.label for one in reply.buttons] == ["Add 1 × Cup", "Add 1 × Red Mug"]
    front.comes(1, "JUG")
    front.a_minute_later()
    assert front.told() == ["ann"]
    front.a_minute_later(days=1)
    assert front.told() == ["ann", "ann"]


def test_while_a_person_has_the_chat_nothing_is_brought_there(front: Shopfront) -> None:
    front.waits("ann")
    front.says("ann", "human")
    with front.unit_of_work() as uow:
        conversation = uow.conversations.lock(chat_in("telegram", "ann"), "ann", NOW)
        conversation.ticket_id = 1
        uow.conversations.save(conversation, NOW)
        uow.commit()
    front.comes(1)
    front.a_minute_later()
    assert front.told() == []
    front.says("ann", press="handoff_end:")
    front.a_minute_later()
    assert front.told() == ["ann"]


def test_what_is_asked_before_others_is_told_in_private(front: Shopfront) -> None:
    group, alone = chat_in("telegram", "-77"), chat_in("telegram", "ann")
    answer = front.says("ann", press="tell_when:1 MUG", chat=group, alone=alone)
    assert answer.private_chat == alone
    front.comes(1)
    front.a_minute_later()
    assert front.told() == ["ann"]


def test_too_few_before_others_goes_on_in_private_with_what_is_taken(front: Shopfront) -> None:
    group, alone = chat_in("telegram", "-77"), chat_in("telegram", "ann")
    asked = front.says("ann", "add 10 POT", chat=group, alone=alone)
    assert asked.private_chat is None
    tell = next(one for one in asked.replies[0].buttons if one.label == "Take 6, tell me when 4 more are back")
    answer = front.says("ann", press=tell.choice.encode(), chat=group, alone=alone)
    assert answer.private_chat == alone
    assert "6 × Tea Pot" in answer.replies[0].text
    assert front.one("SELECT chat_id || ' ' || quantity FROM chat.waiting") == "ann 4"


def test_asking_again_keeps_the_place_and_counts_anew(front: Shopfront) -> None:
    front.waits("ann", quantity=1)
    front.waits("bob", quantity=1)
    front.waits("ann", quantity=2)
    front.comes(2)
    front.a_minute_later()
    assert front.told() == ["ann"]
    assert front.one("SELECT count(*) FROM chat.waiting") == 2


def test_who_asks_again_after_another_was_told_is_told_of_what_comes_then(front: Shopfront) -> None:
    front.waits("ann", quantity=2)
    front.waits("bob", quantity=1)
    front.comes(1)
    front.a_minute_later()
    assert front.told() == ["bob"]
    front.says("bob", press="add_some:1 MUG")
    front.says("bob", "checkout", "bob@example.com", "address: 12 Main St, Denver CO 80203", "yes")
    front.clock.passes(minutes=5)
    front.waits("ann", quantity=2)
    front.comes(2)
    front.a_minute_later()
    assert front.told() == ["bob", "ann"]


def test_the_caps_are_of_a_customer_and_not_of_a_chat(front: Shopfront) -> None:
    with front.unit_of_work() as uow:
        create_product(uow, make_product(product_id="CUP", name="Cup", quantity=0))
        uow.commit()
    front.waits("ann")
    front.waits("ann", "CUP")
    _elsewhere(front, "CUP")
    front.comes(1)
    front.comes(1, "CUP")
    front.a_minute_later()
    assert front.told() == ["ann2"]
    front.a_minute_later(hours=23)
    assert front.told() == ["ann2"]
    front.a_minute_later(hours=2)
    assert front.told() == ["ann2", "ann"]


def test_two_workers_at_once_keep_to_the_caps_across_chats(front: Shopfront, threads: ThreadPoolExecutor) -> None:
    with front.unit_of_work() as uow:
        create_product(uow, make_product(product_id="CUP", name="Cup", quantity=0))
        uow.commit()
    front.waits("ann")
    front.waits("ann", "CUP")
    _elsewhere(front, "CUP")
    front.comes(1)
    front.comes(1, "CUP")
    front.clock.passes(minutes=1)
    begun = threading.Barrier(2)

    def tells(_: int) -> None:
        begun.wait()
        front.jobs.services.chats.tell_waiting()

    list(threads.map(tells, range(2)))
    front.jobs.all_done()
    assert len(front.told()) == 1


def _elsewhere(front: Shopfront, product_id: str) -> None:
    """Ann asked for this product in another chat of hers."""
    with front.database.begin() as connection:
        elsewhere = text("UPDATE chat.waiting SET chat_id = 'ann2', sender_id = 'ann2' WHERE product_id = :product_id")
        connection.execute(elsewhere, {"product_id": product_id})


def test_a_product_that_is_sold_no_more_is_not_back(front: Shopfront) -> None:
    front.waits("ann")
    front.comes(1)
    with front.unit_of_work() as uow:
        retire_product(uow, "MUG")
        uow.commit()
    front.a_minute_later()
    assert front.told() == []
    assert "no longer sold" in front.waits("bob").text


def test_what_is_there_need_not_be_waited_for(front: Shopfront) -> None:
    assert "Tea Pot is there: 6 in stock." in front.waits("ann", "POT").text
    assert front.one("SELECT count(*) FROM chat.waiting") == 0


@pytest.mark.parametrize("arg", ["", "MUG", "0 MUG", "-1 MUG", "x MUG", "3 NOTHING", "99999999999999999999 MUG"])
def test_made_up_buttons_do_no_harm(front: Shopfront, arg: str) -> None:
    for verb in ("tell_when", "add_some"):
        assert front.says("ann", press=f"{verb}:{arg}").replies
    assert front.one("SELECT coalesce(max(quantity), 0) <= 1000 FROM chat.waiting") is True


def test_nobody_waits_for_more_than_twenty_products(front: Shopfront) -> None:
    with front.unit_of_work() as uow:
        for number in range(21):
            create_product(uow, make_product(product_id=f"P{number}", name=f"Thing {number}", quantity=0))
        uow.commit()
    said = [front.waits("ann", f"P{number}").text for number in range(21)]
    assert "I will tell you" in said[19]
    assert "You wait for 20 products already" in said[20]
    assert front.one("SELECT count(*) FROM chat.waiting") == 20


def test_a_wish_is_lost_demand_and_read_out_and_erased_with_its_owner(front: Shopfront) -> None:
    front.waits("ann", quantity=3)
    assert front.one("SELECT wanted * 100 + missing FROM shop.lost_demand") == 303
    data = front.says("ann", "my data").replies[0]
    assert "To be told when it is back\t3 × Red Mug" in data.text
    assert data.attachment is not None
    assert "3 × Red Mug" in data.attachment.content
    front.says("ann", "forget me", "yes")
    assert front.one("SELECT count(*) FROM chat.waiting") == 0
    front.comes(5)
    front.a_minute_later()
    assert front.told() == []
    assert front.one("SELECT count(*) FROM chat.identity WHERE sender_id = 'ann'") == 0


def test_old_wishes_are_forgotten(front: Shopfront) -> None:
    front.waits("ann")
    front.waits("bob")
    front.comes(1)
    front.a_minute_later()
    front.clock.passes(days=8)
    front.jobs.begin(SWEEP.due())
    front.jobs.all_done()
    assert front.one("SELECT count(*) FROM chat.waiting") == 1
    front.clock.moment += timedelta(days=180)
    front.jobs.begin(SWEEP.due())
    front.jobs.all_done()
    assert front.one("SELECT count(*) FROM chat.waiting") == 0


def test_jobs_hold_nothing_of_who_waits(front: Shopfront) -> None:
    front.waits("ann")
    front.comes(1)
    front.clock.passes(minutes=1)
    front.jobs.begin(TELL_WAITING.due())
    assert front.one("SELECT string_agg(args::text, '') FROM jobs.procrastinate_jobs") == "{}"


def test_analysts_see_nothing_of_who_waits(front: Shopfront) -> None:
    assert front.one("SELECT has_schema_privilege('parley_analyst', 'chat', 'USAGE')") is False
    assert front.one("SELECT has_table_privilege('parley_analyst', 'chat.waiting', 'SELECT')") is False
    assert front.one("SELECT has_table_privilege('parley_analyst', 'shop.purchase_order', 'SELECT')") is True
