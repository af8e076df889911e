"""Leads to the order: decides what comes next, writes it down and shows it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Reply, Verb
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.shopping import cards, contact, drawing
from bot.shopping.steps import Confirm, FitToStock, Step, decide, put
from bot.turn import Turn
from domain.conversation import Asked, Did
from domain.orders.journeys import NewOrder
from nlu.rules.agreeing import agrees
from nlu.rules.deeds import ADD_MORE, CHANGE, PLACE, Deed
from nlu.rules.moods import asks_back


def next_step(turn: Turn, notes: Sequence[str]) -> list[Reply]:
    """What comes next, below the notes; within a message that goes on only the notes."""
    if turn.goes_on:
        return [Reply(text="\n".join(notes))] if notes else []
    contact.leave_abroad(turn)
    while isinstance(step := decide(turn), FitToStock):
        put(turn, step)
        notes = drawing.told(turn, step, notes)
    return present(turn, step, drawing.told(turn, step, notes))


def present(turn: Turn, step: Step, notes: Sequence[str]) -> list[Reply]:
    """A step: it is open from now on, and the customer sees it."""
    put(turn, step)
    return drawing.draw(turn, step, notes)


def reminder(turn: Turn) -> list[Reply]:
    """The open question in short, after a digression was answered; from then on it wants a yes to itself."""
    _put_aside(turn, aside=True)
    return drawing.reminder(turn)


def _put_aside(turn: Turn, *, aside: bool) -> None:
    pending = turn.conversation.pending
    question = turn.questions.get(pending.kind) if pending else None  # a turn of staff's knows none
    if pending is not None and (pending.kind is Asked.CONFIRM or question is None or question.hard_to_undo):
        turn.conversation.pending = replace(pending, aside=aside, by_name=pending.by_name and aside)


def show(turn: Turn, notes: Sequence[str] = ()) -> list[Reply]:
    """The cart as it stands, and the open question; a card that waits for a yes is shown again as it is."""
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.CONFIRM:
        quote = turn.uow.quotes.get(pending.subject)
        if quote is None or quote.expires_at <= turn.now:
            return next_step(turn, [])
        _put_aside(turn, aside=True)
        return drawing.draw(turn, Confirm(quote=quote), notes)
    return [cards.cart_card(turn), *reminder(turn)]


def wait(turn: Turn) -> list[Reply]:
    """The answer to who goes away for a while, or is there again: nothing is lost, and nothing done until they say."""
    _put_aside(turn, aside=True)
    if turn.conversation.changing is not None:
        return [Reply(text=phrases_talk.TAKE_YOUR_TIME_CHANGING), *drawing.reminder(turn)]
    if not turn.conversation.cart:
        return [Reply(text=phrases_talk.WHENEVER_YOU_LIKE)]
    buttons = (cards.CHECK_OUT, cards.button(labels.SHOW_CART, Verb.INTENT, "show_cart"))
    return [Reply(text=phrases_talk.TAKE_YOUR_TIME, buttons=buttons)]


def asked_at_card(turn: Turn) -> Deed:
    """What a yes to the card does: it places an order, changes one, or changes it so that only more comes."""
    if isinstance(turn.journey, NewOrder):
        return PLACE
    return ADD_MORE if turn.journey.only_adds(turn.conversation.cart) else CHANGE


def ask_clearly(turn: Turn) -> list[Reply]:
    """The answer to half a yes at the card, or to a question about it: all of it once more. Nothing is placed."""
    if asks_back(turn.understanding.text):
        return show(turn, [turn.words.as_shown])
    pending = turn.conversation.pending
    _put_aside(turn, aside=False)
    if pending is not None and pending.by_name:
        return show(turn, [turn.words.look_again])
    if agrees(turn.understanding.text, asked_at_card(turn)) is not None:
        return [reply.with_lines(above=[turn.words.no_clear_yes]) for reply in drawing.reminder(turn)]
    replies = show(turn, [turn.words.no_clear_yes])  # beside it something was said that may not be on the card
    _put_aside(turn, aside=False)
    return replies


def stop(turn: Turn) -> list[Reply]:
    """Stops the checkout; the cart is kept and can be dropped with one tap."""
    conversation = turn.conversation
    conversation.checking_out, conversation.pending, conversation.open_lines = False, None, []
    if not conversation.cart:
        return [Reply(text=phrases_shopping.STOPPED_EMPTY)]
    turn.note_deed(Did.STOPPED)
    buttons = (cards.CHECK_OUT, cards.EMPTY_CART)
    return [Reply(text=phrases_shopping.STOPPED, buttons=buttons)]
