"""Reads how much more or less of an option something shall have: "bigger", "not so bright", "500 pieces less"."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlu.rules.option_degrees import LEAST, LESS, MORE, MOST, degrees_of, way_of
from nlu.rules.option_presence import PresenceReader
from nlu.rules.option_words import UNITS, shares_a_root
from nlu.rules.vocabulary import words

_DENIES = words("not isn't aren't wasn't don't doesn't never nothing")
_EXTRA = words("extra additional another")
_BEHIND = 3  # words between a degree and what denies it: "isn't quite as bright"
_LINKS = words("so as that quite too very this overly")
_FEW, _MANY = words("few little small low"), words("many much large high big")
_HOPES = words("i we my expected hoped advertised described promised thought shown needed")
_NO_DEGREES = words("matter other either rather order never ever over under after another whether")
_TIMES = {"twice": Decimal(2), "double": Decimal(2), "half": Decimal("0.5")}
_OF_IT = words("the as my")
_POSSIBLE = words("possible you can there")
_NAMED_NEAR = 3  # words behind a number in which its option is named


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionStep:
    """More (1) or less (-1) of an option, or the utmost; `axis` is blank where the words name none.

    `by` is how much more or less, and `times` how many times as much, where that is said.
    """

    axis: str
    way: int
    to_the_end: bool = False
    by: Decimal | None = None
    times: Decimal | None = None


class StepReader(PresenceReader):
    """Reads the steps of a text, before its values."""

    def __init__(self, text: str, axes: Mapping[str, Sequence[str]], besides: Collection[str]) -> None:
        super().__init__(text, axes, besides)
        self.steps: list[OptionStep] = []
        told = {axis: list(values.values()) for axis, values in self._values.items()}
        self._counted = [axis for axis, said in told.items() if all(any(map(str.isdecimal, one)) for one in said)]

    def read_steps(self) -> None:
        """Reads amounts first, then words of degree."""
        self._read_amounts()
        degree = MORE | LESS | MOST | LEAST
        for at, word in enumerate(self.words):
            if at in self.used or word in _NO_DEGREES or (word.endswith("er") and self.axis_at(at)):
                continue  # "burners" are no more of something that burns
            if word == "longer" and self.word(at - 1) in ("no", "any"):
                continue  # of time
            if self._bounds_a_value(at):
                continue
            if word == "as" and self._reads_utmost(at):
                continue
            if word in degree and (axis := self.axis_of_root(at + 1)):
                way = 1 if word in MORE | MOST else -1
                self._step(axis, way * self._way_of(at + 1), word in MOST | LEAST, {at, at + 1})
            elif word in ("up", "down") and (axis := self.axis_at(at - 1)):
                self._step(axis, 1 if word == "up" else -1, False, {at - 1, at})
            elif word.endswith(("er", "est", "st")) and (meanings := degrees_of(word)):
                self._degree(at, meanings)
            elif word.endswith("er") and (axis := self.axis_of_root(at, word.removesuffix("er"))):
                self._step(axis, 1, False, {at})
            elif (turn := self._turned(at)) and (meanings := degrees_of(self.written(at))):
                self._degree(at, [(turn * way, end, names) for way, end, names in meanings])

    def _reads_utmost(self, at: int) -> bool:
        """ "As few pieces as possible", "as big as you have": the utmost."""
        behind = self.words[at + 2 : at + 2 + _NAMED_NEAR]
        if "as" not in behind or self.word(at + 3 + behind.index("as")) not in _POSSIBLE:
            return False
        said = self.written(at + 1)
        meanings = degrees_of(said)
        way = -1 if said in _FEW else 1 if said in _MANY else 0
        if not way and not meanings:
            return False
        named = next((axis for place in range(at + 2, at + 2 + len(behind)) if (axis := self.axis_at(place))), "")
        if named:
            self._step(named, way or meanings[0][0], True, set(range(at, at + 4)))
        elif meanings:
            self._degree(at + 1, [(turn, True, names) for turn, _, names in meanings])
        return bool(named or meanings)

    def _turned(self, at: int) -> int:
        """-1 for "too bright" and "not so bright", 1 for "not bright enough"; 0 where a plain word of degree stands."""
        before = [self.word(place) for place in range(at - 1, max(at - 1 - _BEHIND, -1), -1)]
        named = {self.word(place) for place in range(at - _BEHIND, at) if self.axis_at(place)}  # "doesn't zoom as far"
        denied = next((word in _DENIES for word in before if word not in _LINKS | named), False)
        if self.word(at + 1) == "enough":
            return 1 if denied else 0
        if self.word(at - 1) == "too":
            return -1
        if denied and self.word(at + 1) == "as" and self.word(at + 2) in _HOPES:
            return 1  # "it isn't as bright as I hoped"
        return -1 if denied and self.word(at - 1) in _LINKS else 0

    def _bounds_a_value(self, at: int) -> bool:
        """Whether a degree is of a bound: "no smaller than 8 inches", "i7 or better"."""
        if self.word(at + 1) == "than":
            return any(token[0].isdecimal() for token in self.words[at + 2 : at + 4])
        return self.word(at - 1) == "or" and self.word(at - 2) not in ("", "one")

    def _read_amounts(self) -> None:
        """ "1000 more pieces", "2 inches longer": so much more than it is."""
        for at, word in enumerate(self.words):
            if (
                word in _TIMES
                and self.word(at + 1) in _OF_IT
                and (axis := next((self.axis_at(n) for n in range(at + 1, at + 4) if self.axis_at(n)), ""))
            ):
                self.steps.append(OptionStep(axis=axis, way=1, times=_TIMES[word]))
                self.used |= {n for n in range(at, at + 4) if n == at or self.axis_at(n) == axis}
                continue
            if self._counts_sizes(at):
                up = self.word(at + 2) == "up" or way_of(self.word(at + 2)) > 0
                self.steps.append(OptionStep(axis=self.axis_at(at + 1), way=1 if up else -1, by=Decimal(word)))
                self.used |= {at, at + 1, at + 2}
                continue
            if not self.written(at)[:1].isdecimal() or self.text_before(at).endswith(("$", "£", "€")):
                continue
            behind = self.words[at + 1 : at + 1 + _NAMED_NEAR]
            place = next((n for n, one in enumerate(behind) if one in MORE | LESS | _EXTRA or degrees_of(one)), None)
            if place is None:
                continue
            axis = next(
                (self._axis_of_amount(n) for n in range(at + 1, at + 2 + _NAMED_NEAR) if self._axis_of_amount(n)), ""
            )
            axis = axis or (self._counted[0] if len(self._counted) == 1 and place == 0 else "")  # "500 less"
            said = behind[place]
            meanings = degrees_of(said)
            if not axis or "or" in behind[:place] or (meanings and not said.endswith("er")):
                continue
            way = meanings[0][0] if meanings else -1 if said in LESS else 1
            self.steps.append(OptionStep(axis=axis, way=way, by=Decimal(word)))
            self.used |= {
                n for n in range(at, at + 2 + place) if n == at or n == at + 1 + place or self._axis_of_amount(n)
            }
            self.used |= {n for n in range(at, at + 2 + _NAMED_NEAR) if self._axis_of_amount(n) == axis}

    def _counts_sizes(self, at: int) -> bool:
        """ "Two sizes up", "three sizes smaller"."""
        word, behind = self.word(at), self.word(at + 2)
        several = word.isdecimal() and int(word) > 1 and self.word(at + 1) == "size" and bool(self.axis_at(at + 1))
        return several and (behind in ("up", "down") or bool(way_of(behind)))

    def _axis_of_amount(self, at: int) -> str:
        """The option that an amount is of: its name stands there, or the unit of its values."""
        word = self.word(at)
        axis = self.axis_at(at) or (self.axis_with(frozenset((word,))) if word in UNITS else "")
        return axis if axis in self._counted else ""

    def _degree(self, at: int, meanings: Sequence[tuple[int, bool, tuple[str, ...]]]) -> None:
        way, end, _ = meanings[0]
        if (axis := self.axis_at(at + 1)) or (axis := self.axis_at(at - 1)):  # "lower resolution", "a size smaller"
            self._step(axis, way, end, {at, at + 1 if self.axis_at(at + 1) else at - 1})
            return
        for _, _, names in meanings:
            for called in names:
                axis = next((one for one, name in self.names.items() if called in name), "")
                if axis and axis not in [step.axis for step in self.steps]:
                    self._step(axis, way, end, {at})
                    return
        if any("size" in names for _, _, names in meanings):
            self._step("", way, end, {at})

    def axis_of_root(self, at: int, word: str = "") -> str:
        """The option that a word behind "less" is about: its own name, one of its root, or one that it tells of."""
        word = word or self.word(at)
        if not word:
            return ""
        if axis := self.axis_at(at):
            return axis
        rooted = next((axis for axis, name in self.names.items() if shares_a_root(word, name)), "")
        called = [name for _, _, names in degrees_of(word) for name in names]
        told = (axis for name in called for axis, its in self.names.items() if name in its)
        return rooted or next(told, "")

    def _way_of(self, at: int) -> int:
        """-1 for what is itself a word of less: "less dim" is brighter."""
        meanings = degrees_of(self.word(at))
        return meanings[0][0] if meanings and not self.axis_at(at) else 1

    def _step(self, axis: str, way: int, end: bool, used: set[int]) -> None:
        if end:  # "it is too weak, I want the strongest"
            self.steps = [step for step in self.steps if step.axis != axis]
        self.steps.append(OptionStep(axis=axis, way=way, to_the_end=end))
        self.used |= used
