"""add_to_cart: puts more into the cart; the order card follows only when the customer is checking out."""

import re

from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout, contact
from bot.turn import Turn
from nlu.understanding import WantedLine

_ADDS = re.compile(
    r"(?:(?:y[eu]+[sp]+|yeah|ok(?:ay)?|sure|great|perfect|fine|please|pls|and|then|go on|lovely|oh)\W{1,3}){0,4}"
    r"(?:i'?ll )?(?:add|take|buy|order|have|get|put)"
    r"(?: (?:it|that|this|one|to|in|into|my|the|cart|basket|please|pls)){0,5}\W{0,4}",
    re.IGNORECASE,
)


def handle(turn: Turn) -> list[Reply]:
    """Answers with the cart, or goes on with the open order."""
    notes = [*contact.take(turn), *basket.leave_out(turn)]
    lines = basket.lines_said(turn)
    if not lines and len(turn.screen) == 1 and _ADDS.fullmatch(turn.message.text.strip()):
        lines = [WantedLine(reference="it")]  # "yes, add" to the one thing that is shown
    if notes and turn.conversation.cart and not lines:
        return checkout.next_step(turn, notes)
    if not lines:
        return [Reply(text=" ".join([*notes, phrases_talk.ASK_WHAT]))]
    notes += basket.add(turn, lines)
    return checkout.next_step(turn, notes)
