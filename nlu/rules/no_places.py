"""Tells words that look like an address and are none: sentences, ways there, and the numbers of orders."""

import re

from nlu.rules.patterns import rule
from nlu.rules.vocabulary import words

# No street and no town is called so; whole sentences hold them.
_OF_SENTENCES = words(
    """is isn't are aren't was were be been do does did don't doesn't didn't has have had would shall should could
    can can't won't must goes going gone went comes coming came lives lived sends sent ships shipped shipping
    deliver delivers delivered arrive arrives arrived want wants wanted need needs needed think know tell told ask
    asked say said forget cancel change changed wrap wrapped keep it it's its them they they're he he's she she's
    him i i'm i'll me my mine we we're us our you your this that that's these those there there's who whose what
    what's when why how same another other others else elsewhere some any every everything everyone everybody
    something someone somewhere nobody order orders parcel parcels package packages delivery today today's tomorrow
    tomorrow's tonight yesterday yesterday's later now please thanks because if than not never already yet again
    instead further farther away nearby opposite behind except without only send ship"""
)
# What is counted on the way to a place, or otherwise, and is no street's name behind a house's number.
_COUNTED = (
    r"(?:houses|homes|doors|blocks|streets|corners|steps|stairs|floors|flights|storeys|stories|levels|miles|kms?|kilomet(?:er|re)s"
    r"|met(?:er|re)s|feet|minutes?|mins?|hours?|days?|weeks?|months?|years?|people|persons?|guests|friends|kids|adults|times"
    r"|pieces|items|things|orders?|parcels?|packages?|boxes|percent|dollars|bucks|more|less|shops|stops|turns|junctions|crossings"
    r"|towns|villages|exits|past|from|of|for|and|or|is|are|per)"
)
_ONE = r"(?:street|road|door|block|house|floor|corner|step|stop|turn|town|village|mile|exit|flight|level|building)"
_ON = (
    r"(?:further|farther|down|up|on|over|along|away|off|north|south|east|west|past|from|after|before|behind|left|right|to|in|out"
    r"|outside)"
)
_COUNTS = rule(
    rf"\W{{0,3}}\d{{1,5}}[a-z]?,?\s+(?:(?:other|more|whole|full|short|long|old|big)\s+)?"
    rf"(?:{_COUNTED}\b(?!\s(?:st|street|rd|road|ave|avenue|ln|lane|dr|drive|ct|court|way)\b)|{_ONE}\s{_ON}\b)",
    re.IGNORECASE,
)
_STREET_OF_TWO = rule(
    r"\W{0,3}\d{1,5}[a-z]?,?\s+[\w'.-]{2,30}\s+(?:street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|boulevard|blvd"
    r"|way|place|pl|square|sq|terrace|ter|circle|cir|row|close|walk|mews|grove|hill)\.?\W{0,3}",
    re.IGNORECASE,
)
# A street is told by its abbreviation, whatever it is called; no sentence ends so.
_ABBREVIATED = rule(r"\b(?:st|rd|ave|av|ln|dr|ct|blvd|pl|sq|ter|cir)\.?\W{0,3}\Z", re.IGNORECASE)
_WAY = rule(
    rf"\b(?:(?:\d{{1,3}}|an?|one|two|three|four|five|six|a\s(?:few|couple\sof)|the\snext)\s(?:other\s)?"
    rf"(?:houses?|doors?|blocks?|streets?|roads?|corners?|buildings?|villages?|towns?)\s(?:{_ON}|to\sthe\s(?:left|right))(?:\sthe\s(?:left|right))?"
    r"|(?:just\s)?a?round\sthe\scorner(?:\sfrom\s\w{2,12})?|next\sdoor(?:\sto\s\w{2,12})?"
    r"|across\sthe\s(?:street|road|hall|way)(?:\sfrom\s\w{2,12})?|(?:down|up)\sthe\s(?:road|street|block|hall)(?:\sfrom\s\w{2,12})?"
    r"|(?:the\s)?(?:house|door|building|flat)\s(?:next\sto|beside|after|before|behind|opposite)\s(?:number\s)?\w{1,12}|opposite\sthe\s\w{3,20})",
    re.IGNORECASE,
)
_REMARKS = rule(r"\b(?:leave|put|drop|hide|place|ring|knock|hand|give|if|when|in\scase)\b", re.IGNORECASE)
_MAINE = rule(r"\bme\b\W{0,3}\Z|(?-i:\bME\b)", re.IGNORECASE)
_WORD = rule(r"[\w'’-]+")
_NUMBERED = rule(
    r"\b(?:orders?|parcels?|packages?|shipments?|deliver(?:y|ies)|invoices?|tickets?|returns?)\b|#\s?\d|\?",
    re.IGNORECASE,
)
_POSTCODE = rule(r"\b(?:zip\w*|post\s?codes?|postal|plz|eircode)\b", re.IGNORECASE)


def is_no_street(street: str) -> bool:
    """Whether words with a number, which nothing but their place makes a street, are none: "2 houses down"."""
    if _STREET_OF_TWO.fullmatch(street) is not None:
        return _words(street)[1] in {"one", "this", "that", "my", "our", "your", "other", "another"}
    return _COUNTS.match(street) is not None or (_ABBREVIATED.search(street) is None and is_no_town(street))


def is_no_town(place: str) -> bool:
    """Whether words are a sentence, or part of one, and name no town."""
    return not _OF_SENTENCES.isdisjoint(_words(_MAINE.sub("", place)))


def numbers_no_place(text: str) -> bool:
    """Whether a number in a message is rather an order's than a postcode: "is order 9386 shipped?"."""
    return _NUMBERED.search(text) is not None and _POSTCODE.search(text) is None


def tells_a_way(text: str) -> re.Match[str] | None:
    """The words that say where a place is, seen from the known one, and give no address: "two doors down"."""
    return None if _REMARKS.search(text) or "?" in text else _WAY.search(text)


def _words(said: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(said.lower())]
