"""Promotions as they are kept: what each gives, for what and whom, and how often it was used."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.model import Discount
from domain.records.segments import Segment


class Kind(StrEnum):
    """What a promotion gives."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FREE_ITEM = "free_item"  # one piece of a product, where it is in the cart
    N_FOR_M = "n_for_m"  # of so many pieces only some are paid, the dearest


class State(StrEnum):
    """Where a promotion is in its time."""

    COMING = "coming"
    LIVE = "live"
    OVER = "over"


@dataclass(frozen=True, kw_only=True, slots=True)
class Promotion:
    """A code or an automatic discount.

    Attributes:
        code: as customers type it; one without comes off by itself.
        percent: of the price, from above 0 to 100.
        amount: in money.
        free_product: the id of what is free.
        buy, pay: of `buy` pieces `pay` are paid.
        product_ids, categories: what it is for; nothing of both is everything.
        least_pieces, least_amount: of what it is for, that have to be in the cart.
        first_order, segment, most_per_customer: ask who somebody is, and hold for a proven e-mail only.
        ends_at: it does not count.
        combinable: with others that are.
        listed: may be told to whoever asks for discounts.
    """

    promotion_id: int = 0
    name: str
    code: str = ""
    kind: Kind
    percent: Decimal | None = None
    amount: Decimal | None = None
    free_product: str = ""
    buy: int | None = None
    pay: int | None = None
    product_ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    least_pieces: int = 0
    least_amount: Decimal = Decimal("0.00")
    first_order: bool = False
    segment: Segment | None = None
    most_uses: int | None = None
    most_per_customer: int | None = None
    combinable: bool = False
    listed: bool = False
    starts_at: datetime
    ends_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def label(self) -> str:
        """What a row of a card calls it."""
        return f"{self.name} ({self.code})" if self.code and self.code.casefold() != self.name.casefold() else self.name

    @property
    def automatic(self) -> bool:
        """Whether it comes off without a code."""
        return not self.code

    @property
    def personal(self) -> bool:
        """Whether it depends on who somebody is."""
        return self.first_order or self.segment is not None or self.most_per_customer is not None

    @property
    def limited(self) -> bool:
        """Whether an order may use up what another one would need."""
        return self.most_uses is not None or self.most_per_customer is not None or self.first_order

    def state(self, now: datetime) -> State:
        """Where it is in its time."""
        if self.ended_at is not None or (self.ends_at is not None and now >= self.ends_at):
            return State.OVER
        return State.COMING if now < self.starts_at else State.LIVE

    def is_for(self, product_id: str, category: str) -> bool:
        """Whether a product counts for it."""
        if not self.product_ids and not self.categories:
            return True
        return product_id in self.product_ids or category.casefold() in {one.casefold() for one in self.categories}


def named_by(promotions: Sequence[Promotion]) -> list[str]:
    """The ids of the products that promotions name, each once."""
    return sorted({one for promotion in promotions for one in (*promotion.product_ids, promotion.free_product) if one})


@dataclass(frozen=True, kw_only=True, slots=True)
class Patron:
    """What a promotion may ask of who orders: their segment, whether they ordered before, how often they used which."""

    segment: Segment | None = None
    ordered: bool = False
    uses: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A promotion with what it did: live orders that use it, and what it took off them."""

    promotion: Promotion
    uses: int
    given: Decimal


class Promotions(Protocol):
    """Promotions and how often they were used in all: nothing of it is anybody's."""

    def for_cart(self, codes: Collection[str], held: Collection[int], now: datetime) -> list[Promotion]:
        """The automatic ones that are live, the newest of each normal code, and those of the ids, by their ids."""
        ...

    def of_codes(self, codes: Collection[str]) -> dict[str, Promotion]:
        """By normal code the one that is not ended, or else the one that was ended last."""
        ...

    def get(self, promotion_id: int) -> Promotion | None:
        """One."""
        ...

    def listed(self, now: datetime) -> list[Promotion]:
        """The live ones that may be told to whoever asks, by when they end."""
        ...

    def uses(self, promotions: Collection[Promotion]) -> dict[int, int]:
        """How often each that has a limit was used; no further than to it."""
        ...

    def lock(self, promotion_ids: Collection[int]) -> dict[int, Promotion]:
        """Those of these that are limited, as they are now; nobody else uses or changes them until this ends.

        Raises:
            Busy: others hold one of them for too long.
        """
        ...

    def standings(self, now: datetime, *, over: bool, limit: int, offset: int = 0) -> list[Standing]:
        """What is live or coming, or else what is over, newest first."""
        ...

    def standing(self, promotion_id: int) -> Standing | None:
        """One with what it did."""
        ...

    def named(self, name: str) -> list[Promotion]:
        """Those of a normal code, or of a name in whatever case; what is not ended first, then the newest."""
        ...

    def add(self, promotion: Promotion) -> Promotion:
        """Stores a new one and returns it with its number.

        Raises:
            CodeTaken: another one that is not ended has its code.
        """
        ...

    def save(self, promotion: Promotion) -> Promotion:
        """Stores a locked one in place of what it was; its version is counted on.

        Raises:
            CodeTaken: another one that is not ended has its code.
        """
        ...

    def lock_one(self, promotion_id: int) -> Promotion | None:
        """One, limited or not, which nobody else may change until this ends.

        Raises:
            Busy: others hold it for too long.
        """
        ...


class PromotionUses(Protocol):
    """Which orders used which promotions, and what they ask of customers."""

    def patron(self, hashed_email: str, promotion_ids: Collection[int], *, but: int = 0) -> Patron:
        """What promotions may ask of an e-mail's owner; the order `but` is not counted."""
        ...

    def segments_known(self) -> bool:
        """Whether the warehouse says who is in which segment."""
        ...

    def put(self, order_id: int, discounts: Sequence[Discount]) -> None:
        """Notes what promotions took off an order, in place of what was noted before."""
        ...

    def give_back(self, order_id: int, at: datetime) -> None:
        """The order was cancelled: its uses count no more."""
        ...
