"""add_to_cart: puts more into the cart; the order card follows only when the customer is checking out."""

from collections.abc import Sequence

from bot.messages import Reply
from bot.orders import parting
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout, contact, joining, unread
from bot.turn import Turn
from domain.conversation import Asked
from nlu.rules.said import Saying
from nlu.understanding import WantedLine


def handle(turn: Turn) -> list[Reply]:
    """Answers with the cart, or goes on with the open order."""
    if (parted := parting.of_what_is_left_out(turn)) is not None:
        return parted
    notes = [*contact.take(turn), *basket.leave_out(turn)]
    lines = basket.numbered(turn) or basket.lines_said(turn)
    if not lines and len(turn.screen) == 1 and (turn.goes_on or turn.said(Saying.ONLY_ADDS)):
        lines = [WantedLine(reference="it")]  # "yes, add" to the one thing that is shown
    if notes and turn.conversation.cart and not lines:
        return checkout.next_step(turn, notes)
    if not lines:
        return [Reply(text=" ".join([*notes, phrases_talk.ASK_WHAT]))]
    if not _only_points_at_the_card(turn, lines):
        notes += [*basket.add(turn, lines), *unread.notes(turn)]
    return checkout.next_step(turn, notes)


def _only_points_at_the_card(turn: Turn, lines: Sequence[WantedLine]) -> bool:
    """Whether "take that" is said to the card of what is in the cart: nothing more of it is wanted."""
    conversation = turn.conversation
    points = all(not line.phrase and line.quantity is None and line.reference in joining.SAME for line in lines)
    at_the_card = turn.asked is not None and turn.asked.kind is Asked.CONFIRM and not turn.screen
    return at_the_card and points and conversation.quantity_of(conversation.focus) > 0 and not turn.said(Saying.ADDS)
