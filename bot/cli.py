"""The command line: every part of the shop starts here, and every failure ends in one clear line."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot.__main__ import INTERRUPTED
from bot.terminal.commands import analysing, filling, keeping, office, running, understanding
from bot.terminal.commands.common import errors

Door = Callable[..., None]
COMMANDS: Mapping[str, Door] = {
    "demo": running.demo,
    "web": running.web,
    "bot": running.bot,
    "worker": running.worker,
    "scheduler": running.scheduler,
    "chat": running.chat,
    "doctor": running.doctor,
    "health": running.health,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "simulate": filling.simulate,
    "mails": office.show_mails,
    "report": office.make_report,
    "schedule": office.show_schedule,
    "why": office.explain_messages,
    "marketing": office.switch_marketing,
}
GROUPS: Mapping[str, tuple[str, Mapping[str, Door]]] = {
    "db": ("The database's tables.", {"upgrade": keeping.upgrade, "rotate-key": keeping.rotate_hash_key}),
    "import": (
        "Products, past orders, customers and shipments from CSV files, a help desk's tickets from JSON.",
        {
            "inventory": filling.inventory,
            "orders": filling.orders,
            "customers": filling.customers,
            "shipments": filling.shipments,
            "tickets": filling.tickets,
        },
    ),
    "nlu": (
        "The Rasa model that understands messages.",
        {"train": understanding.train, "serve": understanding.serve, "evaluate": understanding.evaluate},
    ),
    "customer": (
        "What is kept of a customer: hand it out, erase it.",
        {"export": keeping.export_customer, "erase": keeping.erase_customer},
    ),
    "jobs": ("The durable jobs: what waits, what failed and why.", {"retry": office.retry_jobs}),
    "analytics": (
        "The warehouse: who buys what, where and when.",
        {"build": analysing.build, "status": analysing.status, "docs": analysing.docs},
    ),
    "lake": ("Parquet files of the warehouse, for other tools.", {"export": analysing.lake_export}),
    "predict": (
        "Who may leave, what customers may bring, what is wanted of products.",
        {"train": analysing.predict_train, "evaluate": analysing.predict_evaluate},
    ),
    "ingest": ("Files that branches hand in.", {"status": analysing.ingest_status}),
    "inventory": ("The stock room; `/inventory` in a chat does more.", {"reorder": office.reorder}),
    "api-key": (
        "Keys by which other programs ask the shop (docs/api.md).",
        {"create": office.create_api_key, "revoke": office.revoke_api_key},
    ),
    "recommend": (
        "What is bought together.",
        {
            "train": office.train_recommender,
            "evaluate": office.evaluate_recommender,
            "report": office.report_recommendations,
        },
    ),
}
# What a group does without a command.
ALONE: Mapping[str, Door] = {"jobs": office.jobs, "ingest": analysing.ingest, "api-key": office.api_keys}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Parley: a shop that sells by conversation.",
)
for name, command in COMMANDS.items():
    app.command(name)(command)
for name, (about, commands) in GROUPS.items():
    group = typer.Typer(no_args_is_help=name not in ALONE, help=about)
    if name in ALONE:
        group.callback(invoke_without_command=True)(ALONE[name])
    for own_name, command in commands.items():
        group.command(own_name)(command)
    app.add_typer(group, name=name)


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
