"""`parley demo`: the whole shop in one terminal, with the demo shop loaded and no account anywhere."""

import fcntl
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType

import httpx
from pydantic import SecretStr
from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from bot.config import Settings
from bot.terminal import processes
from bot.terminal.keeping import Keeper
from bot.terminal.processes import ChildEnded, DemoRunning
from demo import local_slack
from demo.load import load_demo
from nlu import server
from nlu.supervising import Supervisor, understands
from storage.queries.report_runs import forget_reports
from storage.server import database, embedded
from storage.server.clock import DatabaseClock

WAIT_FOR_WEB_SECONDS = 120  # a busy machine takes half a minute and more to import everything
LOOK_SECONDS = 0.5  # between two looks at the parts


def run(settings: Settings, config: Path, console: Console, *, orders: int, slack: bool = False) -> None:
    """Starts everything, prints where to click, and blocks until Ctrl-C or until a part ends.

    With `slack`, a Slack workspace on this machine is among it.

    Raises:
        DemoRunning, PortTaken, ChildEnded, StorageError, NluError: in words for the operator.
    """
    web, nlu = settings.file.web, settings.file.nlu
    token = secrets.token_urlsafe(16)
    settings = replace(settings, secrets=settings.secrets.model_copy(update={"demo_token": SecretStr(token)}))
    with _only_one(settings.state_folder):
        processes.check_port(web.host, web.port)
        if settings.secrets.nlu_url is None:
            processes.check_port("127.0.0.1", nlu.port)
        for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background jobs would ignore the first
            signal.signal(number, _as_interrupt)
        children: dict[str, subprocess.Popen[bytes]] = {}
        rasa: Supervisor | None = None
        logs = settings.state_folder / "logs"
        try:
            url, claims = _prepare_database(settings, console, orders, empty_workspace=slack)
            env = {
                "PARLEY_DATABASE_URL": url,
                "PARLEY_EMAIL_HASH_KEY": settings.hash_key().decode(),
                "PARLEY_DEMO_TOKEN": token,
                "PARLEY_NLU_TOKEN": settings.nlu_token(),
            }
            names = ["web", "worker", "scheduler"]
            also: list[str] = []
            if slack:
                with _step(console, "Slack"):
                    workspace = local_slack.open_workspace(settings.state_folder / "local-slack")
                children["local Slack"] = workspace.process
                config = local_slack.configured(config, workspace, settings.state_folder / "local-slack")
                env |= workspace.environment
                names.append("bot")
                also = [
                    f"Slack    {workspace.page}  (be Carla in a chat with parley, Ada for /inventory, Sam in "
                    "#shop-support, Mia for /report)",
                    f"Commands parley --config {config} schedule  (in another terminal; see --help)",
                ]

            def begin(name: str) -> subprocess.Popen[bytes]:
                command = [sys.executable, "-m", "bot.cli", "--config", str(config), name]
                return processes.start(command, log=logs / f"{name}.log", env=env, inherit=claims)

            for source in settings.ingest_sources:
                if "://" not in source.address:
                    Path(source.address).mkdir(parents=True, exist_ok=True)
            children |= {name: begin(name) for name in names}
            keeper = Keeper(
                children,
                {name: partial(begin, name) for name in names},
                logs=logs,
                tell=lambda line: console.print(f"[yellow]![/] {line}"),
                state_folder=settings.state_folder if claims else None,
            )
            with _step(console, "Web app"):
                _wait_for_web(f"http://{web.host}:{web.port}/healthz", children["web"], logs / "web.log")
            _invite(settings, console, ready=False)
            if settings.secrets.nlu_url is None:
                _train(console)
                with _step(console, "Rasa server"):
                    rasa = _supervised(settings, logs / "nlu.log", console)
                    server.wait_ready(settings.nlu_url, token=settings.nlu_token(), process=rasa.process)
                keeper.rasa = rasa
            _invite(settings, console, ready=True, also=also)
            while True:
                keeper.check()
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            console.print("Stopping …")
        finally:
            processes.stop([*children.values(), *([rasa.process] if rasa else [])])


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Holds a lock that the kernel releases however this process ends, so it is never stale."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            lock.seek(0)
            raise DemoRunning(lock.read().strip()) from exc
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _as_interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _prepare_database(
    settings: Settings, console: Console, orders: int, *, empty_workspace: bool
) -> tuple[str, list[int]]:
    """Fills the database; reports come again to a workspace that is new and empty each time.

    Returns its address, and what the parts must inherit so that our own Postgres outlives the last of them.
    """
    claims = []
    with _step(console, "Postgres"):
        url = settings.secrets.database_url or ""
        if not url:
            server = embedded.start(settings.state_folder)
            url = server.url
            claims.append(server.lock)
    with _step(console, "Tables"):
        database.upgrade(url)
    engine = database.app_engine(url)
    try:
        with _progress(console) as (tell, _):
            load_demo(
                engine,
                hash_key=settings.hash_key(),
                now=DatabaseClock(engine).now(),
                terms=settings.shop().terms,
                time_zone=settings.shop().time_zone,
                images=settings.state_folder / "images",
                progress=tell,
                orders=orders,
            )
        _train_recommender(engine, settings, console)
        if empty_workspace and claims:
            with engine.begin() as connection:
                forget_reports(connection)
    finally:
        engine.dispose()
    return url, claims


