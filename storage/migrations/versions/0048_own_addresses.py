"""Where a customer lives, among the addresses that are kept of them.

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.add_column("address", sa.Column("own_since", sa.DateTime(timezone=True)), schema="pii")


def downgrade() -> None:
    op.drop_column("address", "own_since", schema="pii")
