"""One network's messages may wait for their understanding; everybody else's are understood meanwhile."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from prometheus_client import REGISTRY
from sqlalchemy import Engine as Database

from bot.engine import Answer, MessageEngine
from bot.messages import IncomingMessage
from domain.conversation import ChatRef
from nlu.shares import Shares
from nlu.understanding import Guess, Understanding
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import StillClock
from tests.support.shop import NOW, SHOP


class Slow:
    """Understands "dear" when it is told to, and everything else at once."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def understand(self, text: str) -> Understanding:
        if text == "dear":
            self.begun.set()
            assert self.go_on.wait(20)
        return Understanding(text=text, ranking=(Guess(intent="greet", confidence=1.0),))


def test_a_network_waits_for_itself_alone(engine: Database, unit_of_work: Callable[[], PostgresUnitOfWork]) -> None:
    slow = Slow()
    bot = MessageEngine(
        interpreter=slow,
        unit_of_work=unit_of_work,
        clock=StillClock(NOW),
        shop=SHOP,
        shares=Shares(places=1, patience=0.05),
    )

    def write(sender: str, network: str, text: str) -> Answer:
        chat = ChatRef(channel="web", chat_id=sender)
        return bot.handle(IncomingMessage(id="m1", chat=chat, sender_id=sender, text=text, network=network))

    refused = REGISTRY.get_sample_value("parley_nlu_refused_total") or 0.0
    with ThreadPoolExecutor(1) as thread:
        dear = thread.submit(write, "ann", "office", "dear")
        try:
            assert slow.begun.wait(20)
            assert not write("carl", "home", "hello").reduced
            assert write("bob", "office", "good day to you").reduced
        finally:
            slow.go_on.set()
        assert not dear.result().reduced
    assert not write("dora", "office", "hello").reduced
    assert REGISTRY.get_sample_value("parley_nlu_refused_total") == refused + 1
