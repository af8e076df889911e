"""The tables' versions: up, down and up again end where they began, and the code's tables are the database's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from storage.errors import DatabaseOutdated, DatabaseUnreachable
from storage.server import database
from storage.server.database import check_current, downgrade, upgrade
from storage.tables import metadata
from tests.support.databases import as_owner

# Oldest first.
REVISIONS = [
    script.revision
    for script in ScriptDirectory(str(Path(database.__file__).parents[1] / "migrations")).walk_revisions()
]
REVISIONS.reverse()
OURS = ("shop", "pii", "chat", "jobs", "raw", "staging", "intermediate", "unpublished", "mart")
# Everything that makes up our schemas: columns, constraints, indexes, functions, and who may do what with them.
_SHAPE = text("""
    SELECT 'schema', nspname, nspacl::text FROM pg_namespace WHERE nspname = ANY(:ours)
    UNION ALL
    SELECT 'relation', oid::regclass::text, concat(relkind, relacl) FROM pg_class
    WHERE relnamespace::regnamespace::text = ANY(:ours)
    UNION ALL
    SELECT 'column', attrelid::regclass || '.' || attname,
           concat(atttypid::regtype, ' ', attnotnull, ' ', pg_get_expr(adbin, adrelid))
    FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
    LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
    WHERE relnamespace::regnamespace::text = ANY(:ours) AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace::regnamespace::text = ANY(:ours)
    UNION ALL
    SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON indexrelid = pg_class.oid WHERE relnamespace::regnamespace::text = ANY(:ours)
    UNION ALL
    SELECT 'function', oid::regprocedure::text, concat(prosrc, proacl)
    FROM pg_proc WHERE pronamespace::regnamespace::text = ANY(:ours)
    UNION ALL
    SELECT 'default', concat(defaclnamespace::regnamespace, '.', defaclobjtype), defaclacl::text FROM pg_default_acl
    UNION ALL
    SELECT 'extension', extname, extversion FROM pg_extension
""")


@pytest.fixture
def owner(database_url: str) -> Iterator[Connection]:
    """A connection as the owner of the test's database; each statement sees what others committed."""
    with as_owner(database_url) as connection:
        yield connection


def shape(connection: Connection) -> set[tuple[str, str, str | None]]:
    """What our schemas are made of."""
    return {(row[0], row[1], row[2]) for row in connection.execute(_SHAPE, {"ours": list(OURS)})}


@pytest.mark.parametrize("revision", [*REVISIONS[:-1], "base"])
def test_down_and_up_again_ends_where_it_began(database_url: str, owner: Connection, revision: str) -> None:
    before = shape(owner)
    downgrade(database_url, revision)
    assert shape(owner) != before
    upgrade(database_url)
    assert shape(owner) == before


def test_all_the_way_down_leaves_nothing_of_ours(database_url: str, owner: Connection) -> None:
    downgrade(database_url, "base")
    assert {kind for kind, _, _ in shape(owner)} == {"extension"}
    tables = inspect(owner).get_table_names()
    assert tables == ["alembic_version"]
    assert owner.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 0


def test_where_others_read_along_is_told_by_the_ids_of_before(database_url: str, owner: Connection) -> None:
    downgrade(database_url, "0022")
    chats = {"slack": ("C1:1.5", "G1", "D1"), "telegram": ("-100", "7"), "web": ("C1", "-1")}
    for number, (channel, chat_id) in enumerate((one, chat) for one, chats_of in chats.items() for chat in chats_of):
        keys = {"channel": channel, "chat": chat_id, "order": number}
        owner.execute(
            text(
                "WITH who AS (INSERT INTO chat.identity (channel, sender_id) VALUES (:channel, :chat) RETURNING *) "
                "INSERT INTO chat.conversation (channel, chat_id, sender_id, identity_id, updated_at) "
                "SELECT :channel, :chat, :chat, identity_id, now() FROM who"
            ),
            keys,
        )
        owner.execute(text("INSERT INTO chat.order_chat VALUES (:order, :channel, :chat, 'ann')"), keys)
    upgrade(database_url)
    for table in ("conversation", "order_chat"):
        found = owner.execute(text(f"SELECT chat_id FROM chat.{table} WHERE public AND channel <> 'web'"))
        assert sorted(found.scalars()) == ["-100", "C1:1.5", "G1"]
        assert owner.execute(text(f"SELECT count(*) FROM chat.{table} WHERE public")).scalar_one() == 3


