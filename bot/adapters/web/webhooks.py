"""Where Slack and Telegram send what happens there: POST /slack/events and POST /telegram/webhook of the web app."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from telegram.error import TelegramError

from bot.adapters.slack.app import SlackApp, slack_http
from bot.adapters.telegram.app import TelegramBot, TokenRejected
from domain.numbers import plain_number

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - https://core.telegram.org/bots/api#setwebhook
MOST_BODY_BYTES = 1_000_000
PAUSE_SECONDS = 10.0

log = structlog.get_logger()


def add_webhooks(app: FastAPI, slack: SlackApp | None, telegram: TelegramBot | None) -> None:
    """Adds the routes of those channels that are configured; `webhooks_running` must be around the app's life."""
    if slack is not None:
        take_from_slack = slack_http(slack)

        async def take_request(request: Request) -> Response:
            return await take_from_slack(request) if short_enough(request) else Response(status_code=413)

        app.add_route("/slack/events", take_request, methods=["POST"])
    if telegram is None:
        return

    async def take_update(request: Request) -> Response:
        if not short_enough(request):
            return Response(status_code=413)
        return Response(status_code=await telegram.feed(await request.body(), request.headers.get(SECRET_HEADER)))

    app.add_route("/telegram/webhook", take_update, methods=["POST"])


def short_enough(request: Request) -> bool:
    """Whether a request says how long its body is, and that is not too long to be read."""
    length = plain_number(request.headers.get("content-length", ""))
    return length is not None and length <= MOST_BODY_BYTES


@asynccontextmanager
async def webhooks_running(
    slack: SlackApp | None, telegram: TelegramBot | None, public_url: str = ""
) -> AsyncIterator[None]:
    """Connects to Telegram behind the scenes, and in the end finishes what was acknowledged.

    Telegram is told where to send if the web app's public address is known, and is one that Telegram takes.
    """
    address = f"{public_url}/telegram/webhook" if public_url.startswith("https://") else None
    if slack is not None:
        await run_in_threadpool(slack.take_up)
    connecting = asyncio.create_task(_connect(telegram, address)) if telegram is not None else None
    yield
    if connecting is not None:
        connecting.cancel()
    if telegram is not None:
        await telegram.close()
    if slack is not None:
        await run_in_threadpool(slack.close)


async def _connect(telegram: TelegramBot, address: str | None) -> None:
    """Tries until Telegram answers: the page must not wait for it."""
    while True:
        try:
            await telegram.start_webhook(address)
        except TokenRejected:
            log.error("telegram does not know the token", channel="telegram")
            return
        except TelegramError as error:
            log.warning("telegram not reached", error=type(error).__name__, pause=PAUSE_SECONDS)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return
