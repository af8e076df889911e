"""Who may do what in the database: the roles and their rights, which `parley db upgrade` makes and mends.

Roles belong to the whole server and are in no dump of a database, so they are not left to the first migration alone.
The shop acts in roles that cannot log in. The logins of its parts are members of one each, and own nothing.
"""

from collections.abc import Mapping

from psycopg2.extensions import encrypt_password
from sqlalchemy import Connection, text

from storage.copying import driver
from storage.locks import are_there

APP_ROLE = "parley_app"
ANALYST_ROLE = "parley_analyst"
TIMETABLE_ROLE = "parley_timetable"  # enqueues jobs, and sees no customer
WAREHOUSE_ROLE = "parley_dbt"  # builds the warehouse out of what it needs of the shop, and sees nothing of a person
LOGINS = {"web": APP_ROLE, "bot": APP_ROLE, "worker": APP_ROLE, "scheduler": TIMETABLE_ROLE}  # of parts: parley_web …
_ALSO = {"worker": WAREHOUSE_ROLE}
SCHEMAS = ("shop", "pii", "chat", "jobs", "raw")
MART = "mart"
CANDIDATES = "candidates"  # rows of ports until their contracts hold
UNPUBLISHED = "unpublished"  # marts until all of a build holds; nobody may look into it, but tables keep their readers
WAREHOUSE_SCHEMAS = ("staging", "intermediate", UNPUBLISHED, MART)  # dbt's own
PORTS = (  # of data products, each with a role that may read it and nothing else
    "sales_crm.customers",
    "sales_crm.customers_open",
    "sales_erp.orders",
    "logistics_wms.shipments",
    "marketing_360.customer_activity",
    "marketing_360.customer_activity_open",
)
PRODUCT_SCHEMAS = tuple(dict.fromkeys(port.partition(".")[0] for port in PORTS))


def port_role(port: str) -> str:
    """The role whose members read a port of a data product."""
    return f"parley_port_{port.replace('.', '_')}"


def readers_of(port: str, *, is_open: bool) -> tuple[str, ...]:
    """The roles that read a port."""
    return (port_role(port), *((APP_ROLE, ANALYST_ROLE) if is_open else ()))


_ROLES = (APP_ROLE, ANALYST_ROLE, TIMETABLE_ROLE, WAREHOUSE_ROLE, *map(port_role, PORTS))
_DEMANDED = ("SELECT", "INSERT", "UPDATE", "DELETE")
# A trigger is run by who else writes, with that one's rights; so nobody but the owner makes any, nor functions.
_TOO_MUCH = "TRIGGER, REFERENCES, TRUNCATE"
_NO_CODE = f"""
    DO $$ BEGIN
        EXECUTE format('REVOKE TEMPORARY ON DATABASE %%I FROM PUBLIC', current_database());
        EXECUTE format('GRANT TEMPORARY ON DATABASE %%I TO {APP_ROLE}, {WAREHOUSE_ROLE}', current_database());
    END $$;
    GRANT USAGE ON LANGUAGE plpgsql, sql TO CURRENT_USER;
    REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC
"""
# What Postgres lets everybody take that all share: locks of the whole server, also from its other databases, and large
# objects and messages in the log that fill its disk. Only a superuser can take that away; elsewhere it stays, and
# docs/security.md says so.
_NO_HOARDING = f"""
    DO $$ DECLARE one record; BEGIN
        FOR one IN
            SELECT oid::regprocedure AS called FROM pg_proc
            WHERE pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')
                AND proname ~ '^(pg_(try_)?advisory_|pg_logical_emit_message$|lo_|lowrite$)'
        LOOP
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %%s FROM PUBLIC', one.called);
            EXECUTE format('GRANT EXECUTE ON FUNCTION %%s TO CURRENT_USER', one.called);
            IF one.called::text LIKE ANY (ARRAY['%%advisory%%', '%%logical_emit%%']) THEN
                EXECUTE format(
                    'GRANT EXECUTE ON FUNCTION %%s TO {APP_ROLE}, {TIMETABLE_ROLE}, {WAREHOUSE_ROLE}', one.called
                );
            END IF;
        END LOOP;
        FOR one IN
            SELECT datname FROM pg_database
            WHERE datname IN ('postgres', 'template1') AND has_database_privilege('public', oid, 'CONNECT')
        LOOP
            EXECUTE format('REVOKE CONNECT ON DATABASE %%I FROM PUBLIC', one.datname);
        END LOOP;
    EXCEPTION WHEN insufficient_privilege OR internal_error THEN NULL; -- or another upgrade does just that
    END $$
"""  # noqa: S608 - our own names

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
        OR t.nspname = 'shop' AND t.relname <> ALL(:people)
            AND NOT has_table_privilege('{ANALYST_ROLE}', t.oid, 'SELECT')
    ORDER BY 1
