"""The Telegram channel: takes updates by long polling or webhook, and sends what nobody waits for."""

import asyncio
import hmac
import json
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.adapters.telegram.answering import Answering, TelegramParts
from bot.adapters.telegram.client import Client, Unreachable, make_bot, seconds_of
from bot.adapters.telegram.markup import to_messages
from bot.adapters.telegram.pacing import Pacing
from bot.adapters.telegram.updates import ALLOWED_UPDATES
from bot.messages import Reply
from bot.phrases import telegram as phrases_telegram
from domain.conversation import ChatRef
from domain.errors import Away

__all__ = ["TelegramBot", "TelegramParts", "TelegramSender", "TokenRejected"]

LONG_POLL = 25  # seconds
LONGEST_PAUSE = 30.0  # seconds between two tries to reach Telegram

Sent = TypeVar("Sent")
log = structlog.get_logger()


class TokenRejected(Exception):
    """Telegram does not know the bot's token."""


class TelegramBot:
    """Answers what people write: either `run_polling` until `stop`, or `start_webhook`, `feed` and `close`."""

    def __init__(self, parts: TelegramParts) -> None:
        self._secret = parts.webhook_secret
        self._staff = parts.staff
        self._bot, self._request = make_bot(parts.token, parts.api_url)
        self._answering = Answering(parts, self._bot, Client(self._bot, Pacing(), parts.image_folder))
        self._next = 0  # the first update that is not stored yet
        self._ready = False
        self._one_at_a_time = asyncio.Lock()  # messages stay in the order they came in
        self._stopped = threading.Event()
        self._polling: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None

    def run_polling(self) -> None:
        """Polls and answers until `stop` is called, in an event loop of its own: any thread will do.

        Raises:
            TokenRejected: the token is not valid.
        """
        with suppress(asyncio.CancelledError):
            asyncio.run(self._poll())

    def stop(self) -> None:
        """Ends `run_polling`, from any thread, also before it began."""
        self._stopped.set()
        if self._polling is not None:
            loop, task = self._polling
            with suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(task.cancel)

    async def start_webhook(self, url: str | None = None) -> None:
        """Makes ready for `feed` in the running event loop; tells Telegram the webhook's address if one is given.

        Raises:
            TokenRejected: the token is not valid.
            TelegramError: Telegram was not reached.
        """
        await self._open()
        if url is not None:
            await self._bot.set_webhook(url, secret_token=self._secret, allowed_updates=list(ALLOWED_UPDATES))

    async def feed(self, update_json: bytes, secret: str | None) -> int:
        """Takes what was posted to the webhook, with the value of `X-Telegram-Bot-Api-Secret-Token`.

        Returns:
            The HTTP status to answer at once: 403 for a wrong secret, 503 while Telegram was not reached yet or the
            database is away, 400 for junk, 200 otherwise.
        """
        if not self._secret or not hmac.compare_digest((secret or "").encode(), self._secret.encode()):
            log.warning("webhook refused", channel="telegram")
            return 403
        if not self._ready:
            return 503  # Telegram sends it again, and then it can be answered
        try:
            update = Update.de_json(json.loads(update_json), self._bot)
            update.to_json()  # or it is no update
        except Exception as error:  # the library raises whatever a wrong shape leads to
            log.warning("webhook got no update", error=type(error).__name__)
            return 400
        try:
            async with self._one_at_a_time:
                await self._answering.take(update)
        except (SQLAlchemyError, Away) as error:
            log.error("telegram is to deliver it again", error=type(error).__name__)
            return 503
        return 200

    async def close(self) -> None:
        """Lets the answers on their way go out, for a few seconds, and disconnects."""
        await self._answering.close()
        await self._request.shutdown()

    async def _open(self) -> None:
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise TokenRejected from None  # the library's error quotes the token
        self._ready = True
        self._answering.start()
        try:
            await self._bot.set_my_commands([BotCommand(name, words) for name, words in phrases_telegram.MENU])
        except TelegramError as error:
            log.warning("command menu not set", error=type(error).__name__)
        await self._show_staff_their_commands()

    async def _show_staff_their_commands(self) -> None:
        """In the private chat of each of the staff, which they must have begun, as their roles are now."""
        try:
            staff = await asyncio.to_thread(self._staff)
        except (SQLAlchemyError, Away):
            staff = {}  # the commands work all the same
        for chat_id, names in staff.items():
            menu = dict(phrases_telegram.MENU) | {name: phrases_telegram.STAFF_MENU[name] for name in names}
            with suppress(TelegramError):
                await self._bot.set_my_commands(list(menu.items()), scope=BotCommandScopeChat(chat_id))

    async def _poll(self) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._polling = (asyncio.get_running_loop(), task)
        ready, pause = False, 1.0
        try:
            while not self._stopped.is_set():
                try:
                    if not ready:
                        await self._open()
                        await self._bot.delete_webhook()  # Telegram does not do both
                        ready = True
                    await self._poll_once()
                    pause = 1.0
                except TokenRejected:
                    raise
                except RetryAfter as error:
                    await asyncio.sleep(seconds_of(error))
                except Exception as error:  # whatever it is, people go on writing
                    log.warning("telegram not reached", error=type(error).__name__, pause=pause)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            await self.close()

    async def _poll_once(self) -> None:
        """Takes the next updates; those that are stored are confirmed with the next poll."""
        updates = await self._bot.get_updates(
            offset=self._next, timeout=LONG_POLL, allowed_updates=list(ALLOWED_UPDATES)
        )
        for update in updates:
            await self._answering.take(update)
            self._next = update.update_id + 1


