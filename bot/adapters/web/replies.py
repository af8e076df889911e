"""The shop's replies on their way to the chat page: as JSON, marked as delivered, and those nobody waited for."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from time import monotonic
from typing import Any

import structlog
from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from bot.adapters.ports import Chats
from bot.messages import Button, Reply, Row, reply_from_json
from domain.conversation import ChatRef
from domain.ports import Clock

LATE = timedelta(seconds=15)  # an answer not marked as delivered after this long was lost on its way
LONGEST_STREAM_SECONDS = 900.0  # then the page begins another one by itself
MARK_SECONDS = 0.5

log = structlog.get_logger()


def rendered(replies: Iterable[Reply]) -> list[dict[str, Any]]:
    """Replies as the page takes them; a list becomes its heading, a card for each product, and what stands below."""
    made = []
    for reply in replies:
        if not reply.cards:
            made.append(_as_json(reply))
            continue
        made.append(_as_json(replace(reply, text="", body=reply.heading, buttons=())))
        made += [_as_json(card) for card in reply.cards]
        if reply.below_cards:
            made.append(_as_json(Reply(buttons=reply.below_cards)))
    return made


def _as_json(reply: Reply) -> dict[str, Any]:
    made: dict[str, Any] = {
        "text": reply.text,
        "title": reply.title,
        "image": reply.image,
        "lines": [asdict(line) if isinstance(line, Row) else line for line in reply.body],
        "buttons": [_button(one) for one in reply.buttons],
    }
    if reply.attachment is not None:
        made["attachment"] = {"name": reply.attachment.name, "content": reply.attachment.content}
    return made


def _button(button: Button) -> dict[str, Any]:
    trait = button.trait
    return {
        "label": button.label,
        "choice": button.choice.encode(),
        "style": trait.style,
        "newest": trait.newest,
        "lasting": trait.lasting,
        "answers": trait.answers,
    }


class Delivered:
    """Collects the replies that were handed over and marks them together, a few times a second."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._ids: list[int] = []

    async def note(self, delivery_ids: tuple[int, ...]) -> None:
        """These replies went out with the answer."""
        self._ids += delivery_ids

    @asynccontextmanager
    async def marking(self) -> AsyncIterator[None]:
        """Marks for as long as the app runs, and once more at its end."""
        marking = asyncio.create_task(self._mark_often())
        yield
        marking.cancel()
        await self._mark_now()

    async def _mark_often(self) -> None:
        while True:
            await asyncio.sleep(MARK_SECONDS)
            try:
                await self._mark_now()
            except Exception:
                log.warning("replies could not be marked as delivered", exc_info=True)

    async def _mark_now(self) -> None:
        ids, self._ids = self._ids, []
        if ids:
            try:
                await run_in_threadpool(self._chats.arrived, ids)
            except Exception:
                self._ids += ids
                raise


async def events(
    request: Request,
    chat: ChatRef,
    *,
    chats: Chats,
    clock: Clock,
    reduced: Callable[[], bool],
    stopping: Callable[[], bool],
    pause: Callable[[], float],
) -> AsyncIterator[str]:
    """Replies that nobody waited for, and changes between full and reduced mode; ends when the server is to stop.

    `pause` says for how many seconds not to look for news.
    """
    was_reduced, until = False, monotonic() + LONGEST_STREAM_SECONDS
    while monotonic() < until and not stopping() and not await request.is_disconnected():
        if reduced() != was_reduced:
            was_reduced = not was_reduced
            yield f"event: status\ndata: {json.dumps({'reduced': was_reduced})}\n\n"
        found = await run_in_threadpool(chats.waiting, chat, clock.now() - LATE)
        for delivery in found:
            data = json.dumps({"replies": rendered([reply_from_json(delivery.reply)])})
            yield f"event: replies\nid: {delivery.delivery_id}\ndata: {data}\n\n"
        if found:
            await run_in_threadpool(chats.arrived, [delivery.delivery_id for delivery in found])
        else:
            yield ": still here\n\n"
        await asyncio.sleep(pause())
