"""The command line: every part of the shop starts here, and every failure ends in one clear line."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot.__main__ import INTERRUPTED
from bot.terminal.commands import analysing, filling, keeping, office, running, understanding
from bot.terminal.commands.common import errors
from bot.terminal.commands.examples import epilog

Door = Callable[..., None]


class Panel(StrEnum):
    """Under what the help lists a command: by who needs it."""

    RUN = "Run the shop"
    FILL = "Fill it"
    LOOK = "Look at it"
    KEEP = "Look after it"


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Commands behind one word, and what that word does without any of them."""

    about: str
    commands: Mapping[str, Door]
    alone: Door | None = None


COMMANDS: Mapping[Panel, Mapping[str, Door | Group]] = {
    Panel.RUN: {
        "demo": running.demo,
        "web": running.web,
        "bot": running.bot,
        "worker": running.worker,
        "scheduler": running.scheduler,
        "nlu": Group(
            about="The Rasa model that understands messages.",
            commands={"train": understanding.train, "serve": understanding.serve, "evaluate": understanding.evaluate},
        ),
        "chat": running.chat,
    },
    Panel.FILL: {
        "import": Group(
            about="Products, past orders, customers and shipments from CSV files, a help desk's tickets from JSON.",
            commands={
                "inventory": filling.inventory,
                "orders": filling.orders,
                "customers": filling.customers,
                "shipments": filling.shipments,
                "tickets": filling.tickets,
            },
        ),
        "ingest": Group(
            about="Files that branches hand in.",
            commands={"status": analysing.ingest_status},
            alone=analysing.ingest,
        ),
        "simulate": filling.simulate,
    },
    Panel.LOOK: {
        "report": office.make_report,
        "schedule": office.show_schedule,
        "mails": office.show_mails,
        "why": office.explain_messages,
        "inventory": Group(
            about="The stock room; `/inventory` in a chat does more.",
            commands={"reorder": office.reorder, "undo": office.undo},
        ),
        "analytics": Group(
            about="The warehouse: who buys what, where and when.",
            commands={"build": analysing.build, "status": analysing.status, "docs": analysing.docs},
        ),
        "predict": Group(
            about="Who may leave, what customers may bring, what is wanted of products.",
            commands={"train": analysing.predict_train, "evaluate": analysing.predict_evaluate},
        ),
        "recommend": Group(
            about="What is bought together.",
            commands={
                "train": office.train_recommender,
                "evaluate": office.evaluate_recommender,
                "report": office.report_recommendations,
            },
        ),
        "lake": Group(
            about="Parquet files of the warehouse, for other tools.", commands={"export": analysing.lake_export}
        ),
    },
    Panel.KEEP: {
        "doctor": running.doctor,
        "health": running.health,
        "jobs": Group(
            about="The durable jobs: what waits, what failed and why.",
            commands={"retry": office.retry_jobs},
            alone=office.jobs,
        ),
        "marketing": office.switch_marketing,
        "customer": Group(
            about="What is kept of a customer: hand it out, erase it.",
            commands={"export": keeping.export_customer, "erase": keeping.erase_customer},
        ),
        "api-key": Group(
            about="Keys by which other programs ask the shop (docs/api.md).",
            commands={"create": office.create_api_key, "revoke": office.revoke_api_key},
            alone=office.api_keys,
        ),
        "db": Group(
            about="The database's tables.",
            commands={"upgrade": keeping.upgrade, "rotate-key": keeping.rotate_hash_key},
        ),
        "backup": keeping.backup,
        "restore": keeping.restore,
    },
}

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Parley: a shop that sells by conversation.",
)
for panel, listed in COMMANDS.items():
    for name, door in listed.items():
        if not isinstance(door, Group):
            app.command(name, rich_help_panel=panel, epilog=epilog(name))(door)
            continue
        group = typer.Typer(no_args_is_help=door.alone is None, help=door.about)
        if door.alone is not None:
            group.callback(invoke_without_command=True)(door.alone)
        for own_name, command in door.commands.items():
            group.command(own_name, epilog=epilog(f"{name} {own_name}"))(command)
        app.add_typer(group, name=name, rich_help_panel=panel)


def main() -> None:
    """Runs a command; see `bot.__main__`."""
    try:
        app(standalone_mode=True)
    except BrokenPipeError:
        sys.exit(1)
    except KeyboardInterrupt:  # Typer's own handling was interrupted, too
        sys.exit(INTERRUPTED)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        from bot.terminal.failures import explain

        sentence = explain(error) or (
            f"This is a fault of Parley: {type(error).__name__}. "
            "`parley --debug …` shows where it happened; please report that (SECURITY.md, if it is a hole)."
        )
        errors.print(f"[red]✗[/] {escape(sentence)}", highlight=False, soft_wrap=True)
        sys.exit(1)
    finally:
        _let_go_of_output()


def _let_go_of_output() -> None:
    """Writes what is left, and where nobody reads it any more keeps Python from complaining about that at the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"parley {version('parley')}")
        raise typer.Exit


@app.callback()
def choose_config(
    context: typer.Context,
    config: Annotated[Path, typer.Option(help="The shop's settings.")] = Path("config.yaml"),
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected failure happened.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version.")
    ] = False,
) -> None:
    """Parley: a shop that sells by conversation."""
    context.obj = config


if __name__ == "__main__":
    main()
