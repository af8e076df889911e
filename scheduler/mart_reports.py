"""Makes the reports that the warehouse's marts tell."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Engine

from analytics.definitions import glossary
from analytics.warehouse import WarehouseTerms
from bot.shop import Shop
from domain.periods import Period, Span
from domain.records.marts import Glossary, Marts
from domain.records.sales import ReportName
from reports import churn, discounts, loyalty, sales, stores, support
from reports.report import Report
from reports.speed import Speed
from reports.warehouse import NEVER_BUILT, Asked, Unanswerable, View, ready
from storage.queries.marts import standing

_MADE: Mapping[ReportName, tuple[Callable[[Marts, Asked], Any], Callable[[Any, Asked, View], Report]]] = {
    ReportName.SALES: (sales.collect, sales.make_report),
    ReportName.STORES: (stores.collect, stores.make_report),
    ReportName.LOYALTY: (loyalty.collect, loyalty.make_report),
    ReportName.DISCOUNTS: (discounts.collect, discounts.make_report),
    ReportName.CHURN: (churn.collect, churn.make_report),
    ReportName.SUPPORT: (support.collect, support.make_report),
}


def make_mart_report(database: Engine, asked: Asked, shop: Shop, now: datetime, terms: WarehouseTerms) -> Report:
    """The report that is asked for, of one state of the marts; `terms` are those by which they were built.

    Raises:
        Unanswerable: it cannot be made; its text says why, and what to do.
        Busy: a build put new tables in place for too long.
    """
    collect, make = _MADE[asked.name]
    with standing(database) as built:
        if built is None:
            raise Unanswerable(NEVER_BUILT)
        as_of = ready(built.as_of, asked, shop, now)
        found = collect(built.marts, asked)
    view = View(
        shop=shop,
        now=now,
        as_of=as_of,
        asked_for=asked.period.last,
        glossary=glossary_as_of(shop, terms, as_of),
        at_risk_days=terms.at_risk_days,
        fewest=terms.fewest,
    )
    if asked.name.of_a_day:
        asked = replace(asked, period=Period.containing(as_of, Span.DAY))
    return make(found, asked, view)


def support_in(database: Engine, week: Period, zone: tzinfo) -> tuple[Speed, Speed] | None:
    """How fast support was in a week and in the one before; None where the warehouse does not reach so far.

    Raises:
        Busy: a build put new tables in place for too long.
    """
    with standing(database) as built:
        if built is None or built.as_of < week.last:
            return None
        found = support.Found(tickets=tuple(built.marts.tickets(week.before().first, week.last)))
    return found.speed(week, zone), found.speed(week.before(), zone)


def glossary_as_of(shop: Shop, terms: WarehouseTerms, as_of: date) -> Glossary:
    """What the figures mean of marts that know that last day."""
    return glossary({**terms.variables(), "as_of": shop.full_date(as_of)})
