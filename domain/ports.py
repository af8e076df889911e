"""What the domain needs from the outside: a clock and a unit of work over the shop's tables."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Protocol, Self

from domain.conversation import ChatRef, Conversation
from domain.events import Event
from domain.model import Identity, Order, OrderState, Product, Quote, StockMovement
from domain.records.auditing import Entry
from domain.records.feedback import Impressions
from domain.records.marketing_facts import Marketing
from domain.records.notifications import Consents, Notifications
from domain.records.opting_in import OptIns
from domain.records.privacy import Privacy
from domain.records.proofs import Proofs
from domain.records.rates import Rates
from domain.records.staff import Grant, Role
from domain.records.tickets import Tickets


class Clock(Protocol):
    """The only reader of the time."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceRange:
    """Bounds of a price question; `below` and `above` exclude their value, the other two include it."""

    below: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    at_least: Decimal | None = None
    descending: bool = False


ANY_PRICE = PriceRange()


@dataclass(frozen=True, kw_only=True, slots=True)
class Companion:
    """A product in `together` of the `orders` orders that held `because`, a product's id.

    Of a best seller `because` is empty, and both numbers are its orders.
    """

    product: Product
    together: int
    orders: int
    because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """A reply on its way: `reply` is its JSON text, `delivered` whether it arrived."""

    delivery_id: int
    reply: str
    delivered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an inventory file did, in numbers of products."""

    rows: int
    created: int
    changed: int
    unchanged: int


class Products(Protocol):
    """The catalogue and its stock."""

    def get(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """The products that exist among `product_ids`, retired ones included."""
        ...

    def spelled(self, written: str) -> Product | None:
        """The product whose id this spells (`domain.products.product_ids`), retired or not; its own spelling first."""
        ...

    def lock(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """Like `get`, and nobody else may change them until this unit of work ends.

        Raises:
            Busy: others hold them for longer than the lock time-out.
        """
        ...

    def create(self, product: Product) -> bool:
        """Makes a new product, without stock; False when there is one of that id, however it is spelled.

        Raises:
            Busy: somebody else is making it, and takes longer than the lock time-out.
        """
        ...

    def save(self, product: Product) -> None:
        """Overwrites everything but the stock, and counts the version up."""
        ...

    def move(self, movements: Sequence[StockMovement]) -> None:
        """Writes movements and brings the products' quantities in line; the products must be locked."""
        ...


class Catalogue(Protocol):
    """Questions to the catalogue; none of them locks anything or returns retired products."""

    def candidates(self, phrase: str, limit: int) -> list[Product]:
        """Products whose id, name or category may be meant by `phrase`, likeliest first; ids stand before names."""
        ...

    def named(self, names: Collection[str], ids: Collection[str]) -> list[Product]:
        """Products whose name has one of the keys `names`, or whose id one of `ids`: `domain.products.catalogue`."""
        ...

    def priced(self, bounds: PriceRange, phrase: str, limit: int, offset: int, *, category: str = "") -> list[Product]:
        """Products in stock within `bounds`, by price; those of `category` and those that `phrase` means, if given.

        A phrase means the products whose names hold its words; else those whose names and categories do; else those
        whose names are spelt like it.
        """
        ...

    def categories(self) -> list[tuple[str, int]]:
        """The categories with how many products of each are in stock, most first; "" is that of all without one.

        Those that differ in case only are one.
        """
        ...


class Recommender(Protocol):
    """What is bought together, and what is bought most; never retired products or such that are out of stock."""

    def bought_with(
        self, product_ids: Sequence[str], limit: int, *, without: Collection[str] = (), bounds: PriceRange = ANY_PRICE
    ) -> list[Companion]:
        """What goes best with a basket of products, each with its strongest evidence; cancelled orders are none."""
        ...

    def for_taste(
        self, product_ids: Sequence[str], limit: int, *, without: Collection[str] = (), bounds: PriceRange = ANY_PRICE
    ) -> list[Companion]:
        """What somebody may like who bought these products over time; what is popular of late counts too."""
        ...

    def best_sellers(
        self,
        since: datetime | None,
        limit: int,
        *,
        without: Collection[str] = (),
        bounds: PriceRange = ANY_PRICE,
        category: str = "",
        among: Sequence[str] = (),
    ) -> list[Companion]:
        """Products by the number of orders since then, or ever; those of `category` before all others.

        `among` certain products those that nobody ordered come last. Cancelled orders do not count.
        """
        ...


