"""The words of a text, as its options are looked for in them: which were read, and where an option is named."""

from collections.abc import Collection, Mapping, Sequence

from nlu.rules.option_degrees import way_of
from nlu.rules.option_scopes import Scopes
from nlu.rules.option_words import NEGATING, OTHER_NAMES, SHORTEST_SLIPPED, one_slip, plain, tokens_of


class TokenReader:
    """Looks at the words of one text; the tokens that were read are `used`."""

    def __init__(self, text: str, axes: Mapping[str, Sequence[str]], besides: Collection[str]) -> None:
        self._text = text
        self._tokens = tokens_of(text)
        self.scopes = Scopes(text, self._tokens)
        self.words = [token.word for token in self._tokens]
        self.names = {axis: plain(axis) for axis in axes}
        self._values = {axis: {value: plain(value) for value in values} for axis, values in axes.items()}
        named = {word for said in besides for word in plain(said)}
        self.used = {at for at, word in enumerate(self.words) if word in named and not self._is_a_value(word)}

    def named_only(self) -> tuple[str, ...]:
        """The options that are named and of which nothing is wanted: "which colours"."""
        said = {word for at, word in enumerate(self.words) if at not in self.used}
        return tuple(axis for axis, name in self.names.items() if name and name[-1] in said)

    def left(self) -> tuple[str, ...]:
        """The words that say nothing of options and do not name the thing."""
        return tuple(token.written for at, token in enumerate(self._tokens) if at not in self.used)

    def written(self, at: int) -> str:
        """The word at a place as it was written, in small letters: "small", which is "s" as a size."""
        return self._tokens[at].written.lower()

    def word(self, at: int) -> str:
        """The word at a place; "" where there is none."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def free(self, first: int, count: int) -> bool:
        """Whether so many words were not read yet."""
        return first + count <= len(self.words) and not self.used & set(range(first, first + count))

    def axis_at(self, at: int) -> str:
        """The option whose name stands there; a word of it is enough where no other has it."""
        word = self.word(at)
        if not word or (word == "made" and self.word(at + 1) != "of"):
            return ""
        for axis, name in self.names.items():
            if name and tuple(self.words[at : at + len(name)]) == name:
                return axis
        for called in (word, *OTHER_NAMES.get(word, ())):
            having = [axis for axis, name in self.names.items() if called in name]
            if having:
                return having[0] if len(having) == 1 else ""
        return self._slipped(word)

    def _slipped(self, word: str) -> str:
        """The option whose name a long word is a slip of, where it is no value."""
        if len(word) <= SHORTEST_SLIPPED or self._is_in_a_value(word):
            return ""
        having = [axis for axis, name in self.names.items() if any(one_slip(word, its) for its in name)]
        return having[0] if len(having) == 1 else ""

    def _is_in_a_value(self, word: str) -> bool:
        return any(word in said for values in self._values.values() for said in values.values())

    def text_before(self, at: int) -> str:
        """What stands right before a word."""
        start = self._tokens[at].start
        return self._text[max(start - 2, 0) : start]

    def ends_part(self, at: int) -> bool:
        """Whether a sign parts a word from the one behind it."""
        return at + 1 >= len(self._tokens) or any(sign in self.text_behind(at) for sign in ",.;!?")

    def text_behind(self, at: int) -> str:
        """What stands between a word and the one behind it."""
        return self._text[self._tokens[at].end : self._tokens[at + 1].start]

    def axis_with(self, kind: frozenset[str]) -> str:
        """The first option that has a value with one of some words."""
        return next(
            (axis for axis, values in self._values.items() if any(kind & set(said) for said in values.values())), ""
        )

    def _is_a_value(self, word: str) -> bool:
        return any((word,) == value for values in self._values.values() for value in values.values())

    def bound_at(self, first: int, count: int) -> int:
        """1 for "at least" a value, -1 for at most; 0 for just that one."""
        before = self.words[max(first - 3, 0) : first]
        behind = self.words[first + count : first + count + 3]
        denied, degree = bool(NEGATING & set(before)), 0
        if before[-2:] == ["at", "least"] or before[-1:] in (["minimum"], ["min"]):
            degree = 1
        elif before[-2:] in (["up", "to"], ["at", "most"]) or before[-1:] in (["maximum"], ["max"]):
            degree = -1
        elif before[-1:] == ["than"] and len(before) > 1:
            degree = -way_of(before[-2]) if denied else 0
        elif behind[:1] in (["or"], ["and"]):
            said = behind[2] if behind[1:2] == ["something"] and len(behind) > 2 else "".join(behind[1:2])
            degree = 1 if said in ("above", "up", "upward") else -1 if said in ("below", "under") else way_of(said)
        if degree:
            self.used |= set(range(max(first - 3, 0), first)) & set(self._bounding(first))
        return degree

    def _bounding(self, first: int) -> list[int]:
        """The words before a value that make it a bound."""
        return [at for at in range(max(first - 3, 0), first) if self.words[at] in NEGATING or way_of(self.words[at])]
