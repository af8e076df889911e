"""Predictions: models as they were fitted, runs that scored with them, and what each run said.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

Moment = sa.DateTime(timezone=True)
_KINDS = "what IN ('churn', 'value', 'demand')"


def upgrade() -> None:
    op.create_table(
        "prediction_model",
        sa.Column("model_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("cutoff", sa.Date, nullable=False),
        sa.Column("fitted_at", Moment, nullable=False),
        sa.Column("chosen", sa.Boolean, nullable=False),
        sa.Column("figures", sa.dialects.postgresql.JSONB, nullable=False),
        sa.Column("fitted", sa.LargeBinary),
        sa.CheckConstraint(_KINDS, name="known_kind"),
        sa.Index("ix_prediction_model_what", "what", "model_id"),
        schema="raw",
    )
    op.create_table(
        "prediction_run",
        sa.Column("run_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("model_version", sa.Text, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("days", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint(_KINDS, name="known_kind"),
        sa.Index("ix_prediction_run_what", "what", "as_of", "run_id"),
        schema="raw",
    )
    for name, columns in {
        "churn": (
            sa.Column("customer_id", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column("probability", sa.Double, nullable=False),
            sa.Column("at_stake", sa.Numeric(18, 2), nullable=False),
            sa.Column("reasons", sa.Text, nullable=False),
            sa.CheckConstraint("probability BETWEEN 0 AND 1", name="probability"),
            sa.Index("ix_prediction_churn_customer_id", "customer_id"),
        ),
        "value": (
            sa.Column("customer_id", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column("expected", sa.Numeric(18, 2), nullable=False),
            sa.Index("ix_prediction_value_customer_id", "customer_id"),
        ),
        "demand": (
            sa.Column("product_id", sa.Text, primary_key=True),
            sa.Column("weekly_demand", sa.Numeric(14, 3), nullable=False),
            sa.Column("weekly_deviation", sa.Numeric(14, 3), nullable=False),
            sa.Column("lost_weekly", sa.Numeric(14, 3), nullable=False),
            sa.Column("weeks", sa.Integer, nullable=False),
            sa.Column("abc", sa.Text, nullable=False),
            sa.Column("xyz", sa.Text, nullable=False),
            sa.Column("service_level", sa.Double, nullable=False),
            sa.Column("lead_days", sa.Integer, nullable=False),
            sa.Column("reorder_point", sa.BigInteger, nullable=False),
            sa.Column("order_up_to", sa.BigInteger, nullable=False),
        ),
    }.items():
        op.create_table(
            f"prediction_{name}",
            sa.Column("run_id", sa.BigInteger, primary_key=True, autoincrement=False),
            *columns,
            sa.ForeignKeyConstraint(["run_id"], ["raw.prediction_run.run_id"], ondelete="CASCADE"),
            schema="raw",
        )


def downgrade() -> None:
    for name in ("demand", "value", "churn", "run", "model"):
        op.drop_table(f"prediction_{name}", schema="raw")
