"""A promotion that was made, changed or ended is as it was before, once."""

from datetime import datetime

from domain.errors import AlreadyUndone, EntryUnknown, PromotionChanged, PromotionUnknown
from domain.ports import UnitOfWork
from domain.promotions.editing import change, end, facts, with_facts
from domain.records.auditing import Action, Entry, promotion_of
from domain.records.promotions import Promotion

_UNDOABLE = (Action.ADD, Action.SET, Action.END, Action.UNDO)


def undo(uow: UnitOfWork, entry_id: int, *, actor: str, now: datetime) -> tuple[Promotion, Entry | None]:
    """Puts back what an entry says a promotion was before; one that was made is ended. Orders that have it keep it.

    Raises:
        EntryUnknown: there is no such entry, or it tells of something else.
        AlreadyUndone: nothing changes a second time.
        PromotionChanged: something else was written over it since.
        CodeTaken: another promotion has the code by now.
        PromotionUnknown, Busy: see `domain.promotions.editing.change`.
    """
    entry = uow.audit.get(entry_id)
    if entry is None:
        raise EntryUnknown(entry_id)
    number = promotion_of(entry)
    if number is None or entry.action not in _UNDOABLE:
        raise EntryUnknown(entry_id)
    promotion = uow.promotions.lock_one(number)
    if promotion is None:
        raise PromotionUnknown(str(number))
    if not uow.audit.mark_undone(entry_id, now):
        raise AlreadyUndone(entry_id)
    if entry.action == Action.ADD:
        ended = promotion.ended_at is not None
        return promotion, None if ended else end(uow, promotion, actor=actor, now=now)
    present = facts(promotion)
    for fact, value in entry.changed_to.items():
        if present[fact] != value:
            raise PromotionChanged(promotion.label)
    back = with_facts(promotion, entry.changed_from)
    return back, change(uow, back, actor=actor, now=now, action=Action.UNDO)
