"""What comes back of delivered orders: which pieces, why, for money or for something else, and how far that is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

NOTHING = Decimal("0.00")


class ReturnKind(StrEnum):
    """What the customer gets for what comes back."""

    RETURN = "return"  # the money
    EXCHANGE = "exchange"  # another product of the same group, or the same once more


class ReturnState(StrEnum):
    """How far a return is."""

    REQUESTED = "requested"
    RECEIVED = "received"  # and somebody of the shop has to decide about it
    REFUNDED = "refunded"
    REPLACED = "replaced"
    REFUSED = "refused"
    CALLED_OFF = "called_off"  # by its customer

    @property
    def is_open(self) -> bool:
        """Whether anything is still to come of it."""
        return self in (ReturnState.REQUESTED, ReturnState.RECEIVED)

    @property
    def is_settled(self) -> bool:
        """Whether the customer got what they wanted for it."""
        return self in (ReturnState.REFUNDED, ReturnState.REPLACED)


class ReturnReason(StrEnum):
    """Why something comes back: a closed list, so that nothing that anybody wrote is kept."""

    CHANGED_MIND = "changed_mind"
    DOES_NOT_FIT = "does_not_fit"
    NOT_AS_DESCRIBED = "not_as_described"
    BROKEN = "broken"
    WRONG_ITEM = "wrong_item"
    TOO_LATE = "too_late"
    OTHER = "other"


class Condition(StrEnum):
    """How the pieces came back."""

    GOOD = "good"  # they can be sold again
    DAMAGED = "damaged"
    MISSING = "missing"  # they were not in the parcel, or it never came


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnLine:
    """Pieces that come back, what they cost each, and the `amount` that was paid for them, discounts off.

    In an exchange also what takes the place of each piece, and its price then.
    """

    product_id: str
    quantity: int
    unit_price: Decimal
    amount: Decimal
    replacement_id: str = ""
    replacement_price: Decimal = NOTHING

    @property
    def paid_after(self) -> Decimal:
        """What was paid for what takes the place of the pieces: prices differ, a discount stays what it was."""
        if not self.replacement_id:
            return NOTHING
        return max(self.amount + (self.replacement_price - self.unit_price) * self.quantity, NOTHING)

    @property
    def back(self) -> Decimal:
        """What the customer gets back for it; less than nothing is what they pay on top."""
        return self.amount - self.paid_after


@dataclass(frozen=True, kw_only=True, slots=True)
class Return:
    """Pieces of one order that come back together. `settled_at` is when nothing more was to come of it.

    `method_id` is where money goes back to, or comes from; empty is what paid for the order.
    """

    return_id: int
    order_id: int
    kind: ReturnKind
    lines: tuple[ReturnLine, ...]
    reason: ReturnReason
    requested_at: datetime
    state: ReturnState = ReturnState.REQUESTED
    method_id: str = ""
    received_at: datetime | None = None
    settled_at: datetime | None = None
    condition: Condition | None = None

    @property
    def back(self) -> Decimal:
        """What the customer gets back in all; less than nothing is what they pay on top."""
        return sum((line.back for line in self.lines), NOTHING)

    @property
    def product_ids(self) -> list[str]:
        """What comes back, and what takes its place, each once."""
        return sorted({one for line in self.lines for one in (line.product_id, line.replacement_id) if one})


def number_of(return_id: int) -> str:
    """What people call a return: R1001."""
    return f"R{return_id}"


class Returns(Protocol):
    """Returns and exchanges. Whoever changes one has locked its order, so that nobody else does."""

    def add(self, requested: Return) -> Return:
        """Stores a new one and gives it with its number."""
        ...

    def change(self, changed: Return) -> None:
        """Stores how far one is, and how its pieces came back."""
        ...

    def get(self, return_id: int) -> Return | None:
        """One."""
        ...

    def of_order(self, order_id: int) -> Sequence[Return]:
        """An order's, oldest first; none is ever taken out."""
        ...

    def of_orders(self, order_ids: Collection[int]) -> dict[int, Sequence[Return]]:
        """Those of several orders, by the numbers of those that have any."""
        ...

    def open(self, limit: int, offset: int = 0) -> Sequence[Return]:
        """Those of which something is still to come, those that somebody has to decide about first, then the oldest."""
        ...
