"""Staff makes, changes and ends promotions; each change is noted in the audit log with from and to.

Nothing of it takes a promotion from a quote that holds, or from an order that has it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from domain.errors import PromotionChanged, PromotionOver, PromotionUnknown
from domain.model import money
from domain.ports import UnitOfWork
from domain.promotions.codes import normal
from domain.records.auditing import Action, Entry, of_promotion
from domain.records.promotions import Kind, Promotion, State
from domain.records.segments import Segment

_WHOLE = ("buy", "pay", "most_uses", "most_per_customer")
_MOMENTS = ("starts_at", "ends_at", "ended_at")
_LISTS = ("product_ids", "categories")
_YES = "yes"


def facts(promotion: Promotion) -> dict[str, str]:
    """What the audit log can say of a promotion; what it does not have is blank."""
    texts = {"name": promotion.name, "code": promotion.code, "kind": str(promotion.kind)}
    texts["percent"] = "" if promotion.percent is None else f"{promotion.percent.normalize():f}"
    texts["amount"] = "" if promotion.amount is None else str(money(promotion.amount))
    texts["free_product"] = promotion.free_product
    for name in _WHOLE:
        number = getattr(promotion, name)
        texts[name] = "" if number is None else str(number)
    for name in _LISTS:
        listed = getattr(promotion, name)
        texts[name] = json.dumps(listed) if listed else ""
    texts["least_pieces"] = str(promotion.least_pieces) if promotion.least_pieces else ""
    texts["least_amount"] = str(money(promotion.least_amount)) if promotion.least_amount else ""
    texts["segment"] = str(promotion.segment or "")
    for name in ("first_order", "combinable", "listed"):
        texts[name] = _YES if getattr(promotion, name) else ""
    for name in _MOMENTS:
        moment = getattr(promotion, name)
        texts[name] = "" if moment is None else moment.isoformat()
    return texts


def with_facts(promotion: Promotion, changed: Mapping[str, str]) -> Promotion:
    """The promotion with some facts put to other values; undoes `facts`."""
    texts = facts(promotion) | dict(changed)
    starts_at = datetime.fromisoformat(texts["starts_at"])
    return replace(
        promotion,
        name=texts["name"],
        code=texts["code"],
        kind=Kind(texts["kind"]),
        percent=Decimal(texts["percent"]) if texts["percent"] else None,
        amount=Decimal(texts["amount"]) if texts["amount"] else None,
        free_product=texts["free_product"],
        buy=int(texts["buy"]) if texts["buy"] else None,
        pay=int(texts["pay"]) if texts["pay"] else None,
        product_ids=tuple(json.loads(texts["product_ids"] or "[]")),
        categories=tuple(json.loads(texts["categories"] or "[]")),
        least_pieces=int(texts["least_pieces"] or 0),
        least_amount=Decimal(texts["least_amount"] or "0.00"),
        first_order=texts["first_order"] == _YES,
        segment=Segment(texts["segment"]) if texts["segment"] else None,
        most_uses=int(texts["most_uses"]) if texts["most_uses"] else None,
        most_per_customer=int(texts["most_per_customer"]) if texts["most_per_customer"] else None,
        combinable=texts["combinable"] == _YES,
        listed=texts["listed"] == _YES,
        starts_at=starts_at,
        ends_at=datetime.fromisoformat(texts["ends_at"]) if texts["ends_at"] else None,
        ended_at=datetime.fromisoformat(texts["ended_at"]) if texts["ended_at"] else None,
    )


def make(uow: UnitOfWork, promotion: Promotion, *, actor: str, now: datetime) -> tuple[Promotion, Entry]:
    """Stores a new promotion. One whose time is over gives its code away.

    Raises:
        CodeTaken: another one that is live or to come has its code.
        Busy: somebody else changes that one, and takes too long.
    """
    _free_code(uow, promotion, now)
    made = uow.promotions.add(promotion)
    told = {name: value for name, value in facts(made).items() if value}
    return made, _note(uow, Action.ADD, made, {}, told, actor, now)


def change(
    uow: UnitOfWork, changed: Promotion, *, actor: str, now: datetime, action: Action = Action.SET
) -> Entry | None:
    """Puts a promotion to what it shall be; None where nothing is different.

    Raises:
        PromotionUnknown: there is none of its number.
        PromotionChanged: somebody else changed it since its version was read.
        PromotionOver: it was ended.
        CodeTaken: another one that is live or to come has its code.
        Busy: somebody else changes it, or orders with it, and takes too long.
    """
    before = uow.promotions.lock_one(changed.promotion_id)
    if before is None:
        raise PromotionUnknown(changed.name)
    if before.version != changed.version:
        raise PromotionChanged(before.label)
    if before.ended_at is not None and action is not Action.UNDO:
        raise PromotionOver(before.label)
    was, becomes = facts(before), facts(changed)
    different = [name for name in was if was[name] != becomes[name]]
    if not different:
        return None
    if changed.ended_at is None:
        _free_code(uow, changed, now)
    uow.promotions.save(changed)
    told_from, told_to = ({name: one[name] for name in different} for one in (was, becomes))
    return _note(uow, action, changed, told_from, told_to, actor, now)


def end(uow: UnitOfWork, promotion: Promotion, *, actor: str, now: datetime) -> Entry | None:
    """Ends a promotion now; orders and quotes that have it keep it.

    Raises:
        PromotionUnknown, PromotionChanged, PromotionOver, Busy: see `change`.
    """
    return change(uow, replace(promotion, ended_at=now), actor=actor, now=now, action=Action.END)


def _free_code(uow: UnitOfWork, promotion: Promotion, now: datetime) -> None:
    """Ends the one whose time is over that has the code of another."""
    code = normal(promotion.code)
    other = uow.promotions.of_codes([code]).get(code) if code else None
    if other is None or other.promotion_id == promotion.promotion_id or other.state(now) is not State.OVER:
        return
    locked = uow.promotions.lock_one(other.promotion_id)
    if locked is not None and locked.ended_at is None:
        uow.promotions.save(replace(locked, ended_at=locked.ends_at))


def _note(
    uow: UnitOfWork,
    action: Action,
    promotion: Promotion,
    changed_from: Mapping[str, str],
    changed_to: Mapping[str, str],
    actor: str,
    now: datetime,
) -> Entry:
    entry = Entry(
        at=now,
        actor=actor,
        action=action,
        subject=of_promotion(promotion.promotion_id),
        changed_from=changed_from,
        changed_to=changed_to,
    )
    return uow.audit.note(entry)
