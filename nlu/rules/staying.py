"""Puts what shall stay as it is into one form: "the tent can stay", "the other order is not touched"."""

import re

from nlu.rules.patterns import rule

_NO_OPTION = r"(?!colou?r|size|material|brand|type|style|model|version|rest|others?\b|address|payment|price|everything)"
_WHAT = rf"(?P<what>(?:the|my|our|this|that|those|these|order|both|all)\s{_NO_OPTION}(?:[\w#'-]{{1,20}}\s){{1,7}}?)"
_MAY = r"(?:(?:can|may|should|shall|will|must|could|might|does|do|to)\s)"
_END = r"(?=\s*(?:[.,;!?)\n]|\Z|after\b|then\b|though\b|please\b|and\b|but\b))"
_STAYS = rule(
    rf"\b(?:you\s(?:leave|keep)\s)?{_WHAT}(?:{_MAY}(?:just\s)?(?:stay|remain|be\s(?:left|kept))|stays|remains|(?:is|are)\s(?:left|kept)|gets?\sleft)"
    r"(?:\s(?:just\s)?(?:as\s(?:it|they)\s(?:is|are|was|were)|as\sis|alone|unchanged|untouched|put|where\sit\sis|intact|with\sme|mine|ours|here|at\shome"
    rf"|in\s(?:the|my|that)\sorder))?{_END}",
    re.IGNORECASE,
)
_UNTOUCHED = rule(
    rf"\b{_WHAT}(?:(?:is|are|gets?|be)\s?(?:not|n't)|isn't|aren't)\s(?:to\sbe\s)?(?:touched|changed|affected|concerned|involved|lost){_END}",
    re.IGNORECASE,
)
# "No to the stove", "the stove no", "the stove later", "I changed my mind about the stove".
_THING = (
    r"(?:the|my|our|this|that|those|these|order)(?:\s(?!and\b|or\b|but\b|now\b|yes\b|no\b|later\b)[\w#'-]{1,20}){1,5}?"
)
_REFUSED = rule(
    rf"\bno,?\s(?:to|for|on|with|about)\s(?P<no>{_THING}){_END}"
    rf"|(?:(?<=[,.;:])\s|\A|\band\s|\bbut\s)(?P<bare>{_THING})\s(?:no|nope|not|later|another\stime|next\stime){_END}"
    rf"|\b(?:i(?:'ve|\shave)?\s)?chang(?:ed?|ing)\smy\smind\s(?:about|on)\s(?P<regretted>{_THING}){_END}"
    rf"|\b(?:never\s?mind|forget(?:\sabout)?|skip|scrap)\s(?P<minded>{_THING}){_END}"
    rf"|\b(?:i'll|i\swill|i'd|i\sneed\sto|i\shave\sto|let\sme)\s(?:still\s|have\sto\s)?think\s(?:about|over)\s(?P<open>{_THING}){_END}",
    re.IGNORECASE,
)
_LEFT_OUT = rule(
    rf"\b(?:remove|take|drop|delete|strike|cross|leave)\s(?P<what>{_THING})\s(?:out|off|away|from\s(?:this|that|it|the\s(?:list|plan|summary|request|returns?|exchanges?)))"
    rf"(?:\sof\s(?:this|that|it|the\s(?:list|plan|summary)))?{_END}",
    re.IGNORECASE,
)
_JUST = rule(r"\b(?:make|let)\s(?:it|that|this)\s(?:be\s)?(?P<only>only|just)\s", re.IGNORECASE)
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
    text = _JUST.sub(r"\g<only> ", text)
    return _REFUSED.sub(_left_alone, _UNTOUCHED.sub(_left_alone, _STAYS.sub(_left_alone, text)))


def told_to_go_out(text: str) -> str:
    """A text in which what shall be left out of what is planned is told to be left alone: "take the tent out"."""
    return _LEFT_OUT.sub(_left_alone, text)


def _left_alone(match: re.Match[str]) -> str:
    what = next(said for said in match.groupdict().values() if said)
    return f" leave {what.strip()} alone"
