"""No pattern that strangers' text meets takes more than linear time: each is hunted with texts built for it."""

import re
from pathlib import Path

import pytest

from tests.support.hunting import Slow, patterns_of, slow
from tests.test_architecture import NOT_OURS_TO_IMPORT, is_in, modules

HUNTED = [
    pytest.param(name, path, id=name)
    for name, path in modules()
    if is_in(name, "nlu", "bot", "domain", "storage")
    and not any(part in name for part in NOT_OURS_TO_IMPORT)
    and re.search(r"\bre\.[a-z]+\(|\b(?:rule|whole|exactly|opening|anywhere)\(", path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("name", "path"), HUNTED)
def test_a_module_has_no_slow_pattern(name: str, path: Path) -> None:
    found = [worst for pattern in patterns_of(name, path) if (worst := slow(pattern))]
    assert found == [], "\n".join(
        f"{worst.seconds}: {worst.prefix!r} + n × {worst.pump!r} + {worst.suffix!r}" for worst in found
    )


# What the rules were made of once, and what is known to be slow elsewhere.
BAD = {
    "a repeat of what repeats itself": r"(?:a+)+b",
    "the order number of before: every number sign in several ways": (
        r"\border\s*(?:(?:\#|no\.?|num\.?|number)\s*:?\s*)+(?:[A-Z]{1,4}-?)?(?P<labelled>\d{1,12})"
    ),
    "an alternative that two others make as well": r"^(?:what|and|the|about|what about|ship(?:s|ped)?|[ ?])*$",
    "alternatives that overlap in a repeat": r"(?:\w|\d)+!",
    "two gaps side by side": r"max\s*:?\s*\d",
    "a gap that a search begins with": r"\s+and\s",
    "a word that a search begins with": r"\w+@x",
    "three repeats side by side": r"a[ab]*[ab]*[ab]*c",
    "anything up to something, again and again": r"<mailto:[^>]*\|[^>]*>",
    "a name lazily, and what may end it": r"(?P<phrase>\S.*?)[\s.!?]*",
    "a look-ahead to the end of the line": r"(\d{5})(?!.*x\d{5})",
}


@pytest.mark.parametrize("pattern", BAD.values(), ids=BAD)
def test_the_hunt_finds(pattern: str) -> None:
    assert isinstance(slow(re.compile(pattern, re.IGNORECASE)), Slow)


GOOD = {
    "bounded gaps": r"max\s{0,4}:?\s{0,4}\d",
    "a repeat that begins with what stands before it only once": r"(?<!\d)\d{1,9}(?:,\d{1,9}){0,6}\.",
    "an anchored word": r"\A\w+@x",
    "a tag that holds no other": r"<mailto:[^<>|]+(?:\|[^<>]*)?>",
}


@pytest.mark.parametrize("pattern", GOOD.values(), ids=GOOD)
def test_the_hunt_lets_go(pattern: str) -> None:
    assert slow(re.compile(pattern, re.IGNORECASE)) is None
