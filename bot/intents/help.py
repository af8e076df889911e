"""help: what the bot can do, with examples."""

from bot.finding.departments import WHAT_WE_HAVE
from bot.messages import Reply, Verb
from bot.phrases import labels
from bot.phrases import talk as phrases_talk
from bot.shopping.cards import HUMAN, MY_ORDERS, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with what can be done, in short; the rest is a tap away."""
    popular, data = button(labels.ASK_POPULAR, Verb.POPULAR), button(labels.MY_DATA, Verb.INTENT, "my_data")
    return [Reply(text=phrases_talk.HELP, buttons=(WHAT_WE_HAVE, popular, MY_ORDERS, data, HUMAN))]
