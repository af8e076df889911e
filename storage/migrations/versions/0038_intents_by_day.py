"""A conversation's day knows which intents its turns had.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.add_column(
        "conversation_day", sa.Column("intents", JSONB, nullable=False, server_default=sa.text("'{}'")), schema="shop"
    )


def downgrade() -> None:
    op.drop_column("conversation_day", "intents", schema="shop")
