"""Reads how a variant shall be: "in blue", "size M or L", "not red", "a bigger one", "the cheapest", "same but black".

Closed rules: which options there are, and with which values, the caller says.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from nlu.rules.option_values import ValueReader
from nlu.rules.option_words import LEAST, LESS, MORE, MOST, degrees_of, shares_a_root
from nlu.rules.vocabulary import words

_SAME = words("same identical")
_KEEPS = words("keep keeping kept same stays stay remain remains unchanged")
_STAYS = words("stays stay remain remains unchanged")
_ANY = words("any whatever whichever either every")
_CHEAP, _DEAR = words("cheap affordable inexpensive economical"), words("expensive dear costly pricey")
_CHEAPER = {
    **dict.fromkeys(("cheaper", "cheapest"), -1),
    **dict.fromkeys("dearer dearest pricier priciest costlier costliest".split(), 1),
}
_PRICES = words("price priced cost costs costing")


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionStep:
    """More (1) or less (-1) of an option, or the utmost; `axis` is blank where the words name none."""

    axis: str
    way: int
    to_the_end: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionWish:
    """How a variant shall be.

    `wanted` has values by option in the order of preference, but for those options that are `equal`: there all are as
    good. `strange` are colours, sizes and measures by option that the caller's values do not have. `left` is what of
    the text says none of this.
    """

    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    equal: frozenset[str] = frozenset()
    steps: tuple[OptionStep, ...] = ()
    by_price: int = 0
    price_to_the_end: bool = False
    same: bool = False
    kept: tuple[str, ...] = ()
    indifferent: tuple[str, ...] = ()
    strange: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()  # options that are named without a value: "which colours"
    left: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is said of how it shall be."""
        said = (self.wanted, self.excluded, self.steps, self.by_price, self.kept, self.indifferent, self.strange)
        return self.same or any(map(bool, said))


def read_options(text: str, axes: Mapping[str, Sequence[str]], besides: Collection[str] = ()) -> OptionWish:
    """What a text says of some options.

    Args:
        text: a message, or the part of it that speaks of one thing.
        axes: the options with their values, in the shop's order.
        besides: words that name the thing itself, such as those of its name.
    """
    return _Reader(text, axes, besides).read()


class _Reader(ValueReader):
    """Reads one text."""

    def __init__(self, text: str, axes: Mapping[str, Sequence[str]], besides: Collection[str]) -> None:
        super().__init__(text, axes, besides)
        self._steps: list[OptionStep] = []
        self._price, self._to_the_end = 0, False

    def read(self) -> OptionWish:
        """All that the text says."""
        self._read_price()
        kept, indifferent = self._read_kept(_KEEPS), self._read_kept(_ANY)
        self._read_steps()
        self.read_values()
        same = {at for at, word in enumerate(self.words) if word in _SAME and at not in self.used}
        self.used |= same
        return OptionWish(
            wanted={axis: tuple(values) for axis, values in self.wanted.items()},
            excluded={axis: tuple(values) for axis, values in self.excluded.items()},
            equal=frozenset(self.equal),
            steps=tuple(self._steps),
            by_price=self._price,
            price_to_the_end=self._to_the_end,
            same=bool(same),
            kept=tuple(axis for axis in kept if axis not in self.wanted),
            indifferent=indifferent,
            strange=self.strange,
            asked=self.named_only(),
            left=self.left(),
        )

    def _read_price(self) -> None:
        for at, word in enumerate(self.words):
            before, behind = self.word(at - 1), self.word(at + 1)
            way, used = _CHEAPER.get(word, 0), {at}
            end = word.endswith("est")
            if word in _CHEAP | _DEAR and before in ("most", "least", "more", "less"):
                way = (1 if word in _DEAR else -1) * (1 if before in ("most", "more") else -1)
                end, used = before in ("most", "least"), {at - 1, at}
            elif word in MORE | LESS | MOST | LEAST and behind in _PRICES:
                way = 1 if word in MORE | MOST else -1
                end, used = word in MOST | LEAST, {at, at + 1}
            elif word in MORE | LESS | MOST | LEAST and before in _PRICES:
                way = 1 if word in MORE | MOST else -1  # "the one that cost more"
                end, used = word in MOST | LEAST, {at - 1, at}
            if way:
                self._price, self._to_the_end = way, end
                self.used |= used

    def _read_kept(self, leads: frozenset[str]) -> tuple[str, ...]:
        """The options that are named right behind "same", "keep the" or "any"; before "stays" too."""
        found: list[str] = []
        for at, word in enumerate(self.words):
            if word not in leads:
                continue
            places = [at + 1, at + 2] if self.word(at + 1) in ("the", "my", "that", "its") else [at + 1]
            places += [at - 1] if word in _STAYS else []
            for place in places:
                if (axis := self.axis_at(place)) and self.free(place, 1):
                    found.append(axis)
                    self.used |= {at, *range(place, place + len(self.names[axis]))}
        return tuple(dict.fromkeys(found))

    def _read_steps(self) -> None:
        for at, word in enumerate(self.words):
            if at in self.used or (word.endswith("er") and self.axis_at(at)):
                continue  # "burners" are no more of something that burns
            degree = MORE | LESS | MOST | LEAST
            if word in degree and (axis := self._axis_of_root(at + 1)):
                way = 1 if word in MORE | MOST else -1
                self._step(axis, way * self._way_of(at + 1), word in MOST | LEAST, {at, at + 1})
            elif word in ("up", "down") and (axis := self.axis_at(at - 1)):
                self._step(axis, 1 if word == "up" else -1, False, {at - 1, at})
            elif word.endswith(("er", "est", "st")) and (meanings := degrees_of(word)):
                self._degree(at, meanings)
            elif word.endswith("er") and (axis := self._axis_of_root(at, word.removesuffix("er"))):
                self._step(axis, 1, False, {at})

    def _degree(self, at: int, meanings: Sequence[tuple[int, bool, tuple[str, ...]]]) -> None:
        way, end, _ = meanings[0]
        if (axis := self.axis_at(at + 1)) or (axis := self.axis_at(at - 1)):  # "lower resolution", "a size smaller"
            self._step(axis, way, end, {at, at + 1 if self.axis_at(at + 1) else at - 1})
            return
        for _, _, names in meanings:
            for called in names:
                axis = next((one for one, name in self.names.items() if called in name), "")
                if axis and axis not in [step.axis for step in self._steps]:
                    self._step(axis, way, end, {at})
                    return
        if any("size" in names for _, _, names in meanings):
            self._step("", way, end, {at})

    def _axis_of_root(self, at: int, word: str = "") -> str:
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
        self._steps.append(OptionStep(axis=axis, way=way, to_the_end=end))
        self.used |= used
