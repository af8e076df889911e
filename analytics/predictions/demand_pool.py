"""What demand may follow for a product, from its own weeks and from what followed in the past for products like it.

1. Expected demand over an interval, in logarithms: the product's weighted mean, corrected by a ridge regression on its
   robust mean and its recent median. One big order moves the first and hardly the others; a launch, a shift of level
   or the shop's growth moves all three, and recent weeks weigh more.
2. The errors of this on past intervals that have ended, in cells of volume × lumpiness; a thin cell leans on its row.
3. A quantile of the demand that comes = exp(expected + quantile of the cell's errors). No distribution is assumed.

The reasoning is that of pooled empirical quantiles of lead time demand (Boylan and Syntetos, Intermittent Demand
Forecasting, 2021, ch. 13) and of split conformal intervals (Lei and others 2018), by group.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Weekly = npt.NDArray[np.number]

CHUNK = 20_000  # products at once: what bounds memory
TWENTIETHS: Floats = np.arange(0.025, 1, 0.05)  # the middle of each
_NO_PULL = 1e-9  # on the intercept, so that without examples the correction is none


@dataclass(frozen=True, kw_only=True)
class Pooling:
    """How a product's past and its likes are weighed; the defaults are from Online Retail."""

    memory: float = 0.1  # weight of the newest week in means
    median_weeks: int = 8
    outsize: float = 8.0  # times the robust size of a product's weeks with demand: more is not in its mean
    ridge: float = 50.0  # examples' worth of belief that the mean needs no correction
    warm_up: int = 4  # weeks before the first example
    longest: int = 52  # weeks back from which examples come
    largest: int = 2_000  # products of most units that are in the pool; as many of the others
    volumes: int = 6  # rows of cells
    lumps: int = 3  # cells in a row
    leaning: float = 100.0  # examples' worth of its row in a cell's quantile
    fewest: int = 200  # examples; with less the quantile is a normal one

    def __post_init__(self) -> None:
        if not 0 < self.memory < 1:
            raise ValueError(f"a memory is between 0 and 1: {self.memory}")
        counts = (self.median_weeks, self.warm_up, self.longest, self.largest, self.volumes, self.lumps, self.fewest)
        if min(counts) < 1 or min(self.ridge, self.leaning) < 0 or self.outsize < 1:
            raise ValueError(f"counts are at least 1 and weights not below 0: {self}")


@dataclass(frozen=True, kw_only=True)
class Pool:
    """What followed in the past when so much was expected, for intervals of one length."""

    weeks: int
    pooling: Pooling
    coefficients: Floats  # (4,): of the correction to the logarithm of the mean's demand
    expected: Floats  # (examples,): logarithm of 1 + units over the interval
    lump: Floats  # (examples,)
    errors: Floats  # (examples,): logarithm of 1 + what came, less what was expected

    @classmethod
    def fitted(cls, weekly: Floats, first: Whole, weeks: int, pooling: Pooling) -> "Pool":
        """The pool of a table.

        Of a large catalogue half of the pool are the products of most units, the rest is spread evenly over the others
        by units: each kind of product is in it, and the same table always gives the same pool.

        Args:
            weekly: Units asked for, (products, weeks).
            first: Index of the first week on sale, (products,), the number of weeks where there was none.
            weeks: Length of the interval.
            pooling: How past and likes are weighed.
        """
        rows = _sample(weekly, pooling.largest)
        table, began = weekly[rows], first[rows]
        last = table.shape[1] - weeks
        totals = np.concatenate([np.zeros((len(table), 1)), table.cumsum(axis=1)], axis=1)
        signals, came = [np.empty((0, 4))], [np.empty(0)]
        for origin in range(max(pooling.warm_up, last - pooling.longest + 1), last + 1):
            known = began < origin
            signals.append(_signals(table[known, :origin], began[known], weeks, pooling))
            came.append(np.log1p(totals[known, origin + weeks] - totals[known, origin]))
        seen, followed = np.concatenate(signals), np.concatenate(came)
        design = _design(seen)
        pull = np.diag([_NO_PULL, *[pooling.ridge + _NO_PULL] * (design.shape[1] - 1)])
        coefficients: Floats = np.linalg.solve(design.T @ design + pull, design.T @ (followed - seen[:, 0])).astype(
            np.float64
        )
        expected = seen[:, 0] + design @ coefficients
        return cls(
            weeks=weeks,
            pooling=pooling,
            coefficients=coefficients,
            expected=expected,
            lump=seen[:, 3],
            errors=followed - expected,
        )

    def quantiles(self, weekly: Floats, first: Whole, shares: Floats) -> Floats:
        """Units over the next interval that are not passed with these probabilities, (products, shares), unrounded.

        Products need not be those of the pool; the last week of `weekly` is the last one known.
        """
        found = np.zeros((len(weekly), len(shares)))
        cells = self._cells(shares) if len(self.errors) >= self.pooling.fewest else None
        for at in range(0, len(weekly), CHUNK):
            rows = at + np.flatnonzero(first[at : at + CHUNK] < weekly.shape[1])
            table, began = weekly[rows], first[rows]
            if cells is None:
                found[rows] = _normal(table, began, self.weeks, shares)
                continue
            signals = _signals(table, began, self.weeks, self.pooling)
            expected = signals[:, 0] + _design(signals) @ self.coefficients
            logarithm = expected[:, None] + cells.error(expected, signals[:, 3])
            found[rows] = np.expm1(np.maximum(logarithm, 0.0))
        return found

    def mean(self, weekly: Floats, first: Whole) -> Floats:
        """Units to expect over the next interval, (products,): the mean of twenty quantiles, so that no tail rules."""
        mean: Floats = self.quantiles(weekly, first, TWENTIETHS).mean(axis=1)
        return mean

    def _cells(self, shares: Floats) -> "_Cells":
        volume = np.quantile(self.expected, np.linspace(0, 1, self.pooling.volumes + 1)[1:-1])
        bounds = np.quantile(self.lump, np.linspace(0, 1, self.pooling.lumps + 1)[1:-1])
        row, column = np.searchsorted(volume, self.expected), np.searchsorted(bounds, self.lump)
        middles, errors = [], []
        for one in np.unique(row):
            inside = row == one
            middles.append(self.expected[inside].mean())
            whole = np.quantile(self.errors[inside], shares)
            cells = [self.errors[inside & (column == other)] for other in range(self.pooling.lumps)]
            errors.append([self._leaning(cell, shares, whole) for cell in cells])
        return _Cells(bounds=bounds, middles=np.array(middles), errors=np.array(errors))

    def _leaning(self, cell: Floats, shares: Floats, whole: Floats) -> Floats:
        if not len(cell):
            return whole
        weight = len(cell) / (len(cell) + self.pooling.leaning)
        leaning: Floats = weight * np.quantile(cell, shares) + (1 - weight) * whole
        return leaning


