"""Reads that something shall be like another thing of theirs: "the same type as my old one", "like in that order"."""

import re

from nlu.rules.patterns import rule

_AS_THAT = rule(
    r"\b(?:(?:same|identical)(?:\s(?!size|colou?r|material)\w{1,12}){0,2}\s(?:as|to|like)|(?:just|exactly|be|something|more)\slike|match(?:es|ing)?|(?:the\s)?(?:type|kind|sort|version|model|variant|one)(?:\s(?:that|which))?)"
    r"\s(?P<where>(?:(?:the|that|which|my|i|one|ones|type|kind|is|are|was|in|from|of|have|had|'ve|already|ordered|bought|got|on)\s){1,8}"
    r"(?:\w{1,12}\s){0,2}?(?:other|old|older|previous|pending|received|delivered|first|already|before|last|earlier|have|own)\b[^.;!?,]{0,40})"
)
_MINE = (
    r"(?:i|we)(?:'ve|\shave|\shad|'d)?\s(?:(?:already|just|had|have|once)\s){0,2}(?:have|had|got|received|own|ordered|bought|delivered)"
    r"|(?:in|from|of|with|on)\s(?:my|the|that)\s(?:\w{1,12}\s){0,2}(?:order|delivery|parcel|package)"
    r"|my\s(?:other|old|first|previous|pending|delivered)"
)
_LIKE_MINE = rule(
    r"\b(?:same|identical|(?<!'d\s)(?<!would\s)(?<!i\s)(?<!we\s)(?<!you\s)like|match(?:es|ing)?|type|kind|sort|version|model|variant)"
    rf"(?:\s(?:as|to|that|which|of|like))?\s(?P<where>(?:[\w']{{1,14}}\s){{0,3}}?(?:{_MINE})\b[^.;!?,]{{0,40}})"
)
_THAT_TYPE = rule(
    r"\b(?:that|this|the)\s(?:(?:very|exact|exactly\sthe)\s)?same\s(?:type|kind|sort|version|model|variant)\b(?!\s(?:and|but|of|as))"
    r"|\b(?:of\s)?that\s(?:very\s|exact\s)?(?:type|kind|sort|version|model)\b(?P<where>)"
)


def told_model(text: str) -> re.Match[str] | None:
    """Where a text in small letters says that something shall be like another thing; its group "where" tells which."""
    return next((match for rule in (_AS_THAT, _LIKE_MINE, _THAT_TYPE) if (match := rule.search(text))), None)


def without_models(text: str) -> str:
    """The text with blanks where it tells which other thing something shall be like: that is no place of its own."""
    plain = text.lower()
    for rule_of in (_AS_THAT, _LIKE_MINE) if len(plain) == len(text) else ():
        for match in rule_of.finditer(plain):
            text = f"{text[: match.start('where')]}{' ' * len(match['where'])}{text[match.end('where') :]}"
    return text
