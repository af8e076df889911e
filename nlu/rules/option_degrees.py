"""By which words something is more or less, and what the options may be called that they are about."""

import re
from collections.abc import Iterator, Mapping

from nlu.rules.option_words import SHORTEST_SLIPPED, one_slip
from nlu.rules.vocabulary import FILLERS, words

# By which words something is more or less, and what the option may be called that they are about.
_DEGREES = {
    "size": ("big large great roomy", "small little tiny", "size capacity volume diameter dimension screen storage"),
    "length": ("long", "short", "length size height"),
    "height": ("tall high", "low", "height size"),
    "width": ("wide broad", "narrow", "width size"),
    "thickness": ("thick", "thin slim", "thickness"),
    "weight": ("heavy", "light", "weight"),
    "brightness": ("bright", "dim", "brightness lumen light"),
    "loudness": ("loud", "quiet", "volume noise loudness"),
    "speed": ("fast quick", "slow", "speed processor"),
    "power": ("strong powerful", "weak", "power strength wattage"),
    "difficulty": ("hard difficult tough challenging", "easy simple", "difficulty level"),
    "firmness": ("firm hard", "soft", "firmness"),
    "heat": ("hot spicy", "mild", "heat spiciness"),
    "shade": ("dark", "light pale", "shade roast"),
    "reach": ("far long", "near close short", "zoom reach range"),
    "warmth": ("warm thick", "cool cold", "warmth temperature weight"),
}
_IRREGULAR = {"farther": "far", "further": "far", "farthest": "far", "furthest": "far"}
MORE, LESS = (
    words("more higher greater bigger larger increased better"),
    words("less fewer lower smaller reduced worse"),
)
MOST, LEAST = words("most highest greatest biggest largest maximum max"), words("least fewest lowest smallest minimum")


def _degrees() -> Iterator[tuple[str, tuple[int, bool, tuple[str, ...]]]]:
    for up, down, names in _DEGREES.values():
        for way, stems in ((1, up), (-1, down)):
            for stem in stems.split():
                called = tuple(names.split())
                yield stem, (way, False, called)
                root = stem.removesuffix("e")
                root = root[:-1] + "i" if root.endswith("y") else root
                doubled = root + root[-1] if re.fullmatch(r"[^aeiou]{1,3}[aeiou][bdgmnt]", stem) else root
                yield f"{doubled}er", (way, False, called)
                yield f"{doubled}est", (way, True, called)
                for form in (form for form, of in _IRREGULAR.items() if of == stem):
                    yield form, (way, form.endswith("est"), called)


_BY_WORD: Mapping[str, tuple[tuple[int, bool, tuple[str, ...]], ...]] = {
    word: tuple(meaning for other, meaning in _degrees() if other == word) for word, _ in _degrees()
}


_UTMOST = {
    stem: f"{stem[:-1] + 'i' if stem.endswith('y') else stem.removesuffix('e')}est"
    for up, down, _ in _DEGREES.values()
    for stem in (*up.split(), *down.split())
    if not re.fullmatch(r"[^aeiou]{1,3}[aeiou][bdgmnt]", stem)
} | {"big": "biggest", "dim": "dimmest", "thin": "thinnest", "hot": "hottest"}


def degrees_of(word: str) -> tuple[tuple[int, bool, tuple[str, ...]], ...]:
    """What a word of degree may mean: the way, whether to the end, and how the options are called that it is about.

    So may a long one with a slip.
    """
    if word in _BY_WORD or len(word) <= SHORTEST_SLIPPED or word in FILLERS:
        return _BY_WORD.get(word, ())
    return next((meanings for other, meanings in _BY_WORD.items() if one_slip(word, other)), ())


_PRICES = {
    **dict.fromkeys("expensive dear pricey costly".split(), "dearest"),
    **dict.fromkeys(("cheap", "inexpensive"), "cheapest"),
}
_WORD = re.compile(r"[a-z]{3,12}")


def as_utmost(text: str) -> str:
    """A text in small letters, its plain words of degree as the utmost: of two, "the big one" is the biggest."""

    def most(match: re.Match[str]) -> str:
        word = match[0]
        return _PRICES.get(word) or (_UTMOST.get(word, word) if word in _BY_WORD else word)

    return _WORD.sub(most, text)


def way_of(word: str) -> int:
    """1 for a word of more, -1 for one of less, 0 for any other: "bigger", "fewer", "blue"."""
    if word in MORE | LESS:
        return 1 if word in MORE else -1
    meanings = degrees_of(word) if word.endswith("er") else ()
    return meanings[0][0] if meanings else 0
