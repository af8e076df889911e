"""How old the rows of a port are, against what its contract allows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from analytics.products.catalogue import contracts
from domain.records.data_products import Check, PortBuild, PortMade


def with_ages(ports: Sequence[PortMade], good: Mapping[str, PortBuild], now: datetime) -> tuple[PortMade, ...]:
    """Adds to each port's checks whether its rows are as fresh as promised; `good` are the states before."""
    return tuple(replace(one, checks=(*one.checks, _age(one, good.get(one.port), now))) for one in ports)


def _age(made: PortMade, before: PortBuild | None, now: datetime) -> Check:
    promised = contracts()[made.port].latency_hours
    name = f"no older than {promised:g} h"
    if made.published:
        return Check(name=name, held=True, found="as of this build")
    if before is None:
        return Check(name=name, held=False, found="never published")
    age = now - before.at
    return Check(name=name, held=age <= timedelta(hours=promised), found=f"{age.total_seconds() / 3600:,.0f} h old")
