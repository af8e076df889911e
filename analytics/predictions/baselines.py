"""What our predictions of customers are held against: simple rules, plain models, BG/NBD × Gamma-Gamma."""

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from analytics.predictions.judging import Floats, Truths
from analytics.predictions.windows import Window, stacked
from storage.queries.customer_features import FEATURES, Known

PLAIN = ("recency", "gap", "days", "days_90", "days_180", "spent", "log_order", "log_units")
_COLUMNS = [FEATURES.index(name) for name in PLAIN]
_RECENCY = FEATURES.index("recency")
_LONGEST_RULE = 200  # days
_STEP = 10  # days of silence that are counted together
_PENALTIES = (0.001, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0)  # the first with which lifetimes converges
_SEED = 0

Baseline = Callable[[Sequence[Window], Known, int], Floats]  # windows, who is asked about, days: probabilities


def majority(windows: Sequence[Window], known: Known, days: int) -> Floats:
    """The share of all that left."""
    return np.full(len(known.ids), _left(windows, days).mean())


def recency_rule(windows: Sequence[Window], known: Known, days: int) -> Floats:
    """Who has been silent for longer than the best number of days leaves; as probabilities, by tens of days of silence.

    Those are bent so that .5 is at the rule's number.
    """
    silent, left = stacked(windows)[:, _RECENCY], _left(windows, days)
    tried = np.arange(1, _LONGEST_RULE)
    best = tried[int(np.argmax([((silent >= one) == left).mean() for one in tried]))]
    shares = pd.Series(left.astype(float)).groupby((silent - 1) // _STEP).mean()
    asked = known["recency"]
    share = pd.Series((asked - 1) // _STEP).clip(upper=shares.index.max()).map(shares).ffill().bfill().to_numpy(float)
    above = np.maximum(share, 0.5 + 1e-6 * asked / _LONGEST_RULE)
    below = np.minimum(share, 0.5 - 1e-6 * (1 - asked / _LONGEST_RULE))
    return np.asarray(np.where(asked >= best, above, below), dtype=np.float64)


def logistic(windows: Sequence[Window], known: Known, days: int) -> Floats:
    """Logistic regression on plain features."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    model.fit(_logged(stacked(windows)), _left(windows, days))
    return np.asarray(model.predict_proba(_logged(known.values))[:, 1])


def boosting(windows: Sequence[Window], known: Known, days: int) -> Floats:
    """Boosted trees on plain features."""
    model = HistGradientBoostingClassifier(
        learning_rate=0.03,
        max_iter=120,
        max_leaf_nodes=8,
        min_samples_leaf=200,
        l2_regularization=10,
        early_stopping=False,
        random_state=_SEED,
    )
    model.fit(stacked(windows)[:, _COLUMNS], _left(windows, days))
    return np.asarray(model.predict_proba(known.values[:, _COLUMNS])[:, 1])


def bg_nbd(windows: Sequence[Window], known: Known, days: int) -> Floats:
    """That somebody is gone, or is there and does not order; fitted on those who are asked about (Fader 2005)."""
    return _BgNbd.fitted(known).silent(days)


CHURN: Mapping[str, Baseline] = {
    "majority": majority,
    "recency rule": recency_rule,
    "logistic regression": logistic,
    "boosting": boosting,
    "BG/NBD": bg_nbd,
}


def past_spend(known: Known) -> Floats:
    """What customers spent so far."""
    return known["spent"]


def bg_nbd_gamma_gamma(known: Known, days: int) -> Floats:
    """Expected order days × what an order day brings (Fader and Hardie 2013)."""
    with _quietly():
        from lifetimes import GammaGammaFitter

    fitted, day = _BgNbd.fitted(known), known["spent"] / known["days"]
    again = (known["days"] > 1) & (day > 0)
    with _quietly():
        worth = GammaGammaFitter(penalizer_coef=0.01).fit(known["days"][again] - 1, day[again])
        return np.asarray(fitted.orders(days) * worth.conditional_expected_average_profit(known["days"] - 1, day))


@dataclass(frozen=True, kw_only=True)
class _BgNbd:
    """Fitted by lifetimes, which does not converge without a penalty; where nobody dies it is a Poisson-gamma model."""

    frequency: Floats
    last: Floats
    age: Floats
    r: float
    alpha: float
    alive: Floats
    expected: Callable[[int], Floats]

    @classmethod
    def fitted(cls, known: Known) -> "_BgNbd":
        with _quietly():
            from lifetimes import BetaGeoFitter
            from lifetimes.utils import ConvergenceError

        frequency, age = known["days"] - 1, known["recency"] + known["gap"] * (known["days"] + 1) - 90
        last = age - known["recency"]
        for penalty in _PENALTIES:
            model = BetaGeoFitter(penalizer_coef=penalty)
            with contextlib.suppress(ConvergenceError), _quietly():
                model.fit(frequency, last, age)
                break
        r, alpha, a = (float(model.params_[name]) for name in ("r", "alpha", "a"))
        nobody_dies = a < 1e-6  # then lifetimes divides by 0

        def expected(days: int) -> Floats:
            if nobody_dies:
                return np.asarray((r + frequency) / (alpha + age) * days)
            with _quietly():
                found = model.conditional_expected_number_of_purchases_up_to_time(days, frequency, last, age)
            return np.asarray(found)

        with _quietly():
            alive = np.ones(len(age)) if nobody_dies else model.conditional_probability_alive(frequency, last, age)
        return cls(
            frequency=frequency, last=last, age=age, r=r, alpha=alpha, alive=np.asarray(alive), expected=expected
        )

    def silent(self, days: int) -> Floats:
        """That no order comes."""
        none = ((self.alpha + self.age) / (self.alpha + self.age + days)) ** (self.r + self.frequency)
        return np.asarray(1 - self.alive * (1 - none))

    def orders(self, days: int) -> Floats:
        """How many order days come."""
        return self.expected(days)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def _left(windows: Sequence[Window], days: int) -> Truths:
    return np.concatenate([one.left(days) for one in windows])


def _logged(known: Floats) -> Floats:
    return np.log1p(np.maximum(known[:, _COLUMNS], 0))
