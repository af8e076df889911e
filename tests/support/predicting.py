"""Predictions of demand as the nightly scoring leaves them, for tests of what reads them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import text

AS_OF = date(2026, 5, 11)
MADE_AT = datetime(2026, 5, 12, 9, 31, tzinfo=UTC)
USUAL = {
    "weekly_demand": 7,
    "weekly_deviation": 2,
    "lost_weekly": 0,
    "weeks": 40,
    "abc": "A",
    "xyz": "X",
    "service_level": 0.95,
    "lead_days": 14,
    "reorder_point": 20,
    "order_up_to": 40,
}


def predict(database: Database, products: dict[str, dict[str, Any]], as_of: date = AS_OF) -> None:
    """One run; each product has `USUAL` figures but for those that are named."""
    with database.begin() as connection:
        run_id = connection.execute(
            text("""
                INSERT INTO raw.prediction_run (what, model_version, as_of, made_at)
                VALUES ('demand', 'test', :as_of, :at) RETURNING run_id
            """),
            {"as_of": as_of, "at": MADE_AT},
        ).scalar_one()
        for product_id, figures in products.items():
            values = {"run_id": run_id, "product_id": product_id} | USUAL | figures
            connection.execute(
                text(
                    f"INSERT INTO raw.prediction_demand ({', '.join(values)}) "
                    f"VALUES ({', '.join(f':{name}' for name in values)})"
                ),
                values,
            )


def predict_churn(database: Database, as_of: date, said: dict[int, tuple[float, str, str]], days: int = 45) -> None:
    """One run: of each customer the probability of leaving, what is at stake, and why."""
    with database.begin() as connection:
        run_id = connection.execute(
            text("""
                INSERT INTO raw.prediction_run (what, model_version, as_of, made_at, days)
                VALUES ('churn', 'test', :as_of, :at, :days) RETURNING run_id
            """),
            {"as_of": as_of, "at": MADE_AT, "days": days},
        ).scalar_one()
        for customer_id, (probability, at_stake, reasons) in said.items():
            connection.execute(
                text("INSERT INTO raw.prediction_churn VALUES (:run, :customer, :probability, :at_stake, :reasons)"),
                {
                    "run": run_id,
                    "customer": customer_id,
                    "probability": probability,
                    "at_stake": at_stake,
                    "reasons": reasons,
                },
            )
