"""A mail about an order knows when its reader answered it by cancelling through its link.

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.add_column("notification", sa.Column("answered_at", sa.DateTime(timezone=True)), schema="chat")


def downgrade() -> None:
    op.drop_column("notification", "answered_at", schema="chat")
