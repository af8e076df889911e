"""Shows the documentation of the warehouse to staff who ask for it."""

import tempfile
from datetime import date
from pathlib import Path

import structlog

from analytics.warehouse import Warehouse
from bot.support import notices
from domain.periods import Period, Span
from mail.letter import File
from scheduler.delivering import Parcel, ReportDelivery

DOCS = "warehouse.html"

log = structlog.get_logger()


class Documents:
    """Makes it anew each time, so that it is always of the models that run."""

    def __init__(self, warehouse: Warehouse, delivery: ReportDelivery) -> None:
        self._warehouse = warehouse
        self._delivery = delivery

    def show(self, day: str, user: str, asked: str, channel: str) -> None:
        """Brings it as one page to the one who asked on `day`, in their private chat of `channel`.

        Raises:
            AlreadyBuilding: a build runs; it is tried again after it.
        """
        room = self._delivery.room(channel)
        if room is None:
            return
        with tempfile.TemporaryDirectory(prefix="parley-docs-") as folder:
            file = Path(folder) / DOCS
            failure = self._warehouse.document(file)
            files = () if failure else (File(name=DOCS, content=file.read_bytes()),)
        if failure:
            log.error("the warehouse was not documented", failure=failure)
        period = Period.containing(date.fromisoformat(day), Span.DAY)
        parcel = Parcel(name="docs", period=period, message=notices.documented(failure), files=files)
        self._delivery.post(room, parcel, room.direct(user), noted_as=asked)
