"""Builds the warehouse when it is due, and tells the admins in one line when that failed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Engine

from analytics.children import CutOff
from analytics.warehouse import Warehouse, yesterday
from bot.support import notices
from domain.records.predictions import Predicted
from scheduler.crontab import Crontab
from scheduler.ports import StaffChannels, StaffRoom
from scheduler.workplace import Workplace
from storage.queries.builds import PostgresBuilds
from storage.queries.predictions import PostgresPredictions

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class AfterBuild:
    """Enqueues what follows a build that succeeded: telling of ports, predictions, the lake after a day's first."""

    tell_ports: Callable[[int], None]
    predict: Callable[[], None]
    export: Callable[[], None]


class Warehousing:
    """The nightly build, and the one after an import."""

    def __init__(
        self,
        place: Workplace,
        warehouse: Warehouse,
        staff: StaffRoom | None,
        channels: StaffChannels,
        after: AfterBuild,
    ) -> None:
        self._after = after
        self.warehouse = warehouse
        self._database = place.database
        self._clock = place.clock
        self._shop, self._zone = place.shop, place.shop.time_zone
        self._staff = staff
        self._admins = channels.admins

    def build(self) -> None:
        """Builds up to yesterday; what is not predicted from it yet will be; the first of a day goes into the lake.

        Raises:
            AlreadyBuilding: somebody does by hand, perhaps without what was imported since; it is tried again.
        """
        before = self.warehouse.last_good()
        try:
            built = self.warehouse.build(yesterday(self._clock.now(), self._zone))
        except CutOff:
            log.info("the build of the warehouse was cut off; it is made up for")
            return
        if built.build.failure is None:
            log.info("warehouse built", seconds=built.build.seconds, whole=built.build.whole)
            self._after.tell_ports(built.build.build_id)
            if before is None or before.as_of != built.build.as_of:
                self._after.export()
            if self._is_unpredicted(built.build.as_of):
                self._after.predict()
            return
        log.error("the warehouse was not built", failure=built.build.failure)
        if self._staff is not None and self._admins:
            told = notices.not_built(built.build.failure, self._last_good_day(), self._shop)
            self._staff.post(self._admins, told)

    def stop(self) -> None:
        """Ends a build that runs, for a worker that is told to stop has no time for it."""
        self.warehouse.stop()

    def _is_unpredicted(self, as_of: date) -> bool:
        """Whether not everything was predicted yet from what the warehouse knows."""
        with self._database.connect() as connection:
            kept = PostgresPredictions(connection)
            return any(run is None or run.as_of != as_of for run in map(kept.last_run, Predicted))

    def _last_good_day(self) -> date | None:
        good = self.warehouse.last_good()
        return None if good is None else good.as_of


def build_due(database: Engine, cron: str, now: datetime, zone: ZoneInfo, mark: str = "") -> bool:
    """Whether the last time of `cron` was missed: no build that began since came to its end, or there never was one.

    Also where the last one was of other models or settings than `mark` is of, as after an upgrade.
    """
    if not cron:
        return False
    due = Crontab(line=cron).last(now, zone)
    with database.connect() as connection:
        builds = PostgresBuilds(connection)
        ended, others = builds.last_ended(), mark not in ("", builds.last_mark())
    return ended is None or others or (due is not None and ended.began_at < due)
