"""The only place that locks rows, and keeps tables.

Several rows are locked in the order of their ids, so nobody waits in a circle.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, text
from sqlalchemy.exc import OperationalError

from domain.errors import Busy
from storage.prepared import Prepared
from storage.tables import (
    campaign,
    data_request,
    delivery,
    email_lookup,
    notification,
    orders,
    payment_method,
    promotion,
    proof,
)

LOCK_TIMEOUT_MS = 5000
_ARE_THERE = text("SELECT bool_and(to_regclass(name) IS NOT NULL) FROM unnest(CAST(:names AS text[])) AS name")
_LOCK_NOT_AVAILABLE = "55P03"
_DEADLOCK = "40P01"
_NOT_SERIALIZABLE = "40001"
_OTHERS = (_LOCK_NOT_AVAILABLE, _DEADLOCK, _NOT_SERIALIZABLE)


def lock_products(connection: Connection, columns: str, product_ids: Sequence[str]) -> list[Row[Any]]:
    """Locks products in id order and reads `columns` of them.

    This is the hottest statement of all, so it goes to the driver as it is.

    Raises:
        Busy: somebody else held one of them for longer than `LOCK_TIMEOUT_MS`.
    """
    statement = f"SELECT {columns} FROM shop.product WHERE product_id = ANY(%(ids)s) ORDER BY product_id FOR UPDATE"  # noqa: S608 - our own column names
    with busy_when_timed_out():
        return list(connection.exec_driver_sql(statement, {"ids": list(product_ids)}))


def lock_products_of(connection: Connection, table: str) -> int:
    """Locks in id order the products that a table of ours names in its column `product_id`; says how many there are.

    Raises:
        Busy: somebody else held one of them for longer than `LOCK_TIMEOUT_MS`.
    """
    statement = f"""
        SELECT count(*) FROM (
            SELECT product_id FROM shop.product WHERE product_id IN (SELECT product_id FROM {table})
            ORDER BY product_id FOR UPDATE
        ) AS locked
    """  # noqa: S608 - our own table names
    with busy_when_timed_out():
        return int(connection.exec_driver_sql(statement).scalar_one())


def lock_order(connection: Connection, columns: Select[Any], order_id: int) -> Row[Any] | None:
    """Locks one order and reads it.

    Raises:
        Busy: somebody else held it for longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        return connection.execute(columns.where(orders.c.order_id == order_id).with_for_update()).first()


def lock_promotions(connection: Connection, chosen: Select[Any]) -> list[Row[Any]]:
    """Locks promotions that `chosen` selects in the order of their ids and reads them.

    Raises:
        Busy: somebody else held one of them for longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        return list(connection.execute(chosen.order_by(promotion.c.promotion_id).with_for_update(of=promotion)))


def lock_payment_methods(connection: Connection, method_ids: Sequence[str]) -> list[Row[Any]]:
    """Locks what customers pay with in the order of their ids and reads it.

    Raises:
        Busy: somebody else held one of them for longer than `LOCK_TIMEOUT_MS`.
    """
    found = select(payment_method).where(payment_method.c.method_id.in_(method_ids))
    with busy_when_timed_out():
        return list(connection.execute(found.order_by(payment_method.c.method_id).with_for_update()))


def lock_data_request(connection: Connection, request_id: int) -> Row[Any] | None:
    """Locks one request to read a data product and reads it.

    Raises:
        Busy: somebody else held it for longer than `LOCK_TIMEOUT_MS`.
    """
    found = select(data_request).where(data_request.c.request_id == request_id)
    with busy_when_timed_out():
        return connection.execute(found.with_for_update()).first()


def lock_campaign(connection: Connection, campaign_id: int) -> Row[Any] | None:
    """Locks one campaign and reads it.

    Raises:
        Busy: somebody else held it for longer than `LOCK_TIMEOUT_MS`.
    """
    found = select(campaign).where(campaign.c.campaign_id == campaign_id)
    with busy_when_timed_out():
        return connection.execute(found.with_for_update()).first()


def are_there(connection: Connection, tables: Sequence[str]) -> bool:
    """Whether all of the tables are there, each named with its schema."""
    return bool(connection.execute(_ARE_THERE, {"names": list(tables)}).scalar())


def keep_tables(connection: Connection, tables: Sequence[str]) -> None:
    """Keeps tables where they are until the transaction ends; everybody may go on reading and writing them.

    As the first of a transaction it takes no snapshot, so what is read afterwards is in the tables that are kept.

    Raises:
        Busy: somebody put others in their place for longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(tables)} IN ACCESS SHARE MODE")


