"""Tells whether a message offers an address to ship to, and which of two: every word beside it must be known to."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum, auto
from itertools import pairwise

from nlu.rules.address_frames import without_lead_in, without_trail
from nlu.rules.patterns import rule
from nlu.rules.streets import find_streets

LONGEST = 600  # characters of a message in which addresses are weighed
_THING = "\x01"  # stands for a product, how many of it, or an e-mail
_PERSON = (
    r"(?:parents|mum|mom|mommy|mother|dad|father|wife|husband|partner|girlfriend|boyfriend|sister|brother"
    r"|neighbou?rs?|friends?|buddy|boss"
    r"|son|daughter|grandma|granny|grandmother|nan|nana|grandpa|grandfather|aunt|auntie|uncle|cousin"
    r"|niece|nephew|in-laws|colleague|coworker"
    r"|secretary|assistant|kids?|family|fianc[ée]e?|roommate|flatmate)"
)
_PLACE = (
    r"(?:office|work(?:place)?|job|home|house|flat|apartment|place|school|dorm|studio|workshop|hotel|cabin"
    r"|cottage|shop)"
)
_NAME = r"(?-i:[A-Z])[\w'.-]{1,20}"
_ORDER = (
    r"(?:(?:both|all)(?:\sof)?(?:\s(?:the|my|our|these|those))?\s(?:orders|of\sthem|them)"
    r"|everything|it|this\b(?!\s(?:order|parcel))|that\b(?!\s(?:order|parcel))|them|these|those|all\sof\sit|both|all"
    rf"|{_THING}|(?:(?:the|my|our|this|that)\s)?(?:whole\s|entire\s|last\s|latest\s)?(?:order(?:\s(?:number\s|no\.?\s)?{_THING})?|parcel|package"
    r"|packet|delivery"
    rf"|shipment|stuff|things?|goods|lot|one|card|{_THING})(?:\s(?:with|of)\s(?:the\s|my\s)?{_THING})?"
    r")"
)
_ADDRESS = r"(?:(?:shipping|delivery|postal|home|work|office|new)\s)?(?:add?ress(?:es)?|street|destination|location)"
_NOW = r"(?:\s(?:now|please|instead|rather|directly|straight|over|out|off|round|back|on|today|then|all)){0,3}"
# What leads to an address that is offered, piece by piece, beside what `address_frames` knows.
_LEADING = rule(
    rf"""(?:
      (?:go\sahead|and|also|then|now|rather|better|just|only|simply|either|instead|kindly|oops|ups|ouch|ugh|argh|gosh|whoops
        |typo|sry|my\sgod|never\smind|nvm|so\ssorry|great|good|sir|there|again|no\sno)
    | (?:(?:can|could|would|will)\s(?:you|u|we|i|it|they|that|{_ORDER})\s)?(?:please\s|pls\s|kindly\s|rather\s|maybe\s)?
      (?:have\s|get\s|make\s|let\s)?(?:{_ORDER}\s)?(?:(?:be|to\sbe)\s)?
      (?:ship|send|deliver|post|mail|bring|forward|dispatch|drop|leave|direct|redirect|reroute|route|go|come|use|take)
      (?:ped|ed|t)?(?:\s(?:me|us|him|her))?(?:\s{_ORDER})?{_NOW}(?:\s(?:to|at|with|for))?
    | (?:can|could|would|will)\s{_ORDER}(?:\splease)?\s(?:go|be\s(?:sent|shipped|delivered|mailed|posted)){_NOW}
      (?:\sto)?
    | {_ORDER}{_NOW}\s(?:(?:should|must|can|could|shall|has\sto|have\sto|needs?\sto|is\sto|are\sto|may|better){_NOW}\s)?
      (?:be\s)?(?:go|goes|come|sent|shipped|delivered|mailed|posted){_NOW}\s(?:to|at)
    | {_ORDER}{_NOW}\s(?:to|at)
    | (?:i|we)(?:'d)?\s(?:want|need|would\slike|like|prefer|wish){_NOW}\s(?:{_ORDER}|to\s(?:have|get)\s{_ORDER}|you\sto)
      {_NOW}(?:\s(?:to\s(?:go|be\ssent|be\sdelivered|be\sshipped)|sent|shipped|delivered|mailed|send|ship|deliver))?
      (?:\s{_ORDER})?{_NOW}(?:\s(?:to|at|in))?
    | (?:(?:can|could|would|will)\s(?:you|u|we|i)\s(?:please\s)?)?(?:change|correct|update|fix|set
      |switch|move|edit|modify|replace|swap|exchange)(?:\s(?:{_ORDER}|(?:(?:the|my|our)\s)?{_ADDRESS}))?
      (?:\s(?:for|of|on)\s(?:the\s|my\s)?{_ORDER})?{_NOW}(?:\s(?:from|to|into|with|by))?
    | (?:(?:to|for|at|with|is)\s)?(?:my|our|the|his|her|their|a|an)\s(?:new\s|dear\s|own\s|old\s(?=friend)|best\s|little
      \s|big\s|younger\s|older\s){{0,2}}
      (?:{_PERSON}|{_PLACE})(?:'?s)?(?:\s(?:{_PLACE}|{_ADDRESS}))?(?:,?\s{_NAME}(?:\s{_NAME})?)?
      (?:\s(?:at|in|is|who\slives\s(?:at|in)|who\sis\sat|living\s(?:at|in)|over\sat))?
    | (?:to|for|at)\s(?:me|us|work|home|school|him|her|them){_NOW}(?:\s(?:at|in))?
    | who\s(?:lives|is|works|stays)\s(?:at|in)
    | (?:he|she|they)(?:'s|'re|\sis|\sare)?\s(?:lives?|living|stays?|at)(?:\s(?:at|in))?
    | (?:i|we)\s(?:now\s)?(?:live|stay|work|reside){_NOW}\s(?:at|in)
    | (?:work|live|am|stay)(?:\snow)?\s(?:at|in)
    | (?:i|we)(?:'ve|\shave)?\s(?:just\s)?moved(?:\s(?:house|home|recently|lately|last\sweek))?(?:\sto)?
    | (?:i|we)\s(?:made\sa\s(?:mistake|typo)|typed\sit\swrong|forgot)
    | (?:it'?s|this\sis|that'?s|they'?re|these\sare|as)\s(?:a|an)\s(?:present|gift|surprise)
    | (?:for\s)?(?:the|my|our|his|her|their)\s(?:(?:new|right|correct|actual|real|proper|full|current|other)\s){{0,2}}
      (?:{_ADDRESS}|one)(?:\s(?:for|of|on)\s(?:the\s|my\s)?{_ORDER})?(?:\s(?:is|should\sbe|would\sbe|to))?
    | {_ADDRESS}(?:\s(?:is|to))?
    | (?:ship|deliver|mail|send)(?:ping|ing|y)?
    | (?:let'?s\s)?(?:go\swith|make\s(?:it|that)|do)
    | (?:wrong|not\sthe\sright|not\smy)\s(?:house|door|street|town|place|number)
    | (?:from|to|for|at|in|is)
    )(?:[\s,:;.!=–-]{{1,6}}|$)""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands behind one.
_TRAILING = rule(
    rf"""[\s,;.!-]{{0,4}}(?:(?:instead|rather|please|pls|plz|now|then|today|ok|okay|right|actually|thanks|from\snow\son
      |as\sof\snow|if\s(?:possible|you\scan|that'?s\s(?:ok|okay|possible)|it'?s\snot\stoo\slate)|asap|after\sall|this\stime)
    | (?:is|that'?s|it'?s)\s(?:my|our|the|his|her|their)\s(?:new\s|right\s|correct\s|current\s|real\s|actual\s){{0,2}}
      (?:{_ADDRESS}|one|place|home|office)
    | is\swhere\s(?:i\s(?:live|am)|we\s(?:live|are)|it\s(?:should\sgo|goes)|to\s(?:send|ship)\s(?:it|them|this))
    | is\s(?:correct|right|better|the\sone|it)
    | (?:it\sis|it's)\s(?:a\s)?(?:gift|present)
    | (?:as|it'?s|for)\s(?:a\s)?(?:present|gift|surprise)
    | (?:for|to|at|with)\s(?:my|our|his|her|the|their)\s(?:{_PERSON}|{_PLACE})(?:'?s)?(?:\s{_NAME})?
    | (?:(?:and|but)\s)?(?:instead\sof|rather\sthan|not|than|in\splace\sof)\s(?:to\s|at\s|in\s)?(?:me|us|home|here|there
      |work|(?:my|our|the|his|her|their)\s[\w'-]{{1,15}}(?:\s[\w'-]{{1,15}}){{0,2}}|\d{{1,5}}[a-z]?|{_NAME}(?:\s{_NAME}){{0,2}})
    )(?=[\s,;.!-]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_REFUSES = rule(
    r"(?:\b(?:i|we|you|please|pls)\s)?\b(?:(?:do|did|does|would|should|will|must|am|is|are|was)\s(?:not|never)"
    r"|(?:do|did|does|would|should|wo|must|is|are|was|ca)n'?t|don'?t|cannot|not|never|no\slonger|neither|nor|except"
    r"|(?:anywhere|everywhere|any\saddress)\s(?:but|except)|(?:other|rather)\sthan|instead\sof|in\splace\sof|but\snot"
    r"|stop\s\w{2,12}ing|avoid|anything\sbut)\b(?!\s(?:forget|hesitate))",
    re.IGNORECASE,
)
_CALLED_WRONG = rule(
    r"\W{0,3}(?:(?:which|that)\s)?(?:(?:is|was|are)(?:n'?t|\snot|\sno\slonger|\swrong|\sincorrect|\soutdated"
    r"|\sold|\snever|\s(?:my|our|the|an?)\s(?:old|former|previous|wrong|ex|past|last)"
    r"|\swhere\s(?:i|we)\s(?:used|lived|was|were|once))|(?:isn'?t|wasn'?t|isnt|wasnt)\b)",
    re.IGNORECASE,
)
_IN_ITS_PLACE = rule(
    r"\W{0,3}(?:and\s|but\s)?(?:instead\sof|rather\sthan|in\splace\sof|than|not|never|no\slonger|over)\b[^.!?;,]{0,30}$",
    re.IGNORECASE,
)
_CHANGES = rule(
    r"\b(?:from|change|correct|update|fix|switch|move|edit|modify|replace|swap|exchange)\b(?!.{0,60}\bto\W{0,3}$)",
    re.IGNORECASE,
)
_BECOMES = rule(r"\W{0,4}(?:(?:it|that)\s)?(?:now\s)?(?:to|into|with|by|for|->|→|=>)\s{1,4}", re.IGNORECASE)
_ASKS = rule(
    r"\W{0,3}(?:(?:hi|hey|hello|ok|okay|so|and|but|oh|wait|sorry|um|hm+|please|also|btw|thanks)\W{1,3}){0,4}"
    r"(?:who|whose|what|when|where|why|how(?!\sabout)|which|is|are|am|was|were|do(?!\s(?:not|never))|does|did|has|have|had|will\s(?!you)"
    r"|would\s(?!you)|should(?!\sbe)|shall|isn'?t|aren'?t|didn'?t|doesn'?t|wasn'?t|won'?t)\b",
    re.IGNORECASE,
)
_REQUESTS = rule(rf"\b(?:can|could|would|will|may)\s(?:you|u|we|i|{_ORDER})\b|\bplease\b|\bhow\sabout\b", re.IGNORECASE)
_ANOTHER_TIME = rule(
    r"\b(?:next|last|later|future|tomorrow|soon|once|earlier|previously|ago|used\sto|grew\sup|if|unless|until|when|whenever"
    r"|in\s(?:january|february|march|april|may|june|july|august|september|october|november|december|\d{4})"
    r"|(?:from|after|starting|as\sof|since)\s(?!now|my\b|the\s|our\b|\d{1,5}\s[a-z]+\s)\w+|went|was|were|had|after\sthis)\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = rule(r"[.!?;\n]{1,4}")
_CLAUSE_ENDS = rule(r",|\b(?:and|but|so|because|since)\b", re.IGNORECASE)
_GOES_ON = rule(rf"\s?[,;{_THING}]|\s(?:and|for|with|please|my)\b", re.IGNORECASE)
_AT = "\x02"  # stands for an address
_SPLITTER = re.compile(f"([{_AT}])")


class Verdict(StrEnum):
    """What a message does with an address that it holds."""

    OFFERED = auto()  # it is where to ship
    REFUSED = auto()  # it is where not to ship
    TALKED_OF = auto()  # asked about, or of another time
    UNSURE = auto()  # other words stand beside it
    ONE_OF_TWO = auto()  # and nothing says which


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """The addresses of a message, the likeliest first, where any stands, and what it does with that one.

    It is `alone` where the message says nothing else, but maybe whose order goes there.
    """

    verdict: Verdict
    addresses: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    alone: bool = False


def read_offer(text: str, things: Collection[tuple[int, int]]) -> Offer | None:
    """What a message does with the addresses in it; None where it certainly holds none.

    Args:
        text: a cleaned message.
        things: where products, their numbers and e-mails stand in it, which say nothing of an address.
    """
    spans = list(find_streets(text)) if len(text) <= LONGEST else []
    if not spans:
        return None
    found = [" ".join(text[start:end].split()) for start, end in spans]
    pieces: list[tuple[int, int, str]] = [(start, end, _AT) for start, end in spans]
    inside = [(start, end) for start, end in things if all(end <= a or b <= start for a, b in spans)]
    pieces += [(start, end, _THING) for start, end in inside]
    told, at = "", 0
    for start, end, sign in sorted(pieces, key=lambda piece: (piece[0], -piece[1])):
        if start >= at:
            told, at = f"{told}{text[at:start]}{sign}", end
    told += text[at:]
    verdict, first, alone = _weigh(told.replace("’", "'"), len(found))
    ordered = [found[first], *(one for place, one in enumerate(found) if place != first)]
    return Offer(verdict=verdict, addresses=tuple(dict.fromkeys(ordered)), spans=tuple(spans), alone=alone)


def _weigh(told: str, count: int) -> tuple[Verdict, int, bool]:
    """The verdict, on which address, and whether nothing else is said."""
    sentences = _sentences(told)
    holding = [sentence for sentence in sentences if _AT in sentence]
    others = all(_is_frame(sentence.rstrip(".!?; \n")) for sentence in sentences if _AT not in sentence)
    parted = [sentence.partition(_AT) for sentence in holding]
    alone = others and all(_is_frame(left) and _THING not in right for left, _, right in parted)
    if count == 1:
        return _single(holding[0]), 0, alone
    if count == 2 and len(holding) == 1:
        verdict, which = _pair(holding[0])
        return verdict, which, others and _THING not in told
    singles = [_single(sentence) for sentence in holding] if count == len(holding) else []
    if singles.count(Verdict.OFFERED) == 1 and set(singles) <= {Verdict.OFFERED, Verdict.REFUSED}:
        return Verdict.OFFERED, singles.index(Verdict.OFFERED), _THING not in told
    return Verdict.ONE_OF_TWO, 0, False


def _sentences(told: str) -> list[str]:
    ends = [0, *(end.end() for end in _SENTENCE_ENDS.finditer(told)), len(told)]
    parts = [told[start:end] for start, end in pairwise(ends)]
    return [part for part in parts if part.strip()]


def _single(sentence: str) -> Verdict:
    """What a sentence does with its only address."""
    asks = sentence.rstrip().endswith("?")
    left, _, right = sentence.rstrip(".!?; \n").partition(_AT)
    refused = _refuses(left) is not None or _CALLED_WRONG.match(right) is not None
    requests = _REQUESTS.search(left) is not None
    if _ASKS.match(left) and not requests:
        return Verdict.TALKED_OF
    if asks and refused:
        return Verdict.TALKED_OF
    if refused:
        return Verdict.REFUSED
    clause = _last_clause(left)
    if _THING in left and (_THING in clause or _is_frame(clause)) and _goes_on(right):
        talks = _ANOTHER_TIME.search(clause) or (asks and not requests)
        return Verdict.TALKED_OF if talks else Verdict.OFFERED
    if _is_frame(left) and _is_trail(right):
        third = re.search(r"\blives?\b", left) and not re.search(r"\b(?:to|for|i|we)\b", left, re.IGNORECASE)
        old = re.search(r"\b(?:old|wrong|outdated|incorrect)\s[\w ]{3,20}$", left, re.IGNORECASE)
        return Verdict.UNSURE if third or old or (asks and not requests) else Verdict.OFFERED
    return Verdict.TALKED_OF if _ANOTHER_TIME.search(left) else Verdict.UNSURE


def _pair(sentence: str) -> tuple[Verdict, int]:
    """Which of two addresses of one sentence is offered: what stands between and before them says so."""
    asks = sentence.rstrip().endswith("?")
    left, _, middle, _, right = _SPLITTER.split(sentence.rstrip(".!?; \n"), 2)
    if _ASKS.match(left) and not _REQUESTS.search(left):
        return Verdict.TALKED_OF, 0
    if _IN_ITS_PLACE.fullmatch(middle):
        new, sure = 0, _is_frame(left) and _is_trail(right)
    elif _CALLED_WRONG.match(middle):
        new, sure = 1, _is_frame(left) and _is_frame(middle.rpartition(",")[2]) and _is_trail(right)
    elif refused := _refuses(left):
        before, behind = refused
        rest = re.sub(r"^\W{0,3}any ?more\b", "", middle, flags=re.IGNORECASE)
        new, sure = 1, all(map(_is_frame, (before, behind, rest))) and _is_trail(right)
    elif _CHANGES.search(left) and (becomes := _BECOMES.match(middle)):
        new, sure = 1, _is_frame(left) and _is_frame(middle[becomes.end() :]) and _is_trail(right)
    else:
        return Verdict.ONE_OF_TWO, 0
    return Verdict.OFFERED if sure and not (asks and not _REQUESTS.search(left)) else Verdict.UNSURE, new


def _refuses(left: str) -> tuple[str, str] | None:
    """What stands before and behind the no that governs an address, of the same clause where commas part them."""
    start = len(left) - len(_last_clause(left)) if "," in left else 0
    refused = _REFUSES.search(left, start)
    return None if refused is None else (left[: refused.start()], left[refused.end() :])


def _last_clause(left: str) -> str:
    """What stands before an address since the last joint; a comma right before it is none."""
    cut = max((end.end() for end in _CLAUSE_ENDS.finditer(left.rstrip(" ,:"))), default=0)
    return left[cut:]


def _is_frame(left: str) -> bool:
    """Whether all of these words only lead to an address."""
    rest = " ".join(left.split())
    for _ in range(14):
        rest = rest.lstrip(" ,:;.!-–=()\"'")
        if not rest:
            return True
        led, known = _LEADING.match(rest), without_lead_in(rest)
        shorter = min(known, rest[led.end() :] if led else rest, key=len)
        if shorter == rest:
            return False
        rest = shorter
    return False


def _goes_on(right: str) -> bool:
    """Whether an order may go on with these words behind its address: "…, and a lamp", but not "… stole my parcel"."""
    return _is_trail(right) or _GOES_ON.match(right) is not None


def _is_trail(right: str) -> bool:
    """Whether all of these words only close an offer."""
    rest = " ".join(right.split())
    for _ in range(8):
        if not rest.strip(f" ,:;.!-–()\"'{_THING}"):
            return True
        trail, known = _TRAILING.match(rest), without_trail(f" {rest}").strip()
        shorter = min(known, rest[trail.end() :] if trail else rest, key=len)
        if shorter == rest:
            return False
        rest = shorter
    return False
