"""Customers whom staff collects for a campaign; jobs that are enqueued although nobody can be told of them.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

# Whoever may connect can fill the queue of notifications, and then nobody's transaction that notifies can end. So jobs
# notify only while there is much room; without it workers look for them by themselves.
_NOTIFY = """
    CREATE OR REPLACE FUNCTION jobs.procrastinate_notify_queue_{event}_v1() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        payload TEXT;
    BEGIN
        SELECT json_build_object('type', '{kind}', 'job_id', NEW.id)::text INTO payload;
        {only_if}
            PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
            PERFORM pg_notify('procrastinate_any_queue_v1', payload);
        {end_if}
        RETURN NEW;
    END;
    $$
"""
_KINDS = {"job_inserted": "job_inserted", "abort_job": "abort_job_requested"}


def upgrade() -> None:
    op.create_table(
        "audience_member",
        sa.Column("hashed_email", sa.Text, primary_key=True),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema="chat",
    )
    for event, kind in _KINDS.items():
        room = "IF pg_notification_queue_usage() < 0.5 THEN"
        op.execute(_NOTIFY.format(event=event, kind=kind, only_if=room, end_if="END IF;"))


def downgrade() -> None:
    for event, kind in _KINDS.items():
        op.execute(_NOTIFY.format(event=event, kind=kind, only_if="", end_if=""))
    op.drop_table("audience_member", schema="chat")
