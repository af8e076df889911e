"""Prices as customers say them: bounds for a `Listing`, what has to be said of how they were read, and how many."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, InvalidOperation

from bot.phrases import finding as phrases_finding
from bot.shop import Shop
from domain.conversation import Listing
from domain.records.catalogue import PriceRange
from nlu.understanding import Entity, Understanding

MOST = Decimal(10**9)  # no shop sells above that, and longer numbers cannot be written with cents
CENT = Decimal("0.01")
AROUND = Decimal("0.2")  # "around 20" is a fifth less to a fifth more
ROLES = ("at_least", "above", "below", "at_most")
# Which currencies a sign may mean; who names none means the shop's.
_OF_SIGN = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "£": ("GBP", "EGP"),
    "€": ("EUR",),
    "¥": ("JPY", "CNY"),
    "CHF": ("CHF",),
    "₹": ("INR",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PricesSaid:
    """What a message says of prices: its bounds, notes on how they were read, and how many or which one is wanted."""

    bounds: Listing
    notes: tuple[str, ...] = ()
    count: int | None = None
    place: int | None = None


def read_prices(understanding: Understanding, shop: Shop) -> PricesSaid:
    """Everything that a message says of prices."""
    prices = understanding.all("price")
    together = understanding.first("price_for")
    order = understanding.first("price_order")
    bounds = read_bounds(understanding)
    notes = []
    foreign = next(
        (price.group for price in prices if shop.currency not in _OF_SIGN.get(price.group, shop.currency)), ""
    )
    if foreign:
        notes.append(phrases_finding.other_currency(named=foreign, ours=shop.currency))
    amount = next((value for price in prices if (value := _price(price.value)) is not None), None)
    if together is not None and amount is not None:
        notes.append(phrases_finding.altogether(count=int(together.value), money=shop.money(Decimal(amount))))
    if amount is not None and any(price.role == "around" for price in prices):
        notes.append(phrases_finding.around(money=shop.money(Decimal(amount)), percent=int(AROUND * 100)))
    numbers = {order.role: int(order.group)} if order is not None and order.group.isdigit() else {}
    return PricesSaid(
        bounds=bounds, notes=tuple(notes), count=numbers.get("count") or None, place=numbers.get("place") or None
    )


def read_bounds(understanding: Understanding) -> Listing:
    """The price bounds that a message names; "exactly" sets both, and what several cost together is shared out."""
    bounds: dict[str, str] = {}
    together = understanding.first("price_for")
    for entity in understanding.all("price"):
        for role, amount in _bounds(entity, int(together.value) if together else 1):
            bounds[role] = str(amount)
    return Listing(
        below=bounds.get("below", ""),
        at_most=bounds.get("at_most", ""),
        above=bounds.get("above", ""),
        at_least=bounds.get("at_least", ""),
    )


def _bounds(entity: Entity, share: int) -> list[tuple[str, Decimal]]:
    """What an amount bounds, by role; nothing where it is no price."""
    said = _price(entity.value)
    if said is None:
        return []
    amount = Decimal(said)
    if share > 1:
        amount = (amount / share).quantize(CENT, ROUND_DOWN)
    if entity.role == "around":
        less, more = ((amount * factor).quantize(CENT) for factor in (1 - AROUND, 1 + AROUND))
        return [("at_least", less), ("at_most", more)]
    if entity.role == "exactly":
        return [("at_least", amount), ("at_most", amount)]
    return [(entity.role, amount)] if entity.role in ROLES else []


def _price(text: str) -> str | None:
    """A price as text, at most `MOST`; None for what is none."""
    try:
        price = Decimal(text)
        return None if price < 0 else text if price <= MOST else str(MOST)
    except InvalidOperation:  # no number, or none that can be compared
        return None


def to_range(listing: Listing) -> PriceRange:
    """A listing's bounds as the domain takes them."""

    def amount(text: str) -> Decimal | None:
        return Decimal(text) if text else None

    return PriceRange(
        below=amount(listing.below),
        at_most=amount(listing.at_most),
        above=amount(listing.above),
        at_least=amount(listing.at_least),
        descending=listing.descending,
    )
