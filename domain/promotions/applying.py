"""Decides which promotions a cart gets, and says of a code why it gives nothing.

What asks who somebody is (their first order, a segment, a limit for each customer) holds for an e-mail that is proven
only: else a typed address would tell whether its owner bought here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.model import Discount, OrderLine, Product, sum_of
from domain.ports import UnitOfWork
from domain.promotions.codes import normal
from domain.promotions.reckoning import NOTHING, Lack, discounts_of, share_of
from domain.records.promotions import Patron, Promotion, State


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Whose cart it is: the normal codes they typed, their e-mail's hash where the order goes to it and it is proven.

    `held` are the promotions that the order has which is changed, of the number `order_id`: whatever became of them,
    it keeps them.
    """

    codes: tuple[str, ...] = ()
    proven_email: str | None = None
    held: tuple[int, ...] = ()
    order_id: int = 0


NO_CLAIM = Claim()


class Refusal(StrEnum):
    """Why a code takes nothing off, but for what is lacking in the cart."""

    UNKNOWN = "unknown"
    NOT_YET = "not yet"
    OVER = "over"
    USED_UP = "used up"
    USED_BY_YOU = "used by you"
    NEEDS_PROOF = "needs proof"
    NOT_FIRST = "not first"
    OTHER_SEGMENT = "other segment"
    LESS = "less"  # than what stands in its place
    AS_MUCH = "as much"  # as what stands in its place
    NOTHING_LEFT = "nothing left"  # to pay of what it is for, with what else comes off
    NOTHING = "nothing"  # by itself either: it comes to less than a cent


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What became of a code: what it takes off, or why it does not; `pieces` and `spent` are what counts for it."""

    code: str
    promotion: Promotion | None = None
    amount: Decimal = NOTHING
    refusal: Refusal | Lack | None = None
    pieces: int = 0
    spent: Decimal = NOTHING
    instead: tuple[Discount, ...] = ()


def discounts_for(
    uow: UnitOfWork, lines: Sequence[OrderLine], products: Mapping[str, Product], claim: Claim, now: datetime
) -> tuple[Discount, ...]:
    """What promotions take off the lines; limits are counted, and nothing is held."""
    usable = _usable(uow, claim, now)
    return discounts_of(lines, _categories(products), usable) if usable else ()


def _usable(uow: UnitOfWork, claim: Claim, now: datetime) -> list[Promotion]:
    found = uow.promotions.for_cart(claim.codes, claim.held, now)
    refused = _refused(uow, found, claim, now)
    return [one for one in found if one.promotion_id not in refused]


def judge(
    uow: UnitOfWork,
    lines: Sequence[OrderLine],
    products: Mapping[str, Product],
    claim: Claim,
    code: str,
    now: datetime,
) -> Verdict:
    """What a normal code takes off these lines beside what else the customer gets, or why it takes nothing off."""
    promotion = uow.promotions.of_codes([code]).get(code)
    if promotion is None:
        return Verdict(code=code, refusal=Refusal.UNKNOWN)
    refused = _refused(uow, [promotion], claim, now)
    if promotion.promotion_id in refused:
        return Verdict(code=code, promotion=promotion, refusal=refused[promotion.promotion_id])
    categories = _categories(products)
    share = share_of(lines, categories, promotion)
    if share.lack is not None:
        return Verdict(code=code, promotion=promotion, refusal=share.lack, pieces=share.pieces, spent=share.amount)
    if not share.total:
        return Verdict(code=code, promotion=promotion, refusal=Refusal.NOTHING)
    usable = _usable(uow, replace(claim, codes=(*claim.codes, code)), now)
    rows = discounts_of(lines, categories, usable)
    for row in rows:
        if row.promotion_id == promotion.promotion_id:
            return Verdict(code=code, promotion=promotion, amount=row.amount)
    with_it = [one for one in usable if one.combinable] if promotion.combinable else [promotion]
    best = discounts_of(lines, categories, with_it)
    refusal = Refusal.AS_MUCH if sum_of(best) == sum_of(rows) else Refusal.LESS
    if best == rows:
        refusal = Refusal.NOTHING_LEFT
    return Verdict(code=code, promotion=promotion, refusal=refusal, instead=rows)


def _refused(uow: UnitOfWork, promotions: Iterable[Promotion], claim: Claim, now: datetime) -> dict[int, Refusal]:
    """By their numbers why promotions cannot be used, whatever is in the cart; what an order holds always can."""
    asked = [one for one in promotions if one.promotion_id not in claim.held]
    uses = uow.promotions.uses([one for one in asked if one.most_uses is not None])
    personal = [one.promotion_id for one in asked if one.personal]
    patron = None
    if personal and claim.proven_email is not None:
        patron = uow.promotion_uses.patron(claim.proven_email, personal, but=claim.order_id)
    found = {one.promotion_id: _refusal(one, uses, patron, now) for one in asked}
    return {promotion_id: refusal for promotion_id, refusal in found.items() if refusal is not None}


def _refusal(promotion: Promotion, uses: Mapping[int, int], patron: Patron | None, now: datetime) -> Refusal | None:
    state = promotion.state(now)
    if state is not State.LIVE:
        return Refusal.OVER if state is State.OVER else Refusal.NOT_YET
    if promotion.most_uses is not None and uses.get(promotion.promotion_id, 0) >= promotion.most_uses:
        return Refusal.USED_UP
    return refusal_of(promotion, patron) if promotion.personal else None


def refusal_of(promotion: Promotion, patron: Patron | None) -> Refusal | None:
    """Why a promotion is not for somebody; None is nobody who is proven."""
    if patron is None:
        return Refusal.NEEDS_PROOF
    most = promotion.most_per_customer
    if most is not None and patron.uses.get(promotion.promotion_id, 0) >= most:
        return Refusal.USED_BY_YOU
    if promotion.first_order and patron.ordered:
        return Refusal.NOT_FIRST
    if promotion.segment is not None and patron.segment is not promotion.segment:
        return Refusal.OTHER_SEGMENT
    return None


def _categories(products: Mapping[str, Product]) -> dict[str, str]:
    return {product_id: product.category for product_id, product in products.items()}


def codes_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Normal codes of what was typed, each once."""
    return tuple(dict.fromkeys(code for code in map(normal, texts) if code))
