"""The Slack app on a stage: a real peer, the bot in one of its delivery modes, and the shop behind it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.slack.app import SlackParts, SupportDesk, make_slack_app, start_socket_mode
from bot.adapters.web.webhooks import add_webhooks
from bot.engine import MessageEngine
from bot.shop import Shop
from nlu.processes import free_port
from storage.queries.chats import PostgresChats
from storage.queries.envelopes import Envelopes
from storage.unit_of_work import PostgresUnitOfWork
from tests.support import local_slack
from tests.support.fakes import StillClock
from tests.support.local_slack import BOT_TOKEN, SIGNING_SECRET, SUPPORT, LocalSlack
from tests.support.shop import NOW, SHOP, stock_mugs

Start = Callable[[SlackParts], Callable[[], None]]
AnyEngine = TypeVar("AnyEngine", bound=MessageEngine)


class Stage(Generic[AnyEngine]):
    """The peer, the bot that can be restarted, and the shop behind it; its clock stands still."""

    def __init__(
        self,
        slack: LocalSlack,
        database: Database,
        engine: AnyEngine,
        start: Start,
        *,
        shop: Shop = SHOP,
        support: SupportDesk | None = None,
    ) -> None:
        self.slack = slack
        self.database = database
        self.engine = engine
        self._shop = shop
        self._support = support
        self._start = start
        self._stop: Callable[[], None] | None = None

    def starts(self) -> None:
        clock = StillClock(NOW)
        self._stop = self._start(
            SlackParts(
                engine=self.engine,
                chats=PostgresChats(self.database, clock),
                envelopes=partial(Envelopes, self.database, clock),
                clock=clock,
                shop=self._shop,
                unit_of_work=lambda: PostgresUnitOfWork(self.database),
                bot_token=BOT_TOKEN,
                signing_secret=SIGNING_SECRET,
                api_url=self.slack.api_url,
                support_channel=SUPPORT,
                support=self._support,
            )
        )

    def stops(self) -> None:
        if self._stop is not None:
            self._stop()
            self._stop = None

    def restarts(self) -> None:
        self.stops()
        self.starts()

    def count(self, table: str) -> int:
        with self.database.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def over_socket(slack: LocalSlack) -> Start:
    """Starts the bot in Socket Mode."""

    def start(parts: SlackParts) -> Callable[[], None]:
        return start_socket_mode(make_slack_app(parts), local_slack.APP_TOKEN, slack.api_url).close

    return start


def over_http(port: int) -> Start:
    """Starts the bot behind a web server."""

    def start(parts: SlackParts) -> Callable[[], None]:
        app = make_slack_app(parts)
        web = FastAPI()
        add_webhooks(web, app, None)
        app.take_up()
        config = uvicorn.Config(web, host="127.0.0.1", port=port, log_level="warning", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)

        def stop() -> None:
            server.should_exit = True
            thread.join()
            app.close()

        return stop

    return start


@contextmanager
def stage_in(
    mode: str,
    folder: Path,
    database: Database,
    engine: AnyEngine,
    *,
    shop: Shop = SHOP,
    support: SupportDesk | None = None,
) -> Iterator[Stage[AnyEngine]]:
    """The stage with the bot running in Socket Mode ("socket") or behind a web server ("http")."""
    with ExitStack() as stack:
        if mode == "socket":
            slack = stack.enter_context(local_slack.running(folder))
            start = over_socket(slack)
        else:
            port = free_port()
            url = f"http://127.0.0.1:{port}/slack/events"
            slack = stack.enter_context(local_slack.running(folder, request_url=url))
            start = over_http(port)
        stock_mugs(database)
        stage = Stage(slack, database, engine, start, shop=shop, support=support)
        stage.starts()
        stack.callback(stage.stops)
        yield stage
