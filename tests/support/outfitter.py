"""A shop for the outdoors, whose things come in variants, and customers who proved their e-mail and ordered there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Engine as Database

from domain.conversation import CartLine, ChatRef
from domain.model import Order, Product, Terms
from domain.orders.ordering import Buyer, place_quote
from domain.orders.quoting import price_cart
from domain.orders.shipping import deliver_order, ship_order
from domain.people.identity import hash_email
from domain.records.payments import Method, MethodKind, Payment
from domain.records.returns import Return
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stage import START, Customer, Stage
from tests.support.stocking import create_product

# id, group, name, options, price, stock
THINGS = (
    ("JACKET-RED-M", "JACKET", "Rain Jacket", "color=red;size=M", "80.00", 5),
    ("JACKET-RED-L", "JACKET", "Rain Jacket", "color=red;size=L", "82.00", 5),
    ("JACKET-BLUE-M", "JACKET", "Rain Jacket", "color=blue;size=M", "79.50", 5),
    ("JACKET-BLUE-L", "JACKET", "Rain Jacket", "color=blue;size=L", "85.00", 0),
    ("JACKET-BLACK-M", "JACKET", "Rain Jacket", "color=black;size=M", "90.00", 3),
    ("LAMP-LOW", "LAMP", "Headlamp", "brightness=low;power source=battery", "20.00", 9),
    ("LAMP-MID", "LAMP", "Headlamp", "brightness=medium;power source=battery", "25.00", 9),
    ("LAMP-HIGH", "LAMP", "Headlamp", "brightness=high;power source=battery", "30.00", 9),
    ("LAMP-LOW-USB", "LAMP", "Headlamp", "brightness=low;power source=USB", "24.00", 9),
    ("STOVE-1", "STOVE", "Camp Stove", "burners=1;fuel=gas", "50.00", 9),
    ("STOVE-2", "STOVE", "Camp Stove", "burners=2;fuel=gas", "90.00", 9),
    ("BOTTLE-500", "BOTTLE", "Drinking Bottle", "capacity=500ml;material=steel", "15.00", 9),
    ("BOTTLE-1000", "BOTTLE", "Drinking Bottle", "capacity=1000ml;material=steel", "18.00", 9),
    ("BOTTLE-GLASS", "BOTTLE", "Drinking Bottle", "capacity=1000ml;material=glass", "17.00", 9),
    ("TENT-2", "TENT", "Tent", "persons=2", "200.00", 4),
    ("TENT-3", "TENT", "Tent", "persons=3", "260.00", 4),
    ("CAMP-MUG", "", "Camping Mug", "", "9.00", 30),
    ("SOCKS", "", "Wool Socks", "", "12.00", 30),
)
HOME, COTTAGE = "12 Main St, Denver CO 80203", "77 Oak Ave, Apt 5, New York NY 10001"


def stock_outfitter(database: Database) -> None:
    """Puts all that is sold on the shelves."""
    with PostgresUnitOfWork(database) as uow:
        for product_id, group, name, options, price, quantity in THINGS:
            pairs = tuple(part.partition("=") for part in options.split(";")) if options else ()
            product = Product(
                product_id=product_id,
                group_id=group,
                name=name,
                options=tuple((axis, value) for axis, _, value in pairs),
                category="outdoors",
                wholesale_cost=Decimal("1.00"),
                sale_price=Decimal(price),
                supplier_id="PEAK",
                quantity=quantity,
            )
            create_product(uow, product, actor="story", now=START)
        uow.commit()


@dataclass(frozen=True, kw_only=True)
class Hiker:
    """A customer with a proven e-mail, two addresses, a card, a gift card and PayPal."""

    stage: Stage
    chat: Customer
    identity_id: int
    hashed_email: str
    home: int
    cottage: int

    @property
    def terms(self) -> Terms:
        """The shop's rules."""
        return self.stage.engine._shop.terms

    def deals_in_variants_only(self) -> None:
        """Makes the shop a strict one: of an order nothing is taken out, and it is changed and comes back once."""
        shop = self.stage.engine._shop
        strict = replace(shop.terms, variants_only=True, changes_per_order=1, returns_per_order=1)
        self.stage.engine._shop = replace(shop, terms=strict)

    def says(self, *texts: str) -> Customer:
        """Says one after the other."""
        for text in texts:
            self.chat.says(text)
        return self.chat

    @property
    def asked(self) -> str | None:
        """What is asked."""
        assert self.chat.answer is not None
        return self.chat.answer.state.asked

    def orders(
        self, things: Mapping[str, int], *, state: str = "placed", paid: str = "card", to: int | None = None
    ) -> int:
        """Orders things, which are shipped and delivered where `state` says so; returns the order's number."""
        now = self.stage.clock.now()
        with PostgresUnitOfWork(self.stage.database) as uow:
            cart = [CartLine(product_id=one, quantity=many) for one, many in things.items()]
            quote = price_cart(uow, cart, identity_id=self.identity_id, terms=self.terms, now=now)
            uow.quotes.add(quote)
            buyer = Buyer(
                identity_id=self.identity_id,
                hashed_email=self.hashed_email,
                proven=True,
                address_id=to or self.home,
                method_id=f"{paid}-{self.chat.name}",
                source="story",
            )
            order, _ = place_quote(uow, quote.quote_id, buyer, terms=self.terms, now=now)
            if state in ("shipped", "delivered"):
                ship_order(uow, order.order_id, now=now)
            if state == "delivered":
                deliver_order(uow, order.order_id, now=now)
            uow.commit()
        return order.order_id

    def order(self, order_id: int) -> Order:
        """An order as it is kept."""
        with PostgresUnitOfWork(self.stage.database) as uow:
            order = uow.orders.get(order_id)
        assert order is not None
        return order

    def holds(self, order_id: int) -> dict[str, int]:
        """How many of what is in an order."""
        return {line.product_id: line.quantity for line in self.order(order_id).lines}

    def goes_to(self, order_id: int) -> str:
        """Where an order goes."""
        address_id = self.order(order_id).address_id
        assert address_id is not None
        with PostgresUnitOfWork(self.stage.database) as uow:
            return uow.people.address(address_id)

    def lives_at(self) -> list[str]:
        """Where the customer lives."""
        with PostgresUnitOfWork(self.stage.database) as uow:
            return [one.text for one in uow.people.addresses_of(self.hashed_email) if one.own]

    def returns(self, order_id: int) -> list[Return]:
        """What comes back of an order."""
        with PostgresUnitOfWork(self.stage.database) as uow:
            return list(uow.returns.of_order(order_id))

    def ledger(self, order_id: int) -> list[Payment]:
        """What was charged and given back for an order."""
        with PostgresUnitOfWork(self.stage.database) as uow:
            return uow.payments.of_order(order_id)


