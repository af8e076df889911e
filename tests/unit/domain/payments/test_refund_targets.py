"""Money goes back to where the shop's rules let it."""

import pytest

from domain.errors import RefundElsewhere
from domain.model import RefundTo
from domain.payments.refund_targets import check_target
from domain.records.payments import Method, MethodKind

CARD = Method(method_id="card", kind=MethodKind.CARD, label="Visa card ending in 4242")
GIFT = Method(method_id="gift", kind=MethodKind.GIFT_CARD, label="gift card")
ACCOUNT = Method(method_id="account", kind=MethodKind.ACCOUNT, label="PayPal")


@pytest.mark.parametrize(
    ("method", "allowed"),
    [
        (CARD, RefundTo.ORIGINAL),
        (CARD, RefundTo.ORIGINAL_OR_GIFT_CARD),
        (GIFT, RefundTo.ORIGINAL_OR_GIFT_CARD),
        (ACCOUNT, RefundTo.ANY),
    ],
)
def test_money_may_go_there(method: Method, allowed: RefundTo) -> None:
    check_target(1, method, [CARD], allowed)


@pytest.mark.parametrize(
    ("method", "allowed"),
    [(GIFT, RefundTo.ORIGINAL), (ACCOUNT, RefundTo.ORIGINAL), (ACCOUNT, RefundTo.ORIGINAL_OR_GIFT_CARD)],
)
def test_money_may_not_go_there(method: Method, allowed: RefundTo) -> None:
    with pytest.raises(RefundElsewhere) as refused:
        check_target(1, method, [CARD], allowed)
    assert (refused.value.order_id, refused.value.label, refused.value.paid) == (1, method.label, (CARD.label,))
