"""`make bench`: measures the budgets of the design in one run, prints the table, exits with 1 when one is missed."""

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from bench import asking, importing, looking, ordering, predicting, recommending, reporting, turns, warehousing
from bench.table import show
from bot.terminal.processes import free_port
from nlu import server
from storage.server import database, embedded


def main() -> int:
    """Runs on a database of its own, with the durability settings of a real one."""
    console = Console()
    folder = Path(tempfile.mkdtemp(prefix="parley-bench-"))
    with console.status("Postgres and Rasa …"):
        server.train()
        postgres = embedded.start(folder)
        database.upgrade(postgres.url)
        port = free_port()
        rasa = server.serve(port, log=folder / "rasa.log")
        server.wait_ready(f"http://127.0.0.1:{port}", process=rasa)
    try:
        budgets = []
        with console.status("Turns …"):
            budgets += turns.measure(postgres.url, f"http://127.0.0.1:{port}", folder)
    finally:
        rasa.terminate()
        rasa.wait()
    with console.status("Orders …"):
        budgets += ordering.measure(postgres, postgres.url)
    with console.status("Imports …"):
        budgets += importing.measure(postgres.url, folder)
    with console.status("Recommending …"):
        budgets += recommending.measure(postgres, folder)
    with console.status("Reports …"):
        budgets += reporting.measure(postgres, folder)
    with console.status("The warehouse …"):
        budgets += warehousing.measure(postgres, folder)
    with console.status("Predictions …"):
        budgets += predicting.measure(postgres, folder)
    with console.status("The API …"):
        budgets += asking.measure(postgres, folder)
    with console.status("The boards …"):
        budgets += looking.measure(postgres, folder)
    show(budgets, console)
    return 0 if all(budget.kept for budget in budgets) else 1


if __name__ == "__main__":
    sys.exit(main())
