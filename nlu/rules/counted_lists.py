"""Reads a plain list, "2 mugs, 3 soaps and 8 cards", by itself where the model lost one of its things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlu.rules.patterns import rule
from nlu.understanding import Entity, Understanding, Wish

_FEWEST = 3  # things of a list; of fewer the model loses none
_BETWEEN = rule(r"\s{0,3}(?:[,;\n]\s{0,3}(?:and\s|plus\s)?|\s(?:and|plus|&)\s)\s{0,2}")
_LEAD = rule(r"\A[^\d,;\n]{0,60}(?=\d)")
_COUNTED = rule(
    r"(?P<count>\d{1,4})\s?(?:x\s)?\s?(?P<name>[^\W\d_][\w'’-]{1,24}(?:\s[\w'’-]{1,24}){0,4}?)(?:\s(?:please|pls|thanks))?[.!]?"
)
_ADDS = "add_to_cart"
_OF_A_LIST = frozenset({"product", "quantity"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Listed:
    """A thing of a list with its number; places are those in the message."""

    count: str
    count_at: int
    name: str
    name_at: int


def as_listed(understanding: Understanding) -> Understanding:
    """The same; where it is a list of which a thing was read as nothing, with all that the list says."""
    if (
        any(wish.intent != _ADDS for wish in understanding.wishes)
        or not understanding.wishes
        or not {one.name for one in understanding.entities} <= _OF_A_LIST
    ):
        return understanding
    listed = list(_listed(understanding.text))
    if len(listed) < _FEWEST or all(_is_read(understanding.entities, one) for one in listed):
        return understanding
    entities = tuple(entity for group, one in enumerate(listed, 1) for entity in _entities(one, str(group)))
    first = understanding.wishes[0]
    wish = Wish(
        start=first.start,
        end=len(understanding.text),
        intent=_ADDS,
        confidence=first.confidence,
        entities=entities,
    )
    return replace(understanding, entities=entities, wishes=(wish,))


def _listed(text: str) -> Iterator[_Listed]:
    """The things of a list; none where any part of the message is none."""
    lead = _LEAD.match(text)
    at = lead.end() if lead is not None else 0
    found: list[_Listed] = []
    ends = [*((sign.start(), sign.end()) for sign in _BETWEEN.finditer(text, at)), (len(text), len(text))]
    for end, behind in ends:
        one = _COUNTED.fullmatch(text[at:end].rstrip())
        if one is None:
            return
        found.append(
            _Listed(count=str(int(one["count"])), count_at=at, name=one["name"], name_at=at + one.start("name"))
        )
        at = behind
    yield from found


def _is_read(entities: Sequence[Entity], one: _Listed) -> bool:
    """Whether a name was read as one, without its number."""
    ends = one.name_at + len(one.name)
    return any(entity.name == "product" and one.name_at <= entity.start < ends for entity in entities)


def _entities(one: _Listed, group: str) -> Iterator[Entity]:
    ends = one.count_at + len(one.count)
    yield Entity(name="quantity", value=one.count, start=one.count_at, end=ends, role="set", group=group)
    yield Entity(name="product", value=one.name, start=one.name_at, end=one.name_at + len(one.name), group=group)
