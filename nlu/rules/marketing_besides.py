"""Parts what a message says about marketing by mail from what else it wishes for: "return the lamp and stop emails"."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.rules import marketing_words
from nlu.rules.conditions import conditional
from nlu.rules.joints import pieces_of, without
from nlu.rules.marketing_wishes import asks_about_it, wishes_for_it
from nlu.rules.mood_words import NEGATIONS
from nlu.rules.patterns import rule
from nlu.rules.retractions import is_retracted, takes_back_midway
from nlu.understanding import Wish

STOPS = "stop_marketing"
SURE = 0.7
_LONGEST = 4  # pieces that say one thing together
_WORD = rule(r"[^\W_]+(?:['’][^\W_]+)?")
_HANGS = frozenset("if when unless once".split())
_SAYS_NOTHING = frozenset(
    """
    please pls plz thanks thank you thx ty cheers hi hello hey dear sir team ok okay so well oh and but also yes no nope
    sorry now today asap immediately at once right away bye just then for to me my it this that all of the
    """.split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Besides:
    """What a message says about marketing, each in its words, and all else that it says."""

    words: tuple[str, ...]
    rest: str


def split(text: str) -> Besides | None:
    """Both; None where a message speaks of one of them alone, takes something back, or is not that clear.

    An end is heard beside anything; who agrees has to say it beside nothing that is asked, refused or conditional.
    """
    if _is_no_matter(text):
        return None
    pieces = pieces_of(text)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + _LONGEST), at, -1)
        end = next((one for one in ends if _speaks(text[pieces[at][0] : pieces[one - 1][1]])), at)
        found += [(at, end)] if end > at else []
        at = max(end, at + 1)
    return _parted(text, [(pieces[first][0], pieces[last - 1][1]) for first, last in found])


def ends_of(text: str, wishes: Sequence[Wish]) -> Besides | None:
    """The same of an end in words that closed rules do not know, where the learned reader surely hears one."""
    if _is_no_matter(text):
        return None
    ends = [one for one in wishes if one.intent == STOPS and one.confidence >= SURE and "?" not in text]
    spans = [(one.start, one.end) for one in ends if len(ends) < len(wishes)]
    return _parted(text, [(start, end) for start, end in spans if _ends(text[start:end])])


def _is_no_matter(text: str) -> bool:
    """Whether a message speaks of marketing alone, only asks, or takes something back, which may be just that."""
    alone = marketing_words.read(text) is not None or asks_about_it(text)
    return alone or is_retracted(text) or takes_back_midway(text)


def _ends(words: str) -> bool:
    """Whether words plainly say so, ask nothing, and tell of no address."""
    return "@" not in words and marketing_words.ends_it(words) and not asks_about_it(words)


def _parted(text: str, spans: Sequence[tuple[int, int]]) -> Besides | None:
    if not spans:
        return None
    words = [text[start:end].strip(" ,;.!&\n") for start, end in spans]
    rest = without(text, spans)
    said = {word.lower() for word in _WORD.findall(rest)}
    if not said - _SAYS_NOTHING:
        return None
    bound = "?" in text or bool(said & (NEGATIONS | _HANGS)) or conditional(text) is not None
    if any(_agrees(one) for one in words) and bound:
        return None
    return Besides(words=tuple(words), rest=rest)


def _speaks(words: str) -> bool:
    """Whether words plainly want marketing or an end of it; beside an address only where they call it so."""
    word = marketing_words.read(words)
    if word is None or asks_about_it(words) or (word.emails and not marketing_words.calls_it(words)):
        return False
    return not word.wanted or wishes_for_it(words)


def _agrees(words: str) -> bool:
    word = marketing_words.read(words)
    return word is not None and word.wanted
