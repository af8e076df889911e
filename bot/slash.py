"""What is typed with a slash before it: what customers may write so, in every channel. All else is a command of staff,
or of nobody: the engine says so.
"""

import re
from dataclasses import replace

from bot.intents import INTENTS
from bot.messages import Choice, Command, IncomingMessage, Verb

BUTTONS = {row.command: row.name for row in INTENTS.values() if row.command}
WORDS = {
    "start": "hello",
    "help": "help",
    **{name: name for name in "cancel order buy add remove status checkout undo more verify address stop".split()},
}
FOR_CUSTOMERS = ("help", "cart", "orders", "cancel", "recommend", "human", "privacy")
_TYPED = re.compile(r"/(?P<name>[A-Za-z_]\w{0,31})(?:\s+(?P<rest>.*))?", re.DOTALL)


def read(message: IncomingMessage) -> IncomingMessage:
    """The message with what was typed after a slash in it as what it means; other words stay words."""
    found = _TYPED.fullmatch(message.text)
    if found is None or message.choice is not None or message.command is not None:
        return message
    return meant(message, found["name"].lower(), (found["rest"] or "").strip())


def meant(message: IncomingMessage, name: str, rest: str) -> IncomingMessage:
    """The message that a slash, a name in small letters and the rest of the line make."""
    if name in BUTTONS and not (name == "orders" and rest):
        return replace(message, text="", choice=Choice(verb=Verb.INTENT, arg=BUTTONS[name]))
    if name in WORDS:
        return replace(message, text=WORDS[name] if name == "start" else f"{WORDS[name]} {rest}".strip())
    return replace(message, text="", command=Command(name=name, text=rest))
