"""The report on churn: who is at risk or late, what they were worth, who they are by pseudonym, and the churn rate."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from charts import customers as customer_charts
from domain.csv_cells import harmless
from domain.records.marts import ZERO, ChurnMonth, Leaver, Leaving, Marts
from reports import goals
from reports.report import Figure, Picture, Report, Table, money
from reports.warehouse import DASH, Asked, Unanswerable, View, as_of_note, comparison, share

BY_SILENCE = (
    "At risk and late are told by silence alone. /churn and the board of customers predict who may leave, and what is "
    "at stake then: other numbers of other things."
)
_COLUMNS = "customer segment days_since_order usual_gap_days net_last_365 spend_change at_risk late_for_them".split()
MONTHS = 13  # of the churn rate
_DEFINED = (
    "churn_indicators",
    "churn_months",
    *(f"churn_indicators.{name}" for name in ("at_risk", "late_for_them", "usual_gap_days", "spend_change")),
    "segment_history.net_last_365",
    "rfm_segments",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The segments, most value at risk first; how many have been silent for how long; who may be leaving; the rates."""

    segments: tuple[Leaving, ...]
    silences: Mapping[int, int]
    leavers: tuple[Leaver, ...]
    months: tuple[ChurnMonth, ...] = ()


def collect(marts: Marts, asked: Asked) -> Found:
    """Reads the figures.

    Raises:
        Unanswerable: nobody ever ordered.
    """
    segments = tuple(marts.leaving())
    if not segments:
        raise Unanswerable("Nobody ordered yet, so nobody can leave.")
    return Found(
        segments=segments,
        silences=marts.silences(),
        leavers=tuple(marts.leavers()),
        months=tuple(marts.churn_months()[-MONTHS:]),
    )


def make_report(found: Found, asked: Asked, view: View) -> Report:
    """Puts the figures into words, tables and a picture."""
    shop, segments = view.shop, found.segments
    customers, at_risk, late = (
        sum(getattr(one, name) for one in segments) for name in ("customers", "at_risk", "late")
    )
    value, late_value, spent, before = (
        sum((getattr(one, name) for one in segments), ZERO)
        for name in ("value", "late_value", "net_last_90", "net_90_before")
    )
    risk = Figure(
        label="At risk",
        value=shop.number(at_risk),
        note=f"{share(at_risk, customers, shop)} of {shop.number(customers)}",
    )
    overdue = Figure(label="Late for them", value=shop.number(late), note=f"{money(late_value, shop)} in 365 days")
    stake = Figure(label="Value at stake", value=money(value, shop), note="of those at risk, in 365 days")
    return Report(
        name=asked.name,
        period=asked.period,
        title=view.title(asked),
        made_at=view.now,
        headlines=(risk, overdue, stake),
        notes=(*_notes(found, view, at_risk), *_rate(found, view), BY_SILENCE, as_of_note(view, asked)),
        figures=(
            Figure(label="Customers", value=shop.number(customers)),
            risk,
            overdue,
            stake,
            Figure(
                label="Spent in 90 days",
                value=money(spent, shop),
                compared=(comparison(spent, before, "the 90 days before", shop),),
            ),
        ),
        tables=(*_tables(found, view, asked.top), *_months(found, view)),
        picture=_picture(found, view),
        csv=_csv(found),
        definitions=view.defined(*_DEFINED),
        as_of=view.as_of,
    )


def _notes(found: Found, view: View, at_risk: int) -> list[str]:
    if not found.leavers:
        return ["Nobody is at risk or late."]
    top = found.segments[0]
    if not at_risk or not top.at_risk:
        return []
    return [
        f"Most value is at stake in the segment {top.segment}: {money(top.value, view.shop)}, "
        f"of {view.shop.counted(top.at_risk, 'customer')} at risk."
    ]


def _rate(found: Found, view: View) -> list[str]:
    """The churn rate of the last month that is over, against the one before and the goal."""
    if not found.months:
        return []
    last, shop = found.months[-1], view.shop
    said = (
        f"Churn rate in {shop.month(last.first_day)}: {shop.percent(last.churn_rate)}, {shop.number(last.lost)} of "
        f"{shop.counted(last.active_at_start, 'active customer')}"
    )
    if len(found.months) > 1:
        before = found.months[-2]
        said += f"; in {shop.month(before.first_day)} it was {shop.percent(before.churn_rate)}"
    goal = goals.noted(shop.goals.churn, shop)
    return [f"{said}; {goal}." if goal else f"{said}."]


def _months(found: Found, view: View) -> tuple[Table, ...]:
    if not found.months:
        return ()
    return (
        Table(
            title="Churn rate by month",
            headings=("month", "active at its start", "not active at its end", "churn rate"),
            rows=tuple(
                (
                    view.shop.month(one.first_day),
                    view.shop.number(one.active_at_start),
                    view.shop.number(one.lost),
                    view.shop.percent(one.churn_rate),
                )
                for one in reversed(found.months)
            ),
        ),
    )


def _tables(found: Found, view: View, top: int) -> tuple[Table, ...]:
    by_segment = Table(
        title="By segment",
        headings=("segment", "customers", "at risk", "late", "value at stake"),
        rows=tuple(
            (
                one.segment,
                *map(view.shop.number, (one.customers, one.at_risk, one.late)),
                money(one.value, view.shop),
            )
            for one in found.segments
        ),
    )
    if not found.leavers:
        return (by_segment,)
    best = Table(
        title="Most valuable of those at risk or late",
        headings=("customer", "days silent", "days usually", "365 days"),
        rows=tuple(
            (
                one.pseudonym,
                view.shop.number(one.days_since_order),
                _gap(one.usual_gap_days, view),
                money(one.value, view.shop),
            )
            for one in found.leavers[:top]
        ),
    )
    return by_segment, best


def _gap(days: Decimal | None, view: View) -> str:
    return DASH if days is None else view.shop.number(days, 1)


def _picture(found: Found, view: View) -> Picture:
    bins = customer_charts.binned(found.silences, view.at_risk_days)
    values = {one.segment: float(one.value) for one in found.segments if one.value > 0}
    early = sum(count for days, count in found.silences.items() if days < view.at_risk_days)
    late = sum(found.silences.values()) - early
    alt = (
        f"Bars of customers by days since their last order, with a line at {view.at_risk_days} days: "
        f"{view.shop.number(early)} before it, {view.shop.number(late)} from it on."
    )
    if values:
        said = ", ".join(f"{one.segment} {money(one.value, view.shop)}" for one in found.segments if one.value > 0)
        alt += f" Bars of the value at stake by segment: {said}."
    goal, months = view.shop.goals.churn, found.months
    rates = (customer_charts.churn_rates(months, view.shop, goals.marks(goal, view.shop)),) if months else ()
    if months:
        last = months[-1]
        alt += f" Bars of the churn rate by month: {view.shop.percent(last.churn_rate)} in "
        alt += f"{view.shop.month(last.first_day)}.{goals.said(goal, view.shop)}"
    return Picture(chart=customer_charts.churn(bins, view.at_risk_days, values, view.shop, rates), alt=alt)


def _csv(found: Found) -> str:
    """Everybody who is at risk or late."""
    rows = [
        [
            one.pseudonym,
            harmless(one.segment),
            one.days_since_order,
            one.usual_gap_days,
            one.value,
            one.spend_change,
            one.at_risk,
            one.late_for_them,
        ]
        for one in found.leavers
    ]
    return str(pd.DataFrame(rows, columns=_COLUMNS, dtype=object).to_csv(index=False))
