"""Starts one long-running part in this process: the web app, the worker, the scheduler, the terminal chat."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from threading import Event

import structlog
import uvicorn
from fastapi import FastAPI
from rich.console import Console
from slack_sdk.errors import SlackApiError
from sqlalchemy import make_url

from bot import metrics
from bot.adapters import console as terminal
from bot.adapters.slack.app import SlackParts, make_slack_app, start_socket_mode
from bot.adapters.telegram.app import TelegramBot, TelegramParts, TokenRejected
from bot.adapters.web.app import make_app
from bot.adapters.web.connections import NothingNew, PromptConnection
from bot.adapters.web.mailbox import OpenMailbox
from bot.adapters.web.parts import WebParts
from bot.adapters.web.pay_page import Till
from bot.config import BadConfiguration, Settings, ShopFile, is_loopback
from bot.engine import Answer
from bot.finding.shop_window import shop_window
from bot.messages import Reply
from bot.metrics import JobMetrics
from bot.terminal.health import beats
from bot.terminal.processes import Part, check_port
from bot.wiring import Parts, parts
from nlu import languages
from paying.stripe_provider import API_URL, SCRIPT_URL
from scheduler import timetable, worker
from storage.queries.heartbeats import EVERY_SECONDS
from storage.queries.marts import standing
from storage.server.clock import MachineClock
from storage.server.rights import TIMETABLE_ROLE

NOTHING_TO_ANSWER = (
    "set PARLEY_SLACK_BOT_TOKEN and PARLEY_SLACK_APP_TOKEN for Slack's Socket Mode, or PARLEY_TELEGRAM_TOKEN (without "
    "PARLEY_TELEGRAM_WEBHOOK_SECRET) for Telegram; `parley web` serves Slack's Events API and Telegram's webhook"
)

MOST_ANSWERED_AT_ONCE = 500  # beside the pages that wait for news; more are told to come again
STOP_SECONDS = 5  # for the turns that are being answered; the demo and Docker kill after ten
LOOK_SECONDS = 0.5  # how soon the end is noticed

log = structlog.get_logger()


def serve_web(settings: Settings, host: str, port: int) -> None:
    """Serves until the process is told to stop.

    Raises:
        PortTaken: somebody else listens there.
    """
    check_port(host, port)
    with parts(settings, pool_size=20) as shop:
        shop.learning.begin()
        languages.load()
        slack, telegram = shop.channels.parts(SlackParts), shop.channels.parts(TelegramParts)
        app = make_app(
            web_parts(settings, shop, host),
            slack=make_slack_app(slack) if slack is not None and slack.signing_secret else None,
            telegram=TelegramBot(telegram) if telegram is not None and telegram.webhook_secret else None,
        )
        serving = uvicorn.Server(web_server(app, host, port, settings.file))
        numbers = JobMetrics(shop.health.jobs, shop.health.silences, shop.health.builds)
        metrics.serve(settings.file.web.metrics_port, numbers)
        app.state.stopping = lambda: serving.should_exit
        with suppress(KeyboardInterrupt):  # uvicorn raises the signal again when everything has ended
            serving.run()


def web_server(app: FastAPI, host: str, port: int, file: ShopFile) -> uvicorn.Config:
    """How the app is served. Who asks is whom trusted proxies name last, apart from themselves; else who connects."""
    logging.getLogger("uvicorn.error").addFilter(NothingNew())
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        http=PromptConnection,
        limit_concurrency=file.limits.open_pages + MOST_ANSWERED_AT_ONCE,
        forwarded_allow_ips=list(file.web.trusted_proxies),
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def web_parts(settings: Settings, shop: Parts, host: str) -> WebParts:
    """What the web app needs where it listens on `host`. Everybody's mail is shown in a demo only."""
    metrics_token = settings.secrets.metrics_token
    token = settings.mailbox_token if is_loopback(host) else ""
    return WebParts(
        engine=shop.engine,
        chats=shop.chats,
        health=shop.health,
        unit_of_work=shop.unit_of_work,
        rates=shop.rates,
        clock=shop.clock,
        reduced=lambda: not shop.interpreter.available,
        cookie_keys=settings.link_keys(),
        links=shop.links,
        shop=shop.shop,
        tagline=settings.file.shop.tagline,
        examples=settings.file.shop.examples,
        images=settings.state_folder / "images",
        mailbox=OpenMailbox(mails=shop.mailbox, token=token) if token else None,
        messages_per_minute=settings.file.limits.messages_per_minute,
        shop_window=partial(_window, shop),
        visitors_per_network=settings.file.limits.visitors_per_network,
        open_pages=settings.file.limits.open_pages,
        connect=partial(_psql, shop.database_url),
        metrics_token=metrics_token.get_secret_value() if metrics_token else "",
        public_url=settings.file.web.public_url,
        mail_events_key=settings.secrets.sendgrid_webhook_key or "",
        till=_till(settings, shop),
        marts=partial(standing, shop.database),
        glossary=shop.glossary,
    )


