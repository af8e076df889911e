"""Reads the answers to what is asked about the cart and on the way to an order; None is about something else."""

from bot.intents import provide_email, remove_from_cart
from bot.messages import Reply, Verb
from bot.orders.placing import place
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout, contact, placed
from bot.shopping.cards import EMPTY_CART, button
from bot.shopping.choosing import choose_by_words
from bot.turn import Slot, Turn
from domain.conversation import Asked, PendingQuestion
from domain.orders.journeys import NEW_ORDER
from nlu.rules.agreeing import asks_advice
from nlu.rules.deeds import EMPTY, USE
from nlu.rules.moods import Stance, asks_back

SURELY_NO_ADDRESS = 0.8  # how sure the model must be that words without an address are an order


def confirmed(turn: Turn) -> list[Reply] | None:
    """What a clear yes to the card places or changes, whatever the model makes of it; None of any other message.

    Who asks whether the shop would do it is told that nothing is done, and shown it.
    """
    pending = turn.conversation.pending
    if pending is None or pending.kind is not Asked.CONFIRM or turn.named:
        return None
    deed = checkout.asked_at_card(turn)
    if asks_advice(turn.understanding.text, deed):
        return checkout.ask_clearly(turn)
    return place(turn, pending.subject) if turn.stance(deed) is Stance.YES else None


