"""The words of `/promo new` and `/promo edit` in one line, by the fields of their form."""

import re
from collections.abc import Callable

from bot.phrases import staff_promotions as words
from bot.values import BadInput

USAGE = "promo new"
_GIVES = (
    r"\d{1,3}(?:[.,]\d{1,2})? ?(?:%|percent)(?: off)?|[$£€]? ?\d{1,7}(?:[.,]\d{1,2})? ?(?:[$£€]|usd|eur|gbp)? off"
    r"|[$£€] ?\d{1,7}(?:[.,]\d{1,2})?|free \S{1,60}|\d{1,2} for \d{1,2}"
)
_LINE = re.compile(
    rf"(?:(?P<code>\S{{1,40}})\s+)??(?P<gives>{_GIVES})(?=\s|\Z)(?P<rest>.{{0,400}})", re.IGNORECASE | re.DOTALL
)
_WORDS = {
    "on": "things",
    "for": "who",
    "from": "starts",
    "until": "until",
    "till": "until",
    "max": "max",
    "each": "each",
    "over": "least",
    "least": "least",
    "code": "code",
    "gives": "gives",
    "combinable": "combinable",
    "listed": "listed",
    "name": "name",
}
_KEY = re.compile(rf"(?:^|(?<=\s))(?:{'|'.join(_WORDS)})(?=\s|=|\Z)=?", re.IGNORECASE)
_GIVEN = re.compile(rf"(?<=\s)(?:{_GIVES})(?=\s|\Z)", re.IGNORECASE)
FLAGS = ("combinable", "listed")


def read_line(text: str) -> dict[str, str]:
    """The fields of `[CODE] GIVES [on …] [until …] …`; what is not said is not there.

    Raises:
        BadInput: it does not say what it gives, or says something else.
    """
    found = _LINE.fullmatch(text.strip())
    if found is None:
        raise BadInput(words.bad_gift(text=text) if text.strip() else words.NO_GIFT, USAGE)
    said = {"code": found["code"] or "", "gives": found["gives"]}
    return said | read_words(found["rest"])


def read_words(text: str) -> dict[str, str]:
    """The fields that words lead to: "on candles until 2026-12-31 max 100 combinable".

    What stands before the first of them is what it gives.

    Raises:
        BadInput: it is not, or a word is there twice.
    """
    found = list(_KEY.finditer(text))
    named = next((place for place, one in enumerate(found) if one[0].lower().startswith("name")), len(found) - 1)
    found = found[: named + 1]  # a name may hold any word, and comes last
    before = text[: found[0].start()] if found else text
    said: dict[str, str] = {}
    if before.strip():
        if re.fullmatch(_GIVES, before.strip(), re.IGNORECASE) is None:
            raise BadInput(words.unread(text=before.strip()), USAGE)
        said["gives"] = before.strip()
    for place, one in enumerate(found):
        name = _WORDS[one[0].lower().rstrip("=")]
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        value = text[one.end() : end].strip(" ,")
        if name in said and name != "least":
            raise BadInput(words.unread(text=one[0]), USAGE)
        said[name] = f"{said.get(name, '')} {value or ('yes' if name in FLAGS else '')}".strip()
    return said


def parted(text: str, is_named: Callable[[str], bool]) -> tuple[str, str]:
    """A name, as long a one as there is, and behind it what is to be changed: "SPRING10 until 2026-12-31"."""
    ends = sorted({one.start() for pattern in (_KEY, _GIVEN) for one in pattern.finditer(text) if one.start()})
    parts = [(text[:end].strip(), text[end:]) for end in (len(text), *reversed(ends))]
    return next((one for one in parts if is_named(one[0])), parts[-1])
