"""Brings what went wrong after ordering to support: tied to its order, as a ticket, while the bot goes on answering."""

from collections.abc import Sequence
from dataclasses import replace

from bot.card_numbers import without_card_numbers
from bot.finding.departments import WHAT_WE_HAVE
from bot.messages import Reply
from bot.orders.choosing_orders import choose_orders, recent
from bot.phrases import aftersales as phrases_aftersales
from bot.phrases import handoff as phrases_handoff
from bot.phrases import orders as phrases_orders
from bot.shopping import cards
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.model import Order, OrderState, Product
from domain.numbers import plain_number
from domain.products.catalogue import narrow, words
from domain.records.tickets import CUSTOMER
from domain.staff.handoff import open_case, tell_support
from nlu.rules.complaints import TELLS_ORDER, Complaint, is_of_a_mail
from nlu.rules.order_words import is_labelled, is_name, plain
from nlu.rules.retractions import takes_back_midway
from nlu.rules.untroubled import Untroubled, untroubled

TICKET = "ticket:"  # begins what is noted as done of a complaint that was passed on
_ARRIVED = {Complaint.BROKEN, Complaint.WRONG_ITEM, Complaint.MISSING, Complaint.RETURN, Complaint.WARRANTY}
_MAY_CANCEL = {Complaint.RETURN, Complaint.REFUND, Complaint.LATE, Complaint.OTHER}
SHALL_A_PERSON = Reply(text=phrases_handoff.SHALL_A_PERSON, buttons=(cards.HUMAN,))


def complain(turn: Turn, *kinds: Complaint, order: Order | None = None, said: str = "") -> list[Reply]:
    """Opens a ticket, or adds to the open one, and promises an answer; says where the order stands if it is late.

    Who turns round in the same breath, and who tells of no trouble of their own, is asked whether a person shall see
    it: nothing is passed on.

    Args:
        turn: its message is what support reads.
        kinds: what it is about, where the words do not have to tell.
        order: the order, where it is known.
        said: what support reads beside all that.
    """
    if turns_round(turn):
        return [SHALL_A_PERSON]
    if not kinds and (answered := _no_trouble(turn)) is not None:
        return answered
    kinds = kinds or kinds_of(turn)
    unknown, order = ("", order) if order is not None else _order_meant(turn, kinds)
    named = [] if order is None else products_named(turn, order)
    had = turn.uow.tickets.has_open(turn.conversation.chat, turn.conversation.sender_id, turn.conversation.identity_id)
    shown = cards.summary(turn, order) if order is not None else unknown
    ticket_id = open_case(
        turn.uow,
        turn.conversation,
        about=_about(kinds, order, named),
        said=without_card_numbers(turn.written or turn.message.text, phrases_handoff.CARD_NUMBER_REMOVED),
        summary=phrases_aftersales.for_support(
            kinds=[phrases_aftersales.KINDS[kind] for kind in kinds],
            order=shown,
            products=[product.title for product in named],
            besides=said,
        ),
        origin=turn.origin,
        now=turn.now,
    )
    if ticket_id is None:
        return [Reply(text=phrases_handoff.too_many_asked(hours=turn.shop.support_hours))]
    turn.noted.handed_off |= not had
    for kind in kinds:
        turn.note_done(f"{TICKET}{kind}")
    promise = phrases_aftersales.added if had else phrases_aftersales.opened
    about = phrases_aftersales.about_order(order=shown) if shown else ""
    told = promise(ticket_id=ticket_id, about=about, hours=turn.shop.support_hours)
    sympathy = next((phrases_aftersales.SYMPATHY[kind] for kind in kinds if kind in phrases_aftersales.SYMPATHY), "")
    reply = Reply(text=f"{sympathy} {told}".strip())
    if order is None:
        return [reply if unknown else _asking_for_order(turn, reply, ticket_id)]
    if Complaint.LATE in kinds:
        turn.note_done("order_status")
        return [cards.order_card(turn, order), reply]
    if order.cancellable(turn.now) and _MAY_CANCEL & {*kinds}:
        until = turn.shop.local(order.cancel_until, turn.now)
        line = phrases_aftersales.can_cancel(order_id=order.order_id, until=until)
        return [replace(reply.with_lines(below=[line]), buttons=cards.still_open(order))]
    return [reply]


