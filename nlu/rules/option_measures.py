"""Reads measures, colours and sizes that no value is, and numbers that go on with a list: "8 bar, then 9, then 7"."""

from collections.abc import Mapping

from nlu.rules.option_ranks import RankReader
from nlu.rules.option_words import COLOURS, SIZES
from nlu.rules.patterns import rule
from nlu.rules.vocabulary import FILLERS

# A measure, and a number that stands alone where a value may stand.
MEASURE = rule(r"\d{1,5}(?:[.,]\d{1,3})?[\s-]?(?P<unit>[a-zA-Z]{1,12})")
BARE_NUMBER = rule(
    r"(?<![\w$£€.,-])\d{1,4}(?=\W{0,2}\Z|,?\s(?:and|or|then|would|will|is|else|if|please)\b|[.;,])(?![.,]\d)"
)

_LISTED_NEAR = 10  # tokens between numbers of one list


class MeasureReader(RankReader):
    """Reads what of a text is of the kind of some values, and none of them."""

    def read_strange(self) -> None:
        """A colour, a size or a measure that no value is; the numbers of its list may be some."""
        places = {at: axis for at, axis in self._measured.items() if axis in self.wanted}
        for at, word in enumerate(self.words):
            if at in self.used:
                continue
            if axis := self._listed(at, places):
                places[at] = axis
                if value := self._value_with(axis, word):
                    self._take(axis, at, 1)
                    self._put(axis, value, at)
                continue
            count = 2 if word.replace(".", "").isdecimal() and self.word(at + 1) in self._units else 1
            axis = self._axis_of_kind(at, word, unit=self.word(at + 1) if count == 2 else "")
            if axis and axis not in self.wanted and not self._is_negated(at):
                self.strange[axis] = self._text[self._tokens[at].start : self._tokens[at + count - 1].end]
                self._take(axis, at, count)
                places[at] = axis
        self.strange = {axis: said for axis, said in self.strange.items() if axis not in self.wanted}

    def _listed(self, at: int, places: Mapping[int, str]) -> str:
        """The option of whose values a bare number goes on telling: "8 bar, then 9, then 7"."""
        if not self.written(at)[:1].isdecimal() or self.word(at + 1) in self._units or self.axis_at(at + 1):
            return ""
        before = [place for place in places if at - _LISTED_NEAR <= place < at]
        return places[before[-1]] if before else ""

    def _value_with(self, axis: str, number: str) -> str:
        """The only value of an option that has a number."""
        having = [value for value, said in self._values[axis].items() if said[:1] == (number,)]
        return having[0] if len(having) == 1 else ""

    def _axis_of_kind(self, at: int, word: str, *, unit: str) -> str:
        """The option that has values of a word's kind."""
        if unit:
            return self.axis_with(frozenset((unit,)))
        if word in COLOURS:
            return self.axis_with(COLOURS)
        written = self._tokens[at].written
        if word in SIZES and (len(written) > 1 or written.isupper() or self.word(at - 1) == "size"):
            return self.axis_with(SIZES)
        number = word.replace(".", "").isdecimal() or word not in FILLERS
        if not (number and word.isdecimal()):
            return ""
        return self.axis_at(at - 1) or self.axis_at(at + 1)
