"""Everything that is kept of a person, counted and read out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, text

from domain.conversation import CartLine
from domain.model import Discount, OrderLine
from domain.records.privacy import (
    Kept,
    KeptChat,
    KeptEmail,
    KeptMethod,
    KeptOrder,
    KeptPayment,
    KeptText,
    PersonalData,
    Reach,
)
from storage.repositories.personal_rows import (
    ADDRESSES_GONE,
    ADDRESSES_SEEN,
    ANSWERS_READ,
    CHATS,
    MAILS_READ,
    NOTES,
    ORDERS,
    QUESTIONS,
    STILL_ARRIVES,
    STRANGERS_ORDER,
    terms_of,
)
from storage.repositories.returns import PostgresReturns

_COUNTS = (
    ("orders", ORDERS),
    ("addresses", ADDRESSES_GONE),
    ("chats", CHATS),
    ("answers", ANSWERS_READ),
    ("notes", f"FROM (SELECT n.at {NOTES} UNION ALL SELECT q.at {QUESTIONS}) AS written"),
    ("mails", MAILS_READ),
)

_EMAILS = text("""
    SELECT c.hashed_email, l.unhashed_email, c.first_seen_at, c.location, c.signed_up_on, k.given, s.reason,
           p.first_name, p.last_name, p.reference,
           (SELECT min(i.proven_by) FROM chat.identity i WHERE i.proven_email = c.hashed_email) AS proven_by
    FROM shop.customer c JOIN pii.email_lookup l USING (hashed_email)
    LEFT JOIN chat.consent k USING (hashed_email) LEFT JOIN chat.suppression s USING (hashed_email)
    LEFT JOIN pii.profile p USING (hashed_email)
    WHERE c.hashed_email = ANY(CAST(:hashes AS text[])) ORDER BY l.unhashed_email
""")
_LINES = text(f"""
    SELECT o.order_id, l.product_id, l.quantity, l.unit_price FROM shop.order_line l JOIN shop.orders o USING (order_id)
    WHERE o.order_id IN (SELECT o.order_id {ORDERS}) ORDER BY o.order_id, l.line_no
""")  # noqa: S608 - ours
_PROMOTIONS = text(f"""
    SELECT u.order_id, u.promotion_id, u.name, u.code, u.amount FROM shop.promotion_use u
    WHERE u.order_id IN (SELECT o.order_id {ORDERS}) ORDER BY 1, 2
""")  # noqa: S608 - ours
_PAYMENTS = text(f"""
    SELECT p.order_id, p.kind, p.amount, coalesce(m.label, CASE p.method_id WHEN 'invoice' THEN 'invoice' END, '')
        AS method, p.why,
        CASE WHEN p.method_id <> 'invoice' THEN p.state
            WHEN p.kind = 'charge' AND p.state = 'done' THEN 'on the invoice'
            WHEN p.kind = 'refund' AND p.state = 'open' AND p.why IN ('cancelled', 'changed') THEN 'off the invoice'
            ELSE p.state END AS state,
        p.at, CASE WHEN p.method_id = 'invoice' AND p.kind = 'charge' THEN NULL ELSE p.done_at END AS done_at
    FROM shop.payment p LEFT JOIN pii.payment_method m USING (method_id)
    WHERE p.order_id IN (SELECT o.order_id {ORDERS}) ORDER BY p.payment_id
""")  # noqa: S608 - ours
_METHODS = text("""
    SELECT kind, label, balance FROM pii.payment_method WHERE hashed_email = ANY(CAST(:hashes AS text[])) ORDER BY 1, 2
""")
_GIFT_CARDS = text("""
    SELECT coalesce(sum(balance), 0.00) FROM pii.payment_method WHERE hashed_email = ANY(CAST(:hashes AS text[]))
""")
_FULL_ORDERS = text(f"""
    SELECT o.*, (SELECT a.address FROM pii.address a WHERE a.address_id = o.address_id) AS address,
           (SELECT trim(p.carrier || ' ' || p.tracking) FROM pii.parcel p WHERE p.order_id = o.order_id) AS parcel,
           (SELECT r.score FROM shop.rating r WHERE r.order_id = o.order_id) AS rating
    {ORDERS} ORDER BY o.order_id
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

