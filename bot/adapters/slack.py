"""The Slack app: one set of listeners behind Socket Mode and HTTP, which acknowledge at once and work afterwards."""

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
from slack_sdk.signature import SignatureVerifier

from bot.adapters.slack_events import pressed, said
from bot.adapters.slack_forms import FORM
from bot.adapters.slack_lanes import Lanes
from bot.adapters.slack_parts import SlackParts, SupportDesk
from bot.adapters.slack_people import People
from bot.adapters.slack_sending import Outbox, SlackSender, slack_client
from bot.adapters.slack_turns import Turns
from bot.messages import Choice

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
COMMANDS = ("/inventory", "/orders", "/parley", "/report", "/why")
Body = dict[str, Any]
Ack = Callable[[], object]


class SlackApp(App):
    """A Bolt app that can finish what it acknowledged."""

    lanes: Lanes
    signatures: SignatureVerifier

    def close(self) -> None:
        """Answers everything that was acknowledged; nothing may be dispatched any more."""
        self.listener_runner.listener_executor.shutdown(wait=True)
        self.lanes.close()


class Closeable(Protocol):
    """Something that runs until it is closed."""

    def close(self) -> None:
        """Stops it, after what was begun is finished."""
        ...


def make_slack_app(parts: SlackParts) -> SlackApp:
    """The app with all its listeners; it connects to nothing by itself.

    A listener does no more than acknowledge and put the work into its conversation's lane. Without a signing secret
    every HTTP request is refused.
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
        listener_executor=ThreadPoolExecutor(max_workers=1),  # one, so that messages stay in the order they came in
    )
    app.lanes, app.signatures = Lanes(), SignatureVerifier(signing_secret)
    turns = Turns(parts, Outbox(client, parts.image_base), People(client, parts.database, parts.shop))
    _listen(app, turns, parts)
    return app


def _listen(app: SlackApp, turns: Turns, parts: SlackParts) -> None:
    submit = app.lanes.submit

    def on_message(body: Body) -> None:
        message = said(body)
        if message is not None:
            submit(message.chat.chat_id, lambda: turns.said(message))

    def on_home(body: Body) -> None:
        event = body["event"]
        user, channel = event["user"], event.get("channel") or ""
        submit(channel or user, lambda: turns.arrived(user, channel))
        if event.get("tab") == "home":
            submit(f"home:{user}", lambda: turns.show_home(user))

    def on_join(body: Body) -> None:
        user = body["event"]["user"]
        if not user.get("is_bot"):
            submit(user["id"], lambda: turns.arrived(user["id"]))

    def on_action(ack: Ack, body: Body) -> None:
        ack()
        press = pressed(body)
        if press.action_id.partition("-")[0] == FORM:
            submit(f"form:{press.user}", lambda: turns.opens_form(press))
        elif press.value:
            own = press.in_home or press.ephemeral or Choice.decode(press.value).private
            submit(f"own:{press.user}" if own else press.chat.chat_id, lambda: turns.pressed(press))

    def on_command(ack: Ack, body: Body) -> None:
        ack()
        submit(f"own:{body['user_id']}", lambda: turns.commanded(body))

    def on_form(ack: Ack, body: Body) -> None:
        ack()
        submit(f"own:{body['user']['id']}", lambda: turns.sent_form(body))

    app.event("message")(on_message)
    app.event("app_mention")(on_message)
    app.event("app_home_opened")(on_home)
    app.event("team_join")(on_join)
    app.event(re.compile(".*"))(lambda: None)  # what a workspace subscribed to beyond our manifest
    app.action(re.compile(".*"))(on_action)
    app.view(FORM)(on_form)
    for command in COMMANDS:
        app.command(command)(on_command)


def start_socket_mode(app: SlackApp, app_token: str, api_url: str | None) -> Closeable:
    """Connects without a public address and answers until it is closed.

    Raises:
        SlackClientError: Slack does not take the token.
    """
    # One at a time, so that messages stay in the order they came in; acknowledging takes no time.
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

    The signature is checked before anything is read: Bolt checks it again, but parses first.
    """

    async def handle(request: Request) -> Response:
        body = await request.body()
        if not _signed(app, request, body):
            log.warning("request refused", channel="slack")
            return Response(status_code=401)
        return to_starlette_response(await run_in_threadpool(app.dispatch, to_bolt_request(request, body)))

    return handle


def _signed(app: SlackApp, request: Request, body: bytes) -> bool:
    try:
        return app.signatures.is_valid_request(body, dict(request.headers))
    except (ValueError, TypeError):  # a time that is no number, letters that no signature has
        return False
