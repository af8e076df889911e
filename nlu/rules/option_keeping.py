"""Reads which options stay as they are, and which are all the same: "keep the size", "waterproof or not"."""

from nlu.rules.option_steps import StepReader
from nlu.rules.vocabulary import FILLERS, words

_KEEPS = words("keep keeping kept same identical stays stay staying remain remains remaining unchanged")
_STAYS = words("stays stay staying remain remains remaining unchanged same identical")
_CHANGES = words("change changed differ different")
_DOES_NOT = words("not shouldn't mustn't can't cannot don't doesn't won't never shouldnt dont")
_ANY = words("any whatever whichever either every")
_BETWEEN = (FILLERS | words("must has have keep stay exact very what their its it's")) - words(
    "but no not plus with than or in"
)
_FEW = 5  # words between what says that something stays and its option
_OWN = words("my the this that their its same")
_MINE = words("mine my now before")
_JUST = words("just exactly every")
_JOINS = words("and or nor")
_DENIES = words("without no not")


class KeepReader(StepReader):
    """Reads what does not change, before what does."""

    def read_kept(self) -> tuple[str, ...]:
        """The options that are named behind "same" or "keep the", or before "stays the same"."""
        found: list[str] = []
        for at, word in enumerate(self.words):
            if word in _KEEPS and at not in self.used:
                axes = self._named_from(at + 1, 1)
                axes = axes or (self._named_from(at - 1, -1) if word in _STAYS else [])
                if axes:
                    self.used |= {place for place in range(at, at + _FEW) if self.word(place) in _KEEPS}
                found += axes
            elif word in _CHANGES and self.word(at - 1) in _DOES_NOT and (axes := self._named_from(at - 2, -1)):
                found += axes  # "its colour should not change"
                self.used |= {at - 1, at}
            elif self._compares(at) and (axis := self.axis_of_root(at + 1)):  # "just as difficult as mine"
                found.append(axis)
                self.used |= {at, at + 1}
            elif word == "now" and (axes := self._named_from(at - 1, -1)):  # "in the size they are now"
                found += axes
        return tuple(dict.fromkeys(found))

    def read_careless(self) -> tuple[str, ...]:
        """The options that are named right behind "any", and those of which it is said that they do not matter."""
        found: list[str] = []
        for at, word in enumerate(self.words):
            if word in _ANY and self.word(at - 1) not in _DENIES and (axis := self._axis(at + 1)):
                found.append(axis)
                self.used |= {at, *range(at + 1, at + 1 + len(self.names[axis]))}
        for own, before in self.scopes.careless_parts():
            places = [at for at in own if self._axis(at)]
            named = any(self.axis_at(at) for at in own)  # also one that was read before
            for part in () if named else before:
                if not all(self._axis(at) or self.words[at] in FILLERS for at in part):
                    break
                places += [at for at in part if self._axis(at)]
            found += [self._axis(at) for at in places]
            self.used |= {*places, *(at for at in own if self.words[at] in _KEEPS)}
        return tuple(dict.fromkeys(found))

    def _compares(self, at: int) -> bool:
        """Whether something shall be as much as what is compared with: "as long as mine", "just as long"."""
        if self.words[at] == "equally" or (
            self.words[at] == "as" and self.word(at - 1) in _JUST and self.word(at + 2) != "as"
        ):
            return True
        return self.words[at] == "as" and self.word(at + 2) == "as" and self.word(at + 3) in _MINE

    def _axis(self, at: int) -> str:
        return "" if at in self.used else self.axis_at(at)

    def _named_from(self, at: int, way: int) -> list[str]:
        """The options that are named there one after another, with little words before them."""
        found: list[str] = []
        skipped = 0
        while 0 <= at < len(self.words) and skipped < _FEW:
            axis = self._axis(at)
            if axis:
                found.append(axis)
                self.used.add(at)
                skipped = 0
            elif found and self.words[at] in _JOINS:
                skipped += 1
            elif (found and self.word(at - way) not in _JOINS) or not self._lies_between(at) or self.ends_part(at):
                break
            else:
                skipped += 1
            at += way
        return found

    def _lies_between(self, at: int) -> bool:
        """Whether a little word may stand between: "stays in my size", and not "the same in blue"."""
        return self.words[at] in _BETWEEN or (self.words[at] == "in" and self.word(at + 1) in _OWN)
