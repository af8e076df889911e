"""Inventory files that were checked in a chat wait for the button that imports them.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.create_table(
        "checked_file",
        sa.Column("file_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("difference", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        schema="raw",
    )


def downgrade() -> None:
    op.drop_table("checked_file", schema="raw")
