"""Which of the shop's topics a question is about: by likeness to how they are asked, and by words that name one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.answering.vectors import likeness
from bot.turn import Turn
from domain.answering import answers_of
from domain.records.answers import Answer
from nlu.topics import asked_of_any_shop, named_topics
from nlu.understanding import Vector

FLOOR = 0.5  # likeness below which a question is about no topic
NAMED = 0.2  # what a word that names a topic adds to its likeness
NAMED_ONLY = 0.5  # the likeness of a topic that is named where no vector tells
AS_ASKED = 92  # of 100, from which on two texts are the same but for a letter
MOST_TOPICS = 4  # of one message
_CLAUSES = re.compile(r"[?!.;,\n]+|\b(?:and|also|plus)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A topic that a text may be about, how likely (to 1.2), and what the shop answers, if it does."""

    name: str
    score: float
    answer: Answer | None = None


def topics_of(turn: Turn) -> list[Topic]:
    """What a message asks the shop about, each topic once, in the order of its clauses; [] where it is none we know."""
    text, understanding = turn.message.text, turn.understanding
    whole = likely(turn, text, understanding.vector)
    clauses = [clause for clause in map(str.strip, _CLAUSES.split(text)) if clause]
    if len(clauses) > 1:
        read = {clause.text: clause.vector for clause in understanding.clauses}
        scores = {topic.name: topic.score for topic in whole}
        found: dict[str, Topic] = {}
        for clause in clauses:
            options = [topic for topic in likely(turn, clause, read.get(clause)) if topic.score >= FLOOR]
            if options:
                best = max(options, key=lambda topic: topic.score + scores.get(topic.name, 0.0))
                found.setdefault(best.name, best)
        if len(found) > 1:
            return list(found.values())[:MOST_TOPICS]
    return [topic for topic in whole[:1] if topic.score >= FLOOR]


def likely(turn: Turn, text: str, vector: Vector | None) -> list[Topic]:
    """The topics that a text may be about, likeliest first."""
    answers = answers_of(turn.shop.answers, turn.uow)
    asked = ways_to_ask(answers)
    by_text = {question: topic for topic, questions in asked.items() for question in questions}
    scores: dict[str, float] = {}
    alike = likeness(turn.uow, vector, by_text) if vector is not None else {}
    for question, score in alike.items():
        scores[by_text[question]] = max(score, scores.get(by_text[question], 0.0))
    said = _plain(text)
    for question, topic in by_text.items():
        if fuzz.ratio(said, _plain(question), score_cutoff=AS_ASKED):
            scores[topic] = 1.0
    for topic in named_topics(text):
        scores[topic] = scores.get(topic, NAMED_ONLY if not alike else 0.0) + NAMED
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    return [Topic(name=name, score=score, answer=answers.get(name)) for name, score in ranked]


def ways_to_ask(answers: Mapping[str, Answer]) -> dict[str, tuple[str, ...]]:
    """How each topic is asked: of any shop, and of this one; a topic of its own also by its name."""
    asked = dict(asked_of_any_shop())
    for topic, answer in answers.items():
        asked[topic] = (*asked.get(topic, (topic.replace("_", " "),)), *answer.questions)
    return asked


def alike_answer(
    turn: Turn, text: str, vector: Vector | None, answers: Iterable[Answer], floor: float
) -> Answer | None:
    """The answer that one of whose questions is most like a text."""
    by_text = {question: answer for answer in answers for question in answer.questions}
    said = _plain(text)
    scores = {question: fuzz.ratio(said, _plain(question)) / 100 for question in by_text}
    scores = {question: score if score * 100 >= AS_ASKED else 0.0 for question, score in scores.items()}
    if vector is not None:
        for question, score in likeness(turn.uow, vector, by_text).items():
            scores[question] = max(score, scores[question])
    best = max(scores, key=scores.__getitem__, default=None)
    return by_text[best] if best is not None and scores[best] >= floor else None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
