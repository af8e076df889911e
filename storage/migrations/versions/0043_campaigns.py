"""Campaigns and automations with their members, and what became of their messages.

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0043"
down_revision = "0042"

_MOMENT = sa.DateTime(timezone=True)
# What went out before goes on: carts that were left, now with a group to compare with, and what was asked to be told.
_GOING_ON = """
    INSERT INTO chat.campaign (kind, name, state, audience, subject, words, product_ids, hold_out, usual_hour, in_chat,
                               window_days, made_by, made_at, approved_by, started_at)
    SELECT kind, kind, 'running', '{}', '', '', '{}', hold_out, false, true, 7, '', now(), '', now()
    FROM (VALUES ('cart_left', 0.1), ('back_in_stock', 0)) AS automations (kind, hold_out)
"""
_ON_NOTIFICATION = ("opened_at", "clicked_at", "unsubscribed_at")


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("campaign_id", sa.BigInteger, sa.Identity(), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "name", "state")),
        sa.Column("audience", JSONB, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("subject", "words")),
        sa.Column("product_ids", ARRAY(sa.Text), nullable=False),
        sa.Column("promotion_id", sa.BigInteger),
        sa.Column("hold_out", sa.Numeric(4, 3), nullable=False),
        sa.Column("starts_at", _MOMENT),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("usual_hour", "in_chat")),
        sa.Column("window_days", sa.Integer, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        *(sa.Column(name, _MOMENT) for name in ("approved_at", "started_at", "ended_at")),
        sa.CheckConstraint("hold_out >= 0 AND hold_out <= 0.5", name="hold_out_share"),
        sa.CheckConstraint("window_days BETWEEN 1 AND 365", name="window_days"),
        schema="chat",
    )
    op.create_index(
        "uq_campaign_automation",
        "campaign",
        ["kind"],
        unique=True,
        postgresql_where=sa.text("kind <> 'campaign'"),
        schema="chat",
    )
    op.execute(_GOING_ON)
    op.create_table(
        "campaign_member",
        sa.Column("member_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("campaign_id", sa.BigInteger, sa.ForeignKey("chat.campaign.campaign_id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("hashed_email", "occasion", "arm")),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT),
        sa.Column("at", _MOMENT, nullable=False),
        sa.CheckConstraint("arm IN ('treated', 'held_out')", name="known_arm"),
        sa.CheckConstraint("arm = 'treated' OR next_at IS NULL", name="held_out_is_not_due"),
        sa.UniqueConstraint("campaign_id", "hashed_email", "occasion"),
        schema="chat",
    )
    op.create_index(
        "ix_campaign_member_due",
        "campaign_member",
        ["campaign_id", "next_at"],
        postgresql_where=sa.text("next_at IS NOT NULL"),
        schema="chat",
    )
    op.create_index("ix_campaign_member_hashed_email", "campaign_member", ["hashed_email"], schema="chat")
    op.create_table(
        "ideas_chat",
        sa.Column("hashed_email", sa.Text, primary_key=True),
        sa.Column("identity_id", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("channel", "chat_id", "sender_id")),
        sa.Column("at", _MOMENT, nullable=False),
        schema="chat",
    )
    op.create_index("ix_ideas_chat_identity_id", "ideas_chat", ["identity_id"], schema="chat")
    op.add_column("notification", sa.Column("campaign_id", sa.BigInteger), schema="chat")
    for name in _ON_NOTIFICATION:
        op.add_column("notification", sa.Column(name, _MOMENT), schema="chat")
    op.create_index(
        "ix_notification_campaign_id",
        "notification",
        ["campaign_id"],
        postgresql_where=sa.text("campaign_id IS NOT NULL"),
        schema="chat",
    )


def downgrade() -> None:
    op.drop_index("ix_notification_campaign_id", "notification", schema="chat")
    for name in ("campaign_id", *_ON_NOTIFICATION):
        op.drop_column("notification", name, schema="chat")
    for table in ("ideas_chat", "campaign_member", "campaign"):
        op.drop_table(table, schema="chat")
