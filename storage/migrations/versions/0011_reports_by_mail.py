"""Reports by mail: the files of a mail in the dev mailbox, and what is being delivered to several places."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("draft", sa.Text()), schema="shop")
    op.alter_column("report", "error", new_column_name="remark", schema="shop")
    op.create_table(
        "mailbox_file",
        sa.Column("mail_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["pii.mailbox.mail_id"], name=op.f("fk_mailbox_file_mail_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mail_id", "name", name=op.f("pk_mailbox_file")),
        schema="pii",
    )


def downgrade() -> None:
    op.drop_table("mailbox_file", schema="pii")
    op.alter_column("report", "remark", new_column_name="error", schema="shop")
    op.drop_column("report", "draft", schema="shop")
