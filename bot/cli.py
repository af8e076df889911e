"""The command line: every part of the shop starts here, and every failure ends in one clear line."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from bot.__main__ import INTERRUPTED
from bot.config import Settings, load
from bot.terminal import logs
from bot.terminal.processes import Part
from bot.terminal.surroundings import unread_names
from domain.periods import EARLIEST, LATEST, Span
from domain.records.sales import ReportName

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Parley: a shop that sells by conversation.",
)
db_app = typer.Typer(no_args_is_help=True, help="The database's tables.")
import_app = typer.Typer(no_args_is_help=True, help="Products and past orders from CSV files.")
jobs_app = typer.Typer(help="The durable jobs: what waits, what failed and why.")
recommend_app = typer.Typer(no_args_is_help=True, help="What is bought together.")
nlu_app = typer.Typer(no_args_is_help=True, help="The Rasa model that understands messages.")
customer_app = typer.Typer(no_args_is_help=True, help="What is kept of a customer: hand it out, erase it.")
app.add_typer(db_app, name="db")
app.add_typer(import_app, name="import")
app.add_typer(nlu_app, name="nlu")
app.add_typer(customer_app, name="customer")
app.add_typer(jobs_app, name="jobs")
app.add_typer(recommend_app, name="recommend")

console = Console()
errors = Console(stderr=True)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")]
SkipReturns = Annotated[bool, typer.Option("--skip-returns", help="Leave out rows with negative quantities.")]
Rounding = Annotated[bool, typer.Option("--round", help="Round money with more than two decimals to cents.")]


def _no_pipe(file: Path) -> Path:
    """A file that can be read twice and has a size; a pipe would be waited for, perhaps for ever."""
    if not file.is_file():
        raise typer.BadParameter(f"{file} is a pipe or a device; save it as a file first")
    return file


ExistingFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, callback=_no_pipe)]


class Switch(StrEnum):
    """What is done about marketing."""

    PAUSE = "pause"
    RESUME = "resume"


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


def settings_of(context: typer.Context) -> Settings:
    """The settings, read now; this machine's own secrets are made if it has none.

    Raises:
        BadConfiguration: with every problem of the file or the environment.
    """
    settings = load(context.obj)
    settings.ensure_own_secrets()
    for line in unread_names(os.environ, settings.env_files):
        errors.print(f"[yellow]![/] {escape(line)}", highlight=False, soft_wrap=True)
    return settings


@app.command()
def demo(
    context: typer.Context,
    orders: Annotated[int, typer.Option(min=0, help="How many past orders to simulate in a new shop.")] = 8000,
    slack: Annotated[bool, typer.Option(help="Also a Slack workspace on this machine; see `make demo-slack`.")] = False,
) -> None:
    """Start everything in this terminal with the demo shop: database, web app, worker, Rasa."""
    from bot.terminal.demo import run

    run(settings_of(context), context.obj, console, orders=orders, slack=slack)


@app.command()
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


@app.command()
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


@app.command()
def worker(
    context: typer.Context,
    concurrency: Annotated[int, typer.Option(min=1, max=100, help="Jobs carried out at the same time.")] = 4,
) -> None:
    """Carry out the durable jobs: receipts and sweeps."""
    from bot.terminal.run import run_worker

    logs.configure()
    run_worker(settings_of(context), concurrency)


@app.command()
def scheduler(context: typer.Context) -> None:
    """Enqueue jobs at their times."""
    from bot.terminal.run import run_scheduler

    logs.configure()
    run_scheduler(settings_of(context))


@app.command()
def chat(
    context: typer.Context,
    user: Annotated[str, typer.Option(help="Who writes; each name has its own cart and orders.")] = "me",
) -> None:
    """Chat with the shop in the terminal."""
    from bot.terminal.run import run_chat

    settings = settings_of(context)
    logs.configure(settings.state_folder / "logs" / "chat.log")
    run_chat(settings, user, console)


@app.command()
def doctor(context: typer.Context) -> None:
    """Say what is configured, reachable and current; exit with 1 when something is broken."""
    from bot.terminal.doctor import examine

    broken = 0
    for finding in examine(load(context.obj), os.environ):
        broken += finding.broken
        mark = "[red]✗[/]" if finding.broken else "[yellow]![/]" if finding.doubtful else "[green]✓[/]"
        console.print(f"{mark} [bold]{finding.what}[/]: {finding.how}", highlight=False)
    raise typer.Exit(1 if broken else 0)


@app.command()
def health(
    context: typer.Context, part: Annotated[Part, typer.Argument(help="Which part of the shop on this machine.")]
) -> None:
    """Say whether a part on this machine lives; exit with 1 when not (for health checks of containers)."""
    from bot.terminal.health import check

    console.print(f"[green]✓[/] {part} {check(settings_of(context), part)}", highlight=False)


@db_app.command()
def upgrade(context: typer.Context) -> None:
    """Bring the tables to this version, mend roles and rights, and make the logins whose passwords are set."""
    from bot.terminal.backups import upgrade as bring_up

    bring_up(settings_of(context), console)


@db_app.command("rotate-key")
def rotate_hash_key(context: typer.Context) -> None:
    """Change every hashed e-mail from PARLEY_EMAIL_HASH_OLD_KEY to PARLEY_EMAIL_HASH_KEY. Stop the shop first."""
    from bot.wiring import database_url
    from storage.server import database
    from storage.upkeep.rekeying import rotate_key

    settings = settings_of(context)
    old, new = settings.rotation_keys()
    url = database_url(settings)
    database.check_current(url)
    columns = (TextColumn("e-mail hashes"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)
        done = rotate_key(url, old=old, new=new, progress=lambda at, total: bar.update(task, completed=at, total=total))
    console.print(f"[green]✓[/] {done.emails} customers, {done.rows} rows changed to the new key", highlight=False)
    if done.foreign:
        console.print(f"{done.foreign} e-mails fit neither key and were left as they are", highlight=False)
    console.print("Start the shop with the new key. Keep the old one beside it while its links in mails shall work.")


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file; only you may read it.")],
) -> None:
    """Write the whole database into FILE, while the shop goes on."""
    from bot.terminal.backups import back_up

    try:
        back_up(settings_of(context), file, datetime.now(UTC), console)
    except BrokenPipeError:  # of what is printed, once the file is there
        raise
    except OSError as exc:
        raise typer.BadParameter(f"{file} cannot be written: {exc.strerror}") from exc


@app.command()
def restore(
    context: typer.Context,
    file: ExistingFile,
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what the database holds.")] = False,
) -> None:
    """Bring an empty database to what FILE of `parley backup` holds: all of it or nothing. Stop the shop first."""
    from bot.terminal.backups import restore as bring_back

    bring_back(settings_of(context), file, replace=replace, console=console)


@customer_app.command("export")
def export_customer(
    context: typer.Context,
    email: str,
    out: Annotated[Path | None, typer.Option(help="A new file, for your eyes only; else it is printed.")] = None,
) -> None:
    """Write all that is kept under an e-mail address as JSON."""
    from bot.terminal import customer as customers
    from bot.wiring import parts

    if out is not None and out.exists():
        raise typer.BadParameter(f"{out} is there already")
    logs.configure()
    with parts(settings_of(context), pool_size=1) as shop:
        content = customers.export(shop.unit_of_work, shop.shop, email, shop.clock.now())
    if out is None:
        typer.echo(content)
        return
    try:
        customers.write_private(out, content)
    except OSError as exc:
        raise typer.BadParameter(f"{out} cannot be written: {exc.strerror}") from exc
    errors.print(f"[green]✓[/] written to {out}", highlight=False)


@customer_app.command("erase")
def erase_customer(
    context: typer.Context, email: str, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Erase all that is kept under an e-mail address; the orders stay, without a name."""
    from bot.terminal import customer as customers
    from bot.wiring import parts

    logs.configure()
    with parts(settings_of(context), pool_size=1) as shop:
        found = customers.kept(shop.unit_of_work, shop.shop, email)
        console.print(f"Kept: {customers.counted(found)}", highlight=False)
        for order_id in found.open_orders:
            console.print(f"Order #{order_id} is not shipped yet, and loses its address.", highlight=False)
        if not yes:
            typer.confirm("Erase it for good?", abort=True)
        receipt = customers.erase(shop.unit_of_work, shop.shop, email, shop.clock.now())
    console.print(f"[green]✓[/] erased; receipt number {receipt.number}", highlight=False)


