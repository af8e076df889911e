"""Predictions of customers on a file of orders, beside what they are held against, at cut-offs that none had seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from analytics.predictions import churn, value
from analytics.predictions.baselines import CHURN, bg_nbd_gamma_gamma, past_spend
from analytics.predictions.judging import Bin, ChurnScore, churn_score, reliability, top_share
from analytics.predictions.terms import Tell, untold
from analytics.predictions.windows import Window, window, windows
from storage.queries.customer_features import CustomerFeatures

OURS = "ours"
ORACLE = "oracle"
CHURN_DAYS, VALUE_DAYS = 45, 90


@dataclass(frozen=True, kw_only=True)
class ChurnTrial:
    """All methods at a cut-off, and what came of ours by tenths."""

    cutoff: date
    learned_from: int  # cut-offs before it
    scores: Mapping[str, ChurnScore]
    reliability: Sequence[Bin]


@dataclass(frozen=True, kw_only=True)
class ValueTrial:
    """Of each method the share of the real revenue that its best fifth of customers brought."""

    cutoff: date
    learned_from: int
    shares: Mapping[str, float]


class TooEarly(ValueError):
    """A cut-off has nothing to learn from before it, or not all of its days after it."""


def churn_trial(features: CustomerFeatures, cutoff: date, days: int = CHURN_DAYS, tell: Tell = untold) -> ChurnTrial:
    """Learns from cut-offs whose days ended by this one, and judges it; all customers count.

    Raises:
        TooEarly: there is nothing before it to learn from, or what came after it is not all known.
    """
    known, judged = _learned_and_judged(features, cutoff, days, tell)
    left, scores = judged.left(days), {}
    for name, method in CHURN.items():
        tell(f"fitting {name}")
        scores[name] = churn_score(method(known, judged.known, days), left)
    tell("fitting ours")
    ours = churn.fitted(known, days).probability(judged.known.values)
    return ChurnTrial(
        cutoff=cutoff,
        learned_from=len(known),
        scores={**scores, OURS: churn_score(ours, left)},
        reliability=reliability(ours, left),
    )


def value_trial(features: CustomerFeatures, cutoff: date, days: int = VALUE_DAYS, tell: Tell = untold) -> ValueTrial:
    """The same for what customers bring.

    Raises:
        TooEarly: there is nothing before it to learn from, or what came after it is not all known.
    """
    known, judged = _learned_and_judged(features, cutoff, days, tell)
    tell("fitting")
    model = value.fitted(known, days)
    expected = {
        "past spend": past_spend(judged.known),
        "BG/NBD × Gamma-Gamma": bg_nbd_gamma_gamma(judged.known, days),
        "trees alone": model.expected(judged.known.values),
        OURS: model.ranked(judged.known.values),
        ORACLE: judged.revenue,
    }
    shares = {name: top_share(np.asarray(each), judged.revenue) for name, each in expected.items()}
    return ValueTrial(cutoff=cutoff, learned_from=len(known), shares=shares)


def _learned_and_judged(features: CustomerFeatures, cutoff: date, days: int, tell: Tell) -> tuple[list[Window], Window]:
    """The windows to learn from, and the one to judge by."""
    reach = features.reach()
    if reach is None or cutoff + timedelta(days=days) > reach.last + timedelta(days=1):
        last = "there are no orders" if reach is None else f"the last order is of {reach.last}"
        raise TooEarly(f"the {days} days from {cutoff} on are not over: {last}")
    known = list(windows(features, cutoff, days, tell=tell))
    if not known:
        raise TooEarly(f"nothing to learn from is over by {cutoff}")
    return known, window(features, cutoff, days)
