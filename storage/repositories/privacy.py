"""Everything that the tables keep of a person, in Postgres: found, counted, read out and erased."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Connection, Row, text, update

from domain.conversation import CartLine
from domain.message_ids import order_mail
from domain.model import Identity, OrderLine
from domain.records.notifications import NOT_PROVEN
from domain.records.privacy import Kept, KeptChat, KeptEmail, KeptOrder, KeptText, PersonalData, Reach
from storage.locks import lock_conversations_of, lock_deliveries
from storage.tables import metadata, proof

_HASHES = ("hashed_email", "proven_email")

# Which identity used which e-mail, in whatever way.
_USES = """
    SELECT identity_id, proven_email AS hashed_email FROM chat.identity WHERE proven_email IS NOT NULL
    UNION SELECT identity_id, hashed_email FROM shop.orders WHERE identity_id IS NOT NULL
    UNION SELECT identity_id, hashed_email FROM pii.address WHERE hashed_email IS NOT NULL
    UNION SELECT identity_id, hashed_email FROM chat.opt_in WHERE identity_id <> 0
    UNION SELECT identity_id, hashed_email FROM pii.proof WHERE identity_id <> 0 AND hashed_email <> ''
    UNION SELECT identity_id, state ->> 'hashed_email' FROM chat.conversation WHERE state ? 'hashed_email'
    UNION SELECT identity_id, state -> 'pending' ->> 'subject' FROM chat.conversation
        WHERE state -> 'pending' ->> 'subject' ~ '^[0-9a-f]{64}$'
"""
_USED = text(f"SELECT hashed_email FROM ({_USES}) AS u WHERE identity_id = :identity_id ORDER BY 1")  # noqa: S608 - ours
# The owner of an address speaks by their mailbox too: what ended marketing there is not a stranger's to erase.
_OTHERS_HAVE = text(f"""
    SELECT EXISTS (SELECT FROM ({_USES}) AS u WHERE hashed_email = :it AND identity_id <> :identity_id)
        OR EXISTS (SELECT FROM shop.orders WHERE hashed_email = :it AND identity_id IS DISTINCT FROM :identity_id)
        OR EXISTS (SELECT FROM chat.consent WHERE hashed_email = :it AND NOT given AND given_by NOT LIKE :typed)
        OR EXISTS (SELECT FROM chat.suppression WHERE hashed_email = :it)
""")  # noqa: S608 - ours
_USERS = text(f"""
    SELECT DISTINCT identity_id FROM ({_USES}) AS u
    WHERE hashed_email = ANY(CAST(:hashes AS text[])) AND identity_id <> ALL(CAST(:ids AS bigint[]))
""")  # noqa: S608 - ours
_USE_NOTHING_ELSE = text(f"""
    SELECT identity_id, bool_and(hashed_email = ANY(CAST(:hashes AS text[]))) AS only FROM ({_USES}) AS u
    WHERE identity_id = ANY(CAST(:found AS bigint[])) GROUP BY identity_id ORDER BY identity_id
""")  # noqa: S608 - ours
_STRANGERS = text("""
    SELECT identity_id FROM chat.identity
    WHERE identity_id = ANY(CAST(:found AS bigint[])) AND identity_id <> :me
    AND (proven_email IS NULL OR proven_email <> ALL(CAST(:hashes AS text[]))) ORDER BY identity_id
""")
_FORGET_PARCEL = text("""
    WITH detached AS (
        UPDATE shop.orders o SET address_id = NULL FROM shop.orders before
        WHERE o.order_id = :order_id AND before.order_id = o.order_id
        AND NOT EXISTS (SELECT FROM pii.email_lookup l WHERE l.hashed_email = o.hashed_email)
        RETURNING before.address_id
    )
    DELETE FROM pii.address a USING detached WHERE a.address_id = detached.address_id
    AND NOT EXISTS (SELECT FROM shop.orders o WHERE o.address_id = a.address_id AND o.order_id <> :order_id)
    AND NOT EXISTS (SELECT FROM chat.conversation c WHERE c.state ->> 'address_id' = CAST(a.address_id AS text))
""")
_KNOWN = text("""
    SELECT EXISTS (SELECT FROM pii.email_lookup WHERE hashed_email = :it)
        OR EXISTS (SELECT FROM shop.customer WHERE hashed_email = :it)