@import_app.command()
def inventory(context: typer.Context, file: ExistingFile, dry_run: DryRun = False, rounding: Rounding = False) -> None:
    """Load products; stock differences become stock movements."""
    from bot.wiring import parts
    from storage.importers import import_inventory

    settings = settings_of(context)
    with parts(settings) as shop, _bytes_bar(file) as tell:
        result = import_inventory(
            shop.database,
            file,
            now=datetime.now(UTC),
            rounding=rounding,
            dry_run=dry_run,
            progress=tell,
            most_bytes=settings.file.limits.import_megabytes * 1_000_000,
        )
    console.print(result.describe())


@import_app.command()
def orders(
    context: typer.Context,
    file: ExistingFile,
    dry_run: DryRun = False,
    rounding: Rounding = False,
    skip_returns: SkipReturns = False,
    apply_stock: Annotated[bool, typer.Option(help="Take the ordered quantities out of today's stock.")] = False,
) -> None:
    """Load past orders; today's stock stays unless --apply-stock."""
    from bot.wiring import parts
    from scheduler.tasks import TRAIN
    from storage.importers import import_orders

    settings = settings_of(context)
    with parts(settings) as shop, _bytes_bar(file) as tell:
        result = import_orders(
            shop.database,
            file,
            hash_key=settings.hash_key(),
            time_zone=settings.file.shop.time_zone,
            now=datetime.now(UTC),
            apply_stock=apply_stock,
            rounding=rounding,
            skip_returns=skip_returns,
            dry_run=dry_run,
            progress=tell,
            most_bytes=settings.file.limits.import_megabytes * 1_000_000,
        )
        if not dry_run:
            shop.jobs.begin(TRAIN.due())
    console.print(result.describe())


