"""A unit of work in memory, for tests of rooms that need a shop and no database; it counts what is written."""

import copy
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from domain.conversation import ChatRef, Conversation
from domain.errors import Shortage
from domain.events import Event
from domain.model import Identity, Order, OrderState, Product, Quote, StockMovement
from domain.products import catalogue
from domain.products.catalogue import words
from domain.products.product_ids import same
from domain.promotions.codes import normal
from domain.records.answers import Answer, Question
from domain.records.payments import EVERYBODYS, Method, Payment
from domain.records.promotions import Promotion
from domain.records.rates import Rate
from domain.records.returns import Return
from domain.records.tickets import Note, Ticket
from domain.records.waiting import Waiting

id_key, name_key = lru_cache(maxsize=None)(catalogue.id_key), lru_cache(maxsize=None)(catalogue.name_key)


class _Part:
    """A part of the shop that notes what writes to it."""

    def __init__(self, writes: list[str]) -> None:
        self._writes = writes


class MemoryProducts(_Part):
    """Products by id; also the catalogue, which finds those that share a word with a phrase."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.by_id: dict[str, Product] = {}

    def get(self, product_ids: Sequence[str]) -> dict[str, Product]:
        return {one: self.by_id[one] for one in product_ids if one in self.by_id}

    lock = get

    def spelled(self, written: str) -> Product | None:
        return next((one for one in self.by_id.values() if same(one.product_id) == same(written)), None)

    def save(self, products: Sequence[Product]) -> None:
        self._writes.append("products.save")
        self.by_id |= {product.product_id: product for product in products}

    def move(self, movements: Sequence[StockMovement]) -> None:
        self._writes.append("products.move")
        for movement in movements:
            product = self.by_id[movement.product_id]
            self.by_id[movement.product_id] = replace(product, quantity=product.quantity + movement.delta)

    def candidates(self, phrase: str, limit: int) -> list[Product]:
        said = {word[:4] for word in words(phrase)}
        return [
            product
            for product in self.by_id.values()
            if product.retired_at is None
            and (same(product.product_id) == same(phrase) or said & {word[:4] for word in words(product.title)})
        ][:limit]

    def named(self, names: Collection[str], ids: Collection[str]) -> list[Product]:
        return [
            product
            for product in self.by_id.values()
            if name_key(product.name) in names or id_key(product.product_id) in ids
        ]

    def described(self, said: Sequence[str], limit: int) -> dict[str, dict[str, bool]]:
        found: dict[str, dict[str, bool]] = {word: {} for word in said}
        for word in said:
            for product in self.by_id.values():
                named = set(words(word)) <= set(words(f"{product.title} {product.category}"))
                if product.quantity and (named or set(words(word)) <= set(words(product.description))):
                    found[word][product.product_id] = named
        return found

    def categories(self) -> list[tuple[str, int]]:
        return []


class MemoryQuotes(_Part):
    """Quotes by id."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.by_id: dict[str, Quote] = {}

    def add(self, quote: Quote) -> None:
        self._writes.append("quotes.add")
        self.by_id[quote.quote_id] = quote

    def get(self, quote_id: str) -> Quote | None:
        return self.by_id.get(quote_id)


