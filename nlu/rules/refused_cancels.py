"""Leaves out a refusal to cancel before what is wished for instead: “no need to cancel, make it 1” is “make it 1”."""

import re

from nlu.rules.deeds import CANCELLING
from nlu.rules.moods import Mood, is_alone, mood_of
from nlu.rules.patterns import rule

_LED = (
    r"(?:(?:but|just|only|and|please|pls|instead|rather|simply|can you|could you|i want to|i'd like to|let's)\W{1,3})"
)
_VERB = (
    r"(?<!my )(?<!the )(?<!our )(?<!this )(?<!that )(?<!your )(?<!whole )"
    r"(?:make|change|add|take|remove|send|ship|deliver|swap|replace|set|put|reduce|increase|lower|raise|order|drop"
    r"|switch|update|leave out)"
)
_INSTEAD = rule(rf"(?:[,.;:!\n–—-]{{1,3}}\s{{0,4}}|\s){_LED}{{0,4}}(?P<wish>{_VERB}\b)", re.IGNORECASE)
_MOST_LOOKED_AT = 4  # of such places


def refuses_first(text: str) -> bool:
    """Whether a message refuses to cancel before it wishes for something else."""
    return without_refusal(text) != text


def without_refusal(text: str) -> str:
    """The message from its wish on, where nothing but a refusal to cancel stands before that; else all of it."""
    said = text.replace("’", "'")
    for found, _ in zip(_INSTEAD.finditer(said), range(_MOST_LOOKED_AT), strict=False):
        before = said[: found.start()]
        if mood_of(before, CANCELLING) is Mood.REFUSED and is_alone(before, CANCELLING):
            return said[found.start("wish") :]
    return text
