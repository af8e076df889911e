"""What an operator sees of the parts nobody calls: signs of life, numbers, and log lines that belong together."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import structlog
from prometheus_client import REGISTRY
from sqlalchemy import Engine as Database
from sqlalchemy import create_engine, text
from structlog.testing import capture_logs

from bot import metrics
from bot.config import Settings, load
from bot.engine import MessageEngine
from bot.messages import IncomingMessage
from bot.terminal.health import Unwell, beats, check
from bot.terminal.processes import Part
from domain.conversation import ChatRef
from mail.events import MailEvent, take_events
from nlu.processes import free_port
from scheduler import worker
from storage.queries import heartbeats
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

HERE = socket.gethostname()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PARLEY_DATABASE_URL", database_url)
    read = load(Path("config.yaml"), tmp_path)
    read.ensure_own_secrets()
    return read


def silent_for(engine: Database, part: str, seconds: float, host: str = HERE) -> None:
    heartbeats.beat(engine, part, host)
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE jobs.heartbeat SET at = now() - make_interval(secs => :s) WHERE part = :part AND host = :host"
            ),
            {"s": seconds, "part": part, "host": host},
        )


def test_a_part_that_beats_is_well_and_one_that_fell_silent_is_not(settings: Settings, engine: Database) -> None:
    with pytest.raises(Unwell, match="no sign of life on this machine yet"):
        check(settings, Part.WORKER)
    beats(engine, Part.WORKER)()
    assert "0 seconds ago" in check(settings, Part.WORKER)
    silent_for(engine, "worker", heartbeats.OLD.total_seconds() + 5)
    with pytest.raises(Unwell, match=r"for (6[5-9]|[7-9]\d) seconds"):
        check(settings, Part.WORKER)
    beats(engine, Part.WORKER)()
    check(settings, Part.WORKER)


def test_another_machines_part_does_not_speak_for_this_one(settings: Settings, engine: Database) -> None:
    heartbeats.beat(engine, "scheduler", "elsewhere")
    with pytest.raises(Unwell):
        check(settings, Part.SCHEDULER)


def test_a_beat_without_the_database_is_told_and_raises_nothing() -> None:
    nowhere = create_engine("postgresql+psycopg2://nobody@127.0.0.1:1/none")
    with capture_logs() as logged:
        beats(nowhere, Part.BOT)()
    assert [(entry["event"], entry["part"]) for entry in logged] == [("sign of life not noted", "bot")]


def test_the_web_app_is_asked_itself(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    web = settings.file.web.model_copy(update={"port": free_port()})
    elsewhere = Settings(
        file=settings.file.model_copy(update={"web": web}),
        secrets=settings.secrets,
        state_folder=settings.state_folder,
    )
    with pytest.raises(Unwell, match="does not answer"):
        check(elsewhere, Part.WEB)
    for status, well in ((200, True), (503, False)):
        monkeypatch.setattr(httpx, "get", lambda url, timeout, status=status: httpx.Response(status, text="state"))
        with suppress(Unwell):
            assert check(elsewhere, Part.WEB) == "is ready"
            assert well


def test_machines_that_are_long_gone_are_forgotten(engine: Database) -> None:
    silent_for(engine, "worker", 100_000, host="gone")
    silent_for(engine, "worker", 100)
    with engine.begin() as connection:
        heartbeats.forget_heartbeats(connection)
        assert connection.execute(text("SELECT host FROM jobs.heartbeat")).scalars().all() == [HERE]
        assert timedelta(seconds=90) < heartbeats.ages(connection)["worker"] < timedelta(seconds=200)


class Stuck:
    """Jobs whose work holds the loop up at first, and goes on afterwards."""

    def __init__(self, beaten: list[int]) -> None:
        self._beaten = beaten

    async def work(self) -> None:
        while not self._beaten:
            await asyncio.sleep(0.01)
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()


def test_a_worker_beats_while_its_loop_goes_round() -> None:
    beaten: list[int] = []
    asyncio.run(worker.run(Stuck(beaten).work, beat=lambda: beaten.append(1)))
    assert beaten == [1]


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.fixture
def jobs(engine: Database, database_url: str) -> StagedJobs:
    return StagedJobs(database_url, engine, SHOP, StillClock(NOW))


@pytest.fixture
def shop(engine: Database, jobs: StagedJobs) -> MessageEngine:
    stock_mugs(engine)
    return MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine, jobs.enqueue, committed=metrics.note),
        clock=StillClock(NOW),
        shop=SHOP,
    )


def says(shop: MessageEngine, *said: str) -> None:
    for one in said:
        shop.handle(IncomingMessage(id=one, chat=ChatRef(channel="test", chat_id="a"), sender_id="a", text=one))


ORDERING = ("order 2 MUG-RED", "ann@example.com", "address: 1 Elm Row, Denver CO 80203", "yes")


def test_orders_are_counted_once_they_are_committed(shop: MessageEngine) -> None:
    placed, cancelled = (counted("parley_orders_total", step=step) for step in ("placed", "cancelled"))
    says(shop, *ORDERING[:-1])
    assert counted("parley_orders_total", step="placed") == placed
    says(shop, "yes")
    assert counted("parley_orders_total", step="placed") == placed + 1
    says(shop, "cancel 1001", "cancel it")
    shop.handle(IncomingMessage(id="again", chat=ChatRef(channel="test", chat_id="a"), sender_id="a", text="yes"))
    assert counted("parley_orders_total", step="cancelled") == cancelled + 1


def test_a_mails_lines_lead_back_to_the_message_that_caused_it_and_on_to_its_report(
    shop: MessageEngine, jobs: StagedJobs, engine: Database
) -> None:
    sent = counted("parley_mails_total", kind="order_placed", outcome="sent")
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logged:
        says(shop, *ORDERING)
        jobs.all_done()
        message = next(entry["message"] for entry in logged if entry["event"] == "mail sent")
        with PostgresUnitOfWork(engine) as uow:
            take_events(uow, [MailEvent(event_id="e", name="delivered", message_id=message, at=NOW)], NOW)
            uow.commit()
    mailed = next(entry for entry in logged if entry["event"] == "mail sent")
    enqueued = next(entry for entry in logged if entry["event"] == "job enqueued" and entry["job"] == mailed["job"])
    assert (enqueued["task"], mailed["task"]) == ("mail_order", "mail_order")
    assert any(entry["event"] == "turn" and entry["turn"] == enqueued["turn"] for entry in logged)
    reported = next(entry for entry in logged if entry["event"] == "mail reported")
    assert (reported["message"], reported["key"]) == (mailed["message"], mailed["key"])
    assert "ann@example.com" not in str(logged)
    assert counted("parley_mails_total", kind="order_placed", outcome="sent") == sent + 1


def test_a_failed_job_is_counted_by_its_kind_of_error(
    shop: MessageEngine, jobs: StagedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("scheduler.outbox.Outbox.send", broken)
    before = counted("parley_job_failures_total", task="mail_order", error="ZeroDivisionError")
    says(shop, *ORDERING)
    jobs.all_done()
    assert counted("parley_job_failures_total", task="mail_order", error="ZeroDivisionError") == before + 1


def test_a_bot_without_tokens_waits_where_it_is_told_to(database_url: str, tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    environment = clean | {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": "k" * 40}
    command = [sys.executable, "-m", "bot.cli"]

    def well() -> bool:
        return subprocess.run([*command, "health", "bot"], env=environment, check=False).returncode == 0

    with subprocess.Popen([*command, "bot", "--or-wait"], env=environment, stderr=subprocess.PIPE) as bot:
        assert bot.stderr is not None
        assert b"nothing to answer" in bot.stderr.readline()
        assert eventually(well)
        bot.terminate()
        assert bot.wait(20) == 0
    scheduler = subprocess.run(
        [*command, "health", "scheduler"], env=environment, capture_output=True, text=True, check=False
    )
    assert (scheduler.returncode, "no sign of life" in scheduler.stderr) == (1, True)


def eventually(true: Callable[[], bool], tries: int = 10) -> bool:
    return any(true() for _ in range(tries))
