"""Says what a message wishes for in plain words: each deed with its things, as the learned reader tells its parts.

People wish in countless ways ("a refund for the boots is what I am after"); closed rules know few. The reader marks
what is a deed, of what, and what shall become of it; here that is said again in the words that the rules know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from nlu.reading.aftersale_labels import (
    ADDRESS,
    CANCEL,
    COUNT,
    DROP,
    ELSE,
    EXCEPTED,
    FAIL,
    IF,
    KEEP,
    ORDER,
    PLACE,
    RETURN,
    SWAP,
    TARGET,
    THING,
)
from nlu.rules.aftersale_pronouns import NEGATES, TAKES_AWAY, means_all_before, means_one_before, means_place_before
from nlu.understanding import Part, PartSpan

_DEEDS = frozenset({RETURN, SWAP, CANCEL, DROP, KEEP})
LEAST = 0.5  # sure, of a part that is taken for a deed
# What takes goods or orders away is never heard where its words stand beside a no, whatever the reader makes of that;
# "there is no need to pack it" takes away by its no.
_TAKES_AWAY = frozenset({RETURN, CANCEL, ELSE + RETURN, ELSE + CANCEL})
_FAILS = "if that is not possible"
_AT = frozenset("at in on to".split())
_QUALIFYING = frozenset("in with of for under below without made that which from".split())


def say_plainly(parts: Sequence[Part]) -> str:
    """The wishes of a message in plain words; empty where it has none."""
    return " ".join(_Saying().of(parts))


@dataclass(kw_only=True, slots=True)
class _Things:
    """Things that shall become the same."""

    names: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


class _Saying:
    """Says one message; what was named before in it is what "it" means."""

    def __init__(self) -> None:
        self._named: list[str] = []  # since the last deed, or by it
        self._fresh = True  # whether the next name begins anew
        self._orders: list[str] = []  # that were named without a deed
        self._place = ""
        self._condition = ""
        self._fails = ""

    def of(self, parts: Sequence[Part]) -> Iterator[str]:
        for at, part in enumerate(parts):
            deed = part.act.removeprefix(ELSE)
            if deed in _DEEDS and part.sure >= LEAST and not _denied(part):
                behind = parts[at + 1] if at + 1 < len(parts) else None
                if _only_names(part) and behind is not None and _only_tells(behind):
                    self._note(part)  # "the lamp is too weak, the bright one would do": what it shall be comes behind
                    continue
                later = behind is not None and behind.act == IF and not _ends(part.text)
                yield from self._deed(deed, part, behind.text if behind is not None and later else "")
            elif part.act == ADDRESS and part.sure >= LEAST and NEGATES.search(part.text.lower()) is None:
                yield from self._moved(part)
            elif part.act == IF:
                self._condition = part.text.strip(" ,.;") if at == 0 or _ends(parts[at - 1].text) else self._condition
                self._note(part)
            elif part.act == FAIL:
                wanted = next((span.words.strip() for span in part.spans if span.kind == TARGET), "")
                self._fails = f"if there is none {_within(wanted)}" if wanted else _FAILS
            else:
                self._note(part)

    def _note(self, part: Part) -> None:
        """Keeps what is named by the way: "the tent leaks, I want it replaced"."""
        for span in part.spans:
            if span.kind == THING:
                self._name(span)
            elif span.kind == ORDER:
                self._orders.append(_within_sentence(span))
            elif span.kind == PLACE:
                self._place = _within_sentence(span)

    def _moved(self, part: Part) -> Iterator[str]:
        """Where something shall go, if a place is named: "it ought to find us there" means the one named before."""
        self._note(replace(part, spans=tuple(span for span in part.spans if not _points_at_place(span))))
        things = [self._name(span) for span in part.spans if span.kind == THING]
        if self._place:
            with_them = f"the order with {' and '.join(things)}" if things else "it"
            yield _sentence(f"send {' and '.join(self._orders) or with_them} to {_goal(self._place)}")
        self._orders = []

    def _name(self, span: PartSpan) -> str:
        """A thing by its name, also where only a pronoun stands for it."""
        words = _within_sentence(span)
        if means_one_before(words) and self._named:
            return self._named[-1]
        if means_all_before(words) and self._named:
            return " and ".join(self._named)
        if means_one_before(words) or means_all_before(words):
            return words
        if self._fresh:
            self._named, self._fresh = [], False
        self._named.append(words)
        return words

    def _deed(self, deed: str, part: Part, condition: str) -> Iterator[str]:
        lead = ""
        if part.act.startswith(ELSE):
            lead = f"{self._fails or _FAILS}, "
        elif self._condition:
            lead = f"{self._condition}, "
        orders = [_within_sentence(span) for span in part.spans if span.kind == ORDER]
        spoken = orders or ([] if part.act.startswith(ELSE) else self._orders)
        where = f" from {' and '.join(spoken)}" if spoken else ""
        said = list(self._said(deed, part, where))
        self._condition, self._fails, self._orders = "", "", []
        self._fresh = True
        for one in said:
            yield _sentence(f"{lead}{one}{', ' + condition.strip(' ,.;') if condition else ''}")

    def _said(self, deed: str, part: Part, where: str) -> Iterator[str]:
        spared = [_within_sentence(span) for span in part.spans if span.kind == EXCEPTED]
        but = f" except {' and '.join(spared)}" if spared else ""
        by_the_way = list(dict.fromkeys(self._named)) if not self._fresh else []
        groups = list(self._groups(part.spans))
        things = [group for group in groups if group.names]
        if deed == SWAP:
            yield from self._swapped(part, groups, by_the_way, where, but)
            return
        told = [name for group in things for name in group.names] or ([] if where or deed == KEEP else by_the_way)
        names = " and ".join(dict.fromkeys(told))
        whole = where.removeprefix(" from ")
        match deed:
            case _ if not (names or whole):
                yield {RETURN: "return", CANCEL: "cancel", DROP: "I no longer want", KEEP: "keep"}[deed] + (
                    f" everything{but}" if but else " it"
                )
            case _ if deed == RETURN:
                yield f"return {names or 'everything'}{where}{but}"
            case _ if deed == CANCEL:
                yield f"cancel {names}{where}{but}" if names else f"cancel {whole}{but}"
            case _ if deed == DROP:
                yield f"I no longer want {names or 'everything'}{where}{but}"
            case _:
                yield f"keep {names}{where}" if names else f"do not cancel {whole}"

    def _swapped(
        self, part: Part, groups: Sequence[_Things], by_the_way: Sequence[str], where: str, but: str
    ) -> Iterator[str]:
        if len(groups) == 1 and groups[0].targets:  # what is said beside it may tell more of how it shall be
            groups[0].targets = [_beside(part)]
        if not groups:
            yield f"exchange {' and '.join(by_the_way) or 'something'}{where}"
        for group in groups:
            names, target = " and ".join(dict.fromkeys(group.names or by_the_way)), ", ".join(group.targets)
            if names and not (group is not groups[0] and not target):
                yield f"exchange {names}{where}{' for ' + _one(target) if target else ''}{but}"
            elif target:
                yield f"exchange it for {_one(target)}"

    def _groups(self, spans: Sequence[PartSpan]) -> Iterator[_Things]:
        """Things with what they shall become, where both are said in turn."""
        group, count = _Things(), ""
        for span in spans:
            if span.kind == COUNT:
                count = _within_sentence(span)
            elif span.kind == THING:
                if group.names and group.targets:
                    yield group
                    group = _Things()
                name = self._name(span)
                group.names.append(f"{count} of {name}" if count else name)
                count = ""
            elif span.kind == TARGET:
                group.targets.append(_within_sentence(span))
        if group.names or group.targets:
            yield group


def _kinds(part: Part) -> set[str]:
    return {span.kind for span in part.spans}


def _only_names(part: Part) -> bool:
    """Whether something shall be otherwise, and nothing is said of how."""
    return part.act == SWAP and THING in _kinds(part) and TARGET not in _kinds(part)


def _only_tells(part: Part) -> bool:
    """Whether something shall be so, and nothing is said of what."""
    return part.act == SWAP and TARGET in _kinds(part) and THING not in _kinds(part)


def _denied(part: Part) -> bool:
    text = part.text.lower()
    return part.act in _TAKES_AWAY and NEGATES.search(text) is not None and TAKES_AWAY.search(text) is not None


def _goal(place: str) -> str:
    """A place as what something goes to: "at the lake" is the lake."""
    first, _, rest = place.partition(" ")
    return rest if rest and first.lower() in _AT else place


def _points_at_place(span: PartSpan) -> bool:
    return span.kind == PLACE and means_place_before(span.words)


def _within_sentence(span: PartSpan) -> str:
    return _small(span.words.strip())


def _small(words: str) -> str:
    """Words as they stand within a sentence: "The lamp" is "the lamp", and "XL" stays."""
    return words if words[1:2].isupper() or len(words) == 1 else words[:1].lower() + words[1:]


def _beside(part: Part) -> str:
    """All that is said of how something shall be: from its first word on, without the things and orders in between."""
    targets = [span for span in part.spans if span.kind == TARGET]
    start, end = targets[0].at, targets[-1].at + len(targets[-1].words)
    kept, at = [], start
    for span in part.spans:
        if span.kind in (THING, ORDER, COUNT) and start <= span.at < end:
            kept.append(part.text[at : span.at])
            at = span.at + len(span.words)
    things_follow = any(span.kind == THING and span.at > start for span in part.spans)
    until = max(at, end) if things_follow else len(part.text)
    return _small(" ".join("".join([*kept, part.text[at:until]]).split()).strip(" ,;.!?()"))


def _one(target: str) -> str:
    """What something is exchanged for: "with a lid" is said of one."""
    return f"one {target}" if target.split(maxsplit=1)[0].lower() in _QUALIFYING else target


def _within(target: str) -> str:
    return target if target.split(maxsplit=1)[0].lower() in _QUALIFYING else f"like {target}"


def _ends(text: str) -> bool:
    """Whether a sentence ends with a part."""
    return text.rstrip()[-1:] in (".", "!", "?", "\n", ";")


def _sentence(text: str) -> str:
    said = text.strip(" ,;\n")
    for joint in ("and ", "but ", "then ", "so ", "also ", "plus "):
        said = said.removeprefix(joint)
    said = said[:1].upper() + said[1:]
    return said if said[-1:] in (".", "!", "?") else f"{said}."
