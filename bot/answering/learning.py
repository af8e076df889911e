"""Has the questions that answers are found by encoded, once for all processes; no message waits for it."""

import threading
from collections.abc import Callable, Collection
from contextlib import suppress

import structlog

from bot.answering.topics import ways_to_ask
from bot.shop import Shop
from domain.answering import answers_of
from domain.ports import Clock, UnitOfWork
from nlu.understanding import Interpreter, NluUnavailable

AT_ONCE = 25  # vectors that are kept together

log = structlog.get_logger()


class Learning:
    """Encodes what has no vector yet. Until it has one, a question is found by its words."""

    def __init__(
        self, interpreter: Interpreter, unit_of_work: Callable[[], UnitOfWork], shop: Shop, clock: Clock
    ) -> None:
        self._interpreter = interpreter
        self._unit_of_work = unit_of_work
        self._shop = shop
        self._clock = clock
        self._running = threading.Lock()
        self._known: set[str] = set()

    def begin(self) -> None:
        """Starts learning, unless it is going on."""
        if not self._running.locked():
            threading.Thread(target=self.learn, name="learning", daemon=True).start()

    def learn(self) -> None:
        """Encodes all questions that have no vector; what cannot be done now is done next time."""
        if not self._running.acquire(blocking=False):
            return
        try:
            with suppress(NluUnavailable):
                self._learn()
        except Exception as error:  # the thread ends, and the next question begins another
            log.warning("questions not learned", error=type(error).__name__)
        finally:
            self._running.release()

    def _learn(self) -> None:
        texts = self._texts()
        missing = [text for text in texts if text not in self._known]
        if not missing:
            return
        first = self._interpreter.understand(missing[0]).vector
        if first is None:
            return  # the server's model is older than vectors
        with self._unit_of_work() as uow:
            known = uow.answers.vectors(first.encoder, missing)
        rest = [text for text in missing if text not in known]
        for start in range(0, len(rest), AT_ONCE):
            self._keep(rest[start : start + AT_ONCE], first.encoder)
        self._known = set(texts)

    def _keep(self, texts: Collection[str], encoder: str) -> None:
        found = {text: self._interpreter.understand(text).vector for text in texts}
        vectors = {text: vector.values for text, vector in found.items() if vector and vector.encoder == encoder}
        with self._unit_of_work() as uow:
            uow.answers.keep_vectors(encoder, vectors, self._clock.now())
            uow.commit()

    def _texts(self) -> list[str]:
        """Every question that an answer may be found by."""
        with self._unit_of_work() as uow:
            asked = ways_to_ask(answers_of(self._shop.answers, uow))
            of_products = [one.questions for one in uow.answers.given() if one.product_id]
        groups = [*asked.values(), *of_products]
        return list(dict.fromkeys(question for group in groups for question in group))
