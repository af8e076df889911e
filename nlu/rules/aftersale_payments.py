"""Reads what shall pay, or be paid back to: "to my gift card", "not the Visa", "the card ending in 4242"."""

from dataclasses import dataclass
from enum import StrEnum

from nlu.rules.patterns import rule


class PayKind(StrEnum):
    """How something to pay with is called."""

    AS_PAID = "as_paid"
    GIFT_CARD = "gift_card"
    CARD = "card"
    ACCOUNT = "account"
    INVOICE = "invoice"
    OTHER = "other"  # than the one that was spoken of
    CROSSWISE = "crosswise"  # of each order to what paid for the other one


@dataclass(frozen=True, kw_only=True, slots=True)
class PayWish:
    """One way to pay that is spoken of; `said` holds its words, `ending` the last digits, if they are said."""

    kind: PayKind
    said: str
    ending: str = ""
    refused: bool = False


_BRANDS = "visa|master ?card|amex|american express|discover|maestro|diners"
_SERVICES = "pay ?pal|apple ?pay|google ?pay|klarna|venmo|amazon ?pay|stripe|alipay|wero"
_BRANDED = rule(rf"\b(?:{_BRANDS}|{_SERVICES})\b")
_CROSS = (
    r"\bcross\s?wise\b|\bthe\sother\sway\s(?:a)?round\b|\bswap(?:ped)?\s(?:the\s)?(?:refunds|payment\smethods)\b"
    r"|\b(?:the\s)?other(?:\sorder)?['’]s\s(?:(?:form|method)\sof\spayment|payment(?:\smethod)?|method)\b"
    r"|\b(?:payment\s)?(?:method|card)\sof\sthe\sother(?:\s(?:order|one))?\b"
)
_PAY = rule(
    rf"(?P<cross>{_CROSS})|"
    r"(?:\b(?:the|my|a|your|our|that|this)\s)?(?:"
    r"(?P<as_paid>\b(?:original|same|initial)\s(?:form\sof\s)?(?:payment(?:\s(?:methods?|forms?|source|options?))?|cards?|methods?"
    r"|account)\b|\bcard\s(?:that\s)?i\s(?:used|paid\swith|ordered\swith|bought\sit\swith)\b"
    r"|\b(?:how|the\sway)\si\s(?:originally\s)?paid\b|\bwhatever\si\s(?:used|paid\swith)\b|\boriginal\sones?\b|\boriginal\s(?:form|method)s?\sof\spayment\b)"
    r"|(?P<other>\b(?:other|another|different|second)\s(?:credit\s|debit\s)?(?:card|payment(?:\smethod)?|method|account)\b)"
    r"|(?P<gift>\b(?:gift\s?-?cards?|gift\svoucher|store\scredit|gift\sbalance|gift\scertificate)\b)"
    rf"|(?P<card>\b(?:(?:{_BRANDS})(?:\s(?:credit|debit))?(?:\scard)?|(?:credit|debit|bank|cc)\s?-?cards?|cc)\b"
    r"|(?<![\w-])card(?=\s(?:ending|that\sends|with\s(?:the\s)?(?:number|last)))"
    r"|(?<=my\s)card\b|(?<=to\sthe\s)card\b|(?<=on\sthe\s)card\b|(?<=with\sthe\s)card\b|(?<=from\sthe\s)card\b|(?<=(?:than|only)\sthe\s)card\b|(?<=use\sthe\s)card\b|(?<=not\sthe\s)card\b)"
    rf"|(?P<account>\b(?:{_SERVICES})(?:\saccount)?\b)"
    r"|(?P<invoice>\b(?:invoice|bank\stransfer)\b)"
    r")(?:\s(?:card\s)?(?:(?:that\s)?(?:ending|ends)(?:\s(?:in|with|on))?|with\s(?:the\s)?last\s(?:four|4)(?:\sdigits)?"
    r"|\(?\*{0,4})\s?#?\*{0,4}(?P<ending>\d{4})\b\)?)?"
)
# Of two that exclude each other: what leaves more money.
PREFERS_MORE = rule(
    r"\b(?:whichever|whatever|what|the\sone(?:\sthat)?|that)\s(?:one\s)?(?:\w{1,9}\s){0,3}?(?:save[sd]?|gets?|gives?|brings?|leaves?|pays?|is|costs?|would\ssave)\s"
    r"(?:me\s|us\s|back\s|with\s|the\s|a\s){0,4}(?:more|most|better|cheaper|cheapest|biggest|bigger|highest|higher|least|less)\b"
    r"|\b(?:saves?|saving)\s(?:me\s|us\s)?(?:the\s)?(?:more|most)\b"
)
TAKES_OTHER_KIND = rule(
    r"\b(?P<kind>exchang\w{1,3}|swap\w{0,4}|return\w{0,3}|refund\w{0,3}|money\sback)\b[^.!?;]{0,40}\b(?:instead|rather|then)\b"
    r"|\b(?:rather|prefer|instead|better)\b[^.!?;]{0,40}\b(?P<other>exchang\w{1,3}|swap\w{0,4}|return\w{0,3}|refund\w{0,3}|money\sback)\b"
    r"|\bthe\sother\s(?:one|option|way|possibility)\b"
)
_REFUSES = rule(
    r"(?:\b(?:not|don'?t|do\snot|never|instead\sof|rather\sthan|without|no)\s(?:(?:to|on|use|using|want|with|the|my|from|via|it|put)\s){0,5})\Z"
)
# What comes behind in a choice of two: "I'd rather use PayPal than the gift card", "my card over the voucher".
_COMES_BEHIND = rule(
    r"\b(?:rather|prefer\w{0,4}|sooner|better|like)\b[^.!?;]{0,40}\b(?:than|over|to)\s(?:(?:to|on|use|using|with|the|my|a|from|via|through|by)\s){0,4}\Z"
)
_ASKS = rule(
    r"\b(?:balance|how\smuch\s(?:is|do\si\shave|money\sis|have\si\sgot)|what(?:'s|\sis)\s(?:left\s)?(?:on|in)|left\son)\b"
)
_ANY_ORIGINAL = rule(r"(?:(?:the|my|a|your|our|that|this)\s)?original\sones?")
_OF_MONEY = rule(r"\b(?:refund\w{0,3}|money|pay\w{0,4}|paid|methods?|amount|difference|charged?|cards?)\b")
_KINDS = (
    ("cross", PayKind.CROSSWISE),
    ("as_paid", PayKind.AS_PAID),
    ("other", PayKind.OTHER),
    ("gift", PayKind.GIFT_CARD),
    ("card", PayKind.CARD),
    ("account", PayKind.ACCOUNT),
    ("invoice", PayKind.INVOICE),
)


