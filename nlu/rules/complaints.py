"""Reads what a complaint is about: broken, wrong, missing, late; and what is wanted: return, refund, warranty.

That it is one is the model's to say; these are the field's words for its kinds, whatever the trade.
"""

import re
from enum import StrEnum

from nlu.rules.patterns import rule


class Complaint(StrEnum):
    """What went wrong with an order, or what its customer wants done about it."""

    BROKEN = "broken"
    WRONG_ITEM = "wrong_item"
    MISSING = "missing"
    LATE = "late"
    RETURN = "return"
    REFUND = "refund"
    WARRANTY = "warranty"
    CHANGE = "change"  # of an order, where the shop cannot do it by itself any more
    OTHER = "other"


_GAP = r"(?:[\w'’-]{1,20},?\s+){0,6}"  # a few words between
_ORDERED = r"(?:ordered|asked\s+for|wanted|bought|chose|picked|paid\s+for|need(?:ed)?)"
_CAME = r"(?:got|get|received|sent|came|arrived|delivered|turned\s+up|have)"
_HERE = r"(?:come|came|arrived?|here|received|shown\s+up|turned\s+up|got(?:ten)?|landed|moved|delivered)"
_COUNT = r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|a\s+few|some)"


def _kind(complaint: Complaint, *patterns: str) -> tuple[Complaint, re.Pattern[str]]:
    return complaint, rule("|".join(patterns), re.IGNORECASE)


