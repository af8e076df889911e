"""The warehouse looks up by key what was known of a customer or a product; what the bot says in a ticket answers none.

Revision ID: 0028
Revises: 0027
"""

from alembic import op

revision = "0028"
down_revision = "0027"

_KEYS = {"snap_loyalty": "customer_id", "snap_products": "product_id"}
_TICKET = """
    CREATE OR REPLACE VIEW shop.ticket_times AS
    SELECT ticket_id, channel, opened_at, resolved_at, (
        SELECT min(at) FROM pii.ticket_note n WHERE n.ticket_id = t.ticket_id AND author NOT IN ({nobody})
    ) AS first_answer_at
    FROM chat.ticket t
"""


def upgrade() -> None:
    for table, key in _KEYS.items():
        op.create_index(f"ix_{table}_{key}", table, [key], schema="raw")
    op.execute(_TICKET.format(nobody="'customer', 'bot'"))


def downgrade() -> None:
    op.execute(_TICKET.format(nobody="'customer'"))
    for table, key in _KEYS.items():
        op.drop_index(f"ix_{table}_{key}", table, schema="raw")
