"""What the shop answers: its file's answers and staff's, which count before them; and the words on an order's card."""

from collections.abc import Iterable, Mapping

from domain.ports import UnitOfWork
from domain.records.answers import Answer

PAYMENT, DELIVERY_TIME = "payment", "delivery_time"
LONGEST_SHORT = 90  # characters of an answer's first sentence that stands for it on a card


def answers_of(filed: Iterable[Answer], uow: UnitOfWork) -> dict[str, Answer]:
    """What is answered about the shop, by topic; without what staff took back."""
    known = {answer.topic: answer for answer in filed}
    known |= {answer.topic: answer for answer in uow.answers.given() if not answer.product_id}
    return {topic: answer for topic, answer in known.items() if answer.text}


def answers_about(product_id: str, uow: UnitOfWork) -> dict[str, Answer]:
    """What staff answered about one product, by topic."""
    return {one.topic: one for one in uow.answers.given() if one.product_id == product_id and one.text}


def in_short(answers: Mapping[str, Answer], topic: str) -> str:
    """An answer in a few words: those that were given for it, or its first sentence if it is short; else nothing."""
    answer = answers.get(topic)
    if answer is None:
        return ""
    first = answer.text.split("\n", 1)[0].split(". ", 1)[0].strip()
    return answer.short or (first.rstrip(".") if len(first) <= LONGEST_SHORT else "")
