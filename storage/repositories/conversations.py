"""Conversations, the inbox that answers each message once, and the replies on their way to a chat."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Row, bindparam, exists, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from domain.conversation import ChatRef, Conversation
from domain.message_ids import UNPROMPTED
from domain.patience import patiently
from domain.records.conversations import NO_STEPS, Delivery, Shown, Steps
from storage.locks import busy_when_timed_out, lock_conversation, lock_conversation_for, lock_deliveries
from storage.prepared import Prepared
from storage.tables import conversation, delivery, identity, inbox, order_chat

_STATE = TypeAdapter(Conversation)
_NOT_STATE = {"chat", "sender_id", "identity_id", "proven_email", "updated_at"}
_STEPS = [field.name for field in fields(Steps)]
# Whoever was forgotten in this very turn has no conversation any more, and nothing is counted of them.
_SAVE = Prepared(
    name="save_turn",
    types={
        "state": "jsonb",
        "at": "timestamptz",
        "channel": "text",
        "chat_id": "text",
        "sender_id": "text",
        "message_id": "text",
        "replies": "text[]",
        "day": "date",
        "intents": "jsonb",
        **dict.fromkeys(_STEPS, "integer"),
    },
    statement=f"""
    WITH saved AS (
        UPDATE chat.conversation SET state = %(state)s, updated_at = %(at)s
        WHERE channel = %(channel)s AND chat_id = %(chat_id)s AND sender_id = %(sender_id)s
        RETURNING identity_id
    ), counted AS (
        INSERT INTO shop.conversation_day AS known (identity_id, channel, day, intents, turns, {", ".join(_STEPS)})
        SELECT identity_id, %(channel)s, %(day)s, %(intents)s, 1, {", ".join(f"%({step})s" for step in _STEPS)}
        FROM saved WHERE %(day)s IS NOT NULL
        ON CONFLICT (identity_id, day) DO UPDATE
        SET turns = known.turns + 1, {", ".join(f"{step} = known.{step} + excluded.{step}" for step in _STEPS)},
            intents = known.intents || coalesce((
                SELECT jsonb_object_agg(key, coalesce(CAST(known.intents ->> key AS integer), 0) + 1)
                FROM jsonb_object_keys(excluded.intents) AS key
            ), '{{}}')
    )
    INSERT INTO pii.delivery (channel, chat_id, sender_id, message_id, position, reply, created_at)
    SELECT %(channel)s, %(chat_id)s, %(sender_id)s, %(message_id)s, position, CAST(reply AS jsonb), %(at)s
    FROM unnest(%(replies)s) WITH ORDINALITY AS one (reply, position)
    RETURNING delivery_id
    """,  # noqa: S608 - our own column names
)


class PostgresConversations:
    """Implements `domain.records.conversations.Conversations`, and the engine's inbox and deliveries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, chat: ChatRef, sender_id: str, now: datetime) -> Conversation:
        """See `domain.records.conversations.Conversations.lock`."""
        row = self._made(
            lambda: lock_conversation(self._connection, chat.channel, chat.chat_id, sender_id), chat, sender_id, now
        )
        return _conversation(row, chat, sender_id)

    def take(self, chat: ChatRef, sender_id: str, message_id: str, now: datetime) -> Conversation | None:
        """See `domain.records.conversations.Conversations.take`."""
        row = self._made(
            lambda: lock_conversation_for(self._connection, chat.channel, chat.chat_id, sender_id, message_id, now),
            chat,
            sender_id,
            now,
        )
        return _conversation(row, chat, sender_id) if row.claimed else None

    def _made(self, lock: Callable[[], Row[Any] | None], chat: ChatRef, sender_id: str, now: datetime) -> Row[Any]:
        """The locked row, after making it if need be."""
        row = lock()
        if row is None:
            with busy_when_timed_out():
                self._create(chat, sender_id, now)
            row = lock()
        if row is None:
            raise LookupError("a conversation that was just made is gone")
        return row

    def _create(self, chat: ChatRef, sender_id: str, now: datetime) -> None:
        person = (
            insert(identity)
            .values(channel=chat.channel, sender_id=sender_id)
            .on_conflict_do_update(index_elements=["channel", "sender_id"], set_={"sender_id": identity.c.sender_id})
            .returning(identity.c.identity_id)
        )
        self._connection.execute(
            insert(conversation)
            .values(
                channel=chat.channel,
                chat_id=chat.chat_id,
                sender_id=sender_id,
                public=chat.public,
                identity_id=self._connection.execute(person).scalar_one(),
                updated_at=now,
            )
            .on_conflict_do_nothing()
        )

    def save(
        self,
        saved: Conversation,
        now: datetime,
        *,
        message_id: str = "",
        replies: Sequence[str] = (),
        day: date | None = None,
        steps: Steps = NO_STEPS,
        intents: Sequence[str] = (),
    ) -> list[Delivery]:
        """See `domain.records.conversations.Conversations.save`."""
        rows = _SAVE.execute(
            self._connection,
            {
                "state": _STATE.dump_json(saved, exclude=_NOT_STATE, exclude_defaults=True).decode(),
                "at": now,
                "channel": saved.chat.channel,
                "chat_id": saved.chat.chat_id,
                "sender_id": saved.sender_id,
                "message_id": message_id,
                "replies": list(replies),
                "day": day,
                "intents": json.dumps(dict.fromkeys(intents, 1)),
                **{step: int(taken) for step, taken in asdict(steps).items()},
            },
        )
        return [Delivery(delivery_id=row[0], reply=reply) for row, reply in zip(rows, replies, strict=True)]

    def note_order(self, conversation: Conversation, order_id: int) -> None:
        """See `domain.records.conversations.Conversations.note_order`."""
        chat, sender_id = conversation.chat, conversation.sender_id
        made_in = insert(order_chat).values(
            order_id=order_id, channel=chat.channel, chat_id=chat.chat_id, sender_id=sender_id, public=chat.public
        )
        self._connection.execute(made_in.on_conflict_do_nothing())

    def of_order(self, order_id: int) -> tuple[ChatRef, str] | None:
        """See `domain.records.conversations.Conversations.of_order`."""
        row = self._connection.execute(select(order_chat).where(order_chat.c.order_id == order_id)).first()
        if row is None:
            return None
        chat = ChatRef(channel=row.channel, chat_id=row.chat_id)
        found = self._private_chat(row.channel, row.sender_id) if row.public else chat
        return None if found is None else (found, row.sender_id)

    def _private_chat(self, channel: str, sender_id: str) -> ChatRef | None:
        """Where somebody last wrote to the bot alone."""
        theirs = (conversation.c.channel == channel, conversation.c.sender_id == sender_id)
        found = self._connection.execute(
            select(conversation.c.chat_id)
            .where(*theirs, ~conversation.c.public)
            .order_by(conversation.c.updated_at.desc())
            .limit(1)
        ).scalar()
        return None if found is None else ChatRef(channel=channel, chat_id=found)

    def replies_to(self, chat: ChatRef, message_id: str) -> list[Delivery]:
        """What a message was answered, in order."""
        rows = self._connection.execute(
            select(delivery.c.delivery_id, delivery.c.reply, delivery.c.delivered_at)
            .where(
                delivery.c.channel == chat.channel,
                delivery.c.chat_id == chat.chat_id,
                delivery.c.message_id == message_id,
            )
            .order_by(delivery.c.position)
        )
        return [
            Delivery(
                delivery_id=row.delivery_id,
                reply=json.dumps(row.reply),
                delivered=row.delivered_at is not None,
            )
            for row in rows
        ]


