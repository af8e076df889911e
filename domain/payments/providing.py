"""Who moves the money of cards: what the shop asks of a payment provider, and how that can fail.

ProviderError
├── ProviderAway      not now, and nobody knows what became of it; asking again is safe, and helps
└── ProviderRefused   never, because of `reason`

An invoice needs no provider: staff notes what it paid out.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class ProviderError(Exception):
    """A provider did not do what it was asked for."""


@dataclass
class ProviderAway(ProviderError):
    """It was not reached, or its answer was lost."""

    reason: str


@dataclass
class ProviderRefused(ProviderError):
    """It will never do that."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A payment that a customer is asked for: what it is called, and the secret that their browser pays it with.

    Without a secret it is paid, or being paid, already.
    """

    reference: str
    secret: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A payment that came in; `method_id` and `label` are of what paid: at most the last four digits of its number."""

    order_id: int
    reference: str
    amount: Decimal
    method_id: str
    label: str


class Provider(Protocol):
    """Takes payments for orders, and gives them back. Whatever is asked for again is done once."""

    def ask(self, order_id: int, amount: Decimal, *, charge_id: int, reference: str) -> Asked:
        """Has so much of an order's money asked for, since that charge; `reference` is of what was asked for before.

        Raises:
            ProviderAway, ProviderRefused: it is not asked for.
        """
        ...

    def received(self, reference: str) -> Received | None:
        """What came in; None where it did not, or is not of this shop.

        Raises:
            ProviderAway, ProviderRefused: nobody knows.
        """
        ...

    def give_back(self, refund_id: int, amount: Decimal, *, reference: str) -> str:
        """Gives so much of what came in under `reference` back, once for each `refund_id`; returns what it is called.

        Raises:
            ProviderAway: perhaps it was given back; asking again finds out.
            ProviderRefused: it was not, and will not be.
        """
        ...
