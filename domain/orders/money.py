"""What an order costs today: the sum that its ledger is settled to."""

from collections.abc import Iterable
from decimal import Decimal

from domain.model import Order, OrderState
from domain.records.returns import Return

_NOTHING = Decimal("0.00")


def costs_today(order: Order, returns: Iterable[Return] = ()) -> Decimal:
    """What the lines cost that the customer has or gets; nothing of a cancelled order.

    What came back is off once it is settled, and what took its place is on. `returns` are the order's: only one that
    was delivered has any.
    """
    if order.state is OrderState.CANCELLED:
        return _NOTHING
    return order.total - sum((one.back for one in returns if one.state.is_settled), _NOTHING)