def _train_recommender(engine: Engine, settings: Settings, console: Console) -> None:
    from scheduler.recommending import train  # it brings SciPy, which takes its time
    from storage.repositories.recommender import last_finished

    with engine.connect() as connection:
        if last_finished(connection) is not None:
            return
    with _step(console, "What is bought together"):
        train(engine, DatabaseClock(engine).now(), settings.shop().terms.cancel_window)


def _train(console: Console) -> None:
    """Trains only what changed; about a minute when it did."""
    if server.model_status().current:
        console.print("[green]✓[/] NLU model is up to date")
        return
    with _step(console, "NLU model, about a minute") as tell:
        server.train(lambda doing: tell(f"NLU model, about a minute: {doing}"))


@contextmanager
def _step(console: Console, what: str) -> Iterator[Callable[[str], None]]:
    """One line: a spinner while it lasts, whose words can be changed, then how long it took."""
    started = time.monotonic()
    with console.status(what) as status:
        yield status.update
    console.print(f"[green]✓[/] {what} [dim]{time.monotonic() - started:.1f} s[/]")


@contextmanager
def _progress(console: Console) -> Iterator[tuple[Callable[[str, float, float], None], Progress]]:
    """A bar for each part of a long load: call with the part's name, what is done, and the total."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        tasks = {}

        def tell(part: str, done: float, total: float) -> None:
            if part not in tasks:
                tasks[part] = bars.add_task(part, total=total)
            bars.update(tasks[part], completed=done, total=total)

        yield tell, bars


def _wait_for_web(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + WAIT_FOR_WEB_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise ChildEnded("web", log)
        try:
            if httpx.get(url, timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise ChildEnded("web", log)


def _invite(settings: Settings, console: Console, *, ready: bool, also: Sequence[str] = ()) -> None:
    web = settings.file.web
    address = f"http://{web.host}:{web.port}"
    if not ready:
        console.print(f"  Open [link={address}]{address}[/link] [dim](reduced mode until the model is up)[/]")
        return
    lines = [
        f"Chat     {address}",
        f"Mailbox  {_mailbox(settings, address)}",
        *also,
        *_folders(settings),
        "Terminal parley chat",
        "Stop     Ctrl-C",
    ]
    console.print(Panel("\n".join(lines), title=settings.file.shop.name, border_style="green", expand=False))


def _folders(settings: Settings) -> list[str]:
    """Where a branch's file can be handed in."""
    first = next(iter(settings.ingest_sources), None)
    return [f"Files    {Path(first.address).parent}  (a branch's file, into the folder of its kind)"] if first else []


def _mailbox(settings: Settings, address: str) -> str:
    """Where the mails are."""
    if settings.mails_out:
        return "none: SendGrid takes the mails"
    token = settings.mailbox_token
    return f"{address}/mailbox?token={token}" if token else "none: others may reach this shop, see web in config.yaml"


def _supervised(settings: Settings, log: Path, console: Console) -> Supervisor:
    port, url, token = settings.file.nlu.port, settings.nlu_url, settings.nlu_token()
    return Supervisor(
        lambda: server.serve(port, token=token, log=log),
        lambda: understands(url, token),
        lambda line: console.print(f"[yellow]![/] {line} Buttons and short commands still work."),
    )
