"""Parts from a message what it wants where it cannot be paid as it says: "if not, then to my gift card"."""

import re

from nlu.rules.aftersale_payments import read_payments, speaks_of_payment
from nlu.rules.patterns import rule

_DENY = (
    r"(?:(?:(?:is|are|was|were|should|can|could|will|would|do|does|did)(?:n['’]?t|\snot|not)|can['’]?t|won['’]?t|cannot|not)"
    r"(?:\s(?:be|really|even|actually|at\sall)){0,2}"
    r"(?:\s(?:possible|allowed|permitted|accepted|work(?:s|ing)?(?:\sout)?|done|do(?:\s(?:that|it|this|so))?|go|suffice|enough|ok(?:ay)?|fine"
    r"|an\soption|available|cover(?:ed)?(?:\s(?:it|all|that))?|there))?(?:\s(?:to|from|on|with|for|by)(?:\s[\w-]{1,12}){1,4}?(?=,))?"
    r"|impossible|out\sof\sthe\squestion|fails?)"
)
_IF = r"\b(?:and\s|but\s)?(?:only\s)?(?:if|should|in\scase|when)\s"
# The condition comes first: "if that is not possible, the credit card is fine".
_WORDS = r"(?:(?!\bif\b)[^.!?;]){2,200}"
_GOES_ON = r"(?:[.!?]\s(?:then|in\sthat\scase|so)\s[^.!?;]{2,200})?"
_FIRST = rule(
    rf"{_IF}(?P<of>(?:(?!\bif\b)[^.!?;,]){{0,90}}?\b{_DENY})(?:[\s,:–-]{{1,4}}(?:then\s)?)(?P<then>{_WORDS}{_GOES_ON})",
    re.IGNORECASE,
)
_SHORT = rule(
    r"\b(?:and\s|but\s)?(?P<of>otherwise|failing\s(?:that|which)|or\selse|if\snot|else"
    r"|or(?=\s(?:not\sat\sall|(?:i|we)(?:['’]ll|['’]d|\swill|\swould)?\s(?:rather\s)?keep|(?:just\s)?(?:leave|forget|keep)\s)))"
    r"[\s,:–-]{1,4}(?:then\s)?(?P<then>[^!?;.]{2,200})",
    re.IGNORECASE,
)
# It is taken up as an answer: "not possible? Then put it on the gift card".
_TAKEN_UP = rule(
    r"(?P<of>\b(?:not\s(?:possible|allowed|even\s(?:that|this))|you\scan['’]?t|impossible|no)\s?[?!])(?P<then>.{2,300})\Z",
    re.IGNORECASE | re.DOTALL,
)
# The condition comes behind: "or from the credit card if the gift card does not work".
_BEHIND = rule(
    rf",?\s(?:or|and|otherwise)\s(?P<then>[^.!?;,]{{4,60}}?)\s(?:only\s)?(?:if|in\scase)\s(?P<of>[^.!?;,]{{0,60}}?\b{_DENY})",
    re.IGNORECASE,
)
# It is to be paid so, or nothing is to be done: "only if the money goes to my PayPal", "only to my PayPal".
_INSISTING = rule(
    r"(?:\b(?:but|and)\s)?\b(?:(?:if\sand\s)?only\s(?:if|when|where|provided(?:\sthat)?)|as\slong\sas|so\slong\sas|provided(?:\sthat)?"
    r"|on\s(?:the\s)?condition(?:\sthat)?|if)\s(?P<of>[^.!?;,]{4,120})",
    re.IGNORECASE,
)
_ONLY_THERE = rule(
    r"\b(?:only|exclusively|nowhere\sbut|nothing\sbut)\s(?:back\s)?(?:to|on|onto|via|through|by)\s(?P<of>[^.!?;,]{2,60})",
    re.IGNORECASE,
)
# The same, told behind it: "to the card ending in 4242 only".
_THERE_ONLY = rule(
    r"\b(?:to|on|onto|via|through|by)\s(?P<of>[^.!?;,]{2,60}?)\s"
    r"(?:only|alone|exclusively|or\snothing|and\s(?:nothing|nowhere|no\w{0,5}\s\w{1,8})\selse)(?=\W{0,3}(?:\Z|[.,;!?]|please\b|pls\b|and\b))",
    re.IGNORECASE,
)
_MOVES = rule(
    r"\b(?:go|goes|going|gets?|comes?|lands?|credit(?:ed)?|refund(?:ed)?|refunds?|sent|send|put|transfer(?:red)?|(?:paid|pay|money)\sback"
    r"|paid\s(?:out|to|on|onto)|receive|possible|works?)\b"
)
_DENIES = rule(r"n['’]t\b|\b(?:not|no|never|without|instead|unless|cannot)\b")
INSISTS = "nothing at all"  # is to be done then
_BEFORE = 220  # letters before it in which a payment is spoken of
_REFUSES = rule(
    r"\b(?:don['’]?t|do\snot|keep|leave|nothing|forget|no|not\sat\sall|never\s?mind|human|person|someone|somebody|agent|representative|colleague)\b"
)


def split_unless_paid(text: str) -> tuple[str, str]:
    """A message without what it wants where money cannot go as it is wished, and that; empty where it says none."""
    for pattern in (_BEHIND, _FIRST, _TAKEN_UP, _SHORT):
        for match in pattern.finditer(text):
            if _is_of_payment(text[max(0, match.start() - _BEFORE) : match.start()], match["of"], match["then"]):
                blank = f"{text[: match.start()]}{' ' * (match.end() - match.start())}{text[match.end() :]}"
                return blank, match["then"].strip()
    return _insisting(text)


def _insisting(text: str) -> tuple[str, str]:
    """The same where nothing shall be done then: what pays is kept of the condition, which is none that is left."""
    for match in _INSISTING.finditer(text):
        of = match["of"].lower()
        if len(of) == len(match["of"]) and speaks_of_payment(of) and _MOVES.search(of) and not _DENIES.search(of):
            left = read_payments(of)[1]
            pays = "".join(" " if said == rest else said for said, rest in zip(of, left, strict=True))
            begins, ends = match.span("of")
            return f"{text[: match.start()]}{' ' * (begins - match.start())}{pays}{text[ends:]}", INSISTS
    only = _ONLY_THERE.search(text) or _THERE_ONLY.search(text)
    return text, INSISTS if only is not None and speaks_of_payment(only["of"].lower()) else ""


def _is_of_payment(before: str, of: str, then: str) -> bool:
    """Whether a condition is about what pays: it says so, or what pays was just spoken of, and is again."""
    if speaks_of_payment(of.lower()):
        return True
    near = speaks_of_payment(_last_of(before.lower()))
    return near and (speaks_of_payment(then.lower()) or _REFUSES.search(then.lower()) is not None)


def _last_of(before: str) -> str:
    """The last two sentences."""
    ends = [at for at, letter in enumerate(before.rstrip(" .!?")) if letter in ".!?"]
    return before[ends[-2] :] if len(ends) > 1 else before