def _till(settings: Settings, shop: Parts) -> Till | None:
    """Where cards are taken; only with the secret that signs what comes in, for else nobody would hear of it."""
    secret = settings.secrets.stripe_webhook_secret
    if shop.provider is None or secret is None:
        return None
    return Till(
        provider=shop.provider,
        script=settings.secrets.stripe_script_url or SCRIPT_URL,
        publishable_key=settings.file.payments.publishable_key,
        api=settings.secrets.stripe_api_url or API_URL,
        webhook_secret=secret.get_secret_value(),
    )


def _psql(url: str, login: str) -> str:
    """The command by which a login reads the database."""
    place = make_url(url)
    host = place.host or str(place.query.get("host", "localhost"))
    return f'psql "host={host} port={place.port or 5432} dbname={place.database} user={login}"'


def _window(shop: Parts) -> list[Reply]:
    with shop.unit_of_work() as uow:
        return shop_window(uow, shop.shop, shop.clock.now())


def run_bot(settings: Settings, *, or_wait: bool = False) -> None:
    """Answers in Slack (Socket Mode) and Telegram (long polling) until the process is told to stop.

    With `or_wait` it waits for that too where there is nothing to answer, so that nobody starts it again and again.

    Raises:
        BadConfiguration: the tokens of neither are set, or one is refused.
    """
    app_token = settings.secrets.slack_app_token
    with parts(settings, pool_size=20) as shop, ExitStack() as running:
        shop.learning.begin()
        languages.load()
        slack = shop.channels.parts(SlackParts) if app_token is not None else None
        polls = settings.secrets.telegram_webhook_secret is None
        telegram = shop.channels.parts(TelegramParts) if polls else None
        if slack is None and telegram is None:
            if not or_wait:
                raise BadConfiguration("the environment", (NOTHING_TO_ANSWER,))
            log.warning("nothing to answer", how=NOTHING_TO_ANSWER)
        metrics.serve(settings.file.metrics.bot, host=settings.file.metrics.host)
        if slack is not None and app_token is not None:
            app = make_slack_app(slack)
            try:
                socket = start_socket_mode(app, app_token.get_secret_value(), slack.api_url)
            except SlackApiError as exc:
                problem = f"PARLEY_SLACK_APP_TOKEN: Slack says {exc.response.get('error')}"
                raise BadConfiguration("the environment", (problem,)) from exc
            running.callback(socket.close)
            log.info("answering", channel="slack")
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        beat = beats(shop.database, Part.BOT)
        if telegram is None:
            _beat_until(beat, stop.is_set)
            return
        bot = TelegramBot(telegram)
        with ThreadPoolExecutor(max_workers=1) as thread:
            polling = thread.submit(bot.run_polling)
            log.info("answering", channel="telegram")
            _beat_until(beat, lambda: stop.is_set() or polling.done())
            bot.stop()
            try:
                polling.result()
            except TokenRejected as exc:
                problem = "PARLEY_TELEGRAM_TOKEN: Telegram does not know it; BotFather's /token shows the right one"
                raise BadConfiguration("the environment", (problem,)) from exc


def _beat_until(beat: Callable[[], None], ended: Callable[[], bool]) -> None:
    """Waits for the end, with a sign of life from time to time."""
    due = 0.0
    while not ended():
        if time.monotonic() >= due:
            beat()
            due = time.monotonic() + EVERY_SECONDS
        time.sleep(LOOK_SECONDS)


def run_worker(settings: Settings, concurrency: int) -> None:
    """Carries out jobs until the process is told to stop."""
    metrics.serve(settings.file.metrics.worker, host=settings.file.metrics.host)
    with parts(settings, pool_size=concurrency + 3) as shop:
        work = partial(shop.jobs.work, shop.services, concurrency=concurrency)
        asyncio.run(worker.run(work, beats(shop.database, Part.WORKER), shop.services.stop))


def run_scheduler(settings: Settings) -> None:
    """Enqueues jobs at their times until the process is told to stop."""
    metrics.serve(settings.file.metrics.scheduler, host=settings.file.metrics.host)
    with parts(settings.keyless(), pool_size=3, role=TIMETABLE_ROLE) as shop:
        timetable.run(
            shop.jobs,
            shop.services.reports,
            settings.file.shop.time_zone,
            MachineClock(),
            beats(shop.database, Part.SCHEDULER),
        )


def run_chat(settings: Settings, user: str, console: Console) -> None:
    """Chats in the terminal until the customer leaves."""
    with parts(settings, pool_size=2) as shop:

        def delivered(answer: Answer) -> None:
            if answer.delivery_ids:
                shop.chats.arrived(answer.delivery_ids)

        terminal.chat(shop.engine, delivered, user=user, shop_name=settings.file.shop.name, console=console)
