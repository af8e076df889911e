"""help: what the bot can do, with examples."""

from bot.messages import Reply, Verb
from bot.phrases import labels
from bot.phrases import talk as phrases_talk
from bot.shopping.cards import HUMAN, MY_ORDERS, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with the list of abilities."""
    return [
        Reply(
            text=phrases_talk.HELP,
            buttons=(
                button(labels.ASK_POPULAR, Verb.POPULAR),
                MY_ORDERS,
                HUMAN,
            ),
        )
    ]
