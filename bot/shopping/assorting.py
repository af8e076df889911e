"""Reads several kinds of one thing in one breath: "2 medium and 1 large blue shirts"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.shopping import meaning
from bot.shopping.variants import Meant, meant_of, names, one_group, only_options, place_of, said_of, wish_in
from bot.turn import Turn
from domain.products.variants import Group
from nlu.rules.options import OptionWish
from nlu.understanding import WantedLine

_OF_ALL = ("both", "all", "each", "every")


def assorted(turn: Turn, lines: Sequence[WantedLine]) -> dict[int, tuple[Meant, int] | None]:
    """What some of the lines mean by their places: variants and how many; None where it is said in others.

    One line names the thing, and counted ones beside it only say how theirs shall be: what these leave open is as the
    naming one says. Without such there is nothing to read here.
    """
    found: dict[int, tuple[Meant, int] | None] = {}
    for head, line in enumerate(lines if len(lines) > 1 else ()):
        group = _named_by(turn, line) if head not in found else None
        if group is not None:
            beside = [at for at in _run(turn, lines, head, group) if at not in found]
            if any(lines[at].quantity is not None for at in beside):
                found |= dict(_kinds(turn, lines, head, beside, group))
    return found


def _named_by(turn: Turn, line: WantedLine) -> Group | None:
    if not line.phrase:
        return None
    match = meaning.look_up(turn, line.phrase)
    group = one_group(turn, (match.product,) if match.product is not None else match.options or match.close)
    return group if group is not None and names(line.phrase, group) else None


def _run(turn: Turn, lines: Sequence[WantedLine], head: int, group: Group) -> list[int]:
    """The lines around the naming one that only say how something shall be."""

    def only_how(at: int) -> bool:
        phrase = lines[at].phrase
        said = bool(phrase) and place_of(turn, phrase) is not None
        return said and (_of_all(phrase) or (only_options(phrase, group) and not names(phrase, group)))

    before, behind = head, head
    while before > 0 and only_how(before - 1):
        before -= 1
    while behind + 1 < len(lines) and only_how(behind + 1):
        behind += 1
    return [at for at in range(before, behind + 1) if at != head]


def _of_all(phrase: str) -> bool:
    return phrase.lower().partition(" ")[0] in _OF_ALL


def _kinds(
    turn: Turn, lines: Sequence[WantedLine], head: int, beside: Sequence[int], group: Group
) -> Iterator[tuple[int, tuple[Meant, int] | None]]:
    of_all = [at for at in beside if _of_all(lines[at].phrase)]
    counted = [at for at in beside if lines[at].quantity is not None and at not in of_all]
    parts = sum(lines[at].quantity or 0 for at in counted if at > head)
    is_sum = len(counted) > 1 and counted[0] > head and parts == lines[head].quantity
    shared = wish_in(said_of(turn, lines[head].phrase, group), group)
    for at in of_all:
        shared = _onto(wish_in(said_of(turn, lines[at].phrase, group), group), shared)
    for at in sorted([head, *beside]):
        if at in of_all or (at == head and is_sum) or (at != head and lines[at].quantity is None):
            yield at, None
            continue
        said = _uncounted(said_of(turn, lines[at].phrase, group))
        own = shared if at == head else _onto(wish_in(said, group), shared)
        yield at, (meant_of(group, own), lines[at].quantity or 1)


def _uncounted(said: str) -> str:
    """The words without the "2x" that may lead them: "2x M" wants no XM."""
    first, _, rest = said.strip(" ,;:").partition(" ")
    counts = first[-1:].lower() == "x" and (first[:-1].isdecimal() or len(first) == 1)
    return rest if counts else said


def _onto(own: OptionWish, shared: OptionWish) -> OptionWish:
    """The wish, with what is said of all where it says nothing itself."""
    told = {*own.wanted, *own.excluded, *own.strange, *own.indifferent, *(step.axis for step in own.steps)}
    wanted = {axis: values for axis, values in shared.wanted.items() if axis not in told}
    excluded = {axis: values for axis, values in shared.excluded.items() if axis not in told}
    strange = {axis: value for axis, value in shared.strange.items() if axis not in told}
    return replace(
        own,
        wanted={**wanted, **own.wanted},
        excluded={**excluded, **own.excluded},
        strange={**strange, **own.strange},
        steps=(*own.steps, *(step for step in shared.steps if step.axis not in told)),
    )
