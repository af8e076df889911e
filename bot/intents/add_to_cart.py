"""add_to_cart: puts more into the cart; the order card follows only when the customer is checking out."""

from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout, contact, unread
from bot.turn import Turn
from nlu.rules.said import Saying
from nlu.understanding import WantedLine


def handle(turn: Turn) -> list[Reply]:
    """Answers with the cart, or goes on with the open order."""
    notes = [*contact.take(turn), *basket.leave_out(turn)]
    lines = basket.numbered(turn) or basket.lines_said(turn)
    if not lines and len(turn.screen) == 1 and (turn.goes_on or turn.said(Saying.ONLY_ADDS)):
        lines = [WantedLine(reference="it")]  # "yes, add" to the one thing that is shown
    if notes and turn.conversation.cart and not lines:
        return checkout.next_step(turn, notes)
    if not lines:
        return [Reply(text=" ".join([*notes, phrases_talk.ASK_WHAT]))]
    notes += [*basket.add(turn, lines), *unread.notes(turn)]
    return checkout.next_step(turn, notes)