""")

# What each kind of thing is found by; `people` are the identities together with the users.
_ORDERS = """FROM shop.orders o
    WHERE (o.identity_id = ANY(CAST(:ids AS bigint[])) OR o.hashed_email = ANY(CAST(:hashes AS text[])))"""
_STRANGERS_ORDER = "coalesce(o.identity_id = ANY(CAST(:strangers AS bigint[])), false)"
_ADDRESSES = f"""FROM pii.address a
    WHERE (a.identity_id = ANY(CAST(:ids AS bigint[])) OR a.hashed_email = ANY(CAST(:hashes AS text[]))
           OR a.address_id IN (SELECT o.address_id {_ORDERS}))"""
# Who typed somebody else's e-mail by mistake may have given their own address with it: it is shown to no one else.
_ADDRESSES_SEEN = f"""FROM pii.address a
    WHERE (a.identity_id = ANY(CAST(:ids AS bigint[])) OR a.address_id IN (SELECT o.address_id {_ORDERS}))"""
_CHATS = "FROM chat.conversation c WHERE c.identity_id = ANY(CAST(:ids AS bigint[]))"
_ANSWERS = """FROM pii.delivery d USING_JOIN chat.conversation c
    ON_WHERE c.identity_id = ANY(CAST(:people AS bigint[]))
    AND c.channel = d.channel AND c.chat_id = d.chat_id AND c.sender_id = d.sender_id"""
_NOTES = """FROM pii.ticket_note n
    WHERE n.ticket_id IN (SELECT ticket_id FROM chat.ticket t WHERE t.identity_id = ANY(CAST(:ids AS bigint[])))"""
_MAILED_TO = """m.to_email IN (
        SELECT unhashed_email FROM pii.email_lookup WHERE hashed_email = ANY(CAST(:hashes AS text[]))
        UNION SELECT email FROM pii.proof WHERE hashed_email = ANY(CAST(:hashes AS text[])))"""
# Read by who has the address, not by who ordered with it: links and codes in them are for the mailbox alone.
_MAILS_READ = f"FROM pii.mailbox m WHERE {_MAILED_TO}"
_MAILS_GONE = f"FROM pii.mailbox m WHERE (m.mail_key LIKE ANY(CAST(:mail_keys AS text[])) OR {_MAILED_TO})"
_ANSWERS_READ = _ANSWERS.replace("USING_JOIN", "JOIN").replace("ON_WHERE", "ON")
_ANSWERS_GONE = _ANSWERS.replace("USING_JOIN", "USING").replace("ON_WHERE", "WHERE")
_ANSWERS_CHOSEN = text(f"SELECT d.delivery_id {_ANSWERS_READ}")
_COUNTS = (
    ("orders", _ORDERS),
    ("addresses", _ADDRESSES),
    ("chats", _CHATS),
    ("answers", _ANSWERS_READ),
    ("notes", _NOTES),
    ("mails", _MAILS_READ),
)

_EMAILS = text("""
    SELECT c.hashed_email, l.unhashed_email, c.first_seen_at, c.location, k.given, s.reason,
           (SELECT min(i.proven_by) FROM chat.identity i WHERE i.proven_email = c.hashed_email) AS proven_by
    FROM shop.customer c JOIN pii.email_lookup l USING (hashed_email)
    LEFT JOIN chat.consent k USING (hashed_email) LEFT JOIN chat.suppression s USING (hashed_email)
    WHERE c.hashed_email = ANY(CAST(:hashes AS text[])) ORDER BY l.unhashed_email
""")
_LINES = text(f"""
    SELECT o.order_id, l.product_id, l.quantity, l.unit_price FROM shop.order_line l JOIN shop.orders o USING (order_id)
    WHERE o.order_id IN (SELECT o.order_id {_ORDERS}) ORDER BY o.order_id, l.line_no
""")  # noqa: S608 - ours
_FULL_ORDERS = text(f"""
    SELECT o.*, (SELECT a.address FROM pii.address a WHERE a.address_id = o.address_id) AS address,
           (SELECT trim(p.carrier || ' ' || p.tracking) FROM pii.parcel p WHERE p.order_id = o.order_id) AS parcel
    {_ORDERS} ORDER BY o.order_id
