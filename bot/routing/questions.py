"""Takes a message as the answer to the open question; None means it is about something else."""

from bot.intents import HANDLERS, forget_me, provide_email, remove_from_cart
from bot.messages import Reply, Verb
from bot.orders import cancelling, changing
from bot.orders.choosing_orders import choose_orders
from bot.orders.placing import place
from bot.phrases import customer as phrases
from bot.phrases import labels
from bot.shopping import basket, checkout, contact, open_lines
from bot.shopping.cards import button
from bot.shopping.choosing import choose_by_words
from bot.trust import consenting, proving
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.orders.cancelling import owns
from domain.orders.journeys import NEW_ORDER
from nlu.rules.moods import CANCEL, CHANGE, EMPTY, PLACE, STOP_MAILS, TAKE, Stance, names_only

Answer = list[Reply] | None

_NOT_ADDRESSES = {
    "human",
    "help",
    "cancel_order",
    "price_filter",
    "stock_question",
    "recommend",
    "past_orders",
    "show_cart",
    "order_status",
    "my_data",
    "forget_me",
}
_ORDERING = {"order", "add_to_cart", "change_quantity", "remove_from_cart"}


def answer(turn: Turn) -> Answer:
    """What the message answers to the pending question, if it answers it."""
    pending = turn.conversation.pending
    return None if pending is None else _ANSWERS[pending.kind](turn, pending)


def confirmed(turn: Turn) -> Answer:
    """What a clear yes to the card places or changes, whatever the model makes of it; None of any other message."""
    pending = turn.conversation.pending
    if pending is None or pending.kind is not Asked.CONFIRM or turn.named:
        return None
    clear = turn.stance(PLACE if turn.journey == NEW_ORDER else CHANGE) is Stance.YES
    return place(turn, pending.subject) if clear else None


def _email(turn: Turn, pending: PendingQuestion) -> Answer:
    if turn.understanding.first("email") is not None:
        return provide_email.handle(turn)
    if turn.says_no:
        return checkout.stop(turn)
    if "@" in turn.message.text or turn.understanding.intent == "provide_email":
        return [Reply(text=phrases.BAD_EMAIL)]
    return None


def _email_fix(turn: Turn, pending: PendingQuestion) -> Answer:
    conversation = turn.conversation
    if turn.understanding.first("email") is not None:
        return provide_email.handle(turn)
    if turn.stance(TAKE) is Stance.YES:
        conversation.hashed_email, conversation.masked_email = pending.subject, pending.options[0]
        conversation.pending = None
        if conversation.checking_out:
            return checkout.next_step(turn, [])
        return [Reply(text=phrases.EMAIL_NOTED.format(email=turn.shown_email))]
    if turn.says_no:
        conversation.pending = PendingQuestion(kind=Asked.EMAIL)
        return [Reply(text=phrases.ASK_EMAIL)]
    return _clearly(turn, checkout.reminder(turn)) if turn.says_yes else None


def _address(turn: Turn, pending: PendingQuestion) -> Answer:
    """What is no address, nor anything else, is asked again in one clear question."""
    understanding = turn.understanding
    if turn.says_no and not understanding.entities:
        return checkout.stop(turn)
    if understanding.first("email") is not None or understanding.intent in _NOT_ADDRESSES:
        return None
    found = understanding.first("address")
    if found is None and understanding.intent in _ORDERING and understanding.confidence > 0.8:
        return None
    if found is not None and contact.take_address(turn, found.value):
        lines = [line for line in basket.lines_said(turn) if line.phrase]
        return checkout.next_step(turn, basket.add(turn, lines))
    if found is not None or turn.says_yes or understanding.intent == "provide_address":
        return checkout.next_step(turn, [phrases.BAD_ADDRESS] if not pending.subject else [])
    return None


def _confirm(turn: Turn, pending: PendingQuestion) -> Answer:
    """A clear yes places; half a one, or one that brings a new e-mail or address, leads to the card once more."""
    if (placed := confirmed(turn)) is not None:
        return placed
    if turn.understanding.intent not in ("affirm", "deny"):
        return None
    if basket.lines_said(turn) or turn.understanding.first("left_out"):
        return None
    before = (turn.conversation.hashed_email, turn.conversation.address_id)
    notes = contact.take(turn)
    if notes or before != (turn.conversation.hashed_email, turn.conversation.address_id):
        return checkout.next_step(turn, notes)
    if not turn.says_no:
        return checkout.ask_clearly(turn) if turn.understanding.intent == "affirm" else None
    turn.conversation.pending = PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=pending.subject)
    return [Reply(text=turn.words.what_to_change)]


def _what_to_change(turn: Turn, pending: PendingQuestion) -> Answer:
    if turn.says_no:
        return checkout.stop(turn)
    return checkout.next_step(turn, []) if turn.says_yes else None


def _checkout(turn: Turn, pending: PendingQuestion) -> Answer:
    if basket.lines_said(turn):
        return None
    if turn.says_yes:
        turn.conversation.checking_out = True
        return checkout.next_step(turn, [])
    if turn.says_no:
        turn.conversation.pending = None
        return [Reply(text=phrases.CART_KEPT)]
    return None


def _which_line(turn: Turn, pending: PendingQuestion) -> Answer:
    products = turn.products(pending.options)
    if turn.says_no:
        turn.conversation.pending = None
        return checkout.next_step(turn, [])
    options = [products[product_id] for product_id in pending.options if product_id in products]
    chosen = choose_by_words(turn, options).chosen
    if not chosen:
        return None
    return change_lines(turn, [one.product.product_id for one in chosen])


