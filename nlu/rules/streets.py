"""Finds the addresses with a street in any message, each whole: from its addressee or flat to its town and postcode."""

import re
from collections.abc import Iterator

# What a street looks like is said there alone; that file is a part of what the model is made of, and stays as it is.
from nlu.rules.addresses import _LAST_PART, _POSTCODES, _SHAPE, _STRONG_SUFFIX
from nlu.rules.patterns import rule

_STREET = rule(rf"{_SHAPE.pattern}|(?<![\w#@$£€.,/-])\d{{1,5}}\s+broadway\b", re.IGNORECASE | re.VERBOSE)
_ONLY_UNIT = rule(r"flat|apt|apartment|unit|suite|ste|room|lot|shop|house|bldg|building|blk|block|c/o", re.IGNORECASE)
_UNIT_BEHIND = rule(
    r"[\s,]{1,4}(?:(?:apt|apartment|unit|suite|ste|flat|room|floor)\b\.?\s?#?\w{1,6}|#\s?\w{1,6}"
    r"|(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)|ground|top|first|second|third|fourth|fifth)\sfloor"
    r"|(?:usa?|u\.s\.a?|uk|united\s(?:states|kingdom)|england|scotland|wales|ireland|canada)\b)",
    re.IGNORECASE,
)
# Who gets it, the house's name or its flat, between what leads to the street and the street.
_IN_FRONT = rule(
    r"\b(?:to|for|at|(?:my|our|his|her|their)\s[a-z]{3,12})[:,]?\s(?-i:(?P<who>[A-Z][\w'-]{1,20}\.?(?:\s[A-Z][\w'-]{0,20}\.?){0,3}),\s?)$"
    r"|(?:^|[\s:,])(?P<unit>(?:c/o|care\sof|attn\.?|attention)\s[\w'.-]{1,20}(?:\s[\w'.-]{1,20}){0,2},?\s?"
    r"|(?:flat|apt|apartment|unit|suite|ste|room)\b\.?\s?#?\w{1,6},?\s)$",
    re.IGNORECASE,
)
_TOWN_WORD = rule(r"(?P<comma>\s?,)?\s{1,3}(?P<word>(?:st|mt|ft)\.(?=\s)|#?[\w'’/-]{1,30})", re.IGNORECASE)
_NO_TOWN = frozenset(
    "to from into instead rather than but not and now please pls plz thanks thx thank with by if so because as also"
    " any anymore longer for who where when which whose that this these is are was were isn't wasn't isnt has had have"
    " will would can could should i i'm im i've we you he she it it's its they my our your his her their the a an me us"
    " be no never don't dont do does did ok okay actually sorry asap then there here later via".split()
)
_MOST_TOWN = 4  # words of a town without a postcode


def find_streets(text: str) -> Iterator[tuple[int, int]]:
    """Yields where each address with a street stands, whole: from its addressee or flat to its town and postcode.

    Only what is certainly one, in whatever message: neither "12 place mats" nor "flat 3".
    """
    at = 0
    while shape := _STREET.search(text, at):
        at = shape.start() + 1
        if _ONLY_UNIT.match(shape[0]):
            continue
        end = _town_behind(text, shape.end())
        if not (_STRONG_SUFFIX.search(shape[0]) or any(code.search(text, shape.end(), end) for code in _POSTCODES[:5])):
            continue
        before = max(0, shape.start() - 90)
        front = _IN_FRONT.search(text[before : shape.start()])
        start = shape.start() if front is None else before + front.start(front.lastgroup or 0)
        yield start, end
        at = end


def _town_behind(text: str, start: int) -> int:
    """Where the town behind a street ends; words that stand in no town end it, too."""
    for pattern in _LAST_PART:
        last = pattern.search(text, start, start + 80)
        between = text[start : last.start()] if last else ""
        if last and not (_STREET.search(between) or _NO_TOWN & set(re.split(r"[\s,]+", between.lower()))):
            return _unit_behind(text, last.end())
    start = _unit_behind(text, start)
    end, words, comma = start, 0, False
    while (word := _TOWN_WORD.match(text, end)) and words <= _MOST_TOWN:
        said, comma = word["word"], comma or bool(word["comma"])
        is_town = said.lower() not in _NO_TOWN and (comma or said[0].isupper() or said.isdecimal())
        if not is_town or _STREET.match(text, word.start("word")):
            break
        end, words = word.end(), words + 1
    return end if words <= _MOST_TOWN else start


def _unit_behind(text: str, end: int) -> int:
    while unit := _UNIT_BEHIND.match(text, end):
        end = unit.end()
    return end
