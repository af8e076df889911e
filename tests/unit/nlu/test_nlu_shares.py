"""The share of the understanding that everybody has: who waits for whom, and who is refused."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from nlu.shares import Shares, ShareTaken


def test_one_origin_waits_and_others_do_not() -> None:
    shares = Shares(places=1, patience=0.05)
    with shares.of("office"):
        with shares.of("home"):
            pass
        with pytest.raises(ShareTaken), shares.of("office"):
            pass
    with shares.of("office"):
        pass


def test_who_waits_gets_the_place_when_it_is_free() -> None:
    shares, most, inside = Shares(places=1, patience=5), [0], [0]

    def ask(_: int) -> None:
        with shares.of("office"):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.01)
            inside[0] -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(8)))
    assert most == [1]


def test_more_than_may_wait_are_refused_at_once() -> None:
    shares, done = Shares(places=1, waiting=2, patience=5), threading.Event()

    def ask() -> None:
        with shares.of("office"):
            done.wait(5)

    with ThreadPoolExecutor(3) as threads:
        asking = [threads.submit(ask) for _ in range(3)]
        while shares.wanted("office") < 3:
            time.sleep(0.001)
        began = time.monotonic()
        with pytest.raises(ShareTaken), shares.of("office"):
            pass
        assert time.monotonic() - began < 1
        done.set()
        for one in asking:
            one.result()
    assert shares.wanted("office") == 0


def test_an_error_frees_the_place_and_nothing_is_kept() -> None:
    shares = Shares(places=1, patience=0.05)
    with pytest.raises(ValueError, match="odd"), shares.of("office"):
        raise ValueError("odd")
    with shares.of("office"):
        assert shares.wanted("office") == 1
    assert shares.wanted("office") == 0


def test_as_many_are_understood_at_once_as_there_are_places() -> None:
    shares = Shares(places=2, patience=0.05)
    with shares.of("office"), shares.of("office"), pytest.raises(ShareTaken), shares.of("office"):
        pass
