"""What is sent to customers: outcomes, consent, proofs of e-mails, and where orders were made."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "notification",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("marketing", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("hashed_email", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("tried_at", _MOMENT),
        sa.Column("settled_at", _MOMENT),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notification")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notification_message_id")),
        schema="chat",
    )
    op.create_index(
        "ix_notification_hashed_email_created_at", "notification", ["hashed_email", "created_at"], schema="chat"
    )
    op.create_table(
        "consent",
        sa.Column("hashed_email", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hashed_email", name=op.f("pk_consent")),
        schema="chat",
    )
    op.create_table(
        "suppression",
        sa.Column("hashed_email", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hashed_email", name=op.f("pk_suppression")),
        schema="chat",
    )
    op.create_table(
        "mail_event",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("happened_at", _MOMENT, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_mail_event")),
        schema="chat",
    )
    op.create_index("ix_mail_event_happened_at", "mail_event", ["happened_at"], schema="chat")
    op.create_table(
        "order_chat",
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("sender_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_chat")),
        schema="chat",
    )
    op.create_index("ix_order_chat_channel_sender_id", "order_chat", ["channel", "sender_id"], schema="chat")
    op.create_table(
        "proof",
        sa.Column("proof_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("hashed_email", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.PrimaryKeyConstraint("proof_id", name=op.f("pk_proof")),
        schema="pii",
    )
    op.create_index("ix_proof_identity_id", "proof", ["identity_id", "created_at"], schema="pii")
    op.create_index("ix_proof_hashed_email", "proof", ["hashed_email", "created_at"], schema="pii")
    op.create_table(
        "key_check",
        sa.Column("one_row", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("one_row", name=op.f("pk_key_check")),
        sa.CheckConstraint("one_row", name=op.f("ck_key_check_one_row")),
        schema="chat",
    )
    op.create_table(
        "failure",
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_failure")),
        schema="jobs",
    )
    op.create_index(
        "ix_identity_proven_email",
        "identity",
        ["proven_email"],
        schema="chat",
        postgresql_where=sa.text("proven_email IS NOT NULL"),
    )
    op.add_column("mailbox", sa.Column("html", sa.Text(), server_default="", nullable=False), schema="pii")
    op.add_column("mailbox", sa.Column("headers", sa.Text(), server_default="", nullable=False), schema="pii")
    op.add_column("orders", sa.Column("changes", sa.SmallInteger(), server_default="0", nullable=False), schema="shop")


def downgrade() -> None:
    op.drop_column("orders", "changes", schema="shop")
    for name in ("headers", "html"):
        op.drop_column("mailbox", name, schema="pii")
    op.drop_index("ix_identity_proven_email", "identity", schema="chat")
    op.drop_table("failure", schema="jobs")
    op.drop_table("proof", schema="pii")
    for name in ("key_check", "order_chat", "mail_event", "suppression", "consent", "notification"):
        op.drop_table(name, schema="chat")
