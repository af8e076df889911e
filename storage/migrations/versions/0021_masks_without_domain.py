"""Masks of addresses that earlier versions kept show the domain no more: b•••@example.com becomes b•••@e•••.com."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# A mask ends with the string of JSON that holds it.
_WITH_DOMAIN = '•••@([^•"@ ])[^•"@ ]*[.]([^.•"@ ]+)"'


def upgrade() -> None:
    op.get_bind().execute(
        sa.text(
            "UPDATE chat.conversation SET state = CAST("
            "regexp_replace(CAST(state AS text), :mask, :hidden, 'g') AS jsonb) WHERE CAST(state AS text) ~ :mask"
        ),
        {"mask": _WITH_DOMAIN, "hidden": '•••@\\1•••.\\2"'},
    )


def downgrade() -> None:
    """The domain is not known any more, and nobody needs it."""
