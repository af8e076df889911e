"""help: what the bot can do, with examples."""

from bot import phrases
from bot.cards import HUMAN, MY_ORDERS, button
from bot.messages import Reply
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with the list of abilities."""
    return [
        Reply(
            text=phrases.HELP,
            buttons=(
                button("What is popular?", "popular"),
                MY_ORDERS,
                HUMAN,
            ),
        )
    ]
