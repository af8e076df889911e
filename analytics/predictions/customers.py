"""Fits models of customers on the marts, lets a new one serve only where it is not worse, and scores everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from analytics.predictions import churn, value
from analytics.predictions.churn import Churn
from analytics.predictions.inputs import dumped, loaded
from analytics.predictions.judging import Floats, Truths, churn_score, top_share
from analytics.predictions.reasons import reasons
from analytics.predictions.terms import PAST_SPEND, CustomerTerms, Tell, untold
from analytics.predictions.value import Value
from analytics.predictions.windows import Remembered, Window, windows
from domain.records.predictions import Predicted, PredictionModel, PredictionRun
from storage.queries.customer_features import CustomerFeatures, Known
from storage.queries.predictions import PostgresPredictions

_AGO = timedelta(days=7)  # what a first run is compared with


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """A model that was fitted, whether it serves from now on, and in words why."""

    model: PredictionModel
    said: str


class NothingToLearnFrom(Exception):
    """The shop is too young, or nobody left yet; with what is missing."""


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """The model that serves, and its twin that was judged: fitted in the same way, before the window that judges it.

    A young shop has no such window, and no twin.
    """

    serves: Churn
    judged: Churn | None

    def dumped(self) -> bytes:
        return dumped({"serves": self.serves.dumped(), "judged": self.judged.dumped() if self.judged else b""})

    @classmethod
    def loaded(cls, kept: bytes) -> "_Pair":
        parts = loaded(kept)
        return cls(
            serves=Churn.loaded(parts["serves"]), judged=Churn.loaded(parts["judged"]) if parts["judged"] else None
        )


class Customers:
    """Models and scores of customers, in one transaction."""

    def __init__(
        self, features: CustomerFeatures, kept: PostgresPredictions, terms: CustomerTerms, now: datetime
    ) -> None:
        self._features = Remembered(features)
        self._kept = kept
        self._terms = terms
        self._now = now
        self._kinds = terms.kinds

    def fit_churn(self, as_of: date, tell: Tell = untold) -> Fitted:
        """Fits on windows that are over by the end of a day; champion and challenger are judged on the last of them.

        Raises:
            NothingToLearnFrom: no window is over in which some left and some stayed.
        """
        days, cutoff = self._terms.churn_days, as_of + timedelta(days=1)
        known = list(windows(self._features, cutoff, days, self._terms.active_days, tell))
        tell("fitting who may leave")
        try:
            serves = churn.fitted(known, days)
        except ValueError as error:
            raise NothingToLearnFrom(f"who may leave is not predicted yet: {error}") from error
        judged = _before_the_last(known, days)
        test, champion = known[-1], self._champion()
        not_worse, said, figures = True, "the first one serves", dict[str, float]()
        if judged is not None:
            figures = churn_score(judged.probability(test.known.values), test.left(days)).figures()
            if champion is not None and champion.judged is not None:
                not_worse, said = _not_worse(champion.judged, judged, test, test.left(days))
        model = PredictionModel(
            what=Predicted.CHURN,
            version=f"{self._kinds[Predicted.CHURN][0]}, {as_of}",
            cutoff=cutoff,
            fitted_at=self._now,
            chosen=not_worse,
            figures=figures,
        )
        self._kept.note_model(model, _Pair(serves=serves, judged=judged).dumped())
        return Fitted(model=model, said=said)

    def fit_value(self, as_of: date, tell: Tell = untold) -> Fitted:
        """Fits on windows that are over; past spend serves where the model puts customers in no better an order.

        Raises:
            NothingToLearnFrom: no window is over in which somebody brought something.
        """
        days, cutoff = self._terms.value_days, as_of + timedelta(days=1)
        known = list(windows(self._features, cutoff, days, self._terms.active_days, tell))
        scale = _scale(known)
        if not scale:
            raise NothingToLearnFrom(
                f"what customers may bring is not predicted yet: no {days} days with orders are over"
            )
        tell("fitting what customers may bring")
        figures = _value_figures(known, days)
        better = figures.get("model", 0.0) >= figures.get(PAST_SPEND, 1.0)
        fitted = value.fitted(known, days) if better else None
        of_model, of_spend = self._kinds[Predicted.VALUE]
        model = PredictionModel(
            what=Predicted.VALUE,
            version=f"{of_model if fitted else of_spend}, {as_of}",
            cutoff=cutoff,
            fitted_at=self._now,
            chosen=True,
            figures={**figures, "scale": scale},
        )
        self._kept.note_model(model, None if fitted is None else fitted.dumped())
        said = "the model serves" if fitted is not None else "past spend serves: no model was shown to be better"
        return Fitted(model=model, said=said)

    def score(self, as_of: date, tell: Tell = untold) -> list[PredictionRun]:
        """Scores everybody who ordered of late with the models that serve.

        A first run comes with two of earlier days, so that there is something to compare it with: of a week before,
        and of the last window that is over, by a model that had not seen it.
        """
        tell("reading what is known of customers")
        known = self._features.before(as_of + timedelta(days=1), within_days=self._terms.active_days)
        made = []
        kept = self._champion_kept()
        if kept is not None:
            model, pair = kept
            tell("scoring who may leave")
            if self._kept.last_run(Predicted.CHURN, up_to=as_of - timedelta(days=1)) is None:
                earlier = [(as_of - timedelta(days=self._terms.churn_days), pair.judged), (as_of - _AGO, pair.serves)]
                for day, by in earlier:
                    then = self._features.before(day + timedelta(days=1), within_days=self._terms.active_days)
                    if by is not None and len(then.ids):
                        made.append(self._note_churn(day, model.version, by, then))
            made.append(self._note_churn(as_of, model.version, pair.serves, known))
        found = self._kept.champion(Predicted.VALUE)
        if found is not None and self._terms.may_serve(found[0]):
            tell("scoring what customers may bring")
            made.append(self._note_value(as_of, found, known))
        return made

    def _note_churn(self, as_of: date, version: str, model: Churn, known: Known) -> PredictionRun:
        probability = model.probability(known.values)
        table = pd.DataFrame(
            {
                "customer_id": known.ids,
                "probability": probability.round(6),
                "at_stake": (probability * np.maximum(known["spent_usual"], 0)).round(2),
                "reasons": reasons(model, known),
            }
        )
        return self._note(Predicted.CHURN, as_of, version, self._terms.churn_days, table)

    def _note_value(self, as_of: date, found: tuple[PredictionModel, bytes | None], known: Known) -> PredictionRun:
        model, kept = found
        if kept is None:
            expected = np.maximum(known["spent"], 0) * model.figures["scale"]
        else:
            found_value = Value.loaded(kept)
            expected = _in_order(found_value.expected(known.values), found_value.ranked(known.values))
        table = pd.DataFrame({"customer_id": known.ids, "expected": expected.round(2)})
        return self._note(Predicted.VALUE, as_of, model.version, self._terms.value_days, table)

    def _note(self, what: Predicted, as_of: date, version: str, days: int, table: pd.DataFrame) -> PredictionRun:
        run = PredictionRun(run_id=0, what=what, model_version=version, as_of=as_of, made_at=self._now, days=days)
        return self._kept.note_run(run, table)

    def _champion_kept(self) -> tuple[PredictionModel, _Pair] | None:
        """The model that serves, unless it was made of other features or speaks of other days."""
        found = self._kept.champion(Predicted.CHURN)
        if found is None or found[1] is None or not self._terms.may_serve(found[0]):
            return None
        return found[0], _Pair.loaded(found[1])

    def _champion(self) -> _Pair | None:
        kept = self._champion_kept()
        return None if kept is None else kept[1]


def _value_figures(known: Sequence[Window], days: int) -> dict[str, float]:
    """What a model of the windows that were over when the last one began shows on that; nothing where none were."""
    test = known[-1]
    before = [one for one in known if one.cutoff + timedelta(days=days) <= test.cutoff]
    try:
        judged = value.fitted(before, days)
    except ValueError:
        return {}
    shares = {
        "model": top_share(judged.ranked(test.known.values), test.revenue),
        PAST_SPEND: top_share(test.known["spent"], test.revenue),
        "oracle": top_share(test.revenue, test.revenue),
    }
    return {name: share for name, share in shares.items() if np.isfinite(share)}


def _before_the_last(known: Sequence[Window], days: int) -> Churn | None:
    """A model of the windows that were over when the last one began; None where nothing can be learned or judged so."""
    last = known[-1]
    left = last.left(days)
    try:
        before = [one for one in known if one.cutoff + timedelta(days=days) <= last.cutoff]
        return churn.fitted(before, days) if left.any() and not left.all() else None
    except ValueError:
        return None


def _not_worse(champion: Churn, challenger: Churn, test: Window, left: Truths) -> tuple[bool, str]:
    """Whether a challenger's errors on a window are not larger than a champion's, but for what may be chance."""
    errors = [(one.probability(test.known.values) - left) ** 2 for one in (champion, challenger)]
    more = errors[1] - errors[0]
    chance = float(more.std() / np.sqrt(len(more))) if len(more) else 0.0
    old, new = (float(one.mean()) for one in errors)
    compared = f"Brier {new:.4f}, and {old:.4f} for the one before, on {test.cutoff} and {test.days} days"
    return new - old <= chance, compared


def _scale(known: Sequence[Window]) -> float:
    """What of all that customers had spent until then they brought again in the days after it, over all windows."""
    spent = sum(float(np.maximum(one.known["spent"], 0).sum()) for one in known)
    brought = sum(float(np.maximum(one.revenue, 0).sum()) for one in known)
    return min(brought / spent, 1.0) if spent else 0.0


def _in_order(expected: Floats, ranked: Floats) -> Floats:
    """The same amounts, the largest for who is ranked first."""
    given = np.empty(len(expected))
    given[np.argsort(ranked, kind="stable")] = np.sort(expected)
    return given
