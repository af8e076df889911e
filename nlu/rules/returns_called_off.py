"""Reads who calls a return off: "cancel the return", "call R1001 off", "I won't send the mugs back after all"."""

from dataclasses import dataclass

from nlu.rules.patterns import rule

_NUMBER = rule(r"\br\s?-?(?P<digits>\d{3,12})\b")
_VERB = (
    r"(?:cancel|cancle|stop|undo|abort|withdraw|revoke|scrap|drop|void|end|forget|retract|take\sback|call\soff|calling\soff"
    r"|cancelling|canceling)"
)
_RETURN = r"(?:returns?|exchanges?|refunds?|swaps?|replacements?|rma|return\srequests?)"
_OF = r"(?:(?:the|my|that|this|those|these|all|both|whole|entire|last|open|of)\s){0,3}"
_CALLS_OFF = rule(
    rf"\b{_VERB}\s{_OF}(?:\w{{1,12}}\s)?{_RETURN}\b|\bcall\s{_OF}(?:\w{{1,12}}\s)?{_RETURN}\s(?:r\s?-?\d{{3,12}}\s)?off\b"
    rf"|\b(?:{_VERB}|call)\s{_OF}(?:{_RETURN}\s)?r\s?-?\d{{3,12}}\b|\b{_RETURN}\s(?:is|are)\soff\b"
)
_IT_OFF = rule(
    r"\b(?:call\s(?:it|that|them|this|both|all|everything)\soff|(?:cancel|undo|stop|revoke)\s(?:it|that|this|them)"
    r"(?!\s(?!(?:again|all|please|pls|now|then|for|after|if|and|i|thanks|sorry|too)\b)))\b"
)
SPEAKS_OF_ORDERS = rule(r"\b(?:orders?|pending|shipped|waiting)\b")
_KEEPS = rule(
    r"\b(?:keep|keeping|hold\son\sto|hang\son\sto)\s(?!me\b|you\b|in\b|on\b)(?:[^\s.,;!?]{1,20}\s){0,5}?(?:after\sall|anyway|instead|now|it|them)\b"
    r"|\b(?:won't|will\snot|not\sgoing\sto|don't\swant\sto|do\snot\swant\sto|needn't|rather\snot)\s(?:return|send|exchange|give)\b"
)
_ASKS = rule(
    r"\A\W{0,3}(?:(?:hi|hello|and|so|ok|but)\W{1,3}){0,2}(?:how|can\si|could\si|may\si|when|where|what|is\sit\spossible|do\si|will|until)\b"
)
# What may hold it back, puts it off, asks, or tells of others: then a button calls it off, and no word.
_DOUBTS = rule(
    r"\b(?:no|not|nope|nah|never|neither|wait|hold|maybe|perhaps|whether|or|but|if|unless|once|when|until|till|later|soon"
    r"|tomorrow|tonight|yet|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day|should|shall|might|kidding|joking|jk|says?|said"
    r"|thinks?|tells?|told|actually|sorry|rather)\b|n't\b|\bdont\b"
)
_NOT_NEEDED = rule(r"\b(?:not|do\snot|don't|no\slonger)\s(?:\w{1,8}\s)?(?:need|want)\w{0,3}\b")
_ASKS_FOR_IT = rule(r"\A\W{0,3}(?:(?:please|pls|hi|hello|hey|so|ok|and)\W{1,3}){0,2}(?:can|could|would|will)\syou\b")

_REFUSES = rule(
    r"\b(?:don't|do\snot|never|dont|not)\s(?:\w{1,10}\s){0,2}(?:cancel|call|stop|undo|abort|drop|withdraw)\b"
)


