"""The admins hear nothing of a product for a while."""

from datetime import datetime, timedelta

from domain.errors import (
    UnknownProduct,
)
from domain.ports import UnitOfWork
from domain.products.supply_entries import UNTIL, note
from domain.records.auditing import Action, Entry, of_snooze

SNOOZE = timedelta(days=7)


def snooze(uow: UnitOfWork, product_id: str, *, actor: str, now: datetime) -> tuple[Entry, datetime]:
    """The admins hear nothing of a product for a week; says until when.

    Raises:
        UnknownProduct: it does not exist.
    """
    if product_id not in uow.products.get([product_id]):
        raise UnknownProduct(product_id)
    until = now + SNOOZE
    before = uow.supply.snooze(product_id, until)
    was, becomes = {UNTIL: before.isoformat() if before else ""}, {UNTIL: until.isoformat()}
    return note(uow, Action.SNOOZE, of_snooze(product_id), was, becomes, actor, now), until
