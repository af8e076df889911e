"""Where money may go back to, by the shop's rules."""

from collections.abc import Sequence

from domain.errors import RefundElsewhere
from domain.model import RefundTo
from domain.records.payments import Method, MethodKind


def check_target(order_id: int, method: Method, paid: Sequence[Method], allowed: RefundTo) -> None:
    """Lets money of an order that was `paid` so go back to a method, or says that it may not.

    Raises:
        RefundElsewhere: it did not pay, and is no gift card where one is allowed.
    """
    if not is_target(method, paid, allowed):
        raise RefundElsewhere(order_id, method.label, tuple(one.label for one in paid), allowed)


def is_target(method: Method, paid: Sequence[Method], allowed: RefundTo) -> bool:
    """Whether money of what was `paid` so may go back to a method."""
    if allowed is RefundTo.ANY or method.method_id in {one.method_id for one in paid}:
        return True
    return method.kind is MethodKind.GIFT_CARD and allowed is RefundTo.ORIGINAL_OR_GIFT_CARD
