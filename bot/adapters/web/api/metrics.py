"""The metrics of the warehouse, as the reports tell them; what each figure means comes along."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.web.api import answers
from bot.adapters.web.api.access import Needs, parts_of
from bot.adapters.web.api.problems import Problem, described
from bot.adapters.web.api.products import TEXT
from bot.phrases import api as phrases
from domain.periods import EARLIEST, Period, Span
from domain.records.api_keys import Scope
from domain.records.marts import Dimension, Marts, Slice, WarehouseView
from domain.records.segments import Group, Overview, Segment, Tier

metrics = APIRouter(
    prefix="/metrics",
    tags=["metrics"],
    dependencies=[Depends(Needs(Scope.METRICS))],
    responses=described(401, 403, 404, 422, 429, 503),
)
_NAMED = Annotated[str, Field(max_length=200, pattern=TEXT)]
_SOLD = tuple(f"sales_days.{name}" for name in ("orders", "gross", "discount", "cancelled_orders", "cancelled", "net"))


class AskedPeriod(BaseModel):
    """Which period: one of a length, in which a day lies."""

    model_config = ConfigDict(extra="forbid")

    span: Span = Span.WEEK
    day: date | None = Field(None, description="A day of it; without it, the last that is over.")


class AskedSales(AskedPeriod):
    """Sales of which periods, and of what part of the shop."""

    periods: int = Field(13, ge=1, le=400, description="How many, up to that one.")
    store: _NAMED = ""
    category: _NAMED = ""
    daypart: _NAMED = ""


@metrics.get("/sales")
def read_sales(request: Request, asked: Annotated[AskedSales, Query()]) -> answers.SalesMetric:
    """What was sold by period, and of the last one by store, category and part of the day."""
    with _standing(request) as view:
        period = _period(asked, view)
        of = _of(view.marts, asked)
        periods = view.marts.sold_in(period.before(asked.periods - 1), period, of)
        by = {dimension: view.marts.sold_by(dimension, period, of) for dimension in Dimension}
    sold = [answers.SoldIn(first=one.period.first, last=one.period.last, **_figures(one)) for one in periods]
    return answers.SalesMetric(
        **_common(request, view, *_SOLD),
        span=asked.span,
        periods=sold,
        stores=list(by[Dimension.STORE]),
        categories=list(by[Dimension.CATEGORY]),
        dayparts=list(by[Dimension.DAYPART]),
    )


@metrics.get("/segments")
def read_segments(request: Request) -> answers.SegmentsMetric:
    """How many customers are in which segment and value tier."""
    with _standing(request) as view, parts_of(request).unit_of_work() as uow:
        found = uow.segments.overview()
    if found is None:
        raise Problem(503, phrases.NOT_BUILT)
    return answers.SegmentsMetric(
        **_common(request, view, "rfm_segments", "clv_tiers"),
        customers=found.total.customers,
        segments=[_group(found, one) for one in Segment],
        tiers=[_group(found, one) for one in Tier],
    )


@metrics.get("/loyalty")
def read_loyalty(request: Request) -> answers.LoyaltyMetric:
    """Members of the loyalty scheme beside others."""
    with _standing(request) as view:
        sides = view.marts.loyalty()
    return answers.LoyaltyMetric(**_common(request, view, "loyalty_impact"), sides=list(sides))


@metrics.get("/stores")
def read_stores(request: Request, asked: Annotated[AskedPeriod, Query()]) -> answers.StoresMetric:
    """The stores of a period, the best first."""
    with _standing(request) as view:
        period = _period(asked, view)
        places = view.marts.places(period)
    return answers.StoresMetric(
        **_common(request, view, "top_places"),
        span=asked.span,
        first=period.first,
        last=period.last,
        stores=list(places),
    )


@metrics.get("/discounts")
def read_discounts(request: Request) -> answers.DiscountsMetric:
    """Whether discounts pay, what codes and automatic discounts did, and what became of prices that were cut."""
    with _standing(request) as view:
        sides, promotions = view.marts.discounts(), view.marts.promotions()
        uses = view.marts.promotion_uses()
    return answers.DiscountsMetric(
        **_common(request, view, "discount_effectiveness", "promotion_effects", "promotion_uses"),
        sides=list(sides),
        promotions=list(promotions),
        uses=list(uses),
    )


@metrics.get("/churn")
def read_churn(request: Request) -> answers.ChurnMetric:
    """Who shows signs of leaving by segment, and how many are likelier to leave than not."""
    with _standing(request) as view, parts_of(request).unit_of_work() as uow:
        segments, months = view.marts.leaving(), view.marts.churn_months()
        risks = uow.churn_risks.top(0)
    return answers.ChurnMetric(
        **_common(request, view, "churn_indicators", "churn_months"),
        segments=list(segments),
        predicted_at_risk=risks.total if risks else None,
        predicted_at_stake=risks.at_stake if risks else None,
        months=list(months),
    )


@contextmanager
def _standing(request: Request) -> Iterator[WarehouseView]:
    with parts_of(request).marts() as view:
        if view is None:
            raise Problem(503, phrases.NOT_BUILT)
        yield view


def _period(asked: AskedPeriod, view: WarehouseView) -> Period:
    """The period that is asked for.

    Raises:
        Problem: the warehouse does not reach so far.
    """
    if asked.day is None:
        now = Period.containing(view.as_of, asked.span)
        return now if now.last == view.as_of else now.before()
    told = EARLIEST <= asked.day <= view.as_of
    period = Period.containing(asked.day if told else view.as_of, asked.span)
    if not told or period.last > view.as_of:
        raise Problem(404, phrases.not_told(first=EARLIEST.isoformat(), as_of=view.as_of.isoformat()))
    return period


def _of(marts: Marts, asked: AskedSales) -> Slice:
    """The part of the shop that is asked for.

    Raises:
        Problem: nothing was ever sold there.
    """
    of = Slice(store=asked.store, category=asked.category, daypart=asked.daypart)
    for dimension, said in of.named.items():
        if said not in marts.members(dimension):
            raise Problem(404, phrases.no_member(dimension=dimension, said=said))
    return of


def _common(request: Request, view: WarehouseView, *defined: str) -> dict[str, Any]:
    parts = parts_of(request)
    glossary = parts.glossary(view.as_of)
    said: dict[str, str] = {}
    for name in defined:
        model, _, column = name.partition(".")
        meaning = glossary[model]
        said |= {column: meaning.columns[column]} if column else dict(meaning.columns)
    return {"as_of": view.as_of, "currency": parts.shop.currency, "definitions": said}


def _figures(sold: object) -> dict[str, Any]:
    return answers.Sold.model_validate(sold).model_dump()


def _group(found: Overview, group: Group) -> answers.Group:
    share = found.of(group)
    return answers.Group(name=group, customers=share.customers, net_last_365=share.net)
