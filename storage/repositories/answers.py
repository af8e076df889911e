"""Staff's answers, the vectors of questions, and the questions without an answer, in Postgres."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from domain.records.answers import Answer, Asked, Question
from storage.locks import lock_answers
from storage.tables import answer, question, question_vector

_NUMBER: ColumnElement[int] = func.coalesce(question.c.number, question.c.question_id)
MOST_WORDINGS = 5
_OPEN = text(f"""
    SELECT coalesce(number, question_id) AS number, (array_agg(text ORDER BY at DESC))[1] AS text, count(*) AS times,
           max(at) AS last_at, min(product_id) AS product_id,
           (array_agg(DISTINCT text))[1:{MOST_WORDINGS}] AS wordings, count(*) OVER () AS total
    FROM pii.question WHERE closed_at IS NULL AND (:number = 0 OR coalesce(number, question_id) = :number)
    GROUP BY 1 ORDER BY count(*) DESC, max(at) DESC, 1 LIMIT :limit OFFSET :offset
""")  # noqa: S608 - ours


class PostgresAnswers:
    """Implements `domain.records.answers.Answers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def given(self) -> list[Answer]:
        """See `domain.records.answers.Answers.given`."""
        rows = self._connection.execute(select(answer).order_by(answer.c.topic, answer.c.product_id))
        return [_answer(row) for row in rows]

    def lock(self, topic: str, product_id: str = "") -> Answer | None:
        """See `domain.records.answers.Answers.lock`."""
        lock_answers(self._connection)
        mine = (answer.c.topic == topic) & (answer.c.product_id == product_id)
        row = self._connection.execute(select(answer).where(mine)).first()
        return None if row is None else _answer(row)

    def put(self, one: Answer, at: datetime) -> None:
        """See `domain.records.answers.Answers.put`."""
        values = {
            "text": one.text,
            "questions": list(one.questions),
            "source": one.source,
            "short": one.short,
            "at": at,
        }
        written = insert(answer).values(topic=one.topic, product_id=one.product_id, **values)
        self._connection.execute(written.on_conflict_do_update(index_elements=["topic", "product_id"], set_=values))

    def withdraw(self, topic: str, product_id: str = "") -> None:
        """See `domain.records.answers.Answers.withdraw`."""
        mine = (answer.c.topic == topic) & (answer.c.product_id == product_id)
        self._connection.execute(delete(answer).where(mine))

    def vectors(self, encoder: str, texts: Collection[str]) -> dict[str, bytes]:
        """See `domain.records.answers.Answers.vectors`."""
        by_digest = {_digest(one): one for one in texts}
        rows = self._connection.execute(
            select(question_vector.c.digest, question_vector.c.vector).where(
                question_vector.c.encoder == encoder, question_vector.c.digest.in_(list(by_digest))
            )
        )
        return {by_digest[row.digest]: bytes(row.vector) for row in rows}

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes], at: datetime) -> None:
        """See `domain.records.answers.Answers.keep_vectors`."""
        if not vectors:
            return
        rows = [
            {"encoder": encoder, "digest": _digest(one), "vector": vector, "at": at}
            for one, vector in sorted(vectors.items())
        ]
        self._connection.execute(insert(question_vector).on_conflict_do_nothing(), rows)


class PostgresQuestions:
    """Implements `domain.records.answers.Questions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, one: Question, at: datetime, *, alike: int | None) -> int:
        """See `domain.records.answers.Questions.note`."""
        row = self._connection.execute(
            insert(question)
            .values(
                number=alike,
                identity_id=one.identity_id,
                text=one.text,
                product_id=one.product_id,
                encoder=one.encoder,
                vector=one.vector,
                at=at,
            )
            .returning(_NUMBER)
        )
        return int(row.scalar_one())

    def open(self, limit: int, offset: int = 0) -> tuple[list[Asked], int]:
        """See `domain.records.answers.Questions.open`."""
        rows = self._connection.execute(_OPEN, {"number": 0, "limit": limit, "offset": offset}).all()
        return [_asked(row) for row in rows], rows[0].total if rows else 0

    def get(self, number: int) -> Asked | None:
        """See `domain.records.answers.Questions.get`."""
        row = self._connection.execute(_OPEN, {"number": number, "limit": 1, "offset": 0}).first()
        return None if row is None else _asked(row)

    def newest(self, product_id: str, limit: int) -> list[tuple[int, Question]]:
        """See `domain.records.answers.Questions.newest`."""
        rows = self._connection.execute(
            select(question, _NUMBER.label("its_number"))
            .where(question.c.closed_at.is_(None), question.c.product_id == product_id)
            .order_by(question.c.question_id.desc())
            .limit(limit)
        )
        return [
            (
                row.its_number,
                Question(
                    text=row.text,
                    identity_id=row.identity_id,
                    product_id=row.product_id,
                    encoder=row.encoder,
                    vector=bytes(row.vector),
                ),
            )
            for row in rows
        ]

    def close(self, number: int, at: datetime) -> None:
        """See `domain.records.answers.Questions.close`."""
        waiting = update(question).where(_NUMBER.in_([number]), question.c.closed_at.is_(None))
        self._connection.execute(waiting.values(closed_at=at))

    def reopen(self, number: int) -> None:
        """See `domain.records.answers.Questions.reopen`."""
        self._connection.execute(update(question).where(_NUMBER.in_([number])).values(closed_at=None))

    def told_since(self, since: datetime) -> bool:
        """See `domain.records.answers.Questions.told_since`."""
        told = select(func.count()).select_from(question).where(question.c.told_at > since)
        return int(self._connection.execute(told).scalar_one()) > 0

    def note_told(self, numbers: Sequence[int], at: datetime) -> None:
        """See `domain.records.answers.Questions.note_told`."""
        self._connection.execute(update(question).where(_NUMBER.in_(numbers)).values(told_at=at))


def forget_questions(connection: Connection, before: datetime) -> None:
    """Deletes what was asked before `before`, answered or not."""
    connection.execute(delete(question).where(question.c.at < before))


def _digest(one: str) -> str:
    return hashlib.sha256(one.encode("utf-8", "replace")).hexdigest()


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        topic=row.topic,
        text=row.text,
        questions=tuple(row.questions),
        source=row.source,
        short=row.short,
        product_id=row.product_id,
    )


def _asked(row: Row[Any]) -> Asked:
    return Asked(
        number=row.number,
        text=row.text,
        times=row.times,
        last_at=row.last_at,
        product_id=row.product_id,
        wordings=tuple(row.wordings),
    )