_CONVERSATION = """
    SELECT c.state, c.public, c.updated_at, i.identity_id, i.proven_email
    FROM chat.conversation c JOIN chat.identity i USING (identity_id)
    WHERE c.channel = %(channel)s AND c.chat_id = %(chat_id)s AND c.sender_id = %(sender_id)s
    FOR UPDATE OF c
"""

# One way to the database instead of two. The message is claimed after the lock, because its row is made of the locked
# one; a claim that was committed while this waited is seen, because a unique index knows no snapshot.
_CONVERSATION_AND_MESSAGE = Prepared(
    name="take_message",
    types={"channel": "text", "chat_id": "text", "sender_id": "text", "message_id": "text", "at": "timestamptz"},
    statement=f"""
    WITH locked AS MATERIALIZED ({_CONVERSATION}), claimed AS (
        INSERT INTO chat.inbox (channel, chat_id, message_id, at)
        SELECT %(channel)s, %(chat_id)s, %(message_id)s, %(at)s FROM locked
        ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT locked.*, EXISTS (SELECT FROM claimed) AS claimed FROM locked
    """,  # noqa: S608 - only the statement above
)

# Something that has a name and no row of its own; the kinds keep the same names apart.
_NAME = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, :kind))")
_MARKETING, _PROOFS, _SUPPLYING, _WAITING = 7, 8, 9, 10
# What there is one of: any number will do that nothing else here uses.
_ONE = text("SELECT pg_advisory_xact_lock(:number)")
_IMPORTING, _REVOKING, _ANSWERING, _BUILDING = 7_305_001, 7_305_002, 7_305_003, 7_305_004
_CONVERSATIONS_OF = """
    SELECT count(*) FROM (
        SELECT 1 FROM chat.conversation WHERE identity_id = ANY(CAST(%(ids)s AS bigint[]))
        ORDER BY channel, chat_id, sender_id FOR UPDATE
    ) AS locked
"""
_IDENTITIES = """
    SELECT count(*) FROM (
        SELECT 1 FROM chat.identity WHERE identity_id = ANY(CAST(%(ids)s AS bigint[])) ORDER BY identity_id FOR UPDATE
    ) AS locked
"""


def lock_conversation(connection: Connection, channel: str, chat_id: str, sender_id: str) -> Row[Any] | None:
    """Locks one sender's conversation in one chat; gives its state, when it changed, and who the sender is.

    Raises:
        Busy: another message of the same conversation takes longer than `LOCK_TIMEOUT_MS`.
    """
    keys = {"channel": channel, "chat_id": chat_id, "sender_id": sender_id}
    with busy_when_timed_out():
        return connection.exec_driver_sql(_CONVERSATION, keys).first()


def lock_conversation_for(
    connection: Connection, channel: str, chat_id: str, sender_id: str, message_id: str, at: datetime
) -> Row[Any] | None:
    """As `lock_conversation`, and takes a message for answering; `claimed` is False if it was answered before.

    Raises:
        Busy: another message of the same conversation takes longer than `LOCK_TIMEOUT_MS`.
    """
    keys = {"channel": channel, "chat_id": chat_id, "sender_id": sender_id, "message_id": message_id, "at": at}
    with busy_when_timed_out():
        return _CONVERSATION_AND_MESSAGE.execute(connection, keys).first()


def lock_conversations_of(connection: Connection, identity_ids: Sequence[int]) -> None:
    """Locks all conversations of some senders in the order of their keys, and then the senders, so that none begins.

    Raises:
        Busy: one of them is in the middle of a message for longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        connection.exec_driver_sql(_CONVERSATIONS_OF, {"ids": list(identity_ids)})
        connection.exec_driver_sql(_IDENTITIES, {"ids": list(identity_ids)})


def keep_email(connection: Connection, hashed_email: str) -> bool:
    """Nobody erases an e-mail until this transaction ends; says whether there is one to erase.

    Raises:
        Busy: it is being erased, and that takes longer than `LOCK_TIMEOUT_MS`.
    """
    found = select(email_lookup.c.hashed_email).where(email_lookup.c.hashed_email == hashed_email)
    with busy_when_timed_out():
        return connection.execute(found.with_for_update(read=True, key_share=True)).first() is not None


def lock_marketing(connection: Connection, hashed_email: str) -> None:
    """Lets marketing to one customer be judged by one transaction at a time.

    Raises:
        Busy: another one takes longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        connection.execute(_NAME, {"name": hashed_email, "kind": _MARKETING})


