"""How many customers each run of predictions holds at risk, and for how much, is known without counting them.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

# By tenths of the probability: 0 is below 0.1, 9 is from 0.9 on.
_COUNTED = """
    SELECT run_id, width_bucket(probability, ARRAY[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]::double precision[])
        AS tenth, count(*) AS customers, sum(at_stake) AS at_stake
    FROM {rows} GROUP BY 1, 2
"""
# In the order of the key, so that no two wait for each other; of a run that is going nothing is kept.
_TRIGGERS = f"""
    CREATE FUNCTION raw.keep_churn_totals() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN
        INSERT INTO raw.prediction_churn_total AS t (run_id, tenth, customers, at_stake)
        SELECT run_id, tenth, sign * customers, sign * at_stake FROM ({_COUNTED.format(rows="changed")}) AS counted
        WHERE run_id IN (SELECT run_id FROM raw.prediction_run) ORDER BY run_id, tenth
        ON CONFLICT (run_id, tenth) DO UPDATE
        SET customers = t.customers + excluded.customers, at_stake = t.at_stake + excluded.at_stake;
        RETURN NULL;
    END $$;
    CREATE TRIGGER came AFTER INSERT ON raw.prediction_churn REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_churn_totals();
    CREATE TRIGGER went AFTER DELETE ON raw.prediction_churn REFERENCING OLD TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_churn_totals()
"""  # noqa: S608 - ours


def upgrade() -> None:
    op.create_table(
        "prediction_churn_total",
        sa.Column("run_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("tenth", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("customers", sa.BigInteger, nullable=False),
        sa.Column("at_stake", sa.Numeric(18, 2), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["raw.prediction_run.run_id"], ondelete="CASCADE"),
        schema="raw",
    )
    op.execute(f"INSERT INTO raw.prediction_churn_total {_COUNTED.format(rows='raw.prediction_churn')}")
    op.execute(_TRIGGERS)


def downgrade() -> None:
    for when in ("came", "went"):
        op.execute(f"DROP TRIGGER {when} ON raw.prediction_churn")
    op.execute("DROP FUNCTION raw.keep_churn_totals")
    op.drop_table("prediction_churn_total", schema="raw")
