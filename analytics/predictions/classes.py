"""Which products matter (ABC) and which are steady (XYZ), and the service that each class is given.

ABC goes by the cumulative share of a value, the most valuable first (Dickie 1951; Silver, Pyke and Thomas 2017, ch. 2);
XYZ by the coefficient of variation of weekly demand. The usual bounds of 0.5 and 1 leave hardly a product in X where
demand is by the week and lumpy: the defaults are wider.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.predictions.demand import checked
from analytics.predictions.demand_pool import Floats, Weekly

Letters = npt.NDArray[np.str_]


@dataclass(frozen=True, kw_only=True)
class ServiceLevels:
    """Share of protection intervals that the stock of a class should last.

    Of all a > b > c the defaults had the fewest stock-outs with at most 3.5 weeks of stock in the earlier half of the
    simulation on Online Retail. What is reached is a little more than what is asked for: units are whole.
    """

    a: float = 0.91
    b: float = 0.89
    c: float = 0.88

    def __post_init__(self) -> None:
        if not all(0 < one < 1 for one in (self.a, self.b, self.c)):
            raise ValueError(f"a service level is between 0 and 1: {self}")

    def of(self, classes: Letters) -> Floats:
        """The level of each product, from its letter, (products,)."""
        return np.select([classes == "A", classes == "B"], [self.a, self.b], self.c)


def abc(value: npt.ArrayLike, *, a: float = 0.80, b: float = 0.95) -> Letters:
    """A, B or C for each product.

    A product is in A if those of more value have together less than the share `a`, so that the one that passes the
    bound is still in; likewise B. What brought nothing is in C. Of equal values the earlier product comes first.

    Args:
        value: Revenue or margin over some time, (products,); below 0 counts as 0.
        a: Cumulative share up to which products are in A.
        b: The same of B.

    Raises:
        ValueError: The values are no row of numbers, or the bounds are not in order.
    """
    worth = np.asarray(value, dtype=np.float64)
    if worth.ndim != 1 or not np.isfinite(worth).all():
        raise ValueError(f"values are finite, one per product: {worth.shape}")
    if not 0 < a <= b <= 1:
        raise ValueError(f"bounds rise from 0 to 1: {a}, {b}")
    worth = np.maximum(worth, 0.0)
    order = np.argsort(-worth, kind="stable")
    before = np.empty(len(worth))
    before[order] = np.cumsum(worth[order]) - worth[order]
    share = before / max(float(worth.sum()), np.finfo(np.float64).tiny)
    return np.select([(worth > 0) & (share < a), (worth > 0) & (share < b)], ["A", "B"], "C")


def spread(weekly: Weekly, weeks: npt.ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Mean and standard deviation of weekly demand, (products,) each.

    Args:
        weekly: Units asked for, (products, weeks).
        weeks: How many of the last weeks count, (products,), at least 1; all by default.

    Raises:
        ValueError: The demand is no table.
    """
    table = checked(weekly)
    width = table.shape[1]
    count = np.full(len(table), width) if weeks is None else np.clip(np.asarray(weeks), 1, max(width, 1))
    counts = np.arange(width) >= width - count[:, None]
    some = np.maximum(count, 1)
    mean = (table * counts).sum(axis=1) / some
    return mean, np.sqrt((((table - mean[:, None]) ** 2) * counts).sum(axis=1) / some)


def xyz(weekly: Weekly, *, weeks: npt.ArrayLike | None = None, x: float = 0.75, y: float = 1.25) -> Letters:
    """X, Y or Z for each product: standard deviation / mean of weekly demand up to `x`, up to `y`, or more.

    What was never asked for is in Z.

    Args:
        weekly: Units asked for, (products, weeks).
        weeks: How many of the last weeks count, (products,); all by default.
        x: Largest coefficient of variation in X.
        y: The same of Y.

    Raises:
        ValueError: The demand is no table, or the bounds are not in order.
    """
    if not 0 <= x <= y:
        raise ValueError(f"bounds rise from 0: {x}, {y}")
    table = checked(weekly)
    if not table.shape[1]:
        return np.full(len(table), "Z")
    mean, deviation = spread(table, weeks)
    variation = np.divide(deviation, mean, out=np.full(len(table), np.inf), where=mean > 0)
    return np.select([variation <= x, variation <= y], ["X", "Y"], "Z")
