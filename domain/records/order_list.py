"""Single orders as they count in a period of sales, and where a list of them goes on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.model import OrderState
from domain.pseudonyms import pseudonym


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedOrder:
    """An order, with what it counts in a period: see `sales_days`.

    Attributes:
        hashed_email: of its customer; None where they were forgotten.
        units: pieces that were ordered in the period; gross and discount are of these.
        cancelled: what it came to, where it was cancelled in the period.
        net: gross less discount less cancelled.
    """

    order_id: int
    order_date: date
    daypart: str
    store_id: str
    channel: str
    state: OrderState
    cancelled_date: date | None
    hashed_email: str | None
    units: int
    gross: Decimal
    discount: Decimal
    cancelled: Decimal
    net: Decimal

    @property
    def pseudonym(self) -> str | None:
        """What staff calls its customer."""
        return pseudonym(self.hashed_email) if self.hashed_email else None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderPlace:
    """Where a list goes on: behind so many orders of a day. So an address holds no number of an order."""

    day: date
    shown: int