def _conversation(row: Row[Any], chat: ChatRef, sender_id: str) -> Conversation:
    return _STATE.validate_python(
        {
            **(row.state or {}),
            "chat": replace(chat, public=row.public or chat.public),
            "sender_id": sender_id,
            "identity_id": row.identity_id,
            "proven_email": row.proven_email,
            "updated_at": row.updated_at if row.state else None,
        }
    )


_NOT_LATELY = select(conversation.c.chat_id).where(
    conversation.c.channel == bindparam("channel"),
    conversation.c.chat_id == bindparam("chat_id"),
    ~exists().where(
        inbox.c.channel == conversation.c.channel,
        inbox.c.chat_id == conversation.c.chat_id,
        inbox.c.message_id == bindparam("message_id"),
        inbox.c.at > bindparam("since"),
    ),
)


def may_repeat(connection: Connection, chat: ChatRef, message_id: str, since: datetime) -> bool:
    """Whether nothing was said in a chat yet, or this very message came there after `since`."""
    terms = {"channel": chat.channel, "chat_id": chat.chat_id, "message_id": message_id, "since": since}
    return connection.execute(_NOT_LATELY, terms).first() is None


_WAITING = (
    select(delivery.c.delivery_id, delivery.c.reply)
    .where(
        delivery.c.channel == bindparam("channel"),
        delivery.c.chat_id == bindparam("chat_id"),
        delivery.c.delivered_at.is_(None),
        or_(
            delivery.c.created_at < bindparam("before"),
            *(delivery.c.message_id.startswith(prefix, autoescape=True) for prefix in UNPROMPTED),
        ),
    )
    .order_by(delivery.c.delivery_id)
)


