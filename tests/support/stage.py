"""The stage for stories: a small shop on real Postgres, understood by real Rasa, with a clock that stories move."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import Answer, MessageEngine
from bot.intents import INTENTS
from bot.messages import Choice, IncomingMessage, Reply
from bot.shop import Shop
from bot.support.notices import how_was, leave
from bot.turn import Intent
from domain.conversation import ChatRef
from domain.model import Product, Terms
from domain.orders.shipping import deliver_order, ship_order
from domain.products.options import options_from
from domain.records.campaigns import Campaign
from domain.records.promotions import Promotion
from nlu.understanding import Interpreter, NluUnavailable, Understanding
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_promotion
from tests.support.stocking import create_product, edit_product, restock, retire_product

# id, name, category, price, stock
CATALOGUE = [
    ("MUG-RED", "Red Enamel Mug", "kitchen", "12.00", 40),
    ("MUG-BLU", "Blue Enamel Mug", "kitchen", "12.00", 5),
    ("MUG-GRN", "Green Stoneware Mug", "kitchen", "15.50", 30),
    ("TEAPOT", "Glass Teapot", "kitchen", "34.50", 9),
    ("TINS-3", "Set of 3 Cake Tins", "kitchen", "22.00", 25),
    ("LUNCH-DOT", "Dotty Lunch Bag", "bags", "9.00", 60),
    ("LUNCH-FOX", "Fox Lunch Bag", "bags", "9.50", 60),
    ("LUNCH-SEA", "Seaside Lunch Bag", "bags", "10.00", 60),
    ("LUNCH-CAR", "Racing Cars Lunch Bag", "bags", "8.50", 60),
    ("APRON", "Linen Apron", "kitchen", "28.00", 12),
    ("CARD-FERN", "Fern Greeting Card", "paper", "3.20", 500),
    ("NOTE-A5", "Ruled Notebook", "paper", "7.80", 120),
    ("CANDLE", "Beeswax Candle", "home", "11.25", 1),
    ("DOORMAT", "Coir Doormat", "home", "24.00", 0),
    ("RECIPE", "Wooden Recipe Box", "kitchen", "19.90", 18),
]
START = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)  # 11:00 in Denver


class StoryClock:
    """A clock that stands still until a story moves it."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment


class SwitchableInterpreter:
    """Real Rasa, which a story can switch off."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self.down = False

    def understand(self, said: str) -> Understanding:
        if self.down:
            raise NluUnavailable("switched off by the story")
        return self._interpreter.understand(said)


class Customer:
    """Somebody in a chat: `says`, `presses`, and `hears` what came back."""

    def __init__(self, stage: "Stage", name: str, chat: str) -> None:
        self._stage = stage
        self.name = name
        self._chat = chat
        self.answer: Answer | None = None
        self.pages: list[tuple[Reply, ...]] = []

    def says(self, said: str) -> "Customer":
        return self._send(said, None)

    def presses(self, label: str) -> "Customer":
        """Presses the button of that label in the last answer."""
        for reply in self.replies:
            for button in reply.buttons:
                if button.label == label:
                    return self._send("", button.choice)
        raise AssertionError(f"{self.name} sees no button {label!r}, only {self.buttons}")

    def presses_old(self, label: str, pages_ago: int) -> "Customer":
        """Presses a button of an older answer: 1 is the one before the last."""
        for reply in self.pages[-1 - pages_ago]:
            for button in reply.buttons:
                if button.label == label:
                    return self._send("", button.choice)
        raise AssertionError(f"no button {label!r} in that answer")

    def _send(self, said: str, choice: Choice | None) -> "Customer":
        self.answer = self._stage.engine.handle(
            IncomingMessage(
                id=f"m{next(self._stage.ids)}",
                chat=ChatRef(channel="story", chat_id=self._chat),
                sender_id=self.name,
                text=said,
                choice=choice,
            )
        )
        self.pages.append(self.answer.replies)
        return self

    @property
    def replies(self) -> tuple[Reply, ...]:
        return self.pages[-1] if self.pages else ()

    @property
    def heard(self) -> str:
        """The last answer as one text: titles, texts and button labels."""
        return "\n".join(
            "\n".join([reply.title, reply.text, " ".join(f"[{button.label}]" for button in reply.buttons)])
            for reply in self.replies
        )

    @property
    def buttons(self) -> list[str]:
        return [button.label for reply in self.replies for button in reply.buttons]

    def hears(self, *pieces: str) -> "Customer":
        """Every piece is in the last answer as whole words, whatever their case: "4" is not in "14"."""
        missing = [piece for piece in pieces if not re.search(_whole(piece), self.heard, re.IGNORECASE)]
        assert not missing, f"{self.name} did not hear {missing} in:\n{self.heard}"
        return self

    def hears_no(self, *pieces: str) -> "Customer":
        """No piece is in the last answer."""
        present = [piece for piece in pieces if piece.casefold() in self.heard.casefold()]
        assert not present, f"{self.name} heard {present} in:\n{self.heard}"
        return self

    def knows_contact(self) -> "Customer":
        """Gives e-mail and address, as customers of earlier orders have."""
        self.says(f"{self.name}@example.com").says("ship to 12 Main St, Denver CO 80203")
        return self.hears("noted")

    def has_ordered(self, said: str) -> str:
        """Orders and confirms; returns the order's number."""
        self.says(said).presses("Place order").hears("is placed")
        return self.replies[0].title.split("#")[1].split()[0]


