"""Leads through the change of a placed order: its lines become the cart, and the confirmed card changes the order.

While `conversation.changing` names an order, cart and address are that order's; what was there before waits aside.
Leaving without a yes, in whatever words, changes nothing and brings it back.
"""

from collections.abc import Sequence

from bot.messages import Reply, Verb
from bot.orders import cancelling
from bot.orders.choosing_orders import recent
from bot.phrases import changing as phrases_changing
from bot.phrases import labels, wording
from bot.phrases import orders as phrases_orders
from bot.shopping import basket, cards, checkout
from bot.shopping.cards import button
from bot.shopping.steps import AskWhatToChange
from bot.turn import CLEAR, Handler, Turn
from domain.conversation import Aside, Asked, CartLine, PendingQuestion
from domain.errors import AlreadyCancelled, AlreadyShipped, CancelWindowClosed, OrderNotFound
from domain.model import Order
from domain.orders.cancelling import check_open
from domain.orders.journeys import ChangeOrder, NewOrder
from domain.orders.ordering import total_quantities
from nlu.rules.said import Saying

_ITS_BUTTONS = {
    Verb.CONFIRM,
    Verb.CHANGE,
    Verb.OTHER,
    Verb.STOP,
    Verb.CHECKOUT,
    Verb.UNDO,
    Verb.CLEAR,
    Verb.PICK,
    Verb.COUNT,
    Verb.YES,
    Verb.NO,
}


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to "change my order" and "change order 1042"; None to anything else."""
    said = turn.said(Saying.CHANGES_ORDER)
    if said is None:
        return None
    turn.note_done("change_order")
    if "number" in said.values:
        return begin(turn, int(said.values["number"]))
    orders = recent(turn)
    still_open = [order for order in orders if order.cancellable(turn.now)]
    if turn.conversation.checking_out:
        return _cart_or_order(turn, still_open)
    if not orders:
        return [Reply(text=phrases_orders.NO_ORDERS, buttons=(cards.PROVE, cards.HUMAN))]
    if len(still_open) < 2:
        return begin(turn, (still_open or orders)[0].order_id)
    return cancelling.which(turn, Asked.WHICH_ORDER, phrases_changing.WHICH, Verb.CHANGE_ORDER, still_open)


def _cart_or_order(turn: Turn, orders: Sequence[Order]) -> list[Reply]:
    """ "My order" is first of all what is on its way to the card; one that is placed is a tap away."""
    conversation = turn.conversation
    if conversation.pending is not None and conversation.pending.kind is Asked.CONFIRM:
        conversation.pending = PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=conversation.pending.subject)
    placed = tuple(
        button(labels.change_order(order_id=order.order_id), Verb.CHANGE_ORDER, str(order.order_id))
        for order in orders[:1]
    )
    return [Reply(text=turn.words.what_to_change, buttons=placed)]


def begin(turn: Turn, order_id: int) -> list[Reply]:
    """Lays the order's lines into the cart and asks what shall be different; says why where it cannot be changed."""
    conversation = turn.conversation
    if conversation.changing == order_id:
        return checkout.next_step(turn, [])
    order = turn.own_order(order_id)
    if order is None:
        return [_refusal(turn, OrderNotFound(order_id))]
    try:
        check_open(order, turn.now)
    except (AlreadyCancelled, AlreadyShipped, CancelWindowClosed) as error:
        return [_refusal(turn, error)]
    return checkout.present(turn, AskWhatToChange(order=order), enter(turn, order))


def enter(turn: Turn, order: Order) -> list[str]:
    """From now on cart and address are the order's; returns a note of what was put aside for it."""
    conversation = turn.conversation
    if conversation.changing is not None:
        _bring_back(turn)
    notes = [phrases_changing.put_aside(items=_items(turn))] if conversation.cart else []
    aside = Aside(
        cart=tuple(conversation.cart),
        open_lines=tuple(conversation.open_lines),
        address_id=conversation.address_id,
        codes=conversation.codes if conversation.cart else (),
    )
    conversation.codes = () if conversation.cart else conversation.codes
    conversation.empty_cart()
    conversation.changing, conversation.aside, conversation.checking_out = order.order_id, aside, True
    conversation.cart = cart_of(order)
    conversation.cart_before, conversation.address_id = None, order.address_id
    return notes


def cart_of(order: Order) -> list[CartLine]:
    """What a placed order holds, as lines of the cart."""
    return [
        CartLine(product_id=product_id, quantity=quantity, place=place)
        for place, (product_id, quantity) in enumerate(total_quantities(order.lines).items(), 1)
    ]


