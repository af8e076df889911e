"""Telegram's rates, with a clock that waits for nobody."""

import asyncio

import pytest

from bot.adapters.telegram import pacing as telegram_pacing
from bot.adapters.telegram.pacing import Pacing


class FastClock:
    """A clock that jumps when somebody sleeps."""

    def __init__(self) -> None:
        self.moment = 1000.0

    def now(self) -> float:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.moment += seconds


def sent(chats: list[str], pacing: Pacing, clock: FastClock) -> list[float]:
    """When messages to these chats may go, one after the other, in seconds from the first."""

    async def send() -> list[float]:
        times = []
        for chat in chats:
            await pacing.turn(chat)
            times.append(round(clock.moment - 1000, 6))
        return times

    return asyncio.run(send())


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def a_pacing() -> tuple[Pacing, FastClock]:
    clock = FastClock()
    return Pacing(now=clock.now, sleep=clock.sleep), clock


def test_a_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    pacing, clock = a_pacing()
    times = sent(["7"] * 60, pacing, clock)
    assert times[:6] == [0.0] * 6
    assert most_within(times, 6) == 6
    assert times[-1] == 54


def test_a_group_gets_twenty_a_minute() -> None:
    pacing, clock = a_pacing()
    times = sent(["-100"] * 50, pacing, clock)
    assert most_within(times, 60) == 20
    assert most_within(times, 6) == 6


def test_all_chats_together_get_thirty_a_second() -> None:
    pacing, clock = a_pacing()
    times = sent([str(number) for number in range(100)], pacing, clock)
    assert most_within(times, 1) == 30
    assert times[-1] == 3


def test_who_is_told_to_wait_waits_and_nobody_else() -> None:
    pacing, clock = a_pacing()
    pacing.hold("7", 40)
    assert sent(["8", "7"], pacing, clock) == [0, 40]


def test_a_chat_that_waits_long_takes_nothing_from_the_others() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def send() -> None:
        pacing = Pacing(now=lambda: 0.0, sleep=sleep)
        await asyncio.gather(*(pacing.turn("7") for _ in range(20)))
        waits.clear()
        await pacing.turn("8")

    asyncio.run(send())
    assert waits == []


def test_idle_chats_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    pacing, clock = a_pacing()
    sent([str(number) for number in range(200)], pacing, clock)
    clock.moment += 60
    monkeypatch.setattr(telegram_pacing, "MOST_CHATS_REMEMBERED", 100)
    sent(["new"], pacing, clock)
    assert list(pacing._chats) == ["new"]
