"""Who may do what in the database: the roles and their rights, which `parley db upgrade` makes and mends.

Roles belong to the whole server and are in no dump of a database, so they are not left to the first migration alone.
"""

from sqlalchemy import Connection, text

APP_ROLE = "parley_app"
ANALYST_ROLE = "parley_analyst"
SCHEMAS = ("shop", "pii", "chat", "jobs")
_ROLES = (APP_ROLE, ANALYST_ROLE)
_DEMANDED = ("SELECT", "INSERT", "UPDATE", "DELETE")

_KNOWN_ROLES = text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)")
_MAKE_ROLE = """
    DO $$ BEGIN
        CREATE ROLE {role} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
"""
# Who made a role is its member since Postgres 16, but may not act in it without another grant.
_JOIN = """
    DO $$ BEGIN
        IF NOT pg_has_role(
            current_user, '{role}',
            CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END
        ) THEN GRANT {role} TO CURRENT_USER; END IF;
    END $$
"""
_TABLES = """
    SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY(:schemas) AND c.relkind IN ('r', 'p')
"""
_MISSING = text(f"""
    SELECT DISTINCT t.nspname FROM ({_TABLES}) AS t, unnest(CAST(:demanded AS text[])) AS demanded
    WHERE NOT has_schema_privilege('{APP_ROLE}', t.nspname, 'USAGE')
        OR NOT has_table_privilege('{APP_ROLE}', t.oid, demanded)
        OR t.nspname = 'shop' AND NOT has_table_privilege('{ANALYST_ROLE}', t.oid, 'SELECT')
    ORDER BY 1
""")  # noqa: S608 - our own names


def mend(connection: Connection) -> None:
    """Makes the roles that are not there and grants what they lack; as the owner of the tables."""
    known = set(connection.execute(_KNOWN_ROLES, {"names": list(_ROLES)}).scalars())
    for role in _ROLES:
        if role not in known:
            connection.exec_driver_sql(_MAKE_ROLE.format(role=role))
    connection.exec_driver_sql(_JOIN.format(role=APP_ROLE))
    connection.execute(text(f"GRANT SELECT ON alembic_version TO {APP_ROLE}"))
    for schema in SCHEMAS:
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {APP_ROLE}"))
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            connection.execute(text(f"GRANT ALL ON ALL {kind} IN SCHEMA {schema} TO {APP_ROLE}"))
            connection.execute(text(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT ALL ON {kind} TO {APP_ROLE}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA shop TO {ANALYST_ROLE}"))
    connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA shop TO {ANALYST_ROLE}"))
    connection.execute(text(f"ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO {ANALYST_ROLE}"))


def missing(connection: Connection) -> tuple[str, ...]:
    """The roles that are not there; or where all are, the schemas in which one lacks its rights."""
    known = set(connection.execute(_KNOWN_ROLES, {"names": list(_ROLES)}).scalars())
    if lacking := tuple(f"role {role}" for role in _ROLES if role not in known):
        return lacking
    values = {"schemas": list(SCHEMAS), "demanded": list(_DEMANDED)}
    return tuple(f"rights in schema {name}" for name in connection.execute(_MISSING, values).scalars())
