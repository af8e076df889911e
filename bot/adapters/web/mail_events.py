"""Where SendGrid reports what became of mails: POST /sendgrid/events of the web app, with its signature.

Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
and https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from sendgrid.helpers.eventwebhook import EventWebhook  # type: ignore[import-untyped]

from bot.adapters.web.webhooks import short_enough
from bot.config import BadConfiguration
from domain.errors import Busy
from domain.ports import Clock, UnitOfWork
from mail.events import MailEvent, take_events

SIGNATURE_HEADER = "x-twilio-email-event-webhook-signature"
TIMESTAMP_HEADER = "x-twilio-email-event-webhook-timestamp"
# SendGrid repeats a batch for up to 24 hours until it is taken, and nowhere says whether a repetition is signed anew.
# So a signature may be as old as that: the few minutes that others allow could lose what was reported while we were
# down. A replay in that time does nothing, because every event is acted upon once; their marks are kept for longer.
OLDEST = timedelta(hours=25)
CLOCKS_APART = timedelta(minutes=10)

log = structlog.get_logger()


def add_mail_events(app: FastAPI, unit_of_work: Callable[[], UnitOfWork], clock: Clock, public_key: str) -> None:
    """Adds the route.

    Raises:
        BadConfiguration: `public_key` is not what SendGrid shows as the verification key, base64 of a DER key.
    """
    webhook = _webhook(public_key)

    async def take(request: Request) -> Response:
        if not short_enough(request):
            return Response(status_code=413)
        body = await request.body()
        now = clock.now()
        signature, timestamp = (request.headers.get(name, "") for name in (SIGNATURE_HEADER, TIMESTAMP_HEADER))
        if not _in_time(timestamp, now) or not _signed(webhook, body, signature, timestamp):
            log.warning("mail events refused: check the clock and PARLEY_SENDGRID_WEBHOOK_KEY")
            return Response(status_code=403)
        try:
            events = _events(body)
        except (ValueError, RecursionError, OverflowError, OSError):  # no JSON, or too deep; a time that is none
            return Response(status_code=400)
        return Response(status_code=await run_in_threadpool(_take, unit_of_work, events, now))

    app.add_route("/sendgrid/events", take, methods=["POST"])


def _webhook(public_key: str) -> EventWebhook:
    try:
        webhook = EventWebhook(public_key)
        webhook.verify_signature("", "", "")  # a key of another kind than SendGrid's cannot do this
    except (ValueError, TypeError, AttributeError) as exc:
        problem = "PARLEY_SENDGRID_WEBHOOK_KEY: is not the verification key that SendGrid shows for its event webhook"
        raise BadConfiguration("the environment", (problem,)) from exc
    return webhook


def _in_time(timestamp: str, now: datetime) -> bool:
    """Whether seconds of Unix time lie in the time in which a batch may come."""
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 10:
        return False
    return -CLOCKS_APART <= now - datetime.fromtimestamp(int(timestamp), UTC) <= OLDEST


def _signed(webhook: EventWebhook, body: bytes, signature: str, timestamp: str) -> bool:
    try:
        return bool(webhook.verify_signature(body.decode(), signature, timestamp))
    except ValueError:  # no UTF-8, or no base64
        return False


def _events(body: bytes) -> list[MailEvent]:
    """The events of a batch that carry what we need.

    Raises:
        ValueError: the body is no list in JSON.
    """
    batch = json.loads(body)
    if not isinstance(batch, list):
        raise ValueError("a batch is a list")
    return [event for event in map(_event, batch) if event is not None]


def _event(given: object) -> MailEvent | None:
    """One event; None for those of other mails than ours, which have no `message_id`."""
    if not isinstance(given, dict):
        return None
    texts = [given.get(name) for name in ("sg_event_id", "event", "message_id")]
    timestamp = given.get("timestamp")
    if not all(isinstance(text, str) and text and text.isprintable() for text in texts) or not isinstance(
        timestamp, int
    ):
        return None
    event_id, name, message_id = map(str, texts)
    return MailEvent(
        event_id=event_id,
        name=name,
        message_id=message_id,
        at=datetime.fromtimestamp(timestamp, UTC),
        bounce_type=str(given.get("type", "")),
        reason=str(given.get("reason", "")),
        by_machine=given.get("sg_machine_open") is True,
    )


def _take(unit_of_work: Callable[[], UnitOfWork], events: list[MailEvent], now: datetime) -> int:
    """Acts on all of them or on none; the answer's status: SendGrid repeats what is not answered with 2xx."""
    try:
        with unit_of_work() as uow:
            take_events(uow, events, now)
            uow.commit()
    except Busy:
        return 503
    return 204
