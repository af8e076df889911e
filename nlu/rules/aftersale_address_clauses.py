"""Parts a message into the clauses that addresses are heard in."""

from nlu.rules.aftersale_addresses import CLAUSE_ENDS, TOPIC_ONLY, TOWARDS
from nlu.rules.patterns import rule

_RECORDS = frozenset("account profile default".split())
_MORE = _RECORDS | {"order", "orders", "parcels", "packages", "everywhere"}
# All that who goes on with what was moved may say: "the orders too, all you can".
_OF_MORE = _MORE | frozenset(
    """and also plus oh then both please pls thanks thank for on in of as to my the all every other open pending future
    remaining rest own user customer address addresses one ones them those too well that are is you can could be much
    many far if possible now same very place it goes go everything which still changed yes shipping home""".split()
)
_WORD = rule(r"[a-z']{1,20}")
DONE_TO_MORE = rule(
    r"\b(?:fix|change|do|update|put|use|correct|set|save|make|apply|take)\s(?:it|that|this|the\ssame|them)\b[^.!?;]{0,40}"
    r"\b(?:orders?|account|profile|default|everywhere)\b"
)

# "I need it in Boston": where something shall go, behind no word that leads there.
NEEDED_IN = rule(
    r"\b(?:need|want|like|have|prefer|expect)\s(?:it|them|that|this|everything|(?:the|my)\s(?:\w{1,15}\s){0,2}?\w{1,15})\s(?P<at>in|at)\s"
)
# That an address is not to be said aloud.
WITHHOLDS = rule(
    r"\bkeep\s(?:(?:it|that|this|them)\s)?(?:to\s(?:myself|ourselves)|private|secret)\b"
    r"|\b(?:rather|prefer|like|want|wish|comfortable|keen)\s(?:on\s|of\s)?(?:not\s)?(?:to\s)?"
    r"(?:typ|writ|spell|shar|giv|say|tell|reveal|post|put)\w{0,4}\s(?:it|that|this|them|my\saddress|the\saddress)\b"
)
AS_SAID = rule(
    r",?\s(?:as|like)\s(?:i\s)?(?:(?:'ve|have|just|already)\s)?(?:said|told\syou|mentioned|wrote)(?:\s(?:before|already|above))?"
)
# Of somebody spoken of before.
HERS = rule(r"\b(?:his|her|their)\s(?:new\s|own\s|home\s)?(?:addres\w{0,4}|adress|place|home|house|flat|apartment)\b")
ALSO = rule(r"\A\W{0,3}(?:and|plus|both)\b|\b(?:too|also|as\swell|same|likewise)\b")

# That somebody lives elsewhere now, or will.
MOVES_NOW = rule(
    r"\b(?:i|we)(?:['’]ve|['’]re|['’]m|\shave|\sare|\sam|['’]ll\shave|\swill\shave|\sjust|\srecently)\s(?:just\s|recently\s|now\s|also\s|since\s)?"
    r"(?:moved|moving|relocated|relocating)\b(?!\s(?:on|the|it|my|that)\b)"
)
# Something is sent to what is written out: "bring the lamp to 7 Hill Street".
TO_A_NUMBER = rule(
    r"\b(?:ship|send|deliver|forward|redirect|reroute|bring|go|come|sent|shipped|delivered|redirected)\s(?:[\w'’-]{1,20}\s){0,5}?to\s\d"
)


def clauses(text: str) -> list[tuple[int, int, int]]:
    """Where each clause of a message begins and ends, and where what parts it from the next one does."""
    ends = list(CLAUSE_ENDS.finditer(text))
    begins = [0, *(match.end() for match in ends)]
    cores = [*(match.start() for match in ends), len(text)]
    closes = [*begins[1:], len(text)]
    found: list[tuple[int, int, int]] = []
    for begin, core, close in zip(begins, cores, closes, strict=True):
        led = (
            bool(found)
            and text[found[-1][1] : found[-1][2]].strip() == ","
            and TOPIC_ONLY.match(text[found[-1][0] : found[-1][1]].lower())
        )
        found.append((found.pop()[0] if led else begin, core, close))
    return [one for one in found if one[0] < one[2]]


def points_back(part: str) -> bool:
    """Whether something is pointed at that was spoken of before."""
    return any(f" {word} " in f" {part} " for word in ("it", "them", "this", "that", "these", "those", "its", "which"))


def goal_of(clause: str) -> int:
    """Where in a clause in small letters begins what something shall go to; -1 where nothing leads there."""
    found = [match.start() for match in TOWARDS.finditer(clause)]
    found += [match.start("at") for match in NEEDED_IN.finditer(clause)]
    return max(found, default=-1)


def goes_on_moving(text: str) -> bool:
    """Whether a message in small letters may want more to be where something was moved just now: "my profile, too"."""
    words = {*_WORD.findall(text)}
    bare = words <= _OF_MORE and bool(words & _MORE) and (ALSO.search(text) is not None or bool(words & _RECORDS))
    return bare or DONE_TO_MORE.search(text) is not None
