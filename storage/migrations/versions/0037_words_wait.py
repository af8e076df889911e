"""What waits to be posted into a ticket's thread is marked; conversations know an e-mail that came with a proof.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column(
        "ticket_note", sa.Column("waits", sa.Boolean, nullable=False, server_default=sa.false()), schema="pii"
    )
    op.create_index(
        "ix_ticket_note_waits", "ticket_note", ["ticket_id", "note_id"], schema="pii", postgresql_where=sa.text("waits")
    )
    # Until now each had a job of its own.
    op.execute("""
        UPDATE pii.ticket_note SET waits = true WHERE note_id IN (
            SELECT CAST(args ->> 'note_id' AS bigint) FROM jobs.procrastinate_jobs
            WHERE task_name = 'relay_note' AND status IN ('todo', 'doing', 'failed'))
    """)
    # Until now a channel's word stood for orders, whatever was proven by a code after it.
    op.execute("""
        UPDATE chat.conversation c SET state = state || '{"email_from_proof": true}' FROM chat.identity i
        WHERE i.identity_id = c.identity_id AND i.proven_by = c.channel AND c.state ->> 'hashed_email' = i.proven_email
    """)


def downgrade() -> None:
    op.execute("UPDATE chat.conversation SET state = state - 'email_from_proof' WHERE state ? 'email_from_proof'")
    op.drop_index("ix_ticket_note_waits", "ticket_note", schema="pii")
    op.drop_column("ticket_note", "waits", schema="pii")
