"""Asks a Rasa NLU server what a message means, and knows when not to ask."""

import json
import re
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
from cachetools import LRUCache

from nlu.answers import read_answer
from nlu.commands import parse_command
from nlu.deadlines import DeadlineTransport
from nlu.rules.cleaning import shorten
from nlu.sparing import spare
from nlu.understanding import Guess, NluUnavailable, Understanding

_LONGEST_CACHED = 200
_LONGEST_ANSWER = 256 * 1024  # bytes; an honest one has about 4 KB
_BLANK = (Guess(intent="out_of_scope", confidence=0.0),)
# Rasa takes the spaces off a text, and its offsets count from there (`UserMessage`); what then begins with a slash it
# takes for the name of an intent, even of one that does not exist (`YAMLStoryReader.unpack_regex_message`).
_NOT_SENT = re.compile(r"[\s/]*")


class CircuitBreaker:
    """Refuses calls after `threshold` failures in a row; after `pause` seconds lets one try through.

    A try that succeeds closes the circuit again, one that fails opens it for another pause. Thread-safe.
    """

    def __init__(self, *, threshold: int, pause: float, clock: Callable[[], float]) -> None:
        self._threshold = threshold
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until_try = 0.0

    @property
    def closed(self) -> bool:
        """Whether the last calls went well enough to keep asking."""
        with self._lock:
            return self._failures < self._threshold

    def admit(self) -> bool:
        """Tells whether a call may be made now; an admitted try keeps others out for one more pause."""
        with self._lock:
            if self._failures < self._threshold:
                return True
            now = self._clock()
            if now < self._closed_until_try:
                return False
            self._closed_until_try = now + self._pause
            return True

    def succeeded(self) -> None:
        """Notes that a call went well."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Notes that a call went wrong."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._threshold:
                self._closed_until_try = self._clock() + self._pause


class RasaClient:
    """An `Interpreter` over Rasa's `POST /model/parse`, safe to share between threads.

    Args:
        url: the server's address, such as "http://127.0.0.1:5005".
        token: what the server was started with (`--auth-token`); it is sent with each request.
        timeout: seconds that an answer may take altogether, however it comes.
        failures: how many failures in a row open the circuit.
        pause: seconds before an open circuit lets one call through again.
        cache_size: how many answers to short texts are kept; the least recently used go first.
        clock: monotonic seconds.
        transport: httpx's transport, for tests.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        timeout: float = 3.0,
        failures: int = 5,
        pause: float = 10.0,
        cache_size: int = 2048,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        # The transport alone: a client's cookies, redirects and authentication cost as much as the request itself.
        self._deadline = DeadlineTransport(connections=32)
        self._transport = transport or self._deadline
        self._parse_url = httpx.URL(url.rstrip("/") + "/model/parse", params={"token": token} if token else None)
        self._seconds = timeout
        self._timeout = httpx.Timeout(timeout, connect=min(timeout, 1.0)).as_dict()
        self._breaker = CircuitBreaker(threshold=failures, pause=pause, clock=clock)
        self._cache: LRUCache[str, Understanding] = LRUCache(cache_size)
        self._cache_lock = threading.Lock()

    @property
    def available(self) -> bool:
        """False while the server is given a rest: the bot is then in reduced mode."""
        return self._breaker.closed

    def understand(self, text: str) -> Understanding:
        """Classifies `text` and finds its entities; of a wall of text the first 2000 characters are read.

        Of long runs of signs and of endless words only the beginning counts (`nlu.sparing`).

        A text that begins with a slash is one of our commands, or is read without its slashes: nobody can name an
        intent to Rasa. A text of nothing but spaces and such slashes is not sent: it means `out_of_scope` with
        confidence 0.

        Raises:
            NluUnavailable: the server is down, too slow or resting, or its answer is blank, malformed or too long.
        """
        if text.lstrip().startswith("/") and (command := parse_command(text)):
            return command
        asked = _NOT_SENT.sub("", shorten(text), count=1)
        if not asked:
            return Understanding(text=text, ranking=_BLANK)
        known = self._recall(text)
        if known is not None:
            return known
        if not self._breaker.admit():
            raise NluUnavailable("the NLU server failed repeatedly and is given a rest")
        try:
            understanding = read_answer(text, self._parse(spare(asked)), asked=asked)
        except NluUnavailable:
            self._breaker.failed()
            raise
        except Exception as exc:  # whatever a sick server brings about, it is its sickness
            self._breaker.failed()
            raise NluUnavailable(f"the NLU server's answer could not be read: {type(exc).__name__}") from exc
        self._breaker.succeeded()
        self._remember(text, understanding)
        return understanding

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()

    def _parse(self, text: str) -> Any:
        try:
            with self._deadline.within(self._seconds):
                try:
                    return self._post(text)
                except (httpx.NetworkError, httpx.RemoteProtocolError):
                    # A kept connection may have been closed by a restarted server: one new one is tried.
                    return self._post(text)
        except httpx.TimeoutException as exc:
            raise NluUnavailable("the NLU server did not answer in time") from exc
        except (httpx.HTTPError, ValueError) as exc:
            raise NluUnavailable(f"the NLU server could not be asked: {type(exc).__name__}") from exc

    def _post(self, text: str) -> Any:
        extensions = {"timeout": self._timeout}
        request = httpx.Request("POST", self._parse_url, json={"text": text}, extensions=extensions)
        response = self._transport.handle_request(request)
        response.request = request
        body = bytearray()
        try:
            response.raise_for_status()
            if "content-encoding" in response.headers:  # never asked for; a few packed bytes may be gigabytes
                raise NluUnavailable("the NLU server's answer is packed")
            for part in response.iter_bytes():
                body += part
                if len(body) > _LONGEST_ANSWER:
                    raise NluUnavailable("the NLU server's answer is too long")
        finally:
            response.close()
        return json.loads(body)

    def _recall(self, text: str) -> Understanding | None:
        with self._cache_lock:
            return self._cache.get(text)

    def _remember(self, text: str, understanding: Understanding) -> None:
        if len(text) > _LONGEST_CACHED or self._cache.maxsize < 1:
            return
        with self._cache_lock:
            self._cache[text] = understanding