class Stage:
    """The shop of a story."""

    def __init__(
        self, engine: MessageEngine, database: Database, clock: StoryClock, interpreter: SwitchableInterpreter
    ):
        self.engine = engine
        self.database = database
        self.clock = clock
        self.interpreter = interpreter
        self.ids = itertools.count(1)

    def customer(self, name: str, chat: str | None = None) -> Customer:
        """Somebody in a chat of their own, or in the one that is named."""
        return Customer(self, name, chat or name)

    def passes(self, **duration: float) -> None:
        """Time goes by."""
        self.clock.moment += timedelta(**duration)

    def stock(self, product_id: str) -> int:
        return int(self._one("SELECT quantity FROM shop.product WHERE product_id = :it", product_id))

    def orders(self) -> int:
        """How many orders exist that are not cancelled."""
        return int(self._one("SELECT count(*) FROM shop.orders WHERE state <> :it", "cancelled"))

    def _one(self, query: str, it: str) -> int:
        with self.database.connect() as connection:
            return int(connection.execute(text(query), {"it": it}).scalar_one())

    def sells(self, product_id: str, price: str, quantity: int, name: str = "", category: str = "") -> None:
        """One more product is in the shop."""
        with PostgresUnitOfWork(self.database) as uow:
            create_product(uow, _product(product_id, name, category, price, quantity), actor="story", now=START)
            uow.commit()

    def sells_variants(
        self, group_id: str, name: str, variants: Mapping[str, tuple[str, int]], category: str = ""
    ) -> None:
        """A thing is in the shop in variants: price and stock of each, by its options as files write them."""
        with PostgresUnitOfWork(self.database) as uow:
            for number, (options, (price, quantity)) in enumerate(variants.items(), 1):
                plain = _product(f"{group_id}-{number:02}", name, category, price, quantity)
                variant = replace(plain, group_id=group_id, options=options_from(options))
                create_product(uow, variant, actor="story", now=START)
            uow.commit()

    def promotes(self, **values: Any) -> Promotion:
        """A promotion begins: ten percent with the code SPRING10, unless it is said otherwise."""
        with PostgresUnitOfWork(self.database) as uow:
            promotion = uow.promotions.add(make_promotion(**values))
            uow.commit()
        return promotion

    def ends(self, promotion: Promotion) -> None:
        """A promotion is over before its time."""
        with PostgresUnitOfWork(self.database) as uow:
            uow.promotions.save(replace(promotion, ended_at=self.clock.now()))
            uow.commit()

    def uses(self, promotion: Promotion) -> int:
        """How many orders use a promotion."""
        counted = "SELECT count(*) FROM shop.promotion_use WHERE given_back_at IS NULL AND promotion_id = :it"
        return self._one(counted, str(promotion.promotion_id))

    def retires(self, product_id: str) -> None:
        """A product is no longer sold."""
        with PostgresUnitOfWork(self.database) as uow:
            retire_product(uow, product_id, now=self.clock.now())
            uow.commit()

    def finds_in_chat_tables(self, words: str) -> bool:
        """Whether what the bot remembers of its conversations holds these words anywhere."""
        with self.database.connect() as connection:
            rows = connection.execute(text("SELECT CAST(c AS text) FROM chat.conversation c")).scalars()
            return any(words.casefold() in row.casefold() for row in rows)

    def sets_price(self, product_id: str, price: str) -> None:
        with PostgresUnitOfWork(self.database) as uow:
            product = uow.products.get([product_id])[product_id]
            edit_product(uow, replace(product, sale_price=Decimal(price)))
            uow.commit()

    def sells_elsewhere(self, product_id: str, quantity: int) -> None:
        """Somebody else takes stock away, at most all of it."""
        with PostgresUnitOfWork(self.database) as uow:
            there = uow.products.get([product_id])[product_id].quantity
            restock(uow, product_id, -min(quantity, there), actor="story", now=self.clock.now())
            uow.commit()

    def delivers(self, order_id: str) -> None:
        """An order is shipped and comes."""
        self.ships(order_id)
        with PostgresUnitOfWork(self.database) as uow:
            deliver_order(uow, int(order_id), now=self.clock.now())
            uow.commit()

    def asks_how_it_was(self, customer: "Customer", order_id: str, chat: str | None = None) -> None:
        """The shop asks a customer on its own how an order was."""
        with PostgresUnitOfWork(self.database) as uow:
            there = ChatRef(channel="story", chat_id=chat or customer.name)
            conversation = uow.conversations.lock(there, customer.name, self.clock.now())
            order = uow.orders.get(int(order_id))
            assert order is not None
            products = uow.products.get([line.product_id for line in order.lines])
            told = how_was(Campaign(name="asked"), order, products)
            leave(uow, conversation, f"asked-{next(self.ids)}", told, self.clock.now())
            uow.commit()
        customer.pages.append(tuple(told))

    def ships(self, order_id: str) -> None:
        with PostgresUnitOfWork(self.database) as uow:
            ship_order(uow, int(order_id), now=self.clock.now())
            uow.commit()


