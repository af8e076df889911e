"""The pace of messages, and the order of work."""

import threading
import time

from bot.adapters.pace import Pace
from bot.adapters.slack.lanes import MOST_WAITING, Lanes


class Clock:
    def __init__(self) -> None:
        self.moment = 100.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept += [round(seconds, 1)] if seconds > 0.1 else []
        self.moment += seconds


def test_a_short_burst_passes_and_then_one_message_a_second() -> None:
    clock = Clock()
    pace = Pace(1000, 1.0, burst=3, now=clock.now, sleep=clock.sleep)
    for _ in range(5):
        pace.wait("C01")
    assert clock.slept == [1.0, 1.0]
    pace.wait("C02")
    assert clock.slept == [1.0, 1.0]  # another chat does not wait for it
    clock.moment += 10
    pace.wait("C01")
    assert clock.slept == [1.0, 1.0]


def test_all_chats_together_keep_the_overall_pace() -> None:
    clock = Clock()
    pace = Pace(30, 1.0, burst=1, now=clock.now, sleep=clock.sleep)
    for number in range(61):
        pace.wait(f"C{number}")
    assert abs(clock.moment - 102.0) < 0.05


def test_work_of_one_conversation_keeps_its_order_and_others_do_not_wait() -> None:
    lanes = Lanes(workers=4)
    done: list[str] = []
    gate = threading.Event()

    def wait() -> None:
        gate.wait(5)

    lanes.submit("a", wait)
    for number in range(20):
        lanes.submit("a", lambda number=number: done.append(f"a{number}"))  # type: ignore[misc]
    lanes.submit("b", lambda: done.append("b"))
    until = time.monotonic() + 5
    while "b" not in done and time.monotonic() < until:
        time.sleep(0.01)
    assert done == ["b"]
    gate.set()
    lanes.close()
    assert done == ["b", *(f"a{number}" for number in range(20))]


def test_a_flood_is_turned_away_and_a_failure_stops_nobody() -> None:
    lanes = Lanes(workers=1)
    gate, begun = threading.Event(), threading.Event()
    done: list[int] = []

    def fail() -> None:
        begun.set()
        gate.wait(5)
        raise RuntimeError("broken by the test")

    lanes.submit("a", fail)
    begun.wait(5)
    for _ in range(MOST_WAITING + 10):
        lanes.submit("a", lambda: done.append(1))
    gate.set()
    lanes.close()
    assert len(done) == MOST_WAITING
