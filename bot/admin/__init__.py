"""What staff does from a chat: slash commands and the buttons of their answers. Permission is checked every time."""

from bot.messages import IncomingMessage, Reply
from bot.turn import Turn


def owns(message: IncomingMessage) -> bool:
    """Whether a message is a staff command, or a button below the answer to one."""
    return message.command is not None


def answer(turn: Turn) -> list[Reply]:
    """The replies to a staff command."""
    return []
