"""The worker's end: it waits for what is running, and says in one line what the database did not let it note."""

import asyncio
import os
import signal
from collections.abc import Callable

from procrastinate.exceptions import ConnectorException
from structlog.testing import capture_logs

from scheduler import worker


class Working:
    """Jobs that are carried out until they are cancelled, and then end in their own way."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end

    async def work(self) -> None:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self._end()
            raise


def test_a_worker_that_is_told_to_stop_ends_what_runs() -> None:
    ended: list[str] = []
    with capture_logs() as logged:
        asyncio.run(worker.run(Working(lambda: ended.append("the job")).work))
    assert (ended, logged) == (["the job"], [])


def test_a_worker_that_stops_after_its_database_says_so_in_one_line() -> None:
    def lost() -> None:
        raise ConnectorException

    with capture_logs() as logged:
        asyncio.run(worker.run(Working(lost).work))
    assert [(entry["log_level"], entry["error"]) for entry in logged] == [("warning", "ConnectorException")]
    assert "run again" in logged[0]["event"]
