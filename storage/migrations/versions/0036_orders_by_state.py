"""Orders on their way, and those that were cancelled, by when they were placed. Imported ones are delivered.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
_STATES = ("shipped", "cancelled")


def upgrade() -> None:
    for state in _STATES:
        where = sa.text(f"state = '{state}'")
        op.create_index(f"ix_orders_{state}", "orders", ["placed_at"], schema="shop", postgresql_where=where)


def downgrade() -> None:
    for state in _STATES:
        op.drop_index(f"ix_orders_{state}", "orders", schema="shop")
