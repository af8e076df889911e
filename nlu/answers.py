"""Reads what a Rasa server answered, strictly: nothing that the bot could stumble over gets past here."""

import base64
import re
from math import isfinite
from typing import Any

from nlu.understanding import Entity, Guess, NluUnavailable, Part, PartSpan, Understanding, Vector, Wish

_MOST_ENTITIES = 2000  # no more than the characters that are read
_MOST_INTENTS = 200
_MOST_WISHES = 50
_LONGEST_VECTOR = 4096  # numbers
_LONGEST_MARK = 20  # characters of a role or a group
# How the values look that the bot counts with or looks up; of all others only the length is checked.
_VALUES = {
    "quantity": re.compile(r"-?[0-9]{1,15}"),
    "price": re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,8})?"),
    "order_number": re.compile(r"\d{1,12}"),
    "reference": re.compile(r"[0-9]{1,2}|last|all|it|cart"),
    "price_order": re.compile(r"asc|desc|cheaper|dearer|same"),
    "price_for": re.compile(r"[0-9]{1,2}"),
    "order_time": re.compile(r"last|today|yesterday|all|duplicate"),
    "notify": re.compile(r"yes"),
    "happened": re.compile(r"broken|wrong_item|missing|late"),
    "wanted": re.compile(r"return|refund|warranty"),
}
_ROLES = {
    "quantity": {"", "set", "add", "subtract", "times", "parts"},
    "price": {"below", "at_most", "above", "at_least", "exactly", "around"},
    "price_order": {"", "count", "place"},
}


def read_answer(text: str, answer: Any, *, asked: str) -> Understanding:
    """Reads an answer about `asked`, the part of `text` that was sent: entities are placed in `text`.

    Raises:
        NluUnavailable: it is blank or malformed; a blank parse is an error, never an intent.
    """
    try:
        ranking = tuple(_guess(item) for item in answer["intent_ranking"][:_MOST_INTENTS])
        if not ranking or ranking[0].intent != answer["intent"]["name"]:
            raise ValueError("the ranking is blank or does not begin with the intent")
        if len(answer["entities"]) > _MOST_ENTITIES:
            raise ValueError("there are more entities than characters")
        offset = text.find(asked)
        entities = tuple(_entity(item, offset, len(asked)) for item in answer["entities"])
        wishes = tuple(_wish(item, offset, len(asked)) for item in answer.get("wishes", ())[:_MOST_WISHES])
        parts = tuple(_part(item, asked) for item in answer.get("parts", ())[:_MOST_WISHES])
        vector = _vector(answer.get("vector"))
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise NluUnavailable("the NLU server's answer is blank or malformed") from exc
    return Understanding(text=text, ranking=ranking, entities=entities, wishes=wishes, parts=parts, vector=vector)


def _guess(item: Any) -> Guess:
    name, confidence = item["name"], item["confidence"]
    if not isinstance(name, str) or not name or not isinstance(confidence, int | float):
        raise TypeError("an intent needs a name and a confidence")
    if not 0 <= confidence <= 1 or not isfinite(confidence):
        raise ValueError("a confidence lies between 0 and 1")
    return Guess(intent=name, confidence=float(confidence))


def _wish(item: Any, offset: int, length: int) -> Wish:
    guess = _guess({"name": item["intent"], "confidence": item["confidence"]})
    start, end = _place(item, length)
    return Wish(
        start=start + offset,
        end=end + offset,
        intent=guess.intent,
        confidence=guess.confidence,
        entities=tuple(_entity(one, offset, length) for one in item["entities"][:_MOST_ENTITIES]),
    )


def _part(item: Any, asked: str) -> Part:
    guess = _guess({"name": item["act"], "confidence": item["confidence"]})
    start, end = _place(item, len(asked))
    spans = []
    for one in item["spans"][:_MOST_ENTITIES]:
        first, last = _place(one, len(asked))
        if not isinstance(one["kind"], str) or not 0 < len(one["kind"]) <= _LONGEST_MARK:
            raise ValueError("a span is of a kind")
        spans.append(PartSpan(words=asked[first:last], kind=one["kind"], at=first - start))
    return Part(text=asked[start:end], act=guess.intent, sure=guess.confidence, spans=tuple(spans))


def _place(item: Any, length: int) -> tuple[int, int]:
    start, end = item["start"], item["end"]
    if not all(type(place) is int for place in (start, end)) or not 0 <= start < end <= length:
        raise ValueError("a part lies in the text")
    return start, end


def _vector(item: Any) -> Vector | None:
    """The sentence's vector; a server of an older model sends none."""
    if item is None:
        return None
    encoder, values = item["encoder"], base64.b64decode(item["int8"], validate=True)
    if not isinstance(encoder, str) or not 0 < len(encoder) <= _LONGEST_MARK * 4:
        raise ValueError("a vector names its encoder")
    if not 0 < len(values) <= _LONGEST_VECTOR:
        raise ValueError("a vector has some numbers, and not too many")
    return Vector(encoder=encoder, values=values)


def _entity(item: Any, offset: int, length: int) -> Entity:
    name, value = item["entity"], item["value"]
    role, group = item.get("role") or "", item.get("group") or ""
    start, end = item["start"], item["end"]
    if not all(isinstance(part, str) for part in (name, value, role, group)) or not name:
        raise TypeError("an entity is made of text")
    if not all(type(place) is int for place in (start, end)):
        raise TypeError("an entity's place is made of whole numbers")
    if not 0 <= start <= end <= length:
        raise ValueError("an entity lies in the text")
    if not value or len(value) > length + _LONGEST_MARK or max(len(role), len(group)) > _LONGEST_MARK:
        raise ValueError("an entity's value is no longer than the text")
    if (pattern := _VALUES.get(name)) and not pattern.fullmatch(value):
        raise ValueError("an entity's value is of its kind")
    if (roles := _ROLES.get(name)) and role not in roles:
        raise ValueError("an entity's role is one of its kind")
    return Entity(name=name, value=value, start=start + offset, end=end + offset, role=role, group=group)