def turns_round(turn: Turn) -> bool:
    """Whether a message takes back in the same breath what a person would be called for; no button does."""
    return turn.message.choice is None and takes_back_midway(turn.written or turn.message.text)


def _no_trouble(turn: Turn) -> list[Reply] | None:
    """The answer to what only sounds like a complaint; None to one, and to what a button said."""
    if turn.message.choice is not None:
        return None
    match untroubled(turn.written or turn.message.text):
        case Untroubled.WELL:
            return [Reply(text=phrases_aftersales.ALL_WELL)]
        case Untroubled.ASKS_WHO if turn.newest_open is not None:
            return [cards.order_card(turn, turn.newest_open)]
        case Untroubled.NO_WORDS:
            return [Reply(text=phrases_aftersales.ASK_WHAT)]
        case None:
            return None
        case _:
            return [SHALL_A_PERSON]


def kinds_of(turn: Turn) -> tuple[Complaint, ...]:
    """What happened and what is wanted done about it, at most one of each; `OTHER` where neither is clear."""
    return tuple(Complaint(entity.value) for entity in turn.understanding.complaint) or (Complaint.OTHER,)


def complains(turn: Turn) -> bool:
    """Whether a question about an order tells what went wrong with it."""
    return turn.understanding.first("happened") is not None and not is_of_a_mail(turn.message.text)


def no_orders(turn: Turn) -> list[Reply]:
    """To who asks about orders in a chat that has none: how to get to them all the same."""
    return [Reply(text=phrases_orders.NO_ORDERS, buttons=(cards.PROVE, cards.HUMAN, WHAT_WE_HAVE))]


def take_case_order(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """The order that a ticket is about, said afterwards; a no leaves it as it is."""
    said = turn.message.text
    number = any(sign.isdecimal() for sign in said) and not turn.meant.fills_cart
    if number or turn.emails or TELLS_ORDER.fullmatch(said.lower()):
        turn.conversation.pending = None
        turn.note_email()
        tell_support(turn.uow, int(pending.subject), CUSTOMER, said, turn.now)
        return [Reply(text=phrases_aftersales.added_order(ticket_id=int(pending.subject)))]
    if turn.says_no:
        turn.conversation.pending = None
        return [Reply(text=phrases_aftersales.WITHOUT_ORDER)]
    return None


def _asking_for_order(turn: Turn, reply: Reply, ticket_id: int) -> Reply:
    """Asks too for what ties the ticket to an order, unless something else is open."""
    if turn.conversation.pending is not None:
        return reply
    turn.conversation.pending = PendingQuestion(kind=Asked.CASE_ORDER, subject=str(ticket_id))
    return replace(reply.with_lines(below=[phrases_aftersales.ASK_ORDER]), buttons=(cards.PROVE,))


def _order_meant(turn: Turn, kinds: Sequence[Complaint]) -> tuple[str, Order | None]:
    """The order by its number, by what is said of it, or else the newest; and a number that is none of this chat."""
    numbers = list(turn.understanding.all("order_number"))
    for number in numbers:
        order_id = plain_number(number.value)
        if order_id is not None and (own := turn.own_order(order_id)) is not None:
            return "", own
    numbers = [one for one in numbers if is_labelled(plain(turn.understanding.text), one.start)]
    orders = [order for order in recent(turn) if order.state is not OrderState.CANCELLED]
    if numbers:
        return f"#{numbers[0].value}", None
    if {*kinds} & _ARRIVED:
        orders.sort(key=lambda order: order.state is OrderState.PLACED)  # what came has left the shop
    chosen = choose_orders(turn, orders)
    named = [order for order in orders if products_named(turn, order)]
    return "", next(iter([*chosen.orders, *named, *orders]), None)


def products_named(turn: Turn, order: Order) -> list[Product]:
    """The products of an order that the message has words of."""
    products = list(turn.products([line.product_id for line in order.lines]).values())
    said = [word for word in words(turn.message.text) if len(word) > 2 and is_name(word)]
    found = {product.product_id for word in said for product in narrow(word, products)}
    return [product for product in products if product.product_id in found]


def _about(kinds: Sequence[Complaint], order: Order | None, named: Sequence[Product]) -> str:
    """What the ticket's row holds: ids only, nothing of anybody."""
    parts = [", ".join(kinds), f"order {order.order_id}" if order is not None else ""]
    parts += [f"product {product.product_id}" for product in named]
    return "; ".join(part for part in parts if part)
