"""Starts one long-running part in this process: the web app, the worker, the scheduler, the terminal chat."""

import asyncio
import os

import uvicorn
from rich.console import Console

from bot.adapters import console as terminal
from bot.adapters.web import WebParts, make_app
from bot.config import Settings
from bot.engine import Answer
from bot.processes import check_port
from bot.wiring import Parts, parts
from scheduler import timetable
from storage.conversations import mark_delivered


def serve_web(settings: Settings, host: str, port: int) -> None:
    """Serves until the process is told to stop.

    Raises:
        PortTaken: somebody else listens there.
    """
    check_port(host, port)
    with parts(settings, pool_size=20) as shop:
        uvicorn.run(make_app(web_parts(settings, shop)), host=host, port=port, log_level="warning", access_log=False)


def web_parts(settings: Settings, shop: Parts) -> WebParts:
    """What the web app needs. Everybody's mail is shown in a demo only."""
    in_demo = settings.secrets.database_url is None or "PARLEY_DEMO" in os.environ
    return WebParts(
        engine=shop.engine,
        database=shop.database,
        clock=shop.clock,
        reduced=lambda: not shop.interpreter.available,
        hash_key=settings.hash_key(),
        name=settings.file.shop.name,
        tagline=settings.file.shop.tagline,
        examples=settings.file.shop.examples,
        images=settings.state_folder / "images",
        mailbox=shop.mailbox if in_demo else None,
        messages_per_minute=settings.file.limits.messages_per_minute,
    )


def run_worker(settings: Settings, concurrency: int) -> None:
    """Carries out jobs until the process is told to stop."""
    with parts(settings, pool_size=concurrency + 2) as shop:
        asyncio.run(shop.jobs.work(concurrency=concurrency))


def run_scheduler(settings: Settings) -> None:
    """Enqueues jobs at their times until the process is told to stop."""
    with parts(settings, pool_size=2) as shop:
        timetable.run(shop.jobs, settings.file.shop.time_zone)


def run_chat(settings: Settings, user: str, console: Console) -> None:
    """Chats in the terminal until the customer leaves."""
    with parts(settings, pool_size=2) as shop:

        def delivered(answer: Answer) -> None:
            if answer.delivery_ids:
                with shop.database.begin() as connection:
                    mark_delivered(connection, answer.delivery_ids, shop.clock.now())

        terminal.chat(shop.engine, delivered, user=user, shop_name=settings.file.shop.name, console=console)
