"""Price bounds as customers say them, kept in a `Listing`, and as the domain takes them."""

from decimal import Decimal, InvalidOperation

from domain.conversation import Listing
from domain.records.catalogue import PriceRange
from nlu.understanding import Understanding

MOST = Decimal(10**9)  # no shop sells above that, and longer numbers cannot be written with cents
ROLES = ("at_least", "above", "below", "at_most")


def read_bounds(understanding: Understanding) -> Listing:
    """The price bounds that a message names; "exactly" sets both."""
    bounds: dict[str, str] = {}
    for entity in understanding.all("price"):
        price = _price(entity.value)
        if price is None:
            continue
        for role in ("at_least", "at_most") if entity.role == "exactly" else (entity.role,):
            if role in ROLES:
                bounds[role] = price
    return Listing(
        below=bounds.get("below", ""),
        at_most=bounds.get("at_most", ""),
        above=bounds.get("above", ""),
        at_least=bounds.get("at_least", ""),
    )


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