class StockRoom(Protocol):
    """What staff asks of the catalogue; none of the questions locks anything."""

    def listed(
        self, *, phrase: str = "", at_most: int | None = None, limit: int, offset: int = 0
    ) -> tuple[list[Product], int]:
        """A page of products, and how many there are in all.

        With a `phrase` those that hold it in id, name or category, retired ones included, nearest first; else those in
        the shop, with `at_most` only those of no more stock, emptiest first.
        """
        ...

    def movements(self, product_id: str, limit: int) -> list[StockMovement]:
        """A product's stock movements, newest first."""
        ...

    def all(self) -> list[Product]:
        """All products that are in the shop, by id."""
        ...

    def load(self, content: str, *, file: str, actor: str, now: datetime) -> Imported:
        """Takes in the content of an inventory file, whole or not at all, and notes each change in the audit log.

        Raises:
            BadImport: with the bad lines.
            Busy: products are locked by others for too long.
        """
        ...


class Orders(Protocol):
    """Placed orders."""

    def get(self, order_id: int) -> Order | None:
        """One order, for staff: it does not ask whose it is."""
        ...

    def waiting(self, limit: int, offset: int = 0) -> list[Order]:
        """Orders that are placed and not shipped yet, oldest first."""
        ...

    def waiting_for(self, product_id: str, limit: int) -> list[Order]:
        """The newest orders with a product that are placed and not shipped yet."""
        ...

    def add(self, order: Order) -> Order:
        """Stores a new order and returns it with its number."""
        ...

    def of_quote(self, quote_id: str) -> Order | None:
        """The order that a quote became."""
        ...

    def lock(self, order_id: int) -> Order | None:
        """One order, which nobody else may change until this unit of work ends."""
        ...

    def change_state(self, order_id: int, state: OrderState, at: datetime) -> None:
        """Notes a step in an order's life and when it happened."""
        ...

    def change(self, order: Order) -> None:
        """Stores a locked order's new lines, discount, quote, address and count of changes.

        The quote that it had before is deleted, so that nobody can place it once more.
        """
        ...

    def of_identity(self, identity: Identity, limit: int, offset: int = 0) -> list[Order]:
        """What this identity may see, newest first: its own orders, and its proven e-mail's."""
        ...


class Quotes(Protocol):
    """Quotes shown to customers."""

    def add(self, quote: Quote) -> None:
        """Stores a quote."""
        ...

    def get(self, quote_id: str) -> Quote | None:
        """One quote, expired or not."""
        ...


class People(Protocol):
    """Customers and their protected data; the only way into the restricted tables."""

    def remember_email(self, hashed_email: str, email: str, at: datetime) -> None:
        """Makes the customer known and keeps the way back from the hash, which nobody erases until this is committed.

        Raises:
            Busy: it is being forgotten, or remembered by others, for too long.
        """
        ...

    def email(self, hashed_email: str) -> str | None:
        """The address behind a hash, to send mail to it; None after it was forgotten."""
        ...

    def prove_email(self, identity_id: int, hashed_email: str, email: str, by: str, at: datetime) -> None:
        """Notes that an identity owns an address, and who or what vouched for it; a later proof replaces it."""
        ...

    def confirm_email(self, identity_id: int, hashed_email: str, at: datetime) -> bool:
        """Notes that an address confirmed an identity's orders; False if it had before."""
        ...

    def confirmed(self, identity_id: int, hashed_email: str) -> bool:
        """Whether an address confirmed an identity's orders, or the identity proved it."""
        ...

    def proven(self, identity_id: int, hashed_email: str) -> bool:
        """Whether an identity proved an address."""
        ...

    def proven_by(self, identity_id: int) -> str:
        """Who or what vouched for an identity's address: a channel, "code", "link"; empty where nobody did."""
        ...

    def remember_address(self, hashed_email: str | None, identity_id: int, address: str, at: datetime) -> int:
        """Keeps a shipping address and returns its id."""
        ...

    def address(self, address_id: int) -> str:
        """A shipping address, for its owner's eyes."""
        ...

    def hashes_beginning(self, hashed: str) -> list[str]:
        """The hashed e-mails of customers that begin so, at most two."""
        ...

    def remember_parcel(self, order_id: int, carrier: str, tracking: str, at: datetime) -> None:
        """Keeps who brings an order and under which number, in place of what was known of it."""
        ...

    def parcel(self, order_id: int) -> tuple[str, str]:
        """Who brings an order and under which number; both empty where nothing is known, or not any more."""
        ...

    def remember_reason(self, order_id: int, reason: str, at: datetime) -> None:
        """Keeps why the shop cancels an order, or is about to, for its customer; the latest holds."""
        ...

    def reason(self, order_id: int) -> str:
        """Why the shop cancelled an order, or is about to; empty when it did not, or that was forgotten."""
        ...