@dataclass(frozen=True, kw_only=True)
class _Cells:
    """Quantiles of errors."""

    bounds: Floats  # of lumpiness, between columns
    middles: Floats  # (rows,): mean expected demand, in logarithms
    errors: Floats  # (rows, columns, shares)

    def error(self, expected: Floats, lump: Floats) -> Floats:
        """The errors that are not passed, (products, shares): between two rows' middles as much of each as is near."""
        place = np.interp(expected, self.middles, np.arange(len(self.middles)))
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, len(self.middles) - 1)
        column = np.searchsorted(self.bounds, lump)
        part = (place - below)[:, None]
        error: Floats = (1 - part) * self.errors[below, column] + part * self.errors[above, column]
        return error


def _signals(weekly: Floats, first: Whole, weeks: int, pooling: Pooling) -> Floats:
    """What is known of products at the end of a table, (products, 4).

    Logarithms of 1 + units over the interval by the mean, by the robust mean (the square of the mean square root) and
    by the recent median; and lumpiness: how far the logarithm of the mean is above the mean of logarithms, 0 for a
    product that sells the same every week. Means weigh a week less by `memory` for each week that it is past. In the
    mean a week counts at most `outsize` times the robust mean of weeks with demand.
    """
    weights = (1 - pooling.memory) ** np.arange(weekly.shape[1] - 1, -1, -1.0)
    on_sale = weights[::-1].cumsum()[::-1][first]
    root = np.sqrt(weekly) @ weights
    size = (root / np.maximum((weekly > 0) @ weights, _NO_PULL)) ** 2
    mean = np.minimum(weekly, np.maximum(pooling.outsize * size, 1.0)[:, None]) @ weights / on_sale
    robust = (root / on_sale) ** 2
    median = _recent_median(weekly, first, pooling.median_weeks)
    lump = np.log1p(mean) - np.log1p(weekly) @ weights / on_sale
    return np.column_stack([np.log1p(weeks * mean), np.log1p(weeks * robust), np.log1p(weeks * median), lump])


def _design(signals: Floats) -> Floats:
    mean, robust, median = signals[:, 0], signals[:, 1], signals[:, 2]
    return np.column_stack([np.ones(len(mean)), mean, robust - mean, median - mean])


def _recent_median(weekly: Floats, first: Whole, weeks: int) -> Floats:
    """Median of the last weeks in which a product was on sale, (products,)."""
    recent = weekly[:, -weeks:].copy()
    recent[np.arange(weekly.shape[1])[-weeks:] < first[:, None]] = np.inf
    recent.sort(axis=1)
    count = np.minimum(weekly.shape[1] - first, recent.shape[1])
    rows = np.arange(len(recent))
    middle: Floats = (recent[rows, (count - 1) // 2] + recent[rows, count // 2]) / 2
    return middle


def _normal(weekly: Floats, first: Whole, weeks: int, shares: Floats) -> Floats:
    """Quantiles for a shop too young for a pool: normal, the variance at least a Poisson stream's."""
    count = weekly.shape[1] - first
    mean = weekly.sum(axis=1) / count
    variance = np.maximum((weekly**2).sum(axis=1) / count - mean**2, mean)
    z = np.array([NormalDist().inv_cdf(float(share)) for share in shares])
    units: Floats = np.maximum(weeks * mean[:, None] + z * np.sqrt(weeks * variance)[:, None], 0.0)
    return units


def _sample(weekly: Floats, most: int) -> Whole:
    """Rows of the pool: all of them, or of more than twice `most` those of most units and every n-th of the others."""
    if len(weekly) <= 2 * most:
        return np.arange(len(weekly), dtype=np.int64)
    order = np.argsort(-weekly.sum(axis=1), kind="stable").astype(np.int64)
    asked = int(weekly.any(axis=1).sum())
    others = np.linspace(most, max(asked - 1, most), most).astype(np.int64)
    return np.unique(np.concatenate([order[:most], order[others]]))
