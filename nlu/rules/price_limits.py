"""Reads how much more something may cost: "if it is not more than $20 more", "only if it's cheaper"."""

from decimal import Decimal

from nlu.rules.patterns import rule

_AMOUNT = r"(?:[$£€]\s?)?(?P<amount>\d{1,6}(?:[.,]\d{1,2})?)"
_AT_MOST = rule(
    r"\b(?:(?:not|no|n't|doesn't\scost|isn't|never)\s(?:\w{1,10}\s){0,2}?(?:more|higher|greater|above|over)(?:\sthan)?"
    r"|less\sthan|under|below|at\smost|up\sto|within|max(?:imum)?(?:\sof)?|no\sgreater\sthan|cheaper\sthan)\s"
    rf"{_AMOUNT}"
)
_MORE = rule(rf"\b(?:more\sthan|over|above|exceeds?|higher\sthan|greater\sthan)\s{_AMOUNT}")
_NOTHING_MORE = rule(
    r"\b(?:cheaper|less\sexpensive|(?:not|no|isn't|doesn't)\s(?:\w{1,8}\s)?(?:more|extra|dearer)(?:\sexpensive)?|costs?\s(?:the\ssame|less)"
    r"|same\sprice|no\s(?:extra|additional)\s(?:cost|charge))\b"
)
_ASKED_FOR = rule(
    r"\b(?:under|below|less\sthan|at\smost|up\sto|within|max(?:imum)?(?:\sof)?|cheaper\sthan|(?:not|no)\s(?:\w{1,10}\s)?(?:more|dearer|higher|over)\sthan)\s"
    r"(?:[$£€]\s?(?P<sign>\d{1,6}(?:[.,]\d{1,2})?)|(?P<amount>\d{1,6}(?:[.,]\d{1,2})?)\s?(?:dollars?|bucks|usd|euros?|eur|pounds?|gbp|[$£€]))"
    r"(?!\s(?:more|extra|dearer|on\stop|difference|back))"
)
_HANGS = rule(r"\b(?:if|unless|provided|as\slong\sas|so\slong\sas)\b[^.;!?\n]{0,80}\Z")
_COMPARES = rule(r"\b(?:difference|extra|additional|pay|surcharge|dearer|on\stop)\b")
_COST = rule(r"\b(?:costs?|costed|price|priced|was|is)\b")
_OF_PRICES = rule(r"[$£€]|\b(?:costs?|prices?|cheaper|expensive|difference|dollars?|bucks|euros?|pounds?|pay|extra)\b")


def is_of_prices(text: str) -> bool:
    """Whether a condition is about what something costs; `text` is in small letters."""
    return _OF_PRICES.search(text) is not None


def price_limit(condition: str, *, refuses: bool) -> Decimal | None:
    """How much more something may cost at most; None where a condition says nothing of it.

    Args:
        condition: its words, in small letters.
        refuses: whether it says when something shall not be done.
    """
    if not is_of_prices(condition):
        return None
    found = _MORE.search(condition) if refuses else _AT_MOST.search(condition)
    if found is not None:
        return _amount(found["amount"])
    return Decimal(0) if not refuses and _NOTHING_MORE.search(condition) else None


def bound_asked_for(text: str) -> Decimal | None:
    """What something that is asked for may cost at most: "one under $200"; None where that is not said, or hangs on it.

    Args:
        text: in small letters.
    """
    found = _ASKED_FOR.search(text)
    if found is None or _HANGS.search(text[: found.start()]):
        return None
    return _amount(found["sign"] or found["amount"])


def holds(condition: str, price: Decimal) -> bool | None:
    """Whether a condition on what a thing cost is fulfilled: "if it costs more than $300"; None where it is another.

    Args:
        condition: its words, in small letters.
        price: what the thing cost.
    """
    if _COMPARES.search(condition) or not _COST.search(condition):
        return None
    unless = condition.startswith("unless")
    if (found := _AT_MOST.search(condition)) is not None:
        return (price <= _amount(found["amount"])) is not unless
    if (found := _MORE.search(condition)) is not None:
        return (price > _amount(found["amount"])) is not unless
    return None


def is_of_whole_price(condition: str, limit: Decimal, price: Decimal) -> bool:
    """Whether a limit is one of what something costs, and not of how much more it may cost than another's price."""
    return _COMPARES.search(condition) is None and limit > price / 2


def _amount(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))
