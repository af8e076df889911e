"""`/inventory` reorder, order, why, snooze, overstock: what to order and why, and what there is too much of."""

from bot.admin.parsing import read_page
from bot.admin.replies import actor, button, from_to, heading, product_named, span, terms_of, today, undo_button
from bot.messages import Button, Line, Reply, Row, Verb
from bot.phrases import labels, misread, staff_products
from bot.phrases import staff as phrases
from bot.phrases import staff_supply as words
from bot.phrases.staff import PAGE
from bot.turn import Turn
from bot.values import BadInput, whole
from domain.model import Product
from domain.products import snoozing
from domain.products.purchasing import accept, suggestion, to_order
from domain.products.reordering import DEAD_AFTER, MOST_COVER, is_dead, is_over, lead_days
from domain.products.supply_entries import ORDERED
from domain.records.supply import Stock

LINES = 5  # of what is to be reordered in one answer: each has three buttons


def reorder(turn: Turn, text: str) -> Reply:
    """What to order of whom and why, a page at a time, with buttons for each line."""
    rest, number = read_page(text, "reorder")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "reorder")
    predicted = turn.uow.supply.predicted()
    if predicted is None:
        return Reply(text=words.NOT_PREDICTED)
    orders = to_order(turn.uow, today=today(turn), now=turn.now)
    lines = [(order, line) for order in orders for line in order.lines]
    shown = lines[(number - 1) * LINES : number * LINES]
    if not shown:
        return Reply(text=words.NOTHING_DUE if number == 1 else phrases.NO_SUCH_PAGE)
    body: list[Line] = [words.as_of(turn.shop, predicted)]
    buttons: tuple[Button, ...] = ()
    of = ""
    for place, (order, line) in enumerate(shown, (number - 1) * LINES + 1):
        if order.terms.supplier_id != of:
            of = order.terms.supplier_id
            body.append(words.heading(turn.shop, order))
        body += [Row(words.line(turn.shop, place, line), turn.shop.money(line.amount)), words.reason(turn.shop, line)]
        product_id = line.stock.product_id
        take = labels.order_pieces(place=place, quantity=line.quantity)
        buttons += button(take, Verb.INV_ORDER, f"{product_id} {line.quantity}")
        buttons += button(labels.snooze_line(place=place), Verb.INV_SNOOZE, product_id)
        buttons += button(labels.why_line(place=place), Verb.INV_WHY, product_id)
    first = (number - 1) * LINES + 1
    body.append(staff_products.span(turn.shop, first=first, last=first + len(shown) - 1, total=len(lines)))
    more = button(labels.MORE, Verb.INV_REORDER, str(number + 1)) if len(lines) > number * LINES else ()
    return Reply(title=words.REORDER, body=tuple(body), buttons=buttons + more)


def order(turn: Turn, text: str) -> Reply:
    """Accepts a line: so many pieces of a product are on order then."""
    product_id, _, pieces = text.rpartition(" ")
    if not product_id.strip():
        raise BadInput(misread.WHICH_PRODUCT if not text else misread.whole(text=""), "accept")
    product = product_named(turn, product_id.strip())
    quantity = whole(pieces.strip(), 1, "accept")
    entry, purchase = accept(turn.uow, product.product_id, quantity, actor=actor(turn), today=today(turn), now=turn.now)
    said = words.ordered(
        turn.shop, number=purchase.purchase_id, title=product.title, quantity=quantity, expected=purchase.expected_on
    )
    return Reply(
        title=heading(product),
        body=(said, Row(words.ORDERED, from_to(entry, ORDERED)), words.ONLY_HERE),
        buttons=undo_button(entry) + button(labels.INCOMING, Verb.INV_INCOMING, "1"),
    )


