"""A whole turn over HTTP against the bare `POST /model/parse` of the same text, and the throughput of both."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.table import Budget, percentile
from bench.web import running_web
from demo.load import PRODUCTS
from storage.imports.inventory import import_inventory
from storage.server.database import app_engine

ONE_CLIENT_TURNS = 300
CLIENTS = 16
SECONDS = 15
# Distinct numbers make every text new, so that no cache of ours answers.
TEXTS = (
    "what do you have for less than ${n}?",
    "show me something between 2 and {n} dollars",
    "do you have {n} red mugs",
    "is the teapot in stock, I need {n}",
    "where is my order number {n}",
    "what do people buy with the lunch bag {n}",
)


def measure(url: str, nlu_url: str, folder: Path) -> list[Budget]:
    """p50 and p95 with one client, turn and parse taken by turns; then the throughput with 16 clients.

    The shop has the demo's products, so that questions find something.
    """
    engine = app_engine(url)
    import_inventory(engine, PRODUCTS, now=datetime.now(UTC))
    engine.dispose()
    with running_web(url, nlu_url, folder) as base:
        turns, parses = _one_client(base, nlu_url)
        budgets = [
            Budget(
                what=f"turn, one client, p{share:.0%}"[:-1],
                ours=f"{percentile(turns, share) * 1000:.1f} ms",
                bare=f"{percentile(parses, share) * 1000:.1f} ms parse",
                ratio=percentile(turns, share) / percentile(parses, share),
                most=1.5,
            )
            for share in (0.5, 0.95)
        ]
        bare = _throughput(lambda text, client: _parse(client, nlu_url, text))
        ours = _throughput(lambda text, client: _turn(client, base, text))
        budgets.append(
            Budget(
                what=f"turns a second, {CLIENTS} clients",
                ours=f"{ours:.0f}/s",
                bare=f"{bare:.0f}/s parses",
                ratio=ours / bare,
                least=0.8,
            )
        )
    return budgets


def _texts(start: int) -> Iterator[str]:
    number = start
    while True:
        number += 1
        yield TEXTS[number % len(TEXTS)].format(n=number)


def _one_client(base: str, nlu_url: str) -> tuple[list[float], list[float]]:
    turns: list[float] = []
    parses: list[float] = []
    texts = _texts(secrets.randbelow(10**6))
    with httpx.Client(timeout=30) as chat, httpx.Client(timeout=30) as bare:
        for number, text in zip(range(ONE_CLIENT_TURNS + 20), texts, strict=False):
            started = time.perf_counter()
            _parse(bare, nlu_url, text)
            parsed = time.perf_counter()
            _turn(chat, base, text)
            done = time.perf_counter()
            if number >= 20:  # the first ones warm up
                parses.append(parsed - started)
                turns.append(done - parsed)
    return turns, parses


def _parse(client: httpx.Client, nlu_url: str, text: str) -> None:
    client.post(f"{nlu_url}/model/parse", json={"text": text}).raise_for_status()


def _turn(client: httpx.Client, base: str, text: str) -> None:
    answer = client.post(f"{base}/api/chat", json={"text": text})
    answer.raise_for_status()
    if answer.json()["reduced"]:
        raise RuntimeError("the shop is in reduced mode, so this would measure nothing")


def _throughput(do: Callable[[str, httpx.Client], None]) -> float:
    stop = time.monotonic() + SECONDS
    counts = [0] * CLIENTS

    def work(number: int) -> None:
        texts = _texts(secrets.randbelow(10**9))
        with httpx.Client(timeout=30) as client:
            while time.monotonic() < stop:
                do(next(texts), client)
                counts[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS
