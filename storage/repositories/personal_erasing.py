"""A person's rows are deleted, or lose what they tell of them."""

import secrets
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, text, update

from domain.records.privacy import Reach
from storage.locks import lock_deliveries
from storage.repositories.conversation_state import (
    ADDRESS_ASIDE,
    ADDRESS_BEFORE,
    ADDRESS_ID,
    ASKED_ABOUT,
    EMAIL_BEFORE,
    HASHED_EMAIL,
    OF_BEFORE,
    OF_THE_EMAIL,
    has,
    value,
    without,
)
from storage.repositories.personal_rows import (
    ANSWERS_CHOSEN,
    ANSWERS_GONE,
    CHATS,
    MAILS_GONE,
    NOTES,
    QUESTIONS,
    terms_of,
)
from storage.tables import metadata, proof

_HASHES = ("hashed_email", "proven_email")
# An address that an order outside still ships to stays that order's, without the e-mail.
_STILL_USED = "EXISTS (SELECT FROM shop.orders o WHERE o.address_id = a.address_id)"
# Of a conversation that only used the e-mail, what belongs to it goes; so does a key of an address that is gone.
_GONE = "NOT EXISTS (SELECT FROM pii.address a WHERE a.address_id = CAST({} AS bigint))"
_CLEAN_STATES = text(f"""
    UPDATE chat.conversation
    SET state = {without(OF_THE_EMAIL)}
    WHERE {value(HASHED_EMAIL)} = ANY(CAST(:hashes AS text[]))
       OR {value(ASKED_ABOUT)} = ANY(CAST(:hashes AS text[]))
       OR (identity_id = ANY(CAST(:people AS bigint[])) AND (
           {has(ADDRESS_ID)} AND {_GONE.format(value(ADDRESS_ID))}
           OR {has(ADDRESS_ASIDE)} AND {_GONE.format(value(ADDRESS_ASIDE))}))
""")  # noqa: S608 - ours
_CLEAN_BEFORE = text(f"""
    UPDATE chat.conversation
    SET state = {without(OF_BEFORE)}
    WHERE {value(EMAIL_BEFORE)} = ANY(CAST(:hashes AS text[]))
       OR (identity_id = ANY(CAST(:people AS bigint[]))
           AND {has(ADDRESS_BEFORE)} AND {_GONE.format(value(ADDRESS_BEFORE))})
""")  # noqa: S608 - ours
_UNPROVE = text("""
    UPDATE chat.identity SET proven_email = NULL, proven_by = NULL, proven_at = NULL
    WHERE proven_email = ANY(CAST(:hashes AS text[]))
""")
_UNNAME_CUSTOMERS = text("""
    UPDATE shop.customer SET location = '', signed_up_on = NULL WHERE hashed_email = ANY(CAST(:hashes AS text[]))
""")
# What was ordered under an e-mail that is not the person's to erase: nothing links it to that e-mail any more.
_UNDER_OTHERS = text("""
    SELECT hashed_email, array_agg(order_id) AS order_ids, min(placed_at) AS first_at FROM shop.orders
    WHERE order_id = ANY(CAST(:order_ids AS bigint[])) AND hashed_email <> ALL(CAST(:hashes AS text[]))
    GROUP BY hashed_email
""")
_ADD_NOBODY = text("INSERT INTO shop.customer (hashed_email, first_seen_at) VALUES (:token, :first_at)")
_UNLINK = (
    *(
        text(f"UPDATE {table} SET hashed_email = :token WHERE order_id = ANY(CAST(:order_ids AS bigint[]))")  # noqa: S608 - ours
        for table in ("shop.orders", "chat.notification")
    ),
    *(
        text(
            f"UPDATE {table} SET order_id = NULL WHERE order_id = ANY(CAST(:order_ids AS bigint[]))"  # noqa: S608 - ours
            " AND hashed_email IS NOT NULL"
        )
        for table in ("shop.impression", "chat.opt_in")
    ),
)
# In this order: what finds other things goes after them.
_ERASING = tuple(
    text(statement)
    for statement in (
        f"DELETE {MAILS_GONE}",
        f"DELETE {ANSWERS_GONE}",
        """DELETE FROM pii.envelope e USING chat.identity i WHERE i.identity_id = ANY(CAST(:people AS bigint[]))
            AND i.channel = e.channel AND i.sender_id = e.sender_id""",
        f"DELETE {NOTES}",
        f"DELETE {QUESTIONS}",
        "DELETE FROM chat.waiting WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        "DELETE FROM chat.ticket WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        "DELETE FROM pii.parcel WHERE order_id = ANY(CAST(:order_ids AS bigint[]))",
        # What staff was shown of where an order goes; the audit log says who looked, and when.
        """DELETE FROM pii.delivery d USING shop.audit_log l, unnest(CAST(:order_ids AS bigint[])) AS o (order_id)
            WHERE l.action = 'look' AND l.subject = 'order:' || o.order_id AND d.created_at = l.at
            AND d.channel || ':' || d.sender_id = l.actor""",
        "DELETE FROM pii.cancellation WHERE order_id = ANY(CAST(:order_ids AS bigint[]))",
        """DELETE FROM chat.order_chat oc WHERE order_id = ANY(CAST(:order_ids AS bigint[])) OR EXISTS (
            SELECT FROM chat.identity i WHERE i.identity_id = ANY(CAST(:ids AS bigint[]))
            AND i.channel = oc.channel AND i.sender_id = oc.sender_id)""",
        """UPDATE shop.orders SET identity_id = NULL, address_id = NULL
            WHERE order_id = ANY(CAST(:order_ids AS bigint[]))""",
        """UPDATE shop.order_return SET method_id = '' WHERE order_id = ANY(CAST(:order_ids AS bigint[]))""",
        # What a stranger ordered under the e-mail still arrives.
        """UPDATE shop.orders SET identity_id = NULL WHERE identity_id = ANY(CAST(:ids AS bigint[]))""",
        f"""DELETE FROM pii.address a WHERE (a.identity_id = ANY(CAST(:ids AS bigint[]))
            OR a.hashed_email = ANY(CAST(:hashes AS text[])) OR a.address_id = ANY(CAST(:address_ids AS bigint[])))
            AND NOT {_STILL_USED}""",  # noqa: S608 - ours
        "UPDATE pii.address SET hashed_email = NULL WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        # Until they expire, they still limit how many codes an address is mailed: else forgetting would lift the limit.
        """UPDATE pii.proof SET email = '', identity_id = 0, used_at = coalesce(used_at, created_at)
            WHERE identity_id = ANY(CAST(:ids AS bigint[])) OR hashed_email = ANY(CAST(:hashes AS text[]))""",
        "UPDATE shop.quote SET identity_id = 0 WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        *(
            f"UPDATE shop.{table} SET identity_id = NULL WHERE identity_id = ANY(CAST(:ids AS bigint[]))"  # noqa: S608 - ours
            for table in ("impression", "lost_demand", "conversation_day")
        ),
        f"DELETE {CHATS}",
        "DELETE FROM chat.identity WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        """DELETE FROM chat.opt_in WHERE hashed_email = ANY(CAST(:hashes AS text[]))
            OR (identity_id = ANY(CAST(:ids AS bigint[])) AND confirmed_at IS NULL AND mailed_at IS NULL)""",
        "UPDATE chat.opt_in SET identity_id = 0 WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        """DELETE FROM chat.confirmed WHERE hashed_email = ANY(CAST(:hashes AS text[]))
            OR identity_id = ANY(CAST(:ids AS bigint[]))""",
        "DELETE FROM chat.audience_member WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        """DELETE FROM chat.ideas_chat WHERE hashed_email = ANY(CAST(:hashes AS text[]))
            OR identity_id = ANY(CAST(:ids AS bigint[]))""",
        # They stay in a campaign's totals, under a name that is nobody's; nobody is written to any more.
        "UPDATE chat.campaign_member SET next_at = NULL WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        # What is predicted of them hangs on a number that leads to nobody, but is of no use any more.
        *(
            f"""DELETE FROM raw.prediction_{what} p USING shop.customer c
                WHERE c.customer_id = p.customer_id AND c.hashed_email = ANY(CAST(:hashes AS text[]))"""  # noqa: S608 - ours
            for what in ("churn", "value")
        ),
        "DELETE FROM chat.consent WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        "DELETE FROM chat.suppression WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        "DELETE FROM pii.payment_method WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        "DELETE FROM pii.profile WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        "DELETE FROM pii.email_lookup WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
    )
)


def hash_columns() -> Iterator[Column[Any]]:
    """Every column, of whatever table, that holds hashed e-mails: they are named for it."""
    for table in metadata.sorted_tables:
        yield from (column for column in table.columns if column.name in _HASHES)


def erase(connection: Connection, reach: Reach) -> None:
    """See `domain.records.privacy.Privacy.erase`."""
    terms = terms_of(connection, reach)
    lock_deliveries(connection, connection.execute(ANSWERS_CHOSEN, terms).scalars().all())
    for statement in _ERASING:
        connection.execute(statement, terms)
    for statement in (_CLEAN_STATES, _CLEAN_BEFORE, _UNPROVE, _UNNAME_CUSTOMERS):
        connection.execute(statement, terms)
    _unlink(connection, terms)
    for hashed in reach.hashed_emails:
        token = _token()
        for column in hash_columns():
            if column.table is not proof:
                renamed = update(column.table).where(column == hashed)
                connection.execute(renamed.values({column.name: token}))


def _unlink(connection: Connection, terms: dict[str, Any]) -> None:
    """Puts orders under others' e-mails under a token too: else they would seem to come from no chat at all."""
    for row in connection.execute(_UNDER_OTHERS, terms).all():
        of_order = {"token": _token(), "first_at": row.first_at, "order_ids": row.order_ids}
        for statement in (_ADD_NOBODY, *_UNLINK):
            connection.execute(statement, of_order)


def _token() -> str:
    """It looks like a hash and is of nothing."""
    return secrets.token_hex(32)
