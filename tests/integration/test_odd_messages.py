"""Odd messages by the thousand, each understood as something else: nobody sees an exception, and nothing changes."""

import random
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import MessageEngine
from bot.intents import INTENTS
from bot.messages import Choice, Command, IncomingMessage, Verb
from domain.conversation import ChatRef
from nlu.understanding import Entity, Guess, NluUnavailable, Understanding
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

MESSAGES = 1_500
PEOPLE = 50
PIECES = (
    "",
    " ",
    "\t\n\r",
    "\x00",
    "\x1b[31m",
    "\u202e\u2066abc\u2069",
    "\ud800",
    "🫖" * 40,
    "א" * 30,
    "ﷺ",
    "Z̷̡̛a̸l̶g̵o̷",
    "'; DROP TABLE shop.product; --",
    "' OR 1=1 --",
    "{{ 7*7 }} ${7*7} <%= 7*7 %> %s %n {0} {name}",
    "<script>alert(1)</script>",
    "<!channel> <@U999> <mailto:a@b.c|x>",
    "../../etc/passwd",
    "x" * 3000,
    "9" * 400,
    "-1",
    "0",
    "1e999",
    "NaN",
    "٣",
    "½",
    "mug",
    "teapot",
    "\\",
    "%",
    "_",
    "/inventory remove MUG-RED",
    "confirm:",
    "🇩🇪",
    "\ufeff",
    "\u200b",
)
KEPT = tuple(piece for piece in PIECES if piece not in ("\x00", "\ud800"))  # what the engine lets through to the NLU
VALUES = {
    "product": KEPT,
    "quantity": ("0", "1", "3", "100000", "9" * 30),
    "reference": ("1", "9", "last", "all", "it", "cart", "0", "77"),
    "price": ("0", "0.01", "20", "1" + "0" * 30),
    "price_order": ("asc", "desc", "cheaper", "dearer"),
    "order_number": ("0", "1001", "9" * 30),
    "order_time": ("last", "today", "yesterday", "all", "duplicate"),
    "email": ("a@b", "@", "x" * 300 + "@example.com", "a@b@c", *KEPT),
    "address": KEPT,
    "zip": ("00000", "x" * 50),
    "notify": ("yes",),
}
ROLES = ("", "with", "set", "add", "subtract", "times", "below", "at_most", "above", "at_least", "exactly")
VERBS = (
    "yes no add pick checkout change other stop drop clear undo cancel cancel_yes orders reorder more popular intent "
    "handoff_end handoff_resolve inv_undo inv_list ord_ship ord_deliver confirm nonsense"
).split()


class Scrambler:
    """Understands anything as anything."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def understand(self, said: str) -> Understanding:
        """One of the shop's intents, entities at random, and sometimes nothing at all."""
        chance = self._chance
        if chance.random() < 0.05:
            raise NluUnavailable("at random")
        names = [name for name in VALUES if chance.random() < 0.2]
        entities = tuple(
            Entity(name=name, value=chance.choice(VALUES[name]), role=chance.choice(ROLES), group=chance.choice("012"))
            for name in names
            for _ in range(chance.randint(1, 3))
        )
        ranking = tuple(Guess(intent=chance.choice(list(INTENTS)), confidence=chance.random()) for _ in range(3))
        return Understanding(text=said, ranking=ranking, entities=entities)


def odd_messages(chance: random.Random) -> Iterator[IncomingMessage]:
    """Texts, presses and staff commands that no adapter would make, from a few dozen people."""
    for number in range(MESSAGES):
        said = "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 4)))
        if number % 500 == 0:
            said = "mug " * 25_000
        kind, sender = chance.random(), f"u{chance.randrange(PEOPLE)}"
        arg = chance.choice(("", "MUG-RED", "1001", "T1", "affirm", "../x", "9" * 30, "ü"))
        choice = Choice(verb=Verb(chance.choice(VERBS)), arg=arg) if 0.7 < kind < 0.9 else None
        name = chance.choice(("inventory", "orders", "parley", "nonsense"))
        command = Command(name=name, text=said, fields=(("price", said),), file=said) if kind >= 0.9 else None
        yield IncomingMessage(
            id=f"m{number}",
            chat=ChatRef(channel=chance.choice(("slack", "telegram", "web")), chat_id=f"c{sender}"),
            sender_id=sender,
            text=said if choice is None and command is None else "",
            choice=choice,
            command=command,
            proven_email=chance.choice(("", "", "", "no address", "carla@example.com")),
        )


@pytest.mark.parametrize("seed", [20261121])
def test_odd_messages_hurt_nobody(engine: Database, unit_of_work: Callable[[], PostgresUnitOfWork], seed: int) -> None:
    stock_mugs(engine)
    chance = random.Random(seed)
    bot = MessageEngine(interpreter=Scrambler(chance), unit_of_work=unit_of_work, clock=StillClock(NOW), shop=SHOP)
    before = state(engine)

    for message in odd_messages(chance):
        bot.handle(message)

    assert state(engine) == before


def state(engine: Database) -> list[object]:
    """What none of this may change: products and their stock, orders, roles."""
    with engine.connect() as connection:
        return [
            list(connection.execute(text(f"SELECT * FROM {table} ORDER BY 1")))
            for table in ("shop.product", "shop.stock_movement", "shop.orders", "chat.staff_role")
        ]
