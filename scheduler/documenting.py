"""Shows staff who ask for it the documentation of the warehouse, and where the data of a product comes from."""

import tempfile
from datetime import date
from pathlib import Path

import structlog

from analytics.warehouse import Warehouse
from bot.support import data_notices, notices
from charts import lineage
from domain.lineage import picture
from domain.periods import Period, Span
from mail.letter import File
from scheduler.delivering import Parcel, ReportDelivery
from scheduler.workplace import Workplace

DOCS = "warehouse.html"

log = structlog.get_logger()


class Documents:
    """Makes it anew each time, so that it is always of the models that run."""

    def __init__(self, place: Workplace, warehouse: Warehouse, delivery: ReportDelivery) -> None:
        self._place = place
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

    def show_lineage(self, product: str, day: str, user: str, asked: str, channel: str) -> None:
        """Brings the way of the data to a product as a picture, likewise; nothing where nobody knows it yet."""
        room = self._delivery.room(channel)
        ports = [port.name for one in self._place.shop.data_products() if one.key == product for port in one.ports]
        with self._place.unit_of_work() as uow:
            edges = list(dict.fromkeys(edge for port in ports for edge in uow.data_products.way_to(port)))
        if room is None or not edges:
            return
        drawn = picture(edges, ports)
        file = File(name=f"{product}.png", content=lineage.draw(drawn), alt=lineage.alt(drawn))
        period = Period.containing(date.fromisoformat(day), Span.DAY)
        parcel = Parcel(name="lineage", period=period, message=data_notices.way(product), files=(file,))
        self._delivery.post(room, parcel, room.direct(user), noted_as=asked)
