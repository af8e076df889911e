"""What can go wrong in the shop, as data; the sentences for people are in `bot/phrases.py`.

ShopError
├── UnknownProduct
├── ProductExists
├── ProductRetired
├── ProductChanged
├── BadQuantity
├── OutOfStock
├── EmptyCart
├── QuoteUnknown
├── QuoteExpired
├── OrderNotFound
├── AlreadyCancelled
├── AlreadyShipped
├── CancelWindowClosed
├── BadEmail
├── BadAddress
└── Busy
"""

from dataclasses import dataclass
from datetime import datetime


class ShopError(Exception):
    """A rule of the shop says no; nothing was changed."""


@dataclass
class UnknownProduct(ShopError):
    """There is no product with this id."""

    product_id: str


@dataclass
class ProductExists(ShopError):
    """There is a product with this id already; edit or restock it instead."""

    product_id: str


@dataclass
class ProductRetired(ShopError):
    """The product is no longer sold; history keeps it."""

    product_id: str


@dataclass
class ProductChanged(ShopError):
    """Somebody else edited the product since it was read."""

    product_id: str
    expected_version: int
    actual_version: int


@dataclass
class BadQuantity(ShopError):
    """A quantity must be a whole number from 1 to `most`."""

    product_id: str
    quantity: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """Of one product more was asked for than is there."""

    product_id: str
    asked: int
    available: int


@dataclass
class OutOfStock(ShopError):
    """At least one line asks for more than the stock holds."""

    shortages: tuple[Shortage, ...]


class EmptyCart(ShopError):
    """There is nothing in the cart to order."""


@dataclass
class QuoteUnknown(ShopError):
    """No such quote: the card is too old, or not this customer's."""

    quote_id: str


@dataclass
class QuoteExpired(ShopError):
    """The time for which the prices were held is over."""

    quote_id: str
    expired_at: datetime


@dataclass
class OrderNotFound(ShopError):
    """This customer has no order with that number; whether anybody has is not said."""

    order_id: int


@dataclass
class AlreadyCancelled(ShopError):
    """The order was cancelled before; a second time changes nothing."""

    order_id: int
    cancelled_at: datetime


@dataclass
class AlreadyShipped(ShopError):
    """The parcel is on its way, so the order can be neither cancelled nor shipped again."""

    order_id: int
    shipped_at: datetime


@dataclass
class CancelWindowClosed(ShopError):
    """The time in which the customer can cancel alone is over."""

    order_id: int
    closed_at: datetime


@dataclass
class BadEmail(ShopError):
    """The text is not an e-mail address; `suggestion` holds a likely fix or nothing."""

    suggestion: str = ""


class BadAddress(ShopError):
    """The text has no street and number, or no town, that a parcel could be sent to."""


class Busy(ShopError):
    """The rows needed are locked by others for too long; trying again helps."""
