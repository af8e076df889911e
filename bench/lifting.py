"""`make lift`: how often the shop is right about campaigns whose true effect is known; some minutes for each effect."""

import logging
import math
import sys
import time
from decimal import Decimal
from functools import partial

import structlog
from rich.console import Console
from rich.status import Status
from rich.table import Table
from sqlalchemy import text

from storage.server import database
from tests.support.databases import own_server
from tests.support.lifting import Tally, Truth, simulate

TRUTHS = tuple(Truth(effect=effect) for effect in (0.0, 0.02, 0.05))
LEAST_COVERED, MOST_COVERED = 0.92, 0.98
MOST_CLAIMED = 0.08  # where there is nothing to claim
_FAST = ("fsync", "synchronous_commit", "full_page_writes")  # the database is thrown away


def main() -> int:
    """Prints the table; 1 where an interval holds the truth too seldom or too often, or too much is claimed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    console = Console(width=120)
    began = time.monotonic()
    tallies = []
    for truth in TRUTHS:
        with console.status(f"{truth.effect:+.0%}") as status, own_server() as (postgres, _):
            _hasten(postgres.url)
            database.upgrade(postgres.url)
            engine = database.app_engine(postgres.url)
            tallies.append(simulate(engine, truth, partial(_tell, status, truth)))
            engine.dispose()
    console.print(_table(tallies))
    mailed = [run.mailed for tally in tallies for run in tally.runs if run.mailed]
    console.print(f"{len(mailed)} campaigns sent {sum(mailed):,} mails; {time.monotonic() - began:.0f} s")
    return 0 if all(map(_kept, tallies)) else 1


def _tell(status: Status, truth: Truth, number: int) -> None:
    status.update(f"{truth.effect:+.0%}: campaign {number + 1} of {truth.runs}")


def _hasten(url: str) -> None:
    engine = database.owner_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in _FAST:
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def _kept(tally: Tally) -> bool:
    covered = LEAST_COVERED <= tally.covered / len(tally.runs) <= MOST_COVERED
    return covered and (tally.truth.effect != 0 or tally.claimed / len(tally.runs) <= MOST_CLAIMED)


def _table(tallies: list[Tally]) -> Table:
    one = TRUTHS[0]
    table = Table(
        title=f"{one.runs} campaigns each, {one.customers:,} customers, {one.hold_out:.0%} left alone, of whom "
        f"{one.base:.0%} order"
    )
    for heading in (
        "true effect", "interval holds it", "of revenue", "difference seen", "claimed", "mean found", "left alone",
    ):  # fmt: skip
        table.add_column(heading, justify="right")
    for tally in tallies:
        runs = len(tally.runs)
        table.add_row(
            f"{tally.truth.effect * 100:+.0f} points",
            _share(tally.covered, runs),
            _share(*tally.net_covered),
            _share(tally.seen, runs),
            _share(tally.claimed, runs),
            f"{tally.mean * 100:+.2f}",
            f"{Decimal(tally.held_out):.2%}",
            style="" if _kept(tally) else "red",
        )
    return table


def _share(count: int, runs: int) -> str:
    """A share with two standard errors."""
    share = count / runs
    return f"{share:.1%} ± {2 * math.sqrt(share * (1 - share) / runs):.1%}"


if __name__ == "__main__":
    sys.exit(main())
