"""Asking to read a port of a data product, deciding about it, and the end of it."""

import secrets
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import RequestDecided, RequestOver, RequestUnknown, TooManyRequests
from domain.events import DataAsked, DataDecided
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_data
from domain.records.data_products import DataRequest, RequestState

MOST_OPEN = 5  # requests of somebody that wait for an answer
MOST_DAYS = 90


def ask(uow: UnitOfWork, port: str, *, why: str, subject: str, now: datetime) -> DataRequest:
    """Asks the owner of a port to let somebody read it; who asked before, or may, is not asked about again.

    Raises:
        TooManyRequests: so many of theirs wait already.
    """
    theirs = uow.data_requests.of(subject)
    before = next((one for one in theirs if one.port == port), None)
    if before is not None:
        return before
    if sum(one.state is RequestState.ASKED for one in theirs) >= MOST_OPEN:
        raise TooManyRequests(MOST_OPEN)
    request = uow.data_requests.add(subject, port, why, now)
    uow.audit.note(Entry(at=now, actor=subject, action=Action.ASK, subject=of_data(port), changed_to={"why": why}))
    uow.record(DataAsked(request_id=request.request_id))
    return request


def approve(uow: UnitOfWork, request_id: int, *, days: int, by: str, now: datetime, zone: ZoneInfo) -> DataRequest:
    """Lets who asked read the port, to the end of the last of so many days after this one by the shop's clock.

    Raises:
        RequestUnknown, RequestDecided: nothing was changed.
    """
    last = now.astimezone(zone).date() + timedelta(days=days)
    ends_at = datetime.combine(last + timedelta(days=1), time(), zone)
    request = _decide(uow, request_id, RequestState.APPROVED, by, now, ends_at)
    _note(uow, request, Action.APPROVE, by, now, {"for": request.subject, "last day": last.isoformat()})
    return request


def deny(uow: UnitOfWork, request_id: int, *, by: str, now: datetime) -> DataRequest:
    """Does not let who asked read the port.

    Raises:
        RequestUnknown, RequestDecided: nothing was changed.
    """
    request = _decide(uow, request_id, RequestState.DENIED, by, now, None)
    _note(uow, request, Action.DENY, by, now, {"for": request.subject})
    return request


def end(uow: UnitOfWork, request_id: int, *, by: str, now: datetime) -> DataRequest:
    """Ends at once what was approved.

    Raises:
        RequestUnknown, RequestOver: nothing was changed.
    """
    request = uow.data_requests.locked(request_id)
    if request is None:
        raise RequestUnknown(request_id)
    if not request.holds(now):
        raise RequestOver(request_id)
    return _ended(uow, request, by, now)


def end_due(uow: UnitOfWork, request_id: int, now: datetime) -> None:
    """Ends one whose time is over, if nobody did meanwhile."""
    request = uow.data_requests.locked(request_id)
    if request is not None and request.state is RequestState.APPROVED and not request.holds(now):
        _ended(uow, request, "the shop", now)


def end_all_of(uow: UnitOfWork, subject: str, *, by: str, now: datetime) -> list[DataRequest]:
    """Ends all that somebody may read."""
    held = [one.request_id for one in uow.data_requests.of(subject) if one.holds(now)]
    return [end(uow, request_id, by=by, now=now) for request_id in held]


def let_in(uow: UnitOfWork, request_id: int, *, subject: str, now: datetime) -> tuple[DataRequest, str]:
    """Makes the login of who may read a port, with a password that is kept nowhere; a later one takes its place.

    Raises:
        RequestUnknown: it is not theirs.
        RequestOver: it does not hold.
    """
    request = uow.data_requests.locked(request_id)
    if request is None or request.subject != subject:
        raise RequestUnknown(request_id)
    if not request.holds(now):
        raise RequestOver(request_id)
    password = secrets.token_urlsafe(24)
    uow.data_requests.let_in(request, password)
    _note(uow, request, Action.LOGIN, subject, now, {"login": request.login})
    return request, password


def last_day(request: DataRequest, zone: ZoneInfo) -> date | None:
    """The last day on which a port may be read."""
    return None if request.ends_at is None else (request.ends_at - timedelta(seconds=1)).astimezone(zone).date()


def _decide(
    uow: UnitOfWork, request_id: int, state: RequestState, by: str, now: datetime, ends_at: datetime | None
) -> DataRequest:
    request = uow.data_requests.locked(request_id)
    if request is None:
        raise RequestUnknown(request_id)
    if request.state is not RequestState.ASKED:
        raise RequestDecided(request_id, request.state, request.decided_by)
    request = replace(request, state=state, decided_by=by, ends_at=ends_at)
    uow.data_requests.change(request)
    uow.record(DataDecided(request_id=request_id))
    return request


def _ended(uow: UnitOfWork, request: DataRequest, by: str, now: datetime) -> DataRequest:
    request = replace(request, state=RequestState.ENDED)
    uow.data_requests.change(request)
    uow.record(DataDecided(request_id=request.request_id))
    uow.data_requests.shut_out(request)
    _note(uow, request, Action.END, by, now, {"for": request.subject})
    return request


def _note(uow: UnitOfWork, request: DataRequest, action: Action, by: str, now: datetime, said: dict[str, str]) -> None:
    uow.audit.note(Entry(at=now, actor=by, action=action, subject=of_data(request.port), changed_to=said))
