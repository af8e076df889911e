"""Keeps predictions fresh: a process of its own fits the models once a week, and scores everybody each night."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from analytics.children import Child
from analytics.predictions.terms import PredictionTerms, Tell, untold
from domain.ports import Clock
from domain.records.predictions import Predicted, PredictionModel, PredictionRun
from storage.queries.builds import PostgresBuilds
from storage.queries.predictions import PostgresPredictions

FIT_EVERY = timedelta(days=6, hours=12)  # a nightly run finds it due on the seventh night
_MODULE = "analytics.predictions.child"


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A model that was fitted: of what, whether it serves, how that was decided, and what it showed."""

    what: Predicted
    version: str
    chosen: bool
    said: str
    figures: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A run: of what, up to which day, by which model, and how many scores."""

    what: Predicted
    as_of: date
    version: str
    scores: int


@dataclass(frozen=True, kw_only=True)
class Predicting:
    """What was done: models that were fitted, runs, and what could not be, in words."""

    fits: Sequence[Fit]
    runs: Sequence[Scored]
    left_out: Sequence[str]


class NotPredicted(Exception):
    """The process broke off; with what it said last."""


class Predictions:
    """The predictions of one shop."""

    def __init__(self, database: Engine, url: str, clock: Clock, terms: PredictionTerms) -> None:
        """`database` is in the shop's role; `url` names a user who may act in it."""
        self._database = database
        self._url = url
        self._clock = clock
        self.terms = terms
        self._running: Child | None = None

    def renew(self, *, fit: bool = False, tell: Tell = untold) -> Predicting | None:
        """Fits what is due, or everything, and scores everybody up to the day that the warehouse knows.

        Returns:
            What was done; None where there is no warehouse yet.

        Raises:
            AlreadyBuilding: the warehouse is being built, or somebody else predicts.
            CutOff: it was stopped.
            NotPredicted: it broke off.
        """
        now = self._clock.now()
        with self._database.connect() as connection:
            good = PostgresBuilds(connection).last_good()
            kept = PostgresPredictions(connection)
            latest = {what: kept.models(what, 1) for what in (Predicted.CHURN, Predicted.VALUE)}
        if good is None:
            return None
        due = [what for what, found in latest.items() if fit or not found or self._is_due(found[0], now)]
        wanted = {
            "as_of": good.as_of.isoformat(),
            "now": now.isoformat(),
            "fit": [str(what) for what in due],
            "customers": asdict(self.terms.customers),
            "products": asdict(self.terms.products),
        }
        with self._child() as child:
            return _heard(child.ask(**wanted), tell)

    def models(self, what: Predicted, count: int = 1) -> list[PredictionModel]:
        """The latest models of a kind, the newest first."""
        with self._database.connect() as connection:
            return PostgresPredictions(connection).models(what, count)

    def last_run(self, what: Predicted) -> PredictionRun | None:
        """The run that is served."""
        with self._database.connect() as connection:
            return PostgresPredictions(connection).last_run(what)

    def stop(self) -> None:
        """Ends what runs, if something does."""
        if self._running is not None:
            self._running.stop()

    def _is_due(self, latest: PredictionModel, now: datetime) -> bool:
        """Whether to fit anew: the latest, chosen or not, is old, or of other features or days."""
        return now - latest.fitted_at > FIT_EVERY or not self.terms.customers.may_serve(latest)

    @contextmanager
    def _child(self) -> Iterator[Child]:
        """A process that `stop` reaches."""
        with Child.started(self._url, _MODULE) as child:
            self._running = child
            try:
                yield child
            finally:
                self._running = None


def _heard(said: Iterable[dict[str, object]], tell: Tell) -> Predicting:
    fits, runs, left_out, ended, failure = [], [], [], False, "it ended without a word"
    for line in said:
        match line:
            case {"doing": str(doing)}:
                tell(doing)
            case {"fit": dict(fit)}:
                fits.append(Fit(**{**fit, "what": Predicted(fit["what"])}))
            case {"run": dict(run)}:
                runs.append(
                    Scored(**{**run, "what": Predicted(run["what"]), "as_of": date.fromisoformat(run["as_of"])})
                )
            case {"left_out": str(words)}:
                left_out.append(words)
            case {"failure": str(words)}:
                failure = words
            case {"succeeded": True}:
                ended = True
    if not ended:
        raise NotPredicted(failure)
    return Predicting(fits=fits, runs=runs, left_out=left_out)
