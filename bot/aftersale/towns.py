"""Tells whether words name where an address is: its town, its street, or its state."""

from domain.people.addresses import read_address
from nlu.rules.aftersale_phrases import HOUSE_NUMBER, STATE_CODE

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
    "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_SHORT = {  # what people call towns
    "nyc": "new york", "la": "los angeles", "sf": "san francisco", "dc": "washington", "philly": "philadelphia",
    "vegas": "las vegas", "the big apple": "new york",
}  # fmt: skip
_SHORTEST = 4  # letters of a town's name by which an address is told


def names_town(part: str, address: str) -> bool:
    """Whether a town, a street or a state of an address is named; `part` is in small letters."""
    read = read_address(address)
    said = f" {' '.join(''.join(letter if letter.isalnum() else ' ' for letter in part).split())} "
    said += "".join(f"{name} " for short, name in _SHORT.items() if f" {short} " in said)
    names = [piece.strip() for piece in read.place.split(",")]
    names += [STATE_CODE.sub("", name) for name in names] + [HOUSE_NUMBER.sub("", read.street), read.postcode]
    names += [STATES[code[0]] for name in names if (code := STATE_CODE.search(name)) and code[0] in STATES]
    plain = (" ".join(name.lower().replace(".", " ").split()) for name in names)
    return any(len(name) >= _SHORTEST and f" {name} " in said for name in plain)
