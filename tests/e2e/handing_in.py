"""Branches hand in files while who takes them in is killed; in the end nothing is lost, doubled or half done."""

import os
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from nlu.processes import start
from storage.server import database

KEY = "c" * 40
HEADER = "date,cust_email,cust_location,product_id,product_quantity,store_id,order_ref\n"
LINES = 50  # of a file, each an order
CORRECTED = 5  # files are handed in again with other contents
PATIENCE_SECONDS = 240.0
FEWEST_KILLS = 4  # before connections are cut, too
_CUT = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
""")
_SAID = """
    SELECT order_ref, order_line.quantity FROM shop.orders JOIN shop.order_line USING (order_id)
    WHERE source = 'import' ORDER BY order_ref
"""


def run(folder: Path, url: str, *, files: int, seed: int) -> dict[str, object]:
    """Hands in so many files of orders, on an empty, migrated database, and checks what became of them."""
    dice, inbox = random.Random(seed), folder / "incoming"
    inbox.mkdir()
    config = {
        "shop": {"name": "Chaos"},
        "ingest": {"sources": [{"address": str(inbox), "kind": "orders"}]},
        "lake": {"url": str(folder / "lake")},
    }
    (folder / "ingest.yaml").write_text(yaml.safe_dump(config))
    engine = database.owner_engine(url)
    with engine.begin() as connection:
        connection.execute(_STOCK)
    for number in range(files):
        _hand_in(inbox, number, pieces=1)
    _hand_in(inbox, files, pieces=0)  # no order has none
    kills = _take_until_done(folder, engine, dice)
    for number in range(CORRECTED):
        _hand_in(inbox, number, pieces=2)
    (inbox / "again.csv").write_bytes((inbox / f"{files - 1}.csv").read_bytes())
    _age(inbox / "again.csv")
    kills += _take_until_done(folder, engine, dice)
    _check(folder, engine, files)
    engine.dispose()
    return {"files": files, "orders": files * LINES, "intakes that were killed": kills["kill"], "cut off": kills["cut"]}


_STOCK = text("""
    INSERT INTO shop.product (product_id, same_id, name, wholesale_cost, sale_price, supplier_id, quantity)
    VALUES ('HANDED', 'handed', 'Handed', 1, 2, 'CHAOS', 0)
""")


def _hand_in(inbox: Path, number: int, *, pieces: int) -> None:
    lines = (
        f"2026-01-{1 + line % 28:02} 10:00,c{number}-{line}@example.com,80203,HANDED,{pieces},north,{number}-{line}\n"
        for line in range(LINES)
    )
    (inbox / f"{number}.csv").write_text(HEADER + "".join(lines))
    _age(inbox / f"{number}.csv")


def _age(file: Path) -> None:
    """Written a minute ago, so that it is settled."""
    then = time.time() - 60
    os.utime(file, (then, then))


def _take_until_done(folder: Path, engine: Engine, dice: random.Random) -> Counter[str]:
    """Starts the intake again and again, kills it or cuts its connections at random, and lets the last one end."""
    environment = {"PYTHONPATH": os.getcwd(), "PARLEY_EMAIL_HASH_KEY": KEY, "PARLEY_DATABASE_URL": _url(engine)}
    command = [sys.executable, "-m", "bot.cli", "--config", str(folder / "ingest.yaml"), "ingest", "--once"]
    kills: Counter[str] = Counter()
    began, patience = time.monotonic(), 1.5
    while time.monotonic() < began + PATIENCE_SECONDS:
        child = start(command, log=folder / "ingest.log", env=environment, cwd=folder)
        end = time.monotonic() + dice.uniform(0.5, 1.0) * patience
        while child.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        if child.poll() is None and kills["kill"] >= FEWEST_KILLS and dice.random() < 0.4:
            kills["cut"] += 1
            with suppress(OperationalError), engine.begin() as connection:
                connection.execute(_CUT)
            child.wait()
        elif child.poll() is None:
            kills["kill"] += 1
            child.kill()
        if child.wait() == 0:
            return kills
        patience *= 1.15  # on a busy machine it takes longer to start
    raise AssertionError(f"the intake does not end: {(folder / 'ingest.log').read_text()[-2000:]}")


def _url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _check(folder: Path, engine: Engine, files: int) -> None:
    said = dict(_rows(engine, _SAID))
    assert said == {
        f"{number}-{line}": 2 if number < CORRECTED else 1 for number in range(files) for line in range(LINES)
    }, "an order was lost or doubled"
    states = Counter(row.state for row in _rows(engine, "SELECT state FROM raw.ingested_file"))
    assert states == {"loaded": files, "replaced": CORRECTED, "quarantined": 1, "known": 1}, states
    loaded = _rows(engine, "SELECT file_id, kept_at, rows FROM raw.ingested_file WHERE state = 'loaded'")
    for file in loaded:
        assert (folder / "lake" / file.kept_at).exists(), "a file was loaded of which there is no copy"
        [(noted,)] = _rows(engine, f"SELECT count(*) FROM raw.ingested_row WHERE file_id = {file.file_id:d}")
        assert noted == file.rows == LINES
    assert not (folder / "incoming" / f"{files}.csv").exists()


def _rows(engine: Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(query)).all())
