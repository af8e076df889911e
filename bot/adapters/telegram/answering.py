"""Answers Telegram updates: one conversation in order, many at once, each reply marked when it arrived."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot import metrics
from bot.adapters.outdated import outdated
from bot.adapters.ports import Chats, Envelopes
from bot.adapters.telegram.client import BadFile, Client, Unreachable
from bot.adapters.telegram.markup import to_messages
from bot.adapters.telegram.updates import TELEGRAM, Request, label_of, read
from bot.engine import Answer, MessageEngine
from bot.messages import Button, Choice, Reply, Verb
from bot.phrases import talk as phrases_talk
from bot.phrases import telegram as phrases_telegram
from domain.errors import Away, Busy

MOST_WAITING = 30  # messages of one person in one chat that are not answered yet; what comes on top is noise
SECONDS_BETWEEN_LOOKS = 5.0  # for what a process that died left behind
LAST_WORDS = 5.0  # seconds that answers on their way get when the bot stops

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class TelegramParts:
    """What the channel needs. `image_folder` holds the pictures whose address is like /images/MUG.png.

    `api_url` is another Bot API server, such as http://127.0.0.1:8081. Without a `webhook_secret` no webhook works.
    `staff` tells which commands each of the staff may use, by their id in Telegram.
    """

    engine: MessageEngine
    chats: Chats
    envelopes: Callable[[str], Envelopes]  # by the channel's name
    token: str
    api_url: str | None
    webhook_secret: str | None
    image_folder: Path
    staff: Callable[[], Mapping[str, Sequence[str]]] = dict


class Answering:
    """Answers updates in the running event loop."""

    def __init__(self, parts: TelegramParts, bot: Bot, client: Client) -> None:
        self._parts = parts
        self._bot = bot
        self._client = client
        self._work: set[asyncio.Task[None]] = set()
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._envelopes = parts.envelopes(TELEGRAM)
        self._looking: asyncio.Task[None] | None = None

    async def take(self, update: Update) -> None:
        """Stores what an update asks for and begins to answer it; what is nothing for us is passed over.

        Raises:
            SQLAlchemyError, Away: it is not stored, so Telegram must not be told that it arrived; it delivers it again.
        """
        if update.callback_query is not None:
            self._do(self._acknowledge(update.callback_query.id))
        request = self._read(update)
        if request is None:
            return
        if self._waiting[_person(request)] >= MOST_WAITING:
            log.warning("too many messages at once", channel="telegram")
            return
        sender_id, body = request.message.sender_id, json.loads(update.to_json())
        envelope_id = await asyncio.to_thread(self._envelopes.store, sender_id, body)
        if envelope_id is not None:
            self._begin(envelope_id, request)

    async def take_up(self) -> None:
        """Takes up what processes that died left behind, from time to time, until it is cancelled."""
        while True:
            try:
                for envelope in await asyncio.to_thread(self._envelopes.left_behind):
                    request = self._read(Update.de_json(dict(envelope.body), self._bot))
                    if request is None:
                        await asyncio.to_thread(self._envelopes.done, envelope.envelope_id)
                    else:
                        self._begin(envelope.envelope_id, request)
            except (SQLAlchemyError, Away) as error:
                log.warning("envelopes not looked for", channel="telegram", error=type(error).__name__)
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def start(self) -> None:
        """Begins to `take_up`, until `close`."""
        if self._looking is None:
            self._looking = asyncio.create_task(self.take_up())

    async def close(self) -> None:
        """Lets the answers on their way go out, for a few seconds; what is not answered is taken up another time."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        if self._work:
            await asyncio.wait(self._work, timeout=LAST_WORDS)
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        await asyncio.to_thread(self._envelopes.close)

    def _read(self, update: Update) -> Request | None:
        try:
            return read(update, self._bot.bot)
        except Exception:  # one strange update must not stop all others
            log.exception("update not read", channel="telegram")
            return None

    def _begin(self, envelope_id: int, request: Request) -> None:
        self._waiting[_person(request)] += 1
        self._do(self._in_turn(envelope_id, request))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _acknowledge(self, query_id: str) -> None:
        """Ends the waiting sign on the button."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.info("button not acknowledged", error=type(error).__name__)  # it is too old, most likely

    async def _in_turn(self, envelope_id: int, request: Request) -> None:
        """Answers a request after the earlier ones of its conversation."""
        person, settle = _person(request), self._envelopes.done
        try:
            async with self._turns.setdefault(person, asyncio.Lock()):
                await self._answer(request)
        except self._parts.chats.away as error:
            log.warning("answer put off", channel="telegram", error=type(error).__name__)
            settle = self._envelopes.failed
        except Unreachable:
            log.info("chat takes no messages", channel="telegram")
        except Exception:
            metrics.FAILURES.labels(channel="telegram").inc()
            log.exception("answer not sent", channel="telegram")
        finally:
            self._waiting[person] -= 1
            if not self._waiting[person]:
                del self._waiting[person]
        await asyncio.to_thread(settle, envelope_id)

    async def _answer(self, request: Request) -> None:
        try:
            answer = await self._engine_answer(request)
        except BadFile as error:
            await self._say(request, Reply(text=str(error)))
        except self._parts.chats.away:
            raise  # what was stored is taken up again
        except Busy:
            await self._say(request, Reply(text=phrases_telegram.BUSY))
        except Exception:
            metrics.FAILURES.labels(channel="telegram").inc()
            log.exception("turn failed", channel="telegram")
            await self._say(request, Reply(text=phrases_talk.BROKEN))
        else:
            await self._settle(request, answer)
            await (self._deliver if answer.private_chat is None else self._deliver_privately)(request, answer)

    async def _engine_answer(self, request: Request) -> Answer:
        message = request.message
        async with self._typing(message.chat.chat_id):
            if request.document is not None and message.command is not None:
                content = await self._client.download(request.document)
                message = replace(message, command=replace(message.command, file=content))
            return await asyncio.to_thread(self._parts.engine.handle, message)

    @asynccontextmanager
    async def _typing(self, chat_id: str) -> AsyncIterator[None]:
        async def show() -> None:
            with suppress(TelegramError):
                await self._bot.send_chat_action(chat_id, ChatAction.TYPING)

        task = asyncio.create_task(show())
        try:
            yield
        finally:
            task.cancel()  # shown after the answer, it would promise one more
            await asyncio.gather(task, return_exceptions=True)

    async def _settle(self, request: Request, answer: Answer) -> None:
        """A card is answered once: its buttons go. What an outdated one says was not chosen."""
        if request.tapped is not None and request.message.choice is not None:
            stale = any(reply.text == phrases_talk.STALE for reply in answer.replies)
            await self._client.settle(request.tapped, "" if stale else label_of(request.tapped, request.message.choice))

    async def _deliver(self, request: Request, answer: Answer) -> None:
        """Sends what has not arrived yet, which of a repeated message are the last replies, if any."""
        missing = answer.replies[len(answer.replies) - len(answer.delivery_ids) :]
        for number, (reply, delivery_id) in enumerate(zip(missing, answer.delivery_ids, strict=True)):
            try:
                ids = await self._say(request, reply, first=number == 0)
            except Unreachable:
                await self._mark(answer.delivery_ids[number:])
                raise
            sent_as = " ".join(map(str, ids)) if reply.passing else ""
            await self._mark([delivery_id], sent_as=sent_as, question=answer.state.question)
        await self._end_buttons(request, answer)

    async def _end_buttons(self, request: Request, answer: Answer) -> None:
        """Takes the buttons that an answer ended off what was sent before; the card that was tapped is settled."""
        message, tapped = request.message, str(request.tapped.message_id) if request.tapped else ""
        for one in await asyncio.to_thread(
            outdated, self._parts.chats, message.chat, message.sender_id, answer, tapped
        ):
            before, after = (to_messages(reply, with_cards=not request.group) for reply in (one.before, one.after))
            for sent_as, was, now in zip(one.sent_as.split(), before, after, strict=False):
                if was.keyboard != now.keyboard and sent_as not in ("0", tapped):
                    await self._client.redraw(message.chat.chat_id, int(sent_as), now.keyboard)

    async def _deliver_privately(self, request: Request, answer: Answer) -> None:
        """Sends into the private chat; the group gets a line with the link to it, which also begins one."""
        private = Request(message=replace(request.message, chat=answer.private_chat or request.message.chat))
        with suppress(Unreachable):  # they never wrote to the bot: the link shows it
            await self._deliver(private, answer)
        if answer.replies:
            go_on = Button(label=phrases_telegram.OPEN_CHAT, choice=Choice(verb=Verb.GO_ON))
            await self._say(request, Reply(text=phrases_telegram.IN_PRIVATE, buttons=(go_on,)))
        command, choice = request.message.command, request.message.choice
        if command is None and not (choice and choice.trait.command):  # staff's leave the cart where it is
            await self._end_buttons(request, answer)

    async def _say(self, request: Request, reply: Reply, *, first: bool = True) -> list[int]:
        # A group may get 20 messages a minute, so it gets products as a list and not one by one.
        messages = to_messages(reply, mention=request.mention if first else "", with_cards=not request.group)
        return await self._client.send(request.message.chat.chat_id, messages, reply_to=request.reply_to)

    async def _mark(self, delivery_ids: Sequence[int], *, sent_as: str = "", question: str = "") -> None:
        try:
            await asyncio.to_thread(self._parts.chats.arrived, delivery_ids, sent_as=sent_as, question=question)
        except Exception:
            log.warning("replies could not be marked as delivered", exc_info=True)


def _person(request: Request) -> tuple[str, str]:
    """Whose turn it is: one person in one chat."""
    return request.message.chat.chat_id, request.message.sender_id
