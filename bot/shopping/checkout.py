"""Leads to the order: asks for the one thing that is missing next, or shows the card to confirm."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.messages import Button, Reply, Verb
from bot.phrases import changing as phrases_changing
from bot.phrases import customer as phrases
from bot.phrases import labels
from bot.shopping import cards, contact
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Asked, OpenLine, PendingQuestion, Problem
from domain.errors import OrderNotFound, OutOfStock, ProductRetired, ShopError, UnknownProduct
from domain.model import Order, OrderLine, OrderState, Quote
from domain.orders.cancelling import owns
from domain.orders.changing import differs, quote_change
from domain.orders.ordering import price_difference
from domain.orders.quoting import make_quote
from nlu.rules.moods import asks_back

MOST_NEAR = 3
DUPLICATE_WITHIN = timedelta(minutes=2)


def next_step(turn: Turn, notes: list[str]) -> list[Reply]:
    """The one question that comes next: open line, e-mail, address, confirmation; or the cart outside a checkout."""
    conversation = turn.conversation
    if turn.goes_on:
        return [Reply(text="\n".join(notes))] if notes else []
    if conversation.open_lines:
        return [_ask_and_account(turn, notes)]
    if not conversation.cart:
        conversation.checking_out, conversation.pending = False, None
        return [Reply(text="\n".join(notes) or f"{phrases.EMPTY_CART} {phrases.ASK_WHAT}")]
    if not conversation.checking_out:
        conversation.pending = PendingQuestion(kind=Asked.CHECKOUT)
        return [cards.cart_card(turn, notes)]
    if conversation.hashed_email is None and conversation.changing is None:
        return _ask_email(turn, notes)
    if conversation.address_id is None:
        if turn.understanding.first("email") is not None and conversation.changing is None:
            notes = [phrases.EMAIL_NOTED.format(email=turn.shown_email), *notes]
        if conversation.pending is None or conversation.pending.kind is not Asked.ADDRESS:
            conversation.pending = PendingQuestion(kind=Asked.ADDRESS, subject=_part_key(conversation.pending))
        return [replace(_with_cart(turn, notes, contact.question(turn)), form=contact.ADDRESS_FORM)]
    return [_card(turn, notes) if conversation.changing is None else _change_card(turn, notes)]


def _ask_and_account(turn: Turn, notes: list[str]) -> Reply:
    """The first open line's question, between what the message put into the cart and what is asked later."""
    question = ask_open_line(turn, turn.conversation.open_lines[0])
    then = {line.product_id: line.quantity for line in turn.cart_then}
    new = [line for line in turn.conversation.cart if then.get(line.product_id) != line.quantity]
    above = [phrases.IN_CART.format(lines=phrases.listed(cards.names(turn, new)))] if new else []
    later = [f"{line.quantity} × “{line.phrase}”" for line in turn.conversation.open_lines[1:]]
    below = [phrases.ASKED_LATER.format(lines=phrases.listed(later))] if later else []
    return replace(question, text="\n".join([*notes, *above, question.text, *below]))


def _ask_email(turn: Turn, notes: list[str]) -> list[Reply]:
    """Asks for the e-mail; where a likely fix was just offered in `notes`, that is the question."""
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.EMAIL_FIX and notes:
        asked = _with_cart(turn, notes[:-1], notes[-1])
        return [replace(asked, buttons=(_yes(turn, labels.YES_USE_THAT), _no(turn, labels.NO)))]
    turn.conversation.pending = PendingQuestion(kind=Asked.EMAIL, subject=_part_key(pending))
    return [_with_cart(turn, notes, phrases.ASK_EMAIL)]


def _part_key(pending: PendingQuestion | None) -> str:
    """The key of the half of an address that was said before the e-mail was asked for."""
    return pending.subject if pending is not None and pending.kind in (Asked.ADDRESS, Asked.EMAIL) else ""


def _with_cart(turn: Turn, notes: list[str], question: str) -> Reply:
    """A question below the cart; the cart is left out where it is as the customer saw it last."""
    if tuple(turn.conversation.cart) == turn.cart_then:
        return Reply(text="\n".join([*notes, question]))
    cart = cards.cart_card(turn, notes)
    return Reply(title=cart.title, text=f"{cart.text}\n{question}", buttons=cart.buttons[1:])


def _card(turn: Turn, notes: list[str]) -> Reply:
    conversation = turn.conversation
    try:
        quote = make_quote(
            turn.uow,
            conversation.cart,
            identity_id=conversation.identity_id,
            terms=turn.shop.terms,
            now=turn.now,
        )
    except (OutOfStock, ProductRetired, UnknownProduct) as error:
        return _fitted(turn, notes, error)
    conversation.pending = PendingQuestion(kind=Asked.CONFIRM, subject=quote.quote_id)
    for order in turn.uow.orders.of_identity(turn.identity, limit=1):
        recent = turn.now - order.placed_at < DUPLICATE_WITHIN and order.state is OrderState.PLACED
        if recent and order.lines == quote.lines:
            notes = [*notes, phrases.ORDER_SAME.format(order_id=order.order_id)]
    return _quote_card(turn, quote, notes)


