"""Reads what Telegram delivers: which updates are meant for us, and what they say in the shop's terms."""

import re
from dataclasses import dataclass, replace

from telegram import CallbackQuery, Document, Message, MessageEntity, Update, User

from bot import slash
from bot.adapters.telegram.links import choice_of
from bot.adapters.telegram.markup import mention_of
from bot.messages import Choice, IncomingMessage
from domain.conversation import ChatRef

TELEGRAM = "telegram"
ALLOWED_UPDATES = ("message", "callback_query")
_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_QUOTES = (MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE)
_STRUCK = MessageEntity.STRIKETHROUGH
_IMPORT = re.compile(r"import\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What an update asks for, and how the answer is addressed.

    In a group the answer is a reply to message `reply_to`, or else opens with `mention`. `tapped` is the card whose
    button was pressed by the person it was for.
    """

    message: IncomingMessage
    group: bool = False
    reply_to: int | None = None
    mention: str = ""
    tapped: Message | None = None
    document: Document | None = None


def read(update: Update, bot: User) -> Request | None:
    """What an update asks of the bot; None when it is nothing for it: edits, channels, bots, the talk of a group."""
    if update.callback_query is not None:
        return _tap(update.callback_query)
    message = update.message
    if message is None or message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
        return None
    if not message.text and not message.effective_attachment:
        return None  # somebody joined, a message was pinned, and the like
    group = message.chat.type != "private"
    said = _said(message, bot)
    if group and not said.addressed:
        return None
    # The pictures of an album are messages of their own, and get one answer.
    key = f"g{message.media_group_id}" if message.media_group_id else f"u{update.update_id}"
    incoming = IncomingMessage(
        id=key,
        chat=ChatRef(channel=TELEGRAM, chat_id=str(message.chat.id), public=group),
        sender_id=str(message.from_user.id),
        private_chat=_private_chat(message.from_user, group=group),
    )
    request = Request(message=incoming, group=group, reply_to=message.message_id if group else None)
    if said.command:
        return _command(request, said.command, said.text, message.document)
    return replace(request, message=replace(incoming, text=said.text))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """The words of a message without the bot's name; `command` is what began with a slash."""

    text: str
    command: str = ""
    addressed: bool = False


def _said(message: Message, bot: User) -> _Said:
    # Forwarded words are somebody else's, and no order of the one who forwards them.
    own = "" if message.forward_origin else _marked_text(message)
    name = re.compile(rf"(?<![\w@])@{re.escape(bot.username or '')}\b *[,:]?", re.IGNORECASE)
    replied = message.reply_to_message.from_user if message.reply_to_message else None
    to_bot = replied is not None and replied.id == bot.id
    found = _COMMAND.fullmatch(own.strip())
    if found is not None:
        meant = (found["bot"] or "").casefold()
        ours = meant == (bot.username or "").casefold()
        if not meant or ours:
            rest = name.sub("", found["rest"] or "")
            return _Said(text=rest.strip(), command=found["name"].lower(), addressed=ours or to_bot)
        return _Said(text=own)
    without = name.sub(" ", own)
    if without == own:
        return _Said(text=own, addressed=to_bot)
    return _Said(text=re.sub(r" {2,}", " ", without).strip(), addressed=True)


def _marked_text(message: Message) -> str:
    """What somebody wrote, quotes marked with ">" line by line, without what they struck out.

    Entities count in UTF-16 units: https://core.telegram.org/bots/api#messageentity
    """
    text = message.caption or message.text or ""
    units = text.encode("utf-16-le")
    kinds = {kind: bytearray(len(units) // 2) for kind in (*_QUOTES, _STRUCK)}
    for entity in (*message.entities, *message.caption_entities):
        if entity.type in kinds:
            kinds[entity.type][entity.offset : entity.offset + entity.length] = b"\1" * entity.length
    if not any(any(marks) for marks in kinds.values()):
        return text
    lines: list[str] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line.encode("utf-16-le")) // 2
        own = b"".join(units[2 * at : 2 * at + 2] for at in range(start, end) if not kinds[_STRUCK][at])
        quoted = any(any(kinds[kind][start:end]) for kind in _QUOTES)
        lines.append(("> " if quoted else "") + own.decode("utf-16-le", "replace"))
        start = end + 1
    return "\n".join(lines)


def _command(request: Request, name: str, rest: str, document: Document | None) -> Request:
    """The request that a slash command makes."""
    if name == "start" and not request.group and (choice := choice_of(rest)) is not None:
        return replace(request, message=replace(request.message, choice=choice))
    message = slash.meant(request.message, name, rest)
    file = document if name == "inventory" and _IMPORT.match(rest) else None
    return replace(request, message=message, document=file)


def _tap(query: CallbackQuery) -> Request | None:
    """A pressed button.

    Its id is the card, the person and the button, so that a double tap counts once: after a tap the buttons go.
    """
    card, user = query.message, query.from_user
    if card is None or query.data is None or user.is_bot:
        return None
    group = card.chat.type != "private"
    known = card if isinstance(card, Message) and card.is_accessible else None  # Telegram hides what is too old
    for_whom, asked_in = _addressee(known) if known is not None else (None, None)
    theirs = not group or for_whom == user.id
    return Request(
        message=IncomingMessage(
            id=f"t{card.message_id}.{user.id}.{query.data}",
            chat=ChatRef(channel=TELEGRAM, chat_id=str(card.chat.id), public=group),
            sender_id=str(user.id),
            choice=Choice.decode(query.data),
            private_chat=_private_chat(user, group=group),
        ),
        group=group,
        reply_to=asked_in if group and theirs else None,
        mention=mention_of(user.id, user.first_name) if group and not (theirs and asked_in) else "",
        tapped=known if theirs else None,
    )


def _private_chat(user: User, *, group: bool) -> ChatRef | None:
    """The chat with somebody in a group alone, which has the user's number; they may not have begun it yet."""
    return ChatRef(channel=TELEGRAM, chat_id=str(user.id)) if group else None


def _addressee(card: Message) -> tuple[int | None, int | None]:
    """Whom a card in a group is for, and the message of theirs that it answers, if it does."""
    asked = card.reply_to_message
    if asked is not None and asked.from_user is not None and not asked.from_user.is_bot:
        return asked.from_user.id, asked.message_id
    mentioned = [entity.user for entity in (*card.entities, *card.caption_entities) if entity.user is not None]
    return (mentioned[0].id if mentioned else None), None


def label_of(card: Message, choice: Choice) -> str:
    """The label of the button of a card that stands for a choice."""
    rows = card.reply_markup.inline_keyboard if card.reply_markup else ()
    buttons = (button for row in rows for button in row)
    return next((button.text for button in buttons if Choice.decode(str(button.callback_data)) == choice), "")
