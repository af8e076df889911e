"""A conversation, and where an order was made, say whether others read along: the channel says so, no id's spelling."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# A direct chat's id begins with D in Slack, and with no minus sign in Telegram.
_PUBLIC = "(channel = 'slack' AND chat_id NOT LIKE 'D%') OR (channel = 'telegram' AND chat_id LIKE '-%')"


def upgrade() -> None:
    for table in ("conversation", "order_chat"):
        op.add_column(table, sa.Column("public", sa.Boolean, nullable=False, server_default=sa.false()), schema="chat")
        op.execute(f"UPDATE chat.{table} SET public = true WHERE {_PUBLIC}")  # noqa: S608 - our own words


def downgrade() -> None:
    for table in ("conversation", "order_chat"):
        op.drop_column(table, "public", schema="chat")
