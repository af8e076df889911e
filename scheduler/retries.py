"""When a failed job is tried again."""

import random
from datetime import timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from mail.letter import TryLater

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
LESS_URGENT = 5  # for each try after the first repeated one


class Backoff(BaseRetryStrategy):
    """Waits twice as long each time, and up to half as long again, so that jobs that failed together do not return so.

    A pause that the other side asks for is kept. After `attempts` tries the job stays failed: `parley jobs` lists it.
    One that `gives_way` loses in priority, since in its pause the queue keeps all that it would go before.
    """

    def __init__(self, attempts: int, *, gives_way: bool = False) -> None:
        self._attempts = attempts
        self._gives_way = gives_way

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """See `procrastinate.BaseRetryStrategy.get_retry_decision`."""
        tried = job.attempts + 1
        if tried >= self._attempts:
            return None
        pause = min(FIRST_PAUSE * 2**job.attempts, LONGEST_PAUSE)
        asked = exception.after if isinstance(exception, TryLater) else None
        pause = max(pause if asked is None else asked, timedelta(0))
        pause *= 1 + random.random() / 2  # noqa: S311 - nobody gains by guessing it
        priority = max(0, job.priority - LESS_URGENT) if self._gives_way and job.attempts else None
        return RetryDecision(retry_in={"milliseconds": pause // timedelta(milliseconds=1)}, priority=priority)
