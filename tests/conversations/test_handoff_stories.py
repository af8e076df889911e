"""A person takes over: the bot is silent, both sides hear each other, and the way back is announced."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine as Database

from bot.engine import MessageEngine
from bot.messages import Reply
from bot.support.desk import SupportDesk
from domain.orders.shipping import ship_order
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.rooms import StaffedJobs
from tests.support.stage import Customer, Stage

SUE = "slack:USUE"


class Support:
    """Sue in the support channel, and the jobs between her and the customers."""

    def __init__(self, shop: Stage, database: Database, url: str) -> None:
        staffed = replace(shop.engine._shop, support=True, staff={SUE: frozenset({"support"})})
        self.jobs = StaffedJobs(url, database, staffed, shop.clock)
        self._shop = shop
        shop.engine = MessageEngine(
            interpreter=shop.interpreter,
            unit_of_work=lambda: PostgresUnitOfWork(database, self.jobs.enqueue),
            clock=shop.clock,
            shop=staffed,
        )
        self._desk = SupportDesk(lambda: PostgresUnitOfWork(database, self.jobs.enqueue), shop.clock, staffed)

    @property
    def tickets(self) -> list[Reply]:
        """The cards in the support channel."""
        self.jobs.all_done()
        return self.jobs.room.in_channel("C-SUPPORT")

    def reads(self, thread: str = "C-SUPPORT:1.0") -> list[str]:
        """What stands below a card."""
        self.jobs.all_done()
        return self.jobs.room.in_thread(thread)

    def writes(self, words: str, thread: str = "C-SUPPORT:1.0") -> bool:
        self.jobs.all_done()
        return self._desk.said(thread, SUE, words, f"ts{next(self._shop.ids)}")

    def resolves(self, ticket_id: int = 1) -> str:
        self.jobs.all_done()
        return self._desk.resolve(ticket_id, SUE)

    def ships(self, order_id: str) -> None:
        with PostgresUnitOfWork(self._shop.database, self.jobs.enqueue) as uow:
            ship_order(uow, int(order_id), now=self._shop.clock.now())
            uow.commit()
        self.jobs.all_done()

    def reached(self, customer: Customer) -> list[str]:
        """What was brought to a customer without their asking."""
        self.jobs.all_done()
        return self.jobs.sender.texts(customer.name)


@pytest.fixture
def support(shop: Stage, engine: Database, database_url: str) -> Support:
    return Support(shop, engine, database_url)


def test_bob_asks_for_a_person_talks_with_sue_and_returns_to_the_bot(bob: Customer, support: Support) -> None:
    bob.says("order 2 red enamel mugs").says("I want to talk to a human")
    bob.hears("ticket T1", "9 to 17", "silent", "Your cart is kept", "[Back to the bot]")
    [card] = support.tickets
    assert "“I want to talk to a human”" in card.text
    assert "2 × Red Enamel Mug\t$24.00" in card.text
    bob.says("can you engrave them?").hears("passed that on")
    assert bob.says("with my name").replies == ()
    assert support.reads() == ["can you engrave them?\nwith my name"]
    support.writes("We can, for $3 each")
    assert support.reached(bob) == ["We can, for $3 each"]
    assert bob.says("great, thanks!").replies == ()
    support.resolves()
    assert "T1 is closed" in support.reached(bob)[1]
    assert "2 × Red Enamel Mug" in support.reached(bob)[2]
    bob.says("show my cart").hears("2 × Red Enamel Mug", "$24.00")


def test_the_bot_does_nothing_with_what_is_said_to_the_person(bob: Customer, support: Support, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot").says("human")
    for said in ("yes", "yes please place it", "cancel everything", "add 5 mugs"):
        bob.says(said).hears_no("is placed", "cart", "mug")
    assert shop.orders() == 0
    bob.says("back to the bot").hears("1 × Glass Teapot", "$34.50")


def test_the_customer_may_place_the_order_while_a_person_helps(bob: Customer, support: Support, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot").says("human")
    bob.presses_old("Place order", 1).hears("is placed")
    assert shop.orders() == 1
    assert bob.says("did it work?").hears("passed that on")


def test_bob_thinks_better_of_it(bob: Customer, support: Support) -> None:
    bob.says("human").presses("Back to the bot").hears("back with me", "closed ticket T1")
    bob.says("do you have aprons?").hears("Linen Apron")
    assert support.reads() == ["The customer went back to the bot, and the ticket is closed."]
    assert "resolved already" in support.resolves()


def test_a_button_of_the_ladder_calls_a_person_too(bob: Customer, support: Support) -> None:
    bob.says("blorp fnord").says("wibble flarp").hears("[Talk to a person]")
    bob.presses("Talk to a person").hears("ticket T1", "silent")
    assert len(support.tickets) == 1


def test_two_customers_have_two_threads_and_hear_their_own_answers(
    bob: Customer, eve: Customer, support: Support
) -> None:
    bob.says("human").says("bob here")
    assert len(support.tickets) == 1
    eve.says("human").says("eve here")
    support.reads()
    threads = [thread for _, thread, _ in support.jobs.room.posts if thread is not None]
    assert len(set(threads)) == 2
    support.writes("hello eve", threads[-1])
    assert support.reached(eve) == ["hello eve"]
    assert support.reached(bob) == []


def test_another_chat_of_the_same_customer_still_has_the_bot(bob: Customer, support: Support, shop: Stage) -> None:
    bob.says("human")
    shop.customer("bob", "elsewhere").says("do you have aprons?").hears("Linen Apron")


def test_the_person_is_reached_without_the_nlu_server(bob: Customer, support: Support, shop: Stage) -> None:
    shop.interpreter.down = True
    bob.says("human").hears("ticket T1")
    assert bob.says("nothing works").hears("passed that on").hears_no("reduced mode")


def test_an_order_on_its_way_is_told_although_nobody_asked(bob: Customer, support: Support) -> None:
    number = bob.knows_contact().has_ordered("order a glass teapot")
    support.ships(number)
    [(_, told)] = support.jobs.sender.sent
    assert told.title == f"Order #{number} is on its way"


def test_a_person_reads_quotes_and_emoji_as_they_were_written(bob: Customer, support: Support) -> None:
    bob.says("human").says("> 2 red enamel mugs\nthis one ❤️").hears("passed that on")
    assert support.reads() == ["> 2 red enamel mugs\nthis one ❤️"]


@pytest.mark.parametrize(
    "words",
    [
        "get me someone from the team - second thoughts, leave it",
        "the teapot arrived cracked, no wait, that is the pattern",
        "I want to talk to somebody. no, not really, never mind",
    ],
)
def test_who_turns_round_in_the_same_breath_is_asked_first(bob: Customer, words: str) -> None:
    bob.says(words).hears_no("ticket T1")
