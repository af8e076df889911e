"""Reads marked messages: `{add}[2](q) [red mugs](p) please {status}and where is [my last](t) order`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlu.reading.labels import SHOP, Labels

_MARK = re.compile(r"\{(?P<act>[a-z_-]{1,20})\}|\[(?P<words>[^\[\]]{1,300})\]\((?P<kind>[a-z]{1,2})\)")


class BadMarks(ValueError):
    """A line that is not marked as it should be; the text says what is wrong with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A message with its acts and spans as (start, end, label); the acts cover it without a gap."""

    text: str
    acts: tuple[tuple[int, int, str], ...]
    spans: tuple[tuple[int, int, str], ...] = ()


def parse_marks(line: str, labels: Labels = SHOP) -> Marked:
    r"""Reads one marked message; a line break in it is written as `\n`.

    Raises:
        BadMarks: it does not begin with an act, or has an unknown or broken mark.
    """
    line = line.replace("\\n", "\n")
    text, at = "", 0
    begins: list[tuple[int, str]] = []
    spans: list[tuple[int, int, str]] = []
    for mark in _MARK.finditer(line):
        text, at = text + line[at : mark.start()], mark.end()
        if (act := mark["act"]) is not None:
            if act not in labels.acts:
                raise BadMarks(f"there is no act {act!r}: {line!r}")
            begins.append((len(text), act))
            continue
        if mark["kind"] in labels.kinds:
            spans.append((len(text), len(text) + len(mark["words"]), mark["kind"]))
        elif mark["kind"] not in labels.unread:
            raise BadMarks(f"there is no kind of span {mark['kind']!r}: {line!r}")
        text += mark["words"]
    text += line[at:]
    if not begins or begins[0][0] != 0:
        raise BadMarks(f"it does not begin with an act: {line!r}")
    if re.search(r"[\[\]{}]", text):
        raise BadMarks(f"a mark is broken: {line!r}")
    ends = [*(begin for begin, _ in begins[1:]), len(text)]
    acts = tuple((begin, end, act) for (begin, act), end in zip(begins, ends, strict=True))
    return Marked(text=text, acts=acts, spans=tuple(spans))


def read_marks(path: Path, labels: Labels = SHOP) -> Iterator[Marked]:
    """The marked messages of a file, one a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield parse_marks(line, labels)
