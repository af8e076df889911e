"""The durable jobs' tables, as Procrastinate ships them, in a schema of their own."""

from alembic import op
from procrastinate.schema import SchemaManager

from storage.server.database import APP_ROLE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL search_path = jobs, public")
    # The raw cursor, because the script's percent signs are no parameters.
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())
    op.execute("RESET search_path")


def downgrade() -> None:
    op.execute("DROP SCHEMA jobs CASCADE")
    op.execute("CREATE SCHEMA jobs")
    # What 0001 granted went with the schema.
    op.execute(f"GRANT USAGE ON SCHEMA jobs TO {APP_ROLE}")
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA jobs GRANT ALL ON {kind} TO {APP_ROLE}")
