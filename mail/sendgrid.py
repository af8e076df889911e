"""Hands mails to SendGrid, and says what became of each: taken, not now, never, or nobody knows.

Source: https://www.twilio.com/docs/sendgrid/api-reference/mail-send and
https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses
"""

import base64
import json
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError as UrllibHTTPError
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler

from python_http_client import Client  # type: ignore[import-untyped]
from python_http_client.exceptions import HTTPError  # type: ignore[import-untyped]
from sendgrid import SendGridAPIClient  # type: ignore[import-untyped]
from sendgrid.helpers import mail as sendgrid_mail  # type: ignore[import-untyped]

from domain.records.notifications import Kind
from mail.letter import Mail, Refused, TryLater, Unsettled

API_URL = "https://api.sendgrid.com"
LONGEST_WAIT = timedelta(hours=1)

_OK, _ACCEPTED = 200, 202  # 200 answers in sandbox mode
_NOT_NOW = (408, 429)
# These are faults of our settings and not of the mail, which must not be lost for them.
_WRONG_SETTINGS = {
    401: "SendGrid does not know the API key: set PARLEY_SENDGRID_API_KEY to a valid one, then retry",
    403: "SendGrid forbids it: give the API key the right to send mail and verify the sender addresses, then retry",
    404: "this is not SendGrid's address: check PARLEY_SENDGRID_API_URL, then retry",
    405: "this is not SendGrid's address: check PARLEY_SENDGRID_API_URL, then retry",
    407: "the proxy wants a password: check the environment's https_proxy, then retry",
}
# A gateway on the way gave up waiting: SendGrid may have taken the mail.
_GATEWAY_GAVE_UP = (502, 504)
_MOST_WORDS = 300
_OF_CAMPAIGNS = (Kind.CAMPAIGN, Kind.CART_REMINDER)
_ADDRESS = re.compile(r"\S*(?:@|%40|&#64;)\S*", re.IGNORECASE)


class SendGridMailer:
    """Implements `mail.letter.Mailer`; any number of threads may send at once."""

    def __init__(
        self,
        api_key: str,
        url: str | None,
        *,
        from_email: str,
        from_name: str,
        marketing_email: str,
        timeout: float = 10.0,
        counts_reading: bool = False,
    ) -> None:
        """`url` is another server than SendGrid's own; `timeout` is in seconds, for each step of the network.

        `counts_reading` has SendGrid say who opens campaigns and clicks in them.
        """
        self._api_key = api_key.strip()
        self._url = (url or API_URL).rstrip("/")
        self._receipts = sendgrid_mail.From(from_email, from_name)
        self._marketing = sendgrid_mail.From(marketing_email, from_name)
        self._timeout = timeout
        self._counts_reading = counts_reading
        # At its level DEBUG the client logs whole mails with their addresses, and the key.
        logging.getLogger("python_http_client.client").disabled = True

    def send(self, mail: Mail, now: datetime) -> None:
        """See `mail.letter.Mailer.send`."""
        content = self._content(mail)
        try:
            answer = self._client().post(request_body=content)
        except HTTPError as exc:
            raise _failure(exc.status_code, exc.headers, _said(exc.body, mail.to), now) from exc
        except URLError as exc:
            # urllib wraps exactly what fails until the request is written to its end: nobody can have taken half of it.
            raise TryLater(f"SendGrid was not reached: {_name(exc.reason)}") from exc
        except (OSError, HTTPException) as exc:
            raise Unsettled(f"SendGrid's answer was lost: {_name(exc)}") from exc
        if answer.status_code not in (_OK, _ACCEPTED):
            raise Unsettled(f"SendGrid answered {answer.status_code}, which says neither yes nor no")

    def _client(self) -> "_Client":
        """A client of its own for each mail, because clients change the headers they share."""
        sendgrid = SendGridAPIClient(self._api_key, self._url)
        return _Client(
            host=sendgrid.host,
            request_headers=sendgrid.client.request_headers,
            version=3,
            url_path=["mail", "send"],
            timeout=self._timeout,
        )

    def _content(self, mail: Mail) -> dict[str, Any]:
        """The body of the request."""
        to = sendgrid_mail.To()
        to.email = mail.to  # as it is: the constructor would look for a name in it
        marketing = mail.kind.marketing
        made = sendgrid_mail.Mail(
            from_email=self._marketing if marketing else self._receipts,
            to_emails=to,
            subject=mail.letter.subject,
            plain_text_content=mail.letter.text,
            html_content=mail.letter.html,
        )
        made.category = [
            sendgrid_mail.Category(str(mail.kind)),
            sendgrid_mail.Category("marketing" if marketing else "transactional"),
        ]
        for file in mail.letter.files:
            made.attachment = sendgrid_mail.Attachment(
                sendgrid_mail.FileContent(base64.b64encode(file.content).decode()),
                sendgrid_mail.FileName(file.name),
                sendgrid_mail.FileType(file.media_type),
                sendgrid_mail.Disposition("inline" if file.alt else "attachment"),
                sendgrid_mail.ContentId(file.name) if file.alt else None,
            )
        made.custom_arg = sendgrid_mail.CustomArg("message_id", mail.message_id)
        if marketing:
            made.header = sendgrid_mail.Header("List-Unsubscribe", f"<{mail.unsubscribe_url}>")
            made.header = sendgrid_mail.Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
        # We spy on nobody, unless the shop wants it of its campaigns; else our signed links stay as they are.
        # The way out of marketing is our own.
        counted = self._counts_reading and mail.kind in _OF_CAMPAIGNS
        made.tracking_settings = sendgrid_mail.TrackingSettings(
            click_tracking=sendgrid_mail.ClickTracking(enable=counted, enable_text=False),
            open_tracking=sendgrid_mail.OpenTracking(enable=counted),
            subscription_tracking=sendgrid_mail.SubscriptionTracking(enable=False),
        )
        content: dict[str, Any] = made.get()
        return content


