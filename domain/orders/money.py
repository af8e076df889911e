"""What an order costs today: the sum that its ledger is settled to."""

from decimal import Decimal

from domain.model import Order, OrderState

_NOTHING = Decimal("0.00")


def costs_today(order: Order) -> Decimal:
    """What the lines cost that the customer has or gets; nothing of a cancelled order."""
    return _NOTHING if order.state is OrderState.CANCELLED else order.total
