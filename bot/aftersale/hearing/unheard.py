"""Finds the wishes of a message that name nothing of its customer's: they are quoted, and not lost without a word."""

from collections.abc import Sequence

from bot.aftersale.heard import Heard
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from nlu.reading.aftersale_labels import CANCEL, DROP, RETURN, SWAP, THING
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_words import Mark
from nlu.understanding import Part

SURE = 0.95
_DEEDS = frozenset({RETURN, SWAP, CANCEL, DROP})
# What such words mean is told by what was said before, or by all that there is.
_POINTS = frozenset({Mark.IT, Mark.THEM, Mark.ALL, Mark.BOTH, Mark.REST, Mark.OTHER, Mark.ITEMS, Mark.ORDER, Mark.KEEP})


def unheard(parts: Sequence[Part], world: World, heard: Heard) -> list[str]:
    """The parts that want something done with things, where nobody knows of such: not where all parts were heard."""
    wanting = [part for part in parts if part.act in _DEEDS and part.sure >= SURE and _things_of(part)]
    if len(wanting) <= len(heard.wishes) or not heard.wishes:
        return []
    return [part.text.strip(" ,;.") for part in wanting if not any(_is_known(one, world) for one in _things_of(part))]


def _things_of(part: Part) -> list[str]:
    return [span.words.lower() for span in part.spans if span.kind == THING]


def _is_known(thing: str, world: World) -> bool:
    points = {piece.mark for piece in marks_of(thing, [], [])} & _POINTS
    return bool(points or find_named(thing, world).things)