def _change_card(turn: Turn, notes: list[str]) -> Reply:
    """The card of a placed order's change; where nothing differs, the question what shall."""
    conversation, order = turn.conversation, changed_order(turn)
    if turn.understanding.first("email") is not None:
        notes = [*notes, phrases_changing.EMAIL_STAYS]
    try:
        quote = quote_change(
            turn.uow,
            order,
            conversation.cart,
            identity_id=conversation.identity_id,
            terms=turn.shop.terms,
            now=turn.now,
        )
    except (OutOfStock, ProductRetired, UnknownProduct) as error:
        return _fitted(turn, notes, error)
    if not differs(order, conversation.cart, conversation.address_id):
        return ask_what_to_change(turn, order, [*notes, phrases_changing.NO_DIFFERENCE])
    conversation.pending = PendingQuestion(kind=Asked.CONFIRM, subject=quote.quote_id)
    return _quote_card(turn, quote, [*notes, *price_changes(turn, order.lines, quote.lines)])


def changed_order(turn: Turn) -> Order:
    """The order that is being changed.

    Raises:
        OrderNotFound: it is not this customer's any more.
    """
    order_id = turn.conversation.changing or 0
    order = turn.uow.orders.get(order_id)
    if order is None or not owns(turn.identity, order):
        raise OrderNotFound(order_id)
    return order


def ask_what_to_change(turn: Turn, order: Order, notes: list[str]) -> Reply:
    """An order as it was placed, and the question what shall be different."""
    turn.conversation.pending = PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=str(order.order_id))
    until = turn.shop.local(order.cancel_until, turn.now)
    text = [
        *notes,
        *cards.rows(turn, order.lines),
        f"Total\t{turn.shop.money(order.total)}",
        phrases_changing.WHAT.format(until=until),
    ]
    return Reply(
        title=f"Order #{order.order_id}",
        text="\n".join(text),
        buttons=(
            button(labels.OTHER_ADDRESS, Verb.OTHER, "address"),
            button(labels.KEEP_AS_IT_WAS, Verb.STOP, str(order.order_id)),
        ),
    )


def price_changes(turn: Turn, old: Sequence[OrderLine], new: Sequence[OrderLine]) -> list[str]:
    """What costs something else than before, a sentence each."""
    products = turn.products([line.product_id for line in new])
    return [
        phrases.PRICE_CHANGED.format(
            title=products[after.product_id].title,
            before=turn.shop.money(before.unit_price),
            after=turn.shop.money(after.unit_price),
        )
        for before, after in price_difference(old, new)
    ]


def _quote_card(turn: Turn, quote: Quote, notes: list[str]) -> Reply:
    address = turn.uow.people.address(turn.conversation.address_id or 0)
    if turn.conversation.changing is not None:
        return cards.change_card(turn, quote, changed_order(turn), address, notes)
    return cards.quote_card(turn, quote, address, notes)


def ask_clearly(turn: Turn) -> list[Reply]:
    """The answer to half a yes at the card, or to a question about it: what is asked, once more. Nothing is placed."""
    changes = turn.conversation.changing is not None
    if asks_back(turn.understanding.text):
        return show(turn, [phrases_changing.AS_SHOWN if changes else phrases.PLACE_AS_SHOWN])
    note = phrases_changing.NO_CLEAR_YES if changes else phrases.PLACE_NO_CLEAR_YES
    return [replace(reply, text=f"{note}\n{reply.text}") for reply in reminder(turn)]


def show(turn: Turn, notes: list[str] | None = None) -> list[Reply]:
    """The cart as it stands, and the open question; a card that waits for a yes is shown again as it is."""
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.CONFIRM:
        quote = turn.uow.quotes.get(pending.subject)
        if quote is None or quote.expires_at <= turn.now:
            return next_step(turn, [])
        return [_quote_card(turn, quote, notes or [])]
    return [cards.cart_card(turn), *reminder(turn)]


def _fitted(turn: Turn, notes: list[str], error: ShopError) -> Reply:
    """The next step with what can be had, after the shop said no to the cart as it was."""
    return next_step(turn, [*notes, phrases.sorry(turn, error), *_fit_to_stock(turn)])[0]


def _fit_to_stock(turn: Turn) -> list[str]:
    """Lowers the cart to what can be had, so that the next card can be confirmed."""
    conversation = turn.conversation
    products = turn.products([line.product_id for line in conversation.cart])
    conversation.remember_cart()
    for line in list(conversation.cart):
        product = products.get(line.product_id)
        available = 0 if product is None or product.retired_at is not None else product.quantity
        if line.quantity > available:
            conversation.put(line.product_id, available)
    return [phrases.FITTED] if conversation.cart else []


