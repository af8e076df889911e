"""`/inventory` suppliers and supplier: who sells to the shop, and what is agreed with them."""

import re

from bot.admin.parsing import read_page
from bot.admin.replies import actor, button, span, supply_rows, terms_of, undo_button
from bot.messages import Reply, Row, Verb
from bot.phrases import labels, misread, staff_products
from bot.phrases import staff as phrases
from bot.phrases import staff_supply as words
from bot.phrases.staff import PAGE
from bot.turn import Turn
from bot.values import BadInput, value_of, whole
from domain.products.agreeing import agree, terms_facts
from domain.products.fields import BY_NAME
from domain.records.supply import SupplierTerms

LONGEST_LEAD = 730
_TERMS = {
    "lead": "lead",
    "lead_days": "lead",
    "minimum": "minimum",
    "min": "minimum",
    "amount": "amount",
    "minimum_amount": "amount",
    "pack": "pack",
    "order_pack": "pack",
    "name": "name",
}
_KEY = re.compile(rf"(?:^|(?<=\s))({'|'.join(_TERMS)})(?:=|\s+|$)", re.IGNORECASE)


def suppliers(turn: Turn, text: str) -> Reply:
    """Who sells to the shop, and what is agreed with them."""
    rest, number = read_page(text, "suppliers")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "suppliers")
    known, terms = turn.uow.supply.suppliers(), turn.uow.supply.terms()
    shown = list(known)[(number - 1) * PAGE : number * PAGE]
    if not shown:
        return Reply(text=words.NO_SUPPLIERS if number == 1 else phrases.NO_SUCH_PAGE)
    rows = []
    for supplier_id in shown:
        theirs = terms.get(supplier_id, SupplierTerms(supplier_id=supplier_id))
        rows.append(
            Row(
                words.supplier_row(turn.shop, terms=theirs, products=known[supplier_id]),
                words.agreed(turn.shop, theirs),
            )
        )
    more = button(labels.MORE, Verb.INV_SUPPLIERS, str(number + 1)) if len(known) > number * PAGE else ()
    return Reply(title=words.SUPPLIERS, body=(*rows, span(turn.shop, number, shown, len(known))), buttons=more)


def supplier(turn: Turn, text: str) -> Reply:
    """Shows what is agreed with a supplier, or writes it down."""
    supplier_id, said = _named_supplier(turn, text)
    changed = _terms_said(said)
    if not changed:
        terms = terms_of(turn, supplier_id)
        rows = [
            Row(words.LABELS[name], words.fact(turn.shop, name, value)) for name, value in terms_facts(terms).items()
        ]
        return Reply(title=terms.title, body=(*rows, phrases.usage("supplier", words.WHAT_OF_SUPPLIER)))
    entry = agree(turn.uow, supplier_id, changed, actor=actor(turn), now=turn.now)
    terms = terms_of(turn, supplier_id)
    if entry is None:
        return Reply(title=terms.title, text=staff_products.NOTHING_CHANGED)
    return Reply(title=terms.title, body=supply_rows(turn, entry), buttons=undo_button(entry))


def _named_supplier(turn: Turn, text: str) -> tuple[str, str]:
    """The supplier that a text begins with, whatever its case, and the rest; an id may hold spaces."""
    if not text:
        raise BadInput(words.WHICH_SUPPLIER, "supplier")
    known = turn.uow.supply.suppliers()
    said = f"{text} "
    for one in sorted(known, key=len, reverse=True):
        if said.casefold().startswith(f"{one} ".casefold()):
            return one, text[len(one) :].strip()
    raise BadInput(words.no_supplier(supplier_id=_KEY.split(text)[0].strip()), "supplier")


def _terms_said(text: str) -> dict[str, str]:
    """The terms of "lead 10 minimum=50 name Clay Bird", each checked."""
    found = list(_KEY.finditer(text))
    if text and (not found or found[0].start()):
        raise BadInput(words.unknown_term(word=text.split(maxsplit=1)[0]), "supplier")
    said: dict[str, str] = {}
    for place, match in enumerate(found):
        name = _TERMS[match[1].lower()]
        if name in said:
            raise BadInput(misread.twice(name=name), "supplier")
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        said[name] = _term(name, text[match.end() : end].strip())
    return said


def _term(name: str, value: str) -> str:
    """A term's value as the audit log writes it.

    Raises:
        BadInput: it cannot have that.
    """
    if name == "name":
        return value_of(BY_NAME["category"], value, "supplier")
    if name == "amount":
        return value_of(BY_NAME["cost"], value, "supplier")
    if name == "lead" and value.lower() in ("", "usual", "-"):
        return ""
    pieces = whole(
        value.lower().removesuffix("days").removesuffix("day").strip(), 1 if name == "pack" else 0, "supplier"
    )
    if name == "lead" and pieces > LONGEST_LEAD:
        raise BadInput(words.bad_term(name=name, text=value), "supplier")
    return str(pieces)