def test_words_that_waited_as_jobs_wait_and_what_a_channel_vouched_for_is_known(
    database_url: str, owner: Connection
) -> None:
    downgrade(database_url, "0035")
    note = "INSERT INTO pii.ticket_note (ticket_id, author, text, at) VALUES (1, 'customer', 'hi', now()) RETURNING 1"
    for _ in range(3):
        owner.execute(text(note))
    owner.execute(text("SET search_path = jobs, public"))  # as its triggers have it
    for note_id, status in ((1, "succeeded"), (2, "todo"), (3, "failed")):
        owner.execute(
            text(
                "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args, status) "
                "VALUES ('default', 'relay_note', jsonb_build_object('note_id', CAST(:note AS int)), :status)"
            ),
            {"note": note_id, "status": status},
        )
    owner.execute(text("RESET search_path"))
    for who, by, typed in (("ann", "slack", "h"), ("bob", "code", "h"), ("cy", "slack", "other")):
        owner.execute(
            text(
                "WITH who AS (INSERT INTO chat.identity (channel, sender_id, proven_email, proven_by) "
                "VALUES ('slack', :who, 'h', :by) RETURNING *) "
                "INSERT INTO chat.conversation (channel, chat_id, sender_id, identity_id, state, updated_at) SELECT "
                "'slack', :who, :who, identity_id, jsonb_build_object('hashed_email', CAST(:typed AS text)), now() "
                "FROM who"
            ),
            {"who": who, "by": by, "typed": typed},
        )
    upgrade(database_url)
    waiting = owner.execute(text("SELECT note_id FROM pii.ticket_note WHERE waits ORDER BY 1"))
    assert waiting.scalars().all() == [2, 3]
    vouched = owner.execute(text("SELECT chat_id FROM chat.conversation WHERE state ? 'email_from_proof'"))
    assert vouched.scalars().all() == ["ann"]


def test_each_step_up_can_be_taken_alone(database_url: str, owner: Connection) -> None:
    whole = shape(owner)
    downgrade(database_url, "base")
    for revision in REVISIONS:
        upgrade(database_url, revision)
    assert shape(owner) == whole


def test_upgrading_twice_changes_nothing(database_url: str, owner: Connection) -> None:
    before = shape(owner)
    upgrade(database_url)
    assert shape(owner) == before


