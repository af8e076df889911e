"""The parts of the shop: each started alone, all of them as a demo, and whether they live."""

import os
from typing import Annotated

import typer

from bot.terminal import logs
from bot.terminal.commands.common import console, read_settings, settings_of
from bot.terminal.processes import Part


def demo(
    context: typer.Context,
    orders: Annotated[int, typer.Option(min=0, help="How many past orders to simulate in a new shop.")] = 8000,
    slack: Annotated[bool, typer.Option(help="Also a Slack workspace on this machine; see `make demo-slack`.")] = False,
) -> None:
    """Start everything in this terminal with the demo shop: database, web app, worker, Rasa."""
    from bot.terminal.demo import run

    run(settings_of(context), context.obj, console, orders=orders, slack=slack)


def web(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on; config.yaml's if not given.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; config.yaml's if not given.")] = 0,
) -> None:
    """Serve the chat page and its API."""
    from bot.terminal.run import serve_web

    logs.configure()
    settings = settings_of(context)
    serve_web(settings, host or settings.file.web.host, port or settings.file.web.port)


def bot(
    context: typer.Context,
    or_wait: Annotated[
        bool, typer.Option("--or-wait", help="Without tokens wait and do nothing, instead of ending (for containers).")
    ] = False,
) -> None:
    """Answer in Slack (Socket Mode) and Telegram (long polling)."""
    from bot.terminal.run import run_bot

    logs.configure()
    run_bot(settings_of(context), or_wait=or_wait)


def worker(
    context: typer.Context,
    concurrency: Annotated[int, typer.Option(min=1, max=100, help="Jobs carried out at the same time.")] = 4,
) -> None:
    """Carry out the durable jobs: receipts and sweeps."""
    from bot.terminal.run import run_worker

    logs.configure()
    run_worker(settings_of(context), concurrency)


def scheduler(context: typer.Context) -> None:
    """Enqueue jobs at their times."""
    from bot.terminal.run import run_scheduler

    logs.configure()
    run_scheduler(settings_of(context))


def chat(
    context: typer.Context,
    user: Annotated[str, typer.Option(help="Who writes; each name has its own cart and orders.")] = "me",
) -> None:
    """Chat with the shop in the terminal."""
    from bot.terminal.run import run_chat

    settings = settings_of(context)
    logs.configure(settings.state_folder / "logs" / "chat.log")
    run_chat(settings, user, console)


def doctor(context: typer.Context) -> None:
    """Say what is configured, reachable and current; exit with 1 when something is broken."""
    from bot.terminal.doctor import examine

    broken = 0
    for finding in examine(read_settings(context), os.environ):
        broken += finding.broken
        mark = "[red]✗[/]" if finding.broken else "[yellow]![/]" if finding.doubtful else "[green]✓[/]"
        console.print(f"{mark} [bold]{finding.what}[/]: {finding.how}", highlight=False)
    raise typer.Exit(1 if broken else 0)


def health(
    context: typer.Context, part: Annotated[Part, typer.Argument(help="Which part of the shop on this machine.")]
) -> None:
    """Say whether a part on this machine lives; exit with 1 when not (for health checks of containers)."""
    from bot.terminal.health import check

    console.print(f"[green]✓[/] {part} {check(settings_of(context), part)}", highlight=False)