class MemoryPayments(_Part):
    """Ledgers by order, and methods by id."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.lines: dict[int, Payment] = {}
        self.by_id: dict[str, Method] = {}

    def of_order(self, order_id: int) -> list[Payment]:
        return [one for _, one in sorted(self.lines.items()) if one.order_id == order_id]

    def of_orders(self, order_ids: Collection[int]) -> dict[int, list[Payment]]:
        return {one: found for one in order_ids if (found := self.of_order(one))}

    def add(self, payments: Sequence[Payment]) -> list[Payment]:
        self._writes.append("payments.add")
        added = [replace(one, payment_id=len(self.lines) + number) for number, one in enumerate(payments, 1)]
        self.lines |= {one.payment_id: one for one in added}
        return added

    def save(self, payment: Payment) -> None:
        self._writes.append("payments.save")
        self.lines[payment.payment_id] = payment

    def methods(self, method_ids: Collection[str]) -> dict[str, Method]:
        return {one: found for one in method_ids if (found := (EVERYBODYS | self.by_id).get(one))}

    lock_methods = methods

    def methods_of(self, hashed_email: str) -> list[Method]:
        return [one for _, one in sorted(self.by_id.items()) if one.hashed_email == hashed_email]

    def put_method(self, method: Method) -> None:
        self._writes.append("payments.put_method")
        self.by_id[method.method_id] = method

    def move_balance(self, method_id: str, delta: Decimal) -> None:
        self._writes.append("payments.move_balance")
        method = self.by_id[method_id]
        self.by_id[method_id] = replace(method, balance=(method.balance or Decimal(0)) + delta)


class MemoryOrders(_Part):
    """Orders by number, from 1000 on."""

    def __init__(self, writes: list[str], payments: MemoryPayments) -> None:
        super().__init__(writes)
        self._payments = payments
        self.by_id: dict[int, Order] = {}
        self.listed = 0  # how often somebody's orders were asked for

    def get(self, order_id: int) -> Order | None:
        return self.by_id.get(order_id)

    lock = get

    def add(self, order: Order, charge: Payment | None = None) -> Order:
        self._writes.append("orders.add")
        placed = replace(order, order_id=1000 + len(self.by_id))
        self.by_id[placed.order_id] = placed
        if charge is not None:
            number = len(self._payments.lines) + 1
            self._payments.lines[number] = replace(charge, payment_id=number, order_id=placed.order_id)
        return placed

    def of_quote(self, quote_id: str) -> Order | None:
        return next((order for order in self.by_id.values() if order.quote_id == quote_id), None)

    def of_identity(self, identity: Identity, limit: int, offset: int = 0) -> list[Order]:
        self.listed += 1
        theirs = [
            order
            for order in self.by_id.values()
            if order.identity_id == identity.identity_id
            or (identity.proven_email is not None and order.hashed_email == identity.proven_email)
        ]
        return sorted(theirs, key=lambda order: -order.order_id)[offset : offset + limit]

    def change(self, order: Order) -> None:
        self._writes.append("orders.change")
        self.by_id[order.order_id] = order

    def change_state(self, order_id: int, state: OrderState, at: datetime) -> None:
        self._writes.append("orders.change_state")
        order = self.by_id[order_id]
        self.by_id[order_id] = replace(
            order,
            state=state,
            cancelled_at=at if state is OrderState.CANCELLED else order.cancelled_at,
            shipped_at=at if state is OrderState.SHIPPED else order.shipped_at,
        )


class MemoryPromotions:
    """Automatic discounts and codes without limits."""

    def __init__(self) -> None:
        self.all: list[Promotion] = []

    def for_cart(self, codes: Collection[str], held: Collection[int], now: datetime) -> list[Promotion]:
        return [one for one in self.all if one.automatic or normal(one.code) in codes or one.promotion_id in held]

    def of_codes(self, codes: Collection[str]) -> dict[str, Promotion]:
        return {normal(one.code): one for one in self.all if normal(one.code) in codes and one.code}

    def listed(self, now: datetime) -> list[Promotion]:
        return [one for one in self.all if one.listed]

    def uses(self, promotions: Collection[Promotion]) -> dict[int, int]:
        return {}

    def lock(self, promotion_ids: Collection[int]) -> dict[int, Promotion]:
        return {}


class MemoryPeople(_Part):
    """E-mails by hash, addresses by key."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.emails: dict[str, str] = {}
        self.vouched_by = ""
        self.addresses: dict[int, str] = {}

    def remember_email(self, hashed_email: str, email: str, at: datetime) -> None:
        self._writes.append("people.remember_email")
        self.emails[hashed_email] = email

    def email(self, hashed_email: str) -> str | None:
        return self.emails.get(hashed_email)

    def remember_address(self, hashed_email: str | None, identity_id: int, address: str, at: datetime) -> int:
        self._writes.append("people.remember_address")
        key = len(self.addresses) + 1
        self.addresses[key] = address
        return key

    def address(self, address_id: int) -> str:
        return self.addresses.get(address_id, "")

    def prove_email(self, identity_id: int, hashed_email: str, email: str, by: str, at: datetime) -> None:
        self._writes.append("people.prove_email")
        self.vouched_by = by

    def proven_by(self, identity_id: int) -> str:
        return self.vouched_by

    def proven(self, identity_id: int, hashed_email: str) -> bool:
        return True

    def parcel(self, order_id: int) -> tuple[str, str]:
        return "", ""


class MemoryAnswers(_Part):
    """Staff's answers, without vectors: questions are found by their words."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.by_key: dict[tuple[str, str], Answer] = {}

    def given(self) -> list[Answer]:
        return [self.by_key[key] for key in sorted(self.by_key)]

    def vectors(self, encoder: str, texts: Collection[str]) -> dict[str, bytes]:
        return {}


class MemoryQuestions(_Part):
    """What nobody answered, in its order."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.noted: list[tuple[int, Question]] = []

    def newest(self, product_id: str, limit: int) -> list[tuple[int, Question]]:
        return [one for one in reversed(self.noted) if one[1].product_id == product_id][:limit]

    def note(self, question: Question, at: datetime, *, alike: int | None) -> int:
        self._writes.append("questions.note")
        number = alike or len(self.noted) + 1
        self.noted.append((number, question))
        return number


