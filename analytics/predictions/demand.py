"""When to order a product and up to what, so that its stock lasts until the order after this one arrives.

Stock must last over the protection interval, lead time + review period (Silver, Pyke and Thomas, Inventory and
Production Management in Supply Chains, 4th ed. 2017, ch. 7). The reorder point is an empirical quantile of the demand
over that interval, at the service level of the product's class. With an order cycle as long as the review, the
order-up-to level is the same: whatever was sold is ordered again at the next look.

Everything is by week from the oldest to the newest, in units asked for: lost demand counts as demand.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.predictions.demand_pool import TWENTIETHS, Floats, Pool, Pooling, Weekly, Whole

DAYS = 7  # a week's
_STANDARD = Pooling()


@dataclass(frozen=True, kw_only=True)
class Levels:
    """When to order and up to what; each array has one entry per product."""

    reorder_point: Whole  # units on hand and on the way: below this an order is due
    order_up_to: Whole  # units on hand and on the way after an order
    weekly_demand: Floats  # units a week to expect over the protection interval
    service: Floats  # share of protection intervals that the stock should last


def demand(sold: Weekly, lost: Weekly) -> Floats:
    """What was asked for: units sold and units asked for and not had, both (products, weeks).

    Raises:
        ValueError: The shapes differ, or there is less than nothing.
    """
    if np.shape(sold) != np.shape(lost):
        raise ValueError(f"sold is {np.shape(sold)} and lost {np.shape(lost)}")
    return checked(sold) + checked(lost)


def checked(weekly: Weekly) -> Floats:
    """Weekly demand as floats, (products, weeks).

    Raises:
        ValueError: It is not a table, or an entry is negative or no number.
    """
    table = np.asarray(weekly, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"weekly demand is (products, weeks), not {table.shape}")
    if table.size and not 0 <= table.min() <= table.max() < np.inf:
        raise ValueError("weekly demand is finite and not negative")
    return table


def first_weeks(weekly: Floats, listed: npt.ArrayLike | None = None) -> Whole:
    """Index of each product's first week on sale, (products,): the number of weeks where nobody ever asked.

    Args:
        weekly: Units asked for, (products, weeks).
        listed: Index of the first week on sale where it is known, (products,), else the first week with demand is
            taken: a little too much is then expected of a product that sells seldom.

    Raises:
        ValueError: There is not one index of at least 0 per product.
    """
    asked = weekly > 0
    ever = asked.any(axis=1)
    found = np.full(len(weekly), weekly.shape[1], dtype=np.int64)
    if ever.any():
        found[ever] = asked[ever].argmax(axis=1)
    if listed is None:
        return found
    since = np.asarray(listed, dtype=np.int64)
    if since.shape != found.shape or (since < 0).any():
        raise ValueError(f"first weeks on sale are one per product and not below 0: {since.shape} of {found.shape}")
    return np.where(ever, np.minimum(found, since), found)


def levels(
    weekly: Weekly,
    lead_days: npt.ArrayLike,
    service: npt.ArrayLike,
    *,
    review_days: int = DAYS,
    cycle_days: int | None = None,
    listed: npt.ArrayLike | None = None,
    pooling: Pooling = _STANDARD,
) -> Levels:
    """Reorder points and order-up-to levels.

    Args:
        weekly: Units asked for, (products, weeks), complete weeks only.
        lead_days: Days from an order to its units being on sale, for all or (products,).
        service: Share of protection intervals that stock should last, in (0, 1), for all or (products,).
        review_days: Days between two looks at the stock; an interval below a week is taken as a week.
        cycle_days: Days that an order should at least last; more than the review makes fewer and larger orders.
        listed: Index of the first week on sale, (products,); see `first_weeks`.
        pooling: How past and likes are weighed.

    Returns:
        Levels in the order of `weekly`; those of a product that nobody ever asked for are 0.

    Raises:
        ValueError: A shape, a share or a number of days that cannot be.
    """
    cycle = review_days if cycle_days is None else cycle_days
    if not 1 <= review_days <= cycle:
        raise ValueError(f"a review every {review_days} days and a cycle of {cycle}")
    table = checked(weekly)
    share, lead = _for_each(service, len(table), "service"), _for_each(lead_days, len(table), "lead_days")
    if ((share <= 0) | (share >= 1)).any():
        raise ValueError("a service level is between 0 and 1")
    if (lead < 0).any():
        raise ValueError("a lead time is not below 0 days")
    first = first_weeks(table, listed)
    point, mean = np.zeros(len(table)), np.zeros(len(table))
    for weeks, weight in _whole_weeks(np.maximum((lead + review_days) / DAYS, 1.0)):
        pool = Pool.fitted(table, first, weeks, pooling)
        rows = np.flatnonzero(weight)
        asked, column = np.unique(share[rows], return_inverse=True)
        found = pool.quantiles(table[rows], first[rows], np.append(TWENTIETHS, asked))
        point[rows] += weight[rows] * found[np.arange(len(rows)), len(TWENTIETHS) + column]
        mean[rows] += weight[rows] * found[:, : len(TWENTIETHS)].mean(axis=1) / weeks
    return Levels(
        reorder_point=whole_units(point),
        order_up_to=whole_units(point + mean * (cycle - review_days) / DAYS),
        weekly_demand=mean,
        service=share,
    )


def whole_units(units: Floats) -> Whole:
    """Units rounded up; what is whole but for arithmetic stays."""
    return np.ceil(units - 1e-6).astype(np.int64)


def _whole_weeks(interval: Floats) -> Iterator[tuple[int, Floats]]:
    """Whole numbers of weeks, each with its weight in each product's level: 2.25 weeks are ¾ of 2 and ¼ of 3."""
    for weeks in np.unique(np.concatenate([np.floor(interval), np.ceil(interval)])):
        yield int(weeks), np.clip(1 - np.abs(interval - weeks), 0.0, 1.0)


def _for_each(value: npt.ArrayLike, products: int, name: str) -> Floats:
    given = np.asarray(value, dtype=np.float64)
    if given.shape not in ((), (products,)):
        raise ValueError(f"{name} is one number or one per product, not {given.shape} of {products}")
    if not np.isfinite(given).all():
        raise ValueError(f"{name} is finite")
    return np.broadcast_to(given, (products,)).copy()
