"""Orders and changes on a condition ("only if it is under $50"), which the shop cannot watch, and says so."""

from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.turn import Turn
from nlu.reading.refusals import ADDS, CHANGES
from nlu.rules.conditions import is_a_time

_NAMES = frozenset({"product", "quantity", "address", "email", "mentioned"})


def refuse(turn: Turn, condition: str) -> list[Reply] | None:
    """The answer to who wants what is there changed on a condition, or done that names nothing ("buy it once …").

    It is not done. None of any other message.
    """
    understanding = turn.understanding
    wanted = {understanding.intent, *(wish.intent for wish in understanding.wishes)}
    names = any(one.name in _NAMES for one in understanding.entities) and not is_a_time(condition)
    if not condition or (names and wanted.isdisjoint(CHANGES - ADDS)):
        return None
    return [Reply(text=phrases_talk.hangs(condition=condition))]


def say(condition: str, replies: list[Reply]) -> list[Reply]:
    """The replies to what was done; above them the condition, if there is one, which was not looked at."""
    if not condition or not replies:
        return replies
    first, *others = replies
    return [first.with_lines(above=[phrases_talk.not_watched(condition=condition)]), *others]
