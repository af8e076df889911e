"""Reads the values of options in a text: which are wanted, which are not, and what none of them is."""

from collections.abc import Collection, Mapping, Sequence

from nlu.rules.option_degrees import degrees_of
from nlu.rules.option_tokens import TokenReader
from nlu.rules.option_words import (
    COLOURS,
    MEANS,
    NEGATING,
    UNITS,
    abbreviations,
    one_slip,
    plain,
    tells,
)
from nlu.rules.vocabulary import words

_ENDS_A_NEGATION = words("but just only rather or and then please with to")
_SWAPPING, _FOR = words("change swap switch exchange replace trade"), words("to for with into by")
_ALIKE = words("alike either equally")  # behind values of which one is as good as another
_ALL_BUT = words("anything any everything all nothing")
NOTHING, YES = frozenset(("none", "no", "without", "not", "non", "off")), frozenset(("yes", "with", "on", "included"))
_LEADS_A_SIZE = words("size s in a an the or and to is wear take of number it")
_ELSE = words("then else otherwise rather")
_LEADS_A_NUMBER = words("size in the")
_FOLLOWS_A_NUMBER = words("would will please instead rather not then but and or if")
_BEGINNING = 4  # letters of a value's word that stand for it beside its option: "soft material"
_SHORT = 3  # tokens of a text in which a single letter is a size
_NEAR = 7  # tokens between what is alike
_PLUS = words("plus and with")