class TelegramSender:
    """Brings messages into Telegram that nobody waits for, from threads without an event loop.

    A `bot.messages.ChatSender`, and a room that reports go to.
    """

    def __init__(self, parts: TelegramParts) -> None:
        self._parts = parts
        self._pacing = Pacing()

    def send(self, chat: ChatRef, reply: Reply) -> None:
        """See `bot.messages.ChatSender.send`. A reply to somebody who blocked the bot counts as sent.

        Raises:
            TelegramError: Telegram did not take it, also not when it was tried again.
        """
        try:
            messages = to_messages(reply, with_cards=not chat.chat_id.startswith("-"))
            asyncio.run(self._with_client(lambda client: client.send(chat.chat_id, messages), repeats=True))
        except Unreachable:
            log.info("chat takes no messages", channel="telegram")

    def post(self, channel: str, reply: Reply) -> str:
        """Sends into a chat, and returns the message's name: "chat:message".

        Raises:
            Unreachable: the bot is not in there, or may not write.
            TelegramError: Telegram did not take it, also not when it was tried again.
            AnswerLost: nobody knows whether it did.
        """
        sent = asyncio.run(self._with_client(lambda client: client.send(channel, to_messages(reply))))
        return f"{channel}:{next(filter(None, sent), 0)}"

    def direct(self, user: str) -> str:
        """The private chat with a user has the user's number."""
        return user

    def messages(self, reply: Reply) -> list[Reply]:
        """A message for each card, after one that introduces them."""
        if not reply.cards:
            return [reply]
        return [replace(reply, cards=()), *reply.cards]

    def upload(self, thread: str, name: str, content: bytes, alt: str) -> None:
        """Sends a file as a reply to "chat:message"; `alt` says what a picture shows.

        Raises:
            Unreachable, TelegramError, AnswerLost: as `post` does.
        """
        channel, _, message = thread.rpartition(":")
        asyncio.run(self._with_client(lambda client: client.upload(channel, int(message), name, content, alt)))

    async def _with_client(self, send: Callable[[Client], Awaitable[Sent]], *, repeats: bool = False) -> Sent:
        bot, request = make_bot(self._parts.token, self._parts.api_url)
        try:
            return await send(Client(bot, self._pacing, self._parts.image_folder, repeats=repeats))
        finally:
            await request.shutdown()
