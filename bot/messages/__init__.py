"""Messages as every channel speaks them: what comes in, what goes out, and buttons."""

from bot.messages.buttons import MAX_CHOICE_BYTES, Button, Choice, Style, Trait, Verb
from bot.messages.incoming import AnswerLost, ChatSender, IncomingMessage, Named
from bot.messages.replies import (
    Attachment,
    Command,
    Field,
    Form,
    Reply,
    StoredReply,
    reply_from_json,
    reply_to_json,
)
from bot.messages.rows import Line, Row

__all__ = [
    "MAX_CHOICE_BYTES",
    "AnswerLost",
    "Attachment",
    "Button",
    "ChatSender",
    "Choice",
    "Command",
    "Field",
    "Form",
    "IncomingMessage",
    "Line",
    "Named",
    "Reply",
    "Row",
    "StoredReply",
    "Style",
    "Trait",
    "Verb",
    "reply_from_json",
    "reply_to_json",
]
