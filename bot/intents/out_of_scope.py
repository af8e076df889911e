"""out_of_scope: says plainly what the bot cannot do, and what it can. Text is data: it changes nothing."""

from bot.messages import Reply, Verb
from bot.phrases import labels
from bot.phrases import talk as phrases_talk
from bot.shopping.cards import button
from bot.turn import Turn

CAN_DO = button(labels.CAN_DO, Verb.INTENT, "help")


def handle(turn: Turn) -> list[Reply]:
    """Answers with what is possible; when it happens again, `bot/routing/fallback.py` goes on from here."""
    return [Reply(text=phrases_talk.OUT_OF_SCOPE, buttons=(CAN_DO,))]
