"""Whose e-mails and identities a person's are, and which are also somebody else's."""

from dataclasses import replace

from sqlalchemy import Connection, text

from domain.model import Identity
from domain.records.notifications import NOT_PROVEN
from domain.records.privacy import Reach
from storage.repositories.conversation_state import ASKED_ABOUT, HASHED_EMAIL, has, value

# Which identity used which e-mail, in whatever way.
_USES = f"""
    SELECT identity_id, proven_email AS hashed_email FROM chat.identity WHERE proven_email IS NOT NULL
    UNION SELECT identity_id, hashed_email FROM shop.orders WHERE identity_id IS NOT NULL
    UNION SELECT identity_id, hashed_email FROM pii.address WHERE hashed_email IS NOT NULL
    UNION SELECT identity_id, hashed_email FROM chat.opt_in WHERE identity_id <> 0
    UNION SELECT identity_id, hashed_email FROM pii.proof WHERE identity_id <> 0 AND hashed_email <> ''
    UNION SELECT identity_id, {value(HASHED_EMAIL)} FROM chat.conversation WHERE {has(HASHED_EMAIL)}
    UNION SELECT identity_id, {value(ASKED_ABOUT)} FROM chat.conversation
        WHERE {value(ASKED_ABOUT)} ~ '^[0-9a-f]{{64}}$'
"""  # noqa: S608 - ours
_USED = text(f"SELECT hashed_email FROM ({_USES}) AS u WHERE identity_id = :identity_id ORDER BY 1")  # noqa: S608 - ours
# The owner of an address speaks by their mailbox too: what ended marketing there is not a stranger's to erase, and
# neither is who the shop knows them to be.
_OTHERS_HAVE = text(f"""
    SELECT EXISTS (SELECT FROM ({_USES}) AS u WHERE hashed_email = :it AND identity_id <> :identity_id)
        OR EXISTS (SELECT FROM shop.orders WHERE hashed_email = :it AND identity_id IS DISTINCT FROM :identity_id)
        OR EXISTS (SELECT FROM chat.consent WHERE hashed_email = :it AND NOT given AND given_by NOT LIKE :typed)
        OR EXISTS (SELECT FROM chat.suppression WHERE hashed_email = :it)
        OR EXISTS (SELECT FROM pii.profile WHERE hashed_email = :it)
        OR EXISTS (SELECT FROM pii.payment_method WHERE hashed_email = :it)
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
_KNOWN = text("""
    SELECT EXISTS (SELECT FROM pii.email_lookup WHERE hashed_email = :it)
        OR EXISTS (SELECT FROM shop.customer WHERE hashed_email = :it)
""")


def reach_of(connection: Connection, identity: Identity) -> Reach:
    """See `domain.records.privacy.Privacy.reach_of`."""
    me = identity.identity_id
    used = connection.execute(_USED, {"identity_id": me}).scalars().all()
    terms = {"identity_id": me, "typed": f"%{NOT_PROVEN}"}
    mine = [
        hashed
        for hashed in used
        if hashed == identity.proven_email or not connection.execute(_OTHERS_HAVE, terms | {"it": hashed}).scalar_one()
    ]
    reach = _with_users(connection, (me,), tuple(mine))
    terms = {"found": [*reach.identity_ids, *reach.users], "hashes": mine, "me": me}
    return replace(reach, strangers=tuple(connection.execute(_STRANGERS, terms).scalars()))


def reach_of_email(connection: Connection, hashed_email: str) -> Reach | None:
    """See `domain.records.privacy.Privacy.reach_of_email`."""
    known = connection.execute(_KNOWN, {"it": hashed_email}).scalar_one()
    return _with_users(connection, (), (hashed_email,)) if known else None


def _with_users(connection: Connection, identity_ids: tuple[int, ...], hashed_emails: tuple[str, ...]) -> Reach:
    """Also reaches those who used nothing but these e-mails; the others who used one are its users."""
    terms = {"ids": list(identity_ids), "hashes": list(hashed_emails)}
    users = connection.execute(_USERS, terms).scalars().all()
    found = connection.execute(_USE_NOTHING_ELSE, terms | {"found": list(users)}).all()
    return Reach(
        identity_ids=(*identity_ids, *(row.identity_id for row in found if row.only)),
        hashed_emails=hashed_emails,
        users=tuple(row.identity_id for row in found if not row.only),
    )
