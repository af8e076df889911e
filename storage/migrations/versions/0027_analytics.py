"""What the warehouse needs: places of sale, loyalty as of an order, shipments, lost demand, schemas of its own.

Revision ID: 0027
Revises: 0026
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

Moment = sa.DateTime(timezone=True)

# What the warehouse may know of messages and tickets: no address, no words. The views read with their owner's rights.
_MESSAGE = """
    CREATE VIEW shop.message AS
    SELECT message_id, kind, marketing, channel, hashed_email, order_id, outcome, reason, created_at, settled_at
    FROM chat.notification
"""
_TICKET = """
    CREATE VIEW shop.ticket_times AS
    SELECT ticket_id, channel, opened_at, resolved_at, (
        SELECT min(at) FROM pii.ticket_note n WHERE n.ticket_id = t.ticket_id AND author <> 'customer'
    ) AS first_answer_at
    FROM chat.ticket t
"""
_SNAPSHOTS: dict[str, dict[str, Any]] = {
    "snap_products": {"product_id": sa.Text, "sale_price": sa.Numeric(12, 2), "wholesale_cost": sa.Numeric(12, 2)},
    "snap_loyalty": {"customer_id": sa.BigInteger, "loyalty": sa.SmallInteger},
}
_PRICE_CHANGE = """
    CREATE VIEW shop.price_change AS
    SELECT entry_id, substr(subject, 9) AS product_id, at,
           CAST(changed_from ->> 'price' AS numeric(12,2)) AS price_before,
           CAST(changed_to ->> 'price' AS numeric(12,2)) AS price_after
    FROM shop.audit_log
    WHERE subject LIKE 'product:%' AND jsonb_exists(changed_from, 'price') AND jsonb_exists(changed_to, 'price')
"""
# When a row was written last, so that a build of the warehouse reads what is new.
_TOUCH = """
    CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.updated_at := now();
        RETURN NEW;
    END $$;
    CREATE TRIGGER touched BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch();
    CREATE TRIGGER touched BEFORE UPDATE ON shop.shipment FOR EACH ROW EXECUTE FUNCTION shop.touch()
"""
_SHIPPED = """
    INSERT INTO shop.shipment (order_id, status, shipped_at, delivered_at)
    SELECT order_id, CASE
        WHEN delivered_at IS NOT NULL THEN 'delivered'
        WHEN cancelled_at IS NULL THEN 'shipped'
        WHEN EXISTS (SELECT FROM shop.stock_movement m WHERE m.reason = 'lost' AND m.reference = CAST(order_id AS text))
            THEN 'lost'
        ELSE 'returned' END, shipped_at, delivered_at
    FROM shop.orders WHERE shipped_at IS NOT NULL ORDER BY order_id
"""


def upgrade() -> None:
    op.add_column("orders", sa.Column("store_id", sa.Text, nullable=False, server_default=""), schema="shop")
    op.add_column("orders", sa.Column("loyalty", sa.SmallInteger), schema="shop")
    op.add_column("orders", sa.Column("order_ref", sa.Text), schema="shop")
    op.add_column("orders", _updated_at(), schema="shop")
    op.create_index("ix_orders_updated_at", "orders", ["updated_at"], schema="shop", postgresql_using="brin")
    op.create_index(
        "uq_orders_store_id_order_ref",
        "orders",
        ["store_id", "order_ref"],
        schema="shop",
        unique=True,
        postgresql_where=sa.text("order_ref IS NOT NULL"),
    )
    op.add_column(
        "customer", sa.Column("customer_id", sa.BigInteger, sa.Identity(), nullable=False, unique=True), schema="shop"
    )
    op.add_column("customer", sa.Column("signed_up_on", sa.Date), schema="shop")
    op.create_table(
        "profile",
        sa.Column("hashed_email", sa.Text, primary_key=True),
        sa.Column("first_name", sa.Text, nullable=False),
        sa.Column("last_name", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False, server_default=""),
        sa.Column("at", Moment, nullable=False),
        schema="pii",
    )
    op.create_table(
        "shipment",
        sa.Column("shipment_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("order_id", sa.BigInteger, nullable=False),
        sa.Column("reference", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("shipped_at", Moment),
        sa.Column("delivered_at", Moment),
        _updated_at(),
        sa.CheckConstraint("status IN ('pending', 'shipped', 'delivered', 'returned', 'lost')", name="known_status"),
        sa.UniqueConstraint("reference", name="uq_shipment_reference"),
        schema="shop",
    )
    op.create_index("ix_shipment_order_id", "shipment", ["order_id"], schema="shop")
    op.create_table(
        "lost_demand",
        sa.Column("lost_demand_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("product_id", sa.Text, nullable=False),
        sa.Column("identity_id", sa.BigInteger),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("missing", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.CheckConstraint("missing > 0 AND missing <= wanted", name="missing_of_wanted"),
        sa.UniqueConstraint("identity_id", "product_id", "day", name="uq_lost_demand_identity_id_product_id_day"),
        schema="shop",
    )
    op.create_table(
        "conversation_day",
        sa.Column("conversation_day_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("identity_id", sa.BigInteger),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False, server_default="0")
            for name in ("turns", "misunderstood", "handed_off", "listed", "carted", "cards", "orders")
        ),
        sa.UniqueConstraint("identity_id", "day", name="uq_conversation_day_identity_id_day"),
        schema="shop",
    )
    op.execute(_SHIPPED)
    for statement in (_MESSAGE, _TICKET, _PRICE_CHANGE, _TOUCH):
        op.execute(statement)
    op.execute("CREATE SCHEMA raw")
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        schema="raw",
    )
    op.create_table(
        "build",
        sa.Column("build_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
        sa.Column("failure", sa.Text),
        sa.Column("fingerprint", sa.Text, nullable=False),
        schema="raw",
    )
    op.create_table(
        "build_step",
        sa.Column("build_id", sa.BigInteger, sa.ForeignKey("raw.build.build_id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("rows", sa.BigInteger),
        sa.Column("remark", sa.Text, nullable=False, server_default=""),
        schema="raw",
    )
    for name, columns in _SNAPSHOTS.items():
        op.create_table(
            name,
            *(sa.Column(column, kind) for column, kind in columns.items()),
            sa.Column("dbt_scd_id", sa.Text, primary_key=True),
            *(sa.Column(column, sa.DateTime) for column in ("dbt_updated_at", "dbt_valid_from", "dbt_valid_to")),
            schema="raw",
        )


def _updated_at() -> sa.Column[Any]:
    return sa.Column("updated_at", Moment, nullable=False, server_default=sa.func.now())


def downgrade() -> None:
    op.execute("DROP SCHEMA IF EXISTS staging, intermediate, unpublished, mart CASCADE")  # what dbt made of it
    op.execute("DROP SCHEMA raw CASCADE")
    op.execute("DROP VIEW shop.message, shop.ticket_times, shop.price_change")
    op.execute("DROP TRIGGER touched ON shop.orders")
    for schema, table in (("shop", "conversation_day"), ("shop", "lost_demand"), ("shop", "shipment")):
        op.drop_table(table, schema=schema)
    op.execute("DROP FUNCTION shop.touch")
    op.drop_table("profile", schema="pii")
    op.drop_column("customer", "signed_up_on", schema="shop")
    op.drop_column("customer", "customer_id", schema="shop")
    op.drop_index("uq_orders_store_id_order_ref", "orders", schema="shop")
    for column in ("updated_at", "order_ref", "loyalty", "store_id"):
        op.drop_column("orders", column, schema="shop")