@app.command()
def simulate(
    context: typer.Context,
    file: ExistingFile,
    days_per_second: Annotated[float, typer.Option(min=0, help="Pace; 0 is as fast as it goes.")] = 0,
    restart: Annotated[bool, typer.Option(help="Begin with the first day again.")] = False,
    rounding: Rounding = False,
    skip_returns: SkipReturns = False,
) -> None:
    """Replay an order file day by day through the real ordering code; Ctrl-C stops, the same command goes on."""
    from bot.terminal.simulate import run
    from bot.wiring import parts

    with parts(settings_of(context)) as shop:
        result = run(
            shop.database,
            file,
            shop.shop,
            now=datetime.now(UTC),
            days_per_second=days_per_second,
            restart=restart,
            rounding=rounding,
            skip_returns=skip_returns,
            console=console,
        )
        console.print(result.describe(shop.shop.money))


@contextmanager
def _bytes_bar(file: Path) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn(file.name), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell


@jobs_app.callback(invoke_without_command=True)
def jobs(context: typer.Context) -> None:
    """Show how full the queue is and the jobs that failed: which are tried again, which were given up."""
    from bot.terminal.jobs import show
    from bot.wiring import parts

    if context.invoked_subcommand is None:
        with parts(settings_of(context), pool_size=1) as shop:
            show(shop.database, shop.shop, console)


@jobs_app.command("retry")
def retry_jobs(
    context: typer.Context,
    job_ids: Annotated[list[int] | None, typer.Argument(help="The numbers of failed jobs.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every failed job.")] = False,
) -> None:
    """Let jobs that were given up run again, with all their attempts."""
    from bot.terminal.jobs import retry
    from bot.wiring import parts

    if bool(job_ids) == everything:
        raise typer.BadParameter("name the jobs, or say --all; `parley jobs` lists them")
    with parts(settings_of(context), pool_size=1) as shop:
        retry(shop.database, None if everything else job_ids or [], console)


@app.command("mails")
def show_mails(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="The mail to show; nothing: list them.")] = None,
) -> None:
    """Show the mails of a demo, or those that a shop of your own kept because it has no mail service."""
    from bot.terminal.jobs import show_mails as show
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        show(shop.mailbox, shop.shop, number, console)


@recommend_app.command("train")
def train_recommender(context: typer.Context) -> None:
    """Fit the recommender to all orders, and serve it from now on."""
    from bot.terminal.recommend import train_now
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=2) as shop:
        train_now(shop.database, shop.clock.now(), shop.shop.terms.cancel_window, console)


@recommend_app.command("evaluate")
def evaluate_recommender(
    file: ExistingFile,
    cutoff: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Orders before it are fitted, later ones measured; default: the last fifth."
        ),
    ] = None,
) -> None:
    """Measure models of what is bought together on the later orders of FILE."""
    from bot.terminal.recommend_evaluate import evaluate_file

    evaluate_file(file, cutoff.date() if cutoff else None, console)


