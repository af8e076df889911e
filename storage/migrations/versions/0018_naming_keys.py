"""The keys by which a message that names a product exactly finds it, whatever its case, punctuation and plurals."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NO_LETTER = "\\u0001-/:-@[-`{-\\u00bf\\u00d7\\u00f7\\u02b0-\\u036f\\u2000-\\u2bff\\u3000-\\u303f\\ufe00-\\ufe0f"
ENDINGS = f"(?<=[^{NO_LETTER}][^{NO_LETTER}])(ies?|ys?|[es]+)(?=[{NO_LETTER}]|$)"
_COLUMNS = {"name_key": "name", "id_key": "product_id"}


def _key_of(column: str, *, endings: bool) -> str:
    plain = f"replace(lower(normalize(translate({column}, '™®©', '   '), NFKD)), '&', ' and ')"
    if endings:
        plain = f"regexp_replace({plain}, '{ENDINGS}', '', 'g')"
    return f"regexp_replace({plain}, '[{NO_LETTER}]+', '', 'g')"


def upgrade() -> None:
    for key, column in _COLUMNS.items():
        computed = sa.Computed(_key_of(column, endings=column == "name"), persisted=True)
        op.add_column("product", sa.Column(key, sa.Text(), computed), schema="shop")
        op.create_index(f"ix_product_{key}", "product", [key], schema="shop")


def downgrade() -> None:
    for key in _COLUMNS:
        op.drop_column("product", key, schema="shop")