_COUNTED = text("""
    SELECT at, 'asked for and not there' AS about, product_id || ': ' || missing || ' of ' || wanted AS text
    FROM shop.lost_demand WHERE identity_id = ANY(CAST(:ids AS bigint[]))
    UNION ALL
    SELECT CAST(day AS timestamptz), 'a day in ' || channel, concat_ws(', ', 'messages: ' || turns,
        'not understood: ' || misunderstood, 'for a person: ' || handed_off, 'products shown: ' || listed,
        'put into the cart: ' || carted, 'order cards: ' || cards, 'orders: ' || orders,
        (SELECT 'what about: ' || string_agg(replace(key, '_', ' ') || ' ' || value, ', ' ORDER BY key)
            FROM jsonb_each_text(intents)))
    FROM shop.conversation_day WHERE identity_id = ANY(CAST(:ids AS bigint[]))
    ORDER BY 1, 2, 3
""")

# Of each kind what the latest run says; and whether staff means to write to them.
_RECKONED = text("""
    SELECT r.made_at AS at, 'likely to order nothing in ' || r.days || ' days' AS about,
        round(CAST(100 * s.probability AS numeric)) || '%: ' || s.reasons AS text
    FROM raw.prediction_churn s JOIN raw.prediction_run r USING (run_id) JOIN shop.customer c USING (customer_id)
    WHERE c.hashed_email = ANY(CAST(:hashes AS text[])) AND s.run_id = (
        SELECT run_id FROM raw.prediction_run WHERE what = 'churn' ORDER BY as_of DESC, run_id DESC LIMIT 1)
    UNION ALL
    SELECT r.made_at, 'expected to bring in ' || r.days || ' days', CAST(s.expected AS text)
    FROM raw.prediction_value s JOIN raw.prediction_run r USING (run_id) JOIN shop.customer c USING (customer_id)
    WHERE c.hashed_email = ANY(CAST(:hashes AS text[])) AND s.run_id = (
        SELECT run_id FROM raw.prediction_run WHERE what = 'value' ORDER BY as_of DESC, run_id DESC LIMIT 1)
    UNION ALL
    SELECT at, 'to be written to', 'collected for a campaign' FROM chat.audience_member
    WHERE hashed_email = ANY(CAST(:hashes AS text[]))
    UNION ALL
    SELECT m.due_at, 'campaign “' || g.name || '”', CASE m.arm
        WHEN 'held_out' THEN 'left alone, so that others can be compared with you' ELSE 'to be written to' END
    FROM chat.campaign_member m JOIN chat.campaign g USING (campaign_id)
    WHERE m.hashed_email = ANY(CAST(:hashes AS text[]))
    UNION ALL
    SELECT at, 'ideas in the chat', 'agreed to in ' || channel FROM chat.ideas_chat
    WHERE hashed_email = ANY(CAST(:hashes AS text[]))
    ORDER BY 1, 2
""")

_WAITING = text("""
    SELECT w.at, CASE WHEN told_at IS NULL THEN 'to be told when it is back' ELSE 'told at ' || told_at END AS about,
        w.quantity || ' × ' || coalesce(nullif(p.name, ''), w.product_id) AS text
    FROM chat.waiting w LEFT JOIN shop.product p USING (product_id)
    WHERE w.identity_id = ANY(CAST(:ids AS bigint[])) ORDER BY w.waiting_id
""")


def count(connection: Connection, reach: Reach) -> Kept:
    """See `domain.records.privacy.Privacy.kept`."""
    terms = terms_of(connection, reach)
    counts = {
        name: int(connection.execute(text(f"SELECT count(*) {found}"), terms).scalar_one()) for name, found in _COUNTS
    }
    waiting = text(f"SELECT o.order_id {ORDERS} AND o.state = 'placed' AND NOT {STRANGERS_ORDER} ORDER BY 1")
    parcels = text(f"SELECT o.order_id {ORDERS} AND {STILL_ARRIVES} ORDER BY 1")
    return Kept(
        **counts,
        open_orders=tuple(connection.execute(waiting, terms).scalars()),
        parcels=tuple(connection.execute(parcels, terms).scalars()),
        gift_cards=connection.execute(_GIFT_CARDS, terms).scalar_one(),
    )