_ONE = r"(?:\s(?!(?:but|until|till|unless|because|without|before|if|and|as|for|to|with)\b)[\w'#-]{1,20}){1,7}?"
_REFUSES_ONE = rule(
    r"\W{0,3}(?:(?:no|ok|oh|well|actually|but|so|please|hi|hello)\W{1,3}){0,3}"
    r"(?:don't|dont|do\snot|let's\snot|(?:i|we)\s(?:won't|wont|will\snot|(?:don't|do\snot)\s(?:want|need|wish)\sto|would\srather\snot)"
    r"|(?:i'm|i\sam|we're|we\sare)\snot\sgoing\sto|(?:i'd|we'd)\srather\snot|(?:there\sis\s|there's\s)?no\sneed\sto)\s"
    rf"(?:(?:return|exchange|swap|refund|send\sback|give\sback){_ONE}|(?:send|give){_ONE}\sback)\W{{0,4}}"
)
_TO_SHOP = rf"(?:(?:return|exchange|swap|refund|send\sback|give\sback){_ONE}|(?:send|give){_ONE}\sback)"
# "Return the mugs? Never!"
_NO_TO_ITSELF = rule(
    rf"\W{{0,3}}(?:(?:me|what|so|you\smean)\W{{1,3}}){{0,2}}{_TO_SHOP}\s?\?[\s!]{{0,4}}"
    r"(?:no(?:pe)?|nah|never|no\sway|not\s(?:in|a|ever|me|really|at|now|yet|today|likely|happening)|why\s(?:would|should)"
    r"|certainly\snot|of\scourse\snot|forget\sit|hell\sno)\b[^?]{0,40}\??\W{0,4}"
)
_ASKS_ADVICE = rule(
    r"\W{0,3}(?:(?:so|and|but|well|hm+|ok|hi|hello)\W{1,3}){0,2}"
    r"(?:(?:do\syou\sthink|would\syou\ssay|what\sdo\syou\sthink)\W{1,3}(?:that\s)?)?(?:i|we)?\s?(?:should|shall|ought)\s"
    rf"(?:(?:i|we)\s)?(?:to\s)?(?:better\s|rather\s|really\s|maybe\s|just\s)?{_TO_SHOP}(?:\sor\s(?:not|keep\s\w{{2,6}}))?\s?\?\W{{0,4}}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CalledOff:
    """Returns that are called off: their numbers, where they are told; `asks` is who only asks, or is in doubt."""

    numbers: tuple[int, ...] = ()
    asks: bool = False


def read_called_off(text: str) -> CalledOff | None:
    """The returns that a message calls off; None where it does not speak of that."""
    plain = text.lower().replace("’", "'")
    if _CALLS_OFF.search(plain) is None or _REFUSES.search(plain) is not None:
        return None
    numbers = tuple(dict.fromkeys(int(found["digits"]) for found in _NUMBER.finditer(plain)))
    wonders = "?" in plain and _ASKS_FOR_IT.search(plain) is None
    asks = (
        wonders
        or _ASKS.search(plain) is not None
        or _DOUBTS.search(_NOT_NEEDED.sub(" ", _CALLS_OFF.sub(" ", plain))) is not None
    )
    return CalledOff(numbers=numbers, asks=asks)


def refuses_return(text: str) -> bool:
    """Whether all of a message says that nothing comes back: "I won't return the mugs", "don't send them back"."""
    plain = text.lower().replace("’", "'")
    return _REFUSES_ONE.fullmatch(plain) is not None or _NO_TO_ITSELF.fullmatch(plain) is not None


def asks_whether_to_return(text: str) -> bool:
    """Whether all of a message asks for advice: "should I send the mugs back?"."""
    return _ASKS_ADVICE.fullmatch(text.lower().replace("’", "'")) is not None


def may_call_off(text: str) -> bool:
    """Whether a message, right behind a return, is likely to call it off: "call it off", "I'll keep the mugs now".

    What speaks of orders is about those: "everything that is pending, cancel it".
    """
    plain = text.lower().replace("’", "'")
    if SPEAKS_OF_ORDERS.search(plain) is not None:
        return False
    return _KEEPS.search(plain) is not None or (_IT_OFF.search(plain) is not None and _REFUSES.search(plain) is None)
