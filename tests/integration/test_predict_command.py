"""`parley predict`: what it prints of a file that was made up, and how it refuses others."""

import gzip
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from sqlalchemy import Engine

from bot.terminal.predict import evaluate_file
from bot.terminal.refusals import NoHistory
from domain.records.predictions import Predicted

FIRST = date(2026, 1, 5)
DAYS = 260
HEADER = "date,cust_email,cust_location,product_id,product_quantity,unit_price\n"


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 customers with habits of their own, of whom a third stops one day."""
    dice = np.random.default_rng(1)
    lines = []
    for customer in range(300):
        gap, day = dice.integers(5, 60), int(dice.integers(0, 80))
        ends = dice.integers(60, DAYS) if customer % 3 == 0 else DAYS
        while day < ends:
            at = FIRST + timedelta(days=day)
            for product in dice.choice(40, 2, replace=False):
                sold = f"P{product},{dice.integers(1, 5)},{2 + product}.50"
                lines.append(f"{at}T10:00:00,c{customer}@example.com,1,{sold}\n")
            day += max(1, int(dice.exponential(gap)))
    file = tmp_path_factory.mktemp("orders") / "orders.csv.gz"
    file.write_bytes(gzip.compress((HEADER + "".join(lines)).encode()))
    return file


def tried(
    file: Path, database: Engine, *whats: Predicted, cutoffs: tuple[date, ...] = (), folder: Path | None = None
) -> str:
    said = StringIO()
    console = Console(file=said, width=200)
    card = folder / "card.md" if folder else None
    evaluate_file(file, whats, cutoffs, folder, card, database, console)
    return said.getvalue()


def test_churn_is_tried_beside_what_it_is_held_against(orders: Path, engine: Engine, tmp_path: Path) -> None:
    cutoff = FIRST + timedelta(days=200)
    said = tried(orders, engine, Predicted.CHURN, cutoffs=(cutoff,), folder=tmp_path)
    for name in ("majority", "recency rule", "logistic regression", "boosting", "BG/NBD", "ours", "AUC", "Brier"):
        assert name in said
    assert f"cut-off {cutoff}: " in said
    assert (tmp_path / f"churn-{cutoff}.png").read_bytes().startswith(b"\x89PNG")
    card = (tmp_path / "card.md").read_text()
    assert "orders.csv.gz" in card
    assert "What they must not be used for" in card
    assert f"| {cutoff} |" in card
    assert said == tried(orders, engine, Predicted.CHURN, cutoffs=(cutoff,), folder=tmp_path)


def test_value_and_demand_are_tried_where_no_cut_off_is_said(orders: Path, engine: Engine, tmp_path: Path) -> None:
    said = tried(orders, engine, Predicted.VALUE, Predicted.DEMAND, folder=tmp_path)
    for name in ("past spend", "BG/NBD × Gamma-Gamma", "oracle", "mean only", "empirical quantile", "Croston-SBA"):
        assert name in said
    assert said.count("2026-0") >= 3
    assert (tmp_path / "stock.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("cutoff", "why"),
    [
        (FIRST + timedelta(days=30), "nothing to learn from is over by 2026-02-04; give another --cutoff"),
        (FIRST + timedelta(days=DAYS - 5), "are not over: the last order is of 2026-09"),
    ],
)
def test_a_cut_off_that_cannot_be_judged_is_refused(orders: Path, engine: Engine, cutoff: date, why: str) -> None:
    with pytest.raises(NoHistory, match=why):
        tried(orders, engine, Predicted.CHURN, cutoffs=(cutoff,))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("date\n", "do not match columns|Usecols"),
        (HEADER, "it has no orders"),
        (HEADER + "2026-01-05,a@example.com,1,P1,-2,3.00\n", "it has no orders"),
        (HEADER.replace(",unit_price", "") + "2026-01-05,a@example.com,1,P1,2\n", "it has no unit_price"),
        (HEADER + "yesterday,a@example.com,1,P1,2,3.00\n", "yesterday"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_line(tmp_path: Path, engine: Engine, content: str, why: str) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(content)
    with pytest.raises(NoHistory, match=why):
        tried(file, engine, Predicted.CHURN)


def test_prices_may_stand_in_the_inventory_beside_it(tmp_path: Path, orders: Path, engine: Engine) -> None:
    lines = gzip.decompress(orders.read_bytes()).decode().splitlines()
    (tmp_path / "orders.csv").write_text("\n".join(line.rpartition(",")[0] for line in lines) + "\n")
    stock = "".join(f"P{product},{2 + product}.50\n" for product in range(40))
    (tmp_path / "inventory.csv").write_text("product_id,sale_price\n" + stock)
    cutoff = FIRST + timedelta(days=150)
    with_prices = tried(orders, engine, Predicted.VALUE, cutoffs=(cutoff,))
    assert tried(tmp_path / "orders.csv", engine, Predicted.VALUE, cutoffs=(cutoff,)) == with_prices


def test_a_cut_off_that_only_one_can_judge_is_left_out_of_the_other_and_that_is_said(
    orders: Path, engine: Engine
) -> None:
    early, late = FIRST + timedelta(days=150), FIRST + timedelta(days=200)
    said = tried(orders, engine, Predicted.CHURN, Predicted.VALUE, cutoffs=(early, late))
    assert f"left out: the 90 days from {late} on are not over" in said
    assert f"churn, cut-off {late}" in said
