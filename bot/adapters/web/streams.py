"""Event streams of the chat page: so many at once, and the more there are, the more rarely each looks for news."""

from collections import Counter
from collections.abc import AsyncIterator, Callable

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

MOST_OF_VISITOR = 8  # tabs
PART_OF_NETWORK = 3  # one network has a third of all places at most
POLL_SECONDS = 2.0
LOOKS_A_SECOND = 50  # of all streams together: each look asks the database


class Streams:
    """The streams that are open in this process, at most `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[tuple[str, str]] = Counter()

    @property
    def pause(self) -> float:
        """Seconds between two looks for news."""
        return max(POLL_SECONDS, self._open["all", ""] / LOOKS_A_SECOND)

    def begin(self, visitor: str, network: str) -> Callable[[], None] | None:
        """Takes a place, and returns what gives it back; None where there is none left."""
        places = {
            ("all", ""): self._most,
            ("network", network): max(1, self._most // PART_OF_NETWORK),
            ("visitor", visitor): MOST_OF_VISITOR,
        }
        if any(self._open[place] >= most for place, most in places.items()):
            return None
        self._open.update(list(places))

        def end() -> None:
            self._open -= Counter(list(places))

        return end


class EventStream(StreamingResponse):
    """A stream that gives its place back in the end, also when nobody ever listened to it."""

    def __init__(self, content: AsyncIterator[str], end: Callable[[], None]) -> None:
        super().__init__(content, media_type="text/event-stream", headers={"Cache-Control": "no-store"})
        self._end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams until somebody has enough."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._end()
