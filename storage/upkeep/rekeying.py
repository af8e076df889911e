"""The key of the e-mail hash: noticing that a process has another one, and going over from an old key to a new one."""

import hashlib
import hmac
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.people.identity import hash_email
from storage.copying import as_csv, copy
from storage.errors import SameHashKey, ShopRunning, WrongHashKey
from storage.locks import lock_tables
from storage.repositories.personal_erasing import hash_columns
from storage.server.database import owner_engine, reachable
from storage.tables import conversation, email_lookup, key_check

_CHECKED = b"the key of the e-mail hash"  # no address: it has no @
_HASH = re.compile(r"[0-9a-f]{64}")
_EMAILS = text(
    "SELECT hashed_email, unhashed_email FROM pii.email_lookup UNION SELECT hashed_email, email FROM pii.proof"
)
_STATES = text("""
    SELECT channel, chat_id, sender_id, CAST(state AS text) AS state FROM chat.conversation
    WHERE CAST(state AS text) ~ '[0-9a-f]{64}'
""")
_SAVE_STATES = text("""
    UPDATE chat.conversation c SET state = CAST(r.state AS jsonb) FROM restated r
    WHERE c.channel = r.channel AND c.chat_id = r.chat_id AND c.sender_id = r.sender_id
""")

_OTHERS = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'parley' AND pid <> pg_backend_pid()
""")
_LOOK_AGAIN = text("SELECT pg_stat_clear_snapshot()")
GLANCES, PAUSE = 10, 0.1  # seconds between two

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotated:
    """What a rotation did: to how many e-mails, in how many rows; `foreign` e-mails fit neither key and were left."""

    emails: int
    rows: int
    foreign: int


def check_key(engine: Engine, key: bytes, *, remember: bool = True) -> None:
    """Compares a key with the one that the database was filled with; the first one that fits is remembered.

    Raises:
        WrongHashKey: with this key every customer would become a second one.
    """
    with engine.begin() as connection:
        known = connection.execute(select(key_check.c.proof)).scalar()
        if known is None and _fits_a_customer(connection, key):
            if not remember:
                return
            connection.execute(upsert(key_check).values(proof=proof_of(key)).on_conflict_do_nothing())
            known = connection.execute(select(key_check.c.proof)).scalar()
        if known is None or not hmac.compare_digest(known, proof_of(key)):
            raise WrongHashKey


def rotate_key(url: str, *, old: bytes, new: bytes, progress: Progress | None = None) -> Rotated:
    """Changes every hashed e-mail from the old key to the new one, all of them or none.

    The way is by the e-mails themselves, so the random tokens of forgotten customers stay what they are. A second
    time there is nothing left to change.

    Args:
        url: the database's, as its owner.
        old: the key until now.
        new: the key from now on.
        progress: is told how many of how many steps are done.

    Raises:
        SameHashKey: there is nothing to rotate.
        WrongHashKey: the old key is not the one that the database was filled with.
        ShopRunning: a process of the shop is connected; it would go on writing old hashes.
        Busy: somebody else holds the tables for too long.
        DatabaseUnreachable: no connection.
    """
    if hmac.compare_digest(old, new):
        raise SameHashKey
    engine = owner_engine(url)
    try:
        with reachable():
            connection = engine.connect()
        with connection, connection.begin():
            return _rotate(connection, old, new, progress or (lambda done, total: None))
    finally:
        engine.dispose()


def _rotate(connection: Connection, old: bytes, new: bytes, progress: Progress) -> Rotated:
    columns = list(hash_columns())
    steps = len(columns) + 2
    check_alone(connection)
    lock_tables(connection, {column.table.fullname for column in columns} | {conversation.fullname})
    meaning, foreign = _translation(connection, old, new)
    known = connection.execute(select(key_check.c.proof)).scalar()
    if not meaning and known not in (None, proof_of(old), proof_of(new)):
        raise WrongHashKey
    if not meaning and known is None and foreign:
        raise WrongHashKey
    connection.execute(text("CREATE TEMPORARY TABLE rekeyed (old text PRIMARY KEY, new text) ON COMMIT DROP"))
    copy(connection, "rekeyed (old, new)", as_csv(meaning.items()))
    connection.execute(text("ANALYZE rekeyed"))
    progress(1, steps)
    rows = 0
    for done, column in enumerate(columns, start=2):
        table, name = column.table.fullname, column.name
        rows += connection.execute(
            text(f"UPDATE {table} AS t SET {name} = r.new FROM rekeyed r WHERE t.{name} = r.old")  # noqa: S608 - ours
        ).rowcount
        progress(done, steps)
    rows += _restate(connection, meaning)
    values = {"proof": proof_of(new)}
    connection.execute(
        upsert(key_check).values(values).on_conflict_do_update(index_elements=list(key_check.primary_key), set_=values)
    )
    progress(steps, steps)
    return Rotated(emails=len(meaning), rows=rows, foreign=foreign)


def check_alone(connection: Connection) -> None:
    """Makes sure that no process of the shop is connected.

    Raises:
        ShopRunning: one is.
    """
    for _ in range(GLANCES):  # a process that ended a moment ago may still be seen
        running = connection.execute(_OTHERS).scalar_one()
        if not running:
            break
        time.sleep(PAUSE)
        connection.execute(_LOOK_AGAIN)
    if running:
        raise ShopRunning(running)


def _translation(connection: Connection, old: bytes, new: bytes) -> tuple[dict[str, str], int]:
    """The new hash for each old one, and how many e-mails fit neither key."""
    meaning: dict[str, str] = {}
    foreign = 0
    for hashed, email in connection.execute(_EMAILS):
        if not email:
            continue  # a proof of somebody who was forgotten
        fresh = hash_email(email, new)
        if hashed == hash_email(email, old):
            meaning[hashed] = fresh
        elif hashed != fresh:
            foreign += 1
    return meaning, foreign


def _restate(connection: Connection, meaning: dict[str, str]) -> int:
    """Changes the hashes inside the conversations' states, wherever they stand in them."""
    if not meaning:
        return 0
    changed = []
    for row in connection.execute(_STATES):
        state = _HASH.sub(lambda found: meaning.get(found[0], found[0]), row.state)
        if state != row.state:
            changed.append((row.channel, row.chat_id, row.sender_id, state))
    connection.execute(
        text("CREATE TEMPORARY TABLE restated (channel text, chat_id text, sender_id text, state text) ON COMMIT DROP")
    )
    names = ("channel", "chat_id", "sender_id", "state")
    copy(connection, f"restated ({', '.join(names)})", as_csv(changed), not_null=names)
    connection.execute(text("ANALYZE restated"))
    return connection.execute(_SAVE_STATES).rowcount


def _fits_a_customer(connection: Connection, key: bytes) -> bool:
    """Whether a customer's hash is of this key; so it is where there is no customer yet."""
    one = connection.execute(select(email_lookup.c.hashed_email, email_lookup.c.unhashed_email).limit(1)).first()
    return one is None or hash_email(one.unhashed_email, key) == one.hashed_email


def proof_of(key: bytes) -> str:
    """A value that tells this key from others, and does not tell the key."""
    return hmac.new(key, _CHECKED, hashlib.sha256).hexdigest()
