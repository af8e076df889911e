"""Staff's changes of what the shop answers: each is written with its line in the audit log, and can be undone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.errors import AlreadyUndone, ChangedSince, EntryUnknown, NotUndoable
from domain.ports import UnitOfWork
from domain.records.answers import Answer
from domain.records.auditing import Action, Entry, of_answer

_BETWEEN = "\n"  # questions in the audit log


def say(
    uow: UnitOfWork, answer: Answer, *, actor: str, now: datetime, number: int | None = None, before: str = ""
) -> Entry | None:
    """Writes an answer, and closes the questions of `number` that it answers; None where it was so already.

    A blank one takes back what the shop's file says. `before` is what the file says, for the log.
    """
    was = uow.answers.lock(*answer.key)
    if was == answer:
        return None
    uow.answers.put(answer, now)
    if number is not None:
        uow.questions.close(number, now)
    changed_from = _facts(was) if was is not None else {"text": before} if before else {}
    changed_to = _facts(answer) | ({"number": str(number)} if number is not None else {})
    return uow.audit.note(
        Entry(
            at=now,
            actor=actor,
            action=Action.ANSWER,
            subject=of_answer(*answer.key),
            changed_from=changed_from,
            changed_to=changed_to,
        )
    )


def drop(uow: UnitOfWork, number: int, *, actor: str, now: datetime) -> Entry:
    """Closes questions that need no answer."""
    uow.questions.close(number, now)
    change = {"number": str(number)}
    return uow.audit.note(
        Entry(at=now, actor=actor, action=Action.ANSWER, subject=of_answer("", ""), changed_to=change)
    )


def take_back(uow: UnitOfWork, entry_id: int, *, actor: str, now: datetime) -> Entry:
    """Puts an answer back to what it was before a change, and its questions to waiting.

    Raises:
        EntryUnknown: there is no such entry.
        NotUndoable: it is not about an answer.
        AlreadyUndone: nothing changes a second time.
        ChangedSince: the answer was changed again since; nothing is lost.
    """
    entry = uow.audit.get(entry_id)
    if entry is None:
        raise EntryUnknown(entry_id)
    kind, _, key = entry.subject.partition(":")
    if kind != "answer" or entry.action != Action.ANSWER:
        raise NotUndoable(entry_id, entry.action)
    topic, _, product_id = key.partition("@")
    present = uow.answers.lock(topic, product_id)
    if not uow.audit.mark_undone(entry_id, now):
        raise AlreadyUndone(entry_id)
    number = entry.changed_to.get("number")
    if topic:
        wrote, is_now = entry.changed_to["text"], present.text if present else ""
        if wrote != is_now:
            raise ChangedSince(entry_id, topic, "text", wrote, is_now)
        if "questions" in entry.changed_from:
            uow.answers.put(_answer(topic, product_id, entry.changed_from), now)
        else:
            uow.answers.withdraw(topic, product_id)
    if number is not None:
        uow.questions.reopen(int(number))
    back = {"text": entry.changed_from.get("text", "")}
    undone = Entry(at=now, actor=actor, action=Action.UNDO_ANSWER, subject=entry.subject, changed_to=back)
    return uow.audit.note(replace(undone, changed_from={"text": entry.changed_to.get("text", "")}))


def _facts(answer: Answer) -> dict[str, str]:
    return {
        "text": answer.text,
        "questions": _BETWEEN.join(answer.questions),
        "source": answer.source,
        "short": answer.short,
    }


def _answer(topic: str, product_id: str, facts: Mapping[str, str]) -> Answer:
    return Answer(
        topic=topic,
        product_id=product_id,
        text=facts["text"],
        questions=tuple(filter(None, facts["questions"].split(_BETWEEN))),
        source=facts["source"],
        short=facts["short"],
    )
