"""Which rows of the tables are a person's: each kind of thing, by what it is found."""

from typing import Any

from sqlalchemy import Connection, text

from domain.message_ids import order_mail
from domain.records.privacy import Reach

# What each kind of thing is found by; `people` are the identities together with the users.
ORDERS = """FROM shop.orders o
    WHERE (o.identity_id = ANY(CAST(:ids AS bigint[])) OR o.hashed_email = ANY(CAST(:hashes AS text[])))"""
STRANGERS_ORDER = "coalesce(o.identity_id = ANY(CAST(:strangers AS bigint[])), false)"
STILL_ARRIVES = f"{STRANGERS_ORDER} AND o.state IN ('placed', 'shipped')"
ADDRESSES = f"""FROM pii.address a
    WHERE (a.identity_id = ANY(CAST(:ids AS bigint[])) OR a.hashed_email = ANY(CAST(:hashes AS text[]))
           OR a.address_id IN (SELECT o.address_id {ORDERS}))"""
# Those of them that no order needs any more once the person is forgotten.
ADDRESSES_GONE = f"""{ADDRESSES}
    AND NOT EXISTS (SELECT FROM shop.orders n
        WHERE n.address_id = a.address_id AND n.order_id <> ALL(CAST(:order_ids AS bigint[])))"""
# Who typed somebody else's e-mail by mistake may have given their own address with it: it is shown to no one else.
ADDRESSES_SEEN = f"""FROM pii.address a
    WHERE (a.identity_id = ANY(CAST(:ids AS bigint[])) OR a.address_id IN (SELECT o.address_id {ORDERS}))"""
CHATS = "FROM chat.conversation c WHERE c.identity_id = ANY(CAST(:ids AS bigint[]))"
ANSWERS = """FROM pii.delivery d USING_JOIN chat.conversation c
    ON_WHERE c.identity_id = ANY(CAST(:people AS bigint[]))
    AND c.channel = d.channel AND c.chat_id = d.chat_id AND c.sender_id = d.sender_id"""
NOTES = """FROM pii.ticket_note n
    WHERE n.ticket_id IN (SELECT ticket_id FROM chat.ticket t WHERE t.identity_id = ANY(CAST(:ids AS bigint[])))"""
QUESTIONS = "FROM pii.question q WHERE q.identity_id = ANY(CAST(:ids AS bigint[]))"
MAILED_TO = """m.to_email IN (
        SELECT unhashed_email FROM pii.email_lookup WHERE hashed_email = ANY(CAST(:hashes AS text[]))
        UNION SELECT email FROM pii.proof WHERE hashed_email = ANY(CAST(:hashes AS text[])))"""
# Read by who has the address, not by who ordered with it: links and codes in them are for the mailbox alone.
MAILS_READ = f"FROM pii.mailbox m WHERE {MAILED_TO}"
MAILS_GONE = f"FROM pii.mailbox m WHERE (m.mail_key LIKE ANY(CAST(:mail_keys AS text[])) OR {MAILED_TO})"
ANSWERS_READ = ANSWERS.replace("USING_JOIN", "JOIN").replace("ON_WHERE", "ON")
ANSWERS_GONE = ANSWERS.replace("USING_JOIN", "USING").replace("ON_WHERE", "WHERE")
ANSWERS_CHOSEN = text(f"SELECT d.delivery_id {ANSWERS_READ}")


def terms_of(connection: Connection, reach: Reach) -> dict[str, list[Any]]:
    """The terms of all these fragments."""
    terms: dict[str, list[Any]] = {
        "ids": list(reach.identity_ids),
        "hashes": list(reach.hashed_emails),
        "people": [*reach.identity_ids, *reach.users],
        "strangers": list(reach.strangers),
    }
    orders = text(f"SELECT o.order_id, o.address_id {ORDERS} AND NOT ({STILL_ARRIVES})")
    found = connection.execute(orders, terms).all()
    return terms | {
        "order_ids": [row.order_id for row in found],
        "address_ids": [row.address_id for row in found if row.address_id is not None],
        "mail_keys": [order_mail(row.order_id, "%") for row in found],
    }
