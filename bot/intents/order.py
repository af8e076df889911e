"""order: puts everything named into the cart and goes on to the order card."""

from bot.messages import Reply, Verb
from bot.orders import parting
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, cart_lines, checkout, contact, joining, meaning, unread
from bot.turn import Turn
from nlu.rules.said import Saying
from nlu.understanding import WantedLine


def _is_there(turn: Turn, line: WantedLine) -> bool:
    """Whether a line only points at what is in the cart."""
    points = not line.phrase and line.quantity is None and line.reference in joining.SAME
    orders = "order" in turn.plain_words and turn.said(Saying.ADDS) is None
    if orders and line.phrase and line.quantity is None and meaning.points(turn, line.phrase):
        there = cart_lines.target(turn, line).product_ids  # "fine, order the cushion then"
        return len(there) == 1 and meaning.on_screen(turn, line.phrase, meaning.found(turn, line.phrase)) is None
    offered = any(choice.verb in (Verb.ADD, Verb.GROUP) for choice in turn.offered)
    return points and bool(turn.conversation.cart) and not offered


def handle(turn: Turn) -> list[Reply]:
    """Answers with the card, or with the one question that is missing before it."""
    if (parted := parting.of_what_is_left_out(turn)) is not None:
        return parted
    lines = basket.numbered(turn) or basket.lines_said(turn)
    notes = [*contact.take(turn), *basket.leave_out(turn)]
    if not lines and not turn.conversation.cart and not turn.conversation.open_lines:
        return [Reply(text=" ".join([*notes, phrases_talk.ASK_WHAT]))]
    turn.conversation.checking_out = True
    if all(_is_there(turn, line) for line in lines):
        return checkout.next_step(turn, notes)  # "ok, I order it now"
    notes += [*basket.add(turn, lines), *unread.notes(turn)]
    return checkout.next_step(turn, notes)
