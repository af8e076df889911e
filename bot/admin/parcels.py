"""`/orders ship`, `slip`, and where an order goes: who looked at an address is noted, the address itself never."""

from html import escape

from bot.admin import forms
from bot.admin.parsing import first_word
from bot.admin.replies import actor
from bot.messages import Attachment, Line, Reply, Row
from bot.phrases import misread, staff_orders
from bot.phrases import staff as phrases
from bot.shopping import cards
from bot.turn import Turn
from bot.values import order_number, parcel
from domain.errors import OrderNotFound
from domain.model import Order
from domain.orders.shipping import NO_PARCEL, WELL_KNOWN, Parcel, parcel_of
from domain.people.destinations import look, may_look, turn_away
from domain.records.staff import Role

_WITH = ("with", "by", "via", "per")


def told_parcel(turn: Turn, text: str) -> tuple[int, Parcel]:
    """The order and the parcel of `NUMBER [carrier] [tracking number]`, or of a filled-in form.

    Raises:
        BadInput: no number, or no carrier or tracking number that could be one.
    """
    number, rest = first_word(text)
    order_id = order_number(number, "ship")
    fields = dict(turn.message.command.fields) if turn.message.command else {}
    if fields:
        return order_id, parcel(fields.get("carrier", ""), fields.get("tracking", ""))
    words = rest.split()
    if words and words[0].lower() in _WITH:
        del words[0]
    first = next((place for place, word in enumerate(words) if any(char.isdigit() for char in word)), len(words))
    for name in WELL_KNOWN:  # "Royal Mail AB 1234 5678 9GB": letters before the digits are the number's
        if " ".join(words).casefold().startswith(name) and len(name.split()) <= first:
            first = len(name.split()) if first < len(words) else first
    return order_id, parcel(" ".join(words[:first]), "".join(words[first:]))


def ship_form(turn: Turn, text: str) -> Reply:
    """Asks who brings an order, and under which number."""
    order_id = order_number(text, "ship")
    if turn.uow.orders.get(order_id) is None:
        raise OrderNotFound(order_id)
    return Reply(text=phrases.usage("ship", misread.WHO_BRINGS_IT), form=forms.ship_form(order_id))


def destination(turn: Turn, order: Order, held: frozenset[Role]) -> list[Line]:
    """Where an order goes, for those who may know, where nobody else reads along; that they looked is noted."""
    if turn.message.chat.public:
        return [staff_orders.SHIP_TO_IN_PRIVATE]
    if not may_look(turn.uow, order, held):
        return [staff_orders.SHIP_TO_WITH_TICKET]
    address = look(turn.uow, order, actor=actor(turn), now=turn.now)
    if not address:
        return [staff_orders.SHIP_TO_UNKNOWN]
    return [staff_orders.SHIP_TO, *address, *_parcel_line(turn, order)]


def slip(turn: Turn, text: str, held: frozenset[Role]) -> Reply:
    """An order's packing slip, as a page to print.

    Raises:
        BadInput, OrderNotFound: there is none.
    """
    order_id = order_number(text, "slip")
    order = turn.uow.orders.get(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if turn.message.chat.public:
        return Reply(text=staff_orders.SHIP_TO_IN_PRIVATE)
    if not may_look(turn.uow, order, held):
        turn_away(turn.uow, order, actor=actor(turn), now=turn.now)
        return Reply(text=staff_orders.SHIP_TO_WITH_TICKET)
    address = look(turn.uow, order, actor=actor(turn), now=turn.now)
    if not address:
        return Reply(text=staff_orders.SHIP_TO_UNKNOWN)
    products = turn.products([line.product_id for line in order.lines])
    page = staff_orders.slip_page(
        shop=escape(turn.shop.name),
        order_id=order_id,
        placed=escape(turn.shop.day(order.placed_at)),
        address="<br>".join(map(escape, address)),
        rows="\n".join(
            staff_orders.slip_row(
                quantity=line.quantity,
                product_id=escape(line.product_id),
                title=escape(cards.title_of(products, line.product_id)),
            )
            for line in order.lines
        ),
        pieces=sum(line.quantity for line in order.lines),
    )
    return Reply(
        text=staff_orders.slip_is_file(order_id=order_id),
        attachment=Attachment(name=f"packing-slip-{order_id}.html", content=page),
    )


def _parcel_line(turn: Turn, order: Order) -> list[Row]:
    known = parcel_of(turn.uow, order.order_id)
    return [Row(staff_orders.PARCEL, str(known))] if known != NO_PARCEL else []
