"""Keys by which other programs ask the shop.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "api_key",
        sa.Column("key_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("per_minute", sa.Integer, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("revoked_at", moment),
        sa.Column("used_at", moment),
        schema="chat",
    )
    op.create_index(
        "api_key_name", "api_key", ["name"], unique=True, schema="chat", postgresql_where=sa.text("revoked_at IS NULL")
    )


def downgrade() -> None:
    op.drop_table("api_key", schema="chat")
