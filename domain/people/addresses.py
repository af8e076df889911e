"""Shipping addresses: the parts of one, what is missing for a parcel, and a corrected part put into a known one."""

import re
from dataclasses import dataclass, replace

from domain.people.countries import CODES
from domain.people.remarks import without_remark

LONGEST = 300

_HOUSE = r"\d{1,5}(?:[-/]\d{1,4})?(?:\s?[a-zA-Z](?![\w'.-]))?"
_NAME = r"[^\W\d_][\w'’.-]{0,40}"
_SUFFIX = (
    r"(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|boulevard|blvd|close|cl|way|place|pl|square|sq"
    r"|terrace|ter|crescent|cres|highway|hwy|parkway|pkwy|circle|cir|trail|trl|grove|gardens?|gdns|row|mews|walk|quay|hill"
    r"|alley|loop|plaza|park|view|rise|route|rte|turnpike|green|broadway|strasse|straße|yard|parade|esplanade|path|road)"
)
_COMPOUND = (
    r"[^\W\d_][\w.-]{1,40}(?:stra(?:ß|ss)e|str\.?|gasse|weg|platz|allee|ring|damm|ufer|laan|straat|gracht|plein|kade|dijk"
    r"|gatan|gata|vägen|vej|veien|gade|katu|utca)"
)
_FOREIGN = (
    r"(?:rue|avenue|av\.?|boulevard|bd|place|chemin|impasse|quai|allée|via|viale|piazza|corso|calle|c/|carrer|plaza|avenida|paseo|rua"
    r"|travessa|praça|largo|ul\.?|ulica|am|an\sder|auf\sder|im|zum|zur|unter\sden)"
)
_DIRECTION = r"(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b\.?"
STREET = re.compile(
    rf"""(?<![\w#])(?:
      {_HOUSE},?\s{{1,3}}(?:{_DIRECTION}\s{{1,3}})?(?:{_NAME}\s{{1,3}}|\d{{1,3}}(?:st|nd|rd|th)\s{{1,3}}){{1,4}}?{_SUFFIX}\b\.?(?:\s{{1,3}}{_DIRECTION}(?=\s|,|$))?
    | {_HOUSE},?\s{{1,3}}(?:bis\s{{1,3}})?{_FOREIGN}\s{{1,3}}(?:{_NAME}\s{{1,3}}){{0,4}}?{_NAME}
      (?=,|\s{{1,3}}\d|$)
    | {_HOUSE}\s{{1,3}}broadway\b
    | (?:{_COMPOUND}
      |(?:{_NAME}\s{{1,3}}){{1,3}}(?:stra(?:ß|ss)e|str\.|allee|weg|platz|ring|damm))\s{{1,3}}{_HOUSE}(?!\w)
    | {_FOREIGN}\s{{1,3}}(?:{_NAME}\s{{1,3}}){{1,4}}?(?:no:?\s?)?{_HOUSE}(?!\w)
    | p\.?\s?o\.?\s?box\s{{1,3}}\d{{1,6}}
    | rr\s{{0,2}}\d{{1,3}}\s{{1,3}}box\s{{1,3}}\d{{1,5}}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_UNNUMBERED = re.compile(rf"(?<!\w)(?:{_NAME}\s{{1,3}}){{1,3}}{_SUFFIX}\b\.?", re.IGNORECASE)
_NOT_CARE_OF = r"(?!(?:on|to|it|at|in|is|and|my|please|pls|thanks|thank|cheers|instead|also|then|too)\b)"
_UNIT = re.compile(
    r"(?<!\w)(?:(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|fourth|fifth|sixth|seventh|eighth"
    r"|ninth|tenth"
    r"|top|upper|lower|basement|garden)[ -](?:floor|level|storey)(?: (?:flat|apartment))?(?:,? (?:left|right"
    r"|front|rear)\b)?"
    r"|(?:apartment|apt|appt|unit|suite|ste|flat|room|rm|floor|fl(?!\s\d{5})|lot|bldg|building|block|shop)\b\.?\s{0,2}(?:no\.?\s?|(?:number\s)?(?:is\s)?(?:missing\W{1,3})?)?#?\s?\w{0,3}\d\w{0,3}(?!\w)"
    r"|(?:apartment|apt|unit|suite|ste|flat)\b\.?\s{1,2}#?[a-z](?!\w)|#\s?\d{1,5}[a-z]?(?!\w)"
    rf"|(?:c/o|care of)\s{{1,2}}{_NOT_CARE_OF}{_NAME}(?:\s{{1,2}}{_NOT_CARE_OF}{_NAME}){{0,4}})",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"(?<![\w])(?:[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d|[acdefhknprtvwxy]\d[\dw]\s?[a-z0-9]{4})(?!\w)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![\w#.-])(?:\d{5}-\d{4}|\d{5}-\d{3}|\d{4}-\d{3}|\d{3}-\d{4}|\d{2}-\d{3}|\d{5,6}|\d{4}\s?[a-z]{2}(?=\s|,|$)|\d{3}\s\d{2}(?=\s)|\d{4})(?![\w-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<!\w)(?:zip|post\s?code|postal code|zip\s?code|plz|eircode)(?:\s?code)?"
    r"(?:\s{1,2}(?:is|should be|to)|:|=)?\s{0,2}",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(rf"{_HOUSE},?\s{{1,3}}\S{{0,40}}[^\W\d_]{{2}}")
_NUMBER_LAST = re.compile(rf"[^\W\d_]{{3}}\S{{0,40}}\s{{1,3}}{_HOUSE}$")
_REGION = re.compile(
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
    r"|VIC|NSW|QLD|ON|BC|QC|AB"
    r"|USA?|UK|GB|United States(?: of America)?|United Kingdom|Great Britain"
    r"|Germany|Deutschland|France|Canada|Netherlands|Nederland|Austria|Österreich"
    r"|Switzerland|Australia|Ireland|Spain|Italy|Belgium|England|Scotland|Wales)\.?",
    re.IGNORECASE,
)
_GIVEN_NAMES = {"chad", "georgia", "india", "israel", "jordan", "kenya", "us"}  # a name behind a postcode, or a word
# What may stand behind a postcode and belong to the address. Everything else there is said beside it.
_COUNTRY = re.compile(
    r"[\s,.(]{0,4}((?:the )?(?:U\.?S\.?A?\b\.?|U\.?K\b\.?|GB|united states(?: of america)?|united kingdom|great britain"
    r"|germany|deutschland|france|canada|(?:the )?netherlands|nederland|austria|österreich|switzerland|schweiz|suisse"
    r"|australia|(?:northern )?ireland|spain|españa|italy|italia|belgium|belgique|england|scotland|wales"
    r"|portugal|poland"
    r"|polska|sweden|sverige|norway|norge|denmark|danmark|finland|suomi|new zealand|japan|india|singapore|mexico"
    r"|brazil|hungary|greece|luxembourg"
    rf"|{'|'.join(sorted(map(re.escape, CODES.keys() - _GIVEN_NAMES), key=len, reverse=True))}))(?!\w)",
    re.IGNORECASE,
)
# "Kreuzberg, 10969 Berlin": a part of the town before the postcode, which stays where it is.
_DISTRICT = re.compile(rf"[\s,]{{1,4}}({_NAME}(?:\s{{1,2}}{_NAME}){{0,2}})\s{{0,2}},\s{{0,3}}", re.IGNORECASE)
_TOWN = re.compile(r"\s{1,3}[A-ZÄÖÜÅØÉ][^\W\d_]{2}")
_JOINING = re.compile(r"\W{0,4}(?:in|at)\s{1,3}(?:the (?:city|town|village) of\s{1,3})?(?=[^\W\d_])", re.IGNORECASE)


_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER_IN_WORDS = re.compile(
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(_SMALL[:9])}))?|(?P<small>{'|'.join(reversed(_SMALL))}))"
    r"(?= [^\W\d])(?! (?:oaks?|miles?|trees?|sisters|rivers|points|ways|acres|elms|ashes|bridges|gates|mills|hills)\b)",
    re.IGNORECASE,
)
_HOUSE_IN_DIGITS = re.compile(r"(?<![\w-])\d{1,4}[a-z]?(?![\w-])", re.IGNORECASE)  # and no part of a postcode


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """An address in parts, any of which may be missing; `place` is town, region and country without the postcode.

    `country` is one that stands behind the postcode.
    """

    name: str = ""
    unit: str = ""
    street: str = ""
    place: str = ""
    postcode: str = ""
    postcode_first: bool = False
    country: str = ""
    unit_first: bool = False
    remark: str = ""  # to who brings it

    @property
    def has_town(self) -> bool:
        """Whether the place is more than a state or a country."""
        rest = re.sub(r"[\s,.]+", " ", self.place).strip()
        return bool(rest) and _REGION.fullmatch(rest) is None and re.search(r"[^\W\d_]{2}", rest) is not None

    @property
    def complete(self) -> bool:
        """Whether a parcel finds it: a street or a box with its number, and a town or a postcode."""
        numbered = bool(re.search(r"\d", self.street)) or bool(re.search(r"\d", self.unit))
        return bool(self.street) and (self.has_town or bool(self.postcode)) and (numbered or self._by_postcode)

    @property
    def ships(self) -> bool:
        """Whether something can be sent there: it is complete, and fits on a parcel."""
        return self.complete and len(self.text) <= LONGEST

    @property
    def says_where(self) -> bool:
        """Whether it is more than a name and a remark."""
        return bool(self.street or self.unit or self.place or self.postcode)

    @property
    def _by_postcode(self) -> bool:
        return _LETTERED.fullmatch(self.postcode) is not None  # of some thirty houses, which may have names only

    @property
    def text(self) -> str:
        """The address in one line."""
        if self.postcode_first:
            place = " ".join(part for part in (self.postcode, self.place) if part)
        else:
            place = " ".join(part for part in (self.place, self.postcode) if part)
        street = (self.unit, self.street) if self.unit_first else (self.street, self.unit)
        whole = ", ".join(part for part in (self.name, *street, place, self.country) if part)
        return f"{whole} ({self.remark})" if self.remark else whole

    @property
    def lines(self) -> tuple[str, ...]:
        """What a parcel's label says, and below it the remark; each on its own line where it is known."""
        label = (self.name, replace(self, name="", remark="").text, self.remark)
        return tuple(part for part in label if part)

    def onto(self, known: "Address") -> "Address":
        """A known address with these parts in place of its own.

        Another street is another house, without unit, name and remark of the old one; another town has another
        postcode.
        """
        merged = replace(known, remark=self.remark or ("" if self.street else known.remark))
        if self.street:
            merged = replace(merged, street=self.street, unit=self.unit, unit_first=self.unit_first, name=self.name)
        elif self.unit:
            merged = replace(merged, unit=self.unit, unit_first=self.unit_first)
        if self.place:
            region_only = not self.has_town and known.has_town
            place = known.place if region_only else self.place
            merged = replace(
                merged,
                place=place,
                postcode=self.postcode,
                postcode_first=self.postcode_first,
                country=self.country,
            )
        elif self.postcode:
            merged = replace(merged, postcode=self.postcode)
        return merged

    def with_number(self, number: str) -> "Address":
        """The same street at another house number; as it is where the street has none."""
        return replace(self, street=re.sub(r"\d{1,5}(?:[-/]\d{1,4})?\s?[a-zA-Z]?(?!\w)", number, self.street, count=1))


def read_address(text: str) -> Address:
    """The parts of what somebody wrote, without words around them; nothing is checked."""
    text, remark = without_remark(text)
    if (written := _NUMBER_IN_WORDS.match(text)) and not _HOUSE_IN_DIGITS.search(text):
        text = f"{_house_number(written)}{text[written.end() :]}"
    text = ", ".join(part.strip(" .!()") for part in re.split(r"[\n,;]+", text) if part.strip(" .!()"))
    labelled = _LABEL.search(text)
    if labelled:
        text = f"{text[: labelled.start()]} {text[labelled.end() :]}".strip(" ,")
    street = STREET.search(text)
    before, behind = (text[: street.start()], text[street.end() :]) if street else ("", text)
    found = street[0] if street else ""
    unit = _UNIT.search(behind) or _UNIT.search(before)
    unit_first = unit is not None and unit.string is before and bool(found)
    if unit is not None:
        behind, before = behind.replace(unit[0], "", 1), before.replace(unit[0], "", 1)
    if joining := _JOINING.match(behind):
        behind = behind[joining.end() :]
    postcode, first, place, country, district = _postcode(behind, labelled=bool(labelled), street=bool(found))
    if district and found:
        found = f"{found}, {district}"
    if not found:
        found, place, before = _unsure_street(place, postcode)
    return Address(
        name=_tidy(before),
        unit=_tidy(unit[0]).removeprefix("the ") if unit else "",
        street=_tidy(found),
        place=_tidy(place),
        postcode=postcode,
        postcode_first=first,
        country=country,
        unit_first=unit_first,
        remark=remark,
    )


def _house_number(written: re.Match[str]) -> int:
    """The number of a house that is written in words: "seventeen", "forty-two"."""
    if written["small"]:
        return 1 + _SMALL.index(written["small"].lower())
    ones = _SMALL.index(written["ones"].lower()) + 1 if written["ones"] else 0
    return 20 + 10 * _TENS.index(written["tens"].lower()) + ones


def _postcode(text: str, *, labelled: bool, street: bool) -> tuple[str, bool, str, str, str]:
    """The postcode in what stands behind a street, whether it comes before the town, the place, country and district.

    An address that names its town first ends with its postcode, but for a country.
    """
    found = list(_LETTERED.finditer(text)) or [
        match for match in _POSTCODE.finditer(text) if labelled or not _is_house(match, text)
    ]
    if not found:
        return "", False, text, "", ""
    match = found[-1]
    before, after = text[: match.start()], text[match.end() :]
    if re.search(r"[^\W\d_]{2}", before) is None:
        return match[0], re.search(r"[^\W\d_]{2}", after) is not None, f"{before} {after}", "", ""
    district = _DISTRICT.fullmatch(before)
    if district and _TOWN.match(after) and match[0].isdecimal():
        return match[0], True, after, "", district[1]
    parts = [part for part in before.split(",") if part.strip()]
    if (
        not street
        and len(parts) == 1
        and match[0].isdecimal()
        and (_NUMBER_LAST.search(parts[0].strip()) or _NUMBER_FIRST.match(parts[0].strip()))
        and _TOWN.match(after)
    ):
        return match[0], True, f"{parts[0].strip()}, {after.strip()}", "", ""
    country = _COUNTRY.match(after)
    return match[0], False, before, country[1] if country else "", ""


def _is_house(match: re.Match[str], text: str) -> bool:
    """Whether a number of four digits or more is a house: "1200 Market" at the beginning, with more numbers behind."""
    begins = not text[: match.start()].strip(" ,")
    return begins and match[0].isdecimal() and len(match[0]) < 6 and bool(_POSTCODE.search(text, match.end()))


def _unsure_street(text: str, postcode: str) -> tuple[str, str, str]:
    """A street without a known shape: a part of its own with a number, or with a street's word; then place and name."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for at, part in enumerate(parts):
        if _NUMBER_FIRST.match(part) or _NUMBER_LAST.search(part):
            return part, ", ".join(parts[at + 1 :]), ", ".join(parts[:at])
        if re.fullmatch(r"\d{1,5}[a-zA-Z]?", part) and at + 1 < len(parts) and re.search(r"[^\W\d_]{3}", parts[at + 1]):
            return f"{part} {parts[at + 1]}", ", ".join(parts[at + 2 :]), ", ".join(parts[:at])
    if _LETTERED.fullmatch(postcode):
        for at, part in enumerate(parts):
            if _UNNUMBERED.fullmatch(part) or (len(parts) > 1 and at == 0 and not _UNNUMBERED.search(text)):
                return part, ", ".join(parts[at + 1 :]), ", ".join(parts[:at])
    return "", text, ""


def _tidy(text: str) -> str:
    return re.sub(r"\s{2,}", " ", re.sub(r"\s{0,3},[\s,]{0,6}", ", ", text)).strip(" ,.:-")
