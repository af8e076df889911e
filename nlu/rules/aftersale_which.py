"""Reads which of several orders or things are meant: what each clause speaks of, and what it says of where that is.

The world is closed: what the message names of the customer's own orders is found before, and told by spans.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from nlu.rules.aftersale_pieces import Span
from nlu.rules.patterns import rule

_SENTENCE = rule(r"[.;!?\n](?=\s|\Z)|\s[-–—]{1,3}\s")
_JOINT = rule(r",\s(?:and\s|but\s|then\s|plus\s)?|\s(?:and|but|then|plus)\s")
# What makes a part of a sentence a clause of its own: that it says where something is.
_OF_ORDERS = (
    "(?:orders?|deliver(?:y|ies)|parcels?|packages?|purchases?|shipments?|ones?|another|other|different|same|each|both)"
)
_CLAUSE = rule(
    r"\A\W{0,3}(?:it|they|those|one|the\s(?:other|second|first)|for)\b(?:\s|'s|'re)"
    r"|\b(?:is|are|was|were|in|from|for|with|has|have|came|comes|come|go|goes|going|went|arrived|belongs?)\b[^,]{0,40}\b"
    + _OF_ORDERS
    + r"\b"
    r"|\b(?:came|comes|come|arrived|bought|ordered|is|are|was|were)\s(?:together\s|along\s)?with\s"
    r"|\b(?:is|are|was|were|has|have|had|'s|'re|isn't|hasn't|haven't|not)\s(?:\w{1,9}\s){0,2}(?:pending|delivered|received|arrived|come|here|shipped|sent|left|placed|on\sits\sown|alone)\b"
    r"|\A\W{0,3}(?:the|my|that|those|all|both|every)\s(?:\S{1,14}\s){0,3}(?:order|orders|ones?)\b"
    r"|#?\b[a-z]{0,2}\d{5,18}\b"
)
_SAYS = rule(
    r"\b(?:is|are|was|were|has|have|had|came|come|comes|arrived|goes|go|went|sent|bought|ordered|received)\b|'s\b|'re\b"
)
_CAME_WITH = rule(
    r"(?:\b(?:came|comes?|arrived|delivered|received|bought|ordered|got|shipped|sent|placed)\s(?:it\s|them\s|in\s)?(?:together\s|along\s)?(?:with|w/?)"
    r"|\bsame\s(?:order|parcel|package|delivery|shipment|box|purchase)\s(?:as|with))\s(?:(?:the|my|a|an|that|those)\s)?(?:[\w-]{1,14}\s){0,2}\Z"
)
_IS_WHICH = rule(r"\A,?\s(?:which|and\s(?:that|it))\b")  # then that is spoken of: "with a bag, which goes back"
_BEFORE = 70  # letters before a name that tell that it only came with what is meant
_GOES_ON = rule(r"\A\W{0,3}that(?:'s|\sis)\b")
_DENIES = rule(
    r"\b(?:not|isn't|ain't|without|except|excluding|excepting|but\snot|other\sthan|apart\sfrom|aside\sfrom|besides|minus|no(?!\slonger)|keep|keeping|all\sbut|everything\sbut|it\sbut|them\sbut|anything\sbut)\b(?!\sonly)"
)
_JOINS = rule(
    r"\A[\s,]*(?:(?:and|or|nor|plus|&|then)\s)?(?:(?:the|my|a|an|some|both|those|these|that|also|two)\s){0,2}(?:[\w-]{1,14}\s?){0,2}\Z"
)
_HOLDS = rule(
    r"\b(?:with|containing|contains?|holding|holds|has|have|having|had|includes?|including|where|in\swhich|which|order|orders|delivery|deliveries|parcels?|packages?|purchases?|shipments?|ones?)\b"
)
_FOR = rule(r"\bfor\s(?:(?:the|my|that|those|a)\s)?(?:[\w-]{1,14}\s){0,2}\Z")
_IS_ORDER = rule(r"\A(?:'s)?\s?(?:own\s)?(?:order|orders|one|ones|delivery|parcel|package|purchase)\b")
_EITHER = rule(r"\bor\b")
_ALONE = rule(
    r"\b(?:alone|by\s(?:itself|themselves)|on\s(?:its|their)\sown|nothing\selse\s(?:in|with)|own\s(?:order|parcel|package|delivery)"
    r"|only\s(?:thing|item|one|product)\s(?:in|of|there)|just\sthe\sone\s(?:thing|item))\b"
)
_SAME = rule(
    r"\b(?:same\s(?:order|parcel|package|delivery|shipment|purchase|box)|that\s(?:order|parcel|package)|together|with\s(?:it|them)"
    r"|along\swith)\b"
)
_UTMOST = rule(
    r"\b(?:(?:most|least)\s(?:expensive|costly|pricey)|cheapest|priciest|dearest|costliest)\s(?:of\s(?:all\s)?(?:the\s|my\s)?)?"
    r"(?:items?|things?|ones?|products?|articles?)\b"
)
_ANOTHER = rule(r"\b(?:another|different|other(?!\sthan)|separate)\b")
_EVERY = rule(
    r"\b(?:all|both|every|each|everything|any\sof\s(?:them|those|these|my)|wherever|whichever\s(?:\w{1,12}\s)?(?:orders|ones)|more\sthan\sone|two\sof\sthem|(?:two|three|four)\s(?:orders|of)"
    r"|ones|orders|those|them\sall|them|they|the\slot)\b"
)
_ALL = rule(
    r"\b(?:all|both|every|each|everything|any\sof\s(?:them|those|these|my)|wherever|the\slot|the\swhole\s(?:thing|lot|order))\b"
)
_ALL_ORDERS = rule(
    r"\b(?:all|both|every|each|any\sof\s(?:them|those|these|my)|wherever|no\s(?:particular|specific|certain)\s(?:one|order)|more\sthan\sone|several\sof\sthem"
    r"|(?:go|look|check|read)\s(?:through|over)\s(?:them|my\sorders|those))\b(?!\sof\s(?:it|that|this)\b|\sin\b|\s(?:items?|things?)\b)"
)
_ORDERS_ALL = rule(
    r"\b(?:everything|whatever|anything|all)\s(?:that\s)?(?:i|we)(?:'ve|\shave)?\s(?:possibly\s|ever\s|just\s)?(?:ordered|bought|got|can|could|have|received|purchased)\b"
    r"|\b(?:all|both|each|each\sone|every\sone|every\ssingle\sone)\s(?:of\s)?(?:them|those|these|the\sones)\b"
    r"|\b(?:everything|whatever|anything|all)\s(?:that\s|which\s)?(?:i|we)(?:'ve|\shave)?\s(?:still\s|got\s)?(?:pending|open|on\sorder)\b"
    r"|\b(?:all|both|every|each)\s(?:of\s)?(?:my\s|the\s|these\s|those\s|our\s)?(?:\w{1,12}\s)?orders?\b(?!\s(?:items?|things?))"
)
_NUMBERS = rule(
    r"(?<![\w$£€.,-])#?\s?(?:[a-z]{1,3}-?)?(?P<digits>\d{5,18})(?![\w%]|[.,]\d)|\b(?:ends?|ending)\s(?:in|with|on)\s#?(?P<end>\d{2,18})\b"
)
_PLACES = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLACE = rule(
    rf"\b(?P<ordinal>{'|'.join(_PLACES)}|last)\b|(?:\b(?:number|no|nr|item)\b\.?\s?|#)(?P<number>\d{{1,2}})\b"
)
_BARE = rule(
    r"\A\W{0,3}(?:(?:the|and|then|please|just|only)\s)?(?:\d{1,2}(?:\W{1,3}(?:(?:and|then|plus)\s)?|\Z)){1,9}(?:please|thanks)?\W{0,3}\Z"
)
_NUMBER = rule(r"\d{1,2}")
_NOT_COME = r"(?:not|never|n't|yet\sto|still\sto|isn't|hasn't|haven't|wasn't|aren't)(?:\s(?:yet|been|even|have|be))?\s"
_OPEN = rule(
    r"\b(?:pending|unshipped|open|processing|upcoming|outstanding|undelivered|unsent|waiting)\b"
    rf"|\b{_NOT_COME}(?:ship(?:ped)?|sent|send|left|leave|delivered|arrived?|come|here|received?|dispatched|gone\sout)\b"
    r"|\b(?:just|only\sjust)\s(?:placed|ordered|bought|made)\b"
)
_COME = rule(
    r"\b(?:delivered|received|receive|arrived|came|come|got|have\salready|here\salready|already\shere|already\shave|turned\sup)\b"
)
_SHIPPED = rule(r"\b(?:shipped|dispatched|in\stransit|on\s(?:its|the|their)\sway)\b")
_NEWEST = rule(
    r"\b(?:newest|latest|most\srecent|recent|last\s(?:order|one|purchase|parcel|package)|(?:bought|ordered|placed)\s(?:it\s)?last|just\s(?:\w{1,9}\s)?(?:placed|ordered|bought|made|received|got|arrived|delivered|came)|newer|current)\b"
)
_OLDEST = rule(
    r"\b(?:oldest|older|earliest|earlier|previous|first\s(?:order|one|purchase)|(?:bought|ordered|placed)\s(?:it\s)?first)\b"
)
_ABOUT = {
    "cancel": rule(r"\bcancel\w{0,7}\b"),
    "return": rule(r"\b(?:returns?|returned|returning|refund\w{0,3}|(?:send|go|goes|going|give)\s(?:it\s)?back)\b"),
    "exchange": rule(
        r"\b(?:exchang\w{1,3}|swap\w{0,4}|replac\w{1,6}|switch\w{0,3}|chang(?:e[ds]?|ing)|modif\w{1,7})\b"
    ),
    "ship_to": rule(r"\b(?:address|ship(?:s|ped)?\sto|sent\sto|send\sit\sto)\b"),
}


class Role(StrEnum):
    """What a name does in a clause: it is spoken of, said to be in what is meant, or said not to be."""

    SUBJECT = "subject"
    HELD = "held"
    LACKED = "lacked"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name with its role, and the words that describe it on both sides."""

    keys: tuple[str, ...]
    role: Role
    text: str
    before: str
    after: str

    @property
    def described(self) -> str:
        """The words on both sides."""
        return f"{self.before} {self.after}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """What a clause tells of which is meant.

    Attributes:
        text: its words in small letters.
        mentions: what it names, in its order.
        numbers: the orders that it names.
        strange: numbers that are none of theirs, and may be meant for one.
        about: the deeds that it names.
        state: "open", "come" or "left", where it says that.
        age: 1 for the newest, -1 for the oldest, 0 where nothing is said of it.
        alone: whether what is spoken of is alone in its order.
        another: whether it is said to be in another than those that were spoken of.
        same: whether it is said to be in the same as what was spoken of.
        utmost: "the cheapest item", where it says that.
        several: whether it may mean more than one.
        every: whether it surely means all.
        every_order: whether it surely means all orders.
        all_orders: whether all orders are named in so many words.
        either: whether one of what is named is enough.
    """

    text: str
    mentions: tuple[Mention, ...] = ()
    numbers: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()
    state: str = ""
    age: int = 0
    alone: bool = False
    another: bool = False
    same: bool = False
    utmost: str = ""
    several: bool = False
    every: bool = False
    every_order: bool = False
    all_orders: bool = False
    either: bool = False

    def named(self, *roles: Role) -> tuple[Mention, ...]:
        """The mentions in some roles."""
        return tuple(one for one in self.mentions if one.role in roles)


def read_which(text: str, things: Sequence[Span], orders: Sequence[Span]) -> list[Clause]:
    """What each clause of a message tells.

    Args:
        text: the message in small letters, with plain quotes.
        things: where it names what the customer ordered.
        orders: where it names orders by their numbers.
    """
    return [_clause(text, begin, end, things, orders) for begin, end in _clauses(text, things)]


def came_with(text: str, things: Sequence[Span]) -> list[Span]:
    """What is only named to tell what else is meant: "the backpack that came with the vacuum cleaner"."""
    return [
        one
        for one in things
        if _CAME_WITH.search(text[max(0, one.start - _BEFORE) : one.start]) and not _IS_WHICH.match(text[one.end :])
    ]


def positions_said(text: str, most: int) -> list[int]:
    """The places of a list that are meant: "the first and the third", "number 2", "1 and 3"."""
    if _BARE.match(text):
        found = [int(match[0]) for match in _NUMBER.finditer(text)]
    else:
        found = [_place(match["ordinal"], most) or int(match["number"] or 0) for match in _PLACE.finditer(text)]
    return [place for place in dict.fromkeys(found) if 1 <= place <= most]


def _place(ordinal: str | None, most: int) -> int:
    return most if ordinal == "last" else _PLACES.index(ordinal) + 1 if ordinal else 0


def _clauses(text: str, things: Sequence[Span]) -> list[tuple[int, int]]:
    """Where the clauses stand: sentences, and those of their parts that say where something is."""
    inside = [(one.start, one.end) for one in things]
    found: list[tuple[int, int]] = []
    ends = list(_SENTENCE.finditer(text))
    for begin, end in pairwise([0, *(match.end() for match in ends), len(text)]):
        joints = [
            (match.start(), match.end())
            for match in _JOINT.finditer(text, begin, end)
            if not any(start < match.end() and match.start() < stop for start, stop in inside)
        ]
        starts = [begin]
        for at, (_, start) in enumerate(joints):
            until = joints[at + 1][0] if at + 1 < len(joints) else end
            part = text[start:until]
            listed = "and" in text[joints[at][0] : start] and not _SAYS.search(text[starts[-1] : joints[at][0]])
            if _CLAUSE.search(part) and not _GOES_ON.match(part) and not listed:
                starts.append(start)
        found += [one for one in pairwise([*starts, end]) if text[one[0] : one[1]].strip(" ,.;!?")]
    return found


def _clause(text: str, begin: int, end: int, things: Sequence[Span], orders: Sequence[Span]) -> Clause:
    said = text[begin:end]
    state = "open" if _OPEN.search(said) else "come" if _COME.search(said) else "left" if _SHIPPED.search(said) else ""
    return Clause(
        text=said,
        mentions=tuple(_mentions(text, begin, end, [one for one in things if begin <= one.start < end])),
        numbers=tuple(key for one in orders if begin <= one.start < end for key in one.keys),
        strange=tuple(
            one["digits"] or one["end"] for one in _NUMBERS.finditer(said) if not _inside(begin + one.end() - 1, orders)
        ),
        about=frozenset(name for name, pattern in _ABOUT.items() if pattern.search(said)),
        state=state,
        age=1 if _NEWEST.search(said) else -1 if _OLDEST.search(said) else 0,
        alone=_ALONE.search(said) is not None,
        another=_ANOTHER.search(said) is not None,
        same=_SAME.search(said) is not None,
        utmost=utmost[0] if (utmost := _UTMOST.search(said)) else "",
        several=_EVERY.search(said) is not None,
        every=_ALL.search(said) is not None,
        every_order=_ALL_ORDERS.search(said) is not None or _ORDERS_ALL.search(said) is not None,
        all_orders=_ORDERS_ALL.search(said) is not None,
        either=_EITHER.search(said) is not None,
    )


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(one.start <= at < one.end for one in spans)


def _mentions(text: str, begin: int, end: int, spans: Sequence[Span]) -> list[Mention]:
    found: list[Mention] = []
    at = begin
    for place, span in enumerate(spans):
        gap = text[at : span.start]
        denied = _DENIES.search(gap.rsplit(",", 1)[-1]) is not None
        until = spans[place + 1].start if place + 1 < len(spans) else end
        behind = text[span.end : until]
        if found and _JOINS.match(gap) and not _HOLDS.search(gap):
            role = Role.LACKED if denied else found[-1].role
        elif denied:
            role = Role.LACKED
        elif _FOR.search(gap):
            role = Role.SUBJECT
        elif _HOLDS.search(gap) or (found and found[-1].role is Role.HELD) or _IS_ORDER.match(behind):
            role = Role.HELD
        else:
            role = Role.SUBJECT
        own = gap.rsplit(",", 1)[-1].rsplit(" and ", 1)[-1] if found else gap
        more = behind if place + 1 == len(spans) else behind.split(",", 1)[0].split(" and ", 1)[0]
        found.append(
            Mention(keys=span.keys, role=role, text=text[span.start : span.end], before=own.strip(), after=more.strip())
        )
        at = span.end
    return found
