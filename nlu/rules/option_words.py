"""Words of options in one spelling: sizes, measures, numbers, colours, and by which words something is more or less."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.rules.vocabulary import FILLERS, words


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word or a number of a text: as it is compared, as it was written, and where it stands."""

    word: str
    written: str
    start: int
    end: int


_SPELT = {
    said: word
    for word, all_said in {
        "grey": "gray",
        "color": "colour coloured colored colors colours",
        "aluminium": "aluminum alu",
        "flavor": "flavour",
        "fiber": "fibre",
        "wood": "wooden",
        "wool": "woolen woollen",
        "gold": "golden",
        "metal": "metallic",
        "kg": "kgs kilo kilogram kilogramme",
        "g": "gr gram gramme",
        "l": "ltr litre liter",
        "ml": "millilitre milliliter mils",
        "cl": "centilitre centiliter",
        "cm": "centimetre centimeter",
        "mm": "millimetre millimeter",
        "inch": 'inches " ”',
        "ft": "foot feet",
        "oz": "ounce",
        "lb": "lbs pound",
        "w": "watt",
        "v": "volt",
        "gb": "gig giga gigabyte",
        "tb": "tera terabyte",
        "mb": "megabyte",
        "h": "hr hrs hour",
        "min": "minute",
        "pc": "pcs piece",
        "mp": "megapixel",
        "hz": "hertz",
        "m": "medium",
        "s": "small",
        "percent": "% pct",
    }.items()
    for said in all_said.split()
}
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    )
}
_POWERS = {"hundred": 100, "thousand": 1000}
# Sizes that are said in several words, or in one that is a unit too: "l" is a litre behind a number.
_SIZES_OF_TWO = {
    ("extra", "s"): "xs",
    ("x", "s"): "xs",
    ("extra", "large"): "xl",
    ("x", "large"): "xl",
    ("x", "l"): "xl",
    ("double", "xl"): "xxl",
    ("double", "l"): "xxl",
    ("extra", "xl"): "xxl",
    ("x", "xl"): "xxl",
    ("2", "xl"): "xxl",
    ("2", "x"): "xxl",
    ("3", "xl"): "xxxl",
    ("3", "x"): "xxxl",
    ("triple", "xl"): "xxxl",
    ("2", "xs"): "xxs",
}
SIZES = frozenset("xxs xs s m l xl xxl xxxl".split())
COLOURS = words(
    """red blue green yellow pink purple violet black white grey brown orange silver gold navy turquoise teal beige
    cream ivory maroon burgundy olive khaki lime cyan magenta lilac lavender coral peach mint rose tan charcoal indigo
    crimson scarlet bronze copper"""
)
SHORTEST_SLIPPED = 5  # letters
SHORTEST_ROOT, LONG_ROOT = 3, 7  # letters
NEGATING = words("not no without except never isn't don't dont isnt aren't non neither nor")
UNITS = words("percent kg g l ml cl cm mm inch ft oz lb w kw v gb tb mb h min mp hz ah mah dpi")
_PLURAL_OF = re.compile(r"[^\W\d_]{2,40}[^s\W\d_]s\Z")
_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2}(?=\s)")
_TOKEN = re.compile(r"(?<=\d)[\"”]|\d{1,9}(?:[.,]\d{1,6})?|[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10})?|%")

_JOINT = re.compile(r",|;|\n|\+|&|\.\s|\b(?:and|plus|also|then)\b", re.IGNORECASE)

# By which other words an option is called.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    word: tuple(names.split())
    for word, names in {
        "memory": "ram storage",
        "disk": "storage",
        "drive": "storage",
        "cpu": "processor",
        "chip": "processor",
        "display": "screen",
        "screen": "display",
        "shade": "color tone",
        "tone": "color shade",
        "volume": "capacity",
        "kind": "type",
        "sort": "type",
        "band": "strap",
        "strap": "band",
        "fabric": "material",
        "made": "material",
        "motif": "theme design",
        "pattern": "design",
        "difficult": "difficulty",
        "light": "brightness backlight",
        "lighting": "brightness backlight",
        "illumination": "brightness backlight",
        "waterproof": "water",
        "watertight": "water waterproof",
        "water": "waterproof",
        "connection": "connectivity",
        "zip": "zipper",
        "face": "dial",
        "angle": "view",
        "power": "wattage strength",
        "size": "capacity diameter dimension length height",
    }.items()
}
# What a word may mean where it is no value itself.
MEANS: Mapping[str, tuple[str, ...]] = {
    word: tuple(values.split())
    for word, values in {
        "metal": "steel iron aluminum",
        "main": "ac",
        "wall": "ac",
        "socket": "ac",
        "plug": "ac",
        "outlet": "ac",
        "round": "crew",
        "lady": "women",
        "woman": "women",
        "female": "women",
        "man": "men",
        "male": "men",
        "gent": "men",
        "easy": "beginner easy",
        "simple": "beginner easy",
        "advanced": "expert hard",
        "difficult": "expert hard",
        "wireless": "cordless",
        "cordless": "wireless",
        "big": "large",
        "huge": "large",
        "tiny": "small s",
    }.items()
}


