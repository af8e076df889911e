"""The Telegram channel: takes updates by long polling or webhook, and sends what nobody waits for."""

import asyncio
import hmac
import json
import threading
from contextlib import suppress

import structlog
from telegram import BotCommand, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import phrases_telegram
from bot.adapters.telegram_answering import Answering, TelegramParts
from bot.adapters.telegram_client import Client, Unreachable, make_bot, seconds_of
from bot.adapters.telegram_markup import to_messages
from bot.adapters.telegram_pacing import Pacing
from bot.adapters.telegram_updates import ALLOWED_UPDATES
from bot.messages import Reply
from domain.conversation import ChatRef

__all__ = ["TelegramBot", "TelegramParts", "TelegramSender", "TokenRejected"]

LONG_POLL = 25  # seconds
SLOWEST_BATCH = 5.0  # seconds that updates wait for the ones before them to be answered
LONGEST_PAUSE = 30.0  # seconds between two tries to reach Telegram

log = structlog.get_logger()


class TokenRejected(Exception):
    """Telegram does not know the bot's token."""


class TelegramBot:
    """Answers what people write: either `run_polling` until `stop`, or `start_webhook`, `feed` and `close`."""

    def __init__(self, parts: TelegramParts) -> None:
        self._secret = parts.webhook_secret
        self._bot, self._request = make_bot(parts.token, parts.api_url)
        self._answering = Answering(parts, self._bot, Client(self._bot, Pacing(), parts.image_folder))
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
            The HTTP status to answer at once: 403 for a wrong secret, 400 for junk, 200 otherwise.
        """
        if not self._secret or not hmac.compare_digest((secret or "").encode(), self._secret.encode()):
            log.warning("webhook refused", channel="telegram")
            return 403
        try:
            self._answering.take(Update.de_json(json.loads(update_json), self._bot))
        except Exception as error:  # the library raises whatever a wrong shape leads to
            log.warning("webhook got no update", error=type(error).__name__)
            return 400
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
        try:
            await self._bot.set_my_commands([BotCommand(name, words) for name, words in phrases_telegram.MENU])
        except TelegramError as error:
            log.warning("command menu not set", error=type(error).__name__)

    async def _poll(self) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._polling = (asyncio.get_running_loop(), task)
        ready, offset, pause = False, 0, 1.0
        try:
            while not self._stopped.is_set():
                try:
                    if not ready:
                        await self._open()
                        await self._bot.delete_webhook()  # Telegram does not do both
                        ready = True
                    offset, pause = await self._poll_once(offset), 1.0
                except RetryAfter as error:
                    await asyncio.sleep(seconds_of(error))
                except TelegramError as error:
                    log.warning("telegram not reached", error=type(error).__name__, pause=pause)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            await self.close()

    async def _poll_once(self, offset: int) -> int:
        """Takes the next updates and returns the offset that confirms them.

        They are confirmed when they are answered, or a crash would lose them; but nobody waits long for a slow one.
        """
        updates = await self._bot.get_updates(offset=offset, timeout=LONG_POLL, allowed_updates=list(ALLOWED_UPDATES))
        taken = [task for task in map(self._answering.take, updates) if task is not None]
        if taken:
            await asyncio.wait(taken, timeout=SLOWEST_BATCH)
        return max([offset, *(update.update_id + 1 for update in updates)])


class TelegramSender:
    """Implements `bot.messages.ChatSender` for threads without an event loop."""

    def __init__(self, parts: TelegramParts) -> None:
        self._parts = parts
        self._pacing = Pacing()

    def send(self, chat: ChatRef, reply: Reply) -> None:
        """See `bot.messages.ChatSender.send`. A reply to somebody who blocked the bot counts as sent.

        Raises:
            TelegramError: Telegram did not take it, also not when it was tried again.
        """
        try:
            asyncio.run(self._send(chat.chat_id, reply))
        except Unreachable:
            log.info("chat takes no messages", channel="telegram")

    async def _send(self, chat_id: str, reply: Reply) -> None:
        bot, request = make_bot(self._parts.token, self._parts.api_url)
        try:
            client = Client(bot, self._pacing, self._parts.image_folder)
            await client.send(chat_id, to_messages(reply, with_cards=not chat_id.startswith("-")))
        finally:
            await request.shutdown()
