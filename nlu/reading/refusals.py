"""Reads by closed rules, in the bot's own process, what the reader may take for its opposite: refusals."""

import re
from dataclasses import replace

from nlu.rules.deeds import ADD, COUNT, TAKE_OUT, Deed
from nlu.rules.moods import Mood, mood_of
from nlu.rules.patterns import rule
from nlu.understanding import Entity, Understanding, Wish, words_of

# What only leads: "wait no scrap the basketball" refuses nothing.
_BEFORE = rule(
    r"^(?:(?:wait|no|nope|nah|oh|hm+|ok|okay|sorry|actually|yes|yeah|well|u[mh]+|oops)\b[\s,.!-]{0,4}){1,5}",
    re.IGNORECASE,
)
_NAMES = {"product", "kept"}
# The deed of an intent, what it becomes where the deed is refused, and what is said of its products then.
_REFUSED: dict[str, tuple[Deed, str, str]] = {
    "remove_from_cart": (TAKE_OUT, "keep", "stays"),
    "change_quantity": (COUNT, "keep", "stays"),
    "order": (ADD, "change_quantity", "left_out"),
    "add_to_cart": (ADD, "change_quantity", "left_out"),
}


def refusing(understanding: Understanding) -> Understanding:
    """The same; what is refused is not done: "I never said remove the teapot", "don't make it 3", "don't add a mug"."""
    wishes = tuple(_read(understanding.text, wish) for wish in understanding.wishes)
    if wishes == understanding.wishes:
        return understanding
    before = {entity for wish in understanding.wishes for entity in wish.entities}
    entities = [entity for wish in wishes for entity in wish.entities]
    entities += [entity for entity in understanding.entities if entity not in before and entity.group == ""]
    return replace(understanding, wishes=wishes, entities=tuple(sorted(entities, key=lambda entity: entity.start)))


def _read(text: str, wish: Wish) -> Wish:
    deed, intent, name = _REFUSED.get(wish.intent, (None, "", ""))
    skips = any(entity.name == "left_out" for entity in wish.entities)
    if deed is None or skips or mood_of(_BEFORE.sub("", words_of(text, wish)), deed) is not Mood.REFUSED:
        return wish
    entities = tuple(_renamed(entity, name) for entity in wish.entities if entity.name != "quantity")
    return replace(wish, intent=intent, entities=entities)


def _renamed(entity: Entity, name: str) -> Entity:
    if entity.name not in _NAMES:
        return entity
    return replace(entity, name=name, role="added" if name == "left_out" else "", group="")