def tokens_of(text: str) -> list[Token]:
    """The words and numbers of a text, in one spelling; a size of two words is one token."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        token = Token(word=_one_spelling(match[0]), written=match[0], start=match.start(), end=match.end())
        before = found[-1] if found else None
        size = _SIZES_OF_TWO.get((before.word, token.word)) if before is not None else None
        if before is not None and token.word in _POWERS and (before.word.isdecimal() or before.word == "a"):
            number = _POWERS[token.word] * int(before.word if before.word.isdecimal() else 1)
            found[-1] = Token(word=str(number), written=str(number), start=before.start, end=token.end)
        elif before is not None and size is not None:
            found[-1] = Token(word=size, written=text[before.start : token.end], start=before.start, end=token.end)
        else:
            found.append(token)
    return [
        Token(word="l", written=one.written, start=one.start, end=one.end) if one.word == "large" else one
        for one in found
    ]


def last_joint(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the last "and" or comma between two places of a text stands; at the first of them where there is none."""
    joints = list(_JOINT.finditer(text, start, end))
    return joints[-1].span() if joints else (start, start)


def plain(text: str) -> tuple[str, ...]:
    """The words of a value or a name in that spelling."""
    return tuple(token.word for token in tokens_of(text))


def one_slip(word: str, other: str) -> bool:
    """Whether two long words differ in a letter too many or too few, in two that changed places, or in one letter.

    Of five letters the last is rather another word: "block" and "black".
    """
    if word == other or abs(len(word) - len(other)) > 1 or max(len(word), len(other)) < SHORTEST_SLIPPED:
        return False
    same = next((at for at, (mine, its) in enumerate(zip(word, other, strict=False)) if mine != its), None)
    if same is None:
        return True
    mine, its = word[same:], other[same:]
    swapped = mine[:2] == its[1::-1] and mine[2:] == its[2:]
    return swapped or mine[1:] == its or mine == its[1:] or (len(word) > SHORTEST_SLIPPED and mine[1:] == its[1:])


def tells(word: str, *, alone: bool) -> bool:
    """Whether a word may stand for a value that has it: "homekit" of "Apple HomeKit"; "with" does not, but `alone`."""
    return len(word) > 2 and (alone or word not in FILLERS) and not word.isdecimal() and word not in UNITS


def abbreviations(value: str) -> frozenset[str]:
    """The words of two capitals in a value of several words: "AC" of "AC adapter"."""
    return frozenset(match.lower() for match in _ABBREVIATION.findall(value) if match.lower() not in UNITS | FILLERS)


def shares_a_root(word: str, names: Sequence[str]) -> bool:
    """Whether a word is of the same root as one of a name: "bright" and "brightness", "resistant" and "resistance"."""
    long = [name for name in names if len(name) > SHORTEST_ROOT]
    root = word[:-3] if len(word) > LONG_ROOT else word[:-1]
    return any(len(word) > SHORTEST_ROOT and (name.startswith(root) or word.startswith(name[:-1])) for name in long)


def _one_spelling(written: str) -> str:
    word = written.lower().replace("’", "'").replace(",", ".")
    word = word.removesuffix("'s")
    if word in _SPELT or word in _NUMBERS:
        return _SPELT.get(word) or _NUMBERS[word]
    if word in FILLERS:
        return word
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word.removesuffix("es")
    if word.endswith("ies") and len(word) > SHORTEST_SLIPPED:
        return f"{word[:-3]}y"
    singular = word[:-1] if _PLURAL_OF.match(word) else word
    return _SPELT.get(singular, singular)
