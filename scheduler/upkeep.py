"""Jobs that nobody waits for: they mend crashes, forget what is old and fit the recommender anew."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

from domain.conversation import ChatRef
from domain.outreach.waiting import KEEP_TOLD, KEEP_WAITING
from scheduler.chats import Chats
from scheduler.workplace import Workplace
from storage.imports.stock_room import forget_checked
from storage.queries import job_queue
from storage.queries.builds import forget_builds
from storage.queries.envelopes import KEEP, forget_envelopes
from storage.queries.heartbeats import forget_heartbeats
from storage.repositories.answers import forget_questions
from storage.repositories.conversations import forget_old
from storage.repositories.impressions import forget_impressions
from storage.repositories.notifications import forget_events
from storage.repositories.people import forget_reasons
from storage.repositories.proofs import forget_proofs
from storage.repositories.rate_limits import forget_rates
from storage.repositories.staff_passes import forget_passes
from storage.repositories.tickets import forget_notes
from storage.repositories.waiting import forget_waiting

REPORTS_REPEATED = timedelta(days=2)  # the mail service repeats its reports for a day
KEEP_QUESTIONS = timedelta(days=90)  # nobody answers what staff left unanswered for so long
KEEP_IMPRESSIONS = timedelta(days=400)  # what was recommended to whom: a year can be compared with the one before
KEEP_BUILDS = timedelta(days=90)
LONGEST_JOB = 10  # times the time after which a silent worker is dead; jobs take seconds

log = structlog.get_logger()


class Upkeep:
    """Keeps the shop in order; messages are kept for `keep`, and a worker that is silent for `stalled` is dead."""

    def __init__(
        self,
        place: Workplace,
        chats: Chats,
        bring: Callable[[ChatRef], None],
        *,
        keep: timedelta,
        stalled: timedelta,
        long_jobs: Sequence[str],
    ) -> None:
        """`bring` enqueues bringing a chat its replies; `long_jobs` may run for as long as they like."""
        self._place = place
        self._chats = chats
        self._bring = bring
        self._keep = keep
        self._stalled = stalled
        self._long_jobs = long_jobs

    def catch_up(self) -> None:
        """Enqueues bringing the replies that should have arrived long ago."""
        for chat in self._chats.left_behind():
            self._bring(chat)

    def rescue(self) -> None:
        """Lets jobs run again whose worker was killed or could not note their end: they hold their locks."""
        with self._place.database.begin() as connection:
            job_queue.rescue(connection, silent=self._stalled, long=self._stalled * LONGEST_JOB, unless=self._long_jobs)

    def train(self) -> None:
        """Fits the recommender to all orders whose customers cannot change them any more."""
        from scheduler.recommending import train  # it brings SciPy, which only this job needs

        done = train(self._place.database, self._place.clock.now(), self._place.shop.terms.cancel_window)
        log.info("recommender trained", orders=done.orders, products=done.products, pairs=done.pairs)

    def sweep(self) -> None:
        """Forgets what is older than the shop keeps it: messages, notes, reasons, codes, the mail service's reports."""
        now = self._place.clock.now()
        before = now - self._keep
        with self._place.database.begin() as connection:
            forget_old(connection, before)
            forget_notes(connection, before)
            forget_reasons(connection, before)
            forget_events(connection, min(before, now - REPORTS_REPEATED))
            forget_envelopes(connection, now - KEEP)
            forget_heartbeats(connection)
            forget_proofs(connection, now - timedelta(days=1))
            forget_passes(connection, now)
            forget_checked(connection, now)
            forget_rates(connection, now)
            forget_questions(connection, now - KEEP_QUESTIONS)
            forget_waiting(connection, now - KEEP_TOLD, now - KEEP_WAITING)
            forget_builds(connection, now - KEEP_BUILDS)
            forget_impressions(connection, now - KEEP_IMPRESSIONS)
            job_queue.forget_failures(connection)