def change_lines(turn: Turn, product_ids: list[str]) -> list[Reply]:
    """The cart lines that a correction meant were chosen."""
    pending = turn.conversation.pending
    if pending is None or not set(product_ids) <= set(pending.options):
        return [Reply(text=phrases.STALE)]
    turn.conversation.pending = None
    notes = basket.change(turn, product_ids, pending.subject, pending.quantity)
    return checkout.next_step(turn, notes)


def _clear_cart(turn: Turn, pending: PendingQuestion) -> Answer:
    match turn.stance(EMPTY):
        case Stance.YES:
            return clear(turn)
        case Stance.NO:
            turn.conversation.pending = None
            return [Reply(text=phrases.CART_KEPT)]
        case _ if turn.understanding.intent in ("affirm", "remove_from_cart") and not _names_products(turn):
            return remove_from_cart.ask_to_clear(turn)  # a half-hearted yes empties nothing
        case _:
            return None


def _names_products(turn: Turn) -> bool:
    return any(line.phrase or line.reference for line in basket.lines_said(turn))


def clear(turn: Turn) -> list[Reply]:
    """Empties the cart; Undo brings it back."""
    turn.conversation.remember_cart()
    turn.conversation.empty_cart()
    return [Reply(text=phrases.CART_EMPTIED, buttons=(button(labels.UNDO, Verb.UNDO),))]


def _which_order(turn: Turn, pending: PendingQuestion) -> Answer:
    if turn.stance(CANCEL) is Stance.ASKS:
        return cancelling.explain(turn)
    found = [turn.uow.orders.get(int(number)) for number in pending.options]
    orders = [order for order in found if order is not None and owns(turn.identity, order)]
    named = choose_orders(turn, orders)
    if named.orders:
        if pending.subject == Verb.CANCEL:
            return cancelling.chosen(turn, named)
        if len(named.orders) == 1:
            return changing.begin(turn, named.orders[0].order_id)
    if turn.says_no or turn.stance(CANCEL) is Stance.NO:
        turn.conversation.pending = None
        return [Reply(text=phrases.CANCEL_KEPT)]
    return None


def _cancel_order(turn: Turn, pending: PendingQuestion) -> Answer:
    """Only a clear yes to what was named cancels; what names other orders asks about those."""
    numbers = [int(number) for number in pending.options or (pending.subject,)]
    said = set(turn.message.text.lower().replace(",", " ").rstrip(".!").split())
    stance = turn.stance(cancelling.deed(turn, numbers))
    if stance is Stance.ASKS:
        return cancelling.explain(turn)
    instead = said & {"other", "others"} and not said & {"keep", "leave"}
    if (stance is not Stance.NO or instead) and (others := cancelling.others_named(turn, numbers)):
        return others
    match stance:
        case Stance.YES:
            return cancelling.cancel_all(turn, numbers)
        case Stance.NO:
            kept = cancelling.keep(turn)
            wishes = turn.understanding.intent in _ORDERING and any(line.phrase for line in basket.lines_said(turn))
            return [*kept, *HANDLERS[turn.understanding.intent](turn)] if wishes else kept
        case _ if basket.lines_said(turn) or turn.understanding.intent not in ("affirm", "cancel_order"):
            return cancelling.keep(turn) if turn.says_no else None
        case _:
            return cancelling.ask_again(turn, pending, phrases.CANCEL_NO_CLEAR_YES)


def _cancel_meaning(turn: Turn, pending: PendingQuestion) -> Answer:
    said = set(turn.message.text.lower().split())
    if turn.stance(CANCEL) is Stance.ASKS:
        return cancelling.explain(turn)
    if turn.says_no or turn.stance(CANCEL) is Stance.NO or turn.stance(EMPTY) is Stance.NO:
        turn.conversation.pending = None
        return checkout.next_step(turn, [])
    if said & {"cart", "basket"} and names_only(turn.message.text, EMPTY):
        return clear(turn)
    if said & {"order", "order."}:
        return cancelling.ask(turn, int(pending.subject))
    return None


def _prove_email(turn: Turn, pending: PendingQuestion) -> Answer:
    email = turn.understanding.first("email")
    if email is not None:
        return proving.start_said(turn, email.value)
    if turn.stance(TAKE) is Stance.YES and pending.subject:
        return proving.start_offered(turn, pending.subject)
    if turn.says_no:
        return proving.stop(turn)
    return [Reply(text=phrases.BAD_EMAIL)] if "@" in turn.message.text else None


def _code(turn: Turn, pending: PendingQuestion) -> Answer:
    """A code itself was tried before (`proving.typed`); another address gets a code of its own."""
    email = turn.understanding.first("email")
    if email is not None and turn.understanding.intent in ("provide_email", "deny"):
        return proving.start_said(turn, email.value)
    return proving.stop(turn) if turn.says_no else None


def _stop_email(turn: Turn, pending: PendingQuestion) -> Answer:
    if turn.understanding.first("email") is not None:
        return consenting.stop(turn)
    if Stance.YES in (turn.stance(STOP_MAILS), turn.stance(TAKE)) and pending.subject:
        return consenting.stop_offered(turn, pending.subject, pending.options[0])
    if turn.says_no:
        return [Reply(text=phrases.ALL_RIGHT), *consenting.leave_question(turn)]
    return [Reply(text=phrases.BAD_EMAIL)] if "@" in turn.message.text else None


def _clearly(turn: Turn, question: list[Reply]) -> list[Reply]:
    """A question once more, after half a yes to it."""
    return [Reply(text=phrases.NO_CLEAR_YES), *question]


_ANSWERS = {
    Asked.OPEN_LINE: lambda turn, _: open_lines.answer(turn),
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
    Asked.FORGET: forget_me.answer,
    Asked.PROVE_EMAIL: _prove_email,
    Asked.CODE: _code,
    Asked.STOP_EMAIL: _stop_email,
}
