"""Replies keep what their channel calls them, as long as a later answer may end their buttons."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("sent_as", sa.Text), schema="pii")
    op.add_column("delivery", sa.Column("question", sa.Text), schema="pii")
    op.create_index(
        "ix_delivery_sent_as",
        "delivery",
        ["channel", "chat_id", "sender_id"],
        schema="pii",
        postgresql_where=sa.text("sent_as IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_sent_as", table_name="delivery", schema="pii")
    op.drop_column("delivery", "question", schema="pii")
    op.drop_column("delivery", "sent_as", schema="pii")