def snooze(turn: Turn, text: str) -> Reply:
    """Nobody hears of a product for a week."""
    if not text:
        raise BadInput(misread.WHICH_PRODUCT, "snooze")
    product = product_named(turn, text)
    entry, until = snoozing.snooze(turn.uow, product.product_id, actor=actor(turn), now=turn.now)
    said = words.snoozed(title=product.title, until=turn.shop.local(until, turn.now))
    return Reply(title=heading(product), body=(said,), buttons=undo_button(entry))


def why(turn: Turn, text: str) -> Reply:
    """All that a suggestion is made of."""
    if not text:
        raise BadInput(misread.WHICH_PRODUCT, "why stock")
    product = product_named(turn, text)
    stock = turn.uow.supply.stock_of([product.product_id])[product.product_id]
    if stock.demand is None:
        return Reply(
            title=heading(product), text=words.NONE_OF_IT_PREDICTED if _predicted(turn) else words.NOT_PREDICTED
        )
    terms = terms_of(turn, stock.supplier_id)
    line, demand = suggestion(turn.uow, stock, today=today(turn), now=turn.now), stock.demand
    until = stock.snoozed_until if stock.snoozed(turn.now) else None
    silent = [Row(words.SILENT, turn.shop.local(until, turn.now))] if until else []
    return Reply(
        title=heading(product),
        body=(
            Row(words.ON_HAND, turn.shop.number(stock.on_hand)),
            Row(words.COMING, turn.shop.number(stock.incoming)),
            Row(words.A_WEEK, turn.shop.rounded(demand.weekly)),
            Row(words.LOST, turn.shop.rounded(demand.lost_weekly)),
            Row(words.COVER, words.days(turn.shop, stock.cover)),
            Row(words.LEAD, words.days(turn.shop, lead_days(terms, demand))),
            Row(words.SERVICE, turn.shop.percent(demand.service_level, 0)),
            Row(words.CLASS, f"{demand.abc}{demand.xyz}"),
            Row(words.POINT, turn.shop.number(demand.reorder_point)),
            Row(words.UP_TO, turn.shop.number(demand.order_up_to)),
            *silent,
            words.why(turn.shop, line, stock),
        ),
        buttons=_for_line(product, line.quantity) if line else (),
    )


def overstock(turn: Turn, text: str) -> Reply:
    """What lasts too long and what nobody buys, what ties up most money first."""
    rest, number = read_page(text, "overstock")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "overstock")
    now = turn.now
    idle = turn.uow.supply.idle(days=MOST_COVER, since=now - DEAD_AFTER)
    found = [one for one in idle if is_over(one) or is_dead(one, now)]
    shown = found[(number - 1) * PAGE : number * PAGE]
    notes = [] if _predicted(turn) else [words.ONLY_DEAD]
    if not shown:
        nothing = " ".join([words.NO_OVERSTOCK, *notes])
        return Reply(text=nothing if number == 1 else phrases.NO_SUCH_PAGE)
    rows: list[Line] = [
        Row(_idle(turn, place, one), turn.shop.money(one.unit_cost * one.on_hand))
        for place, one in enumerate(shown, (number - 1) * PAGE + 1)
    ]
    more = button(labels.MORE, Verb.INV_OVERSTOCK, str(number + 1)) if len(found) > number * PAGE else ()
    body: tuple[Line, ...] = (*notes, *rows, span(turn.shop, number, shown, len(found)))
    return Reply(title=words.OVERSTOCK, body=body, buttons=more)


def _for_line(product: Product, quantity: int) -> tuple[Button, ...]:
    take = button(labels.order_so_many(quantity=quantity), Verb.INV_ORDER, f"{product.product_id} {quantity}")
    return take + button(labels.SNOOZE, Verb.INV_SNOOZE, product.product_id)


def _idle(turn: Turn, place: int, stock: Stock) -> str:
    dead = is_dead(stock, turn.now)
    since = turn.shop.day(stock.moved_at) if stock.moved_at else ""
    return words.idle(turn.shop, place, stock, dead=dead, since=since)


def _predicted(turn: Turn) -> bool:
    return turn.uow.supply.predicted() is not None
