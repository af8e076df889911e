"""What is counted of conversations: how far they came on a day, and what was asked for and not there."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import event, text

from bot.engine import Answer, MessageEngine
from bot.messages import Choice, Command, IncomingMessage
from bot.shop import Shop
from domain.conversation import ChatRef
from domain.errors import OutOfStock, Shortage
from domain.model import Identity
from domain.records.privacy import visible_to
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_product
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs
from tests.support.stocking import create_product, retire_product

GROUP = ChatRef(channel="telegram", chat_id="-100", public=True)
COUNTS = ("turns", "misunderstood", "handed_off", "listed", "carted", "cards", "orders")


class Talk:
    """A customer in a chat, and what is counted."""

    def __init__(self, database: Database, shop: Shop = SHOP) -> None:
        self.clock = StillClock(NOW)
        self._database = database
        self._engine = MessageEngine(
            interpreter=CommandInterpreter(),
            unit_of_work=lambda: PostgresUnitOfWork(database),
            clock=self.clock,
            shop=shop,
        )
        self._sent = 0

    def says(self, said: str = "", *, press: str = "", who: str = "ann", **given: Any) -> Answer:
        self._sent += 1
        values: dict[str, Any] = {
            "id": f"m{self._sent}",
            "chat": ChatRef(channel="test", chat_id=who),
            "sender_id": who,
            "text": said,
            "choice": Choice.decode(press) if press else None,
        }
        return self._engine.handle(IncomingMessage(**values | given))

    def says_in_group(self, said: str, *, private: bool = True) -> Answer:
        alone = ChatRef(channel="telegram", chat_id="ann") if private else None
        return self.says(said, chat=GROUP, private_chat=alone)

    def to_card(self) -> str:
        """Orders two mugs up to the card; what its button is for."""
        self.says("order 2 MUG-RED")
        self.says("ann@example.com")
        card = self.says("address: 12 Main St, Denver CO 80203").replies[-1]
        return card.buttons[0].choice.encode()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self._database.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def days(self) -> list[dict[str, int]]:
        """What is counted, by day, without zeros."""
        rows = self.rows(f"SELECT {', '.join(COUNTS)} FROM shop.conversation_day ORDER BY day, channel, identity_id")
        return [{name: count for name, count in zip(COUNTS, row, strict=True) if count} for row in rows]

    def lost(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT product_id, wanted, missing FROM shop.lost_demand ORDER BY day, 1, identity_id")


@pytest.fixture
def talk(engine: Database) -> Talk:
    stock_mugs(engine)
    with PostgresUnitOfWork(engine) as uow:
        create_product(uow, make_product(name="Tea Cosy", quantity=0), actor="test", now=NOW)
        create_product(uow, make_product(name="Old Tray", quantity=1), actor="test", now=NOW)
        retire_product(uow, "OLD-TRAY", now=NOW)
        uow.commit()
    return Talk(engine)


def test_a_day_counts_each_step_from_hello_to_an_order(talk: Talk) -> None:
    talk.says("under $20")
    confirm = talk.to_card()
    talk.says("cart")  # shows the card again
    talk.says(press=confirm)
    talk.says("human")
    assert talk.days() == [{"turns": 7, "listed": 1, "carted": 1, "cards": 2, "orders": 1, "handed_off": 1}]
    assert talk.rows("SELECT channel, day FROM shop.conversation_day") == [("test", NOW.date())]


def test_a_day_counts_what_was_wanted(talk: Talk) -> None:
    talk.says("under $20")
    confirm = talk.to_card()
    talk.says("cart")
    talk.says("cart")
    talk.says(press=confirm)
    talk.says("lorem ipsum dolor")
    talk.says("undo")
    ((intents,),) = talk.rows("SELECT intents FROM shop.conversation_day")
    assert intents == {
        "price_filter": 1,
        "order": 1,
        "show_cart": 2,
        "button": 1,
        "not_understood": 1,
        "provide_address": 1,
        "other": 2,  # an e-mail, which the bot asked for, and undo
    }


def test_what_the_fallback_answered_is_misunderstood(talk: Talk) -> None:
    talk.says("lorem ipsum dolor")
    talk.says("help")
    assert talk.days() == [{"turns": 2, "misunderstood": 1}]


def test_a_day_ends_by_the_clock_of_the_shop(talk: Talk) -> None:
    talk.clock.moment = NOW + timedelta(hours=12)  # 23:00 in Denver, the next day in UTC
    talk.says("help")
    talk.clock.passes(hours=2)
    talk.says("help")
    talk.says("help")
    assert talk.days() == [{"turns": 1}, {"turns": 2}]
    assert talk.rows("SELECT min(day) FROM shop.conversation_day") == [(NOW.date(),)]


def test_a_message_that_comes_twice_counts_once(talk: Talk) -> None:
    for _ in range(2):
        talk.says("order 20 MUG-RED", id="again")
    assert talk.days() == [{"turns": 1}]
    assert talk.lost() == [("MUG-RED", 20, 10)]


def test_a_turn_that_the_shop_says_no_to_counts_and_so_does_what_was_missing(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.says("order 2 MUG-RED")
    no = OutOfStock((Shortage(product_id="MUG-RED", asked=30, available=10),))

    def refuse(*_: object) -> None:
        raise no

    with monkeypatch.context() as refusing:
        refusing.setattr("bot.shopping.basket.settle", refuse)
        assert "only this is left" in talk.says("add 28 MUG-RED").replies[0].text
    assert talk.days() == [{"turns": 2, "carted": 1}]
    assert talk.lost() == [("MUG-RED", 30, 20)]


def test_a_turn_that_breaks_counts_nothing_until_it_is_answered(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("bot.engine.state_of", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            talk.says("order 20 MUG-RED", id="m")
    assert (talk.days(), talk.lost()) == ([], [])
    talk.says("order 20 MUG-RED", id="m")
    assert talk.days() == [{"turns": 1}]


def test_staff_and_what_a_person_answers_are_no_turns_of_the_bot(engine: Database) -> None:
    talk = Talk(engine, replace(SHOP, support=True))
    talk.says("", command=Command(name="inventory"), chat=ChatRef(channel="slack", chat_id="D1"))
    assert talk.days() == []
    said = ("human", "where is my parcel", "it is a red one", "you there?")
    answered = [bool(talk.says(one).replies) for one in said]
    assert not answered[-1]
    assert talk.days() == [{"turns": sum(answered), "handed_off": 1}]


def test_two_chats_of_one_person_at_once_lose_no_turn(talk: Talk) -> None:
    def say(number: int) -> None:
        talk.says("help", id=f"x{number}", chat=ChatRef(channel="test", chat_id=f"chat {number % 4}"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(say, range(24)))
    assert talk.days() == [{"turns": 24}]


def test_where_others_read_along_the_same_is_counted_once(talk: Talk) -> None:
    talk.says_in_group("add 20 MUG-RED")
    assert talk.says_in_group("add 2 TEA-COSY").private_chat is None
    talk.says_in_group("add 2 MUG-RED")
    assert talk.days() == [{"turns": 3, "carted": 1}]
    moved = talk.says_in_group("order 1 MUG-RED")  # asks for the e-mail, so it goes on in private, with the cart
    assert moved.private_chat is not None
    assert talk.days() == [{"turns": 4, "carted": 2}]
    talk.says_in_group("my data")
    assert talk.days() == [{"turns": 5, "carted": 2}]
    assert talk.lost() == [("MUG-RED", 20, 10), ("TEA-COSY", 2, 2)]


def test_moving_the_cart_into_the_private_chat_gains_nothing(talk: Talk) -> None:
    talk.says_in_group("add 2 MUG-RED")
    assert talk.says_in_group("checkout").private_chat is not None
    assert talk.days() == [{"turns": 2, "carted": 1}]


def test_more_than_there_is_counts_once_a_customer_product_and_day_with_the_greatest_lack(talk: Talk) -> None:
    talk.says("order 12 MUG-RED")
    talk.says("no")
    talk.says("order 40 MUG-RED")
    talk.says("no")
    talk.says("order 15 MUG-RED")
    talk.says("order 11 MUG-RED", who="bob")
    talk.clock.passes(days=1)
    talk.says("order 13 MUG-RED")
    assert talk.lost() == [("MUG-RED", 40, 30), ("MUG-RED", 11, 1), ("MUG-RED", 13, 3)]


def test_what_is_sold_out_is_missed_whole_and_what_is_no_longer_sold_is_not(talk: Talk) -> None:
    talk.says(press="add:TEA-COSY")
    talk.says(press="add:OLD-TRAY")
    assert talk.lost() == [("TEA-COSY", 1, 1)]


def test_changing_a_quantity_and_confirming_too_late_count(talk: Talk, engine: Database) -> None:
    confirm = talk.to_card()
    with engine.begin() as connection:
        connection.execute(text("UPDATE shop.product SET quantity = 1 WHERE product_id = 'MUG-RED'"))
    assert talk.says(press=confirm).state.order is None
    assert talk.lost() == [("MUG-RED", 2, 1)]
    talk.says("add 9 MUG-RED")
    assert talk.lost() == [("MUG-RED", 10, 9)]
    assert talk.days() == [{"turns": 5, "carted": 1, "cards": 2}]


def test_looking_around_and_absurd_numbers_are_no_demand_and_cost_no_statement(talk: Talk, engine: Database) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(str(call[2])))
    talk.says("do you have TEA-COSY")
    talk.says("order 1001 MUG-RED")
    talk.says("order 2 MUG-RED")
    assert not [one for one in statements if "lost_demand" in one]
    assert all(one.startswith("PREPARE save_turn") for one in statements if "conversation_day" in one)
    assert talk.lost() == []


def test_a_person_is_told_what_is_counted_and_forgetting_them_leaves_the_numbers(talk: Talk, engine: Database) -> None:
    talk.says("order 20 MUG-RED")
    talk.says("help", who="bob")
    with PostgresUnitOfWork(engine) as uow:
        running = uow.conversations.lock(ChatRef(channel="test", chat_id="ann"), "ann", NOW)
        kept = uow.privacy.data(visible_to(Identity(identity_id=running.identity_id))).counted
        assert [one.about for one in kept] == ["a day in test", "asked for and not there"]
        assert kept[0].text.startswith("messages: 1, not understood: 0")
        assert kept[1].text == "MUG-RED: 10 of 20"
        uow.privacy.erase(uow.privacy.reach_of(Identity(identity_id=running.identity_id)))
        uow.conversations.save(running, NOW, message_id="m99", day=NOW.date())
        uow.commit()
    known = "SELECT identity_id IS NULL, turns FROM shop.conversation_day ORDER BY 1"
    assert talk.rows(known) == [(False, 1), (True, 1)]
    assert talk.rows("SELECT identity_id, missing FROM shop.lost_demand") == [(None, 10)]
