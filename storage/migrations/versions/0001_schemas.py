"""Schemas, the trigram extension, and the two roles with what they may see."""

from alembic import op

from storage.server.database import ANALYST_ROLE, APP_ROLE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMAS = ("shop", "pii", "chat", "jobs")


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public")
    for role in (APP_ROLE, ANALYST_ROLE):
        # Roles belong to the whole server: another database on it may have made them already.
        op.execute(f"""
            DO $$ BEGIN
                CREATE ROLE {role} NOLOGIN;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$
        """)
    op.execute(f"""
        DO $$ BEGIN
            IF NOT pg_has_role(current_user, '{APP_ROLE}', 'MEMBER') THEN GRANT {APP_ROLE} TO CURRENT_USER; END IF;
        END $$
    """)
    for schema in SCHEMAS:
        op.execute(f"CREATE SCHEMA {schema}")
        op.execute(f"GRANT USAGE ON SCHEMA {schema} TO {APP_ROLE}")
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT ALL ON {kind} TO {APP_ROLE}")
    op.execute(f"GRANT USAGE ON SCHEMA shop TO {ANALYST_ROLE}")
    op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO {ANALYST_ROLE}")


def downgrade() -> None:
    for schema in SCHEMAS:
        op.execute(f"DROP SCHEMA {schema} CASCADE")
    op.execute("DROP EXTENSION pg_trgm")
