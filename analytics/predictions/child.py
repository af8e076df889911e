"""The process in which models are fitted and everybody is scored; it says line by line, as JSON, how that goes.

First it says `{"ready": true}`, or `{"busy": true}` where the warehouse is being built. Then it reads what is wanted.
"""

import json
import os
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine

from analytics.children import URL
from analytics.predictions import products
from analytics.predictions.classes import ServiceLevels
from analytics.predictions.customers import Customers, NothingToLearnFrom
from analytics.predictions.terms import CustomerTerms, ProductTerms
from domain.records.predictions import Predicted, PredictionRun
from nlu.processes import die_with_parent
from storage.locks import keep_builds_out
from storage.queries.customer_features import CustomerFeatures
from storage.queries.predictions import PostgresPredictions
from storage.queries.product_weeks import product_weeks
from storage.repositories.supply import PostgresSupply
from storage.server.database import app_engine

_POLITE = 10  # a turn goes before it


def say(**said: Any) -> None:
    """One line to the parent."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def renew(engine: Engine, wanted: Mapping[str, Any]) -> None:
    """Fits and scores customers, then products, each in a transaction of its own; one that fails keeps not the other.

    Raises:
        Exception: what the first that failed did.
    """
    as_of, now = date.fromisoformat(wanted["as_of"]), datetime.fromisoformat(wanted["now"])
    failures = []
    for part in (_renew_customers, _score_products):
        try:
            with engine.begin() as connection:
                part(connection, wanted, as_of, now)
        except Exception as error:  # whatever it is, it is raised in the end
            failures.append(error)
    with engine.begin() as connection:
        PostgresPredictions(connection).sweep(as_of)
    if failures:
        raise failures[0]


def _renew_customers(connection: Connection, wanted: Mapping[str, Any], as_of: date, now: datetime) -> None:
    kept = PostgresPredictions(connection)
    customers = Customers(CustomerFeatures(connection), kept, CustomerTerms(**wanted["customers"]), now)
    for what, fit in ((Predicted.CHURN, customers.fit_churn), (Predicted.VALUE, customers.fit_value)):
        if what not in wanted["fit"]:
            continue
        try:
            fitted = fit(as_of, _doing)
        except NothingToLearnFrom as error:
            say(left_out=str(error))
        else:
            model = fitted.model
            told = {"version": model.version, "chosen": model.chosen, "figures": dict(model.figures)}
            say(fit={"what": str(what), "said": fitted.said, **told})
    for run in customers.score(as_of, _doing):
        _said(kept, run)


def _score_products(connection: Connection, wanted: Mapping[str, Any], as_of: date, now: datetime) -> None:
    kept = PostgresPredictions(connection)
    said = wanted["products"]
    terms = ProductTerms(**{**said, "service": ServiceLevels(**said["service"])})
    _doing("reading what was wanted of products")
    weeks = product_weeks(connection, as_of, products.CLASS_WEEKS)
    if not len(weeks.product_ids):
        say(left_out="there are no products")
        return
    lead = {
        supplier: agreed.lead_days
        for supplier, agreed in PostgresSupply(connection).terms().items()
        if agreed.lead_days is not None
    }
    _said(kept, kept.note_run(*products.score(weeks, lead, terms, as_of, now, _doing)))


def _said(kept: PostgresPredictions, run: PredictionRun) -> None:
    scores = kept.scored(run.run_id, run.what)
    say(
        run={
            "what": str(run.what),
            "as_of": run.as_of.isoformat(),
            "version": run.model_version,
            "scores": scores,
        }
    )


def _doing(doing: str) -> None:
    say(doing=doing)


def main() -> None:
    """Runs until what is wanted is done."""
    die_with_parent()
    os.nice(_POLITE)
    engine = app_engine(os.environ.pop(URL), pool_size=2)
    with engine.begin() as guard:
        if not keep_builds_out(guard):
            say(busy=True)
            return
        say(ready=True)
        try:
            renew(engine, json.loads(sys.stdin.readline()))
        except Exception as error:
            say(failure=type(error).__name__)  # its words may quote rows
            raise
    say(succeeded=True)
    engine.dispose()


if __name__ == "__main__":
    main()