def _product(product_id: str, name: str, category: str, price: str, quantity: int) -> Product:
    return Product(
        product_id=product_id,
        name=name,
        category=category,
        wholesale_cost=Decimal("1.00"),
        sale_price=Decimal(price),
        supplier_id="STORY",
        quantity=quantity,
    )


def stage(engine: Database, rasa: Interpreter, *, intents: Mapping[str, Intent] = INTENTS) -> Stage:
    """A fresh shop with the story catalogue."""
    clock = StoryClock()
    interpreter = SwitchableInterpreter(rasa)
    with PostgresUnitOfWork(engine) as uow:
        for product_id, name, category, price, quantity in CATALOGUE:
            create_product(uow, _product(product_id, name, category, price, quantity), actor="story", now=START)
        uow.commit()
    message_engine = MessageEngine(
        interpreter=interpreter,
        intents=intents,
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        clock=clock,
        shop=Shop(
            name="Story Shop",
            currency="USD",
            locale="en_US",
            time_zone=ZoneInfo("America/Denver"),
            support_hours="on weekdays from 9 to 17",
            hash_key=b"story key of thirty-two characters",
            terms=Terms(
                cancel_window=timedelta(minutes=30),
                quote_hold=timedelta(minutes=15),
                most_per_line=1000,
                ask_above=50,
            ),
        ),
    )
    return Stage(message_engine, engine, clock, interpreter)


def _whole(piece: str) -> str:
    return ("(?<!\\w)" if piece[:1].isalnum() else "") + re.escape(piece) + ("(?!\\w)" if piece[-1:].isalnum() else "")
