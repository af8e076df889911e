"""Whether an address may be in a country: what it surely says of that, and nothing where it says nothing.

A country is named at its end, a postcode of letters is of one country only, and so is a state with its ZIP code.
Where the postcode comes before the town, or has no five digits, an address without a state is not in the United States.
"""

import re
from collections.abc import Iterable

from domain.people.addresses import Address
from domain.people.countries import CODES, NAMES

_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA"
    " RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP FM PW MH AA AE AP".split()
)
_STATE_NAMES = frozenset(
    name.strip()
    for name in """
    alabama | alaska | arizona | arkansas | california | colorado | connecticut | delaware | florida | georgia |
    hawaii | idaho | illinois | indiana | iowa | kansas | kentucky | louisiana | maine | maryland |
    massachusetts | michigan | minnesota | mississippi | missouri | montana | nebraska | nevada | new hampshire
    | new jersey | new mexico | new york | north carolina | north dakota | ohio | oklahoma | oregon |
    pennsylvania | rhode island | south carolina | south dakota | tennessee | texas | utah | vermont | virginia
    | washington | west virginia | wisconsin | wyoming | district of columbia | puerto rico | guam | american
    samoa | northern mariana islands | us virgin islands | virgin islands | palau | micronesia | marshall
    islands
    """.split("|")
)
_OTHER_REGIONS = frozenset("ON BC QC AB MB SK NS NB NL PE YT NT NU NSW VIC QLD TAS ACT".split())  # Canada, Australia
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_STATE_AND_ZIP = re.compile(r"(?<![\w])([A-Za-z]{2}|[A-Za-z]{4,13})\.?,? {1,3}\d{5}(?:-\d{4})?(?![\w-])")
_BRITISH = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}", re.IGNORECASE)
_CANADIAN = re.compile(r"[a-z]\d[a-z]\s?\d[a-z]\d", re.IGNORECASE)
_IRISH = re.compile(r"[acdefhknprtvwxy]\d[\dw]\s?(?=[a-z]{0,3}\d)[acdefhknprtvwxy\d]{4}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’.-]{0,40}")
_TOWN_FIRST = frozenset({"US", "CA", "GB", "IE", "AU"})  # the postcode stands behind the town, and nowhere else
_LONGEST = 6  # words of a country's name
_ALL = frozenset(NAMES)


def ships_there(address: Address, countries: Iterable[str]) -> bool:
    """Whether an address may be in one of these countries; where none is named, all are."""
    there = frozenset(countries)
    found = _countries_of(address)
    return not there or found is None or not there.isdisjoint(found)


def _countries_of(address: Address) -> frozenset[str] | None:
    """The countries in which an address may be; None where it does not say."""
    end = f"{address.place}, {address.country}" if address.country else address.place
    state, named = _named(end)
    if named:
        return frozenset({named})
    if any(_is_state(found[1]) for found in _STATE_AND_ZIP.finditer(address.text)):
        return None if address.postcode_first else frozenset({"US"})
    postcode = address.postcode
    if _CANADIAN.fullmatch(postcode):
        return frozenset({"CA"})
    if _BRITISH.fullmatch(postcode):
        return frozenset({"GB", "GG", "JE", "IM"})
    if _IRISH.fullmatch(postcode):
        return frozenset({"IE"})
    if state:
        return frozenset({"US"}) if _ZIP.fullmatch(postcode) and not address.postcode_first else None
    if _other_region(end) and not _ZIP.fullmatch(postcode):
        return frozenset({"CA", "AU"})
    if address.postcode_first:
        return _ALL - _TOWN_FIRST
    return None if not postcode or _ZIP.fullmatch(postcode) or re.fullmatch(r"\d{4}", postcode) else _ALL - {"US"}


def _named(end: str) -> tuple[bool, str]:
    """Whether the last words name a state of the United States, and else which country; the longest name counts."""
    words = [word.replace(".", "").replace("’", "'") for word in _WORD.findall(end)]
    for length in range(min(_LONGEST, len(words)), 0, -1):
        name = " ".join(words[-length:])
        if name.casefold() in _STATE_NAMES or (length == 1 and name.upper() in _STATES):
            return True, ""
        if name.casefold() in CODES:
            return False, CODES[name.casefold()]
    code = end.rpartition(",")[2].strip()
    return False, code if code in NAMES else ""


def _is_state(word: str) -> bool:
    return word.upper() in _STATES or word.casefold() in _STATE_NAMES


def _other_region(end: str) -> bool:
    return bool(words := _WORD.findall(end)) and words[-1] in _OTHER_REGIONS
