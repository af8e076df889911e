"""The endings that a name's key leaves out have eight letters at most."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NO_LETTER = "\\u0001-/:-@[-`{-\\u00bf\\u00d7\\u00f7\\u02b0-\\u036f\\u2000-\\u2bff\\u3000-\\u303f\\ufe00-\\ufe0f"
_PLAIN = "replace(lower(normalize(translate(name, '™®©', '   '), NFKD)), '&', ' and ')"


def _key(ending: str) -> None:
    """Generated columns are not changed but made anew."""
    ends = f"(?<=[^{NO_LETTER}][^{NO_LETTER}])(ies?|ys?|{ending})(?=[{NO_LETTER}]|$)"
    key = f"regexp_replace(regexp_replace({_PLAIN}, '{ends}', '', 'g'), '[{NO_LETTER}]+', '', 'g')"
    op.drop_column("product", "name_key", schema="shop")
    op.add_column("product", sa.Column("name_key", sa.Text(), sa.Computed(key, persisted=True)), schema="shop")
    op.create_index("ix_product_name_key", "product", ["name_key"], schema="shop")


def upgrade() -> None:
    _key("[es]{1,8}")


def downgrade() -> None:
    _key("[es]+")
