"""A process that carries out jobs until it is told to stop, whatever becomes of its connections meanwhile."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import structlog
from procrastinate.exceptions import ConnectorException

from storage.queries.heartbeats import EVERY_SECONDS

PAUSE_SECONDS = 2.0

Work = Callable[[], Coroutine[Any, Any, None]]

log = structlog.get_logger()


async def run(work: Work, beat: Callable[[], None] | None = None, cut_short: Callable[[], None] = lambda: None) -> None:
    """Does `work` until SIGINT or SIGTERM; running jobs are finished first. Work that ended by itself is begun again.

    `beat` is called as long as the loop that takes jobs goes round; `cut_short` ends at the end what takes too long.
    """
    beating = asyncio.create_task(_beat(beat)) if beat is not None else None
    try:
        await _work(work, cut_short)
    finally:
        if beating is not None:
            beating.cancel()


async def _beat(beat: Callable[[], None]) -> None:
    while True:
        await asyncio.to_thread(beat)
        await asyncio.sleep(EVERY_SECONDS)


async def _work(work: Work, cut_short: Callable[[], None]) -> None:
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    while not told.is_set():
        working = asyncio.create_task(work())
        waiting = asyncio.create_task(told.wait())
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            cut_short()
            working.cancel()
            try:
                await working
            except asyncio.CancelledError:
                pass
            except ConnectorException as exc:
                log.warning("stopped without the database; what was running is run again", error=type(exc).__name__)
            return
        error = working.exception()
        log.warning("the worker lost the database; beginning again", error=type(error).__name__ if error else "stopped")
        with suppress(TimeoutError):
            await asyncio.wait_for(waiting, PAUSE_SECONDS)