@recommend_app.command("report")
def report_recommendations(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=400, help="What was shown in so many days up to now.")] = 30,
) -> None:
    """Show what became of recommendations: shown, put into the cart, dismissed, ordered, and for how much."""
    from bot.terminal.recommend import report
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop, shop.unit_of_work() as uow:
        now = shop.clock.now()
        report(uow.impressions.performance(now - timedelta(days=days), now), days, shop.shop, console)


@app.command("report")
def make_report(
    context: typer.Context,
    name: Annotated[ReportName, typer.Argument(help="Which report.")],
    period: Annotated[Span, typer.Option(help="How long a time it is about.")] = Span.WEEK,
    ending: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="A day of the period, such as its last; default: the last one over."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=50, help="How many products and customers a digest lists.")] = 5,
    out: Annotated[Path, typer.Option(help="The folder for the HTML, PNG and CSV files.")] = Path(".parley/reports"),
    send: Annotated[bool, typer.Option("--send", help="Deliver it where it goes, unless it was already.")] = False,
) -> None:
    """Write a report into a folder; or show the post for customers ("deals")."""
    from bot.terminal.report import deliver, make_files, print_post
    from bot.wiring import parts

    day = ending.date() if ending else None
    if day is not None and day < EARLIEST:
        raise typer.BadParameter("is too long ago", param_hint="--ending")
    if day is not None and day > LATEST:
        raise typer.BadParameter("is too far ahead", param_hint="--ending")
    if name is ReportName.DEALS and (day is not None or period is not Span.WEEK):
        raise typer.BadParameter("the post for customers is always as of now")
    with parts(settings_of(context), pool_size=2) as shop:
        if name is ReportName.DEALS:
            print_post(shop, console)
        else:
            make_files(shop, name, period, day, top, out, console)
        if send:
            deliver(shop, name, period, day, console)


@app.command("schedule")
def show_schedule(context: typer.Context) -> None:
    """Show what runs by itself, when next, and how it went last."""
    from bot.terminal.report import schedule
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        schedule(shop, console)


@app.command("why")
def explain_messages(context: typer.Context, email: str) -> None:
    """Show what a customer was sent and what was withheld, and why: the last 20 messages."""
    from bot.terminal.jobs import explain_messages as explain
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        explain(shop.database, shop.shop, email, console)


@app.command("marketing")
def switch_marketing(
    context: typer.Context,
    switch: Annotated[Switch | None, typer.Argument(help="Nothing: say how it stands.")] = None,
) -> None:
    """Pause all marketing at once (receipts still go out), or go on with it."""
    from bot.terminal.jobs import switch_marketing as turn
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        turn(shop.unit_of_work, shop.shop, switch, shop.clock.now(), console)


@nlu_app.command()
def train() -> None:
    """Train the model if its data, configuration or components changed."""
    from nlu import server

    with console.status("Training") as status:
        result = server.train(lambda step: status.update(f"Training: {step}"))
    how = f"trained in {result.seconds:.0f} s" if result.trained else "the model is up to date; nothing to train"
    console.print(f"[green]✓[/] {how}")


@nlu_app.command()
def serve(
    context: typer.Context, interface: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1"
) -> None:
    """Run the Rasa server in the foreground; it is started again when it hangs. Others need PARLEY_NLU_TOKEN."""
    from bot.terminal.processes import check_port
    from nlu import server
    from nlu.supervising import Supervisor, local_url, supervise, understands

    settings = settings_of(context)
    port, token = settings.file.nlu.port, settings.nlu_token()
    check_port(interface, port)
    url = local_url(interface, port)
    supervise(
        Supervisor(
            lambda: server.serve(port, host=interface, token=token), lambda: understands(url, token), console.print
        )
    )


@nlu_app.command()
def evaluate(context: typer.Context, file: ExistingFile) -> None:
    """Measure how well the running model understands the messages of FILE (and of slots.jsonl beside it)."""
    from nlu.evaluating.evaluation import evaluate_file
    from nlu.rasa_client import RasaClient

    settings = settings_of(context)
    client = RasaClient(settings.nlu_url, token=settings.nlu_token(), timeout=10)
    evaluate_file(file, client, console)


if __name__ == "__main__":
    main()
