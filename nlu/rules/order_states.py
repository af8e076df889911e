"""Reads conditions on where an order is: "if it has not left yet", "unless it was delivered already"."""

from nlu.rules.patterns import rule

_LEFT = rule(r"\b(?:shipped|sent(?:\sout)?|dispatched|left|gone\sout|on\s(?:its|the)\sway|in\stransit)\b")
_CAME = rule(r"\b(?:delivered|arrived|here\salready|already\shere)\b")
_WAITS = rule(r"\b(?:pending|still\sopen|being\spacked|unshipped|still\swith\syou|being\sprocessed)\b")
_NO = rule(r"n't\b|\b(?:not|never|unless|before)\b")
_OF_ORDERS = rule(r"\b(?:it|that|this|they|order|orders|parcel|package|shipment)\b")


def is_so(condition: str, *, left: bool, came: bool) -> bool | None:
    """Whether a condition on where an order is is fulfilled; None where it is another.

    Args:
        condition: its words, in small letters.
        left: whether the order has left.
        came: whether it was delivered.
    """
    if _OF_ORDERS.search(condition) is None:
        return None
    rows = ((_WAITS, not left), (_CAME, came), (_LEFT, left))
    fact = next((value for pattern, value in rows if pattern.search(condition)), None)
    return None if fact is None else fact is (len(_NO.findall(condition)) % 2 == 0)
