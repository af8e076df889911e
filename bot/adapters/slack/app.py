"""The Slack app: one set of listeners behind Socket Mode and HTTP, which store, acknowledge, and work afterwards."""

import asyncio
import re
import secrets
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol

import structlog
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.adapters.slack.events import SLACK, Unreadable
from bot.adapters.slack.forms import FORM, wrong_fields
from bot.adapters.slack.parts import SlackParts, SupportDesk
from bot.adapters.slack.people import People
from bot.adapters.slack.sending import SlackOutbox, SlackSender, slack_client
from bot.adapters.slack.taking import Taking
from bot.adapters.slack.turns import Turns

__all__ = [
    "SlackApp",
    "SlackParts",
    "SlackSender",
    "SupportDesk",
    "make_slack_app",
    "slack_client",
    "slack_http",
    "start_socket_mode",
]

log = structlog.get_logger()
Body = dict[str, Any]
Ack = Callable[..., object]
WRONG_SHAPE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)  # what Bolt lets it lead to


class SlackApp(App):
    """A Bolt app that can finish what it acknowledged."""

    taking: Taking
    signatures: SignatureVerifier

    def take_up(self) -> None:
        """Begins with what was acknowledged before a crash."""
        self.taking.start()

    def close(self) -> None:
        """Answers everything that was acknowledged; nothing may be dispatched any more."""
        self.listener_runner.listener_executor.shutdown(wait=True)
        self.taking.close()


class Closeable(Protocol):
    """Something that runs until it is closed."""

    def close(self) -> None:
        """Stops it, after what was begun is finished."""
        ...


def make_slack_app(parts: SlackParts) -> SlackApp:
    """The app with all its listeners; it connects to nothing by itself.

    A listener does no more than store what arrived and put the work into its conversation's lane; only then is it
    acknowledged, so that a crash loses nothing. Without a signing secret every HTTP request is refused.
    """
    client = slack_client(parts.bot_token, parts.api_url)

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # One workspace and one token: asking Slack would only delay the acknowledgement.
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=parts.bot_token)

    signing_secret = parts.signing_secret or secrets.token_hex(32)
    app = SlackApp(
        name="parley",
        client=slack_client(None, parts.api_url),
        authorize=authorize,
        signing_secret=signing_secret,
        process_before_response=True,  # listeners run before the acknowledgement, and in the order of arrival
        listener_executor=ThreadPoolExecutor(max_workers=1),  # unused, but by default there are ten threads
    )
    turns = Turns(parts, SlackOutbox(client, parts.image_base), People(client, parts.unit_of_work, parts.shop))
    app.taking = Taking(turns, parts.envelopes(SLACK))
    app.signatures = SignatureVerifier(signing_secret)
    _listen(app, app.taking.take)
    return app


def _listen(app: SlackApp, take: Callable[[Body], None]) -> None:
    def on_event(body: Body) -> None:
        try:
            take(body)
        except Unreadable as error:
            _junk(error)  # and acknowledged: it would not be better the next time

    def on_interaction(ack: Ack, body: Body) -> None:
        take(body)
        ack()

    def on_form(ack: Ack, body: Body) -> None:
        if wrong := wrong_fields(body["view"]):
            ack(response_action="errors", errors=wrong)
        else:
            on_interaction(ack, body)

    def on_error(error: Exception) -> BoltResponse | None:
        if isinstance(error, WRONG_SHAPE):
            return _junk(error)
        log.error("slack is to deliver it again", error=type(error).__name__)
        return None

    anything = re.compile(".*")
    app.event(anything)(on_event)
    app.action(anything)(on_interaction)
    app.command(anything)(on_interaction)
    app.view(FORM)(on_form)
    app.error(on_error)


def start_socket_mode(app: SlackApp, app_token: str, api_url: str | None) -> Closeable:
    """Connects without a public address and answers until it is closed.

    Raises:
        SlackClientError: Slack does not take the token.
    """
    app.take_up()
    # One at a time, so that messages stay in the order they came in; storing takes no time.
    handler = SocketModeHandler(app, app_token, web_client=slack_client(app_token, api_url), concurrency=1)
    handler.client.connect()
    return _Running(handler, app)


class _Running:
    def __init__(self, handler: SocketModeHandler, app: SlackApp) -> None:
        self._handler = handler
        self._app = app

    def close(self) -> None:
        """Hears no more, and finishes what it acknowledged."""
        client = self._handler.client
        client.auto_reconnect_enabled = False
        session = client.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)  # or closing waits until a read of three seconds is over
        client.close()
        self._app.close()


def slack_http(app: SlackApp) -> Callable[[Request], Awaitable[Response]]:
    """The route for POST /slack/events: events, commands and interactions.

    The signature is checked before anything is read: Bolt checks it again, but parses first. One delivery is stored
    after the other, so that messages stay in the order they came in.
    """
    one_at_a_time = asyncio.Lock()

    async def handle(request: Request) -> Response:
        body = await request.body()
        if not _signed(app, request, body):
            log.warning("request refused", channel="slack")
            return Response(status_code=401)
        try:
            async with one_at_a_time:
                answer = await run_in_threadpool(app.dispatch, to_bolt_request(request, body))
        except WRONG_SHAPE as error:
            return to_starlette_response(_junk(error))
        return to_starlette_response(answer)

    return handle


def _junk(error: Exception) -> BoltResponse:
    why = {"lacks": str(error)} if isinstance(error, Unreadable) else {}
    log.warning("request with junk", channel="slack", error=type(error).__name__, **why)
    return BoltResponse(status=400)


def _signed(app: SlackApp, request: Request, body: bytes) -> bool:
    try:
        return app.signatures.is_valid_request(body, dict(request.headers))
    except (ValueError, TypeError, OverflowError):  # a time that is no number or none of ours, letters of no signature
        return False