def lock_supplier(connection: Connection, supplier_id: str) -> None:
    """Lets one supplier's terms and orders be changed by one transaction at a time.

    Raises:
        Busy: another one takes longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        connection.execute(_NAME, {"name": supplier_id, "kind": _SUPPLYING})


def lock_waiting(connection: Connection, identity_id: int) -> None:
    """Lets one transaction at a time tell somebody, in whichever of their chats, that something is back.

    Raises:
        Busy: another one takes longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        connection.execute(_NAME, {"name": str(identity_id), "kind": _WAITING})


def lock_notification(connection: Connection, key: str) -> Row[Any]:
    """Locks one message to a customer, which exists, and reads it.

    Raises:
        Busy: somebody else sends it, and takes longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        return connection.execute(select(notification).where(notification.c.key == key).with_for_update()).one()


def lock_deliveries(connection: Connection, chosen: Select[Any] | Sequence[int]) -> None:
    """Locks replies in the order of their ids: who marks, erases and sweeps them meets no circle.

    Raises:
        Busy: somebody else held one of them for longer than `LOCK_TIMEOUT_MS`.
    """
    ids = select(delivery.c.delivery_id).where(delivery.c.delivery_id.in_(chosen))
    with busy_when_timed_out():
        connection.execute(ids.order_by(delivery.c.delivery_id).with_for_update()).all()


def lock_proofs(connection: Connection, *names: str) -> None:
    """Lets what has these names be counted by one transaction at a time; everybody names them in the same order.

    Raises:
        Busy: another one takes longer than `LOCK_TIMEOUT_MS`.
    """
    with busy_when_timed_out():
        for name in names:
            connection.execute(_NAME, {"name": name, "kind": _PROOFS})


def lock_proof(connection: Connection, columns: Select[Any]) -> Row[Any] | None:
    """Locks the newest of the proofs that `columns` selects, and reads it.

    Raises:
        Busy: somebody else held it for longer than `LOCK_TIMEOUT_MS`.
    """
    newest = columns.order_by(proof.c.proof_id.desc()).limit(1)
    with busy_when_timed_out():
        return connection.execute(newest.with_for_update()).first()


def one_import_at_a_time(connection: Connection) -> None:
    """Waits, however long, until no other import is under way; holds until the transaction ends."""
    connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(_ONE, {"number": _IMPORTING})
    connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"))


def lock_roles(connection: Connection) -> None:
    """Lets one at a time take roles away, until the transaction ends."""
    connection.execute(_ONE, {"number": _REVOKING})


def lock_answers(connection: Connection) -> None:
    """Lets one at a time change what the shop answers, until the transaction ends."""
    connection.execute(_ONE, {"number": _ANSWERING})


def hold_number(connection: Connection, number: int) -> None:
    """Shows that the process of a number is alive, for as long as this connection lives."""
    connection.execute(select(func.pg_advisory_lock_shared(number)))


def numbers_without_holder(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Those of the numbers whose process is gone; nobody else is told so until this transaction ends."""
    return [one for one in numbers if connection.execute(select(func.pg_try_advisory_xact_lock(one))).scalar_one()]


def is_the_only_build(connection: Connection) -> bool:
    """Whether no other build of the warehouse runs; none will, for as long as this connection lives."""
    alone = bool(connection.execute(select(func.pg_try_advisory_lock(_BUILDING))).scalar())
    connection.commit()  # the lock is the session's, and a build takes long
    return alone


def keep_builds_out(connection: Connection) -> bool:
    """Whether no build of the warehouse runs; none will until the transaction ends."""
    return bool(connection.execute(select(func.pg_try_advisory_xact_lock(_BUILDING))).scalar())


def lock_tables(connection: Connection, names: Iterable[str]) -> None:
    """Lets nobody else write in these tables until the transaction ends.

    Raises:
        Busy: somebody writes in one of them for longer than `LOCK_TIMEOUT_MS`.
    """
    connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"))
    with busy_when_timed_out():
        connection.execute(text(f"LOCK TABLE {', '.join(sorted(names))} IN SHARE ROW EXCLUSIVE MODE"))


@contextmanager
def busy_when_timed_out() -> Iterator[None]:
    """Says in our words that a statement waited too long for rows that others hold or are just making.

    Raises:
        Busy: trying again helps.
    """
    try:
        yield
    except OperationalError as exc:
        if others_were_in_the_way(exc):
            raise Busy from exc
        raise


def others_were_in_the_way(error: BaseException) -> bool:
    """Whether a statement failed only for what others did at the same time."""
    return isinstance(error, OperationalError) and getattr(error.orig, "pgcode", "") in _OTHERS
