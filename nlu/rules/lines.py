"""Puts product lines together: joins what stands apart, and fills in what a later line leaves unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from nlu.rules import tokens as kinds
from nlu.rules.names import written
from nlu.rules.tokens import Token, as_kind
from nlu.rules.vocabulary import ADJECTIVES, CONTAINERS

_PREPOSITIONS = frozenset({"in", "with", "size", "sz"})


@dataclass(kw_only=True, slots=True)
class Line:
    """A product line while it is put together."""

    words: list[Token] = field(default_factory=list)
    quantity: Token | None = None
    value: int | None = None
    role: str = ""
    reference: str = ""
    reference_token: Token | None = None
    phrase: str = ""
    trailing: bool = False
    each: bool = False
    same: bool = False
    labelled: bool = False
    modifier: bool = False
    pronoun: bool = False
    modifiers: list["Line"] = field(default_factory=list)

    def copy_quantity(self, other: "Line") -> None:
        """Takes over how many are wanted from a line that names no product."""
        self.quantity, self.value, self.role = other.quantity, other.value, other.role

    @property
    def counts_only(self) -> bool:
        """Only a quantity and its packaging are named ("three rolls")."""
        return (
            self.value is not None
            and all(word.text.lower() in CONTAINERS for word in self.words)
            and not self.reference
        )

    @property
    def empty(self) -> bool:
        """Neither a product nor a place in the list is named."""
        return not self.words and self.reference in ("", "it")


def join_lines(raw: Iterable[Line]) -> list[Line]:
    """Joins a quantity and a product that stand in neighbouring clauses ("shampoo bar, qty 2")."""
    lines: list[Line] = []
    waiting: Line | None = None
    pointing: Line | None = None
    for line in raw:
        if line.same and lines:
            line.value = lines[-1].value
        last = lines[-1] if lines else None
        if not line.words and line.pronoun and not line.reference:
            line.reference = "it"
        if line.empty and line.value is None:
            pointing = pointing or (line if line.reference else None)
        elif last and line.modifier and line.value is None and last.words and not line.reference:
            last.modifiers.append(line)
        elif not line.empty and not (line.counts_only and last and last.value is None):
            lines.append(line)
            if line.value is None and waiting is not None:
                line.copy_quantity(waiting)
                waiting = waiting if waiting.each else None
            elif line.each and line.value is not None:
                waiting = line
                for other in lines:
                    if other.value is None:
                        other.copy_quantity(line)
        else:
            if line.each or not lines:
                waiting = line
            if last and line.labelled and last.value is not None and last.quantity and last.words:
                # "6 ribbons, qty 4": the number in front belongs to the name.
                last.words = [as_kind(last.quantity, kinds.WORD), *last.words]
                last.copy_quantity(line)
            for other in lines if line.each else lines[-1:]:
                if other.value is None:
                    other.copy_quantity(line)
    return lines or ([waiting] if waiting else [pointing] if pointing else [])


def complete_lines(lines: list[Line], text: str) -> list[Line]:
    """Writes each phrase out and fills what a later line left unsaid ("7 plasters in circus tin, 7 in skull tin")."""
    previous: list[str] = []
    for line in lines:
        said = [" ".join(text[word.start : word.end].split()) for word in line.words]
        if line.words:
            line.phrase = written(line.words, text)
            line.phrase = " ".join([line.phrase, *(written(other.words, text) for other in line.modifiers)])
        lower = [word.lower() for word in said]
        opening = _opening_preposition(line, text)
        if opening and opening in [word.lower() for word in previous]:
            kept = previous[: [word.lower() for word in previous].index(opening)]
            line.phrase = " ".join([*kept, *([] if lower[0] == opening else [opening]), line.phrase])
        elif (
            said
            and previous
            and all(word in ADJECTIVES for word in lower)
            and previous[0].lower() in ADJECTIVES
            and len(previous) > 1
        ):
            line.phrase = " ".join([line.phrase, *previous[1:]])
        if said:
            previous = line.phrase.split()
    for line, following in pairwise(lines):
        words = following.phrase.split()
        if line.phrase.lower() in ADJECTIVES and len(words) > 1 and words[0].lower() in ADJECTIVES:
            line.phrase = " ".join([line.phrase, *words[1:]])
    return lines


def _opening_preposition(line: Line, text: str) -> str:
    if line.quantity is None or not line.words or line.words[0].start < line.quantity.end:
        return ""
    between = text[line.quantity.end : line.words[0].end].lower().split()
    return between[0] if between[0] in _PREPOSITIONS else ""
