"""help: what the bot can do, with examples."""

from bot.messages import Reply, Verb
from bot.phrases import customer as phrases
from bot.phrases import labels
from bot.shopping.cards import HUMAN, MY_ORDERS, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with the list of abilities."""
    return [
        Reply(
            text=phrases.HELP,
            buttons=(
                button(labels.ASK_POPULAR, Verb.POPULAR),
                MY_ORDERS,
                HUMAN,
            ),
        )
    ]
