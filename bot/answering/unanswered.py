"""Keeps a question that has no answer for staff, scrubbed, together with those that are like it."""

from rapidfuzz import fuzz

from bot.answering.scrubbing import LONGEST, scrub
from bot.answering.vectors import unit
from bot.turn import Turn
from domain.records.answers import Question
from nlu.understanding import Vector

ALIKE = 0.82  # the likeness from which on two questions are one
AS_ASKED = 90
COMPARED = 300  # the newest questions


def keep(turn: Turn, text: str, vector: Vector | None, product_id: str = "") -> None:
    """Keeps what was asked; a message too long to be a question is not kept."""
    words = scrub(text)
    if not words or len(text) > LONGEST:
        return
    question = Question(
        text=words,
        identity_id=turn.conversation.identity_id,
        product_id=product_id,
        encoder=vector.encoder if vector else "",
        vector=vector.values if vector else b"",
    )
    others = turn.uow.questions.newest(product_id, COMPARED)
    alike = next((number for number, other in others if _alike(question, other)), None)
    turn.uow.questions.note(question, turn.now, alike=alike)


def _alike(one: Question, other: Question) -> bool:
    if fuzz.ratio(one.text.casefold(), other.text.casefold()) >= AS_ASKED:
        return True
    comparable = one.encoder and one.encoder == other.encoder and len(one.vector) == len(other.vector)
    return bool(comparable) and float(unit(one.vector) @ unit(other.vector)) >= ALIKE
