"""Reads the words of a quantity, which are a closed class: "2", "x3", "a dozen and a half", "twice", "one of each"."""

import re
from dataclasses import dataclass

from nlu.rules.patterns import rule
from nlu.rules.values import find_numbers
from nlu.rules.vocabulary import ADJECTIVES

_HALF_MORE = rule(r"(?:and a half|\.5|½)\s{0,2}(?:do[sz]ens?|dz|doz)\b|\bdo[sz]ens? and a half\b", re.IGNORECASE)
_DOZENS = rule(r"(?P<count>\d{1,4})?\s{0,2}(?:doz|dz|dozzen)\b\.?", re.IGNORECASE)
_FEW = (
    (3, rule(r"\b(?:trio|thrice)\b", re.IGNORECASE)),
    (2, rule(r"\b(?:pair|both|couple|brace|duo|twice|two ?x)\b", re.IGNORECASE)),
    (1, rule(r"\b(?:an?(?! (?:few|bunch|handful|number|lot)\b)|another|once|single|uno|one-?off)\b", re.IGNORECASE)),
)
# What is sold as a pair, so that one of them is one: "a pair of gloves", and not "a pair of mugs".
_SOLD_IN_PAIRS = frozenset(
    word.removesuffix("s")
    for word in """glove sock shoe boot slipper sandal sneaker trainer welly wellington jeans trousers pants shorts
    leggings tights scissors shears pliers tweezers sunglasses goggles headphones earphones earbuds binoculars earring
    mitten crutch ski skate pyjamas knickers boxers trunks gauntlet""".split()
)
_FACTORS = (
    ("times", 2, rule(r"\b(?:doubl\w{0,3}|twice|2 ?x|x ?2|two times)\b", re.IGNORECASE)),
    ("times", 3, rule(r"\b(?:tripl\w{0,3}|thrice|treble|3 ?x|x ?3|three times)\b", re.IGNORECASE)),
    ("times", 4, rule(r"\b(?:quadrupl\w{0,3}|four times|4 ?x|x ?4)\b", re.IGNORECASE)),
    ("times", 10, rule(r"\b(?:ten ?fold|ten times|10 ?x|x ?10)\b", re.IGNORECASE)),
    ("parts", 2, rule(r"\b(?:hal(?:f|ve|ves|ved|ving)|1/2|50 ?%)|½", re.IGNORECASE)),
    ("parts", 3, rule(r"\b(?:a third|one third|1/3)\b", re.IGNORECASE)),
    ("parts", 4, rule(r"\b(?:a quarter|one quarter|1/4)\b", re.IGNORECASE)),
)
_GLUED = rule(
    r"(?:x|×|\*|qty|nr)?\s{0,2}(?P<digits>\d{1,15})\s{0,2}(?:x|×|\*|off|nr|(?:pcs?|pieces?|units?)\.?)?", re.IGNORECASE
)
_PAIR = rule(r"\W{0,3}(?:(?:an?|one|1|the|another)\s{1,3})?pair\b", re.IGNORECASE)
_BEHIND_A_NOUN = ADJECTIVES | {"size", "age"}
_EACH = rule(r"\b(?:each|apiece|of everything|of every|every one|of both|for both|of all)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many, or by what factor: `role` is "", "times" or "parts"."""

    value: int
    role: str = ""


def read_count(words: str) -> Count | None:
    """The number that words say; None where they say none."""
    said = words.strip()
    if glued := _GLUED.fullmatch(said):
        return Count(value=int(glued["digits"]))
    if _HALF_MORE.search(said):
        numbers = [number.value for number in find_numbers(re.sub(r"(?i)do[sz]ens?|half", " ", said))]
        return Count(value=12 * (numbers[0] if numbers else 1) + 6)
    if dozens := _DOZENS.search(said):
        return Count(value=12 * int(dozens["count"] or 1))
    if numbers := [number.value for number in find_numbers(said)]:
        return Count(value=numbers[0])
    return next((Count(value=value) for value, pattern in _FEW if pattern.search(said)), None)


def is_one_pair(words: str, name: str) -> bool:
    """Whether "a pair of" says one of what is sold in pairs."""
    said = [word for word in re.findall(r"[a-z]{3,20}", name.lower()) if word not in _BEHIND_A_NOUN]
    return _PAIR.match(words) is not None and bool(said) and said[-1].removesuffix("s") in _SOLD_IN_PAIRS


def read_factor(words: str) -> Count | None:
    """The factor that words say: "double", "half as many"; None where they say none."""
    return next((Count(value=value, role=role) for role, value, pattern in _FACTORS if pattern.search(words)), None)


def is_of_each(words: str) -> bool:
    """Whether a quantity is said of every product around it."""
    return _EACH.search(words) is not None
