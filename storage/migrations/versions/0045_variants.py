"""Products tell of which group they are a variant, and by which options; searches find them by those, too.

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0045"
down_revision = "0044"

# Also as they are written: "S" and "on" are no words of English.
_VALUES = " || ".join(
    f"""jsonb_to_tsvector('{language}', jsonb_path_query_array(options, '$[*][1]'), '["string"]')"""
    for language in ("english", "simple")
)
_SEARCH = "setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', category), 'C')"
_DESCRIBED = "to_tsvector('english', name || ' ' || category || ' ' || description)"


def upgrade() -> None:
    op.add_column("product", sa.Column("group_id", sa.Text, nullable=False, server_default=""), schema="shop")
    op.add_column(
        "product", sa.Column("options", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")), schema="shop"
    )
    _compute(f"{_SEARCH} || setweight({_VALUES}, 'A')", f"{_DESCRIBED} || {_VALUES}")
    op.create_index(
        "ix_product_group_id", "product", ["group_id"], schema="shop", postgresql_where=sa.text("group_id <> ''")
    )


def downgrade() -> None:
    _compute(_SEARCH, _DESCRIBED)
    op.drop_column("product", "options", schema="shop")
    op.drop_column("product", "group_id", schema="shop")


def _compute(search: str, described: str) -> None:
    """Makes the two columns anew that Postgres reckons, with their indexes."""
    for name, meaning in (("search", search), ("described", described)):
        op.execute(f"ALTER TABLE shop.product DROP COLUMN {name}")
        op.execute(f"ALTER TABLE shop.product ADD COLUMN {name} tsvector GENERATED ALWAYS AS ({meaning}) STORED")
        op.create_index(f"ix_product_{name}", "product", [name], schema="shop", postgresql_using="gin")
