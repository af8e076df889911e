"""Cut-offs to learn from: what was known before each, and what came in the days after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from analytics.predictions.judging import Floats
from analytics.predictions.terms import Tell, untold
from storage.queries.customer_features import FEATURES, After, CustomerFeatures, Known, Reach

WARM_UP = 40  # days of orders before the first cut-off
STEP = 5  # days between cut-offs, at the least
MOST_ROWS = 100_000  # that are learned from: of a large shop fewer cut-offs, and some of its customers
FEWEST_CUTOFFS = 8
LONGEST = 730  # days back from which cut-offs are taken


@dataclass(frozen=True, kw_only=True)
class Window:
    """Customers at a cut-off: what was known of them, when each ordered next and what they brought after it.

    `next_order` are days from the cut-off, -1 where none came within the days that were looked at; `revenue` is that
    of all of these days.
    """

    known: Known
    days: int
    next_order: npt.NDArray[np.int64]
    revenue: Floats

    @property
    def cutoff(self) -> date:
        """The first day that was not known."""
        return self.known.cutoff

    def left(self, days: int) -> npt.NDArray[np.bool_]:
        """Who did not order within so many days, of those that were looked at."""
        return (self.next_order < 0) | (self.next_order >= days)


class Remembered:
    """Features that are read once for each cut-off: windows of several lengths begin at the same ones."""

    def __init__(self, features: CustomerFeatures) -> None:
        self._features = features
        self._known: dict[tuple[date, int, int | None], Known] = {}

    def before(self, cutoff: date, *, one_in: int = 1, within_days: int | None = None) -> Known:
        """See `CustomerFeatures.before`."""
        asked = (cutoff, one_in, within_days)
        if asked not in self._known:
            self._known[asked] = self._features.before(cutoff, one_in=one_in, within_days=within_days)
        return self._known[asked]

    def after(self, cutoff: date, days: int, *, one_in: int = 1) -> After:
        """See `CustomerFeatures.after`."""
        return self._features.after(cutoff, days, one_in=one_in)

    def reach(self) -> Reach | None:
        """See `CustomerFeatures.reach`."""
        return self._features.reach()


Features = CustomerFeatures | Remembered


def window(features: Features, cutoff: date, days: int, one_in: int = 1, within: int | None = None) -> Window:
    """One cut-off, and so many days after it.

    Args:
        features: where to read.
        cutoff: the first day that nothing is known of.
        days: that are looked at after it.
        one_in: of so many customers one is taken.
        within: only those who ordered within so many days before.
    """
    known, after = (
        features.before(cutoff, one_in=one_in, within_days=within),
        features.after(cutoff, days, one_in=one_in),
    )
    place = np.searchsorted(after.ids, known.ids)
    found = np.zeros(len(known.ids), dtype=bool)
    inside = place < len(after.ids)
    found[inside] = after.ids[place[inside]] == known.ids[inside]
    next_order, revenue = np.full(len(known.ids), -1, dtype=np.int64), np.zeros(len(known.ids))
    next_order[found], revenue[found] = after.first[place[found]], after.revenue[place[found]]
    return Window(known=known, days=days, next_order=next_order, revenue=revenue)


def cutoffs(reach: Reach, until: date, days: int) -> list[date]:
    """Cut-offs whose days after them end before `until`, from the first that has some history on.

    Every few days, counted back from the last; of a shop with many customers or years fewer, evenly.
    """
    first = max(reach.first + timedelta(days=WARM_UP), until - timedelta(days=LONGEST))
    last = until - timedelta(days=days)
    found = [last - timedelta(days=back) for back in range(0, max((last - first).days, -1) + 1, STEP)][::-1]
    most = max(FEWEST_CUTOFFS, MOST_ROWS * 2 // max(reach.customers, 1))  # not all customers are there from the start
    if len(found) <= most:
        return found
    return [found[place] for place in np.linspace(0, len(found) - 1, most).round().astype(int)]


def one_in(reach: Reach, count: int) -> int:
    """Of how many customers one is taken, where so many cut-offs are learned from."""
    return max(1, round(reach.customers * count / MOST_ROWS))


def windows(
    features: Features, until: date, days: int, within: int | None = None, tell: Tell = untold
) -> Iterator[Window]:
    """All windows to learn from whose days ended before `until`."""
    reach = features.reach()
    if reach is None:
        return
    chosen = cutoffs(reach, until, days)
    for done, cutoff in enumerate(chosen, start=1):
        tell(f"reading what was known on {cutoff} ({done} of {len(chosen)})")
        yield window(features, cutoff, days, one_in(reach, len(chosen)), within)


def stacked(parts: Sequence[Window]) -> Floats:
    """What was known at all of them, (rows, `FEATURES`)."""
    return np.concatenate([part.known.values for part in parts]) if parts else np.empty((0, len(FEATURES)))
