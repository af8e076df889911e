"""Parts from a message what it wants where it cannot be paid as it says: "if not, then to my gift card"."""

import re

from nlu.rules.aftersale_payments import speaks_of_payment
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
    r"\b(?:and\s|but\s)?(?P<of>otherwise|failing\s(?:that|which)|or\selse|if\snot|else)[\s,:–-]{1,4}(?:then\s)?(?P<then>[^!?;.]{2,200})",
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
_BEFORE = 220  # letters before it in which a payment is spoken of
_REFUSES = rule(
    r"\b(?:don['’]?t|do\snot|keep|leave|nothing|forget|no|never\s?mind|human|person|someone|somebody|agent|representative|colleague)\b"
)


def split_unless_paid(text: str) -> tuple[str, str]:
    """A message without what it wants where money cannot go as it is wished, and that; empty where it says none."""
    for pattern in (_BEHIND, _FIRST, _TAKEN_UP, _SHORT):
        for match in pattern.finditer(text):
            if _is_of_payment(text[max(0, match.start() - _BEFORE) : match.start()], match["of"], match["then"]):
                blank = f"{text[: match.start()]}{' ' * (match.end() - match.start())}{text[match.end() :]}"
                return blank, match["then"].strip()
    return text, ""


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
