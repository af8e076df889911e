"""Reads that something shall be done for some of what is ordered only: wrapped, written on, sent elsewhere or later."""

import re
from dataclasses import dataclass

from nlu.rules.patterns import rule
from nlu.rules.streets import find_streets
from nlu.rules.values import number_from_words

LONGEST = 400  # characters of a message in which it is looked for
_AT = "\x02"  # stands for an address
_NUMBER = r"(?:\d{1,3}(?![\w/.-])|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\ssingle(?:\sone)?)"
_SHARE = r"(?:(?:a\s|one\s)?(?:half|third|quarter)|some|most|several|a\sfew|a\scouple|a\spair|either|any)"
_COUNT = rf"(?:{_NUMBER}|{_SHARE})"
_THEM = r"(?:them|these|those|it|this|(?:the|my|our)(?!\s(?:orders?|parcels?|packages?|cards?\sbelow)\b))"
_NO_PIECE = (
    r"(?!\s?(?:orders?|address\w*|time|name|line|word|thing|street|code|floor|door|mails?|e-?mails?|question)\b)"
)
# Some of what is there: "two of them", "half the mugs", "the others", "the first one".
_PART = rule(
    rf"\b(?:(?P<count>{_COUNT})\s(?:of\s{_THEM}|(?:the|these|those|my|our)\s(?!others?\b))"
    rf"|the\s(?:others?|rest|remaining|remainder|second|first|third|last)(?:\s(?:ones?|half|{_NUMBER}))?\b{_NO_PIECE}"
    rf"|(?:that|this)\sone\b|another(?:\sone)?(?=\W{{0,3}}\Z|[,;]|\s(?:to|for|at|with|on|in|by|should|is|goes|go)\b))",
    re.IGNORECASE,
)
_WORK = (
    r"(?:gift|present)?[\s-]?wrap(?:s|ped|ping|per)?|giftwrap\w*|engrav\w+|monogram\w*|personali[sz]\w+|embroider\w*|inscri\w+"
    r"|initials?|initialed|initialled|etch\w*|stamp(?:ed)?|label(?:s|led|ed)?|tag(?:s|ged)|writ(?:e|ing|ten)|print(?:ed)?"
    r"|sign(?:ed)?|insur\w+|assembl\w+|polish\w*|decorat\w+|address(?:ed)\sto|box(?:ed)?\s(?=it|them|one|two|separate|up)"
    r"|packed|packaged|boxed|padded|sealed|cushioned"
)
_TRIM = (
    r"(?:bows?|ribbons?|tissue(?:\spaper)?|bubble\swrap|(?:gift|nice|pretty|wrapping|coloured|colored|fancy|festive)\s(?:paper|box|bag)"
    r"|gift\s?(?:box|bag|tag)\w*|(?:greeting\s)?card|note|message|tag|label|sticker|name|price(?:\stags?)?|packaging|plastic|receipt|invoice)"
)
_WORKED = (
    rf"(?:{_WORK}|(?:with|without|in|into|needs?|gets?|wants?|put|tie|add|has|have)\s(?:an?\s|the\s|some\s)?{_TRIM}\b"
    r"|as\s(?:an?\s)?(?:gift|present|surprise)s?)"
)
_WORKS = rule(rf"\b{_WORKED}", re.IGNORECASE)
_DAY = (
    r"(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the\sweekend|noon|easter|christmas|xmas"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|then|\d{1,2}(?:st|nd|rd|th))"
)
_WHEN = (
    rf"(?:(?<!the\s)first(?!\sone)|now|later|sooner|earlier|at\sonce|right\saway|straight\saway|immediately|asap|next|express|overnight"
    rf"|(?:by|on|before|until|till|after|from|for|this|in)\s(?:the\s|my\s|next\s)?{_DAY}|{_DAY}|next\s(?:week|month|year|time)"
    r"|in\s(?:a|an|one|two|three|\d{1,2})\s(?:days?|weeks?|months?)|(?:this|a|the)\s(?:week|month)|whenever|back\b|by\scourier|by\sair)"
)
_PLACE = (
    r"(?:office|work|home|house|flat|apartment|place|school|dorm|studio|workshop|hotel|cabin|cottage|shop|parents|mum|mom"
    r"|mommy|mother|dad|father|wife|husband|partner|girlfriend|boyfriend|sister|brother|neighbou?rs?|friends?|buddy|boss|son"
    r"|daughter|grandma|granny|grandmother|nan|grandpa|grandfather|aunt|auntie|uncle|cousin|niece|nephew|in-laws|colleague"
    r"|coworker|family|roommate|flatmate|teacher|kids?)"
)
_ELSEWHERE = (
    rf"(?:(?:to|at|towards?)\s(?:{_AT}|(?:my|our|his|her|their|the)\s(?:\w{{2,12}}\s)?{_PLACE}\b|(?-i:[A-Z])[a-z]{{2,}}|me\b|us\b|him\b|her\b|them\b|work\b"
    r"|somewhere|elsewhere|another|(?:a|the|my|an?other)\s(?:other|different|second|first|new|old|next)\s(?:address|place|house|town|one))"
    r"|elsewhere|somewhere\selse|separately|apart|individually|(?:different|two|other|separate|another|second)\s(?:add?ress(?:es)?|places?|houses?|parcels?)"
    r"|(?:in)?to\s(?:the|my|an?)?\s?(?:other|first|second|next|last|earlier|previous|new|separate)\s(?:order|parcel|package|delivery|box)|home)"
)
_GOES = (
    r"(?:ship|send|sent|deliver|post|mail|dispatch|bring|forward|hold|wait|travel|go|goes|going|come|comes|arrive|move|put|leave"
    r"|keep|stay|need|want|like|have|get|receive|collect|pick|add?ress)(?:ped|s|ed|ing|t)?"
)
_GOING = rule(rf"\b{_GOES}\b", re.IGNORECASE)
_OTHERWISE = rule(rf"\b(?:{_WHEN}|{_ELSEWHERE})(?!\w)", re.IGNORECASE)
# The count stands alone: "wrap one", "on two", "one goes to my aunt", "ship 2 to …".
_FEW = r"(?!\s(?:more|extra|additional|another|times|weeks?|days?|months?|hours?|minutes?))"
_ALONE = (
    rule(
        rf"\b(?:{_WORK})\s(?:(?:just|only)\s)?(?P<count>{_NUMBER})\b{_FEW}(?!\sof\sus)"
        rf"|\b(?:{_WORK}|put\s.{{1,20}}name)\b.{{0,50}}?\b(?:on|onto|round|around|inside)\s(?:just\s|only\s)?(?P<onto>{_NUMBER})\b{_FEW}",
        re.IGNORECASE,
    ),
    rule(
        rf"(?:^|[,;:.]\s?|\b(?:and|only|just|please|let|could|can|should|have|get|want|like|need)\s)(?P<count>{_NUMBER})\b{_FEW}"
        rf"(?:\s(?!(?:to|in|at|on)\b)[\w'-]{{1,15}}){{0,3}}?\s(?:{_WORKED}|(?:to\sbe\s|be\s|is\s|are\s)(?:{_WORK}))",
        re.IGNORECASE,
    ),
    rule(
        rf"(?:^|[,;:.]\s?|\b(?:and|only|just|let|could|can|should|have)\s)(?P<count>{_NUMBER})\b{_FEW}"
        rf"(?:\s(?!(?:to|in|at)\b)[\w'-]{{1,15}}){{0,3}}?\s(?:go|goes|come|comes|travel|arrive|be\s(?:sent|shipped|posted|delivered)"
        rf"|is\s(?:sent|going)|wait|stay)s?\s(?:\w{{2,12}}\s)?(?:{_WHEN}|{_ELSEWHERE})(?!\w)",
        re.IGNORECASE,
    ),
    rule(
        rf"\b(?:ship|send|deliver|post|mail|dispatch|bring|forward|hold)\s(?:(?:just|only|out)\s)?(?P<count>{_NUMBER})\b{_FEW}"
        rf"(?:\s(?!(?:to|in|at)\b)[\w'-]{{1,15}}){{0,4}}?\s(?:{_ELSEWHERE}|(?!now\b|today\b|asap\b){_WHEN})(?!\w)",
        re.IGNORECASE,
    ),
)
_SHARED_OUT = rule(
    rf"(?:^|[,;:.]\s?|\b(?:with|and|please)\s)(?P<count>{_NUMBER})\s(?:is\s|are\s|goes\s|go\s)?(?:to|for)\s.{{2,60}}?(?:,|\band\b)\s?(?:the\sother|another|{_NUMBER})\s(?:is\s|are\s|goes\s|go\s)?"
    r"(?:to|for)\s",
    re.IGNORECASE,
)
_SPLITS = rule(
    r"\bsplit\s(?:up\s)?(?:it|them|this|that|the|my|our|up|over|into|between|across)\b"
    r"|\bin(?:to)?\s(?:two|three|2|3|several|separate|different)\s(?:parcels|packages|shipments|deliveries|boxes|batches)\b"
    r"|\b(?:ship|send|deliver|post|pack|box|wrap)(?:ped|ed|s)?\b.{0,30}\b(?:separately|individually|apart)\b"
    r"|\b(?:move|transfer|shift)\s.{1,40}\b(?:in|on|over)?\s?to\s(?:the|my|an?)\s(?:other|first|second|next|last|earlier|previous|new)\s"
    r"(?:order|parcel|package|delivery|box)\b",
    re.IGNORECASE,
)
_NAMED = (
    rule(
        rf"\b(?:ship|send|deliver|post|mail|dispatch|bring|forward)\s(?:(?:just|only)\s)?(?:the|my|our)\s(?P<thing>[\w'-]{{2,20}}(?:\s[\w'-]{{2,20}}){{0,3}}?)\s"
        rf"(?:{_ELSEWHERE}|{_WHEN})(?!\w)",
        re.IGNORECASE,
    ),
    rule(
        rf"\b(?:the|my|our)\s(?P<thing>[\w'-]{{2,20}}(?:\s[\w'-]{{2,20}}){{0,3}}?)\s(?:(?:should|shall|must|can|could|has\sto|have\sto|needs?\sto)\s)?"
        rf"(?:go|goes|come|comes|arrive|travel|wait|leave|be\s(?:sent|shipped|delivered|posted|mailed))\s(?:{_ELSEWHERE}|{_WHEN})(?!\w)",
        re.IGNORECASE,
    ),
    rule(
        rf"(?:^|[,;:.]\s?)(?:the\s|my\s)?(?P<thing>(?!(?:and|ship|send|post|mail|deliver|bring|it|from)\b)[a-z][\w'-]{{1,20}}(?:\s[\w'-]{{2,20}}){{0,2}}?)\sto\s(?:{_AT}|me\b|us\b|(?:my|our|his|her|their)\s\w{{2,15}})"
        rf".{{0,40}}?(?:,|\band\b)\s?(?:the\s|my\s|all\s)?[a-z][\w'-]{{1,20}}(?:\s[\w'-]{{2,20}}){{0,2}}?\sto\s(?:{_AT}|me\b|us\b|(?:my|our|his|her|their)\s)",
        re.IGNORECASE,
    ),
)
# What is made of some of them: "iron one of them", "stitch Leo on one and Max on the second".
_MADE = (
    r"(?:iron|press|pack|stitch|sew|paint|dye|colou?r\sin|trim|hem|shorten|lengthen|clean|wash|fill|sharpen|hide|hang|mount|fold"
    r"|roll|tie|seal|cover|mark|dedicate|autograph|carve|burn|customi[sz]e|adorn|test|inspect|protect|secure|cushion"
    r"|pad|chill|warm|freeze|charge|dust|oil|glue|mend|sand|varnish|knit|crochet|screw|build)"
)
_DONE_TO = rule(
    rf"\b{_MADE}\s(?:up\s|out\s|together\s)?(?:(?:\w{{1,15}}\s){{1,3}}(?:on|onto|into|in|to|with|round|around)\s)?"
    rf"(?:{_COUNT}\sof\s{_THEM}|the\s(?:second|first|third|last|others?|rest)(?:\sones?)?\b{_NO_PIECE}|(?:{_NUMBER}|another|the\sother)\b)",
    re.IGNORECASE,
)
_LOOKS = rule(rf"\bmake\s{_COUNT}\sof\s{_THEM}\s(?:\w{{2,15}}\s)?(?:look|be|say|read|smell|shine|fit)\b", re.IGNORECASE)
_LONE = rule(
    r"\W{0,3}(?:only|just)\s(?:the|my|our)\s(?P<thing>[\w'-]{2,20}(?:\s[\w'-]{2,20}){0,3})\W{0,3}(?:please|pls|thanks)?\W{0,3}",
    re.IGNORECASE,
)
# What changes how many of something there are, or buys it, whatever stands beside it.
_COUNTS = rule(
    r"\b(?:add(?:ing)?|remove|delete|cancel\w*|return(?:ed|ing)?|exchang\w+|swap\w*|replac\w+|refund\w*|reduce|increase|double|triple|less|fewer"
    r"|(?:more|extra)(?!\s\w{2,15}ly\b)|additional|put\sback|instead\sof|take\s(?:out|off|away|back|\w{1,6}\s(?:out|off|away|back))|get\srid|leave\s(?:out|off|\w{1,6}\s(?:out|off))"
    r"|make\s(?:it|that|them)\s(?:\d|one|two|three|four|five|six)|drop(?!.{0,40}\b(?:off|at|by|round)\b)"
    r"|change(?!.{0,40}\badd?ress)|(?:i|we|i'll|we'll)\s(?:order|buy|take))\b|\A\W{0,3}(?:please\s)?(?:order|buy|take)\b",
    re.IGNORECASE,
)
_ONLY_ASKED = rule(
    r"\A\W{0,3}(?:(?:and|so|ok|but|also)\s)?(?:how|what|which|why|when|where|who|do\syou|does|did|is\s(?:it|there|wrapping|that)|are)\b",
    re.IGNORECASE,
)
_LEADS = rule(rf"\W{{0,3}}(?:(?:only|just|please|and)\s)?{_PART.pattern}", re.IGNORECASE)
_WHOLE_NUMBER = rule(_NUMBER, re.IGNORECASE)
_QUOTED = rule(r"[“\"][^“”\"]{0,200}[”\"]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Some:
    """For how many something is wished, or of which thing; `of_them` where words say that those are there already.

    What is parted `over_orders` is in one of them, whichever.
    """

    count: int | None = None
    thing: str = ""
    of_them: bool = True
    over_orders: bool = False


def read_some(text: str) -> Some | None:
    """What is wished for some of what is ordered; None of what is wished for all of it, or changes how much it is."""
    if len(text) > LONGEST or _COUNTS.search(text) or _ONLY_ASKED.match(text):
        return None
    said = _QUOTED.sub(" ", " ".join(text.replace("’", "'").split()))
    for start, end in reversed(list(find_streets(said))):
        said = f"{said[:start]}{_AT}{said[end:]}"
    if _SPLITS.search(said):
        return Some(over_orders=True)
    part = _PART.search(said)
    if part is not None and (_WORKS.search(said) or _is_otherwise(said)):
        return Some(count=_number(part["count"]))
    found = next((found for pattern in (_SHARED_OUT, *_ALONE) if (found := pattern.search(said))), None)
    if found is not None:
        groups = found.groupdict()
        return Some(count=_number(groups["count"] or groups.get("onto")), of_them=False)
    if _LOOKS.search(said) or _DONE_TO.search(said):
        return Some()
    named = next((found for pattern in _NAMED if (found := pattern.search(said))), None)
    return None if named is None else Some(thing=named["thing"])


def only_named(text: str) -> str:
    """What "only the teapot" names, where a message says nothing else; empty otherwise."""
    lone = _LONE.fullmatch(text)
    return "" if lone is None else lone["thing"]


def _is_otherwise(said: str) -> bool:
    """Whether something goes elsewhere, or at another time."""
    return _OTHERWISE.search(said) is not None and (_GOING.search(said) or _LEADS.match(said)) is not None


def _number(said: str | None) -> int | None:
    """How many a count says; None of a share."""
    if said is None or _WHOLE_NUMBER.fullmatch(said) is None:
        return None
    return 1 if said.lower().startswith("a single") else number_from_words(said)