""")  # noqa: S608 - ours
_NOTIFICATIONS = text("""
    SELECT created_at AS at, kind || ' (' || channel || ')' AS about, outcome || ': ' || reason AS text
    FROM chat.notification WHERE hashed_email = ANY(CAST(:hashes AS text[])) ORDER BY created_at, key
""")
# The evidence of consent: the owner's whole, of a typed address only what this identity was asked and answered.
_CONSENTS = text("""
    SELECT asked_at AS at, 'ideas by mail, asked in ' || asked_in || ', words of ' || words AS about, concat_ws('; ',
        CASE WHEN agreed THEN 'yes at ' || answered_at WHEN NOT agreed THEN 'no at ' || answered_at ELSE 'open' END,
        CASE WHEN hashed_email = ANY(CAST(:hashes AS text[])) THEN 'link mailed at ' || mailed_at END,
        CASE WHEN hashed_email = ANY(CAST(:hashes AS text[])) THEN
            'confirmed by ' || confirmed_by || ' at ' || confirmed_at END) AS text
    FROM chat.opt_in
    WHERE identity_id = ANY(CAST(:ids AS bigint[])) OR hashed_email = ANY(CAST(:hashes AS text[]))
    ORDER BY asked_at, opt_in_id
""")
_RECOMMENDED = text("""
    SELECT shown_at AS at, placement AS about, CASE
        -- Who followed the link of somebody's mail did so for themselves.
        WHEN identity_id IS NULL OR identity_id <> ALL(CAST(:ids AS bigint[])) THEN product_id
        ELSE concat_ws(', ', product_id, CASE WHEN added_at IS NOT NULL THEN 'put into the cart' END,
            CASE WHEN dismissed_at IS NOT NULL THEN 'not wanted' END, 'order ' || order_id) END AS text
    FROM shop.impression WHERE identity_id = ANY(CAST(:ids AS bigint[])) OR hashed_email = ANY(CAST(:hashes AS text[]))
    ORDER BY shown_at, impression_id
""")

# An address that an order outside still ships to stays that order's, without the e-mail.
_STILL_USED = "EXISTS (SELECT FROM shop.orders o WHERE o.address_id = a.address_id)"
# Of a conversation that only used the e-mail, what belongs to it goes; so does a key of an address that is gone.
_GONE = "NOT EXISTS (SELECT FROM pii.address a WHERE a.address_id = CAST({} AS bigint))"
_CLEAN_STATES = text(f"""
    UPDATE chat.conversation
    SET state = state - ARRAY[
        'hashed_email', 'masked_email', 'address_id', 'pending', 'checking_out', 'changing', 'aside']
    WHERE state ->> 'hashed_email' = ANY(CAST(:hashes AS text[]))
       OR state -> 'pending' ->> 'subject' = ANY(CAST(:hashes AS text[]))
       OR (identity_id = ANY(CAST(:people AS bigint[])) AND (
           state ? 'address_id' AND {_GONE.format("state ->> 'address_id'")}
           OR state -> 'aside' ? 'address_id' AND {_GONE.format("state -> 'aside' ->> 'address_id'")}))
""")  # noqa: S608 - ours
_UNPROVE = text("""
    UPDATE chat.identity SET proven_email = NULL, proven_by = NULL, proven_at = NULL
    WHERE proven_email = ANY(CAST(:hashes AS text[]))
