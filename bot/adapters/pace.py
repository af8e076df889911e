"""Keeps outgoing messages within a platform's rates: so many a second over all, and so many seconds apart in a chat."""

import time
from collections.abc import Callable
from threading import Lock

MOST_CHATS_REMEMBERED = 10_000


class Pace:
    """Makes senders wait; short bursts pass at once. Usable from several threads, who are served in their order."""

    def __init__(
        self,
        per_second_overall: float,
        per_chat_seconds: float,
        *,
        burst: int = 3,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`per_chat_seconds` is the time between two messages in one chat once its burst is used up."""
        self._overall = 1 / per_second_overall
        self._per_chat = per_chat_seconds
        self._burst = burst
        self._now = now
        self._sleep = sleep
        self._lock = Lock()
        # When each chat would have sent all it has sent, had it kept to its pace (the generic cell rate algorithm).
        self._due: dict[str, float] = {}
        self._due_overall = 0.0

    def wait(self, chat_id: str) -> None:
        """Returns when the next message may go into this chat."""
        with self._lock:
            now = self._now()
            if len(self._due) > MOST_CHATS_REMEMBERED:
                self._due = {chat: due for chat, due in self._due.items() if due > now}
            chat = max(self._due.get(chat_id, 0.0), now)
            overall = max(self._due_overall, now)
            self._due[chat_id] = chat + self._per_chat
            self._due_overall = overall + self._overall
            ahead = self._burst - 1
            pause = max(chat - ahead * self._per_chat, overall - ahead * self._overall) - now
        if pause > 0:
            self._sleep(pause)
