"""Data products: how their contracts held, where their data comes from, who asked to read them, logins that end.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

Moment = sa.DateTime(timezone=True)
_STATES = "state IN ('asked', 'approved', 'denied', 'ended')"
_BUILD = "raw.build.build_id"

# Logins of readers are made and taken away by the owner of the tables alone, and only as an approved request says.
# Every name is found in its schema: what a caller makes in `pg_temp` would run with the owner's rights.
_LOGINS = """
CREATE FUNCTION chat.open_reader(asked bigint, verifier text, port_role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    login text := 'parley_reader_' || asked;
    until timestamptz;
BEGIN
    SELECT ends_at INTO until FROM chat.data_request
    WHERE request_id = asked AND asked > 0 AND state = 'approved'
        AND ends_at > now() AND ends_at < now() + interval '92 days';
    IF until IS NULL THEN
        RAISE EXCEPTION 'request % is not approved, or has ended', asked USING ERRCODE = '42501';
    END IF;
    IF verifier !~ '^SCRAM-SHA-256[$]' OR port_role !~ '^parley_port_' OR port_role <> (
        SELECT 'parley_port_' || replace(port, '.', '_') FROM chat.data_request WHERE request_id = asked
    ) THEN
        RAISE EXCEPTION 'not what was approved' USING ERRCODE = '42501';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = login) THEN
        EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 3', login);
        EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', login);
        EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', login, '10min');
        EXECUTE format('GRANT %I TO %I', port_role, login);
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', login, verifier, until);
END $$;

CREATE FUNCTION chat.close_reader(asked bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    login text := 'parley_reader_' || asked;
    held name;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = login) THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM chat.data_request WHERE request_id = asked AND state = 'approved' AND ends_at > now()) THEN
        RAISE EXCEPTION 'request % has not ended', asked USING ERRCODE = '42501';
    END IF;
    EXECUTE format('GRANT %I TO CURRENT_USER', login);
    -- First, for a session may hold a lock of its role's own row.
    PERFORM pg_catalog.pg_terminate_backend(pid, 5000) FROM pg_catalog.pg_stat_activity WHERE usename = login;
    FOR held IN
        SELECT r.rolname FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
        WHERE m.member = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = login)
    LOOP
        EXECUTE format('REVOKE %I FROM %I', held, login);
    END LOOP;
    BEGIN
        EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', login);
    EXCEPTION WHEN OTHERS THEN NULL; -- it came again, and reads nothing any more
    END;
    -- What is left behind in another database keeps the role there, without a way in or anything to read.
    BEGIN
        EXECUTE format('DROP OWNED BY %I', login);
        EXECUTE format('DROP ROLE %I', login);
    EXCEPTION WHEN OTHERS THEN NULL; -- more than can be dropped at once, or not from here
    END;
END $$;

REVOKE ALL ON FUNCTION chat.open_reader(bigint, text, text), chat.close_reader(bigint) FROM PUBLIC
"""


def upgrade() -> None:
    op.create_table(
        "port_build",
        sa.Column("build_id", sa.BigInteger, sa.ForeignKey(_BUILD), primary_key=True, autoincrement=False),
        sa.Column("port", sa.Text, primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("rows", sa.BigInteger),
        schema="raw",
    )
    op.create_table(
        "contract_check",
        sa.Column("build_id", sa.BigInteger, sa.ForeignKey(_BUILD), primary_key=True, autoincrement=False),
        sa.Column("port", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("held", sa.Boolean, nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        schema="raw",
    )
    op.create_table(
        "lineage",
        sa.Column("child", sa.Text, primary_key=True),
        sa.Column("parent", sa.Text, primary_key=True),
        schema="raw",
    )
    op.create_table(
        "data_request",
        sa.Column("request_id", sa.BigInteger, sa.Identity(), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("subject", "port", "why")),
        sa.Column("state", sa.Text, nullable=False, server_default="asked"),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False, server_default=""),
        sa.Column("ends_at", Moment),
        sa.CheckConstraint(_STATES, name="known_state"),
        schema="chat",
    )
    op.create_index("ix_data_request_subject", "data_request", ["subject"], schema="chat")
    op.create_table(
        "staff_pass",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("subjects", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("is_link", sa.Boolean, nullable=False),
        sa.Column("until", Moment, nullable=False),
        schema="chat",
    )
    op.create_table("forgotten", sa.Column("mark", sa.Text, primary_key=True), schema="raw")
    op.execute(_LOGINS)


def downgrade() -> None:
    op.execute("DROP FUNCTION chat.close_reader(bigint); DROP FUNCTION chat.open_reader(bigint, text, text)")
    op.drop_table("forgotten", schema="raw")
    op.drop_table("staff_pass", schema="chat")
    op.drop_table("data_request", schema="chat")
    op.drop_table("lineage", schema="raw")
    op.drop_table("contract_check", schema="raw")
    op.drop_table("port_build", schema="raw")