class ValueReader(TokenReader):
    """Reads the values of one text; the tokens that were read are `used`."""

    def __init__(self, text: str, axes: Mapping[str, Sequence[str]], besides: Collection[str]) -> None:
        super().__init__(text, axes, besides)
        self.wanted: dict[str, list[str]] = {}
        self.excluded: dict[str, list[str]] = {}
        self.equal: set[str] = set()
        self.strange: dict[str, str] = {}
        self._firm: set[str] = set()  # options of which a value is more than a preference
        self._stands: dict[tuple[str, str], int] = {}  # where each wanted value was told first
        self._measured: dict[int, str] = {}  # where measures stand, with their options
        self._abbreviated = {word for its in axes.values() for value in its for word in abbreviations(value)}
        told = [said for values in self._values.values() for said in values.values()]
        self._units = UNITS | {said[1] for said in told if len(said) > 1 and said[0].isdecimal()}

    @property
    def soft(self) -> frozenset[str]:
        """The options of which the wanted values are a mere preference."""
        return frozenset(self.wanted.keys() - self._firm)

    def read_whole(self) -> None:
        """Whole values, the longest first, each wherever it stands."""
        having: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for axis, values in self._values.items():
            for value, said in values.items():
                having.setdefault(said, []).append((axis, value))
                if " + " in value:
                    parts = value.split(" + ")
                    for joint in _PLUS:
                        having.setdefault(plain(f" {joint} ".join(parts)), []).append((axis, value))
                if len(said) > 2 and said[0].isdecimal() and said[1] in UNITS:
                    having.setdefault(said[:2], []).append((axis, value))  # "1 TB" of "1TB SSD"
                if len([word for word in said if word.isdecimal()]) > 1 and said[-1] in UNITS:
                    having.setdefault(said[:-1], []).append((axis, value))  # "20 x 30"
        found: list[tuple[int, str, str]] = []
        for said in sorted(having, key=len, reverse=True):
            for first in range(len(self.words) - len(said) + 1 if said else 0):
                if tuple(self.words[first : first + len(said)]) != said or not self.free(first, len(said)):
                    continue
                beside = self._beside(first, len(said))
                taken = {axis for _, axis, _ in found}
                axis, value = min(having[said], key=lambda one: (one[0] not in beside, one[0] in taken))
                if axis in beside or self._may_be_a_value(first, said):
                    found.append((first, axis, value))
                    self._take(axis, first, len(said))
                    if said[0].replace(".", "").isdecimal():
                        self._measured[first] = axis
        old, comes = self._what_goes([(first, axis) for first, axis, _ in found])
        lengths = {first: len(self._values[axis][value]) for first, axis, value in found}
        self._read_as_good(found)
        for first, axis, value in sorted(found):
            way = self.bound_at(first, lengths[first])
            if first in old:  # what else is told of what goes says nothing of what comes
                if axis in comes:
                    self.excluded.setdefault(axis, []).append(value)
            elif way:
                self._put_all(axis, value, way, first)
            else:
                self._put(axis, value, first)

    def _read_as_good(self, found: Sequence[tuple[int, str, str]]) -> None:
        """ "Red or blue alike": of such options all that is named is as good."""
        for at, word in enumerate(self.words):
            before = [axis for first, axis, _ in found if at - _NEAR <= first < at]
            if word in _ALIKE and len(before) > 1 and before[-1] == before[-2]:
                self.equal.add(before[-1])

    def _what_goes(self, found: Sequence[tuple[int, str]]) -> tuple[set[int], set[str]]:
        """Where values stand of what is to be swapped, and the options that come: "change the navy one to green"."""
        verb = next((at for at, word in enumerate(self.words) if word in _SWAPPING), None)
        if verb is None:
            return set(), set()
        joint = next((at for at in range(verb + 1, len(self.words)) if self.words[at] in _FOR), len(self.words))
        comes = {axis for at, axis in found if at > joint}
        return {at for at, axis in found if verb < at < joint and comes}, comes

    def _beside(self, first: int, count: int) -> set[str]:
        """The options that are named beside some words: "size" of "size M", "pieces" of "1500 pieces"."""
        return {self.axis_at(first - 1), self.axis_at(first + count), self.axis_at(first - 2)} - {""}

    def _may_be_a_value(self, first: int, said: Sequence[str]) -> bool:
        """Whether words that often are something else are a value, where no option is named beside them."""
        if len(said) > 1:
            return True
        token, before = self._tokens[first], self.word(first - 1)
        if said[0] in NOTHING | YES:
            return len(self.words) == 1
        if said[0].replace(".", "").isdecimal():
            alone = self.ends_part(first) or self.word(first + 1) in _FOLLOWS_A_NUMBER
            led = before in _LEADS_A_NUMBER or before in _ELSE
            return len(self.words) == 1 or led or (before in ("a", "an") and alone)  # "an 8"
        if len(self.words) <= _SHORT and before not in ("i", "x"):
            return True
        return len(token.written) > 1 or token.written.isupper() or before in _LEADS_A_SIZE

    def _take(self, axis: str, first: int, count: int) -> None:
        """Marks words as read, with the name of their option beside them."""
        self.used |= set(range(first, first + count))
        name = self.names[axis]
        for place in (first - len(name), first - 1, first + count):
            if self.axis_at(place) == axis:
                whole = tuple(self.words[place : place + len(name)]) == name
                self.used |= set(range(place, place + (len(name) if whole else 1)))

    def _put_all(self, axis: str, value: str, way: int, first: int) -> None:
        """A value and all that are more, or less; the values stand in their order."""
        values = list(self._values[axis])
        place = values.index(value)
        for one in values[place:] if way > 0 else values[place::-1]:
            self.want(axis, one, first)
        self.equal.add(axis)

    def _put(self, axis: str, value: str, first: int) -> None:
        if not self._is_negated(first):
            self.want(axis, value, first)
        elif value not in self.excluded.setdefault(axis, []):
            self.excluded[axis].append(value)

    def want(self, axis: str, value: str, first: int) -> None:
        """Notes a value as wanted; told as a mere preference, it is so noted."""
        values = self.wanted.setdefault(axis, [])
        if value not in values:
            values.append(value)
        self._stands.setdefault((axis, value), first)
        if first not in self.scopes.preferred:
            self._firm.add(axis)

    def _is_negated(self, first: int) -> bool:
        if first in self.scopes.missing:
            return False  # "if there is no blue one": then it is wanted
        for at in range(first - 1, max(first - 4, -1), -1):
            word, before = self.words[at], self.word(at - 1)
            goes = word == "from" and bool({"to", "into"} & set(self.words[first + 1 : first + 6]))
            if (word, before) in (("of", "instead"), ("than", "rather"), ("than", "other")) or goes:
                self.used |= {at}
                return True
            if word == "but" and before in _ALL_BUT:
                self.used |= {at}
                return True
            between = self.text_behind(at)
            if word in _ENDS_A_NEGATION or any(sign in between for sign in ",.;"):
                return False  # "no, in blue"
            if word in NEGATING:
                self.used |= {at}
                return True
        return False

    def read_parts(self) -> None:
        """A word of a value stands for it, and so does one with a slip: "homekit", "purpel"; several are as good."""
        for axis, values in self._values.items():
            for at, word in enumerate(self.words):
                if at in self.used or word in self.names[axis]:
                    continue
                said = tells(word, alone=len(self.words) < _SHORT) or word in self._abbreviated
                if not said and not (word.isdecimal() and len(self.words) == 1):
                    continue
                meant, count = self._of_part(axis, at)
                if not meant or len(meant) == len(values):
                    continue
                if axis in self.wanted and len(meant) > 1:
                    meant = [value for value in self.wanted[axis] if value in meant]
                elif len(meant) > 1:
                    self.equal.add(axis)
                self._take(axis, at, count)
                for value in meant:
                    denies = values[value][0] in NOTHING and word not in NOTHING and not self._is_negated(at)
                    if denies:  # "resistant" is not "not resistant"
                        self.excluded.setdefault(axis, []).append(value)
                    else:
                        self._put(axis, value, at)

    def _of_part(self, axis: str, at: int) -> tuple[list[str], int]:
        """The values that a word may stand for, and how many words it is: "hard shell", "soft" where one begins so."""
        values, word = self._values[axis], self.words[at]
        if meant := [value for value, said in values.items() if word in said]:
            return meant, 1
        both = f"{word}{self.word(at + 1)}"
        if self.free(at, 2) and (meant := [value for value, said in values.items() if both in said]):
            return meant, 2
        if word not in COLOURS and (
            meant := [value for value, said in values.items() if any(one_slip(word, its) for its in said)]
        ):
            return meant, 1
        if word.isdecimal() and len(self.words) == 1:  # "128", asked which storage
            return [value for value, said in values.items() if said[:1] == (word,)], 1
        means = MEANS.get(word, ())
        if meant := [value for value, said in values.items() if {*said} & {*means}]:
            return meant, 1
        if len(word) < _BEGINNING:
            return [], 1
        begun = [value for value, said in values.items() if any(its.startswith(word) for its in said)]
        named = axis in self._beside(at, 1) or (not degrees_of(word) or self.parts_stand_alone(axis, word))
        return (begun if len(begun) == 1 and named else []), 1

    def parts_stand_alone(self, axis: str, word: str) -> bool:
        """Whether a word of degree can be none here, for no option has such degrees: "soft" of a softshell suitcase."""
        called = {name for _, _, names in degrees_of(word) for name in names}
        return not any(called & {*name} for name in self.names.values())
