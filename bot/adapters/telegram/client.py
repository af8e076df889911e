"""Speaks to Telegram through python-telegram-bot: at its rates, trying again where that helps."""

import asyncio
import os
import ssl
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache
from html import escape
from pathlib import Path, PurePosixPath

import httpx
import structlog
from telegram import (
    Bot,
    Document,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.adapters.telegram.links import start_link
from bot.adapters.telegram.markup import MOST_CAPTION, MOST_TEXT, Keyboard, Outgoing, seen_length, short_label
from bot.adapters.telegram.pacing import Pacing
from bot.messages import AnswerLost, Button
from bot.phrases import talk as phrases_talk
from bot.phrases import telegram as phrases_telegram

MOST_TRIES = 4
LONGEST_WAIT = 120.0  # seconds; when Telegram asks for more, the message is given up
BIGGEST_FILE = 10 * 1024 * 1024  # bytes
_TIMEOUT = 20.0  # seconds; a message that was given up too early would be sent twice

# The library gives times in the older of its two ways unless told, and warns about it.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = structlog.get_logger()


class BadFile(Exception):
    """A file that was sent to us cannot be used; the text says why, in words for its sender."""


class Unreachable(Exception):
    """The chat takes no messages of ours: the person blocked the bot, or it was put out of the group."""


def make_bot(token: str, api_url: str | None) -> tuple[Bot, HTTPXRequest]:
    """The library's client, and the connections that are to be shut down after use."""
    request = HTTPXRequest(
        read_timeout=_TIMEOUT,
        write_timeout=_TIMEOUT,
        connect_timeout=_TIMEOUT,
        pool_timeout=_TIMEOUT,
        httpx_kwargs={"verify": _certificates()},
    )
    address = api_url or "https://api.telegram.org"
    bot = Bot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request,
        get_updates_request=request,
    )
    return bot, request


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: it takes longer than to send a message."""
    return httpx.create_ssl_context()


class Client:
    """Sends and edits messages.

    Where the answer to one was lost, it `repeats`: in a chat a message twice is better than none. Else it raises
    `AnswerLost`.
    """

    def __init__(self, bot: Bot, pacing: Pacing, images: Path, *, repeats: bool = True) -> None:
        self._repeats = repeats
        self._bot = bot
        self._pacing = pacing
        self._images = images
        self._uploaded: dict[tuple[str, int], str] = {}  # picture and its time of change → Telegram's id of it

    async def send(self, chat_id: str, messages: Iterable[Outgoing], *, reply_to: int | None = None) -> list[int]:
        """Sends messages in order, the first as a reply to `reply_to`; returns their ids, 0 for what shows nothing.

        Raises:
            Unreachable: the chat takes nothing from us.
            TelegramError: Telegram did not take a message, also not when it was tried again.
        """
        ids: list[int] = []
        with _told_unreachable():
            for message in messages:
                sent = await self._send(chat_id, message, None if any(ids) else reply_to)
                ids.append(sent.message_id if sent else 0)
        return ids

    async def upload(self, chat_id: str, reply_to: int, name: str, content: bytes, alt: str) -> None:
        """Sends a file as a reply; a picture with `alt` below it, for Telegram has no other place for it.

        Raises:
            Unreachable, TelegramError: as `send` does.
        """
        file = InputFile(content, filename=name)
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True)
        with _told_unreachable():
            if alt:
                caption = alt if seen_length(alt) <= MOST_CAPTION else f"{alt[: MOST_CAPTION // 2]}…"
                await self._paced(
                    chat_id, lambda: self._bot.send_photo(chat_id, file, caption=caption, reply_parameters=reply)
                )
            else:
                await self._send_document(chat_id, file, reply)

    async def _send(self, chat_id: str, message: Outgoing, reply_to: int | None) -> Message | None:
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        if message.document is not None:
            file = InputFile(message.document.content.encode(), filename=message.document.name)
            return await self._send_document(chat_id, file, reply)
        markup = await self._markup(message.keyboard)
        sent = await self._send_photo(chat_id, message, markup, reply) if message.image else None
        if sent is not None or not message.html:
            return sent
        return await self._paced(
            chat_id,
            lambda: self._bot.send_message(
                chat_id,
                message.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=markup,
                reply_parameters=reply,
            ),
        )

    async def _send_document(self, chat_id: str, file: InputFile, reply: ReplyParameters | None) -> Message:
        return await self._paced(chat_id, lambda: self._bot.send_document(chat_id, file, reply_parameters=reply))

    async def _send_photo(
        self, chat_id: str, message: Outgoing, markup: InlineKeyboardMarkup | None, reply: ReplyParameters | None
    ) -> Message | None:
        """A picture with its text below it; None when it could not be sent."""
        try:
            photo, key = self._photo(message.image)
            sent = await self._paced(
                chat_id,
                lambda: self._bot.send_photo(
                    chat_id,
                    photo,
                    caption=message.html or None,
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup,
                    reply_parameters=reply,
                ),
            )
        except (BadRequest, OSError) as error:
            log.warning("picture not sent", image=message.image, error=type(error).__name__)
            return None
        if key is not None and sent.photo:
            self._uploaded[key] = sent.photo[-1].file_id
        return sent

    async def _markup(self, keyboard: Keyboard) -> InlineKeyboardMarkup | None:
        """The buttons; private choices lead into the private chat with the bot."""
        if not keyboard:
            return None
        name = await self._name() if any(one.trait.private for row in keyboard for one in row) else ""
        return InlineKeyboardMarkup([[_button(one, name) for one in row] for row in keyboard])

    async def _name(self) -> str:
        """The bot's username; Telegram is asked where the library does not know it."""
        with suppress(RuntimeError):  # nobody asked yet
            return self._bot.username
        return (await self._bot.get_me()).username or ""

    def _photo(self, image: str) -> tuple[str | InputFile, tuple[str, int] | None]:
        """A picture as Telegram takes it: an address, the id it gave an earlier upload, or the file."""
        if image.startswith("https://"):
            return image, None
        file = self._images / PurePosixPath(image).name
        key = (file.name, file.stat().st_mtime_ns)
        return self._uploaded.get(key) or InputFile(file.read_bytes(), filename=file.name), key

    async def _paced(self, chat_id: str, call: Callable[[], Awaitable[Message]]) -> Message:
        for tries_left in range(MOST_TRIES - 1, -1, -1):
            await self._pacing.turn(chat_id)
            try:
                return await call()
            except RetryAfter as error:
                seconds = seconds_of(error)
                if not tries_left or seconds > LONGEST_WAIT:
                    raise
                log.info("telegram asks to wait", seconds=seconds)
                self._pacing.hold(chat_id, seconds)
            except BadRequest:
                raise
            except NetworkError as error:
                if not self._repeats and _lost(error):
                    raise AnswerLost from error
                if not tries_left:
                    raise
                await asyncio.sleep(MOST_TRIES - tries_left)
        raise AssertionError("the last try returns or raises")

    async def settle(self, card: Message, label: str) -> None:
        """Takes the buttons off a card and notes below it which was pressed; without a label only the former."""
        note = f"\n\n<i>{escape(phrases_talk.chosen(label=label), quote=False)}</i>" if label else ""
        try:
            if note and card.text and seen_length(card.text) + seen_length(note) <= MOST_TEXT:
                await self._bot.edit_message_text(
                    card.text_html + note,
                    chat_id=card.chat.id,
                    message_id=card.message_id,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
            elif note and card.photo and seen_length(card.caption or "") + seen_length(note) <= MOST_CAPTION:
                await self._bot.edit_message_caption(
                    card.chat.id, card.message_id, caption=card.caption_html + note, parse_mode=ParseMode.HTML
                )
            else:
                await self._bot.edit_message_reply_markup(card.chat.id, card.message_id)
        except TelegramError as error:
            # The card may be gone, too old, or already without buttons; the answer matters more.
            log.info("card not edited", error=type(error).__name__)

    async def redraw(self, chat_id: str, message_id: int, keyboard: Keyboard) -> None:
        """Puts these buttons below a message in place of others; a failure is logged, as of `settle`."""
        try:
            markup = await self._markup(keyboard)
            await self._bot.edit_message_reply_markup(chat_id, message_id, reply_markup=markup)
        except TelegramError as error:
            log.info("card not edited", error=type(error).__name__)

    async def download(self, document: Document) -> str:
        """The text of a file.

        Raises:
            BadFile: it is too big, or no text in UTF-8.
        """
        if (document.file_size or 0) > BIGGEST_FILE:
            raise BadFile(phrases_telegram.FILE_TOO_BIG)
        file = await self._bot.get_file(document.file_id)
        try:
            return bytes(await file.download_as_bytearray()).decode("utf-8-sig")
        except UnicodeDecodeError as exc:
            raise BadFile(phrases_telegram.FILE_NOT_TEXT) from exc


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


@contextmanager
def _told_unreachable() -> Iterator[None]:
    """Raises `Unreachable` for Telegram's ways to say that a chat takes nothing from us."""
    try:
        yield
    except Forbidden as exc:
        raise Unreachable from exc
    except BadRequest as exc:
        if exc.message.casefold() == "chat not found":
            raise Unreachable from exc
        raise


def _lost(error: NetworkError) -> bool:
    """Whether the request was on its way when it failed, so that it may have been carried out."""
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return False
    return isinstance(error, TimedOut) or isinstance(cause, httpx.HTTPError)


def _button(button: Button, bot: str) -> InlineKeyboardButton:
    label = short_label(button.label)
    if button.trait.private:
        return InlineKeyboardButton(label, url=start_link(button.choice, bot))
    return InlineKeyboardButton(label, callback_data=button.choice.encode())