def answer_while_changing(turn: Turn, otherwise: Handler) -> list[Reply]:
    """Answers a message while an order is being changed: as any other one, and then sees whether that ended it.

    When the order can no longer be changed, the customer hears it; what they wrote is answered unless it was about it.
    """
    conversation = turn.conversation
    try:
        order = _order(turn)
        check_open(order, turn.now)
    except (OrderNotFound, AlreadyCancelled, AlreadyShipped, CancelWindowClosed) as error:
        over = [_refusal(turn, error), *_bring_back(turn)]
        return over if _is_about_it(turn) else [*over, *otherwise(turn)]
    asked = conversation.pending
    try:
        replies = _at_once(turn, order) or otherwise(turn)
    except (AlreadyCancelled, AlreadyShipped, CancelWindowClosed) as error:
        if error.order_id != order.order_id:
            raise
        return [_refusal(turn, error), *_bring_back(turn)]  # somebody was faster than this message
    if conversation.changing != order.order_id:
        return replies
    if asked is not None and asked.kind is Asked.CANCEL_ORDER and conversation.pending is None:
        return [*replies, *_bring_back(turn)]  # it was cancelled, or stays as it is
    if conversation.checking_out and (conversation.cart or conversation.open_lines or conversation.pending):
        return replies
    if turn.cart_then and not conversation.cart:
        return nothing_left(turn, order)
    return leave(turn)


def _order(turn: Turn) -> Order:
    """The order that is being changed.

    Raises:
        OrderNotFound: it is not this customer's any more.
    """
    match turn.journey:
        case ChangeOrder(order=order):
            return order
        case NewOrder():
            raise OrderNotFound(turn.conversation.changing or 0)


def _is_about_it(turn: Turn) -> bool:
    """Whether a message only goes on with the change."""
    if turn.message.choice is not None:
        return turn.message.choice.verb in _ITS_BUTTONS
    return turn.meant.in_a_change or turn.said(Saying.LEAVES_CHANGE) is not None


def _at_once(turn: Turn, order: Order) -> list[Reply] | None:
    """What means something else while an order is being changed: words that leave, and "cancel" without a number."""
    understanding = turn.understanding
    if turn.message.choice is not None or (turn.asked is not None and not turn.asked.in_a_change):
        return None
    if turn.said(Saying.GOES_AWAY):
        return None  # whatever the model hears in "wait"
    if turn.said(Saying.LEAVES_CHANGE):
        return leave(turn)
    said = turn.said(Saying.CHANGES_ORDER)
    if said is not None and "number" not in said.values:
        return checkout.present(turn, AskWhatToChange(order=order), [])
    named = understanding.first("order_number") or understanding.first("product") or understanding.first("order_time")
    if understanding.intent == "cancel_order" and understanding.confidence >= CLEAR and named is None:
        return cancelling.ask(turn, order.order_id)
    return None


def leave(turn: Turn) -> list[Reply]:
    """Ends without a change, and says so."""
    kept = Reply(text=phrases_changing.kept(order_id=turn.conversation.changing))
    return [kept, *_bring_back(turn)]


def finish(turn: Turn) -> list[Reply]:
    """Ends after the order was changed; where it ships to now is where the next order ships to."""
    return _bring_back(turn, address_id=turn.conversation.address_id)


def _bring_back(turn: Turn, address_id: int | None = None) -> list[Reply]:
    """The conversation as it was before the change; says so where a cart comes back."""
    conversation = turn.conversation
    conversation.leave_change()
    conversation.address_id = address_id or conversation.address_id
    if conversation.open_lines:
        return checkout.next_step(turn, [])
    if not conversation.cart:
        return []
    return [Reply(text=phrases_changing.cart_back(items=_items(turn)), buttons=(cards.CHECK_OUT,))]


def nothing_left(turn: Turn, order: Order) -> list[Reply]:
    """The last line was taken out: an empty order is none, so the bot offers to cancel it."""
    turn.conversation.checking_out = True
    undo = (button(labels.UNDO, Verb.UNDO),) if turn.conversation.cart_before else ()
    text = phrases_changing.nothing_left(order_id=order.order_id)
    return [Reply(text=text, buttons=undo), *cancelling.ask(turn, order.order_id)]


def _refusal(turn: Turn, error: OrderNotFound | AlreadyCancelled | AlreadyShipped | CancelWindowClosed) -> Reply:
    """Why an order cannot be changed; a person may still help, except where it is gone."""
    match error:
        case OrderNotFound(order_id):
            text = phrases_orders.no_such_order(order_id=order_id)
        case AlreadyCancelled(order_id):
            return Reply(text=phrases_changing.cancelled(order_id=order_id))
        case AlreadyShipped(order_id, _, delivered_at):
            text = phrases_changing.left(turn.shop, order_id=order_id, delivered_at=delivered_at)
        case CancelWindowClosed(order_id, closed_at):
            until = turn.shop.local(closed_at, turn.now)
            text = phrases_changing.closed(order_id=order_id, until=until)
    return Reply(text=text, buttons=(cards.HUMAN,))


def _items(turn: Turn) -> str:
    return wording.items(basket.pieces(turn.conversation.cart))
