"""When support answered a ticket first is kept with it: what was written goes a while after it is resolved.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_OF_NOTES = (
    "(SELECT min(at) FROM pii.ticket_note n WHERE n.ticket_id = t.ticket_id AND author NOT IN ('customer', 'bot'))"
)
_TICKET = """
    CREATE OR REPLACE VIEW shop.ticket_times AS
    SELECT ticket_id, channel, opened_at, resolved_at, {first} AS first_answer_at,
        CASE WHEN about LIKE 'asked for a person%' THEN 'asked for a person'
             WHEN about ~ '^[a-z_]+(, [a-z_]+)*(;|$)' THEN substring(about FROM '^[a-z_]+') ELSE 'other' END AS topic
    FROM chat.ticket t
"""


def upgrade() -> None:
    op.add_column("ticket", sa.Column("first_answer_at", sa.DateTime(timezone=True)), schema="chat")
    op.execute(f"UPDATE chat.ticket t SET first_answer_at = {_OF_NOTES}")  # noqa: S608 - ours
    op.execute(_TICKET.format(first="first_answer_at"))


def downgrade() -> None:
    op.execute(_TICKET.format(first=_OF_NOTES))
    op.drop_column("ticket", "first_answer_at", schema="chat")
