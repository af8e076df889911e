"""Asks the Rasa server over HTTP: pooled connections, one retry, a circuit breaker, and a cache of short texts."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import httpx

from nlu.understanding import Entity, Guess, NluUnavailable, Understanding

FAILURES_TO_OPEN = 3
PAUSE_SECONDS = 5.0
CACHE_SIZE = 2048
LONGEST_CACHED = 80


class RasaClient:
    """Implements `nlu.understanding.Interpreter`; safe to share between threads.

    After `FAILURES_TO_OPEN` failures in a row the circuit opens: for `PAUSE_SECONDS` nobody waits for the server.
    Then one caller tries it; success closes the circuit, failure opens it again.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`url` is the server's root, `timeout` in seconds for each try; `transport` replaces the network in tests."""
        self._http = httpx.Client(
            base_url=url,
            timeout=timeout,
            transport=transport,
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=32),
        )
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0
        self._cache: OrderedDict[str, Understanding] = OrderedDict()

    def close(self) -> None:
        """Closes the pooled connections."""
        self._http.close()

    @property
    def available(self) -> bool:
        """False while the circuit is open, and until a call has succeeded again."""
        return self._failures < FAILURES_TO_OPEN

    def probe(self) -> bool:
        """Asks the server once unless the circuit is open; says whether it answers."""
        try:
            self.understand("hello")
        except NluUnavailable:
            return False
        return self.available

    def understand(self, text: str) -> Understanding:
        """See `nlu.understanding.Interpreter.understand`."""
        with self._lock:
            known = self._cache.get(text)
            if known is not None and self.available:
                self._cache.move_to_end(text)
                return known
        self._pass_circuit()
        try:
            answer = self._ask(text)
            understanding = read_answer(text, answer)
        except NluUnavailable:
            self._note_failure()
            raise
        with self._lock:
            self._failures = 0
            if len(text) <= LONGEST_CACHED:
                self._cache[text] = understanding
                if len(self._cache) > CACHE_SIZE:
                    self._cache.popitem(last=False)
        return understanding

    def _pass_circuit(self) -> None:
        """Lets a call through; while the circuit is half open, only one."""
        with self._lock:
            if self.available:
                return
            now = self._clock()
            if now < self._closed_until:
                raise NluUnavailable("the NLU server failed repeatedly; it is asked again in a few seconds")
            self._closed_until = now + PAUSE_SECONDS  # the others wait for what this one finds out

    def _note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_TO_OPEN:
                self._closed_until = self._clock() + PAUSE_SECONDS

    def _ask(self, text: str) -> Any:
        """One request, and one more when the connection broke; a time-out is not repeated."""
        for last in (False, True):
            try:
                response = self._http.post("/model/parse", json={"text": text})
                response.raise_for_status()
                return response.json()
            except (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError) as exc:
                if last:
                    raise NluUnavailable(f"no connection to the NLU server ({type(exc).__name__})") from exc
            except (httpx.HTTPError, ValueError) as exc:
                raise NluUnavailable(f"the NLU server did not answer properly ({type(exc).__name__})") from exc
        raise NluUnavailable("no connection to the NLU server")


def read_answer(text: str, answer: Any) -> Understanding:
    """Reads what `POST /model/parse` returned (https://rasa.com/docs/rasa/pages/http-api).

    Raises:
        NluUnavailable: it is not of that form, or names no intent.
    """
    try:
        ranking = tuple(
            Guess(intent=str(guess["name"]), confidence=float(guess["confidence"]))
            for guess in answer["intent_ranking"]
        )
        entities = tuple(
            Entity(
                name=str(found["entity"]),
                value=str(found["value"]),
                start=int(found["start"]),
                end=int(found["end"]),
                role=str(found.get("role") or ""),
                group=str(found.get("group") or ""),
            )
            for found in answer["entities"]
        )
    except (KeyError, TypeError, ValueError) as exc:
        raise NluUnavailable("the NLU server's answer has another form than expected") from exc
    if not ranking or not ranking[0].intent or ranking[0].intent == "None":
        raise NluUnavailable("the NLU server's answer names no intent; is a model loaded?")
    return Understanding(text=text, ranking=ranking, entities=entities)
