"""What is said of shipping addresses in fixed words: as before, number 14, the town is …, 18 Willow Court."""

from nlu.rules.address_frames import SENTENCE
from nlu.rules.said import Saying, anywhere, exactly

_NAMES = r"[^\W\d_][\w'.-]{1,40}(?: [^\W\d_][\w'.-]{0,40}){0,3}"

SAYINGS = (
    exactly(
        Saying.ADDRESS_AS_IT_WAS,
        r"\W{0,3}(?:no,? )?(?:(?:keep|use|take|leave|send it to) )?"
        r"(?:the |my )?(?:old|previous|first|same|other|former)"
        r" (?:one|address)(?: as before| is fine| please)?\W{0,3}"
        r"|\W{0,3}(?:(?:keep|leave) (?:it|the address)(?: as it (?:was|is))?|(?:same )?as before"
        r"|(?:it|the address) (?:was|is) (?:right|fine|correct|ok)(?: after all)?)\W{0,3}",
    ),
    exactly(
        Saying.HOUSE_NUMBER,
        r"(?:(?:house )?(?:number|no\.?|nr\.?)(?: is| should be)?|house(?: is)?)\s{0,2}(?P<number>\d{1,5}\s?[a-z]?)",
    ),
    exactly(Saying.TOWN, r"(?:(?:city|town)(?: is| should be|:)?|place(?: is| should be|:)) {1,2}(?P<town>\S.{1,60})"),
    exactly(Saying.NOT_THE_OLD_PLACE, r"(?P<new>[^\d,]{2,60}?),? (?:not|instead of) (?P<old>[^\d,]{2,60})"),
    exactly(
        Saying.STREET,
        rf"\d{{1,5}}(?:[-/]\d{{1,4}})? ?(?:[a-zA-Z] )?(?P<name>{_NAMES})|(?P<first>{_NAMES}) \d{{1,3}}(?-i:[a-z])?",
    ),
    exactly(Saying.NAMES, _NAMES),
    anywhere(
        Saying.OF_AN_ADDRESS,
        r"\b(?:add?ress|street|zip|post ?code|plz|ship|deliver|send|apartment|apt|unit|flat|suite|floor|c/o|care of"
        r"|city|town|house"
        r"|(?:number|no\.?|nr\.?) \d|live|moved|office)",
    ),
    anywhere(
        Saying.AROUND_A_UNIT,
        rf"{SENTENCE.pattern}|\b(?:the|an?|on|to|of|with|at|in|for|no|number|flat|apartment|unit|floor|put|include|by"
        r"|and|also)\b",
    ),
    anywhere(
        Saying.STREET_WORD,
        r"\b(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|boulevard|blvd|close|way|place|square"
        r"|terrace|crescent|circle|trail|grove|mews|hill|broadway|\w{2,30}stra(?:ss|ß)e)\b",
    ),
    anywhere(
        Saying.NO_STREET,
        r"\b(?:x|more|less|of|dollars?|bucks|pieces?|pcs|packs?|packets?|pairs?|boxes|box|sets?|items?|minutes?|hours?"
        r"|days?|weeks?|times|each|under|over|below)\b|[$£€]",
    ),
    anywhere(
        Saying.SAME_AGAIN,
        r"\bsame (?:again|for|to|thing|one)\b|\banother (?:one|of)\b|\b(?:one|once) more\b|\ba second (?:one|order)\b",
    ),
    # No street with a number: "qty 4", "what is in my basket 1".
    anywhere(
        Saying.COUNTS_OR_ASKS,
        r"\b(?:qty|quantity|pcs|pieces?|page|basket|cart|how (?:much|many)|what(?:'s| is| was)|show me"
        r"|of (?:them|these|those|it))\b",
    ),
)