class _NoRedirects(HTTPRedirectHandler):
    """Makes an error of a redirection: following one would turn the POST into a GET and carry the key elsewhere."""

    handler_order = HTTPRedirectHandler.handler_order - 1  # before the one that every opener has

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        """Refuses."""
        raise UrllibHTTPError(req.full_url, code, msg, headers, fp)


class _Client(Client):  # type: ignore[misc]
    """The package's client, without redirections."""

    def _make_request(self, opener: Any, request: Any, timeout: float | None = None) -> Any:
        opener.add_handler(_NoRedirects())
        return super()._make_request(opener, request, timeout=timeout)


def _failure(status: int, headers: Mapping[str, str], said: str, now: datetime) -> TryLater | Refused | Unsettled:
    """What an answer other than yes means."""
    words = f" ({said})" if said else ""
    if status in _GATEWAY_GAVE_UP:
        return Unsettled(f"SendGrid answered {status}: a gateway gave up waiting{words}")
    if status in _NOT_NOW or status >= 500:
        return TryLater(f"SendGrid answered {status}{words}", after=_asked_wait(headers, now))
    if 300 <= status < 400:
        return TryLater("SendGrid's address leads elsewhere: check PARLEY_SENDGRID_API_URL, then retry")
    if status in _WRONG_SETTINGS:
        return TryLater(f"{_WRONG_SETTINGS[status]}{words}")
    return Refused(f"SendGrid answered {status}{words}")


def _asked_wait(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long an answer asks to wait, an hour at most.

    Retry-After holds seconds or a date (RFC 9110, section 10.2.3), SendGrid's X-RateLimit-Reset is Unix time.
    """
    wait: timedelta | None = None
    # Whatever else stands there, however large, says nothing.
    with suppress(ValueError, OverflowError, OSError):
        if retry_after := (headers.get("Retry-After") or "").strip():
            if retry_after.isdecimal():
                wait = timedelta(seconds=min(int(retry_after), LONGEST_WAIT.total_seconds()))
            else:
                moment = parsedate_to_datetime(retry_after)
                wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
        elif reset := (headers.get("X-RateLimit-Reset") or "").strip():
            wait = datetime.fromtimestamp(int(reset), UTC) - now
    return None if wait is None else max(timedelta(0), min(wait, LONGEST_WAIT))


def _said(body: bytes, address: str) -> str:
    """The messages of an answer, without anything that may be an address."""
    try:
        errors = json.loads(body)["errors"]
        messages = [str(error["message"]) for error in errors]
    except (ValueError, KeyError, TypeError):
        return ""
    said = "; ".join(messages).replace(address, "…")
    return _ADDRESS.sub("…", said)[:_MOST_WORDS]


def _name(error: object) -> str:
    return type(error).__name__ if isinstance(error, BaseException) else "no reason given"
