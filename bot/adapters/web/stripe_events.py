"""Where Stripe reports what was paid: POST /stripe/events of the web app, with its signature and time.

Source: https://docs.stripe.com/webhooks#verify-manually and https://docs.stripe.com/webhooks/best-practices
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from stripe import SignatureVerificationError, WebhookSignature

from bot.adapters.web.pay_page import Till
from bot.adapters.web.webhooks import short_enough
from domain.errors import Busy
from domain.numbers import plain_number
from domain.orders.paying import take_payment
from domain.payments.providing import ProviderAway, ProviderRefused
from domain.ports import Clock, UnitOfWork

SIGNATURE_HEADER = "stripe-signature"
TOLERANCE = timedelta(minutes=5)  # Stripe's own default; each try is signed anew
PAID = "payment_intent.succeeded"

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Event:
    """What was reported, and of which payment."""

    event_id: str
    reference: str


def add_stripe_events(app: FastAPI, till: Till, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
    """Adds the route."""

    async def take(request: Request) -> Response:
        if not short_enough(request):
            return Response(status_code=413)
        body, signature = await request.body(), request.headers.get(SIGNATURE_HEADER, "")
        now = clock.now()
        if not _in_time(signature, now) or not _signed(body, signature, till.webhook_secret):
            log.warning("payment events refused: check the clock and PARLEY_STRIPE_WEBHOOK_SECRET")
            return Response(status_code=403)
        try:
            event = _event(body)
        except (ValueError, RecursionError):  # no JSON, or too deep
            return Response(status_code=400)
        if event is None:
            return Response(status_code=204)
        return Response(status_code=await run_in_threadpool(_take, till, unit_of_work, event, now))

    app.add_route("/stripe/events", take, methods=["POST"])


def _in_time(signature: str, now: datetime) -> bool:
    """Whether the header's `t`, seconds of Unix time, is of now."""
    said = next((part.strip()[2:] for part in signature.split(",") if part.strip().startswith("t=")), "")
    seconds = plain_number(said) if len(said) <= 10 else None
    return seconds is not None and abs(now - datetime.fromtimestamp(seconds, UTC)) <= TOLERANCE


def _signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        return bool(WebhookSignature.verify_header(body.decode(), signature, secret, None))
    except (SignatureVerificationError, ValueError):
        return False


def _event(body: bytes) -> _Event | None:
    """The event where it says that something was paid.

    Raises:
        ValueError: the body is no event in JSON.
    """
    given = json.loads(body)
    if not isinstance(given, dict):
        raise ValueError("an event is an object")
    if given.get("type") != PAID:
        return None
    data = given.get("data")
    about = data.get("object") if isinstance(data, dict) else None
    event_id, reference = given.get("id"), about.get("id") if isinstance(about, dict) else None
    if not all(isinstance(one, str) and one and one.isprintable() for one in (event_id, reference)):
        raise ValueError("an event and its payment have ids")
    return _Event(event_id=str(event_id), reference=str(reference))


def _take(till: Till, unit_of_work: Callable[[], UnitOfWork], event: _Event, now: datetime) -> int:
    """Asks what came in and notes it; the answer's status: Stripe repeats what is not answered with 2xx."""
    try:
        received = till.provider.received(event.reference)
    except ProviderAway:
        return 503
    except ProviderRefused as error:
        log.warning("payment of another shop reported", reason=error.reason)
        return 204
    if received is None:
        return 204
    try:
        with unit_of_work() as uow:
            taken = take_payment(uow, event.event_id, received, now=now)
            uow.commit()
    except Busy:
        return 503
    log.info("payment came in" if taken else "payment came in before", order_id=received.order_id)
    return 204
