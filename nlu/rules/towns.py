"""Names of towns and states as people say them: "NYC", "L.A.", "my TX address"."""

import re

from nlu.rules.patterns import rule

STATES = {  # by their codes
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
_BETWEEN = rule(r"[^a-z0-9-]{1,400}")


def words_of(said: str) -> str:
    """What was said in small letters with nothing but blanks between its words, and one at each end."""
    return f" {' '.join(_BETWEEN.split(said.lower())).strip()} "


def written_out(said: str) -> str:
    """The words of what was said, and behind them the names of what is called short in it."""
    names = [_SHORT[match[0]] for match in _SHORTLY.finditer(said.lower())]
    names += [STATES[match[0]] for match in _CODE.finditer(said)]
    return words_of(" ".join([said, *names]))
