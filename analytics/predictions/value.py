"""What customers will bring in the days to come: boosted trees with a Poisson loss, beside what they spent so far.

The trees say how much; who comes first is the mean of two ranks, theirs and that of past spend.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata
from sklearn.ensemble import HistGradientBoostingRegressor

from analytics.predictions.inputs import Inputs, dumped, loaded
from analytics.predictions.judging import Floats
from analytics.predictions.windows import Window
from storage.queries.customer_features import FEATURES

USED = (
    "recency",
    "recency_ratio",
    "survival",
    "covered",
    "days_90",
    "days_180",
    "days_fading",
    "log_products",
    "log_order",
    "log_spent_fading",
    "log_spent_90",
    "log_spent_180",
    "log_spent",
    "log_last",
    "log_largest",
    "log_units",
)
_CAPPED = 0.99  # a larger revenue counts as this quantile of those above 0
INPUTS = Inputs(USED, logged=("recency", "recency_ratio"))
_SPENT = FEATURES.index("spent")
_SEED = 0


@dataclass(frozen=True, kw_only=True)
class Value:
    """A fitted model and the days that it speaks of."""

    model: HistGradientBoostingRegressor
    days: int

    def expected(self, known: Floats) -> Floats:
        """Net revenue of each customer, (customers,), from their (customers, `FEATURES`)."""
        if not len(known):
            return np.zeros(0)  # scikit-learn refuses to say nothing
        return np.asarray(self.model.predict(INPUTS.of(known)), dtype=np.float64)

    def ranked(self, known: Floats) -> Floats:
        """By this customers are put in order, the most valuable highest, (customers,)."""
        return np.asarray(rankdata(self.expected(known)) + rankdata(known[:, _SPENT]), dtype=np.float64)

    def dumped(self) -> bytes:
        """As data, to be kept."""
        return dumped({"model": self.model, "days": self.days})

    @classmethod
    def loaded(cls, kept: bytes) -> "Value":
        """The same again; see `inputs.loaded`."""
        return cls(**loaded(kept))


def fitted(windows: Sequence[Window], days: int) -> Value:
    """Learns from windows of as many days.

    Raises:
        ValueError: nobody brought anything in any of them.
    """
    revenue = np.maximum(np.concatenate([one.revenue for one in windows]), 0) if windows else np.zeros(0)
    if not revenue.any():
        raise ValueError("nobody brought anything: there is nothing to learn from")
    model = HistGradientBoostingRegressor(
        loss="poisson",
        learning_rate=0.04,
        max_iter=120,
        max_leaf_nodes=6,
        min_samples_leaf=100,
        l2_regularization=10,
        max_features=0.4,
        early_stopping=False,
        random_state=_SEED,
    )
    known = np.concatenate([one.known.values for one in windows])
    model.fit(INPUTS.of(known), np.minimum(revenue, np.quantile(revenue[revenue > 0], _CAPPED)))
    return Value(model=model, days=days)
