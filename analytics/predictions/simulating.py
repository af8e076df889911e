"""What a stocking policy would have done: week by week from its past only, with demand that is lost when not met.

A week goes: what was ordered `lead_weeks` before arrives; the policy, which knows all demand up to the week before,
lost demand too, says reorder point and order-up-to level; an order is sent; customers ask, and are served while there
is something. An order sent at the beginning of a week is so on sale at the beginning of the week `lead_weeks` later.
At the beginning each product has the policy's first order-up-to level, and nothing is on the way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from analytics.predictions.demand import checked, whole_units
from analytics.predictions.demand_pool import Floats, Weekly, Whole

Policy = Callable[[Floats], tuple[Whole, Whole]]  # from (products, weeks): reorder points and order-up-to levels


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A policy's levels for each week from `start`, (products, weeks)."""

    start: int
    reorder_point: Whole
    order_up_to: Whole


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """What happened, (products, weeks)."""

    demand: Floats  # units asked for
    available: Floats  # units on hand when the week's customers begin to ask
    ordered: Whole  # units

    @property
    def sold(self) -> Floats:
        """Units."""
        return np.minimum(self.demand, self.available)

    @property
    def closing(self) -> Floats:
        """Units on hand when the week is over."""
        return self.available - self.sold

    def between(self, first: int, end: int | None = None) -> "Simulated":
        """Some of the weeks, counted from the simulation's first."""
        weeks = slice(first, end)
        return Simulated(
            demand=self.demand[:, weeks], available=self.available[:, weeks], ordered=self.ordered[:, weeks]
        )


@dataclass(frozen=True, kw_only=True)
class Score:
    """How a policy did; shares are of 1, stock is the closing one in weeks of mean demand."""

    stock_outs: float  # product-weeks in which more was asked for than there was / all product-weeks
    stock_outs_asked: float  # the same / product-weeks in which somebody asked
    stock: float  # all units in stock / all units asked for a week
    stock_by_product: float  # mean over the products that were asked for
    stock_median: float  # the product in the middle
    stock_value: float  # like `stock`, each unit at its price
    fill_rate: float  # units sold / units asked for


def planned(weekly: Weekly, policy: Policy, *, start: int) -> Plan:
    """A policy's levels, fitted anew for each week from those before it.

    Args:
        weekly: Units asked for, (products, weeks).
        policy: Says reorder points and order-up-to levels from the weeks it is shown.
        start: The first week that is simulated; those before are history.

    Raises:
        ValueError: There is no history, or nothing is left to simulate.
    """
    table = checked(weekly)
    if not 0 < start < table.shape[1]:
        raise ValueError(f"of {table.shape[1]} weeks the first simulated one cannot be {start}")
    said = [policy(table[:, :week].copy()) for week in range(start, table.shape[1])]
    points, goals = zip(*said, strict=True)
    return Plan(start=start, reorder_point=np.column_stack(points), order_up_to=np.column_stack(goals))


def simulate(weekly: Weekly, plan: Plan, *, lead_weeks: int) -> Simulated:
    """What a plan would have led to.

    Args:
        weekly: Units asked for, (products, weeks), as it was planned from.
        plan: The levels for each week.
        lead_weeks: Weeks from an order to its units being on sale.

    Raises:
        ValueError: A lead time below 0, or a plan for other weeks or products.
    """
    asked = checked(weekly)[:, plan.start :]
    if lead_weeks < 0 or plan.order_up_to.shape != asked.shape or plan.reorder_point.shape != asked.shape:
        raise ValueError(f"a plan of {plan.order_up_to.shape} for {asked.shape}, lead time {lead_weeks}")
    products, weeks = asked.shape
    arriving = np.zeros((products, weeks + lead_weeks))
    available, ordered = np.zeros((products, weeks)), np.zeros((products, weeks), dtype=np.int64)
    stock = np.asarray(plan.order_up_to[:, 0], dtype=np.float64)
    for week in range(weeks):
        stock = stock + arriving[:, week]
        position = np.floor(stock + arriving[:, week + 1 : week + lead_weeks].sum(axis=1)).astype(np.int64)
        below = position < plan.reorder_point[:, week]
        ordered[:, week] = np.where(below, plan.order_up_to[:, week] - position, 0)
        arriving[:, week + lead_weeks] += ordered[:, week]
        if not lead_weeks:
            stock = stock + ordered[:, week]
        available[:, week] = stock
        stock = np.maximum(stock - asked[:, week], 0.0)
    return Simulated(demand=asked, available=available, ordered=ordered)


def scored(simulated: Simulated, price: Floats) -> Score:
    """How a policy did.

    Args:
        simulated: What happened.
        price: What a unit is worth, (products,).

    Raises:
        ValueError: Nobody asked for anything.
    """
    asked, closing = simulated.demand, simulated.closing
    mean = asked.mean(axis=1)
    known = mean > 0
    if not known.any():
        raise ValueError("without demand there is nothing to score")
    out = asked > simulated.available
    by_product = closing.mean(axis=1)[known] / mean[known]
    return Score(
        stock_outs=float(out.mean()),
        stock_outs_asked=float(out.sum() / (asked > 0).sum()),
        stock=float(closing.sum() / asked.sum()),
        stock_by_product=float(by_product.mean()),
        stock_median=float(np.median(by_product)),
        stock_value=float((closing.sum(axis=1) @ price) / (asked.sum(axis=1) @ price)),
        fill_rate=float(simulated.sold.sum() / asked.sum()),
    )


def mean_only(interval: int, *, weeks: int | None = None) -> Policy:
    """Mean weekly demand × weeks of the protection interval, and no safety stock; of all weeks or of the last ones."""
    return lambda known: _base_stock(interval * _last(known, weeks).mean(axis=1))


def normal(interval: int, share: float, *, weeks: int | None = None, spread_over: int | None = None) -> Policy:
    """Mean and standard deviation of weekly demand, as if weeks were independent and normal.

    Args:
        interval: Weeks of the protection interval.
        share: Share of intervals that stock should last; .95 is z = 1.645.
        weeks: How many of the last weeks to go by, all by default.
        spread_over: Weeks whose deviation the safety stock covers, those of the interval by default; some books have
            those of the lead time.
    """
    factor = NormalDist().inv_cdf(share) * np.sqrt(interval if spread_over is None else spread_over)

    def levels(known: Floats) -> tuple[Whole, Whole]:
        shown = _last(known, weeks)
        return _base_stock(np.maximum(interval * shown.mean(axis=1) + factor * shown.std(axis=1), 0.0))

    return levels


def _last(known: Floats, weeks: int | None) -> Floats:
    return known if weeks is None else known[:, -weeks:]


def empirical(interval: int, share: float) -> Policy:
    """The quantile of the product's own demand over past intervals that overlap; the mean while there is none."""

    def levels(known: Floats) -> tuple[Whole, Whole]:
        if known.shape[1] < interval:
            return mean_only(interval)(known)
        past = np.lib.stride_tricks.sliding_window_view(known, interval, axis=1).sum(axis=2)
        return _base_stock(np.quantile(past, share, axis=1))

    return levels


def _base_stock(units: Floats) -> tuple[Whole, Whole]:
    goal = whole_units(units)
    return goal, goal