def test_the_migrated_tables_are_those_the_code_speaks_of(owner: Connection) -> None:
    def ours(_item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
        return not (kind == "table" and name is not None and name.startswith("procrastinate_"))

    context = MigrationContext.configure(
        owner, opts={"include_schemas": True, "include_object": ours, "compare_server_default": True}
    )
    assert compare_metadata(context, metadata) == []


def test_the_migrated_checks_are_those_the_code_speaks_of(owner: Connection) -> None:
    # Alembic does not compare check constraints.
    statement = text(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = ANY(CAST(:ours AS regclass[]))"
    )
    migrated = set(owner.execute(statement, {"ours": list(metadata.tables)}).scalars())
    declared = {
        constraint.name
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert "ck_product_quantity_not_negative" in declared
    assert migrated == declared


def test_an_older_database_is_told_with_both_versions(database_url: str) -> None:
    *_, before, newest = REVISIONS
    assert check_current(database_url) == newest
    downgrade(database_url, before)
    with pytest.raises(DatabaseOutdated) as refused:
        check_current(database_url)
    assert (refused.value.current, refused.value.wanted) == (before, newest)


def test_an_empty_database_is_told_as_having_no_version(database_url: str, owner: Connection) -> None:
    downgrade(database_url, "base")
    owner.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(DatabaseOutdated) as refused:
        check_current(database_url)
    assert refused.value.current is None


@pytest.mark.parametrize("action", [check_current, upgrade])
def test_a_server_that_is_not_there_is_told_with_the_drivers_reason(action: Any) -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        action("postgresql://nobody:secret@127.0.0.1:1/nothing")
    assert "127.0.0.1" in refused.value.reason
    assert "secret" not in refused.value.reason


def test_masks_of_earlier_versions_lose_the_domain(database_url: str, owner: Connection) -> None:
    downgrade(database_url, "0020")
    owner.execute(text("INSERT INTO chat.identity (channel, sender_id) VALUES ('web', 'v')"))
    owner.execute(
        text(
            "INSERT INTO chat.conversation (channel, chat_id, sender_id, identity_id, state, updated_at)"
            " SELECT 'web', 'v', 'v', identity_id, CAST(:state AS jsonb), now() FROM chat.identity"
        ),
        {"state": '{"masked_email": "b•••@shop.example.org", "pending": {"options": ["k•••@x.de", "m•••@e•••.com"]}}'},
    )
    upgrade(database_url)
    state = owner.execute(text("SELECT state FROM chat.conversation")).scalar_one()
    assert state == {"masked_email": "b•••@s•••.org", "pending": {"options": ["k•••@x•••.de", "m•••@e•••.com"]}}


def test_what_left_before_there_were_shipments_is_one(database_url: str, owner: Connection) -> None:
    downgrade(database_url, "0026")
    for order_id, state, shipped, delivered, cancelled in (
        (1, "placed", None, None, None),
        (2, "shipped", "2026-05-02", None, None),
        (3, "delivered", "2026-05-02", "2026-05-03", None),
        (4, "cancelled", None, None, "2026-05-01"),
        (5, "cancelled", "2026-05-02", None, "2026-05-04"),
        (6, "cancelled", "2026-05-02", None, "2026-05-04"),
    ):
        owner.execute(
            text(
                "INSERT INTO shop.orders (order_id, hashed_email, state, placed_at, cancel_until, total, source,"
                " shipped_at, delivered_at, cancelled_at) OVERRIDING SYSTEM VALUE"
                " VALUES (:id, 'h', :state, '2026-05-01', '2026-05-01', 1, 'web', :shipped, :delivered, :cancelled)"
            ),
            {"id": order_id, "state": state, "shipped": shipped, "delivered": delivered, "cancelled": cancelled},
        )
    owner.execute(text("INSERT INTO shop.product VALUES ('MUG', '', '', '', '', 1, 1, 'S')"))
    owner.execute(
        text(
            "INSERT INTO shop.stock_movement (product_id, delta, reason, reference, at)"
            " VALUES ('MUG', -1, 'lost', '5', now())"
        )
    )
    upgrade(database_url)
    found = owner.execute(text("SELECT order_id, status FROM shop.shipment ORDER BY shipment_id"))
    assert [tuple(row) for row in found] == [(2, "shipped"), (3, "delivered"), (5, "lost"), (6, "returned")]


def test_refunds_that_were_noted_before_there_were_ledgers_open_one(database_url: str, owner: Connection) -> None:
    downgrade(database_url, "0044")
    for order_id, noted in ((1, ("10.00", "4.00")), (2, ("24.00",)), (3, ())):
        owner.execute(
            text(
                "INSERT INTO shop.orders (order_id, hashed_email, state, placed_at, cancel_until, total, source,"
                " cancelled_at) OVERRIDING SYSTEM VALUE"
                " VALUES (:id, 'h', 'cancelled', '2026-05-01', '2026-05-01', 24, 'web', '2026-05-02')"
            ),
            {"id": order_id},
        )
        for amount in noted:
            owner.execute(
                text(
                    "INSERT INTO shop.audit_log (at, actor, action, subject, changed_from, changed_to)"
                    " VALUES ('2026-05-03', 'slack:U1', 'refund', :subject, '{}', CAST(:facts AS jsonb))"
                ),
                {"subject": f"order:{order_id}", "facts": f'{{"amount": "{amount}", "way": "cash"}}'},
            )
    upgrade(database_url)
    found = owner.execute(text("SELECT order_id, kind, state, amount, reference FROM shop.payment ORDER BY 1, 2, 3, 4"))
    assert [(row.order_id, row.kind, row.state, str(row.amount), row.reference) for row in found] == [
        (1, "charge", "done", "24.00", ""),
        (1, "refund", "done", "4.00", "cash"),
        (1, "refund", "done", "10.00", "cash"),
        (1, "refund", "open", "10.00", ""),
        (2, "charge", "done", "24.00", ""),
        (2, "refund", "done", "24.00", "cash"),
    ]