class Conversations(Protocol):
    """Persistent conversations and the messages that were already answered."""

    def lock(self, chat: ChatRef, sender_id: str, now: datetime) -> Conversation:
        """The conversation of a sender in a chat, made if need be, and locked."""
        ...

    def take(self, chat: ChatRef, sender_id: str, message_id: str, now: datetime) -> Conversation | None:
        """As `lock`, and takes a message for answering; None when it was answered before."""
        ...

    def save(
        self, conversation: Conversation, now: datetime, *, message_id: str = "", replies: Sequence[str] = ()
    ) -> list[Delivery]:
        """Stores what changed, and keeps the message's replies (JSON texts) until they are delivered."""
        ...

    def note_order(self, conversation: Conversation, order_id: int) -> None:
        """Remembers that an order was made here."""
        ...

    def of_order(self, order_id: int) -> tuple[ChatRef, str] | None:
        """The chat in which an order was made, and its customer's name there; None for orders from no chat.

        For one that earlier versions took where others read along it is the customer's private chat, if there is one.
        """
        ...

    def replies_to(self, chat: ChatRef, message_id: str) -> list[Delivery]:
        """What a message was answered, in order."""
        ...


class Audit(Protocol):
    """The log of what staff did and was refused."""

    def note(self, entry: Entry) -> Entry:
        """Stores a new entry and returns it with its number."""
        ...

    def get(self, entry_id: int) -> Entry | None:
        """One entry."""
        ...

    def of(self, subject: str, limit: int, after: int = 0) -> list[Entry]:
        """The entries about a subject whose number is above `after`, newest first."""
        ...

    def last_of(self, actor: str) -> Entry | None:
        """Somebody's last change of the catalogue that is not undone, and is no undo itself."""
        ...

    def mark_undone(self, entry_id: int, at: datetime) -> bool:
        """Notes that an entry was taken back; False if it was before."""
        ...


class Staff(Protocol):
    """The roles that were given in chats."""

    def roles_of(self, subjects: Sequence[str]) -> frozenset[Role]:
        """The roles of any of these subjects."""
        ...

    def all(self) -> list[Grant]:
        """Every role that was given, by subject."""
        ...

    def all_locked(self) -> list[Grant]:
        """As `all`, and nobody else may take roles back until this unit of work ends."""
        ...

    def grant(self, subject: str, role: Role, by: str, at: datetime) -> bool:
        """Gives a role; False if the subject had it."""
        ...

    def revoke(self, subject: str, role: Role) -> None:
        """Takes a role back."""
        ...


class UnitOfWork(Protocol):
    """One database transaction; leaving it without `commit` undoes everything."""

    @property
    def products(self) -> Products:
        """The catalogue's rows and their stock."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """Questions to the catalogue."""
        ...

    @property
    def recommender(self) -> Recommender:
        """What is bought together."""
        ...

    @property
    def impressions(self) -> Impressions:
        """What customers were recommended, and what they did with it."""
        ...

    @property
    def stock_room(self) -> StockRoom:
        """What staff asks of the catalogue."""
        ...

    @property
    def audit(self) -> Audit:
        """The log of what staff did."""
        ...

    @property
    def staff(self) -> Staff:
        """The roles that were given in chats."""
        ...

    @property
    def orders(self) -> Orders:
        """Placed orders."""
        ...

    @property
    def quotes(self) -> Quotes:
        """Quotes shown to customers."""
        ...

    @property
    def people(self) -> People:
        """Customers and their protected data."""
        ...

    @property
    def conversations(self) -> Conversations:
        """Persistent conversations."""
        ...

    @property
    def tickets(self) -> Tickets:
        """Conversations that a person takes over."""
        ...

    @property
    def notifications(self) -> Notifications:
        """What was sent to customers and what was withheld."""
        ...

    @property
    def opt_ins(self) -> OptIns:
        """What was asked and answered about marketing."""
        ...

    @property
    def consents(self) -> Consents:
        """Who wants marketing."""
        ...

    @property
    def proofs(self) -> Proofs:
        """Codes that prove whose an e-mail address is."""
        ...

    @property
    def rates(self) -> Rates:
        """How often something was done of late; counted apart from this transaction."""
        ...

    @property
    def marketing(self) -> Marketing:
        """What the rules of marketing need to know."""
        ...

    @property
    def privacy(self) -> Privacy:
        """Everything that is kept of a person."""
        ...

    def __enter__(self) -> Self:
        """Begins."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undoes what was not committed."""
        ...

    @property
    def recorded(self) -> Sequence[Event]:
        """What was recorded so far, without what a savepoint undid."""
        ...

    def record(self, event: Event) -> None:
        """Lets those who must act on `event` know, if and when this unit of work is committed."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """A part that is undone alone when it raises."""
        ...

    def commit(self) -> None:
        """Makes everything so far permanent."""
        ...