def read_out(connection: Connection, reach: Reach) -> PersonalData:
    """See `domain.records.privacy.Privacy.data`."""
    terms = terms_of(connection, reach)
    return PersonalData(
        emails=tuple(_email(row) for row in connection.execute(_EMAILS, terms)),
        chats=tuple(_chat(row) for row in connection.execute(text(f"SELECT * {CHATS} ORDER BY 1, 2, 3"), terms)),
        orders=_orders(connection, terms),
        addresses=_texts(connection, f"a.at, '' AS about, a.address AS text {ADDRESSES_SEEN}", terms),
        answers=_texts(
            connection,
            "d.created_at AS at, 'the bot' AS about,"
            f" concat_ws(E'\\n', nullif(d.reply ->> 'title', ''), d.reply ->> 'text') AS text {ANSWERS_READ}",
            terms,
        ),
        notes=_texts(
            connection,
            "n.at, CASE n.author WHEN 'customer' THEN 'you' ELSE 'support' END AS about, n.text "
            f"{NOTES} UNION ALL SELECT q.at, 'you, to the shop' AS about, q.text {QUESTIONS}",
            terms,
        ),
        mails=_texts(connection, f"m.at, m.subject AS about, m.body AS text {MAILS_READ}", terms),
        notifications=tuple(_text(row) for row in connection.execute(_NOTIFICATIONS, terms)),
        consents=tuple(_text(row) for row in connection.execute(_CONSENTS, terms)),
        recommended=tuple(_text(row) for row in connection.execute(_RECOMMENDED, terms)),
        counted=tuple(_text(row) for row in connection.execute(_COUNTED, terms)),
        waiting=tuple(_text(row) for row in connection.execute(_WAITING, terms)),
        methods=tuple(KeptMethod(**row._mapping) for row in connection.execute(_METHODS, terms)),
        reckoned=tuple(_text(row) for row in connection.execute(_RECKONED, terms)),
    )


def _orders(connection: Connection, terms: Mapping[str, Any]) -> tuple[KeptOrder, ...]:
    lines: dict[int, list[OrderLine]] = {}
    for row in connection.execute(_LINES, terms):
        line = OrderLine(product_id=row.product_id, quantity=row.quantity, unit_price=row.unit_price)
        lines.setdefault(row.order_id, []).append(line)
    used: dict[int, list[Discount]] = {}
    for row in connection.execute(_PROMOTIONS, terms):
        one = Discount(promotion_id=row.promotion_id, name=row.name, amount=row.amount, code=row.code)
        used.setdefault(row.order_id, []).append(one)
    rows = connection.execute(_FULL_ORDERS, terms).all()
    returns = PostgresReturns(connection).of_orders([row.order_id for row in rows])
    paid: dict[int, list[KeptPayment]] = {}
    for row in connection.execute(_PAYMENTS, terms):
        values = dict(row._mapping)
        paid.setdefault(values.pop("order_id"), []).append(KeptPayment(**values))
    return tuple(
        KeptOrder(
            order_id=row.order_id,
            state=row.state,
            placed_at=row.placed_at,
            lines=tuple(lines.get(row.order_id, ())),
            discount=row.discount,
            total=row.total,
            shipping_address=row.address or "",
            promotions=tuple(used.get(row.order_id, ())),
            parcel=row.parcel or "",
            store_id=row.store_id,
            order_ref=row.order_ref or "",
            rating=row.rating,
            returns=tuple(returns.get(row.order_id, ())),
            payments=tuple(paid.get(row.order_id, ())),
        )
        for row in rows
    )


def _texts(connection: Connection, found: str, terms: Mapping[str, Any]) -> tuple[KeptText, ...]:
    rows = connection.execute(text(f"SELECT {found} ORDER BY 1, 3"), terms)
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
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        signed_up_on=row.signed_up_on,
        reference=row.reference or "",
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
