"""Reads which of several values is told as the better one: "battery best, USB second, mains only as a last resort"."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from nlu.rules.option_values import ValueReader
from nlu.rules.patterns import rule
from nlu.rules.vocabulary import words

_FIRST, _TOLD, _LAST = 0, 1, 9  # places; between the last two are "second" and "third"
_RANKS = words("or then over before than else otherwise failing preferably preferred prefer preferable second third")
_PART_ENDS = rule(
    r"[.;!?,\n>]|\b(?:and|or|but|then|else|otherwise|failing|while|whereas|before|over|than|next|if\snot)\b"
)
_PLACES = (
    (
        _LAST,
        rule(
            r"\blast\s(?:resort|choice|option|place|preference|of\sall)\b|\b(?:last|lastly)\W{0,3}\Z|\bonly\s(?:if|when|as|where|should)\b|\bworst\b|\bleast\s(?:liked|preferred|favou?rite)"
            r"|\bat\sa\s(?:pinch|push)\b|\bif\s(?:need\sbe|(?:i|we)\s(?:have\sto|must))\b|\b(?:emergenc(?:y|ies)|unavoidable)\b"
        ),
    ),
    (3, rule(r"\b(?:third|3rd)\b")),
    (2, rule(r"\b(?:second|2nd|next\sbest|runner-up|fallback|fall\sback|plan\sb|alternatively)\b")),
    (
        _FIRST,
        rule(
            r"\b(?:best|first(?!\s(?:order|time|thing|name|of|parcel|delivery))|1st|ideal(?:ly)?|favou?rite|prefer\w{0,4}|preferabl[ey]|rather|nicest|perfect)\b|\btop\s(?:choice|of\smy\slist)\b"
        ),
    ),
)
# Right before a value: whatever stood before it does not go on with its place, "and only then mains".
_ONLY_THEN = rule(r"\bonly\s(?:then|after(?:\sthat)?|afterwards|in\sthe\sworst\scase)\s(?:[\w'-]{1,12}\s){0,3}\Z")
_BETTER = rule(r"\s>{1,2}\s")
OR_ELSE = rule(r"\b(?:or\selse|else|if\snot|otherwise|failing\s(?:that|this|it))\b")
# What begins so is for where there is nothing as it was said before.
FAILING_THAT = rule(
    r"\W{0,3}(?:(?:and|but|or|ok|okay|well)\W{1,3}){0,2}(?:if\snot\b|otherwise\b|or\selse\b|else\b|failing\b|alternatively\b"
    r"|(?:if|should|unless|in\scase|when|where)\s(?:[\w'’-]{1,16}\s){0,5}?(?:no|not|none|nothing|neither|without|out|isn['’]?t|aren['’]?t|don['’]?t|doesn['’]?t|haven['’]?t|hasn['’]?t|can['’]?t|cannot|unavailable|sold)\b)"
)


class RankReader(ValueReader):
    """Reads one text; what was told as better stands first."""

    def __init__(self, text: str, axes: Mapping[str, Sequence[str]], besides: Collection[str]) -> None:
        super().__init__(text, axes, besides)
        self.ranked: set[str] = set()  # options of which one value was told as better than another
        self.later: set[str] = set()  # those of which every value is told as second, third or last

    def rank(self) -> None:
        """Puts the wanted values of each option into the order in which they are told as better, else as they stand."""
        for axis, values in self.wanted.items():
            stands = {value: self._stands[axis, value] for value in values}
            places = {value: self._place_of(at) for value, at in stands.items()}
            values.sort(key=lambda value: (places[value], stands[value]))
            if set(places.values()) - {_TOLD} or any(
                self._better(at, other) for at, other in pairwise(sorted(stands.values()))
            ):
                self.ranked.add(axis)
            if min(places.values()) > _TOLD:
                self.later.add(axis)

    def _place_of(self, at: int) -> int:
        """The place that a value is told to have; what is told as missing was wanted before all else."""
        if at in self.scopes.missing:
            return _FIRST - 1
        token = self._tokens[at]
        plain = self._text.lower()
        part = _part(plain, token.start, token.end)
        place = (
            _LAST
            if _ONLY_THEN.search(plain[: token.start])
            else next((one for one, told in _PLACES if told.search(part)), _TOLD)
        )
        return _FIRST if place == _TOLD and at in self.scopes.preferred else place

    def _better(self, at: int, other: int) -> bool:
        """Whether words between two values of an option tell the first as the better one."""
        between = self._text[self._tokens[at].end : self._tokens[other].start]
        return bool(_RANKS & {*self.words[at:other]}) or _BETTER.search(f" {between} ") is not None


def _part(plain: str, start: int, end: int) -> str:
    """The part of a sentence that a value stands in, with the value."""
    begins = [match.end() for match in _PART_ENDS.finditer(plain, 0, start)]
    behind = _PART_ENDS.search(plain, end)
    return plain[begins[-1] if begins else 0 : behind.start() if behind is not None else len(plain)]
