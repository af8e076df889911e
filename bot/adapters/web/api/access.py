"""Who asks: a key in the header Authorization, what it may ask for, and how often."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.adapters.web.api.problems import Problem
from bot.phrases import api as phrases
from bot.shop import Shop
from domain.ports import Clock, UnitOfWork
from domain.records.api_keys import ApiKey, Scope
from domain.records.marts import Glossary, WarehouseView
from domain.records.rates import Rate, Rates
from domain.staff.api_access import known

MINUTE = timedelta(minutes=1)
_REFUSED = Rate(name="refused keys of a network", most=60, per=MINUTE)
_OPEN = Rate(name="calls of a network without a key", most=120, per=MINUTE)
_RETRY = {"Retry-After": str(int(MINUTE.total_seconds()))}
_bearer = HTTPBearer(auto_error=False, bearerFormat="parley_…", description=phrases.HOW_TO_GET_A_KEY)

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class ApiParts:
    """What the API is made of; `network` says where a request comes from, as it is counted."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    rates: Rates
    marts: Callable[[], AbstractContextManager[WarehouseView | None]]
    glossary: Callable[[date], Glossary]
    network: Callable[[Request], str]


def parts_of(request: Request) -> ApiParts:
    """What the API is made of."""
    parts: ApiParts = request.app.state.parts
    return parts


def anybody(request: Request) -> None:
    """Lets everybody in, but not too often.

    Raises:
        Problem: it is too often.
    """
    parts = parts_of(request)
    if not parts.rates.allows(_OPEN, parts.network(request), parts.clock.now()):
        raise Problem(429, phrases.TOO_OFTEN, _RETRY)


class Needs:
    """Lets in who has a key with a scope."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def __call__(
        self,
        request: Request,
        said: HTTPAuthorizationCredentials | None = Security(_bearer),  # noqa: B008 - FastAPI's way
    ) -> ApiKey:
        """The key that asks.

        Raises:
            Problem: there is none that holds, it lacks the scope, or it asks too often.
        """
        parts = parts_of(request)
        now = parts.clock.now()
        with parts.unit_of_work() as uow:
            key = known(uow, said.credentials, now) if said else None
        if key is None:
            if not parts.rates.allows(_REFUSED, parts.network(request), now):
                raise Problem(429, phrases.TOO_MANY_REFUSED, _RETRY)
            raise Problem(401, phrases.NO_KEY, {"WWW-Authenticate": "Bearer"})
        rate = Rate(name="calls of a key", most=key.per_minute, per=MINUTE)
        if not parts.rates.allows(rate, str(key.key_id), now):
            raise Problem(429, phrases.too_often(per_minute=key.per_minute), _RETRY)
        if self._scope not in key.scopes:
            log.warning(
                "api key without the scope", key=key.name, scope=str(self._scope), route=request.scope["route"].path
            )
            raise Problem(403, phrases.no_scope(key=key.name, scope=self._scope))
        return key
