"""Models and runs of predictions as they are kept: what was fitted, what is served, what each run said."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on

from domain.records.predictions import Predicted, PredictionModel, PredictionRun
from storage.copying import copy
from storage.tables import (
    prediction_churn,
    prediction_demand,
    prediction_model,
    prediction_run,
    prediction_value,
)

if TYPE_CHECKING:
    import pandas as pd  # who keeps scores has it; who reads them needs none

_SCORES = {Predicted.CHURN: prediction_churn, Predicted.VALUE: prediction_value, Predicted.DEMAND: prediction_demand}
# Their orders are still in the marts, under a number that leads to nobody.
_FORGOTTEN = [
    text(f"""
        DELETE FROM raw.prediction_{what} p USING shop.customer c
        WHERE c.customer_id = p.customer_id
            AND NOT EXISTS (SELECT FROM pii.email_lookup l WHERE l.hashed_email = c.hashed_email)
    """)  # noqa: S608 - our own names
    for what in (Predicted.CHURN, Predicted.VALUE)
]
_KEPT_NIGHTS = 8  # runs of each night; of the time before, one a week
_KEPT_WEEKS = timedelta(weeks=27)
_NEWEST_FIRST = (prediction_run.c.as_of.desc(), prediction_run.c.run_id.desc())
_MODEL = [column for column in prediction_model.c if column.name not in ("model_id", "fitted")]


class PostgresPredictions:
    """What is kept of predictions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note_model(self, model: PredictionModel, fitted: bytes | None) -> None:
        """Keeps a model; of those that do not serve, or not any more, the figures only."""
        row = {
            "what": str(model.what),
            "version": model.version,
            "cutoff": model.cutoff,
            "fitted_at": model.fitted_at,
            "chosen": model.chosen,
            "figures": dict(model.figures),
            "fitted": fitted if model.chosen else None,
        }
        self._connection.execute(insert(prediction_model).values(row))
        if model.chosen:
            before = (prediction_model.c.what == str(model.what)) & (prediction_model.c.version != model.version)
            self._connection.execute(update(prediction_model).where(before).values(fitted=None))

    def champion(self, what: Predicted) -> tuple[PredictionModel, bytes | None] | None:
        """The model that is served, and how to load it; None where none was fitted."""
        newest = select(*_MODEL, prediction_model.c.fitted).where(
            prediction_model.c.what == str(what), prediction_model.c.chosen
        )
        row = self._connection.execute(newest.order_by(prediction_model.c.model_id.desc()).limit(1)).first()
        return None if row is None else (_model(row), row.fitted)

    def models(self, what: Predicted, count: int) -> list[PredictionModel]:
        """The latest that were fitted, whether they were chosen or not, the newest first."""
        newest = (
            select(*_MODEL).where(prediction_model.c.what == str(what)).order_by(prediction_model.c.model_id.desc())
        )
        return [_model(row) for row in self._connection.execute(newest.limit(count))]

    def note_run(self, run: PredictionRun, scores: "pd.DataFrame") -> PredictionRun:
        """Keeps a run with all its scores, a column for each but the run's number, which is made here and returned."""
        values = {column: getattr(run, column) for column in ("model_version", "as_of", "made_at", "days")}
        new = insert(prediction_run).values(what=str(run.what), **values).returning(prediction_run.c.run_id)
        run_id: int = self._connection.execute(new).scalar_one()
        into = f"{_SCORES[run.what].fullname} ({', '.join(scores.columns)}, run_id)"
        copy(self._connection, into, [scores.assign(run_id=run_id).to_csv(index=False, header=False).encode()])
        self._take_out_the_forgotten()
        return replace(run, run_id=run_id)

    def last_run(self, what: Predicted, up_to: date | None = None) -> PredictionRun | None:
        """The run that is served; or that of the latest day up to one."""
        newest = select(prediction_run).where(prediction_run.c.what == str(what)).order_by(*_NEWEST_FIRST).limit(1)
        if up_to is not None:
            newest = newest.where(prediction_run.c.as_of <= up_to)
        row = self._connection.execute(newest).first()
        return None if row is None else _run(row)

    def scored(self, run_id: int, what: Predicted) -> int:
        """How many scores a run has."""
        table = _SCORES[what]
        counted = select(func.count()).select_from(table).where(table.c.run_id == run_id)
        return int(self._connection.execute(counted).scalar_one())

    def sweep(self, today: date) -> None:
        """Forgets runs but those of the last nights, one of each week before, and who was forgotten meanwhile."""
        self._take_out_the_forgotten()
        newest = self._newest_of_each_day()
        last = {what: max((run.as_of for run in newest if run.what is what), default=today) for what in Predicted}
        kept, weeks = set(), set()
        for run in newest:
            age = last[run.what] - run.as_of
            week = (run.what, run.as_of.isocalendar()[:2])
            if age < timedelta(days=_KEPT_NIGHTS):
                kept.add(run.run_id)
            elif week not in weeks and age <= _KEPT_WEEKS:
                weeks.add(week)
                kept.add(run.run_id)
        gone = delete(prediction_run).where(prediction_run.c.run_id.not_in(kept))
        self._connection.execute(gone)

    def _take_out_the_forgotten(self) -> None:
        for statement in _FORGOTTEN:
            self._connection.execute(statement)

    def _newest_of_each_day(self) -> list[PredictionRun]:
        """The last run of each day and kind, the newest day first."""
        each = select(prediction_run).ext(distinct_on(prediction_run.c.what, prediction_run.c.as_of))
        rows = self._connection.execute(each.order_by(prediction_run.c.what, *_NEWEST_FIRST))
        return sorted(map(_run, rows), key=lambda run: run.as_of, reverse=True)


def _model(row: Any) -> PredictionModel:
    return PredictionModel(
        what=Predicted(row.what),
        version=row.version,
        cutoff=row.cutoff,
        fitted_at=row.fitted_at,
        chosen=row.chosen,
        figures=row.figures,
    )


def _run(row: Any) -> PredictionRun:
    return PredictionRun(
        run_id=row.run_id,
        what=Predicted(row.what),
        model_version=row.model_version,
        as_of=row.as_of,
        made_at=row.made_at,
        days=row.days,
    )
