"""`/inventory` incoming and calloff: the open orders to suppliers, and what of a restock was ordered."""

import re

from bot.admin.parsing import read_page
from bot.admin.replies import actor, button, from_to, product_named, supply_rows, today, undo_button
from bot.messages import Button, Line, Reply, Row, Verb
from bot.phrases import labels, misread, staff_products
from bot.phrases import staff as phrases
from bot.phrases import staff_supply as words
from bot.phrases.staff import PAGE
from bot.turn import Turn
from bot.values import BadInput
from domain.model import Product
from domain.products.purchasing import call_off
from domain.products.receiving import Received
from domain.products.supply_entries import ORDERED, STATE
from domain.records.auditing import of_purchase, of_supplier
from domain.records.purchases import PurchaseState
from domain.records.supply import SupplierTerms

LINES = 5  # orders in one answer
_PURCHASE = re.compile(r"#?P?#?(\d{1,18})(?:\s+(.+))?", re.IGNORECASE | re.ASCII | re.DOTALL)


def incoming(turn: Turn, text: str) -> Reply:
    """The open orders to suppliers, what is expected first at the top."""
    rest, number = read_page(text, "incoming")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "incoming")
    found = turn.uow.purchases.all_open()
    shown = found[(number - 1) * LINES : number * LINES]
    if not shown:
        return Reply(text=words.NOTHING_INCOMING if number == 1 else phrases.NO_SUCH_PAGE)
    products = turn.products({line.product_id for purchase in shown for line in purchase.lines})
    terms, body, buttons = turn.uow.supply.terms(), list[Line](), tuple[Button, ...]()
    for purchase in shown:
        supplier = terms.get(purchase.supplier_id, SupplierTerms(supplier_id=purchase.supplier_id)).title
        body.append(words.purchase_head(turn.shop, order=purchase, supplier=supplier, today=today(turn)))
        for line in purchase.lines[:PAGE]:
            said = words.purchase_line(turn.shop, title=products[line.product_id].title, line=line)
            body.append(Row(said, turn.shop.money(line.unit_cost * line.ordered)))
        body += [words.more_suppliers(count=len(purchase.lines) - PAGE)] if len(purchase.lines) > PAGE else []
        name = words.purchase(number=purchase.purchase_id)
        buttons += button(labels.call_off(number=purchase.purchase_id), Verb.INV_CALLOFF, name)
    more = button(labels.MORE, Verb.INV_INCOMING, str(number + 1)) if len(found) > number * LINES else ()
    first = (number - 1) * LINES + 1
    body.append(staff_products.span(turn.shop, first=first, last=first + len(shown) - 1, total=len(found)))
    return Reply(title=words.INCOMING, body=tuple(body), buttons=buttons + more)


def calloff(turn: Turn, text: str) -> Reply:
    """Nothing more is to come of an order, or of one product of it."""
    found = _PURCHASE.fullmatch(text.strip())
    if found is None:
        raise BadInput(words.WHICH_PURCHASE, "calloff")
    number, product_id = int(found[1]), product_named(turn, found[2]).product_id if found[2] else ""
    entry = call_off(turn.uow, number, product_id, actor=actor(turn), now=turn.now)
    fact = STATE if STATE in entry.changed_to else ORDERED
    changed = Row(words.STATE if fact == STATE else words.ORDERED, from_to(entry, fact))
    title = words.purchase(number=number)
    return Reply(
        title=title,
        body=(words.called_off(number=number), changed, words.ONLY_HERE),
        buttons=undo_button(entry),
    )


def history(turn: Turn, text: str) -> Reply | None:
    """The last changes of an order or of what is agreed with a supplier, newest first; None where it is neither."""
    found = _PURCHASE.fullmatch(text.strip())
    known = {one.casefold(): one for one in turn.uow.supply.suppliers()}
    supplier = known.get(text.strip().casefold())
    if supplier is None and (found is None or found[2] or turn.uow.purchases.get(int(found[1])) is None):
        return None
    title = supplier or words.purchase(number=int(found[1]) if found else 0)
    subject = of_supplier(supplier) if supplier is not None else of_purchase(title.removeprefix("P"))
    lines = [
        words.entry_line(
            at=turn.shop.local(entry.at, turn.now),
            who=words.YOU if entry.actor == actor(turn) else entry.actor,
            entry=entry,
            facts=[f"{one.left} {one.right}" for one in supply_rows(turn, entry)],
        )
        for entry in turn.uow.audit.of(subject, PAGE)
    ]
    return Reply(title=title, text="\n".join(lines) or staff_products.NO_HISTORY)


def counted(turn: Turn, product: Product, received: list[Received]) -> tuple[tuple[str, ...], tuple[Button, ...]]:
    """What of a restock was ordered, and a button for what does not come."""
    said = tuple(words.counted(turn.shop, number=one.purchase_id, pieces=one.pieces, line=one.line) for one in received)
    last = received[-1] if received else None
    if last is None or last.state is not PurchaseState.OPEN or not last.line.incoming:
        return said, ()
    arg = f"{words.purchase(number=last.purchase_id)} {product.product_id}"
    return said, button(labels.NO_MORE_COMES, Verb.INV_CALLOFF, arg)
