"""How a worker is told that a job came: by a word in the database, of which nothing is believed."""

import json
from collections.abc import Iterable

from procrastinate import PsycopgConnector
from procrastinate.connector import Notify

A_JOB_CAME = json.dumps({"type": "job_inserted", "job_id": 0})


class Waking(PsycopgConnector):
    """Takes every word on the jobs' channel for “a job came”, so that it makes a worker look, and nothing else.

    Whoever may log in to the database may NOTIFY, in words that are no JSON or that ask to have a job broken off.
    """

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """See `procrastinate.connector.BaseAsyncConnector.listen_notify`."""

        async def look(*, channel: str, payload: str) -> None:
            await on_notification(channel=channel, payload=A_JOB_CAME)

        await super().listen_notify(look, channels)