""")  # noqa: S608 - our own names

_OF_TIMETABLE = f"""
    GRANT USAGE ON SCHEMA jobs, shop TO {TIMETABLE_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO {TIMETABLE_ROLE};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA jobs TO {TIMETABLE_ROLE};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA jobs TO {TIMETABLE_ROLE};
    GRANT SELECT ON alembic_version TO {TIMETABLE_ROLE};
"""
_SOURCES = (
    "orders",
    "order_line",
    "product",
    "customer",
    "stock_movement",
    "shipment",
    "lost_demand",
    "impression",
    "conversation_day",
    "message",
    "ticket_times",
    "price_change",
)
# What speaks of customers, their chats and of staff: analysts read what `mart` makes of it.
OF_PEOPLE = (
    "customer",
    "message",
    "ticket_times",
    "lost_demand",
    "conversation_day",
    "impression",
    "audit_log",
    "report_part",
    "quote",
    "posted",
)
# Of these tables analysts read all columns but those that speak of chats or of staff.
_BUT = {
    "orders": ("identity_id", "quote_id", "address_id"),
    "stock_movement": ("actor", "reference"),
    "payment": ("method_id", "reference"),
}
_COLUMNS_BUT = text("""
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped AND attname <> ALL(:but)
""")
_NOT_FOR_ANALYSTS = f"REVOKE ALL ON {', '.join(f'shop.{name}' for name in OF_PEOPLE)} FROM {ANALYST_ROLE}"
_OF_WAREHOUSE = f"""
    GRANT USAGE ON SCHEMA shop, raw TO {WAREHOUSE_ROLE};
    GRANT SELECT ON {", ".join(f"shop.{name}" for name in _SOURCES)} TO {WAREHOUSE_ROLE};
    GRANT SELECT ON raw.holiday TO {WAREHOUSE_ROLE};
    GRANT USAGE ON SCHEMA raw TO {TIMETABLE_ROLE};
    GRANT SELECT ON raw.build TO {TIMETABLE_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON raw.snap_products, raw.snap_loyalty TO {WAREHOUSE_ROLE};
"""
_PROMOTIONS = ("shop.promotion", "shop.promotion_use")
_RETURNS = ("shop.order_return", "shop.order_return_line")
_HELP_DESK = "raw.help_desk_ticket"
_RATINGS = "shop.rating"
_PREDICTIONS = tuple(f"raw.prediction_{name}" for name in ("run", "churn", "value", "demand"))
# The one model that knows who somebody is reads these, and no others do: a test holds dbt's models against it.
_OF_PEOPLE_BY_NAME = f"""
    GRANT USAGE ON SCHEMA pii TO {WAREHOUSE_ROLE};
    GRANT SELECT (hashed_email, unhashed_email) ON pii.email_lookup TO {WAREHOUSE_ROLE};
    GRANT SELECT (hashed_email, first_name, last_name) ON pii.profile TO {WAREHOUSE_ROLE};
"""
_REQUESTS = "chat.data_request"
_OWN_SCHEMA = f"""
    CREATE SCHEMA IF NOT EXISTS {{schema}} AUTHORIZATION {WAREHOUSE_ROLE};
    GRANT SELECT ON ALL TABLES IN SCHEMA {{schema}} TO {{readers}};
    ALTER DEFAULT PRIVILEGES FOR ROLE {WAREHOUSE_ROLE} IN SCHEMA {{schema}} GRANT SELECT ON TABLES TO {{readers}};
"""
_EXISTING = text("SELECT nspname FROM pg_namespace WHERE nspname = ANY(:names)")
_REPORTS = f"GRANT SELECT, INSERT, UPDATE ON shop.report TO {TIMETABLE_ROLE}"
# Whether who logged in owns a table of ours, may act as its owner, or may do anything at all.
_MAY_OWN = text("""
    SELECT bool_or(pg_has_role(session_user, c.relowner, 'MEMBER')) FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY(:schemas)
""")


def mend(connection: Connection) -> None:
    """Makes the roles that are not there and grants what they lack; as the owner of the tables."""
    known = set(connection.execute(_KNOWN_ROLES, {"names": list(_ROLES)}).scalars())
    for role in _ROLES:
        if role not in known:
            connection.exec_driver_sql(_MAKE_ROLE.format(role=role))
    for role in (APP_ROLE, TIMETABLE_ROLE, WAREHOUSE_ROLE):
        connection.exec_driver_sql(_JOIN.format(role=role))
    connection.exec_driver_sql(_NO_CODE)
    connection.exec_driver_sql(_NO_HOARDING)
    connection.execute(text(f"GRANT SELECT ON alembic_version TO {APP_ROLE}"))
    there = connection.execute(_EXISTING, {"names": list(SCHEMAS)}).scalars().all()
    for schema in there:
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {APP_ROLE}"))
        default = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}"
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            connection.execute(text(f"GRANT ALL ON ALL {kind} IN SCHEMA {schema} TO {APP_ROLE}"))
            connection.execute(text(f"{default} GRANT ALL ON {kind} TO {APP_ROLE}"))
        connection.execute(text(f"REVOKE {_TOO_MUCH} ON ALL TABLES IN SCHEMA {schema} FROM {APP_ROLE}"))
        connection.execute(text(f"{default} REVOKE {_TOO_MUCH} ON TABLES FROM {APP_ROLE}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA shop TO {ANALYST_ROLE}"))
    connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA shop TO {ANALYST_ROLE}"))
    connection.execute(text(f"ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO {ANALYST_ROLE}"))
    connection.exec_driver_sql(_OF_TIMETABLE)
    if connection.execute(text("SELECT to_regclass('shop.report')")).scalar() is not None:  # not in old versions
        connection.execute(text(_REPORTS))
    if "raw" in there:
        connection.exec_driver_sql(_NOT_FOR_ANALYSTS)
        for name, but in _BUT.items():
            columns = connection.execute(_COLUMNS_BUT, {"table": f"shop.{name}", "but": list(but)}).scalar()
            if columns is None:  # not in old versions
                continue
            connection.exec_driver_sql(f"REVOKE ALL ON shop.{name} FROM {ANALYST_ROLE}")
            connection.exec_driver_sql(f"GRANT SELECT ({columns}) ON shop.{name} TO {ANALYST_ROLE}")
        connection.exec_driver_sql(_OF_WAREHOUSE)
        for told in ([_HELP_DESK], [_RATINGS], _PREDICTIONS, _PROMOTIONS, _RETURNS):
            if are_there(connection, told):  # not in old versions
                connection.exec_driver_sql(f"GRANT SELECT ON {', '.join(told)} TO {WAREHOUSE_ROLE}")
        for schema in WAREHOUSE_SCHEMAS:
            readers = f"{APP_ROLE}, {ANALYST_ROLE}" if schema in (MART, UNPUBLISHED) else APP_ROLE
            connection.exec_driver_sql(_OWN_SCHEMA.format(schema=schema, readers=readers))
            if schema != UNPUBLISHED:
                connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {readers}")
        if are_there(connection, [_REQUESTS]):
            _mend_products(connection)


def _mend_products(connection: Connection) -> None:
    connection.exec_driver_sql(_OF_PEOPLE_BY_NAME)
    for schema in ("sources", CANDIDATES, *PRODUCT_SCHEMAS):
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {WAREHOUSE_ROLE}")
    for port in PORTS:
        readers = ", ".join((port_role(port), APP_ROLE, ANALYST_ROLE))
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {port.partition('.')[0]} TO {readers}")


def make_logins(connection: Connection, passwords: Mapping[str, str]) -> None:
    """Makes the logins of parts, or changes their passwords; the server hears only what a password is checked by.

    Args:
        connection: as the owner of the tables.
        passwords: by the part, of `LOGINS`.
    """
    raw = driver(connection)
    for part, password in passwords.items():
        login = f"parley_{part}"
        verifier = encrypt_password(password, login, scope=raw, algorithm="scram-sha-256")
        known = connection.execute(_KNOWN_ROLES, {"names": [login]}).scalar() is not None
        connection.exec_driver_sql(f"{'ALTER' if known else 'CREATE'} ROLE {login} LOGIN PASSWORD %s", (verifier,))
        roles = [LOGINS[part], *filter(None, [_ALSO.get(part)])]
        connection.execute(text(f"GRANT {', '.join(roles)} TO {login}"))


def may_own(connection: Connection) -> bool:
    """Whether who logged in could change the tables themselves, and take every right."""
    return bool(connection.execute(_MAY_OWN, {"schemas": list(SCHEMAS)}).scalar())


def missing(connection: Connection) -> tuple[str, ...]:
    """The roles that are not there; or where all are, the schemas in which one lacks its rights."""
    known = set(connection.execute(_KNOWN_ROLES, {"names": list(_ROLES)}).scalars())
    if nobody := tuple(f"role {role}" for role in _ROLES if role not in known):
        return nobody
    values = {"schemas": list(SCHEMAS), "demanded": list(_DEMANDED), "people": [*OF_PEOPLE, *_BUT]}
    lacking = tuple(f"rights in schema {name}" for name in connection.execute(_MISSING, values).scalars())
    wanted = (*WAREHOUSE_SCHEMAS, "sources", CANDIDATES, *PRODUCT_SCHEMAS)
    there = set(connection.execute(_EXISTING, {"names": list(wanted)}).scalars())
    return lacking + tuple(f"schema {name}" for name in wanted if name not in there)
