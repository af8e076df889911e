"""`parley jobs`, `mails`, `why` and `marketing`: the queue, what failed, what became of messages, a switch."""

import getpass
from collections.abc import Callable, Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from bot.phrases import why
from bot.shop import Shop
from bot.terminal.refusals import NothingOfThatNumber
from domain.outreach.pausing import pause_of, switch
from domain.people.identity import hash_email, normalise_email
from storage.queries import job_queue
from storage.queries.mailbox import DevMailbox
from storage.unit_of_work import PostgresUnitOfWork

MOST_LISTED = 50


def show(database: Engine, shop: Shop, console: Console) -> None:
    """Shows how much waits, and the jobs that failed with their last error, whether they are tried again or not."""
    with database.connect() as connection:
        counts, failed = job_queue.counts(connection), job_queue.failed(connection, MOST_LISTED)
    oldest = f", the oldest for {counts.oldest_seconds:.0f} s" if counts.queued else ""
    console.print(f"{counts.queued} queued{oldest}; {counts.running} running; {counts.failed} failed")
    if not failed:
        return
    table = Table("job", "task", "about", "tries", "last error", "at", "next try", box=None, padding=(0, 2, 0, 0))
    for job in failed:
        about = " ".join(f"{name}={value}" for name, value in job.args.items())
        at = shop.moment(job.failed_at) if job.failed_at else ""
        again = shop.moment(job.again_at) if job.again_at else "given up"
        table.add_row(str(job.job_id), job.task, about, str(job.attempts), job.error or "its worker died", at, again)
    console.print(table)
    console.print("`parley jobs retry NUMBER …` tries some of them again, `parley jobs retry --all` all.", markup=False)


def retry(database: Engine, job_ids: Sequence[int] | None, console: Console) -> None:
    """Lets failed jobs run again, all of them if none are named.

    Raises:
        NothingOfThatNumber: none of those named is one.
    """
    with database.begin() as connection:
        if job_ids is None:
            job_ids = job_queue.given_up(connection)
        count = job_queue.retry(connection, job_ids)
    if job_ids and not count:
        raise NothingOfThatNumber("None of these numbers is a failed job; `parley jobs` lists them.")
    others = f"; {len(job_ids) - count} of these numbers are no failed jobs" if count < len(job_ids) else ""
    console.print(f"[green]✓[/] {count} queued again{others}", highlight=False)


def show_mails(mailbox: DevMailbox, shop: Shop, mail_id: int | None, console: Console) -> None:
    """Lists the mails that were kept because no mail service takes them, or shows one of them as plain text.

    Raises:
        NothingOfThatNumber: no such mail is kept.
    """
    if mail_id is not None:
        mail = mailbox.get(mail_id)
        if mail is None:
            raise NothingOfThatNumber("No mail of this number is kept; `parley mails` lists them.")
        said = f"To: {mail.to}\nSubject: {mail.subject}\n\n{mail.body}"
        console.print(said, markup=False, highlight=False, soft_wrap=True)
        return
    table = Table("mail", "to", "subject", "at", box=None, padding=(0, 2, 0, 0))
    for one in mailbox.newest(MOST_LISTED):
        table.add_row(str(one.mail_id), escape(one.to), escape(one.subject), shop.moment(one.at))
    console.print(table if table.row_count else "No mail is kept here.")


def explain_messages(database: Engine, shop: Shop, email: str, console: Console) -> None:
    """Shows the last messages to a customer and what became of each.

    Raises:
        BadEmail: it is no address.
    """
    with PostgresUnitOfWork(database) as uow:
        hashed = hash_email(normalise_email(email), shop.hash_key)
        found = uow.notifications.latest(hashed, why.MOST)
        agreed = uow.opt_ins.of_email(hashed, why.MOST)
    if not found:
        console.print(why.NOTHING)
    _print_rows(console, why.TITLE, ("message", "what became of it"), why.rows(found, shop))
    _print_rows(console, why.CONSENT_TITLE, ("question", "answer"), why.consents(agreed, shop))


def _print_rows(console: Console, title: str, columns: tuple[str, str], rows: Sequence[tuple[str, str]]) -> None:
    if not rows:
        return
    table = Table(*columns, title=title, title_justify="left", box=None)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def switch_marketing(
    unit_of_work: Callable[[], PostgresUnitOfWork], shop: Shop, word: str | None, now: datetime, console: Console
) -> None:
    """Pauses marketing ("pause") or goes on with it ("resume"), and says how it stands."""
    with unit_of_work() as uow:
        if word is not None:
            switch(uow.audit, paused=word == "pause", actor=f"shell:{getpass.getuser()}", now=now)
            uow.commit()
        paused = pause_of(uow.audit)
    if paused is None:
        console.print("Marketing goes out. `parley marketing pause` stops it at once.", markup=False)
    else:
        said = f"{paused.actor} paused marketing on {shop.moment(paused.at)}."
        console.print(f"{said} `parley marketing resume` goes on with it.", markup=False, highlight=False)
