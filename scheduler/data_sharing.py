"""Tells owners and readers of data products what they must know, and ends what was approved for a time."""

from collections.abc import Iterable

import structlog

from bot.messages import Reply
from bot.support import data_notices
from domain.records.data_products import DataRequest, RequestState, domain_of
from domain.staff.data_access import end_due
from scheduler.ports import StaffChannels, StaffRoom
from scheduler.workplace import Workplace

log = structlog.get_logger()

_PEOPLE = ("slack:U", "slack:W")  # who can be written to alone


class DataSharing:
    """What happens around requests and contracts."""

    def __init__(self, place: Workplace, room: StaffRoom | None, channels: StaffChannels) -> None:
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._room = room
        self._admins = channels.admins

    def tell_asked(self, request_id: int) -> None:
        """Asks a port's owners about a request; where there is none who can be written to, the admins' channel."""
        request = self._request(request_id)
        if request is not None and request.state is RequestState.ASKED:
            self._tell(self._owners(request.port), data_notices.request_waits(request))

    def tell_decided(self, request_id: int) -> None:
        """Tells who asked what was decided."""
        request = self._request(request_id)
        if request is not None and request.subject.startswith(_PEOPLE):
            self._tell([request.subject], data_notices.request_decided(request, self._shop))

    def end_due(self) -> None:
        """Ends what was approved up to now, each by itself: one that cannot be ended keeps no other."""
        with self._unit_of_work() as uow:
            over = uow.data_requests.over(self._clock.now())
        for request_id in over:
            try:
                with self._unit_of_work() as uow:
                    end_due(uow, request_id, self._clock.now())
                    uow.commit()
            except Exception:  # whatever one reader left behind
                log.exception("a reader's time is over, and the login is still there", request=request_id)

    def tell_ports(self, build_id: int) -> None:
        """Tells owners and readers of each port whose contract is broken since this build, or kept again."""
        for port in (port for product in self._shop.data_products() for port in product.ports):
            with self._unit_of_work() as uow:
                builds = uow.data_products.builds_of(port.name, 2)
                good = uow.data_products.good().get(port.name)
                readers = [one.subject for one in uow.data_requests.open([port.name]) if one.holds(self._clock.now())]
            if not builds or builds[0].build_id != build_id:
                continue
            was_broken = len(builds) > 1 and bool(builds[1].broken)
            if bool(builds[0].broken) == was_broken:
                continue
            broken = data_notices.port_broken(port, builds[0], good, self._shop)
            self._tell([*self._owners(port.name), *readers], data_notices.port_whole(port) if was_broken else broken)

    def _request(self, request_id: int) -> DataRequest | None:
        with self._unit_of_work() as uow:
            return uow.data_requests.get(request_id)

    def _owners(self, port: str) -> list[str]:
        domain = domain_of(port, self._shop.data_products())
        return sorted(self._shop.data_owners.get(domain, ()))

    def _tell(self, subjects: Iterable[str], reply: Reply) -> None:
        if self._room is None:
            log.warning("nobody can be told of data products: no Slack is connected")
            return
        people = [one.partition(":")[2] for one in dict.fromkeys(subjects) if one.startswith(_PEOPLE)]
        for channel in [self._room.direct(one) for one in people] or [self._admins]:
            if channel:
                self._room.post(channel, reply)
