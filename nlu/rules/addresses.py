"""Finds shipping addresses and postcodes in a cleaned message: by lead-ins and by the shapes of streets."""

import re
from collections.abc import Iterator

from nlu.rules.patterns import rule
from nlu.understanding import Entity

_STREET = (
    r"(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|boulevard|blvd|close|cl|way|place|pl|square|sq"
    r"|terrace|ter|crescent|cres|highway|hwy|parkway|pkwy|circle|cir|trail|trl|grove|gardens?|gdns|row|mews|walk|quay|hill"
    r"|alley|loop|plaza|park|view|rise|route|rte|turnpike|green|broadway|strasse|straße|cottages?|yard|parade|esplanade|path)"
)
# These end no product's name, so that a number before them is a house even where nobody expects an address.
_STRONG_SUFFIX = rule(
    r"\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|highway|hwy|parkway|pkwy)\b|\bbox\b|c/o",
    re.IGNORECASE,
)
_COMPOUND_STREET = (
    r"[^\W\d_]{2,30}(?:stra(?:ß|ss)e|str\.?|gasse|weg|platz|allee|laan|straat|gatan|gata|vej"
    r"|veien"
    r"|gade"
    r"|katu"
    r"|utca"
    r"|ulica)"
)
_FOREIGN_STREET = (
    r"(?:rue|avenue|av\.?|boulevard|bd|place|chemin|impasse|quai|via|viale|piazza|corso|calle|c/|carrer|plaza|avenida|paseo|rua|travessa|praça|largo"
    r"|ul\.?|ulica|ulitsa|ул\.?|улица|odos|jalan|jl\.?|am|an\s+der|auf\s+der|im|zum|zur|unter\s+den|na|nad|fő)"
)
_HOUSE = r"\d{1,5}(?:[-/]\d{1,4})?\s?[a-zA-Z]?"
_WORD = r"[^\W\d_][\w'.-]{0,40}"
_SHAPE = rule(
    rf"""(?<![\w#@$£€.,/-])(?:
      (?:{_HOUSE},?\s+(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?\s+)?(?:{_WORD}\s+|\d{{1,3}}(?:st|nd|rd|th)\s+){{1,4}}?{_STREET}\b\.?)
    | (?:{_HOUSE},?\s+(?:bis\s+)?(?:rue|avenue|boulevard|chemin|impasse|quai|allée|county\s+road|via|calle
      |rua)\s+{_WORD})
    | (?:{_COMPOUND_STREET}\s+{_HOUSE}\b)
    | (?:{_FOREIGN_STREET}\s+(?:{_WORD}\s+){{1,4}}?(?:no:?\s*)?{_HOUSE}\b,?\s+(?:\d{{4,6}}\b|[^\W\d_]{{3}}))
    | (?:(?:flat|apt|apartment|unit|suite|ste|room|lot|shop|house|bldg|building|blk
      |block)\b\.?\s*(?:no\.?\s*)?\#?\w{{0,3}}\d\w{{0,3}}\b)
    | (?:p\.?\s?o\.?\s?box\s+\d+)
    | (?:c/o\s+\w+)
    | (?:rr\s*\d+\s*box\s+\d+)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD_IN = rule(
    r"""\b(?:
      (?:(?:please|pls|plz|can\s+you|actually)\s+)?(?:ship(?:ped|ping)?|deliver(?:ed|y)?|send|sent|post|mail|drop|bring|forward|dispatch|goes|go)
        (?:\s+(?:it|that|this|them|these|those|everything|all|the\s+\w+|my\s+(?:order|stuff|parcel|package|things)))?(?:\s+(?:off|out|over))?
        \s*(?:\bto\b|\b2\b(?=\s+\d)|\bat\b|:)\s*(?:my\s+(?:office|work|home|house|place|parents|mum|mom|wife|neighbou?r)(?:'?s)?(?:\s+(?:house|place|office))?\s*(?:(?:at|in)\b|[:,])?)?
    | (?:(?:my|the|our|new|shipping|delivery|home|work|billing|correct|right|postal
      |street)\s+){1,3}add?ress?(?:e)?\s*(?:is|=|:|to|will\s+be|should\s+be|-)?
    | add?ress?\s*(?:is|:|=|-)
    | (?:i|we)\s*(?:'m|am|m|'re|are)?\s*(?:live|living|stay|staying|located|based|moved|at)\s+(?:to|at|in|on)\s+
    | (?:i|we)\s*(?:'m|am|'re|are)\s+at\s+(?=\d)
    | (?:should|shoud|must|can|has\s+to)\s+(?:it\s+)?go\s+to
    | (?:street|strasse|adresse?|dirección|direccion|indirizzo)\s*(?:is|:|=)
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_ADDRESS = rule(
    r"^\s*(?:me|us|you|my|our|the\s+same|him|her|them|same|it|be|a|an|here|there|home|cart|basket|cancel|know|stop|work|change|where|when|please|pls|asap|the\s+(?:cart|basket|usual|bag))?\s*(?:address|cart|basket|bag)?\s*(?:[.,;!?]|$|\band\b|\bplease\b|\bpls\b|\bto\s+(?:my|our)\s+(?:cart|basket|bag)\b)",
    re.IGNORECASE,
)
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]"
    r"|T[NX]"
    r"|UT"
    r"|V[AT]"
    r"|W[AIVY])"
)
_STATES_AND_WORDS = frozenset({"al", "as", "de", "hi", "id", "in", "la", "ma", "me", "oh", "ok", "or", "pa"})
_STATE_NAME = (
    r"(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky"
    r"|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new\s+\w+|north\s+\w+|ohio|oklahoma"
    r"|oregon|pennsylvania|rhode\s+island|south\s+\w+|tennessee|texas|utah|vermont|virginia|washington|west\s+virginia|wisconsin|wyoming)"
)
_CITY_STATE_ZIP = rule(
    rf"(?<![\w#])(?:{_WORD}[ ]{{1,4}}){{0,3}}{_WORD},?\s+"
    rf"(?P<state>{_STATE}|{_STATE_NAME})\.?,?\s+\d{{5}}(?:-\d{{4}})?(?!\w)",
    re.IGNORECASE,
)
_UK = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
_CANADIAN = r"[A-Z]\d[A-Z]\s?\d[A-Z]\d"
_IRISH = r"[A-Z]\d{2}\s?[A-Z0-9]{4}"
_DUTCH = r"\d{4}\s?[A-Z]{2}"
_POSTCODES = tuple(
    rule(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b({_UK})\b",
        rf"\b({_CANADIAN})\b",
        r"(?<![\w#.-])(\d{5}-\d{4}|\d{4}-\d{3}|\d{5}-\d{3}|\d{3}-\d{4}|\d{2}-\d{3})(?![\w-])",
        r"(?<![\w#.,-])(\d{5,6})(?![\w-]|,\d)",
        rf"(?<![\w#.,-])({_DUTCH})\b(?=\s+[^\W\d_])",
        r"(?<![\w#.,-])(\d{3}\s\d{2})(?=\s+[^\W\d_])",
        r"(?:^|[,\s])(\d{4})(?=\s+[^\W\d_]{3}|\s*$)",
    )
)
_LABELLED_ZIP = rule(
    rf"\b(?:zip|postcode|post\s?code|postal(?:\s+code)?|plz|eircode|zip\s?code)\b\W{{0,3}}(?:code\s*)?(?:is|=|:|should\s+be|to)?\s*"
    rf"({_UK}|{_CANADIAN}|{_IRISH}|\d{{5}}-\d{{4}}|\d{{3,6}}(?:[ -]\d{{2,4}})?)\b",
    re.IGNORECASE,
)
_END = rule(
    r"""(?:\s*[.!?]\s+(?=(?:[a-z]|i\b|my\b|can\b|please\b|thanks\b|thx\b)) | [.!?]\s*$ | \n\n | ;\s
    | ,?\s+(?:thanks|thank\s+you|thx|please|pls|plz|cheers|asap|instead|my\s+e-?mail|e-?mail|mail\s+me|receipt
      |and\s+(?:my|the)\s+e-?mail|and\s+(?:e-?mail|add|send|also|i\b|the\s+rec)
      |not\s+(?:the|my|to|\w+\s+(?:road|street|rd|st|ave|lane))|i'd\b|id\s+like|i\s+(?:want|need|would|wanna)|can\s+i|thats?\s+all|that's\s+all|by\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day))""",
    re.IGNORECASE | re.VERBOSE,
)
# Where the town comes before one of these, the address ends there, but for a country or the number of a flat.
_LAST_PART = (
    _CITY_STATE_ZIP,
    *(rule(rf"(?<=[^\W\d_]{{2}})[ ,]{{1,3}}({code})\b", re.IGNORECASE) for code in (_UK, _CANADIAN)),
)
_MAY_FOLLOW = rule(
    r"[\s,.(]{1,4}(?:usa?\b|u\.s|uk\b|u\.k|gb\b|(?:the\s)?united\s|great\s+britain|england|scotland|wales|ireland|canada"
    r"|(?:apt|apartment|unit|suite|ste|flat|room|floor|\#|c/o|\d{1,2}(?:st|nd|rd|th)\s+fl))",
    re.IGNORECASE,
)
_NAME_IN_FRONT = rule(r"(?:^|[:.!?\n]\s*)((?:[A-Z][\w'.-]{0,40}\s+){0,3}[A-Z][\w'.-]{0,40},\s*)$")
_TRIMMED = " \t\n,;:.!-\"'()"


def find_address(text: str, *, expected: bool) -> Iterator[Entity]:
    """Yields at most one address, and the postcode in it.

    Args:
        text: a cleaned message whose e-mail addresses are blanked out.
        expected: the message as a whole gives an address, so that what follows a lead-in, or all of it, is one even
            when it has no known shape ("The Old Mill, near Ludlow").
    """
    span = _find_span(text, expected)
    if span is None:
        labelled = _LABELLED_ZIP.search(text)
        if labelled:
            yield _postcode(labelled)
        return
    start, end = span
    yield Entity(name="address", value=" ".join(text[start:end].split()), start=start, end=end)
    labelled = _LABELLED_ZIP.search(text)
    if labelled:
        yield _postcode(labelled)
        return
    for pattern in _POSTCODES:
        match = _last(pattern, text, start, end)
        if match:
            yield _postcode(match)
            return


def _find_span(text: str, expected: bool) -> tuple[int, int] | None:
    shape = _SHAPE.search(text)
    city = next((match for match in _CITY_STATE_ZIP.finditer(text) if not _is_plain_word(match, text)), None)
    start = min((match.start() for match in (shape, city) if match), default=None)
    lead_in = None
    for match in _LEAD_IN.finditer(text):
        if start is not None and match.end() > start + 1:
            break
        if start is None and _NO_ADDRESS.match(text, match.end()) and not text[match.end() : match.end() + 1].isdigit():
            continue
        lead_in = match
    if shape and not expected and not city and not _is_certain(shape, lead_in, text):
        return None
    if start is None:
        if not expected:
            return None
        if lead_in is None and _LABELLED_ZIP.search(text):
            return None
        start = lead_in.end() if lead_in else 0
    elif lead_in:
        between = text[lead_in.end() : start]
        if len(between) <= 60 and (expected or not re.search(r"[.;!?\n]|\b(?:and|with|can)\b", between)):
            start = lead_in.end()
    elif expected:
        start = _name_before(text, start)
    ending = _END.search(text, shape.end() if shape and shape.end() > start else start + 1)
    end = ending.start() if ending else len(text)
    claimed = text.find("\0", start, end)
    if claimed >= 0:
        end = claimed
    for pattern in _LAST_PART:
        last = next((found for found in pattern.finditer(text, start, end) if found.end() > start + 8), None)
        if last and not _is_plain_word(last, text) and not _MAY_FOLLOW.match(text, last.end()):
            end = last.end()
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return (start, end) if end - start >= 4 else None


def _is_plain_word(city: re.Match[str], text: str) -> bool:
    """Tells whether a state is only a word in front of a product id: "get me 22423", "what was in 37577"."""
    state = city.groupdict().get("state", "")
    return state in _STATES_AND_WORDS and not text[: city.start("state")].rstrip().endswith(",")


def _is_certain(shape: re.Match[str], lead_in: re.Match[str] | None, text: str) -> bool:
    """Tells whether a street's shape is an address even in a message about products ("7 tins circus parade")."""
    if lead_in is not None and not text[lead_in.end() : shape.start()].strip():
        return True
    behind = text[shape.end() : shape.end() + 60]
    return bool(_STRONG_SUFFIX.search(shape[0]) or any(pattern.search(behind) for pattern in _POSTCODES[:3]))


def _name_before(text: str, start: int) -> int:
    """Lets an expected address begin with the name in front of it ("Dana Whitfield, 640 W 9th St")."""
    name = _NAME_IN_FRONT.search(text[:start])
    return name.start(1) if name else start


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, end):
        if match.start(1) > start or match.end(1) == end:
            found = match
    return found


def _postcode(match: re.Match[str]) -> Entity:
    return Entity(name="zip", value=match[1], start=match.start(1), end=match.end(1))
