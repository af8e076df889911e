"""Puts a number right that another one takes the place of: a quantity of the cart, or one of where it goes."""

import re

from bot.messages import Reply
from bot.shopping import basket, checkout, contact
from bot.turn import Turn
from domain.conversation import Asked, Did, PendingQuestion
from domain.people.addresses import read_address
from nlu.rules.number_corrections import NumberCorrection, corrected


def answer_corrected(turn: Turn) -> list[Reply] | None:
    """What comes next with the number set; where it may be of several things, or none is said, what to change is asked.

    None of any other message, and where the wrong number is nowhere.
    """
    conversation, said = turn.conversation, corrected(turn.message.text)
    at_the_cart = turn.asked is None or turn.asked.beside or turn.asked.kind is Asked.CHECKOUT
    if said is None or not conversation.cart or conversation.open_lines or not at_the_cart:
        return None
    lines, address = _lines(turn, said), _address(turn, said)
    if not lines and not address:
        return None
    if not said.new or (lines and address) or len(lines) > 1:
        return _ask(turn)
    if address:
        contact.settle(turn, read_address(address))
        return checkout.next_step(turn, [])
    return checkout.next_step(turn, basket.change(turn, lines, "set", int(said.new)) if said.new.isdecimal() else [])


def _ask(turn: Turn) -> list[Reply]:
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.CONFIRM:
        turn.conversation.pending = PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=pending.subject, by_name=True)
    return [Reply(text=turn.words.what_to_change)]


def _lines(turn: Turn, said: NumberCorrection) -> list[str]:
    """The products of which so many are in the cart; of several those that the last message put there so."""
    conversation, done = turn.conversation, turn.conversation.done
    there = {line.product_id for line in conversation.cart if str(line.quantity) == said.old}
    before = done.before.cart if done is not None and done.what is Did.CARD else ()
    had = {line.product_id for line in before if str(line.quantity) == said.old}
    return sorted((there - had if before else set()) or there)


def _address(turn: Turn, said: NumberCorrection) -> str:
    """Where it goes with the right number in the place of the wrong one; empty where that is not there just once."""
    known = contact.known_address(turn)
    if known is None:
        return ""
    number = rf"(?<!\w){re.escape(said.old)}(?!\w)"
    return re.sub(number, said.new, known.text) if len(re.findall(number, known.text)) == 1 else ""
