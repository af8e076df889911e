"""The tables: schema `shop` is free of personal data, `pii` is restricted, `chat` holds conversations."""

from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

from domain.products.catalogue import ENDINGS, NO_LETTER

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key_of(column: str, *, endings: bool) -> str:
    """`domain.products.catalogue.name_key` of a column, as Postgres reckons it; without `endings`, its `id_key`."""
    plain = f"replace(lower(normalize(translate({column}, '™®©', '   '), NFKD)), '&', ' and ')"
    if endings:
        plain = f"regexp_replace({plain}, '{ENDINGS}', '', 'g')"
    return f"regexp_replace({plain}, '[{NO_LETTER}]+', '', 'g')"


Moment = DateTime(timezone=True)
Money = Numeric(12, 2)
# Also as they are written: "S" and "on" are no words of English.
_OPTION_VALUES = " || ".join(
    f"""jsonb_to_tsvector('{language}', jsonb_path_query_array(options, '$[*][1]'), '["string"]')"""
    for language in ("english", "simple")
)
# Of a product.
ALL_SAID = f"to_tsvector('english', name || ' ' || category || ' ' || description) || {_OPTION_VALUES}"

product = Table(
    "product",
    metadata,
    Column("product_id", Text, primary_key=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("category", Text, nullable=False, server_default=""),
    Column("description", Text, nullable=False, server_default=""),
    Column("image_url", Text, nullable=False, server_default=""),
    Column("wholesale_cost", Money, nullable=False),
    Column("sale_price", Money, nullable=False),
    Column("supplier_id", Text, nullable=False),
    Column("quantity", Integer, nullable=False, server_default="0"),
    Column("pack_size", Integer, nullable=False, server_default="1"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("retired_at", Moment),
    Column("group_id", Text, nullable=False, server_default=""),
    Column("options", JSONB, nullable=False, server_default=text("'[]'::jsonb")),  # a list of pairs, whose order stays
    Column(
        "search",
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', category), 'C')"
            f" || setweight({_OPTION_VALUES}, 'A')",
            persisted=True,
        ),
    ),
    Column("described", TSVECTOR, Computed(ALL_SAID, persisted=True)),
    Column("name_key", Text, Computed(_key_of("name", endings=True), persisted=True)),
    Column("id_key", Text, Computed(_key_of("product_id", endings=False), persisted=True)),
    # `domain.products.product_ids.same` of the id; NULL for a product's twin of before it was unique (0019).
    Column("same_id", Text),
    CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    CheckConstraint("pack_size >= 1", name="pack_size_positive"),
    CheckConstraint("sale_price >= 0 AND wholesale_cost >= 0", name="prices_not_negative"),
    Index("ix_product_search", "search", postgresql_using="gin"),
    Index("ix_product_described", "described", postgresql_using="gin"),
    Index("ix_product_name_trgm", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
    Index("ix_product_sale_price", "sale_price"),
    Index("ix_product_name_key", "name_key"),
    Index("ix_product_id_key", "id_key"),
    Index("ix_product_group_id", "group_id", postgresql_where=text("group_id <> ''")),
    UniqueConstraint("same_id"),
    schema="shop",
)

stock_movement = Table(
    "stock_movement",
    metadata,
    Column("movement_id", BigInteger, Identity(), primary_key=True),
    Column("product_id", Text, ForeignKey("shop.product.product_id"), nullable=False),
    Column("delta", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reference", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    CheckConstraint("delta <> 0", name="delta_not_zero"),
    Index("ix_stock_movement_product_id", "product_id"),
    schema="shop",
)

customer = Table(
    "customer",
    metadata,
    Column("hashed_email", Text, primary_key=True),
    Column("location", Text, nullable=False, server_default=""),
    Column("loyalty", SmallInteger, nullable=False, server_default="0"),
    Column("first_seen_at", Moment, nullable=False),
    Column("customer_id", BigInteger, Identity(), nullable=False, unique=True),  # what the warehouse calls them
    Column("signed_up_on", Date),
    schema="shop",
)

# Orders and their lines refer to customers and products without foreign keys: Postgres checks those row by row, which
# takes longer than all the rest of an import (of a million lines: 13 s of 22 s). They are written in two places,
# `orders.py` and `import_orders.py`, in one transaction with their customer and after a check of their products, and
# customers, products and orders are never deleted; only a change writes an order's lines anew.
orders = Table(
    "orders",
    metadata,
    Column("order_id", BigInteger, Identity(start=1001), primary_key=True),
    Column("hashed_email", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("cancel_until", Moment, nullable=False),
    Column("discount", Money, nullable=False, server_default="0"),
    Column("total", Money, nullable=False),
    Column("source", Text, nullable=False),
    Column("identity_id", BigInteger),
    Column("quote_id", Text),
    Column("address_id", BigInteger),
    Column("cancelled_at", Moment),
    Column("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("changes", SmallInteger, nullable=False, server_default="0"),
    Column("store_id", Text, nullable=False, server_default=""),  # a branch; none: it was sold by `source`
    Column("loyalty", SmallInteger),  # whether its customer was in the loyalty scheme then; null: nobody knows
    Column("order_ref", Text),  # what its branch calls it
    Column("updated_at", Moment, nullable=False, server_default=func.now()),  # a trigger moves it on
    CheckConstraint("state IN ('placed', 'shipped', 'delivered', 'cancelled')", name="known_state"),
    # One column, because then its pages hold lists of orders, and a million of them cost half.
    Index("ix_orders_hashed_email", "hashed_email"),
    # Imported orders came from no chat, and an index is cheap for the rows that it leaves out.
    Index("uq_orders_quote_id", "quote_id", unique=True, postgresql_where=text("quote_id IS NOT NULL")),
    Index(
        "ix_orders_identity_id_placed_at",
        "identity_id",
        "placed_at",
        postgresql_where=text("identity_id IS NOT NULL"),
    ),
    Index(
        "uq_orders_store_id_order_ref",
        "store_id",
        "order_ref",
        unique=True,
        postgresql_where=text("order_ref IS NOT NULL"),
    ),
    Index("ix_orders_updated_at", "updated_at", postgresql_using="brin"),
    Index("ix_orders_placed_at", "placed_at"),
    Index("ix_orders_open", "placed_at", postgresql_where=text("state = 'placed'")),
    Index("ix_orders_shipped", "placed_at", postgresql_where=text("state = 'shipped'")),
    Index("ix_orders_cancelled", "placed_at", postgresql_where=text("state = 'cancelled'")),
    Index("ix_orders_cancelled_at", "cancelled_at", postgresql_where=text("cancelled_at IS NOT NULL")),
    schema="shop",
)

# Imported lines are many: they have no index by product, which would take a fifth of an import.
order_line = Table(
    "order_line",
    metadata,
    Column("order_id", BigInteger, primary_key=True),
    Column("line_no", Integer, primary_key=True),
    Column("product_id", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", Money, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    schema="shop",
)

# What takes something off a cart; which columns say how much, its kind decides. One without a code comes off by itself.
promotion = Table(
    "promotion",
    metadata,
    Column("promotion_id", BigInteger, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False, server_default=""),
    Column("same_code", Text),  # `domain.promotions.codes.normal` of it
    Column("kind", Text, nullable=False),
    Column("percent", Numeric(5, 2)),
    Column("amount", Money),
    Column("free_product", Text, nullable=False, server_default=""),
    Column("buy", Integer),
    Column("pay", Integer),
    Column("product_ids", ARRAY(Text), nullable=False, server_default="{}"),
    Column("categories", ARRAY(Text), nullable=False, server_default="{}"),
    Column("least_pieces", Integer, nullable=False, server_default="0"),
    Column("least_amount", Money, nullable=False, server_default="0"),
    Column("first_order", Boolean, nullable=False, server_default=false()),
    Column("segment", Text),
    Column("most_uses", Integer),
    Column("most_per_customer", Integer),
    Column("combinable", Boolean, nullable=False, server_default=false()),
    Column("listed", Boolean, nullable=False, server_default=false()),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("ended_at", Moment),
    Column("version", Integer, nullable=False, server_default="1"),
    CheckConstraint(
        "CASE kind WHEN 'percent' THEN percent > 0 AND percent <= 100 WHEN 'amount' THEN amount > 0"
        " WHEN 'free_item' THEN free_product <> '' WHEN 'n_for_m' THEN pay >= 1 AND buy > pay ELSE false END",
        name="gives",
    ),
    CheckConstraint("least_pieces >= 0 AND least_amount >= 0", name="least_not_negative"),
    CheckConstraint("most_uses >= 1 AND most_per_customer >= 1", name="limits_positive"),
    CheckConstraint("ends_at > starts_at", name="time"),
    Index("uq_promotion_same_code", "same_code", unique=True, postgresql_where=text("ended_at IS NULL")),
    schema="shop",
)

# What a promotion took off an order, as its card said it; of a cancelled one it counts no more. How often one was used
# is counted while it is locked, and kept nowhere: so an unlimited one is no row that all orders wait for.
promotion_use = Table(
    "promotion_use",
    metadata,
    Column("order_id", BigInteger, primary_key=True, autoincrement=False),
    Column("promotion_id", ForeignKey("shop.promotion.promotion_id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False, server_default=""),
    Column("amount", Money, nullable=False),
    Column("given_back_at", Moment),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_promotion_use_live", "promotion_id", postgresql_where=text("given_back_at IS NULL")),
    schema="shop",
)

# How its customer found an order that came; the words that they have for it are in their ticket.
payment = Table(
    "payment",
    metadata,
    Column("payment_id", BigInteger, Identity(), primary_key=True),
    Column("order_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", Money, nullable=False),
    Column("method_id", Text, nullable=False),  # of `pii.payment_method`, as long as that is kept
    Column("why", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reference", Text, nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("charge_id", BigInteger),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("kind IN ('charge', 'refund')", name="known_kind"),
    CheckConstraint("state IN ('open', 'done', 'void')", name="known_state"),
    Index("ix_payment_order_id", "order_id"),
    Index("ix_payment_open", "kind", "at", postgresql_where=text("state = 'open'")),
    schema="shop",
)
payment_event = Table(
    "payment_event",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    schema="shop",
)
rating = Table(
    "rating",
    metadata,
    Column("order_id", BigInteger, primary_key=True, autoincrement=False),
    Column("score", SmallInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("source", Text, nullable=False),  # a channel, or "email"
    CheckConstraint("score BETWEEN 1 AND 5", name="score_from_1_to_5"),
    schema="shop",
)

# What comes back of a delivered order. How much of it, and for what, its lines say; why is a closed list.
order_return = Table(
    "order_return",
    metadata,
    Column("return_id", BigInteger, Identity(start=1001), primary_key=True),
    Column("order_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("condition", Text),
    Column("method_id", Text, nullable=False, server_default=""),  # where money goes; empty: to what paid
    Column("requested_at", Moment, nullable=False),
    Column("received_at", Moment),
    Column("settled_at", Moment),
    Column("updated_at", Moment, nullable=False, server_default=func.now()),  # a trigger moves it on
    CheckConstraint("kind IN ('return', 'exchange')", name="known_kind"),
    CheckConstraint(
        "state IN ('requested', 'received', 'refunded', 'replaced', 'refused', 'called_off')", name="known_state"
    ),
    CheckConstraint("condition IN ('good', 'damaged', 'missing')", name="known_condition"),
    CheckConstraint("(settled_at IS NULL) = (state IN ('requested', 'received'))", name="settled"),
    Index("ix_order_return_order_id", "order_id"),
    Index("ix_order_return_settled_at", "settled_at"),
    Index("ix_order_return_open", "requested_at", postgresql_where=text("settled_at IS NULL")),
    schema="shop",
)

order_return_line = Table(
    "order_return_line",
    metadata,
    Column("return_id", ForeignKey("shop.order_return.return_id"), primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", Money, nullable=False),
    Column("amount", Money, nullable=False),  # what was paid for the pieces
    Column("replacement_id", Text, nullable=False, server_default=""),
    Column("replacement_price", Money, nullable=False, server_default="0"),
    # What goes back for the pieces, as `domain.records.returns.ReturnLine.back` has it.
    Column(
        "back",
        Money,
        Computed(
            "CASE WHEN replacement_id = '' THEN amount"
            " ELSE least(amount, (unit_price - replacement_price) * quantity) END",
            persisted=True,
        ),
    ),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("amount >= 0 AND amount <= unit_price * quantity", name="amount_was_paid"),
    schema="shop",
)

# What left for a customer, and what became of it. Who brings it under which number is in `parcel`.
shipment = Table(
    "shipment",
    metadata,
    Column("shipment_id", BigInteger, Identity(), primary_key=True),
    Column("order_id", BigInteger, nullable=False),
    Column("reference", Text),  # what the file calls it that it came from
    Column("status", Text, nullable=False),
    Column("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("updated_at", Moment, nullable=False, server_default=func.now()),
    CheckConstraint("status IN ('pending', 'shipped', 'delivered', 'returned', 'lost')", name="known_status"),
    UniqueConstraint("reference"),
    Index("ix_shipment_order_id", "order_id"),
    schema="shop",
)

# What somebody asked for and the shop did not have, most of it in a day; `missing` of the `wanted` pieces.
lost_demand = Table(
    "lost_demand",
    metadata,
    Column("lost_demand_id", BigInteger, Identity(), primary_key=True),
    Column("product_id", Text, nullable=False),
    Column("identity_id", BigInteger),
    Column("day", Date, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("missing > 0 AND missing <= wanted", name="missing_of_wanted"),
    UniqueConstraint("identity_id", "product_id", "day"),
    schema="shop",
)

# What is agreed with who sells to the shop; `lead_days` is null where nobody said anything. A minimum is of an order.
supplier = Table(
    "supplier",
    metadata,
    Column("supplier_id", Text, primary_key=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("lead_days", Integer),
    Column("order_pack", Integer, nullable=False, server_default="1"),  # pieces are ordered in multiples of it
    Column("minimum_pieces", Integer, nullable=False, server_default="0"),
    Column("minimum_amount", Money, nullable=False, server_default="0"),
    CheckConstraint("lead_days BETWEEN 0 AND 730", name="lead_days"),
    CheckConstraint("order_pack >= 1", name="order_pack_positive"),
    CheckConstraint("minimum_pieces >= 0 AND minimum_amount >= 0", name="minimum_not_negative"),
    schema="shop",
)

# What the shop ordered of a supplier on a day by its own clock.
purchase_order = Table(
    "purchase_order",
    metadata,
    Column("purchase_order_id", BigInteger, Identity(), primary_key=True),
    Column("supplier_id", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("day", Date, nullable=False),
    Column("ordered_at", Moment, nullable=False),
    Column("expected_on", Date, nullable=False),
    Column("closed_at", Moment),
    CheckConstraint("state IN ('open', 'received', 'cancelled')", name="known_state"),
    Index("ix_purchase_order_supplier_id", "supplier_id", "day"),
    schema="shop",
)

purchase_order_line = Table(
    "purchase_order_line",
    metadata,
    Column(
        "purchase_order_id",
        ForeignKey("shop.purchase_order.purchase_order_id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("product_id", Text, primary_key=True),
    Column("ordered", Integer, nullable=False),
    Column("received", Integer, nullable=False, server_default="0"),  # more than was ordered, if more came
    Column("unit_cost", Money, nullable=False),
    CheckConstraint("ordered > 0 AND received >= 0", name="pieces"),
    Index("ix_purchase_order_line_product_id", "product_id"),
    schema="shop",
)

# What of a restock, by its entry in the audit log, was counted as received, so that its undo takes that back.
purchase_receipt = Table(
    "purchase_receipt",
    metadata,
    Column("entry_id", BigInteger, primary_key=True, autoincrement=False),
    Column("purchase_order_id", BigInteger, primary_key=True, autoincrement=False),
    Column("product_id", Text, primary_key=True),
    Column("pieces", Integer, nullable=False),
    CheckConstraint("pieces > 0", name="pieces_positive"),
    schema="shop",
)

# How a product's stock stood when the admins were told last, after which movement, and until when they hear no more.
stock_watch = Table(
    "stock_watch",
    metadata,
    Column("product_id", Text, primary_key=True),
    Column("state", Text, nullable=False, server_default="ok"),
    Column("movement_id", BigInteger, nullable=False, server_default="0"),
    Column("snoozed_until", Moment),
    CheckConstraint("state IN ('ok', 'low', 'out')", name="known_state"),
    schema="shop",
)

# The weeks, by their Mondays, in which the admins were told what to reorder.
reorder_notice = Table(
    "reorder_notice",
    metadata,
    Column("week", Date, primary_key=True),
    Column("at", Moment, nullable=False),
    schema="shop",
)

# Who is to be told when they can have so many pieces of a product; those that were lacking have to come after
# `movement_id`. Told ones stay a week.
waiting = Table(
    "waiting",
    metadata,
    Column("waiting_id", BigInteger, Identity(), primary_key=True),
    Column("identity_id", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("product_id", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("lacking", Integer, nullable=False),
    Column("movement_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("told_at", Moment),
    CheckConstraint("lacking > 0 AND lacking <= quantity", name="lacking_of_quantity"),
    Index("ix_waiting_identity_id", "identity_id"),
    Index("ix_waiting_product_id", "product_id", "told_at"),
    Index("uq_waiting_open", "product_id", "identity_id", unique=True, postgresql_where=text("told_at IS NULL")),
    schema="chat",
)

# How a conversation went on a day by the shop's clock, in numbers: how often it came to each step.
conversation_day = Table(
    "conversation_day",
    metadata,
    Column("conversation_day_id", BigInteger, Identity(), primary_key=True),
    Column("identity_id", BigInteger),
    Column("channel", Text, nullable=False),
    Column("day", Date, nullable=False),
    *(
        Column(name, Integer, nullable=False, server_default="0")
        for name in ("turns", "misunderstood", "handed_off", "listed", "carted", "cards", "orders")
    ),
    Column("intents", JSONB, nullable=False, server_default="{}"),  # the turns of each
    UniqueConstraint("identity_id", "day"),
    schema="shop",
)

quote = Table(
    "quote",
    metadata,
    Column("quote_id", Text, primary_key=True),
    Column("identity_id", BigInteger, nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("discount", Money, nullable=False, server_default="0"),
    Column("discounts", JSONB, nullable=False, server_default="[]"),  # what each promotion takes off
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_quote_created_at", "created_at"),
    schema="shop",
)

# Fits of the recommender; the newest finished one is served. It counts the orders placed before `counted_until`, as
# they were when it began; what happened since is counted when it is asked for.
fit = Table(
    "fit",
    metadata,
    Column("fit_id", BigInteger, Identity(), primary_key=True),
    Column("began_at", Moment, nullable=False),
    Column("counted_until", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("orders", BigInteger, nullable=False, server_default="0"),
    Column("products", BigInteger, nullable=False, server_default="0"),
    schema="shop",
)

# What a fit says of `other_id` for who buys `product_id`: `score` where that is all, `basket_score` where it is one of
# several, which are then added up; and the orders that are the evidence. Each product also stands beside itself.
neighbour = Table(
    "neighbour",
    metadata,
    Column("fit_id", BigInteger, primary_key=True, autoincrement=False),
    Column("product_id", Text, primary_key=True),
    Column("other_id", Text, primary_key=True),
    Column("score", REAL, nullable=False),
    Column("basket_score", REAL, nullable=False),
    Column("orders_together", BigInteger, nullable=False),
    Column("orders_of_product", BigInteger, nullable=False),
    schema="shop",
)

# A product that was recommended to somebody, in a chat or a mail, and what they did with it.
impression = Table(
    "impression",
    metadata,
    Column("impression_id", BigInteger, Identity(), primary_key=True),
    Column("placement", Text, nullable=False),
    Column("product_id", Text, nullable=False),
    Column("identity_id", BigInteger),
    Column("hashed_email", Text),
    Column("message_id", Text),
    Column("shown_at", Moment, nullable=False),
    Column("added_at", Moment),
    Column("dismissed_at", Moment),
    Column("order_id", BigInteger),
    UniqueConstraint("message_id", "product_id"),
    Index("ix_impression_identity_id_shown_at", "identity_id", "shown_at"),
    Index("ix_impression_shown_at", "shown_at"),
    Index("ix_impression_hashed_email", "hashed_email", postgresql_where=text("hashed_email IS NOT NULL")),
    schema="shop",
)

# What posts in customers' channels offered, and when last.
posted = Table(
    "posted",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("product_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    schema="shop",
)

# A report that was due, once for its period, and the parts of it that arrived.
report = Table(
    "report",
    metadata,
    Column("name", Text, primary_key=True),
    Column("span", Text, primary_key=True),
    Column("first_day", Date, primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("remark", Text, nullable=False, server_default=""),  # why it did not arrive yet, or need not
    Column("totals", JSONB),  # as they were told, so that what changes later can be told too
    Column("draft", Text),  # what is being delivered, so that every place is told the same
    schema="shop",
)

report_part = Table(
    "report_part",
    metadata,
    Column("name", Text, primary_key=True),
    Column("span", Text, primary_key=True),
    Column("first_day", Date, primary_key=True),
    Column("destination", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("message", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="shop",
)

simulation = Table(
    "simulation",
    metadata,
    Column("file_hash", Text, primary_key=True),
    Column("next_day", Text, nullable=False),
    Column("orders", BigInteger, nullable=False, server_default="0"),
    Column("dollars", Money, nullable=False, server_default="0"),
    Column("stock_outs", BigInteger, nullable=False, server_default="0"),
    schema="shop",
)

email_lookup = Table(
    "email_lookup",
    metadata,
    Column("hashed_email", Text, primary_key=True),
    Column("unhashed_email", Text, nullable=False),
    schema="pii",
)

# Customers' names, where a file of customers told them, and the number that file gives them.
profile = Table(
    "profile",
    metadata,
    Column("hashed_email", Text, primary_key=True),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("reference", Text, nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    schema="pii",
)

address = Table(
    "address",
    metadata,
    Column("address_id", BigInteger, Identity(), primary_key=True),
    Column("identity_id", BigInteger, nullable=False),
    Column("hashed_email", Text),
    Column("address", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("own_since", Moment),  # since when they live there; the latest holds
    Index("ix_address_hashed_email", "hashed_email"),
    Index("ix_address_identity_id", "identity_id"),
    schema="pii",
)

delivery = Table(
    "delivery",
    metadata,
    Column("delivery_id", BigInteger, Identity(), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("reply", JSONB, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("delivered_at", Moment),
    # What the channel calls it and which question was open then, as long as a later answer may end its buttons.
    Column("sent_as", Text),
    Column("question", Text),
    UniqueConstraint("channel", "chat_id", "message_id", "position"),
    Index(
        "ix_delivery_sent_as",
        "channel",
        "chat_id",
        "sender_id",
        postgresql_where=text("sent_as IS NOT NULL"),
    ),
    Index(
        "ix_delivery_undelivered",
        "channel",
        "chat_id",
        "delivery_id",
        postgresql_where=text("delivered_at IS NULL"),
    ),
    Index("ix_delivery_created_at", "created_at"),
    schema="pii",
)

# What came from a chat and is not handled yet; `holder` is the number of the process that is at it.
envelope = Table(
    "envelope",
    metadata,
    Column("envelope_id", BigInteger, Identity(), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON as text: JSONB refuses some of what people can send
    Column("holder", BigInteger, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("channel", "digest"),
    schema="pii",
)

mailbox = Table(
    "mailbox",
    metadata,
    Column("mail_id", BigInteger, Identity(), primary_key=True),
    Column("mail_key", Text, nullable=False, unique=True),
    Column("to_email", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("html", Text, nullable=False, server_default=""),
    Column("headers", Text, nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    schema="pii",
)

# The files of a mail in the dev mailbox; its HTML names its pictures.
mailbox_file = Table(
    "mailbox_file",
    metadata,
    Column("mail_id", ForeignKey("pii.mailbox.mail_id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    schema="pii",
)

# A code that proves whose an address is: mailed there, or shown in a chat that proved it before, to link another one.
# The code itself is kept nowhere. A wrong link code leaves a row as well, without an address, so that it is counted.
proof = Table(
    "proof",
    metadata,
    Column("proof_id", BigInteger, Identity(), primary_key=True),
    Column("purpose", Text, nullable=False),  # of domain.records.proofs.Purpose
    Column("identity_id", BigInteger, nullable=False),
    Column("hashed_email", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("digits", SmallInteger, nullable=False, server_default="6"),
    Column("used_at", Moment),
    Index("ix_proof_identity_id", "identity_id", "created_at"),
    Index("ix_proof_hashed_email", "hashed_email", "created_at"),
    schema="pii",
)

identity = Table(
    "identity",
    metadata,
    Column("identity_id", BigInteger, Identity(), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("proven_email", Text),
    Column("proven_by", Text),
    Column("proven_at", Moment),
    UniqueConstraint("channel", "sender_id"),
    Index("ix_identity_proven_email", "proven_email", postgresql_where=text("proven_email IS NOT NULL")),
    schema="chat",
)

conversation = Table(
    "conversation",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat_id", Text, primary_key=True),
    Column("sender_id", Text, primary_key=True),
    Column("identity_id", BigInteger, ForeignKey("chat.identity.identity_id"), nullable=False),
    Column("state", JSONB),
    Column("public", Boolean, nullable=False, server_default=false()),  # whether others read along
    Column("updated_at", Moment, nullable=False),
    Index("ix_conversation_identity_id", "identity_id"),
    schema="chat",
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat_id", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Index("ix_inbox_at", "at"),
    schema="chat",
)

ticket = Table(
    "ticket",
    metadata,
    Column("ticket_id", BigInteger, Identity(), primary_key=True),
    Column("identity_id", BigInteger, nullable=False),
    Column("channel", Text, nullable=False, server_default=""),
    Column("chat_id", Text, nullable=False, server_default=""),
    Column("sender_id", Text, nullable=False, server_default=""),
    Column("about", Text, nullable=False, server_default=""),
    Column("thread", Text),  # where support talks about it: "channel:timestamp" of a Slack message
    Column("opened_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("first_answer_at", Moment),  # kept here, for the notes that say it too go
    Index("ix_ticket_thread", "thread", unique=True, postgresql_where=text("thread IS NOT NULL")),
    schema="chat",
)

# What customer and support wrote to each other while a person had the conversation.
ticket_note = Table(
    "ticket_note",
    metadata,
    Column("note_id", BigInteger, Identity(), primary_key=True),
    Column("ticket_id", BigInteger, nullable=False),
    Column("author", Text, nullable=False),  # "customer", or the staff member as in the audit log
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("waits", Boolean, nullable=False, server_default=false()),  # to be posted into the ticket's thread
    Index("ix_ticket_note_ticket_id", "ticket_id"),
    Index("ix_ticket_note_waits", "ticket_id", "note_id", postgresql_where=text("waits")),
    schema="pii",
)

# Why the shop cancelled an order, in staff's words, until they are old.
payment_method = Table(
    "payment_method",
    metadata,
    Column("method_id", Text, primary_key=True),
    Column("hashed_email", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("balance", Money),  # of a gift card
    Column("provider", Text, nullable=False, server_default=""),
    CheckConstraint("balance >= 0", name="balance_covers"),
    Index("ix_payment_method_hashed_email", "hashed_email"),
    schema="pii",
)
cancellation = Table(
    "cancellation",
    metadata,
    Column("order_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="pii",
)

# Who brings an order and under which number: it leads to the customer's door.
parcel = Table(
    "parcel",
    metadata,
    Column("order_id", BigInteger, primary_key=True, autoincrement=False),
    Column("carrier", Text, nullable=False),
    Column("tracking", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="pii",
)

# Roles given in a chat, beside those of config.yaml; a subject is "slack:U…", "slack:S…" (a group), "telegram:…".
staff_role = Table(
    "staff_role",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("granted_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="chat",
)

# Links to the pages for staff, which work once, and the sessions that they begin, by the hash of their secrets.
staff_pass = Table(
    "staff_pass",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("subjects", ARRAY(Text), nullable=False),  # whose: first themselves, then their groups
    Column("is_link", Boolean, nullable=False),
    Column("until", Moment, nullable=False),
    schema="chat",
)

# Keys by which other programs ask the shop; of their secrets the hash alone.
api_key = Table(
    "api_key",
    metadata,
    Column("key_id", BigInteger, Identity(), primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("per_minute", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("used_at", Moment),
    Index("api_key_name", "name", unique=True, postgresql_where=text("revoked_at IS NULL")),
    schema="chat",
)

# Every change that staff made or was refused: who, when, what, from, to.
audit_log = Table(
    "audit_log",
    metadata,
    Column("entry_id", BigInteger, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("changed_from", JSONB),
    Column("changed_to", JSONB),
    Column("undone_at", Moment),
    Index("ix_audit_log_subject", "subject"),
    Index("ix_audit_log_at", "at"),
    schema="shop",
)

# Where an order was made, so that its customer hears of it there.
order_chat = Table(
    "order_chat",
    metadata,
    Column("order_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("public", Boolean, nullable=False, server_default=false()),
    Index("ix_order_chat_channel_sender_id", "channel", "sender_id"),
    schema="chat",
)

# What was sent to customers without being asked for, and what was withheld and why: a row for each key.
notification = Table(
    "notification",
    metadata,
    Column("key", Text, primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("marketing", Boolean, nullable=False),
    Column("channel", Text, nullable=False),
    Column("hashed_email", Text, nullable=False),
    Column("order_id", BigInteger),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("tried_at", Moment),
    Column("settled_at", Moment),
    Column("answered_at", Moment),  # when its reader cancelled the order through its link
    Column("campaign_id", BigInteger),
    Column("opened_at", Moment),  # first, as the mail service says; a reader that loads no pictures opens nothing
    Column("clicked_at", Moment),
    Column("unsubscribed_at", Moment),  # when its reader ended marketing through it
    Index("ix_notification_hashed_email_created_at", "hashed_email", "created_at"),
    Index("ix_notification_campaign_id", "campaign_id", postgresql_where=text("campaign_id IS NOT NULL")),
    schema="chat",
)

consent = Table(
    "consent",
    metadata,
    Column("hashed_email", Text, primary_key=True),
    Column("given", Boolean, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="chat",
)

# Each time somebody was asked for marketing, or asked for it: the words, the answer, and how the address confirmed it.
opt_in = Table(
    "opt_in",
    metadata,
    Column("opt_in_id", BigInteger, Identity(), primary_key=True),
    Column("hashed_email", Text, nullable=False),
    Column("identity_id", BigInteger, nullable=False),
    Column("order_id", BigInteger),
    Column("words", Text, nullable=False),
    Column("asked_in", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("agreed", Boolean),
    Column("answered_at", Moment),
    Column("mailed_at", Moment),
    Column("confirmed_by", Text, nullable=False, server_default=""),
    Column("confirmed_at", Moment),
    Index("ix_opt_in_hashed_email", "hashed_email"),
    Index("ix_opt_in_identity_id", "identity_id"),
    schema="chat",
)

# Addresses whose owner confirmed that an identity's orders are theirs; it proves nothing to that identity.
confirmed = Table(
    "confirmed",
    metadata,
    Column("identity_id", BigInteger, primary_key=True, autoincrement=False),
    Column("hashed_email", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Index("ix_confirmed_hashed_email", "hashed_email"),
    schema="chat",
)

# Customers whom staff collects, for a campaign to be written to.
audience_member = Table(
    "audience_member",
    metadata,
    Column("hashed_email", Text, primary_key=True),
    Column("added_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="chat",
)

# What the shop writes on its own to an audience, once or, as an automation, to whoever comes into it; of each kind of
# automation there is one.
campaign = Table(
    "campaign",
    metadata,
    Column("campaign_id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("audience", JSONB, nullable=False),
    Column("subject", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("product_ids", ARRAY(Text), nullable=False),
    Column("promotion_id", BigInteger),
    Column("hold_out", Numeric(4, 3), nullable=False),
    Column("starts_at", Moment),
    Column("usual_hour", Boolean, nullable=False),
    Column("in_chat", Boolean, nullable=False),
    Column("window_days", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_at", Moment),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    CheckConstraint("hold_out >= 0 AND hold_out <= 0.5", name="hold_out_share"),
    CheckConstraint("window_days BETWEEN 1 AND 365", name="window_days"),
    Index("uq_campaign_automation", "kind", unique=True, postgresql_where=text("kind <> 'campaign'")),
    schema="chat",
)

# Whom a campaign is about, from `due_at` on: written to, or left alone to compare with. `next_at` is when they are to
# be written to, null once that is settled. Who is forgotten stays, as a number of the totals.
campaign_member = Table(
    "campaign_member",
    metadata,
    Column("member_id", BigInteger, Identity(), primary_key=True),
    Column("campaign_id", BigInteger, ForeignKey("chat.campaign.campaign_id"), nullable=False),
    Column("hashed_email", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("arm", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_at", Moment),
    Column("at", Moment, nullable=False),
    CheckConstraint("arm IN ('treated', 'held_out')", name="known_arm"),
    CheckConstraint("arm = 'treated' OR next_at IS NULL", name="held_out_is_not_due"),
    UniqueConstraint("campaign_id", "hashed_email", "occasion"),
    Index("ix_campaign_member_due", "campaign_id", "next_at", postgresql_where=text("next_at IS NOT NULL")),
    Index("ix_campaign_member_hashed_email", "hashed_email"),
    schema="chat",
)

# In which private chat a customer agreed to get ideas, beside mail.
ideas_chat = Table(
    "ideas_chat",
    metadata,
    Column("hashed_email", Text, primary_key=True),
    Column("identity_id", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_ideas_chat_identity_id", "identity_id"),
    schema="chat",
)

# Addresses that bounced or whose owners complained, as the mail service reported.
suppression = Table(
    "suppression",
    metadata,
    Column("hashed_email", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="chat",
)

# The mail service reports in batches, and repeats itself; a report came `at` of what `happened_at`.
mail_event = Table(
    "mail_event",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("happened_at", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_mail_event_happened_at", "happened_at"),
    schema="chat",
)

# What the key of the e-mail hash makes of a constant, so that a process with another key is noticed.
key_check = Table(
    "key_check",
    metadata,
    Column("one_row", Boolean, primary_key=True, server_default="true"),
    Column("proof", Text, nullable=False),
    CheckConstraint("one_row", name="one_row"),
    schema="chat",
)

# How often something was done of late: `hits` of a window that ends at `expires_at`, or the `times` of a moving one.
# The keys hold pseudonyms of networks and of visitors.
rate = Table(
    "rate",
    metadata,
    Column("key", Text, primary_key=True),
    Column("hits", BigInteger, nullable=False, server_default="0"),
    Column("times", ARRAY(Moment), nullable=False, server_default="{}"),
    Column("expires_at", Moment, nullable=False),
    schema="pii",
    prefixes=["UNLOGGED"],
    postgresql_with={"fillfactor": 50},
)

# Why a job failed last; Procrastinate keeps no reasons.
failure = Table(
    "failure",
    metadata,
    Column("job_id", BigInteger, primary_key=True, autoincrement=False),
    Column("error", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="jobs",
)

# When a part that nobody calls (bot, worker, scheduler) was last seen alive, by the name of its machine or container.
heartbeat = Table(
    "heartbeat",
    metadata,
    Column("part", Text, primary_key=True),
    Column("host", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    schema="jobs",
)

# Public holidays of the shop's country, for the warehouse's calendar.
holiday = Table(
    "holiday",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", Text, nullable=False),
    schema="raw",
)

# The warehouse's builds, and how each of their models and tests went.
build = Table(
    "build",
    metadata,
    Column("build_id", BigInteger, Identity(), primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("whole", Boolean, nullable=False),  # or only what is new
    Column("began_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("failure", Text),  # null: none
    Column("fingerprint", Text, nullable=False),  # of the models and their settings: with others, all is built anew
    schema="raw",
)

build_step = Table(
    "build_step",
    metadata,
    Column("build_id", ForeignKey("raw.build.build_id"), primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("rows", BigInteger),
    Column("remark", Text, nullable=False, server_default=""),
    schema="raw",
)

# What a build made of the port of a data product, and how each promise of its contract held.
port_build = Table(
    "port_build",
    metadata,
    Column("build_id", ForeignKey("raw.build.build_id"), primary_key=True, autoincrement=False),
    Column("port", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("published", Boolean, nullable=False),  # or what was there before stayed
    Column("rows", BigInteger),
    schema="raw",
)

contract_check = Table(
    "contract_check",
    metadata,
    Column("build_id", ForeignKey("raw.build.build_id"), primary_key=True, autoincrement=False),
    Column("port", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("held", Boolean, nullable=False),
    Column("found", Text, nullable=False),
    schema="raw",
)

# Who was forgotten and may still be in copies of files, by a mark that tells nothing (`domain.people.identity`).
forgotten = Table(
    "forgotten",
    metadata,
    Column("mark", Text, primary_key=True),
    schema="raw",
)

# What is made of what, by the models of the last build: tables, ports, and who reads them.
lineage = Table(
    "lineage",
    metadata,
    Column("child", Text, primary_key=True),
    Column("parent", Text, primary_key=True),
    schema="raw",
)

# Who asked to read a port of a data product, why, and what its owner said; the login ends by itself.
data_request = Table(
    "data_request",
    metadata,
    Column("request_id", BigInteger, Identity(), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("port", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="asked"),
    Column("asked_at", Moment, nullable=False),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("ends_at", Moment),
    CheckConstraint("state IN ('asked', 'approved', 'denied', 'ended')", name="known_state"),
    Index("ix_data_request_subject", "subject"),
    schema="chat",
)

# Tickets of another help desk: times and topics, and nothing that anybody wrote.
help_desk_ticket = Table(
    "help_desk_ticket",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("first_answer_at", Moment),
    Column("resolved_at", Moment),
    schema="raw",
)

# Inventory files that were checked in a chat, for the button that imports them.
checked_file = Table(
    "checked_file",
    metadata,
    Column("file_id", BigInteger, Identity(), primary_key=True),
    Column("content", Text, nullable=False),
    Column("difference", Text, nullable=False),  # that it was to make, as SHA-256
    Column("until", Moment, nullable=False),
    schema="raw",
)

# Files that branches handed in, each content once of a kind, and what became of them.
ingested_file = Table(
    "ingested_file",
    metadata,
    Column("file_id", BigInteger, Identity(), primary_key=True),
    Column("source", Text, nullable=False),  # the address of the folder or bucket
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stamp", Text, nullable=False),  # size and time, or what else the folder tells a new content by
    Column("digest", Text, nullable=False),  # SHA-256
    Column("bytes", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("kept_at", Text, nullable=False),  # the untouched copy, below the lake's address
    Column("said", Text, nullable=False),  # what became of it, in words
    Column("rows", BigInteger, nullable=False, server_default="0"),
    Column("removed", BigInteger, nullable=False, server_default="0"),  # orders that only the file before it had
    Column("at", Moment, nullable=False),
    Column("told", Boolean, nullable=False, server_default="false"),  # whether the admins heard of it
    CheckConstraint("state IN ('loaded', 'quarantined', 'replaced', 'known')", name="known_state"),
    Index("ix_ingested_file_source_name", "source", "name", "stamp"),
    Index("ix_ingested_file_digest", "digest"),
    schema="raw",
)

# Each row of a loaded file: what it speaks of, and whether that came by it.
ingested_row = Table(
    "ingested_row",
    metadata,
    Column("file_id", ForeignKey("raw.ingested_file.file_id"), primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),  # an order's number and line, or an id
    Column("brought", Boolean, nullable=False),
    Index("ix_ingested_row_subject", "subject"),
    schema="raw",
)


# Models as they were fitted, what they showed on the last complete window, and whether they were better than the one
# before; `fitted` is how to load one, where it is not reckoned anew.
prediction_model = Table(
    "prediction_model",
    metadata,
    Column("model_id", BigInteger, Identity(), primary_key=True),
    Column("what", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("cutoff", Date, nullable=False),  # nothing from this day on was seen when it was fitted
    Column("fitted_at", Moment, nullable=False),
    Column("chosen", Boolean, nullable=False),
    Column("figures", JSONB, nullable=False),
    Column("fitted", LargeBinary),
    CheckConstraint("what IN ('churn', 'value', 'demand')", name="known_kind"),
    Index("ix_prediction_model_what", "what", "model_id"),
    schema="raw",
)

# Each time that all customers or products were scored, up to the end of a day, in one transaction with the scores.
prediction_run = Table(
    "prediction_run",
    metadata,
    Column("run_id", BigInteger, Identity(), primary_key=True),
    Column("what", Text, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("days", Integer, nullable=False, server_default="0"),  # after `as_of`, of which the scores speak
    CheckConstraint("what IN ('churn', 'value', 'demand')", name="known_kind"),
    Index("ix_prediction_run_what", "what", "as_of", "run_id"),
    schema="raw",
)


def _prediction(name: str, *columns: Column[Any] | CheckConstraint | Index) -> Table:
    """What each run said."""
    run_id = ForeignKey("raw.prediction_run.run_id", ondelete="CASCADE")
    return Table(
        f"prediction_{name}",
        metadata,
        Column("run_id", run_id, primary_key=True, autoincrement=False),
        *columns,
        schema="raw",
    )


prediction_churn = _prediction(
    "churn",
    Column("customer_id", BigInteger, primary_key=True, autoincrement=False),
    Column("probability", Double, nullable=False),
    Column("at_stake", Numeric(18, 2), nullable=False),  # what they used to bring in 90 days, times the probability
    Column("reasons", Text, nullable=False),  # in words, the weightiest first
    CheckConstraint("probability BETWEEN 0 AND 1", name="probability"),
    Index("ix_prediction_churn_customer_id", "customer_id"),
)
# Kept by triggers: how many of a run there are, by tenths of the probability.
prediction_churn_total = _prediction(
    "churn_total",
    Column("tenth", SmallInteger, primary_key=True, autoincrement=False),
    Column("customers", BigInteger, nullable=False),
    Column("at_stake", Numeric(18, 2), nullable=False),
)
prediction_value = _prediction(
    "value",
    Column("customer_id", BigInteger, primary_key=True, autoincrement=False),
    Column("expected", Numeric(18, 2), nullable=False),  # net revenue of the days to come
    Index("ix_prediction_value_customer_id", "customer_id"),
)
prediction_demand = _prediction(
    "demand",
    Column("product_id", Text, primary_key=True),
    Column("weekly_demand", Numeric(14, 3), nullable=False),  # with what was asked for and not had
    Column("weekly_deviation", Numeric(14, 3), nullable=False),
    Column("lost_weekly", Numeric(14, 3), nullable=False),  # of `weekly_demand`: what was not had
    Column("weeks", Integer, nullable=False),  # that are known of it
    Column("abc", Text, nullable=False),
    Column("xyz", Text, nullable=False),
    Column("service_level", Double, nullable=False),
    Column("lead_days", Integer, nullable=False),
    Column("reorder_point", BigInteger, nullable=False),
    Column("order_up_to", BigInteger, nullable=False),
)


def _snapshot(name: str, key: Column[Any], *columns: Column[Any]) -> Table:
    """A table of dbt's that keeps what was true of each key from when until when."""
    valid = (Column(column, DateTime) for column in ("dbt_updated_at", "dbt_valid_from", "dbt_valid_to"))
    scd_id = Column("dbt_scd_id", Text, primary_key=True)
    return Table(name, metadata, key, *columns, scd_id, *valid, Index(f"ix_{name}_{key.name}", key), schema="raw")


# What products cost, and who was in the loyalty scheme. They stand here and not beside the marts, because marts can be
# built again, and the past cannot.
snap_products = _snapshot(
    "snap_products", Column("product_id", Text), Column("sale_price", Money), Column("wholesale_cost", Money)
)
snap_loyalty = _snapshot("snap_loyalty", Column("customer_id", BigInteger), Column("loyalty", SmallInteger))

# What staff answers, over what the shop's file says; a blank text takes an answer of the file back. `product_id` is
# empty for the shop, and no foreign key: an answer outlives its product as the audit log does.
answer = Table(
    "answer",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("product_id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("questions", ARRAY(Text), nullable=False),
    Column("source", Text, nullable=False),
    Column("short", Text, nullable=False),
    Column("at", Moment, nullable=False),
    schema="shop",
)

# The vectors of the questions that answers are found by, for all processes, by the digest of their text.
question_vector = Table(
    "question_vector",
    metadata,
    Column("encoder", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    schema="shop",
)

# What was asked and not answered, free of what names a person; those that are alike have the number of the first.
question = Table(
    "question",
    metadata,
    Column("question_id", BigInteger, Identity(), primary_key=True),
    Column("number", BigInteger),  # null: its own
    Column("identity_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("product_id", Text, nullable=False),
    Column("encoder", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("told_at", Moment),
    Column("closed_at", Moment),
    Index("ix_question_number", "number"),
    Index("ix_question_identity_id", "identity_id"),
    schema="pii",
)