def read_payments(text: str) -> tuple[tuple[PayWish, ...], str]:
    """The ways to pay that a message wants or refuses, in its order, and the message with blanks in their places."""
    wishes: list[PayWish] = []
    rest = text
    for match in _PAY.finditer(text):
        if _ANY_ORIGINAL.fullmatch(match[0]) and not _OF_MONEY.search(text):
            continue  # an address, or a thing
        kind = next(kind for name, kind in _KINDS if match[name])
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
        if asks_balance(text) and kind is PayKind.GIFT_CARD:
            continue
        refused = _refuses(text[max(0, match.start() - 60) : match.start()], second=bool(wishes))
        wishes.append(PayWish(kind=kind, said=match[0], ending=match["ending"] or "", refused=refused))
    return tuple(wishes), rest


def names_brand(text: str) -> bool:
    """Whether a text names whose card or account it is: of another's it is none."""
    return _BRANDED.search(text.lower()) is not None


def _refuses(before: str, *, second: bool) -> bool:
    """Whether what stands before a way to pay says that it is not wanted, or less than one that was called first."""
    return _REFUSES.search(before) is not None or (second and _COMES_BEHIND.search(before) is not None)


def speaks_of_payment(text: str) -> bool:
    """Whether a text in small letters names a way to pay."""
    return _PAY.search(text) is not None


def asks_balance(text: str) -> bool:
    """Whether it asks what is left on a gift card."""
    return _ASKS.search(text) is not None and ("gift" in text or "balance" in text)
