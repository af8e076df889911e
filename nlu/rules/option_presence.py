"""Reads whether something is there at all: "no backlight", "waterproof", "not even water resistant"."""

from nlu.rules.option_measures import MeasureReader
from nlu.rules.option_values import NOTHING, YES
from nlu.rules.option_words import NEGATING, shares_a_root
from nlu.rules.vocabulary import words

_ARTICLES = words("a an the any some even")
_CANNOT = words("can't cannot cant doesn't doesnt won't wont wasn't hasn't lacks lacking")
_ENDS_A_DENIAL = words("but just only rather or and then please with")
_DENIES_TO = 6  # words from a denial to what is denied


class PresenceReader(MeasureReader):
    """Reads the values of one text, with those that only say that something is there or is not."""

    def read_values(self) -> None:
        """Reads whole values, then "no backlight", then parts and misspellings of values, then what is none."""
        self.read_whole()
        self._read_absent()
        self.read_parts()
        self.read_strange()
        self.rank()
        for axis, values in self.wanted.items():
            self.excluded[axis] = [value for value in self.excluded.get(axis, ()) if value not in values]
        self.excluded = {axis: values for axis, values in self.excluded.items() if values}

    def _read_absent(self) -> None:
        """ "No backlight" is its value "none", "waterproof" is "yes"; with neither value, all values are left out."""
        for axis in self.names:
            values = self._values[axis]
            nothing = [value for value, said in values.items() if said and said[0] in NOTHING]
            there = [value for value, said in values.items() if said and said[0] in YES]
            for place in range(len(self.words)):
                count = self._named_by_root(axis, place)
                if not count or not self.free(place, count):
                    continue
                lead = place - 1 if self.word(place - 1) not in _ARTICLES else place - 2
                by = lead if self.word(lead) in NEGATING else self._denied_by(place) if nothing else None
                denied = by is not None and place not in self.scopes.missing
                meant = nothing if denied else there if nothing and there else []
                if meant and (denied or axis not in self.wanted):
                    self.want(axis, meant[0], place)
                    self.used |= {*range(place, place + count), *([by] if by is not None else [])}

    def _named_by_root(self, axis: str, at: int) -> int:
        """How many words name an option there, where each may be of the same root: "water resistant"."""
        if self.axis_at(at) == axis:
            return 1
        name = self.names[axis]
        said = self.words[at : at + len(name)]
        alike = len(said) == len(name) > 1 and all(
            word == its or shares_a_root(word, (its,)) for word, its in zip(said, name, strict=True)
        )
        return len(name) if alike else 0

    def _denied_by(self, place: int) -> int | None:
        """Where it is denied that something has what is named: "not even water resistant", "can't take water"."""
        for at in range(place - 1, max(place - _DENIES_TO, -1), -1):
            between = self.text_behind(at)
            if any(sign in between for sign in ",.;") or self.word(at) in _ENDS_A_DENIAL:
                return None
            if self.word(at) in NEGATING | _CANNOT:
                return at
        return None