""")
_UNNAME_CUSTOMERS = text("UPDATE shop.customer SET location = '' WHERE hashed_email = ANY(CAST(:hashes AS text[]))")
# In this order: what finds other things goes after them.
_ERASING = tuple(
    text(statement)
    for statement in (
        f"DELETE {_MAILS_GONE}",
        f"DELETE {_ANSWERS_GONE}",
        """DELETE FROM pii.envelope e USING chat.identity i WHERE i.identity_id = ANY(CAST(:people AS bigint[]))
            AND i.channel = e.channel AND i.sender_id = e.sender_id""",
        f"DELETE {_NOTES}",
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
        "UPDATE shop.impression SET identity_id = NULL WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        f"DELETE {_CHATS}",
        "DELETE FROM chat.identity WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        """DELETE FROM chat.opt_in WHERE hashed_email = ANY(CAST(:hashes AS text[]))
            OR (identity_id = ANY(CAST(:ids AS bigint[])) AND confirmed_at IS NULL AND mailed_at IS NULL)""",
        "UPDATE chat.opt_in SET identity_id = 0 WHERE identity_id = ANY(CAST(:ids AS bigint[]))",
        """DELETE FROM chat.confirmed WHERE hashed_email = ANY(CAST(:hashes AS text[]))
            OR identity_id = ANY(CAST(:ids AS bigint[]))""",
        "DELETE FROM chat.consent WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        "DELETE FROM chat.suppression WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
        "DELETE FROM pii.email_lookup WHERE hashed_email = ANY(CAST(:hashes AS text[]))",
    )
)


def hash_columns() -> Iterator[Column[Any]]:
    """Every column, of whatever table, that holds hashed e-mails: they are named for it."""
    for table in metadata.sorted_tables:
        yield from (column for column in table.columns if column.name in _HASHES)


class PostgresPrivacy:
    """Implements `domain.records.privacy.Privacy`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reach_of(self, identity: Identity) -> Reach:
        """See `domain.records.privacy.Privacy.reach_of`."""
        me = identity.identity_id
        used = self._connection.execute(_USED, {"identity_id": me}).scalars().all()
        terms = {"identity_id": me, "typed": f"%{NOT_PROVEN}"}
        mine = [
            hashed
            for hashed in used
            if hashed == identity.proven_email
            or not self._connection.execute(_OTHERS_HAVE, terms | {"it": hashed}).scalar_one()
        ]
        reach = self._with_users((me,), tuple(mine))
        terms = {"found": [*reach.identity_ids, *reach.users], "hashes": mine, "me": me}
        return replace(reach, strangers=tuple(self._connection.execute(_STRANGERS, terms).scalars()))

    def reach_of_email(self, hashed_email: str) -> Reach | None:
        """See `domain.records.privacy.Privacy.reach_of_email`."""
        known = self._connection.execute(_KNOWN, {"it": hashed_email}).scalar_one()
        return self._with_users((), (hashed_email,)) if known else None

    def _with_users(self, identity_ids: tuple[int, ...], hashed_emails: tuple[str, ...]) -> Reach:
        """Also reaches those who used nothing but these e-mails; the others who used one are its users."""
        terms = {"ids": list(identity_ids), "hashes": list(hashed_emails)}
        users = self._connection.execute(_USERS, terms).scalars().all()
        found = self._connection.execute(_USE_NOTHING_ELSE, terms | {"found": list(users)}).all()
        return Reach(
            identity_ids=(*identity_ids, *(row.identity_id for row in found if row.only)),
            hashed_emails=hashed_emails,
            users=tuple(row.identity_id for row in found if not row.only),
        )

    def lock(self, reach: Reach) -> None:
        """See `domain.records.privacy.Privacy.lock`."""
        lock_conversations_of(self._connection, [*reach.identity_ids, *reach.users])

    def kept(self, reach: Reach) -> Kept:
        """See `domain.records.privacy.Privacy.kept`."""
        terms = self._terms(reach)
        counts = {
            name: int(self._connection.execute(text(f"SELECT count(*) {found}"), terms).scalar_one())
            for name, found in _COUNTS
        }
        waiting = text(f"SELECT o.order_id {_ORDERS} AND o.state = 'placed' AND NOT {_STRANGERS_ORDER} ORDER BY 1")
        return Kept(**counts, open_orders=tuple(self._connection.execute(waiting, terms).scalars()))

    def data(self, reach: Reach) -> PersonalData:
        """See `domain.records.privacy.Privacy.data`."""
        terms = self._terms(reach)
        return PersonalData(
            emails=tuple(_email(row) for row in self._connection.execute(_EMAILS, terms)),
            chats=tuple(
                _chat(row) for row in self._connection.execute(text(f"SELECT * {_CHATS} ORDER BY 1, 2, 3"), terms)
            ),
            orders=self._orders(terms),
            addresses=self._texts(f"a.at, '' AS about, a.address AS text {_ADDRESSES_SEEN}", terms),
            answers=self._texts(
                "d.created_at AS at, 'the bot' AS about,"
                f" concat_ws(E'\\n', nullif(d.reply ->> 'title', ''), d.reply ->> 'text') AS text {_ANSWERS_READ}",
                terms,
            ),
            notes=self._texts(
                "n.at, CASE n.author WHEN 'customer' THEN 'you' ELSE 'support' END AS about, n.text " + _NOTES, terms
            ),
            mails=self._texts(f"m.at, m.subject AS about, m.body AS text {_MAILS_READ}", terms),
            notifications=tuple(_text(row) for row in self._connection.execute(_NOTIFICATIONS, terms)),
            consents=tuple(_text(row) for row in self._connection.execute(_CONSENTS, terms)),
            recommended=tuple(_text(row) for row in self._connection.execute(_RECOMMENDED, terms)),
        )

    def erase(self, reach: Reach) -> None:
        """See `domain.records.privacy.Privacy.erase`."""
        terms = self._terms(reach)
        lock_deliveries(self._connection, self._connection.execute(_ANSWERS_CHOSEN, terms).scalars().all())
        for statement in _ERASING:
            self._connection.execute(statement, terms)
        for statement in (_CLEAN_STATES, _UNPROVE, _UNNAME_CUSTOMERS):
            self._connection.execute(statement, terms)
        for hashed in reach.hashed_emails:
            token = secrets.token_hex(32)  # looks like a hash and is of nothing
            for column in hash_columns():
                if column.table is not proof:
                    renamed = update(column.table).where(column == hashed)
                    self._connection.execute(renamed.values({column.name: token}))

    def forget_parcel(self, order_id: int) -> None:
        """See `domain.records.privacy.Privacy.forget_parcel`."""
        self._connection.execute(_FORGET_PARCEL, {"order_id": order_id})

    def _terms(self, reach: Reach) -> dict[str, list[Any]]:
        terms: dict[str, list[Any]] = {
            "ids": list(reach.identity_ids),
            "hashes": list(reach.hashed_emails),
            "people": [*reach.identity_ids, *reach.users],
            "strangers": list(reach.strangers),
        }
        on_its_way = f"{_STRANGERS_ORDER} AND o.state IN ('placed', 'shipped')"
        orders = text(f"SELECT o.order_id, o.address_id {_ORDERS} AND NOT ({on_its_way})")
        found = self._connection.execute(orders, terms).all()
        return terms | {
            "order_ids": [row.order_id for row in found],
            "address_ids": [row.address_id for row in found if row.address_id is not None],
            "mail_keys": [order_mail(row.order_id, "%") for row in found],
        }

    def _orders(self, terms: Mapping[str, Any]) -> tuple[KeptOrder, ...]:
        lines: dict[int, list[OrderLine]] = {}
        for row in self._connection.execute(_LINES, terms):
            line = OrderLine(product_id=row.product_id, quantity=row.quantity, unit_price=row.unit_price)
            lines.setdefault(row.order_id, []).append(line)
        return tuple(
            KeptOrder(
                order_id=row.order_id,
                state=row.state,
                placed_at=row.placed_at,
                lines=tuple(lines.get(row.order_id, ())),
                discount=row.discount,
                total=row.total,
                shipping_address=row.address or "",
                parcel=row.parcel or "",
            )
            for row in self._connection.execute(_FULL_ORDERS, terms)
        )

    def _texts(self, found: str, terms: Mapping[str, Any]) -> tuple[KeptText, ...]:
        rows = self._connection.execute(text(f"SELECT {found} ORDER BY 1, 3"), terms)
        return tuple(_text(row) for row in rows)


def _text(row: Row[Any]) -> KeptText:
    return KeptText(at=row.at, about=row.about, text=row.text)


def _email(row: Row[Any]) -> KeptEmail:
    return KeptEmail(
        email=row.unhashed_email,
        proven_by=row.proven_by or "",
        known_since=row.first_seen_at,
        postcode=row.location,
        marketing=row.given,
        no_marketing_because=row.reason or "",
    )


def _chat(row: Row[Any]) -> KeptChat:
    state = row.state or {}
    return KeptChat(
        channel=row.channel,
        chat_id=row.chat_id,
        sender_id=row.sender_id,
        cart=tuple(
            CartLine(product_id=line["product_id"], quantity=line["quantity"]) for line in state.get("cart", ())
        ),
        masked_email=state.get("masked_email", ""),
    )
