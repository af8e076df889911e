"""Puts what shall stay as it is into one form: "the tent can stay", "the other order is not touched"."""

import re

from nlu.rules.patterns import rule

_NO_OPTION = r"(?!colou?r|size|material|brand|type|style|model|version|rest|others?\b|address|payment|price|everything)"
_WHAT = rf"(?P<what>(?:the|my|our|this|that|those|these|order|both|all)\s{_NO_OPTION}(?:[\w#'-]{{1,20}}\s){{1,7}}?)"
_MAY = r"(?:(?:can|may|should|shall|will|must|could|might|does|do|to)\s)"
_END = r"(?=\s*(?:[.,;!?)\n]|\Z|after\b|then\b|though\b|please\b|and\b|but\b))"
_STAYS = rule(
    rf"\b(?:you\s(?:leave|keep)\s)?{_WHAT}(?:{_MAY}(?:just\s)?(?:stay|remain|be\s(?:left|kept))|stays|remains|(?:is|are)\s(?:left|kept)|gets?\sleft)"
    r"(?:\s(?:just\s)?(?:as\s(?:it|they)\s(?:is|are|was|were)|as\sis|alone|unchanged|untouched|put|where\sit\sis|intact|with\sme|here|at\shome"
    rf"|in\s(?:the|my|that)\sorder))?{_END}",
    re.IGNORECASE,
)
_UNTOUCHED = rule(
    rf"\b{_WHAT}(?:(?:is|are|gets?|be)\s?(?:not|n't)|isn't|aren't)\s(?:to\sbe\s)?(?:touched|changed|affected|concerned|involved|lost){_END}",
    re.IGNORECASE,
)
_WHOLE = rule(
    r"\b(?:whole|entire|complete|full|rest\sof\s(?:my|the|that|this))\s(?:\w{1,12}\s)?(?:orders?|purchase|parcel|thing)\b|\b(?:all|everything)\s(?:of|in|from|on)\s(?:my|the|that|this)\sorder\b",
    re.IGNORECASE,
)
_DENIED = rule(r"n['’]?t\b|\b(?:not|never|no|nothing|without|cannot)\b", re.IGNORECASE)


def spares_whole_orders(text: str) -> bool:
    """Whether nothing shall become of a whole order: "as long as my entire order isn't lost"."""
    return _WHOLE.search(text) is not None and _DENIED.search(text) is not None


def told_to_stay(text: str) -> str:
    """A text in which what shall stay is told to be left alone, in these words."""
    return _UNTOUCHED.sub(_left_alone, _STAYS.sub(_left_alone, text))


def _left_alone(match: re.Match[str]) -> str:
    return f"leave {match['what'].strip()} alone"
