"""Scores products: what of each is wanted in a week, its class, and from which stock on how much is to be ordered."""

from datetime import date, datetime

import numpy as np
import pandas as pd

from analytics.predictions.classes import abc, spread, xyz
from analytics.predictions.demand import levels
from analytics.predictions.terms import ProductTerms, Tell, untold
from domain.records.predictions import Predicted, PredictionRun
from storage.queries.product_weeks import ProductWeeks

VERSION = "demand 1"
COLUMNS = (
    "product_id",
    "weekly_demand",
    "weekly_deviation",
    "lost_weekly",
    "weeks",
    "abc",
    "xyz",
    "service_level",
    "lead_days",
    "reorder_point",
    "order_up_to",
)
CLASS_WEEKS = 26  # of revenue, and of demand that swings or not


def score(
    weeks: ProductWeeks, lead_days: dict[str, int], terms: ProductTerms, as_of: date, now: datetime, tell: Tell = untold
) -> tuple[PredictionRun, pd.DataFrame]:
    """A run and its scores, by `COLUMNS`.

    Args:
        weeks: what was wanted, up to the end of `as_of`.
        lead_days: of suppliers that say so.
        terms: for the others, and how often the stock may run out.
        as_of: the last day that counts.
        now: when the run is made.
        tell: hears what is being done.
    """
    tell("scoring what is wanted of products")
    wanted = weeks.sold + weeks.lost
    lead = np.array([lead_days.get(supplier, terms.lead_days) for supplier in weeks.suppliers], dtype=np.int64)
    classes = abc(weeks.revenue)
    service = terms.service.of(classes)
    found = levels(wanted, lead, service, review_days=terms.review_days, listed=weeks.listed)
    lately = wanted[:, -CLASS_WEEKS:]
    known = wanted.shape[1] - np.minimum(weeks.listed, wanted.shape[1])
    counted = np.minimum(known, lately.shape[1])  # what came lately is judged by its own weeks
    lost, deviation = spread(weeks.lost[:, -CLASS_WEEKS:], counted)[0], spread(lately, counted)[1]
    table = pd.DataFrame(
        {
            "product_id": weeks.product_ids,
            "weekly_demand": found.weekly_demand.round(3),
            "weekly_deviation": deviation.round(3),
            "lost_weekly": lost.round(3),
            "weeks": known,
            "abc": classes,
            "xyz": xyz(lately, weeks=counted),
            "service_level": found.service,
            "lead_days": lead,
            "reorder_point": found.reorder_point,
            "order_up_to": found.order_up_to,
        }
    )
    run = PredictionRun(
        run_id=0, what=Predicted.DEMAND, model_version=VERSION, as_of=as_of, made_at=now, days=terms.review_days
    )
    return run, table[list(COLUMNS)]
