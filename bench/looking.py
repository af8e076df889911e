"""The boards over a million order lines: how long each page takes to be seen in a browser, and its slowest query."""

import shutil
import time
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine, event

from bench.asking import filled
from bench.reporting import SHOP
from bench.table import Budget, percentile
from bench.warehousing import TERMS, database_of
from bench.web import STAFF, running_web
from dashboards.boards import BOARDS, BoardKind
from dashboards.looking import Filters, Look
from domain.staff.entering import make_link
from scheduler.mart_reports import glossary_as_of
from storage.queries.marts import standing
from storage.server.clock import MachineClock
from storage.server.database import app_engine
from storage.server.embedded import EmbeddedPostgres
from storage.unit_of_work import PostgresUnitOfWork

LINES = 1_000_000
VISITS = 8  # of each board
MOST_PAINT = 1.0  # seconds until something is seen, of three visits in four
MOST_QUERY = 0.3  # seconds
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


def measure(postgres: EmbeddedPostgres, folder: Path) -> list[Budget]:
    """Every board, each visit in a browser that has seen none; nothing where there is no Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return []
    with database_of(postgres, "looking") as url:
        filled(url, LINES)
        engine = app_engine(url)
        slowest = {kind.name: _slowest_query(engine, kind) for kind in BOARDS}
        with running_web(url, "http://127.0.0.1:9", folder, name="looking") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            visit = partial(_painted, browser, engine, address)
            seen = {kind.name: percentile([visit(kind) for _ in range(VISITS + 1)][1:], 0.75) for kind in BOARDS}
            browser.close()
        engine.dispose()
    return [
        Budget(
            what=f"first paint of the board {name}, p75, {LINES:,} order lines; its slowest query",
            ours=f"{seen[name] * 1000:.0f} ms; {slowest[name] * 1000:.0f} ms",
            bare=f"{MOST_PAINT * 1000:.0f} ms; {MOST_QUERY * 1000:.0f} ms allowed",
            ratio=max(seen[name] / MOST_PAINT, slowest[name] / MOST_QUERY),
            most=1,
        )
        for name in seen
    ]


def _painted(browser: Browser, engine: Engine, address: str, kind: BoardKind) -> float:
    """Seconds until something of a board is seen."""
    with PostgresUnitOfWork(engine) as uow:
        secret = make_link(uow, (STAFF,), MachineClock().now())
        uow.commit()
    with browser.new_page() as page:
        page.goto(f"{address}/staff/{secret}?to=/data")
        page.get_by_role("button", name="Come in").click()
        page.wait_for_load_state()
        page.goto(f"{address}{kind.name.path}")
        for _ in range(200):
            painted = float(page.evaluate(FIRST_PAINT))
            if painted >= 0:
                return painted / 1000
            time.sleep(0.05)
    raise RuntimeError(f"nothing is seen of {kind.name}")


def _slowest_query(engine: Engine, kind: BoardKind) -> float:
    """Seconds of the slowest query of a board, the second time that it is made."""
    began: list[float] = []
    spent: list[float] = []

    def begin(*_: Any) -> None:
        began.append(time.perf_counter())

    def end(*_: Any) -> None:
        spent.append(time.perf_counter() - began.pop())

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    for _ in range(2):
        spent.clear()
        with standing(engine) as view, PostgresUnitOfWork(engine) as uow:
            if view is None:
                raise RuntimeError("the warehouse was not built")
            glossary = glossary_as_of(SHOP, TERMS, view.as_of)
            now = MachineClock().now()
            kind.make(Look(shop=SHOP, now=now, uow=uow, view=view, glossary=glossary, filters=Filters(), query={}))
    event.remove(engine, "before_cursor_execute", begin)
    event.remove(engine, "after_cursor_execute", end)
    return max(spent)
