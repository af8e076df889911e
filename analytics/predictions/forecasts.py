"""The textbook's forecasts of weekly demand, to hold ours against, and how wrong a forecast was.

Each takes units asked for, (products, weeks), the newest week last, and returns units a week to expect from now on,
(products,): all of them are flat. Before a product's first demand nothing is known of it and 0 is expected.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from analytics.predictions.demand import checked
from analytics.predictions.demand_pool import Floats, Weekly

Forecast = Callable[[Weekly], Floats]


def naive(weekly: Weekly) -> Floats:
    """The last week again."""
    return _some(weekly)[:, -1]


def moving_average(weekly: Weekly, *, weeks: int = 8) -> Floats:
    """The mean of the last weeks, of as many as there are.

    Raises:
        ValueError: Fewer than one week.
    """
    if weeks < 1:
        raise ValueError(f"a mean of {weeks} weeks")
    mean: Floats = _some(weekly)[:, -weeks:].mean(axis=1)
    return mean


def ses(weekly: Weekly, *, alpha: float = 0.2) -> Floats:
    """Simple exponential smoothing, begun with the first week's demand (Brown 1959)."""
    table = _some(weekly)
    share = _smoothing(alpha)
    level = table[:, 0].copy()
    for week in table.T[1:]:
        level += share * (week - level)
    return level


def croston_sba(weekly: Weekly, *, alpha: float = 0.1) -> Floats:
    """Croston's method without its bias: size of demand / interval between demands × (1 - alpha / 2).

    Croston 1972 smooths both only in weeks with demand; Syntetos and Boylan 2005 take off the bias of the ratio.
    Begun with the first demand's size and the number of weeks to it.
    """
    table = _some(weekly)
    share = _smoothing(alpha)
    size, interval, gap = (np.zeros(len(table)) for _ in range(3))
    for week in table.T:
        gap += 1
        asked = week > 0
        begun = asked & (interval > 0)
        size = np.where(begun, size + share * (week - size), np.where(asked, week, size))
        interval = np.where(begun, interval + share * (gap - interval), np.where(asked, gap, interval))
        gap[asked] = 0
    return _ratio((1 - share / 2) * size, interval)


def tsb(weekly: Weekly, *, alpha: float = 0.1, beta: float = 0.05) -> Floats:
    """Size of demand × probability of demand, the second smoothed every week so that what dies out fades.

    Teunter, Syntetos and Babai 2011. `alpha` smooths the size, `beta` the probability; begun with the first demand's
    size and one over the number of weeks to it.
    """
    table = _some(weekly)
    share, fading = _smoothing(alpha), _smoothing(beta)
    size, probability = np.zeros(len(table)), np.zeros(len(table))
    for at, week in enumerate(table.T, start=1):
        asked = week > 0
        begun = size > 0
        probability = np.where(
            begun, probability + fading * (asked - probability), np.where(asked, 1.0 / at, probability)
        )
        size = np.where(begun & asked, size + share * (week - size), np.where(asked, week, size))
    return size * probability


TEXTBOOK: Mapping[str, Forecast] = {
    "naive": naive,
    "8-week mean": moving_average,
    "SES": ses,
    "TSB": tsb,
    "Croston-SBA": croston_sba,
}


def with_smoothing(alpha: float) -> Mapping[str, Forecast]:
    """Those of the textbook that smooth, with this weight of the newest week for all."""
    return {
        "SES": partial(ses, alpha=alpha),
        "TSB": partial(tsb, alpha=alpha, beta=alpha),
        "Croston-SBA": partial(croston_sba, alpha=alpha),
    }


def wape(expected: Weekly, came: Weekly) -> float:
    """Weighted absolute percentage error: sum of absolute errors / sum of demand; not a number without demand."""
    first, second = _alike(expected, came)
    return float(np.abs(first - second).sum() / second.sum()) if second.sum() else float("nan")


def bias(expected: Weekly, came: Weekly) -> float:
    """Sum of errors / sum of demand, above 0 where too much was expected; not a number without demand."""
    first, second = _alike(expected, came)
    return float((first - second).sum() / second.sum()) if second.sum() else float("nan")


def _alike(expected: Weekly, came: Weekly) -> tuple[Floats, Floats]:
    if np.shape(expected) != np.shape(came):
        raise ValueError(f"expected is {np.shape(expected)} and what came {np.shape(came)}")
    return np.asarray(expected, dtype=np.float64), np.asarray(came, dtype=np.float64)


def _some(weekly: Weekly) -> Floats:
    table = checked(weekly)
    if not table.shape[1]:
        raise ValueError("a forecast needs at least one week")
    return table


def _smoothing(share: float) -> float:
    if not 0 < share <= 1:
        raise ValueError(f"smoothing is above 0 and at most 1, not {share}")
    return share


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
