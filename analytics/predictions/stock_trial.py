"""Tries stocking policies and forecasts on a file of orders: what each would have led to, week by week."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.predictions.classes import ServiceLevels, abc
from analytics.predictions.demand import DAYS, first_weeks, levels
from analytics.predictions.demand_pool import Floats, Pool, Pooling, Whole
from analytics.predictions.forecasts import TEXTBOOK, bias, wape, with_smoothing
from analytics.predictions.simulating import (
    Policy,
    Score,
    Simulated,
    empirical,
    mean_only,
    normal,
    planned,
    scored,
    simulate,
)

LEAD_WEEKS, REVIEW_WEEKS = 2, 1
INTERVAL = LEAD_WEEKS + REVIEW_WEEKS
HISTORY = 12  # weeks that are known when the simulation begins
CLASS_WEEKS = 26  # of revenue, by which products are in A, B or C
OURS = "ours"
_SHARES = (0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999)
_SHIFTS = (-1.6, -1.2, -0.8, -0.4, 0.0, 0.3, 0.6, 0.9, 1.3)  # of the logits of our service levels
_SMOOTHED = 0.3


@dataclass(frozen=True, kw_only=True)
class Sales:
    """Units and revenue of some products, (products, weeks), in whole ISO weeks from `first` on."""

    units: Floats
    revenue: Floats
    first: date

    @property
    def price(self) -> Floats:
        """What a unit brought on average, (products,)."""
        return np.asarray(self.revenue.sum(axis=1) / np.maximum(self.units.sum(axis=1), 1))


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A policy: its scores over all weeks, the earlier and the later ones, and over its service levels."""

    name: str
    all: Score
    earlier: Score
    later: Score
    curve: Sequence[Score]


@dataclass(frozen=True, kw_only=True)
class ForecastError:
    """How wrong a forecast of so many weeks was: see `forecasts.wape` and `forecasts.bias`."""

    name: str
    weeks: int
    wape: float
    bias: float


@dataclass(frozen=True, kw_only=True)
class Trial:
    """All policies, ours first, and the errors of forecasts in the later weeks."""

    sales: Sales
    simulated: int  # weeks
    policies: Sequence[Tried]
    forecasts: Sequence[ForecastError]


def read_sales(file: Path, top: int) -> Sales:
    """The weekly sales of the products that brought most revenue.

    Raises:
        ValueError: it is no order file with prices, or has fewer weeks than a trial needs.
    """
    names = ["date", "product_id", "product_quantity", "unit_price"]
    lines = pd.read_csv(file, usecols=names, dtype={"product_id": str})
    at = pd.to_datetime(lines["date"], format="ISO8601").dt.tz_localize(None).dt.normalize()
    first, last = at.min(), at.max()
    begin = first + timedelta(days=-first.weekday() % DAYS)  # a Monday
    end = last - timedelta(days=(last.weekday() + 1) % DAYS)  # a Sunday
    within = (at >= begin) & (at <= end)
    lines, week = lines[within], ((at[within] - begin).dt.days // DAYS).to_numpy()
    weeks = int(week.max()) + 1 if len(week) else 0
    if weeks < HISTORY + 2 * INTERVAL:
        raise ValueError(f"it has {weeks} whole weeks, and a trial needs {HISTORY + 2 * INTERVAL}")
    ids, row = np.unique(lines["product_id"].to_numpy(str), return_inverse=True)
    units, revenue = np.zeros((len(ids), weeks)), np.zeros((len(ids), weeks))
    sold = lines["product_quantity"].to_numpy(dtype=np.float64)
    np.add.at(units, (row, week), sold)
    np.add.at(revenue, (row, week), sold * lines["unit_price"].to_numpy(dtype=np.float64))
    best = np.argsort(-revenue.sum(axis=1), kind="stable")[:top]
    return Sales(units=np.maximum(units[best], 0), revenue=revenue[best], first=begin.date())


def ours(sales: Sales, service: ServiceLevels) -> Policy:
    """Our policy, with classes by the revenue of the weeks that it is shown."""

    def policy(known: Floats) -> tuple[Whole, Whole]:
        week = known.shape[1]
        classes = abc(sales.revenue[:, max(0, week - CLASS_WEEKS) : week].sum(axis=1))
        found = levels(known, LEAD_WEEKS * DAYS, service.of(classes))
        return found.reorder_point, found.order_up_to

    return policy


def tried(sales: Sales, service: ServiceLevels, tell: Callable[[str], None] = lambda doing: None) -> Trial:
    """Simulates every policy, fitted anew each week from the weeks before it, and measures the forecasts."""
    split = (HISTORY + sales.units.shape[1]) // 2
    families: Mapping[str, tuple[Callable[[float], Policy], Sequence[float], float]] = {
        OURS: (lambda by: ours(sales, _shifted(service, by)), _SHIFTS, 0.0),
        "empirical quantile": (lambda share: empirical(INTERVAL, share), _SHARES, 0.9),
        "normal, z = 1.645": (lambda share: normal(INTERVAL, share), _SHARES, 0.95),
        "mean only": (lambda _: mean_only(INTERVAL), (), 0.0),
    }
    found = []
    for name, (made, shares, working) in families.items():
        tell(f"simulating {name}")
        ran = {share: _ran(sales, made(share)) for share in sorted({*shares, working})}
        found.append(
            Tried(
                name=name,
                all=scored(ran[working], sales.price),
                earlier=scored(ran[working].between(0, split - HISTORY), sales.price),
                later=scored(ran[working].between(split - HISTORY), sales.price),
                curve=[scored(one, sales.price) for one in ran.values()],
            )
        )
    tell("measuring forecasts")
    return Trial(
        sales=sales,
        simulated=sales.units.shape[1] - HISTORY,
        policies=found,
        forecasts=[error for weeks in (1, INTERVAL) for error in _errors(sales.units, split, weeks)],
    )


def _ran(sales: Sales, policy: Policy) -> Simulated:
    return simulate(sales.units, planned(sales.units, policy, start=HISTORY), lead_weeks=LEAD_WEEKS)


def _shifted(service: ServiceLevels, by: float) -> ServiceLevels:
    """All service levels with their logits moved."""

    def moved(share: float) -> float:
        return 1 / (1 + math.exp(-(math.log(share / (1 - share)) + by)))

    return ServiceLevels(a=moved(service.a), b=moved(service.b), c=moved(service.c))


def _errors(units: Floats, first: int, weeks: int) -> list[ForecastError]:
    """Of forecasts made at the end of each week from `first` on, for so many weeks."""
    smoothed = {f"{name} (α = {_SMOOTHED})": one for name, one in with_smoothing(_SMOOTHED).items()}
    made: dict[str, list[Floats]] = {}
    came = []
    for origin in range(first, units.shape[1] - weeks + 1):
        known = units[:, :origin]
        came.append(units[:, origin : origin + weeks].sum(axis=1))
        begun = first_weeks(known)
        made.setdefault(OURS, []).append(Pool.fitted(known, begun, weeks, Pooling()).mean(known, begun))
        for name, forecast in {**TEXTBOOK, **smoothed}.items():
            made.setdefault(name, []).append(forecast(known) * weeks)
    real = np.column_stack(came)
    return [
        ForecastError(
            name=name,
            weeks=weeks,
            wape=wape(np.column_stack(expected), real),
            bias=bias(np.column_stack(expected), real),
        )
        for name, expected in made.items()
    ]