# What happened; the one that is said first is what it is about.
_FACTS = (
    _kind(
        Complaint.WRONG_ITEM,
        r"\b(?:wrong|incorrect)\s+(?!with\b|about\b)\w",
        rf"\b(?:not|isn'?t|wasn'?t|aren'?t|never)\s+(?:what|the\s+\w{{1,20}}|the\s+one)\s+(?:that\s+)?(?:i|we)\s+(?:\w{{1,9}}\s+)?{_ORDERED}\b",
        r"\b(?:some(?:body|one)\s+else'?s?|another\s+(?:customer|person)'?s?|not\s+(?:mine|ours|my\s+order|our\s+order))\b",
        r"\bmix(?:ed)?[\s-]?up\b|\b(?:never|did\s?n[o'’]?t)\s+order(?:ed)?\s+(?:this|that|these|it|them|any)\b",
        r"\bdifferent\s+(?:\w{1,20}\s+){0,2}(?:than|from|to|one|item|thing|model|edition|colou?r|size|product|book)\b",
        rf"\b(?:you|u)\s+(?:\w{{1,9}}\s+)?(?:sent|shipped|delivered|gave|packed)\s+{_GAP}{_ORDERED}\b",
        rf"\b(?:sent|shipped|received|got|came)\s+{_GAP}instead\b|\bis\s+a\s+(?:right|left)\s+one\b",
        r"\b(?:asked|meant|supposed)\s+(?:for|to\s+be)\s+\w{1,20}\W{1,3}(?:got|came|this\s+is|it'?s)\b",
    ),
    _kind(
        Complaint.MISSING,
        r"\bmissing\b|\bincomplete\b|\b(?:you|u|they)\s+forgot\b|\bnot\s+included\b|\bleft\s+out\b|\bempty\b",
        r"\b(?:not|isn'?t|wasn'?t|weren'?t|aren'?t|never)\s+(?:\w{1,9}\s+){0,3}(?:in|inside)\s+(?:the|my|that|this|it)\b",
        r"\bnot\s+in\s+(?:the|my)\s+(?:\w{1,12}\s+)?(?:box|parcel|package|delivery|bag|packet|order)\b",
        r"\bonly\s+(?:the\s+|half\s+)?[\w' -]{1,30}\s(?:was|were|is|are|came|arrived)\s+(?:in|inside|here|there)\b",
        rf"\bonly\s+{_COUNT}\s+(?:\w{{1,20}}\s+){{0,3}}(?:of|out\s+of|came|arrived|in|were|was|instead)\b|\bonly\s+(?:sent|got|received)\b",
        r"\b(?:was|were|is|came|arrived|been|one|two|you)\s+short\b|\bshort\s+(?:by|of|one|two|\d{1,3})\b|\bnot\s+all\s+(?:of\s+)?(?:it|them|the|my)\b",
        rf"\bno\s+(?:\w{{1,20}}\s+){{0,4}}(?:in|inside|with)\s+(?:the|my|it|that)\b|\bhas\s+no\s+\w|\bwith\s+no\s+\w|\b{_CAME}\s+(?:\w{{1,9}}\s+)?without\b",
        rf"\b{_COUNT}\s+(?:[\w'-]{{1,20}}\s+){{0,3}}ordered\W{{1,3}}(?:[\w'-]{{1,20}}\s+){{0,3}}{_COUNT}\b",
        rf"\bpaid\s+for\s+{_COUNT}\W{{1,3}}(?:and\s+)?(?:i\s+)?(?:got|received)\b|\bthere\s+(?:should|were\s+meant|are\s+supposed)\b",
        r"\b(?:got|received|counted?|count|theres?|there'?s|there\s+are|holds)\s+(?:only\s+)?(?:\d{1,4})\b.{0,40}\b(?:of|not|should|count\w{0,3})\b",
        r"\bhalf\s+(?:of\s+)?(?:my|the|our)\b|\bwhere(?:'s|\s+is|\s+are)\s+the\s+(?:rest|others?)\b|\bdidn'?t\s+make\s+it\b|\bnone\s+of\s+the\s+other\b",
    ),
    _kind(
        Complaint.LATE,
        r"\blate\b|\bdelay(?:ed|s)?\b|\boverdue\b|\bstill\s+(?:waiting|not|nothing|no\s+(?:sign|parcel|delivery|order))\b",
        rf"\b(?:never|hasn'?t|haven'?t|has\s+not|have\s+not|not|didn'?t|isn'?t)\s+(?:\w{{1,9}}\s+){{0,2}}{_HERE}\b",
        rf"\bnothing\s+(?:\w{{1,9}}\s+)?(?:{_HERE}|yet)\b|\b(?:i\s+|we\s+)?(?:got|received)\s+nothing\b|\bgot\s+lost\b|\b(?:is\s+)?it\s+lost\b|\bnever\s+got\b|\bnot\s+received\b",
        r"\b(?:should\s+have|should've|was|were|is|are)\s+(?:meant|supposed|due|promised|been|come|arrived)\b.{0,60}\b(?:yesterday|last|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weeks?|days?|ago|by\s+now|already|yet)\b",
        r"\bshould\s+have\s+(?:been\s+here|come|arrived)\b|\bpromised\b|\bkept\s+waiting\b|\bbeen\s+waiting\b",
        r"\b(?:it'?s|its|has|have|been)\s+(?:\w{1,9}\s+){0,2}(?:\d{1,3}|an?|two|three|four|five|six|seven|eight|nine|ten|several)\s+(?:days?|weeks?|months?)\b",
        r"\bsays\s+(?:it\s+(?:was|is)\s+)?delivered\b|\bcame\s+(?:today|yesterday)\b|\bhours\s+late\b",
    ),
    _kind(
        Complaint.BROKEN,
        r"\b(?:brok(?:en?|e)|breaks?|smash\w{0,3}|crack\w{0,3}|chip(?:ped)?|shatter\w{0,3}|shards|torn|ripped|rip|tear|damag\w{0,3}|defect\w{0,4}|fault\w{0,1}|faulty)\b",
        r"\b(?:dead|doa|died|dies|leak\w{0,3}|burst|mou?ld\w{0,1}|rotten|stale|sour|expired|melted|spoil\w{0,3}|bent|dent\w{0,2}|scratch\w{0,3}|stain\w{0,2}|dirty|hole|holes)\b",
        r"\b(?:split|snap\w{0,4}|loose|rust\w{0,2}|stuck|jam\w{0,4}|warped|crushed|squash\w{0,2}|soggy|wet|soaked|ruined|malfunction\w{0,3}|overheat\w{0,3}|flicker\w{0,3}|cuts?\s+out|dried\s+out|burn(?:ed|t)|frayed|strip(?:ped)?|flak\w{1,3}|(?:red|too)\s+hot|dangerous|unusable|useless)\b",
        r"\b(?:doesn?'?t|does\s+not|don'?t|wo\s?n'?t|wont|will\s+not|can'?t|isn'?t|is\s+not|not|never|stop(?:s|ped)?|quit|no\s+longer)\s+(?:\w{1,9}\s+){0,1}(?:work\w{0,3}|function\w{0,3}|turn\s+on|switch\s+on|start|charg\w{1,3}|open|close|stick|fit\s+together|hold|play|run|load|retract|read|weed)\b",
        r"\b(?:smell\w{0,2}|stink\w{0,1}|reeks?|fell\s+apart|falls?\s+apart|falling\s+apart|came\s+(?:off|apart|undone|loose)|in\s+pieces|to\s+(?:bits|pieces)|upside\s+down|past\s+its\s+date|out\s+of\s+date|off\s+already|gone\s+off|caught\s+fire|bad\s+batch|poor\s+quality|was\s+used|is\s+itchy|seal\b.{0,20}\bbroken|used\s+and)\b",
        r"\bin\s+(?:(?:a|two|three|several|many)\s+)?(?:thousand\s+|hundred\s+|million\s+)?(?:pieces|bits|shards|halves)\b",
        r"\bonly\s+(?:one|half|the)\b[\w' -]{0,30}\b(?:works?|makes?|plays?|lights?|charges?|spins?|heats?)\b",
        r"\bno\s+sound\b",
        r"\b(?:zip|seam|handle|strap|screen|button|lid|battery|motor|blade|needle)\b.{0,20}\b(?:went|gone|came|is\s+off|undone)\b",
    ),
)
# What happened, where nothing else is said of it: "I ordered a saw and a hammer came".
_ELSE = (
    _kind(
        Complaint.WRONG_ITEM,
        rf"\b{_ORDERED}\s+{_GAP}(?:and\s+|but\s+)?(?:i\s+|we\s+|you\s+|u\s+|they\s+)?{_CAME}\b",
        rf"\b{_ORDERED}\s+(?:[\w'-]{{1,20}}\s+){{1,8}}?in\s+\w{{1,12}}\W{{1,3}}(?:[\w'-]{{1,20}}\s+){{0,4}}{_CAME}\b",
        rf"\b(?:sent|delivered|gave)\s+(?:me|us)\s+{_GAP}\W{{0,3}}(?:i|we)\s+{_ORDERED}\b|\bi\s+asked\s+for\b|\bnever\s+ordered\b",
        r"\bnot\s+(?:at\s+all\s+)?as\s+described\b|\bis(?:n'?t|\s+not)\s+(?:my|our)\s+order\b|\bthe\s+label\s+says\b",
    ),
    _kind(Complaint.MISSING, r"\bnever\s+made\s+it\b|\bone\s+too\s+few\b"),
)
_ASKS = rule(
    r"\W{0,5}(?:(?:hi|hello|hey|and|so|also|ok)\W{1,4}){0,3}(?:how|what|who|where|when|do|does|can|could|is|are|will|whats|what's)\b",
    re.IGNORECASE,
)
_OWN = rule(
    r"\b(?:my|mine|our|ours|it|its|it's|this|these|them|they|that|those|bought|ordered|got|received|sent|came|arrived|paid|had|order|parcel)\b"
    r"|\b(?:the|these|this)\s+(?!return|refund|warrant|guarant|postage|shipping|money|cost|policy|price|deadline)\w",
    re.IGNORECASE,
)
_OF_A_MAIL = rule(r"\b(?:confirm\w{0,6}|e-?mails?|mail|inbox|mailbox|receipt|invoice|link)\b", re.IGNORECASE)
# What shall be done about it, the plainest wish first.
_WISHES = (
    _kind(
        Complaint.REFUND,
        r"\b(?:refund\w{0,3}|money\s+back|reimburs\w{0,5}|compensat\w{0,3}|charge\s?back|overcharg\w{0,3}|money\s+again)\b",
        r"\b(?:charg|bill|debit|paid|pay|took)\w{0,3}\s+(?:\S{1,20}\s+){0,3}(?:twice|two\s+times|double)\b|\b(?:paid|charged|billed)\s+(?:twice|double)\b",
        r"\b(?:you|u)\s+(?:over)?(?:charged|billed)\b|\bgot\s+charged\b|\bwas\s+charged\b|\byou\s+owe\b|\b(?:price|quid|dollars|euros|pounds|bucks|payment|cash)\s+back\b|\bi\s+want\s+money\b|\bback\s+on\s+(?:my|the)\s+card\b",
    ),
    _kind(
        Complaint.WARRANTY,
        r"\bwarrant\w{0,3}\b|\bguarant(?:ee|y|ees|eed)\b|\bstill\s+covered\b|\brepair\w{0,3}\b|\b(?:want|like|need|make)\s+(?:to\s+)?(?:a\s+)?claim\b|\bclaim\s+on\b",
    ),
    _kind(
        Complaint.RETURN,
        r"\breturn(?:s|ed|ing|able)?\b(?!\s+of\s+(?:the\s+)?[A-Z])|\bexchang\w{1,3}\b|\bwant\s+to\s+swap\b|\bswap\w{0,3}\s+(?:it|them|this|these|for)\b|\bpls\s+swap\b",
        r"\b(?:send|sent|take|taking|give|bring|brought|post|go|goes|come|ship|mail|have)\s+(?:[\w'’-]{1,20}\s+){0,6}back\b",
        r"\b(?:don'?t|do\s+not)\s+want\s+to\s+keep\b|\b(?:collect|pick\s+up)\s+(?:\w{1,20}\s+){0,3}again\b|\bhaves?\s+it\s+already\b",
    ),
)


