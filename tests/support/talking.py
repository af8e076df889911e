"""One customer who talks to the rooms of the bot directly: turns as the engine makes them, on a shop in memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from bot.intents import INTENTS
from bot.messages import Choice, IncomingMessage, Reply
from bot.routing.questions import QUESTIONS
from bot.shop import Shop
from bot.turn import Turn
from domain.conversation import CartLine, ChatRef, Conversation
from domain.model import Order, OrderLine, Product
from domain.ports import UnitOfWork
from tests.support.factories import ADA, EMAIL, HASH_KEY, HASHED_EMAIL, NOW, TERMS, make_order, make_product
from tests.support.memory import MemoryUnitOfWork
from tests.support.reading import as_read

MUG = make_product(product_id="MUG", name="Red Mug", quantity=10)
BLUE = make_product(product_id="BLUE", name="Blue Mug", quantity=5, sale_price=Decimal("14.00"))
TEAPOT = make_product(product_id="TEAPOT", name="Glass Teapot", quantity=3, sale_price=Decimal("30.00"))
GONE = make_product(product_id="GONE", name="Coir Doormat", quantity=0)
OLD = make_product(product_id="OLD", name="Linen Apron", quantity=4, retired_at=NOW - timedelta(days=1))
ADDRESS = "12 Main St, Denver CO 80203"

SHOP = Shop(
    name="Fern",
    currency="USD",
    locale="en_US",
    time_zone=ZoneInfo("America/Denver"),
    support_hours="9 to 5",
    terms=TERMS,
    hash_key=HASH_KEY,
)


class Talker:
    """A customer's conversation; `turn` makes the turn of one message of theirs."""

    def __init__(self, *products: Product, cart: Mapping[str, int] | None = None, now: datetime = NOW) -> None:
        self.uow = MemoryUnitOfWork(*(products or (MUG, BLUE, TEAPOT, GONE, OLD)))
        self.now = now
        self.conversation = Conversation(
            chat=ChatRef(channel="web", chat_id="c1"), sender_id="ada", identity_id=ADA, updated_at=now
        )
        for product_id, quantity in (cart or {}).items():
            self.conversation.put(product_id, quantity)

    def ready(self) -> "Talker":
        """E-mail and address are known, and the checkout is on: the card comes next."""
        self.uow.people.emails[HASHED_EMAIL] = EMAIL
        self.uow.people.addresses[1] = ADDRESS
        self.conversation.hashed_email, self.conversation.masked_email = HASHED_EMAIL, "a***@example.com"
        self.conversation.address_id, self.conversation.checking_out = 1, True
        return self

    def has_order(self, quantities: Mapping[str, int] | None = None, **overrides: object) -> Order:
        """An order that was placed ten minutes ago, its stock taken; it ships to the known address."""
        placed_at = self.now - timedelta(minutes=10)
        values = {"placed_at": placed_at, "address_id": 1, "quote_id": "q_placed"} | overrides
        return self.uow.orders.add(make_order(quantities, **values))

    def changes(self, order: Order) -> "Talker":
        """The order is being changed, and nothing of it is different yet."""
        self.ready()
        self.conversation.changing, self.conversation.address_id = order.order_id, order.address_id
        self.conversation.cart = [
            CartLine(product_id=line.product_id, quantity=line.quantity, place=place)
            for place, line in enumerate(order.lines, 1)
        ]
        return self

    def turn(
        self, text: str = "", intent: str = "none", confidence: float = 1.0, *, pressed: Choice | None = None
    ) -> Turn:
        """The turn of a message that the model takes for `intent`; the learned reader reads it."""
        understanding = as_read(text, intent, confidence)
        message = IncomingMessage(id="m1", chat=self.conversation.chat, sender_id="ada", text=text, choice=pressed)
        return Turn(
            message=message,
            understanding=understanding,
            conversation=self.conversation,
            uow=cast(UnitOfWork, self.uow),
            shop=SHOP,
            now=self.now,
            cart_then=tuple(self.conversation.cart),
            intents=INTENTS,
            questions=QUESTIONS,
        )

    def passes(self, **duration: float) -> None:
        """Time goes by."""
        self.now += timedelta(**duration)

    def sets(self, product: Product, **facts: object) -> None:
        """Staff changed a product meanwhile."""
        self.uow.products.by_id[product.product_id] = replace(
            self.uow.products.by_id[product.product_id],
            **facts,  # type: ignore[arg-type]
        )


def line(product: Product, quantity: int) -> OrderLine:
    """An order line at the product's price."""
    return OrderLine(product_id=product.product_id, quantity=quantity, unit_price=product.sale_price)


def labels(*replies: Reply) -> list[str]:
    """The labels of all buttons."""
    return [button.label for reply in replies for button in reply.buttons]


def words_in(replies: list[Reply]) -> str:
    """All that is said, titles too."""
    return "\n".join(f"{reply.title}\n{reply.text}" for reply in replies)
