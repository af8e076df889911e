"""The shop's things: products, stock movements, customers, quotes, orders. Money is `Decimal`, times are aware UTC."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

CENT = Decimal("0.01")
Options = tuple[tuple[str, str], ...]  # what tells a variant from its siblings, as (name, value), in the shop's order


def money(amount: Decimal | int | str) -> Decimal:
    """Rounds to whole cents, halves away from zero."""
    return Decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """Something the shop sells; `quantity` is the stock and equals the sum of its movements.

    Products of one `group_id` are variants of one thing, which their `options` tell apart.
    """

    product_id: str
    quantity: int
    wholesale_cost: Decimal
    sale_price: Decimal
    supplier_id: str
    name: str = ""
    category: str = ""
    description: str = ""
    image_url: str = ""
    pack_size: int = 1  # pieces in what is sold
    version: int = 1
    retired_at: datetime | None = None
    group_id: str = ""
    options: Options = ()

    @property
    def title(self) -> str:
        """What people call it: the name, or the id where the catalogue has no names, and which variant it is."""
        name = self.name or self.product_id
        return _with_options(name, self.options) if self.options else name


@lru_cache(maxsize=8192)  # the same titles are asked for again and again
def _with_options(name: str, options: Options) -> str:
    """A name with the options that it does not say already: "T-Shirt (red, M)", "Notebook (pages 120)"."""
    said = _in_words(name)
    told = [
        f"{axis} {value}" if _TELLS_NOTHING_ALONE.fullmatch(value) else value
        for axis, value in options
        if _in_words(value) not in said
    ]
    return f"{name} ({', '.join(told)})" if told else name


_WORD = re.compile(r"[^\W_]+")
_TELLS_NOTHING_ALONE = re.compile(r"[\d.,]{1,20}|yes|no", re.IGNORECASE)


def _in_words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


class Reason(StrEnum):
    """Why stock changed."""

    ORDER = "order"
    CANCEL = "cancel"
    CHANGE = "change"
    IMPORT = "import"
    RESTOCK = "restock"
    ADJUST = "adjust"
    RETURN = "return"  # a parcel came back, and its things can be sold
    EXCHANGE = "exchange"  # it is set aside for what comes back, or no more
    LOST = "lost"  # a parcel did not come back
    DAMAGED = "damaged"  # it did, and nothing in it can be sold


@dataclass(frozen=True, kw_only=True, slots=True)
class StockMovement:
    """One change of one product's stock; `reference` is an order number, a file name or the like."""

    product_id: str
    delta: int
    reason: Reason
    reference: str
    actor: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderLine:
    """One product in a quote or an order, at the price it is sold for."""

    product_id: str
    quantity: int
    unit_price: Decimal

    @property
    def amount(self) -> Decimal:
        """Price times quantity."""
        return self.unit_price * self.quantity


def subtotal(lines: tuple[OrderLine, ...]) -> Decimal:
    """Sum of the lines' amounts."""
    return sum((line.amount for line in lines), Decimal("0.00"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Discount:
    """What a promotion takes off a quote or an order; `name` is what customers read, `code` what they typed, if any."""

    promotion_id: int
    name: str
    amount: Decimal
    code: str = ""


def sum_of(discounts: tuple[Discount, ...]) -> Decimal:
    """What promotions take off together."""
    return sum((one.amount for one in discounts), Decimal("0.00"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A cart with its prices, held until `expires_at`; placing needs its id. `discounts` add up to `discount`."""

    quote_id: str
    identity_id: int
    lines: tuple[OrderLine, ...]
    created_at: datetime
    expires_at: datetime
    discount: Decimal = Decimal("0.00")
    discounts: tuple[Discount, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return subtotal(self.lines) - self.discount


class OrderState(StrEnum):
    """Where an order is in its life."""

    PLACED = "placed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A placed order. `identity_id` is the chat identity that placed it, None for imported history.

    `changes` counts how often its customer changed it; lines, discount, quote and address are those of the last change.
    `discounts` are what promotions took off of `discount`; of imported history nothing says what it was for.
    """

    order_id: int
    hashed_email: str
    lines: tuple[OrderLine, ...]
    placed_at: datetime
    cancel_until: datetime
    state: OrderState = OrderState.PLACED
    identity_id: int | None = None
    quote_id: str | None = None
    address_id: int | None = None
    source: str = ""
    store_id: str = ""  # the branch that sold it; none: `source` did
    discount: Decimal = Decimal("0.00")
    cancelled_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    changes: int = 0
    discounts: tuple[Discount, ...] = ()

    @property
    def unnamed_discount(self) -> Decimal:
        """What was taken off by no promotion."""
        return self.discount - sum_of(self.discounts)

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return subtotal(self.lines) - self.discount

    def cancellable(self, now: datetime) -> bool:
        """Whether its customer may still cancel or change it."""
        return self.state is OrderState.PLACED and now < self.cancel_until


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who writes: a user of a channel. `proven_email` is a hash, set only after a proof."""

    identity_id: int
    proven_email: str | None = None


class RefundTo(StrEnum):
    """Where customers may have money sent back to."""

    ANY = "any"  # whatever they pay with
    ORIGINAL = "original"  # what paid for the order
    ORIGINAL_OR_GIFT_CARD = "original_or_gift_card"


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The shop's rules that quotes, orders and returns need, from its configuration; None is no limit."""

    cancel_window: timedelta
    quote_hold: timedelta
    most_per_line: int
    ask_above: int
    low_stock: int = 0  # a stock that falls to it is reported to the admins
    changes_per_order: int | None = None  # of its lines, by its customer
    variants_only: bool = False  # whether what is in a placed order may only become another variant of itself
    asks_what_pays: bool = False  # whether customers always say what pays, or gets, what a swap costs more or less
    return_window: timedelta = timedelta(days=30)  # from the delivery
    returns_per_order: int | None = None
    refund_cancelled_to: RefundTo = RefundTo.ANY
    refund_returned_to: RefundTo = RefundTo.ANY