def take_email(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """An address; “no” leaves the way to the order."""
    if turn.emails:
        return provide_email.handle(turn)
    if turn.says_no:
        return checkout.stop(turn)
    if "@" in turn.message.text or turn.understanding.intent == "provide_email":
        return [Reply(text=phrases_shopping.BAD_EMAIL)]
    return None


def take_email_fix(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A yes to the likely fix of a typo, or another address."""
    conversation = turn.conversation
    if turn.understanding.first("email") is not None:
        return provide_email.handle(turn)
    if turn.stance(USE) is Stance.YES:
        conversation.hashed_email, conversation.masked_email = pending.subject, pending.options[0]
        conversation.email_from_proof = False
        conversation.pending = None
        if conversation.checking_out:
            return checkout.next_step(turn, [])
        noted = phrases_shopping.email_of_next if placed.newest(turn) else phrases_shopping.email_noted
        known = turn.conversation.masked_email
        notes = [noted(email=known), *placed.keeps_email(turn, turn.uow.people.email(pending.subject))]
        return [Reply(text=" ".join(notes))]
    if turn.says_no:
        conversation.pending = PendingQuestion(kind=Asked.EMAIL)
        return [Reply(text=phrases_shopping.ASK_EMAIL)]
    return _clearly(turn, checkout.reminder(turn)) if turn.says_yes else None


def take_email_meant(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A yes lets the confirmation go there, a no leaves it where it went; the same address once more is a yes."""
    conversation = turn.conversation
    email, before, _, part = contact.meant(turn, pending)
    next_one = placed.newest(turn) is not None
    again = turn.writes_email(pending.subject)
    if turn.emails and not again:
        return provide_email.handle(turn)
    stance = turn.stance(USE)
    if again or stance is Stance.YES:
        if (written := turn.uow.people.email(pending.subject)) is None:
            conversation.pending = None  # it was forgotten meanwhile
            return [Reply(text=phrases_talk.STALE)]
        turn.take_email(written)
        if next_one:
            goes = phrases_shopping.email_of_next(email=email)
        elif before:
            goes = phrases_shopping.email_changed(email=email, before=before)
        else:
            goes = phrases_shopping.email_noted(email=email)
        notes = [goes, *placed.keeps_email(turn, written)]
    elif turn.says_no or stance is Stance.NO:
        told = phrases_shopping.email_of_next if next_one else phrases_shopping.email_stays
        notes = [told(email=before)] if before else []
    else:
        return _clearly(turn, checkout.reminder(turn)) if turn.says_yes else None
    conversation.pending = PendingQuestion(kind=Asked.EMAIL, subject=part)
    if conversation.cart:
        return checkout.next_step(turn, notes)
    conversation.pending = None
    return [Reply(text=" ".join(notes) or phrases_talk.ALL_RIGHT)]


def take_address(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """What is no address, nor anything else, is asked again in one clear question."""
    understanding = turn.understanding
    if turn.says_no and not understanding.entities:
        return checkout.stop(turn)
    if turn.emails or Slot.ADDRESS in turn.meant.never:
        return None
    found = contact.address_said(turn)
    if not found and turn.meant.fills_cart and understanding.confidence > SURELY_NO_ADDRESS:
        return None
    if found and contact.take_address(turn, found):
        lines = [line for line in basket.lines_said(turn) if line.phrase]
        return checkout.next_step(turn, basket.add(turn, lines))
    if found or turn.says_yes or understanding.intent == "provide_address":
        return checkout.next_step(turn, contact.why_not_taken(turn) if not pending.subject else [])
    return None


def take_confirmation(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A clear yes places; half a one, or one that brings a new e-mail or address, leads to the card once more."""
    if (placed := confirmed(turn)) is not None:
        return placed
    if turn.is_of_two_minds(checkout.asked_at_card(turn)):
        return checkout.ask_clearly(turn)
    if turn.meant.shows_cart and asks_back(turn.message.text):
        return checkout.ask_clearly(turn)  # "is that right?"
    if turn.understanding.intent not in ("affirm", "deny"):
        return None
    lines = basket.lines_said(turn)
    counted = any(line.phrase or line.operation == "add" or (line.quantity and turn.says_no) for line in lines)
    if counted or turn.understanding.first("left_out"):
        return None
    before = (turn.conversation.hashed_email, turn.conversation.address_id, pending)
    notes = contact.take(turn)
    if notes or before != (turn.conversation.hashed_email, turn.conversation.address_id, turn.conversation.pending):
        return checkout.next_step(turn, notes)
    if turn.emails:
        return provide_email.not_taken(turn)
    if not turn.says_no:
        return checkout.ask_clearly(turn) if turn.understanding.intent == "affirm" else None
    if turn.journey != NEW_ORDER:
        return checkout.stop(turn)  # which leaves the change, as its button does
    turn.conversation.pending = PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=pending.subject, by_name=True)
    return [Reply(text=turn.words.what_to_change)]


def take_change(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A no leaves, a yes shows the card again; all else says what to change."""
    if turn.says_no:
        return checkout.stop(turn)
    return checkout.next_step(turn, []) if turn.says_yes else None


def take_checkout(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A clear yes goes on to the order."""
    if basket.lines_said(turn):
        return None
    if turn.says_yes:
        turn.conversation.checking_out = True
        return checkout.next_step(turn, [])
    if turn.says_no:
        turn.conversation.pending = None
        buttons = (button(labels.UNDO, Verb.UNDO), EMPTY_CART)
        return [Reply(text=phrases_shopping.CART_KEPT_UNLESS, buttons=buttons)]
    return None


def take_line(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """The line of the cart that a correction meant."""
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
        return [Reply(text=phrases_talk.STALE)]
    turn.conversation.pending = None
    notes = basket.change(turn, product_ids, pending.subject, pending.quantity)
    return checkout.next_step(turn, notes)


def take_clearing(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """Only a clear yes empties the cart; one that names what stays keeps that."""
    if turn.understanding.first("kept") is not None:
        turn.conversation.pending = None
        return remove_from_cart.handle(turn)
    if turn.is_of_two_minds(EMPTY):
        return remove_from_cart.ask_to_clear(turn)
    match turn.stance(EMPTY):
        case Stance.YES:
            return clear(turn)
        case Stance.NO:
            turn.conversation.pending = None
            return [Reply(text=phrases_shopping.CART_KEPT)]
        case _ if turn.understanding.intent in ("affirm", "remove_from_cart") and not _names_products(turn):
            return remove_from_cart.ask_to_clear(turn)  # a half-hearted yes empties nothing
        case _:
            return None


def clear(turn: Turn) -> list[Reply]:
    """Empties the cart; Undo brings it back."""
    turn.conversation.remember_cart()
    turn.conversation.empty_cart()
    return [Reply(text=phrases_shopping.CART_EMPTIED, buttons=(button(labels.UNDO, Verb.UNDO),))]


def _names_products(turn: Turn) -> bool:
    return any(line.phrase or line.reference for line in basket.lines_said(turn))


def _clearly(turn: Turn, question: list[Reply]) -> list[Reply]:
    """A question once more, after half a yes to it."""
    return [Reply(text=phrases_talk.NO_CLEAR_YES), *question]
