"""Works off what was acknowledged: one thing after the other in a conversation, several conversations at once."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import structlog

MOST_WAITING = 100  # in one lane; who sends faster than that is not a customer

log = structlog.get_logger()


class Lanes:
    """Bounded threads that keep the order of what is submitted for one key."""

    def __init__(self, workers: int = 16) -> None:
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="slack")
        self._lock = Lock()
        self._waiting: dict[str, deque[Callable[[], None]]] = {}

    def submit(self, key: str, work: Callable[[], None]) -> bool:
        """Takes on work behind everything of the same key; False, with a line in the log, when too much waits."""
        with self._lock:
            lane = self._waiting.get(key)
            if lane is not None:
                if len(lane) >= MOST_WAITING:
                    log.warning("slack lane is full")
                    return False
                lane.append(work)
                return True
            self._waiting[key] = deque([work])
        self._pool.submit(self._run, key)
        return True

    def close(self) -> None:
        """Finishes all that was taken on."""
        self._pool.shutdown(wait=True)

    def _run(self, key: str) -> None:
        while True:
            with self._lock:
                lane = self._waiting[key]
                if not lane:
                    del self._waiting[key]
                    return
                work = lane.popleft()
            try:
                work()
            except Exception:
                log.exception("slack work failed")
