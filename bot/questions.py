"""Takes a message as the answer to the open question; None means it is about something else."""

import re
from dataclasses import replace

from bot import basket, checkout, phrases
from bot.cards import button
from bot.intents import cancel_order, provide_email
from bot.messages import Reply
from bot.placing import place
from bot.turn import Turn
from domain.catalogue import narrow
from domain.conversation import Asked, PendingQuestion, Problem
from domain.errors import BadAddress
from domain.identity import check_address
from domain.model import Product

Answer = list[Reply] | None

CLEAR = 0.6  # how sure the model must be of a yes or no

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_CHEAPER = re.compile(r"\b(cheap(er|est)?|least expensive|lowest)\b", re.I)
_DEARER = re.compile(r"\b(dear(er|est)?|(more|most) expensive|pric(ier|iest)|priciest)\b", re.I)
_NOT_ADDRESSES = {
    "human",
    "help",
    "cancel_order",
    "price_filter",
    "stock_question",
    "recommend",
    "past_orders",
}


def says_yes(turn: Turn) -> bool:
    """Whether the message is a clear yes; a doubtful one never places, cancels or empties anything."""
    return turn.understanding.intent == "affirm" and turn.understanding.confidence >= CLEAR


def says_no(turn: Turn) -> bool:
    """Whether the message is a clear no."""
    return turn.understanding.intent == "deny" and turn.understanding.confidence >= CLEAR


def answer(turn: Turn) -> Answer:
    """What the message answers to the pending question, if it answers it."""
    pending = turn.conversation.pending
    return None if pending is None else _ANSWERS[pending.kind](turn, pending)


def _open_line(turn: Turn, pending: PendingQuestion) -> Answer:
    conversation = turn.conversation
    if not conversation.open_lines:
        return None
    line = conversation.open_lines[0]
    if says_no(turn) and not turn.understanding.first("product"):
        conversation.open_lines = conversation.open_lines[1:]
        return checkout.next_step(turn, [f"I left out “{line.phrase}”."])
    if line.problem is not Problem.WHICH:
        return _open_quantity(turn)
    options = turn.products(line.options)
    shown = [options[product_id] for product_id in line.options if product_id in options]
    if says_yes(turn) and len(shown) == 1:
        return pick(turn, shown[0].product_id)
    chosen = choose_by_words(turn, shown)
    if len(chosen) == 1:
        return pick(turn, chosen[0].product_id)
    if chosen and len(chosen) < len(shown):
        narrowed = replace(line, options=tuple(product.product_id for product in chosen))
        conversation.open_lines = [narrowed, *conversation.open_lines[1:]]
        return checkout.next_step(turn, [])
    return None


def _open_quantity(turn: Turn) -> Answer:
    """Yes takes the large quantity, or what is left; a number takes that many."""
    conversation = turn.conversation
    line, *rest = conversation.open_lines
    product = turn.products(line.options).get(line.options[0])
    said = turn.message.text.strip()
    if says_yes(turn) and product is not None:
        conversation.open_lines = rest
        wanted = line.quantity
        if line.problem is Problem.SHORT:
            wanted = product.quantity
        elif line.adds:
            wanted += conversation.quantity_of(product.product_id)
        if wanted > product.quantity:
            return checkout.next_step(turn, basket.settle(turn, product, wanted, adds=False))
        conversation.remember_cart()
        conversation.put(product.product_id, wanted)
        return checkout.next_step(turn, [])
    if said.isdigit() and product is not None:
        conversation.open_lines = rest
        return checkout.next_step(turn, basket.settle(turn, product, int(said[:9]), adds=False))
    return None


def choose_by_words(turn: Turn, options: list[Product]) -> tuple[Product, ...]:
    """Options that "2", "the second", "the cheaper one" or "the green one" mean."""
    text = turn.message.text.strip().lower()
    number = _number(turn, text)
    if number is not None and 1 <= number <= len(options):
        return (options[number - 1],)
    if len(text.split()) > 8:
        return ()
    if _CHEAPER.search(text):
        return (min(options, key=lambda product: product.sale_price),)
    if _DEARER.search(text):
        return (max(options, key=lambda product: product.sale_price),)
    product = turn.understanding.first("product")
    return narrow(text, options) or (narrow(product.value, options) if product else ())


def _number(turn: Turn, text: str) -> int | None:
    bare = re.fullmatch(r"(?:#|no\.?|number|option)?\s*(\d{1,2})[.!)]?", text)
    if bare:
        return int(bare.group(1))
    reference = turn.understanding.first("reference")
    if reference is not None and reference.value.isdigit():
        return int(reference.value)
    word = re.search(r"\b(first|second|third|fourth|fifth)\b", text)
    return _ORDINALS[word.group(1)] if word else None


def pick(turn: Turn, product_id: str) -> list[Reply]:
    """A product was chosen for the first open line."""
    line, *rest = turn.conversation.open_lines
    product = turn.products([product_id]).get(product_id)
    if product is None or product_id not in line.options:
        return [Reply(text=phrases.STALE)]
    turn.conversation.open_lines = rest
    turn.conversation.remember_cart()
    return checkout.next_step(turn, basket.settle(turn, product, line.quantity, adds=line.adds))


def _email(turn: Turn, pending: PendingQuestion) -> Answer:
    if turn.understanding.first("email") is not None:
        return provide_email.handle(turn)
    if says_no(turn):
        return cancel_order.stop(turn)
    if "@" in turn.message.text or turn.understanding.intent == "provide_email":
        return [Reply(text=phrases.BAD_EMAIL)]
    return None


