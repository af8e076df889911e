"""Files that branches hand in: each once, with what became of it, and each of its rows; a help desk's tickets.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

# What a ticket is about is noted as kinds of complaints, first the worst; no words of anybody.
_TICKET = """
    CREATE OR REPLACE VIEW shop.ticket_times AS
    SELECT ticket_id, channel, opened_at, resolved_at, (
        SELECT min(at) FROM pii.ticket_note n WHERE n.ticket_id = t.ticket_id AND author NOT IN ('customer', 'bot')
    ) AS first_answer_at{topic}
    FROM chat.ticket t
"""
_TOPIC = """,
    CASE WHEN about LIKE 'asked for a person%' THEN 'asked for a person'
         WHEN about ~ '^[a-z_]+(, [a-z_]+)*(;|$)' THEN substring(about FROM '^[a-z_]+') ELSE 'other' END AS topic
"""


def upgrade() -> None:
    op.create_table(
        "ingested_file",
        sa.Column("file_id", sa.BigInteger, sa.Identity(), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("source", "name", "kind", "stamp", "digest")),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "kept_at", "said")),
        *(sa.Column(name, sa.BigInteger, nullable=False, server_default="0") for name in ("rows", "removed")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.CheckConstraint("state IN ('loaded', 'quarantined', 'replaced', 'known')", name="known_state"),
        schema="raw",
    )
    op.create_index("ix_ingested_file_source_name", "ingested_file", ["source", "name", "stamp"], schema="raw")
    op.create_index("ix_ingested_file_digest", "ingested_file", ["digest"], schema="raw")
    op.create_table(
        "ingested_row",
        sa.Column("file_id", sa.BigInteger, sa.ForeignKey("raw.ingested_file.file_id"), primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("brought", sa.Boolean, nullable=False),
        schema="raw",
    )
    op.create_index("ix_ingested_row_subject", "ingested_row", ["subject"], schema="raw")
    op.create_table(
        "help_desk_ticket",
        sa.Column("reference", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("topic", "channel")),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in ("first_answer_at", "resolved_at")),
        schema="raw",
    )
    op.execute(_TICKET.format(topic=_TOPIC))


def downgrade() -> None:
    op.execute("DROP VIEW shop.ticket_times")
    op.execute(_TICKET.format(topic=""))
    op.drop_table("help_desk_ticket", schema="raw")
    op.drop_table("ingested_row", schema="raw")
    op.drop_table("ingested_file", schema="raw")