def waiting(connection: Connection, chat: ChatRef, before: datetime) -> list[Delivery]:
    """What has not arrived in a chat, oldest first: answers made before `before`, and all that answers nothing."""
    rows = connection.execute(_WAITING, {"channel": chat.channel, "chat_id": chat.chat_id, "before": before})
    return [Delivery(delivery_id=row.delivery_id, reply=json.dumps(row.reply)) for row in rows]


def undelivered_chats(
    connection: Connection, channels: Sequence[str], *, after: datetime, before: datetime
) -> list[ChatRef]:
    """The chats of these channels in which replies of the time between `after` and `before` have not arrived."""
    rows = connection.execute(
        select(delivery.c.channel, delivery.c.chat_id)
        .distinct()
        .where(
            delivery.c.channel.in_(channels),
            delivery.c.delivered_at.is_(None),
            delivery.c.created_at.between(after, before),
        )
    )
    return [ChatRef(channel=row.channel, chat_id=row.chat_id) for row in rows]


_SHOWN = (
    select(delivery.c.delivery_id, delivery.c.reply, delivery.c.sent_as, delivery.c.question)
    .where(
        delivery.c.channel == bindparam("channel"),
        delivery.c.chat_id == bindparam("chat_id"),
        delivery.c.sender_id == bindparam("sender_id"),
        delivery.c.sent_as.is_not(None),
    )
    .order_by(delivery.c.delivery_id)
)


def shown(connection: Connection, chat: ChatRef, sender_id: str) -> list[Shown]:
    """The replies of a conversation whose buttons a later answer may end, oldest first."""
    terms = {"channel": chat.channel, "chat_id": chat.chat_id, "sender_id": sender_id}
    return [
        Shown(delivery_id=row.delivery_id, reply=json.dumps(row.reply), sent_as=row.sent_as, question=row.question)
        for row in connection.execute(_SHOWN, terms)
    ]


def note_delivered(
    database: Engine, delivery_ids: Sequence[int], now: datetime, *, sent_as: str = "", question: str = ""
) -> None:
    """Notes that replies arrived, in a transaction of its own.

    Raises:
        Busy: others hold them for too long.
    """

    def mark() -> None:
        with database.begin() as connection:
            mark_delivered(connection, delivery_ids, now, sent_as=sent_as, question=question)

    patiently(mark)


def note_ended(database: Engine, delivery_ids: Sequence[int]) -> None:
    """Forgets what the channel calls replies whose buttons have ended, in a transaction of its own.

    Raises:
        Busy: others hold them for too long.
    """

    def mark() -> None:
        with database.begin() as connection:
            lock_deliveries(connection, delivery_ids)
            ended = update(delivery).where(delivery.c.delivery_id.in_(delivery_ids))
            connection.execute(ended.values(sent_as=None, question=None))

    patiently(mark)


def mark_delivered(
    connection: Connection, delivery_ids: Sequence[int], now: datetime, *, sent_as: str = "", question: str = ""
) -> None:
    """Notes that replies arrived. Loses at most a fraction of a second of such notes in a crash.

    Raises:
        Busy: others hold them for too long.
    """
    connection.execute(text("SET LOCAL synchronous_commit = off"))
    lock_deliveries(connection, delivery_ids)
    values: dict[str, object] = {"delivered_at": now}
    if sent_as:
        values |= {"sent_as": sent_as, "question": question}
    connection.execute(update(delivery).where(delivery.c.delivery_id.in_(delivery_ids)).values(values))


def forget_old(connection: Connection, before: datetime) -> int:
    """Deletes answered messages and delivered replies older than `before`; returns how many replies."""
    connection.execute(inbox.delete().where(inbox.c.at < before))
    old = (delivery.c.created_at < before, delivery.c.delivered_at.is_not(None))
    lock_deliveries(connection, select(delivery.c.delivery_id).where(*old))
    gone = connection.execute(delivery.delete().where(*old))
    return gone.rowcount
