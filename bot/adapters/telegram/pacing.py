"""Keeps to Telegram's rates: 30 messages a second, one a second in a chat with short bursts, 20 a minute in a group.

The numbers: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

OVERALL = (30, 1.0)  # messages, seconds
CHAT = (6, 6.0)  # one a second, where a list of products may come at once
GROUP = (20, 60.0)
MOST_CHATS_REMEMBERED = 10_000


class Window:
    """Hands out moments, at most `limit` of them in any `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque(maxlen=limit)
        self._held_until = 0.0

    def earliest(self, now: float) -> float:
        """The first free moment."""
        full = len(self._taken) == self._taken.maxlen
        return max(now, self._held_until, self._taken[0] + self._seconds if full else now)

    def take(self, moment: float) -> None:
        """Uses a moment up."""
        self._taken.append(moment)

    def hold(self, until: float) -> None:
        """Nothing is free before then."""
        self._held_until = max(self._held_until, until)

    def idle(self, now: float) -> bool:
        """Whether forgetting this window changes nothing."""
        return self._held_until <= now and (not self._taken or self._taken[-1] + self._seconds <= now)


class Pacing:
    """Makes senders wait for their turn; one object may serve several threads and event loops."""

    def __init__(
        self, *, now: Callable[[], float] = monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._lock = threading.Lock()
        self._overall = Window(*OVERALL)
        self._chats: dict[str, tuple[Window, ...]] = {}

    async def turn(self, chat_id: str) -> None:
        """Waits until a message may go into a chat. Telegram gives groups negative ids."""
        # One after the other: a chat that waits long must not use up moments that others could have.
        await self._wait(self._windows(chat_id))
        await self._wait((self._overall,))

    def hold(self, chat_id: str, seconds: float) -> None:
        """Telegram wants nothing more in this chat for so long."""
        for window in self._windows(chat_id):
            window.hold(self._now() + seconds)

    async def _wait(self, windows: tuple[Window, ...]) -> None:
        with self._lock:
            now = self._now()
            moment = max(window.earliest(now) for window in windows)
            for window in windows:
                window.take(moment)
        if moment > now:
            await self._sleep(moment - now)

    def _windows(self, chat_id: str) -> tuple[Window, ...]:
        with self._lock:
            if chat_id not in self._chats:
                self._forget_idle()
                group = (Window(*GROUP),) if chat_id.startswith("-") else ()
                self._chats[chat_id] = (Window(*CHAT), *group)
            return self._chats[chat_id]

    def _forget_idle(self) -> None:
        if len(self._chats) >= MOST_CHATS_REMEMBERED:
            now = self._now()
            self._chats = {
                chat_id: windows
                for chat_id, windows in self._chats.items()
                if not all(window.idle(now) for window in windows)
            }