def find_complaints(text: str) -> tuple[Complaint, ...]:
    """What happened and what is wanted done about it, at most one of each; `OTHER` where neither is said."""
    said = text.replace("’", "'")
    facts = [(found.start(), kind) for kind, pattern in _FACTS if (found := pattern.search(said))]
    fact = min(facts)[1] if facts else _first(_ELSE, said)
    return tuple(kind for kind in (fact, _first(_WISHES, said)) if kind is not None) or (Complaint.OTHER,)


def _first(rows: tuple[tuple[Complaint, re.Pattern[str]], ...], said: str) -> Complaint | None:
    return next((kind for kind, pattern in rows if pattern.search(said)), None)


def complains(text: str) -> bool:
    """Whether a question about an order tells what went wrong with it; a mail that did not come is nothing of that."""
    said = text.replace("’", "'")
    return _OF_A_MAIL.search(said) is None and any(pattern.search(said) for _, pattern in _FACTS)


def asks_in_general(text: str) -> bool:
    """Whether it asks how returns, refunds or the warranty work, and speaks of nothing of its own."""
    said = text.replace("’", "'")
    wanted = {*find_complaints(said)}
    return (
        wanted <= {Complaint.RETURN, Complaint.REFUND, Complaint.WARRANTY}
        and _ASKS.match(said) is not None
        and _OWN.search(said) is None
    )
