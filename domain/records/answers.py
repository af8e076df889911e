"""What the shop answers to questions about itself and its products, and the questions it had no answer for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the shop says of a topic.

    Attributes:
        topic: its name, such as "shipping_cost".
        text: the answer; empty where staff took it back, so that not even the file's is given.
        questions: some ways in which it is asked.
        source: a link to where it is written at length.
        short: the same in a few words, for the order's card.
        product_id: the only product that it is true of; of the shop it is empty.
    """

    topic: str
    text: str
    questions: tuple[str, ...] = ()
    source: str = ""
    short: str = ""
    product_id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What there is only one of."""
        return self.topic, self.product_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question without an answer, as it was asked, free of what names a person.

    Attributes:
        text: the words.
        identity_id: who asked; what they asked is forgotten with them.
        product_id: the product it was about, if it was about one.
        encoder: who made the `vector`; empty where nobody did.
        vector: its place among all sentences.
    """

    text: str
    identity_id: int
    product_id: str = ""
    encoder: str = ""
    vector: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Questions that are alike, as one: its number, the words of the newest, how often and when it was asked last."""

    number: int
    text: str
    times: int
    last_at: datetime
    product_id: str = ""
    wordings: tuple[str, ...] = ()


class Answers(Protocol):
    """The answers that staff gave in chats, and the vectors of all questions that answers are found by."""

    def given(self) -> list[Answer]:
        """All of them, by topic and product; one without a text takes back what a file says."""
        ...

    def lock(self, topic: str, product_id: str = "") -> Answer | None:
        """The answer that staff gave, if any; nobody else changes it until this unit of work ends.

        Raises:
            Busy: others hold it for longer than the lock time-out.
        """
        ...

    def put(self, answer: Answer, at: datetime) -> None:
        """Writes an answer over what was there."""
        ...

    def withdraw(self, topic: str, product_id: str = "") -> None:
        """Deletes what staff said, so that the file counts again, if it says anything."""
        ...

    def vectors(self, encoder: str, texts: Collection[str]) -> dict[str, bytes]:
        """The vectors that are known of these texts, whoever had them encoded."""
        ...

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes], at: datetime) -> None:
        """Keeps vectors of texts, for all processes."""
        ...


class Questions(Protocol):
    """What was asked and not answered."""

    def note(self, question: Question, at: datetime, *, alike: int | None) -> int:
        """Keeps a question, as one more of those of the number `alike` if it is given; returns its number."""
        ...

    def open(self, limit: int, offset: int = 0) -> tuple[list[Asked], int]:
        """A page of those that wait for an answer, most asked first, and how many there are in all."""
        ...

    def get(self, number: int) -> Asked | None:
        """One of those that wait for an answer."""
        ...

    def newest(self, product_id: str, limit: int) -> list[tuple[int, Question]]:
        """The last that were asked about a product, or about the shop, and still wait: with their numbers."""
        ...

    def close(self, number: int, at: datetime) -> None:
        """They wait no longer."""
        ...

    def reopen(self, number: int) -> None:
        """They wait again."""
        ...

    def told_since(self, since: datetime) -> bool:
        """Whether staff was told of any after `since`."""
        ...

    def note_told(self, numbers: Sequence[int], at: datetime) -> None:
        """Staff was told of these."""
        ...
