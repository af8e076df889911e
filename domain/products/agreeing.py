"""What is agreed with a supplier: lead time, packs, minimum; each change with its audit entry."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from domain.errors import (
    SupplierUnknown,
)
from domain.model import money
from domain.ports import UnitOfWork
from domain.products.supply_entries import note
from domain.records.auditing import Action, Entry, of_supplier
from domain.records.supply import SupplierTerms


def terms_facts(terms: SupplierTerms) -> dict[str, str]:
    """What the audit log can say of a supplier's terms; what nobody said is blank."""
    return {
        "name": terms.name,
        "lead": "" if terms.lead_days is None else str(terms.lead_days),
        "pack": str(terms.order_pack),
        "minimum": str(terms.minimum_pieces),
        "amount": str(money(terms.minimum_amount)),
    }


def with_terms(terms: SupplierTerms, changed: Mapping[str, str]) -> SupplierTerms:
    """The terms with some facts put to other values; undoes `terms_facts`."""
    facts = terms_facts(terms) | dict(changed)
    return SupplierTerms(
        supplier_id=terms.supplier_id,
        name=facts["name"],
        lead_days=int(facts["lead"]) if facts["lead"] else None,
        order_pack=int(facts["pack"]),
        minimum_pieces=int(facts["minimum"]),
        minimum_amount=Decimal(facts["amount"]),
    )


def agree(
    uow: UnitOfWork,
    supplier_id: str,
    changed: Mapping[str, str],
    *,
    actor: str,
    now: datetime,
    action: Action = Action.SET,
) -> Entry | None:
    """Writes down what is agreed with a supplier; None when nothing is different.

    Raises:
        SupplierUnknown: no product comes from there.
        Busy: somebody else writes it, and takes too long.
    """
    if supplier_id not in uow.supply.suppliers():
        raise SupplierUnknown(supplier_id)
    uow.supply.lock_supplier(supplier_id)
    before = uow.supply.terms().get(supplier_id, SupplierTerms(supplier_id=supplier_id))
    after = with_terms(before, changed)
    was, becomes = terms_facts(before), terms_facts(after)
    different = [name for name in was if was[name] != becomes[name]]
    if not different:
        return None
    uow.supply.save_terms(after)
    subject = of_supplier(supplier_id)
    return note(
        uow,
        action,
        subject,
        {name: was[name] for name in different},
        {name: becomes[name] for name in different},
        actor,
        now,
    )
