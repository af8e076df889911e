"""Jobs that give money back through the payment provider, each refund once, however often a worker dies at it."""

import structlog

from domain.orders.paying import leave_to_staff, note_given_back
from domain.payments.providing import Provider, ProviderAway, ProviderRefused
from domain.records.payments import owed_by_provider
from scheduler.workplace import Workplace

log = structlog.get_logger()

NO_PROVIDER = "no payment provider is configured: set payments.provider and its key, then retry"


class Paying:
    """Pays out what ledgers owe to methods of the provider."""

    def __init__(self, place: Workplace, provider: Provider | None) -> None:
        self._unit_of_work = place.unit_of_work
        self._clock = place.clock
        self._provider = provider

    def pay_out(self, order_id: int) -> None:
        """Gives back what an order owes.

        The provider is asked outside a transaction and finds by the refund's number what it did before, so that a
        worker may die between its answer and our note of it.

        Raises:
            ProviderAway: it is tried again.
        """
        with self._unit_of_work() as uow:
            owed = owed_by_provider(uow.payments.of_order(order_id))
        for refund, charge in owed:
            if self._provider is None:
                raise ProviderAway(NO_PROVIDER)
            try:
                reference = self._provider.give_back(refund.payment_id, refund.amount, reference=charge.reference)
            except ProviderRefused as error:
                log.warning("refund refused: staff pays it out", order_id=order_id, reason=error.reason)
                with self._unit_of_work() as uow:
                    leave_to_staff(uow, refund)
                    uow.commit()
                continue
            with self._unit_of_work() as uow:
                note_given_back(uow, refund, reference, now=self._clock.now())
                uow.commit()
