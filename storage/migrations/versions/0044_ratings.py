"""How customers rated their orders.

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("order_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("score", sa.SmallInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_from_1_to_5"),
        schema="shop",
    )


def downgrade() -> None:
    op.drop_table("rating", schema="shop")
