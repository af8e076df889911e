"""Who will not order within the next days: a probability for each customer, and why.

The log-odds of three models are averaged: a logistic regression, one on a kernel's features (Nystroem), and boosted
trees that can only see more risk in a longer silence and less in more orders. How often customers leave moves with the
season, which a year cannot teach: half of what models of that time missed on the last window that is over is added.

Features, constants and the half were chosen on Online Retail, at cut-offs from May to mid-June 2011: docs/models.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from analytics.predictions.inputs import Inputs, dumped, loaded
from analytics.predictions.judging import Floats
from analytics.predictions.windows import Window

USED = (
    "recency",
    "recency_ratio",
    "survival",
    "covered",
    "days_90",
    "days_180",
    "days_fading",
    "log_order",
    "log_products",
    "repeated",
    "price",
    "price_spread",
    "new_in_last",
    "wanted",
    "peers_return",
    "peers_repeat",
)
GROUPS = {  # of features that tell one story
    "silence": ("recency", "recency_ratio", "survival", "days_fading", "days_90"),
    "habit": ("covered", "days_180"),
    "order": ("log_order",),
    "range": ("log_products", "repeated", "new_in_last"),
    "price": ("price", "price_spread"),
    "wanted": ("wanted",),
    "peers": ("peers_return", "peers_repeat"),
}
_ALWAYS_MORE = ("recency", "recency_ratio")
_ALWAYS_LESS = ("covered", "days_90", "days_180", "days_fading", "log_products")
FEWEST = 50  # customers at the last of the windows
_CARRIED = 0.5  # of what was missed on the last window
_FARTHEST = 3.0  # in log-odds
_CHUNK = 20_000  # customers at once: what bounds memory
_SEED = 0
_SURE = 0.001  # no model is surer than this
INPUTS = Inputs(USED, logged=("recency", "recency_ratio"))

Model = object  # of scikit-learn, with predict_proba


@dataclass(frozen=True, kw_only=True)
class Churn:
    """Fitted models, what is added to their log-odds, and the days that they speak of."""

    models: Sequence[Model]
    offset: float
    days: int

    def probability(self, known: Floats) -> Floats:
        """That customers leave, (customers,), from their (customers, `FEATURES`)."""
        return _share(self._log_odds(INPUTS.of(known)))

    def pushes(self, known: Floats) -> Floats:
        """How much each group of features speaks for leaving, (customers, `GROUPS`), in log-odds.

        It is what is lost where the group is that of a median customer.
        """
        shown = INPUTS.of(known)
        middle, full = np.median(shown, axis=0), self._log_odds(shown)
        found = np.empty((len(shown), len(GROUPS)))
        for place, names in enumerate(GROUPS.values()):
            columns = INPUTS.places(names)
            other = shown.copy()
            other[:, columns] = middle[columns]
            found[:, place] = full - self._log_odds(other)
        return found

    def _log_odds(self, shown: Floats) -> Floats:
        found = np.empty(len(shown))
        for start in range(0, len(shown), _CHUNK):
            part = shown[start : start + _CHUNK]
            each = [np.clip(model.predict_proba(part)[:, 1], _SURE, 1 - _SURE) for model in self.models]  # type: ignore[attr-defined]
            found[start : start + _CHUNK] = np.mean([np.log(one / (1 - one)) for one in each], axis=0)
        return found + self.offset

    def dumped(self) -> bytes:
        """As data, to be kept."""
        return dumped({"models": list(self.models), "offset": self.offset, "days": self.days})

    @classmethod
    def loaded(cls, kept: bytes) -> "Churn":
        """The same again; see `inputs.loaded`."""
        return cls(**loaded(kept))


def fitted(windows: Sequence[Window], days: int) -> Churn:
    """Learns from windows, the oldest first.

    Raises:
        ValueError: they are too few, or in none of them, or in all, did anybody leave.
    """
    if not windows or len(windows[-1].known.ids) < FEWEST:
        known = len(windows[-1].known.ids) if windows else 0
        raise ValueError(f"{known} customers are known of so many days, and {FEWEST} are needed")
    models, offset = _models(windows, days), 0.0
    last = windows[-1]
    before = [one for one in windows if one.cutoff + timedelta(days=days) <= last.cutoff]
    if before and _tells(before, days):
        then = Churn(models=_models(before, days), offset=0.0, days=days)
        offset = _CARRIED * _shift(then._log_odds(INPUTS.of(last.known.values)), float(last.left(days).mean()))
    return Churn(models=models, offset=offset, days=days)


def _tells(windows: Sequence[Window], days: int) -> bool:
    """Whether some left and some stayed."""
    left = np.concatenate([one.left(days) for one in windows])
    return bool(left.any() and not left.all())


def _models(windows: Sequence[Window], days: int) -> list[Model]:
    if not windows or not _tells(windows, days):
        raise ValueError("nobody left, or everybody: there is nothing to learn from")
    known = np.concatenate([INPUTS.of(one.known.values) for one in windows])
    left = np.concatenate([one.left(days) for one in windows])
    plain = make_pipeline(StandardScaler(), LogisticRegression(C=0.002, max_iter=500))
    kernel = make_pipeline(
        StandardScaler(),
        Nystroem(gamma=0.1 / len(USED), n_components=min(120, len(known)), random_state=_SEED),
        LogisticRegression(C=0.3, max_iter=500),
    )
    trees = HistGradientBoostingClassifier(
        learning_rate=0.03,
        max_iter=200,
        max_leaf_nodes=6,
        min_samples_leaf=400,
        l2_regularization=10,
        max_features=0.15,
        early_stopping=False,
        random_state=_SEED,
        monotonic_cst=[(name in _ALWAYS_MORE) - (name in _ALWAYS_LESS) for name in USED],
    )
    return [model.fit(known, left) for model in (plain, kernel, trees)]


def _share(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _shift(log_odds: npt.NDArray[np.float64], rate: float) -> float:
    """What must be added to log-odds for their mean probability to be the rate."""

    def missing(shift: float) -> float:
        return float(_share(log_odds + shift).mean()) - rate

    if missing(-_FARTHEST) >= 0:
        return -_FARTHEST
    return _FARTHEST if missing(_FARTHEST) <= 0 else float(brentq(missing, -_FARTHEST, _FARTHEST))
