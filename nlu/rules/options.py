"""Reads how a variant shall be: "in blue", "size M or L", "not red", "a bigger one", "the cheapest", "same but black".

Closed rules: which options there are, and with which values, the caller says.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from nlu.rules.option_degrees import LEAST, LESS, MORE, MOST
from nlu.rules.option_keeping import KeepReader
from nlu.rules.option_steps import OptionStep
from nlu.rules.option_words import one_slip
from nlu.rules.vocabulary import words

_SAME = words("same identical")
_NO_OPTION = words("order orders time day way card account address price cost parcel package to")  # "the same order"
_CHEAP, _DEAR = words("cheap affordable inexpensive economical"), words("expensive dear costly pricey")
_CHEAPER = {
    **dict.fromkeys(("cheaper", "cheapest"), -1),
    **dict.fromkeys("dearer dearest pricier priciest costlier costliest".split(), 1),
}
_PRICES = words("price priced cost costs costing")


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionWish:
    """How a variant shall be.

    `wanted` has values by option in the order of preference, but for those options that are `equal`: there all are as
    good. Of those that are `soft` any other value does where none of the wanted is there; of those that are `ranked`
    one value was told as better than another; of those that are `later` all as worse than what was said before.
    `strange` are colours, sizes and measures by option that the caller's
    values do not have. `left` is what of the text says none of this.
    """

    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    equal: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    ranked: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
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


class _Reader(KeepReader):
    """Reads one text."""

    def __init__(self, text: str, axes: Mapping[str, Sequence[str]], besides: Collection[str]) -> None:
        super().__init__(text, axes, besides)
        self._price, self._to_the_end = 0, False

    def read(self) -> OptionWish:
        """All that the text says."""
        self._read_price()
        self.used |= self.scopes.rest | self.scopes.granted
        indifferent = self.read_careless()
        kept = self.read_kept()
        self.read_steps()
        self.read_values()
        free = (at for at in range(len(self.words)) if at not in self.used | self.scopes.missing)
        same = {at for at in free if self.words[at] in _SAME and self.word(at + 1) not in _NO_OPTION}
        self.used |= same
        return OptionWish(
            wanted={axis: tuple(values) for axis, values in self.wanted.items()},
            excluded={axis: tuple(values) for axis, values in self.excluded.items()},
            equal=frozenset(self.equal),
            soft=self.soft,
            ranked=frozenset(self.ranked),
            later=frozenset(self.later),
            steps=tuple(self.steps),
            by_price=self._price,
            price_to_the_end=self._to_the_end,
            same=bool(same) or self.scopes.rest_stays,
            kept=tuple(axis for axis in kept if axis not in self.wanted),
            indifferent=tuple(axis for axis in indifferent if axis not in self.wanted),
            strange=self.strange,
            asked=self.named_only(),
            left=self.left(),
        )

    def _read_price(self) -> None:
        for at, word in enumerate(self.words):
            before, behind = self.word(at - 1), self.word(at + 1)
            way, used = _CHEAPER.get(word, 0), {at}
            end = word.endswith("est")
            if (word in _CHEAP | _DEAR or _is_dear(word)) and before in ("most", "least", "more", "less"):
                way = (-1 if word in _CHEAP else 1) * (1 if before in ("most", "more") else -1)
                end, used = before in ("most", "least"), {at - 1, at}
            elif word == "top" and behind in _PRICES:
                way, end, used = 1, True, {at, at + 1}
            elif word in MORE | LESS | MOST | LEAST and behind in _PRICES:
                way = 1 if word in MORE | MOST else -1
                end, used = word in MOST | LEAST, {at, at + 1}
            elif word in MORE | LESS | MOST | LEAST and before in _PRICES:
                way = 1 if word in MORE | MOST else -1  # "the one that cost more"
                end, used = word in MOST | LEAST, {at - 1, at}
            if way:
                self._price, self._to_the_end = way, end
                self.used |= used


def _is_dear(word: str) -> bool:
    """Whether it is the long word for dear, with a slip."""
    return one_slip(word, "expensive")
