"""How far words reach that tell how much an option matters: preferences, ways out, what stays, what is all the same."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from nlu.rules.option_words import Token
from nlu.rules.patterns import rule

_ON = r"(?:(?!\b(?:then|but|i'd|i'll|i\swould|we'd)\b)[^.;!?,\n]){0,80}"  # to the end of a part of a sentence
# "If there is no blue one, black": what is told as missing is wanted first.
_WHERE_NONE_IS = rule(
    r"\b(?:if|unless|in\scase|should|when|where)\s(?!not\b)(?:[\w'-]{1,20}\s){0,6}?"
    rf"(?:no|not|none|never|\w{{2,6}}n't|cannot|nothing|without|out\sof|lack\w{{0,2}}|sold)\b{_ON}"
)
# "Animals are sweet, but …": what is only granted is not wanted.
_GRANTED = rule(
    r"\b(?:is|are|was|were|'s|'re|looks?|seems?)\s(?:(?:all|very|really|quite|so|just|not|certainly|too)\s){0,2}"
    r"(?:nice|fine|sweet|lovely|pretty|ok|okay|good|great|cute|bad|right|well|beautiful|wonderful)[\s,]{1,2}(?:but|yet|though)\b"
)
_PREFERS = rule(
    r"\b(?:preferabl[ey]|ideally|if\s(?:at\sall\s)?possible|(?:i|we|i'd|we'd|i\swould|we\swould)\s(?:also\s|still\s|rather\s)?prefer"
    r"|preference\s(?:is|would\sbe|goes\sto)|(?:best|nicest|first\schoice)\s(?:is|would\sbe))\b"
    rf"{_ON}"
)
_NICE = (
    r"(?:nicer?|nicest|lovely|great|good|best|better|ideal|perfect|wonderful|preference|favou?rite|preferred|a\sbonus"
    r"|first\schoice)"
)
_PREFERRED = rule(
    r"\b(?:if\s(?:(?:at\sall\s)?possible|you\s(?:can|have|do|could)|available|(?:there\s(?:is|are)|you've)(?!\s(?:none|no|nothing|not)\b)|it\sexists|both)|if\s(?:there|that|it)'?s(?!\s(?:none|no|nothing|not)\b)"
    rf"|(?:would|could|'d)\sbe\s(?:(?:the|my|our|really|even|very|so)\s){{0,2}}{_NICE}|for\spreference|(?:better\sthan|over|before)\s\w"
    r"|(?:is|are)\sbetter|if\snot)\b"
)
_PREFERRED_FROM = rule(r"[.;!?,\n]|\b(?:and|but|in|with)\b")
_REST = (
    r"(?:everything|all|anything|nothing|(?:the\s)?rest|(?:all\s)?(?:the\s|my\s)?other)(?:\selse|\sthe\sother|\sother)?"
    r"(?:\s(?:options?|specs|specifications|features|details|things?|settings|properties))?"
)
_MUST = r"(?:(?:should|must|has|have|to|can|may|shall|will|is|are|be|please|just|exactly|really|kept|left|as)\s){0,5}"
_AS_IT_IS = (
    r"(?:(?:the\s)?same\b(?!\sto\s)|(?:it|they)\s(?:is|are|was|were)\b|before|now|is\b(?!\s(?:left|there|available|possible|in\sstock)\b)|unchanged|identical|like\s(?:it|mine|now|before|the)\b"
    r"|(?:stays?|remains?)\b(?:\s(?:exactly\s|just\s)?(?:the\ssame|unchanged|as\s(?:it|they)\s(?:is|are)|like\s\w{2,8}))?)"
)
_REST_STAYS = rule(
    rf"\b(?:{_REST}\s{_MUST}{_AS_IT_IS}|nothing\selse\s(?:different|changed|changes|should|to\schange|must|has)"
    r"|without\schanging\s(?:the\s|any\s)?(?:other|anything|rest)|(?:otherwise|apart\sfrom\sthat|besides\sthat)\s(?:just\s|exactly\s)?(?:as|like|the\ssame|identical|unchanged)\b"
    rf"|(?:keep|leave|keeping|leaving)\s{_REST}|(?:just|exactly)\slike\s(?:mine|it|now)\b|(?:looks?|be)\s(?:just\s)?like\smine\b)"
)
_AS_FAR_AS = rule(
    r"\bas\s(?:far|close|closely|near|much|similar)\s(?:as|to)\b|\b(?:if|where)\s(?:at\sall\s)?possible\b"
)
_ALL_THE_SAME = rule(
    r"\b(?:(?:\w{2,5}n't|\w{2,4}\snot)\s(?:really\s|particularly\s|much\s)?(?:care|mind|matter|bother)|no\spreference|not\s(?:fussed|bothered|picky|important)"
    r"|(?:i'm|i\sam|we're)\s(?:easy|flexible|open|fine\seither)|(?:all\s|much\s)?the\ssame\sto\s(?:me|us)|all\s(?:equal|one)\sto\s(?:me|us)|or\snot"
    r"|either\s(?:way|is|one|will|would|works)|up\sto\syou|irrelevant|unimportant|no\sdifference|no\smatter|can\sbe\sany(?:thing)?|not\san\sissue)\b"
)
_PART_ENDS = rule(r"[.;!?,\n]")
_TURNS = rule(r"\b(?:but|though|(?:as|so)\slong\sas)\b")
_SIGNS = (_PART_ENDS, _TURNS)


class Scopes:
    """Which tokens of a text are told as a preference, as missing, as staying, or as all the same."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        plain = text.lower().replace("’", "'")
        self._plain = plain if len(plain) == len(text) else text
        self._tokens = tokens
        self.missing = self._within(match.span() for match in _WHERE_NONE_IS.finditer(self._plain))
        self.preferred = self._within(self._preferences()) - self.missing
        self.granted = self._within(self._leading(_GRANTED))
        rest = [match.span() for match in _REST_STAYS.finditer(self._plain)]
        self.rest = self._within(rest)
        self.rest_stays = bool(rest) and _AS_FAR_AS.search(self._plain) is None

    def careless_parts(self) -> Iterator[tuple[list[int], list[list[int]]]]:
        """For each word of indifference the tokens of its part of a sentence, and of those before, the last first."""
        for match in _ALL_THE_SAME.finditer(self._plain):
            sentence = max(self._plain.rfind(sign, 0, match.start()) for sign in ".;!?\n") + 1
            ends = [found.end() for sign in _SIGNS for found in sign.finditer(self._plain, sentence, match.start())]
            cuts = sorted({sentence, *ends})
            behind = [found for sign in _SIGNS if (found := sign.search(self._plain, match.end())) is not None]
            end = min((found.start() for found in behind), default=len(self._plain))
            before = [self._between(first, last) for first, last in pairwise(cuts)]
            yield self._between(cuts[-1], end), before[::-1]

    def _between(self, first: int, last: int) -> list[int]:
        return [at for at, token in enumerate(self._tokens) if first <= token.start < last]

    def _within(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        return frozenset(at for first, last in spans for at in self._between(first, last))

    def _leading(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Each match with what leads it in its part of the sentence."""
        for match in pattern.finditer(self._plain):
            begins = [found.end() for found in _PART_ENDS.finditer(self._plain, 0, match.start())]
            yield (begins[-1] if begins else 0), match.end()

    def _preferences(self) -> Iterator[tuple[int, int]]:
        yield from (match.span() for match in _PREFERS.finditer(self._plain))
        for match in _PREFERRED.finditer(self._plain):
            begins = [found.end() for found in _PREFERRED_FROM.finditer(self._plain, 0, match.start())]
            yield (begins[-1] if begins else 0), match.end()
