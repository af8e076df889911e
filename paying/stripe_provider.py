"""Takes cards through Stripe, and gives their money back: by payment intents, so that no card reaches the shop.

Source: https://docs.stripe.com/api/payment_intents, https://docs.stripe.com/api/refunds and
https://docs.stripe.com/api/idempotent_requests
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import stripe
from babel.numbers import get_currency_precision
from stripe import V1Services

from domain.numbers import plain_number
from domain.payments.providing import Asked, ProviderAway, ProviderRefused, Received

API_URL = "https://api.stripe.com"
SCRIPT_URL = "https://js.stripe.com/v3/"  # the form, for browsers
_ORDER, _REFUND = "parley_order", "parley_refund"  # what we call them, in Stripe's metadata
_PAID = ("succeeded", "processing")


class StripeProvider:
    """Implements `domain.payments.providing.Provider`; any number of threads may ask at once."""

    def __init__(self, api_key: str, currency: str, *, url: str | None = None, timeout: float = 10.0) -> None:
        """`url` is another server than Stripe's own; `timeout` is in seconds, for each request."""
        self._api_key = api_key.strip()
        self._url = (url or API_URL).rstrip("/")
        self._timeout = timeout
        self._currency = currency.lower()
        self._cents = Decimal(10) ** get_currency_precision(currency)

    def ask(self, order_id: int, amount: Decimal, *, charge_id: int, reference: str) -> Asked:
        """See `domain.payments.providing.Provider.ask`."""
        cents = self._whole(amount)
        with self._asking() as stripe_api:
            intents = stripe_api.payment_intents
            if not reference:
                made = intents.create(
                    params={
                        "amount": cents,
                        "currency": self._currency,
                        "metadata": {_ORDER: str(order_id)},
                    },
                    options={"idempotency_key": f"ask/{order_id}/{charge_id}/{cents}"},
                )
                return Asked(reference=made.id, secret=made.client_secret or "")
            intent = intents.retrieve(reference)
            if intent.status in _PAID:
                return Asked(reference=intent.id, secret="")
            if intent.amount != cents:
                intent = intents.update(reference, params={"amount": cents})
            return Asked(reference=intent.id, secret=intent.client_secret or "")

    def received(self, reference: str) -> Received | None:
        """See `domain.payments.providing.Provider.received`."""
        with self._asking() as stripe_api:
            intent = stripe_api.payment_intents.retrieve(reference)
            order_id = plain_number(str(intent.metadata.to_dict().get(_ORDER, "")))
            if intent.status != "succeeded" or order_id is None or not isinstance(intent.payment_method, str):
                return None
            method = stripe_api.payment_methods.retrieve(intent.payment_method)
        return Received(
            order_id=order_id,
            reference=intent.id,
            amount=(intent.amount / self._cents).quantize(Decimal("0.01")),
            method_id=intent.payment_method,
            label=f"card ending in {method.card.last4}" if method.card is not None else method.type.replace("_", " "),
        )

    def give_back(self, refund_id: int, amount: Decimal, *, reference: str) -> str:
        """See `domain.payments.providing.Provider.give_back`.

        Stripe forgets an idempotency key after a day, and a job may wait for longer; so the refunds that there are
        are looked at first.
        """
        ours = str(refund_id)
        with self._asking() as stripe_api:
            refunds = stripe_api.refunds
            for one in refunds.list(params={"payment_intent": reference, "limit": 100}).data:
                if one.metadata is not None and one.metadata.to_dict().get(_REFUND) == ours:
                    return one.id
            made = refunds.create(
                params={
                    "payment_intent": reference,
                    "amount": self._whole(amount),
                    "metadata": {_REFUND: ours},
                },
                options={"idempotency_key": f"refund/{refund_id}"},
            )
        return made.id

    def _whole(self, amount: Decimal) -> int:
        """An amount in the smallest unit of its currency."""
        return int(amount * self._cents)

    @contextmanager
    def _asking(self) -> Iterator[V1Services]:
        """Stripe's API over a connection of its own, and in our words why it did not do something.

        Raises:
            ProviderAway: trying again helps, if only once the settings are right.
            ProviderRefused: it never will.
        """
        connection = stripe.RequestsClient(timeout=self._timeout)
        client = stripe.StripeClient(
            self._api_key,
            base_addresses={"api": self._url},
            http_client=connection,
            max_network_retries=0,  # jobs and people try again
        )
        try:
            yield client.v1
        except (stripe.InvalidRequestError, stripe.CardError) as exc:
            raise ProviderRefused(exc.code or type(exc).__name__) from exc
        except stripe.StripeError as exc:
            raise ProviderAway(type(exc).__name__) from exc
        finally:
            connection.close()  # type: ignore[no-untyped-call]
