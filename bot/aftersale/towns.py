"""Tells whether words name where an address is: its town, its street, or its state."""

import re

from domain.people.addresses import read_address
from nlu.rules.aftersale_addresses import HOUSE_NUMBER, STATE_CODE
from nlu.rules.patterns import rule

STATES = {  # by which an address is told: "my Texas address"
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho",
    "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
    "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia",
    "WI": "Wisconsin", "WY": "Wyoming", "DC": "District of Columbia",
}  # fmt: skip
_SHORT = {  # what people call towns
    "nyc": "new york", "n.y.c": "new york", "ny": "new york", "big apple": "new york", "manhattan": "new york",
    "la": "los angeles", "l.a": "los angeles", "dc": "washington", "d.c": "washington", "philly": "philadelphia",
    "sf": "san francisco", "san fran": "san francisco", "frisco": "san francisco", "vegas": "las vegas",
    "windy city": "chicago", "nola": "new orleans", "slc": "salt lake city", "indy": "indianapolis",
    "cali": "california",
}  # fmt: skip
_SHORTLY = rule(rf"(?<![\w.])(?:{'|'.join(sorted(map(re.escape, _SHORT), key=len, reverse=True))})(?!\w)")
_CODE = rule(rf"\b(?:{'|'.join(STATES)})\b")
_SHORTEST = 4  # letters of a town's name by which an address is told
_STREET, _TOWN, _STATE = 3, 2, 1  # how surely a name tells an address


def names_town(part: str, address: str) -> bool:
    """Whether a town, a street or a state of an address is named."""
    return told_by(part, address) > 0


def told_by(said: str, address: str) -> int:
    """How surely words name where an address is; 0 where they do not."""
    read = read_address(address)
    plain = f" {' '.join(re.split(r'[^a-z0-9-]+', _written_out(said)))} "
    towns = [piece.strip() for piece in read.place.split(",")]
    codes = [code[0] for town in towns if (code := STATE_CODE.search(town))]
    towns = [STATE_CODE.sub("", town) for town in towns]
    number, street = HOUSE_NUMBER.match(read.street), HOUSE_NUMBER.sub("", read.street)
    told = 0
    for weight, names in (
        (_STREET, [street, read.name]),
        (_TOWN, [*towns, read.postcode]),
        (_STATE, [STATES.get(code, "") for code in codes]),
    ):
        said_so = (" ".join(re.split(r"[^a-z0-9-]+", name.lower())).strip() for name in names)
        told += weight * any(len(name) >= _SHORTEST and f" {name} " in plain for name in said_so)
    return told + (told >= _STREET and number is not None and f" {number[0].strip()} " in plain)


def _written_out(said: str) -> str:
    """What was said in small letters, and behind it the names of what is called short in it."""
    plain = said.lower()
    names = [_SHORT[match[0]] for match in _SHORTLY.finditer(plain)]
    names += [STATES[match[0]].lower() for match in _CODE.finditer(said)]
    return f"{plain} {' '.join(names)}"
