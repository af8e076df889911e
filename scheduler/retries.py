"""When a failed job is tried again."""

import random
from datetime import timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from mail.letter import TryLater

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)


class Backoff(BaseRetryStrategy):
    """Waits twice as long each time, and up to half as long again, so that jobs that failed together do not return so.

    A pause that the other side asks for is kept. After `attempts` tries the job stays failed: `parley jobs` lists it.
    """

    def __init__(self, attempts: int) -> None:
        self._attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """See `procrastinate.BaseRetryStrategy.get_retry_decision`."""
        tried = job.attempts + 1
        if tried >= self._attempts:
            return None
        pause = min(FIRST_PAUSE * 2**job.attempts, LONGEST_PAUSE)
        asked = exception.after if isinstance(exception, TryLater) else None
        pause = max(pause if asked is None else asked, timedelta(0))
        pause *= 1 + random.random() / 2  # noqa: S311 - nobody gains by guessing it
        return RetryDecision(retry_in={"milliseconds": pause // timedelta(milliseconds=1)})
