"""Takes the uses of promotions that an order has, in its own transaction, and gives them back.

Limited promotions are locked in the order of their numbers after the order and its products, so that no two orders wait
for each other in a circle, and no limit is passed however many are placed at once.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.errors import PromotionUsedUp
from domain.model import Discount
from domain.ports import UnitOfWork
from domain.promotions.applying import refusal_of


def check_uses(
    uow: UnitOfWork,
    discounts: Sequence[Discount],
    *,
    hashed_email: str,
    proven: bool,
    held: Sequence[Discount] = (),
    order_id: int = 0,
) -> None:
    """Locks the limited ones of promotions that an order is to use, and counts; what it holds counts as its own.

    The end or a change of a promotion takes nothing from a quote that holds; a limit does.

    Raises:
        PromotionUsedUp: one has no use left, in all or for this customer.
        Busy: others hold one of them for too long.
    """
    names = {one.promotion_id: one.name for one in discounts}
    wanted = set(names) - {one.promotion_id for one in held}
    locked = uow.promotions.lock(wanted) if wanted else {}
    if not locked:
        return
    uses = uow.promotions.uses([one for one in locked.values() if one.most_uses is not None])
    for promotion_id, promotion in locked.items():
        if promotion.most_uses is not None and uses.get(promotion_id, 0) >= promotion.most_uses:
            raise PromotionUsedUp(promotion_id, names[promotion_id])
    personal = [one for one in locked.values() if one.most_per_customer is not None or one.first_order]
    if not personal:
        return
    ids = [one.promotion_id for one in personal]
    patron = uow.promotion_uses.patron(hashed_email, ids, but=order_id) if proven else None
    for promotion in personal:
        if refusal_of(promotion, patron) is not None:
            raise PromotionUsedUp(promotion.promotion_id, names[promotion.promotion_id])


def put_uses(uow: UnitOfWork, order_id: int, discounts: Sequence[Discount], before: Sequence[Discount] = ()) -> None:
    """Notes what an order uses; what it used before and does not now is given back."""
    if discounts or before:
        uow.promotion_uses.put(order_id, discounts)


def give_back_uses(uow: UnitOfWork, order_id: int, discounts: Sequence[Discount], now: datetime) -> None:
    """A cancelled order gives its uses back; what it got stays written on it."""
    if discounts:
        uow.promotion_uses.give_back(order_id, now)
