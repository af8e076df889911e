"""Puts an open question in doubt, where a message was answered that nobody read as an answer to it."""

from dataclasses import replace

from bot.turn import Turn
from domain.conversation import Asked

_SHOWN = (Asked.CONFIRM, Asked.CONFIRM_PLAN)


def doubt(turn: Turn) -> None:
    """From now on a plain yes to what is shown, or is hard to undo, is none: what was not read may have been a no."""
    pending, asked = turn.conversation.pending, turn.asked
    if pending is None or asked is None or turn.message.choice is not None:
        return
    if pending.kind in _SHOWN or asked.hard_to_undo:
        turn.conversation.pending = replace(pending, by_name=True)