class MemoryTickets(_Part):
    """Tickets of one conversation, with their notes."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.opened: list[Ticket] = []
        self.notes: list[Note] = []

    def has_open(self, chat: ChatRef, sender_id: str, identity_id: int) -> bool:
        return bool(self.opened)

    def open(self, chat: ChatRef, sender_id: str, identity_id: int, about: str, at: datetime) -> Ticket:
        if not self.opened:
            self._writes.append("tickets.open")
            ticket = Ticket(
                ticket_id=1, chat=chat, sender_id=sender_id, identity_id=identity_id, about=about, opened_at=at
            )
            self.opened.append(ticket)
        return self.opened[0]

    def add_note(self, ticket_id: int, author: str, text: str, at: datetime, *, waits: bool = False) -> Note:
        self._writes.append("tickets.add_note")
        note = Note(note_id=len(self.notes) + 1, ticket_id=ticket_id, author=author, text=text, at=at)
        self.notes.append(note)
        return note


class MemoryLostDemand(_Part):
    """The most that was missed of each product, by identity and day."""

    def __init__(self, writes: list[str]) -> None:
        super().__init__(writes)
        self.noted: dict[tuple[int, str, date], Shortage] = {}

    def note(self, shortages: Iterable[Shortage], identity_id: int, day: date, now: datetime) -> None:
        for one in shortages:
            self._writes.append("lost_demand.note")
            known = self.noted.setdefault((identity_id, one.product_id, day), one)
            if known.asked - known.available < one.asked - one.available:
                self.noted[identity_id, one.product_id, day] = one


class MemoryRates:
    """Rates that nobody reaches."""

    def allows(self, rate: Rate, whose: str, now: datetime) -> bool:
        return True


class _Noted(_Part):
    """Whatever is noted about customers: every call is a write, and nothing is known."""

    def __init__(self, writes: list[str], name: str) -> None:
        super().__init__(writes)
        self._name = name

    def __getattr__(self, call: str) -> Any:
        def note(*args: object, **others: object) -> None:
            self._writes.append(f"{self._name}.{call}")

        return note


class MemoryWaitingList:
    """Who waits for what."""

    def __init__(self, writes: list[str]) -> None:
        self._writes = writes
        self.wishes: list[Waiting] = []

    def add(self, wish: Waiting) -> bool:
        self._writes.append("waiting.add")
        kept = [one for one in self.wishes if (one.identity_id, one.product_id) != (wish.identity_id, wish.product_id)]
        new, self.wishes = len(kept) == len(self.wishes), [*kept, wish]
        return new

    def of_identity(self, identity_id: int) -> list[Waiting]:
        return [one for one in self.wishes if one.identity_id == identity_id]

    def leave(self, identity_id: int, product_id: str = "") -> list[str]:
        self._writes.append("waiting.leave")
        gone = [one for one in self.of_identity(identity_id) if product_id in ("", one.product_id)]
        self.wishes = [one for one in self.wishes if one not in gone]
        return [one.product_id for one in gone]


class MemoryReturns:
    """Nothing comes back of anything."""

    def of_order(self, order_id: int) -> list[Return]:
        return []

    def of_orders(self, order_ids: Collection[int]) -> dict[int, Sequence[Return]]:
        return {}


class MemoryUnitOfWork:
    """A shop of these products. `writes` names every call that changed something; a failed savepoint is undone."""

    def __init__(self, *products: Product) -> None:
        self.writes: list[str] = []
        self.recorded: list[Event] = []
        self.products = MemoryProducts(self.writes)
        self.products.by_id = {product.product_id: product for product in products}
        self.catalogue = self.products
        self.quotes = MemoryQuotes(self.writes)
        self.payments = MemoryPayments(self.writes)
        self.orders = MemoryOrders(self.writes, self.payments)
        self.returns = MemoryReturns()
        self.people = MemoryPeople(self.writes)
        self.answers = MemoryAnswers(self.writes)
        self.questions = MemoryQuestions(self.writes)
        self.tickets = MemoryTickets(self.writes)
        self.lost_demand = MemoryLostDemand(self.writes)
        self.rates = MemoryRates()
        self.code_tries = self.rates
        self.promotions = MemoryPromotions()
        self.promotion_uses = _Noted(self.writes, "promotion_uses")
        self.waiting = MemoryWaitingList(self.writes)
        self.shipments = _Noted(self.writes, "shipments")
        self.conversations = _Noted(self.writes, "conversations")
        self.impressions = _Noted(self.writes, "impressions")
        self.opt_ins = _Noted(self.writes, "opt_ins")
        self.consents = _Noted(self.writes, "consents")

    def record(self, event: Event) -> None:
        self.writes.append("record")
        self.recorded.append(event)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        parts = (self.products, self.quotes, self.orders, self.people, self.payments)
        kept = [{name: copy.copy(value) for name, value in vars(part).items() if name != "_writes"} for part in parts]
        recorded = list(self.recorded)
        try:
            yield
        except Exception:
            for part, state in zip(parts, kept, strict=True):
                vars(part).update(state)
            self.recorded[:] = recorded
            raise

    def stocks(self) -> dict[str, int]:
        """How many of each product are there."""
        return {product_id: product.quantity for product_id, product in self.products.by_id.items()}


def cart_of(conversation: Conversation) -> dict[str, int]:
    """A conversation's cart as quantities by product."""
    return {line.product_id: line.quantity for line in conversation.cart}
