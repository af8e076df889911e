"""What waits to be posted into a ticket's thread is marked, so that much of one conversation is joined into one post.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


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


def downgrade() -> None:
    op.drop_index("ix_ticket_note_waits", "ticket_note", schema="pii")
    op.drop_column("ticket_note", "waits", schema="pii")