def _email_fix(turn: Turn, pending: PendingQuestion) -> Answer:
    if turn.understanding.first("email") is not None:
        return provide_email.handle(turn)
    if says_yes(turn):
        turn.conversation.hashed_email = pending.subject
        turn.conversation.masked_email = pending.options[0]
        turn.conversation.pending = None
        if turn.conversation.checking_out:
            return checkout.next_step(turn, [])
        return [Reply(text=phrases.EMAIL_NOTED.format(email=turn.conversation.masked_email))]
    if says_no(turn):
        turn.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
        return [Reply(text=phrases.ASK_EMAIL)]
    return None


def _address(turn: Turn, pending: PendingQuestion) -> Answer:
    understanding = turn.understanding
    if says_no(turn) and not understanding.entities:
        return cancel_order.stop(turn)
    if understanding.first("email") is not None or understanding.intent in _NOT_ADDRESSES:
        return None
    found = understanding.first("address")
    text = found.value if found is not None else turn.message.text
    try:
        address = check_address(text)
    except BadAddress as error:
        if found is not None or understanding.intent == "provide_address":
            return [Reply(text=phrases.sorry(turn, error))]
        return None
    if (
        found is None
        and understanding.intent in ("order", "add_to_cart", "change_quantity")
        and understanding.confidence > 0.8
    ):
        return None
    turn.take_address(address)
    return checkout.next_step(turn, [])


def _confirm(turn: Turn, pending: PendingQuestion) -> Answer:
    if says_yes(turn) and not turn.understanding.first("product"):
        return place(turn, pending.subject)
    if says_no(turn) and not turn.understanding.first("product"):
        turn.conversation.pending = PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=pending.subject)
        return [Reply(text=phrases.WHAT_TO_CHANGE)]
    return None


def _what_to_change(turn: Turn, pending: PendingQuestion) -> Answer:
    if says_no(turn):
        return cancel_order.stop(turn)
    return checkout.next_step(turn, []) if says_yes(turn) else None


def _checkout(turn: Turn, pending: PendingQuestion) -> Answer:
    if says_yes(turn):
        turn.conversation.checking_out = True
        return checkout.next_step(turn, [])
    if says_no(turn):
        turn.conversation.pending = None
        return [Reply(text=phrases.CART_KEPT)]
    return None


def _which_line(turn: Turn, pending: PendingQuestion) -> Answer:
    options = list(turn.products(pending.options).values())
    chosen = choose_by_words(turn, sorted(options, key=lambda product: pending.options.index(product.product_id)))
    if says_no(turn):
        turn.conversation.pending = None
        return checkout.next_step(turn, [])
    return change_line(turn, chosen[0].product_id) if len(chosen) == 1 else None


def change_line(turn: Turn, product_id: str) -> list[Reply]:
    """The cart line that a correction meant was chosen."""
    pending = turn.conversation.pending
    if pending is None or product_id not in pending.options:
        return [Reply(text=phrases.STALE)]
    turn.conversation.pending = None
    notes = basket.change(turn, [product_id], pending.subject, pending.quantity)
    return checkout.next_step(turn, notes)


def _clear_cart(turn: Turn, pending: PendingQuestion) -> Answer:
    if says_yes(turn):
        return clear(turn)
    if says_no(turn):
        turn.conversation.pending = None
        return [Reply(text=phrases.CART_KEPT)]
    return None


def clear(turn: Turn) -> list[Reply]:
    """Empties the cart; Undo brings it back."""
    turn.conversation.remember_cart()
    turn.conversation.empty_cart()
    return [Reply(text=phrases.CART_EMPTIED, buttons=(button("Undo", "undo"),))]


def _which_order(turn: Turn, pending: PendingQuestion) -> Answer:
    if says_no(turn):
        turn.conversation.pending = None
        return [Reply(text=phrases.CANCEL_KEPT)]
    text = turn.message.text.strip().lstrip("#")
    if text in pending.options:
        return cancel_order.ask(turn, int(text))
    number = _number(turn, text.lower())
    if number is not None and 1 <= number <= len(pending.options):
        return cancel_order.ask(turn, int(pending.options[number - 1]))
    return None


def _cancel_order(turn: Turn, pending: PendingQuestion) -> Answer:
    if says_no(turn):
        turn.conversation.pending = None
        return [Reply(text=phrases.CANCEL_KEPT)]
    number = turn.understanding.first("order_number")
    same = number is None or number.value == pending.subject
    if (says_yes(turn) or turn.understanding.intent == "cancel_order") and same:
        return cancel_order.cancel(turn, int(pending.subject))
    return None


def _cancel_meaning(turn: Turn, pending: PendingQuestion) -> Answer:
    text = turn.message.text.lower()
    if says_no(turn):
        turn.conversation.pending = None
        return checkout.next_step(turn, [])
    if "cart" in text or "basket" in text:
        return clear(turn)
    if "order" in text:
        return cancel_order.ask(turn, int(pending.subject))
    return None


_ANSWERS = {
    Asked.OPEN_LINE: _open_line,
    Asked.EMAIL: _email,
    Asked.EMAIL_FIX: _email_fix,
    Asked.ADDRESS: _address,
    Asked.CONFIRM: _confirm,
    Asked.CHECKOUT: _checkout,
    Asked.WHICH_LINE: _which_line,
    Asked.CLEAR_CART: _clear_cart,
    Asked.WHICH_ORDER: _which_order,
    Asked.CANCEL_ORDER: _cancel_order,
    Asked.CANCEL_MEANING: _cancel_meaning,
    Asked.WHAT_TO_CHANGE: _what_to_change,
}