def hiker(stage: Stage, name: str = "bob") -> Hiker:
    """A customer who proved their e-mail and ordered here before."""
    email = f"{name}@example.com"
    hashed = hash_email(email, stage.engine._shop.hash_key)
    with PostgresUnitOfWork(stage.database) as uow:
        conversation = uow.conversations.lock(ChatRef(channel="story", chat_id=name), name, START)
        identity_id = conversation.identity_id
        uow.people.remember_email(hashed, email, START)
        uow.people.prove_email(identity_id, hashed, email, "code", START)
        for kind, label, balance in (
            (MethodKind.CARD, "Mastercard ending in 4242", None),
            (MethodKind.GIFT_CARD, "gift card", Decimal("40.00")),
            (MethodKind.ACCOUNT, "PayPal", None),
        ):
            method_id = f"{kind}-{name}"
            uow.payments.put_method(
                Method(method_id=method_id, hashed_email=hashed, kind=kind, label=label, balance=balance)
            )
        home = uow.people.remember_address(hashed, identity_id, HOME, START)
        uow.people.live_at(hashed, home, START)
        cottage = uow.people.remember_address(hashed, identity_id, COTTAGE, START)
        uow.commit()
    return Hiker(
        stage=stage,
        chat=stage.customer(name),
        identity_id=identity_id,
        hashed_email=hashed,
        home=home,
        cottage=cottage,
    )
