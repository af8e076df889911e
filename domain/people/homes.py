"""Tells a home from a place in what files say of where customers are: a street, a house, a flat or a box is one."""

import re

from domain.people.addresses import STREET

_NAME = r"[^\W\d_][\w'’.]{0,40}"
_ENDS = (
    r"(?=\s{0,2}(?:[,;()\d]|\Z)|\s{1,2}(?:[nsew]|[ns][ew]|north|south|east|west)\b)"  # of a part, but for a direction
)
_NAMES = rf"(?<!\w)(?:{_NAME}\s|\d{{1,3}}(?:st|nd|rd|th)\s){{1,3}}"
# The words of streets that hardly any town ends in. "St" is a saint where a name follows ("Fort St. John").
_NAMED = re.compile(
    rf"{_NAMES}(?:(?<!\ble\s)street|avenue|boulevard|road(?!\stown\b))(?!\w)"
    rf"|{_NAMES}(?:(?<!\bfederal\s)way|st|str|rd|ave|dr|drive|ln|lane|blvd|hwy|highway|pkwy|parkway|close|crescent|alley|mews)"
    rf"\b\.?{_ENDS}",
    re.IGNORECASE,
)
# Other words stand in towns, too ("Elk Grove", "Winter Park 32789"): only a house's number behind makes them streets.
_NUMBERED = re.compile(
    rf"{_NAMES}(?:court|place|pl|square|sq|terrace|ter|circle|cir|trail|trl|grove|gardens?|gdns|row|walk|quay|hill|loop|plaza"
    r"|park|view|rise|green|yard|parade|esplanade|path|way)\.?,?\s{1,2}\d{1,3}[a-z]?(?![\w-])",
    re.IGNORECASE,
)
# "12 Elm": no postcode has so few digits but for a few islands', and some towns are called by a number.
_HOUSE = re.compile(
    rf"\s{{0,3}}[1-9]\d{{0,2}}[a-z]?,?\s{{1,2}}(?P<name>{_NAME}(?:\s{_NAME}){{0,2}})\s{{0,2}}(?:[,;(]|\Z)",
    re.IGNORECASE,
)
_CALLED_BY_NUMBER = re.compile(
    r"(?:bp|de|mile|km)\b|(?:\w{2,20}\s)?(?:harbors|palms|mile|miles|oaks|rivers|points|sisters|mills|hills|arrondissement"
    r"|district|bezirk|ward|region|zone)\b"
    r"|(?:reykjav[ií]k|k[oó]pavogur|hafnarfj[öo]r[ðd]ur|gar[ðd]ab[æa]e?r|t[óo]rshavn|taipei|taichung|muscat|maseru|antananarivo)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?<!\w)(?:(?:apartment|apt|appt|unit|suite|flat|room|rm|bldg)\b\.?\s{0,2}(?:no\.?\s)?[a-z]{0,2}\d{1,4}[a-z]?(?!\w)"
    r"|(?:apartment|apt|flat)\b\.?\s[a-z](?!\w)"
    r"|(?:\d{1,2}(?:st|nd|rd|th)|ground|top|first|second|third|fourth|fifth)\sfloor\b|c/o\s|care\sof\s)",
    re.IGNORECASE,
)


def is_home(place: str) -> bool:
    """Whether a place says more than town, region, country and postcode; towns with numbered districts do not.

    Streets of many languages have no shape that is known here, and "Elm Court" may be a town.
    """
    plain = re.sub(r"[#_\s-]+", " ", place).strip()
    if any(shape.search(plain) for shape in (_NAMED, _NUMBERED, _UNIT)):
        return True
    house = _HOUSE.match(plain)
    if house is not None and _CALLED_BY_NUMBER.match(house["name"]) is None:
        return True
    street = STREET.search(plain)
    return street is not None and re.match(r"\d{5}", street[0]) is None  # "32789 Winter Park" is a postcode's town
