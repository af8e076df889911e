"""Staff: roles, the audit log, and tickets that a person answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("channel", "chat_id", "sender_id"):
        op.add_column("ticket", sa.Column(name, sa.Text(), server_default="", nullable=False), schema="chat")
    op.add_column("ticket", sa.Column("thread", sa.Text()), schema="chat")
    op.create_index(
        "ix_ticket_thread",
        "ticket",
        ["thread"],
        unique=True,
        schema="chat",
        postgresql_where=sa.text("thread IS NOT NULL"),
    )
    op.create_index(
        "ix_orders_open", "orders", ["placed_at"], schema="shop", postgresql_where=sa.text("state = 'placed'")
    )
    op.create_index("ix_conversation_identity_id", "conversation", ["identity_id"], schema="chat")
    op.create_table(
        "ticket_note",
        sa.Column("note_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_ticket_note")),
        schema="pii",
    )
    op.create_index("ix_ticket_note_ticket_id", "ticket_note", ["ticket_id"], schema="pii")
    op.create_table(
        "staff_role",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subject", "role", name=op.f("pk_staff_role")),
        schema="chat",
    )
    op.create_table(
        "audit_log",
        sa.Column("entry_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("changed_from", postgresql.JSONB()),
        sa.Column("changed_to", postgresql.JSONB()),
        sa.Column("undone_at", _MOMENT),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_log")),
        schema="shop",
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject"], schema="shop")
    op.create_index("ix_audit_log_at", "audit_log", ["at"], schema="shop")


def downgrade() -> None:
    op.drop_table("audit_log", schema="shop")
    op.drop_table("staff_role", schema="chat")
    op.drop_table("ticket_note", schema="pii")
    op.drop_index("ix_orders_open", "orders", schema="shop")
    op.drop_index("ix_conversation_identity_id", "conversation", schema="chat")
    op.drop_index("ix_ticket_thread", "ticket", schema="chat")
    for name in ("thread", "sender_id", "chat_id", "channel"):
        op.drop_column("ticket", name, schema="chat")