def ask_open_line(turn: Turn, line: OpenLine) -> Reply:
    """The question that an open line needs an answer to."""
    products = turn.products(line.options)
    options = [products[product_id] for product_id in line.options if product_id in products]
    turn.conversation.pending = PendingQuestion(
        kind=Asked.OPEN_LINE, options=line.options, subject=line.phrase, quantity=line.quantity
    )
    if line.problem is Problem.MANY:
        return Reply(
            text=phrases.many(line.quantity, options[0].title),
            buttons=(_yes(turn, labels.yes_so_many(quantity=line.quantity)), _no(turn, labels.NO_LEAVE_OUT)),
        )
    if line.problem is Problem.SHORT:
        left = options[0].quantity
        return Reply(
            text=phrases.short(line.quantity, left, options[0].title),
            buttons=(_yes(turn, labels.take(left=left)), _no(turn, labels.LEAVE_OUT)),
        )
    shown = options[: cards.MOST_LISTED]
    question = (
        phrases.which(line.phrase, line.quantity, len(options))
        if len(options) <= MOST_NEAR
        else phrases.which_of_many(line.phrase, line.quantity, len(options))
    )
    return Reply(
        text=f"{question}\n{cards.numbered(turn, shown)}",
        buttons=(
            *(button(product.title, Verb.PICK, product.product_id) for product in shown),
            _no(turn, labels.NONE_OF_THESE),
        ),
    )


def token(turn: Turn) -> str:
    """Names the open question in a button, so that an old button never answers a newer question.

    What the question is about, maybe the hash of an address, cannot be told from it.
    """
    pending = turn.conversation.pending
    if pending is None:
        return ""
    asked = f"{turn.conversation.identity_id}/{pending.kind}/{pending.subject}"
    digest = hmac.new(turn.shop.hash_key, f"open question/{asked}".encode(), hashlib.sha256)
    return f"{pending.kind}/{digest.hexdigest()[:16]}"


def _yes(turn: Turn, label: str) -> Button:
    return button(label, Verb.YES, token(turn))


def _no(turn: Turn, label: str) -> Button:
    return button(label, Verb.NO, token(turn))


def yes_no(turn: Turn, text: str, yes: str, no: str) -> Reply:
    """A question with two buttons that answer the pending question."""
    return Reply(text=text, buttons=(_yes(turn, yes), _no(turn, no)))


def reminder(turn: Turn) -> list[Reply]:
    """The open question in short, after a digression was answered."""
    conversation = turn.conversation
    match conversation.pending:
        case PendingQuestion(kind=Asked.OPEN_LINE):
            if not conversation.open_lines:
                return []
            return [ask_open_line(turn, conversation.open_lines[0])]
        case PendingQuestion(kind=Asked.EMAIL):
            return [Reply(text=phrases.BACK_TO.format(question=phrases.ASK_EMAIL))]
        case PendingQuestion(kind=Asked.EMAIL_FIX, options=(masked, *_)):
            return [yes_no(turn, phrases.DID_YOU_MEAN_EMAIL.format(email=masked), labels.YES_USE_THAT, labels.NO)]
        case PendingQuestion(kind=Asked.ADDRESS):
            return [Reply(text=phrases.BACK_TO.format(question=contact.question(turn)), form=contact.ADDRESS_FORM)]
        case PendingQuestion(kind=Asked.CONFIRM, subject=quote_id):
            if conversation.changing is not None:
                return [_change_reminder(conversation.changing, quote_id)]
            question = phrases.BACK_TO.format(question=phrases.ASK_PLACE)
            place = button(labels.PLACE_ORDER, Verb.CONFIRM, quote_id)
            return [Reply(text=question, buttons=(place, button(labels.CANCEL, Verb.STOP, quote_id)))]
        case PendingQuestion(kind=Asked.CANCEL_ORDER, options=numbers):
            question = phrases.BACK_TO_CANCELLING.format(orders=phrases.listed([f"#{number}" for number in numbers]))
            return [
                yes_no(
                    turn,
                    question,
                    labels.YES_CANCEL_IT if len(numbers) == 1 else labels.YES_CANCEL_THEM,
                    labels.KEEP_IT,
                )
            ]
        case _:
            return []


def _change_reminder(order_id: int, quote_id: str) -> Reply:
    return Reply(
        text=phrases_changing.BACK_TO.format(order_id=order_id),
        buttons=(
            button(labels.CONFIRM_CHANGE, Verb.CONFIRM, quote_id),
            button(labels.KEEP_AS_IT_WAS, Verb.STOP, quote_id),
        ),
    )


def stop(turn: Turn) -> list[Reply]:
    """Stops the checkout; the cart is kept and can be dropped with one tap."""
    conversation = turn.conversation
    conversation.checking_out, conversation.pending, conversation.open_lines = False, None, []
    if not conversation.cart:
        return [Reply(text=phrases.STOPPED_EMPTY)]
    buttons = (cards.CHECK_OUT, cards.EMPTY_CART)
    return [Reply(text=phrases.STOPPED, buttons=buttons)]
