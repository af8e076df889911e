"""`parley simulate`: orders by the shop's own rules, day after day, and never one twice however it is interrupted."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from sqlalchemy import Engine

from bot.shop import Shop
from bot.terminal import simulate
from bot.terminal.simulate import Frame, Play, SimulationResult
from domain.model import Terms
from storage.errors import ImportRefused
from storage.imports.files import ImportRules
from storage.queries import simulations
from storage.queries.simulations import Tally
from tests.support.importing import (
    HASH_KEY,
    NOW,
    ORDER_HEADER,
    ask,
    bad_rows,
    everything,
    stock_shop,
    write,
    wrong_stocks,
)

TERMS = Terms(cancel_window=timedelta(minutes=30), quote_hold=timedelta(minutes=15), most_per_line=1000, ask_above=50)
SHOP = Shop(
    name="Test Shop",
    currency="USD",
    locale="en_US",
    time_zone=ZoneInfo("America/Denver"),
    support_hours="on weekdays",
    hash_key=HASH_KEY,
    terms=TERMS,
)
# Four days of Denver; the last moment of the first day is the second day in UTC. Three jugs are left on the last.
ROWS = f"""{ORDER_HEADER},unit_price
2026-01-05 09:00:00,ada@example.com,80203,MUG,2,11.50
2026-01-05 23:30:00,ben@example.com,80203,MUG,1,
2026-01-05 23:30:00,ben@example.com,80203,JUG,1,
2026-01-06,ada@example.com,80203,MUG,3,12.00
2026-01-08 10:00:00,ben@example.com,80203,MUG,1,12.00
2026-01-09,ada@example.com,80203,JUG,4,20.00
2026-01-09,ben@example.com,80203,JUG,2,20.00
"""
WHOLE = Tally(orders=5, dollars=Decimal("143.00"), stock_outs=1)
PLACED = "SELECT placed_at, total FROM shop.orders ORDER BY order_id"


@pytest.fixture
def file(engine: Engine, tmp_path: Path) -> Path:
    stock_shop(engine, tmp_path)
    return write(tmp_path, ROWS, "orders.csv")


def play(
    engine: Engine,
    file: Path,
    show: Callable[[Frame], None] = lambda frame: None,
    *,
    restart: bool = False,
    days_per_second: float = 0,
) -> SimulationResult:
    return simulate.simulate(
        engine,
        file,
        replace(SHOP, hash_key=HASH_KEY, time_zone=ZoneInfo("America/Denver"), terms=TERMS),
        Play(restart=restart, days_per_second=days_per_second),
        now=NOW,
        show=show,
    )


def test_each_order_is_placed_at_its_moment_and_takes_its_stock(engine: Engine, file: Path) -> None:
    result = play(engine, file)

    assert (result.next_day, result.tally) == (None, WHOLE)
    assert ask(engine, "SELECT DISTINCT source, state, cancel_until - placed_at FROM shop.orders") == [
        ("simulate", "placed", TERMS.cancel_window)
    ]
    assert [(f"{at:%m-%d %H:%M}", total) for at, total in ask(engine, PLACED)] == [
        ("01-05 16:00", Decimal("23.00")),
        ("01-06 06:30", Decimal("32.00")),
        ("01-06 07:00", Decimal("36.00")),
        ("01-08 17:00", Decimal("12.00")),
        ("01-09 07:00", Decimal("40.00")),
    ]
    assert ask(engine, "SELECT product_id, quantity FROM shop.product ORDER BY 1") == [("JUG", 1), ("MUG", 3)]
    assert wrong_stocks(engine) == []


def test_a_refused_order_takes_nothing_and_is_counted(engine: Engine, file: Path) -> None:
    play(engine, file)

    assert ask(engine, "SELECT sum(delta) FROM shop.stock_movement WHERE product_id = 'JUG' AND delta < 0") == [(-3,)]


def test_the_view_hears_of_each_day_of_the_shop(engine: Engine, file: Path) -> None:
    frames: list[Frame] = []
    play(engine, file, frames.append)

    assert [(frame.day, frame.played, frame.days, frame.tally.orders) for frame in frames] == [
        (date(2026, 1, 5), 1, 4, 2),
        (date(2026, 1, 6), 2, 4, 3),
        (date(2026, 1, 8), 3, 4, 4),
        (date(2026, 1, 9), 4, 4, 5),
    ]
    assert frames[-1].tally == WHOLE


def test_a_failure_in_the_middle_of_a_day_undoes_the_day_alone(
    engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = simulations.add

    def fail_on_the_second_day(connection: object, file_hash: str, day: Tally) -> Tally:
        if ask(engine, "SELECT count(*) FROM shop.orders") == [(2,)]:
            raise ConnectionError
        return add(connection, file_hash, day)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(simulations, "add", fail_on_the_second_day)
        with pytest.raises(ConnectionError):
            play(engine, file)

    assert ask(engine, "SELECT count(*) FROM shop.orders") == [(2,)]
    assert ask(engine, "SELECT next_day, orders FROM shop.simulation") == [("2026-01-06", 2)]
    assert play(engine, file).tally == WHOLE
    assert ask(engine, "SELECT count(*) FROM shop.orders") == [(5,)]
    assert wrong_stocks(engine) == []


def test_a_failure_after_a_day_repeats_nothing_of_it(engine: Engine, file: Path) -> None:
    def fail(frame: Frame) -> None:
        raise ConnectionError

    for _ in range(4):
        with pytest.raises(ConnectionError):
            play(engine, file, fail)

    assert play(engine, file).tally == WHOLE
    assert ask(engine, "SELECT count(*) FROM shop.orders") == [(5,)]


def test_ctrl_c_ends_with_the_way_to_go_on(engine: Engine, file: Path) -> None:
    def stop(frame: Frame) -> None:
        raise KeyboardInterrupt

    stopped = play(engine, file, stop)

    assert stopped.describe(SHOP.money) == (
        f"Stopped before 2026-01-06: 2 orders, $55.00, refused for lack of stock: 0. Go on with: parley simulate {file}"
    )
    assert play(engine, file).describe(SHOP.money) == (
        "orders.csv was played to its end: 5 orders, $143.00, refused for lack of stock: 1. "
        "Play it again with --restart."
    )


def test_a_played_file_is_played_again_only_when_asked(engine: Engine, file: Path) -> None:
    play(engine, file)
    before = everything(engine)

    assert play(engine, file).tally == WHOLE
    assert everything(engine) == before
    again = play(engine, file, restart=True)
    assert again.tally == Tally(orders=2, dollars=Decimal("55.00"), stock_outs=4)
    assert wrong_stocks(engine) == []


def test_a_retired_product_is_not_sold(engine: Engine, file: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE shop.product SET retired_at = now() WHERE product_id = 'JUG'")

    assert play(engine, file).tally == Tally(orders=3, dollars=Decimal("71.00"), stock_outs=3)


def test_two_simulations_of_one_file_share_its_days(engine: Engine, file: Path) -> None:
    threads = [threading.Thread(target=lambda: play(engine, file)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert play(engine, file).tally == WHOLE
    assert ask(engine, "SELECT count(*) FROM shop.orders") == [(5,)]


def test_a_wrong_file_plays_nothing(engine: Engine, file: Path, tmp_path: Path) -> None:
    wrong = write(tmp_path, f"{ROWS}2026-01-10,ada@example.com,80203,CUP,1,1.00\n")
    with pytest.raises(ImportRefused) as caught:
        play(engine, wrong)

    assert bad_rows(caught.value) == [(9, "product_id 'CUP' is not in the inventory")]
    assert ask(engine, "SELECT count(*) FROM shop.orders") == [(0,)]


def test_prices_are_rounded_and_returns_left_out_on_purpose_only(engine: Engine, file: Path, tmp_path: Path) -> None:
    odd = write(
        tmp_path, f"{ROWS}2026-01-10,ada@example.com,80203,MUG,1,1.234\n2026-01-10,a@example.com,8,MUG,-1,1.00\n"
    )
    with pytest.raises(ImportRefused) as caught:
        play(engine, odd)
    assert [line for line, _ in bad_rows(caught.value)] == [9, 10]
    console = Console(record=True, width=80)
    lenient = Play(rules=ImportRules(rounding=True, skip_returns=True))
    result = simulate.run(engine, odd, SHOP, lenient, now=NOW, console=console)
    assert result.tally == Tally(orders=6, dollars=Decimal("144.23"), stock_outs=1)


def test_a_file_without_orders_is_over_at_once(engine: Engine, tmp_path: Path) -> None:
    assert play(engine, write(tmp_path, ORDER_HEADER)) == SimulationResult(
        file=tmp_path / "file.csv", next_day=None, tally=Tally()
    )


def test_the_pace_is_kept(engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("bot.terminal.simulate.time.sleep", waited.append)
    play(engine, file, days_per_second=0.01)

    assert len(waited) == 4
    assert all(90 < seconds <= 100 for seconds in waited)


def test_the_live_view_ends_with_the_last_day(engine: Engine, file: Path) -> None:
    console = Console(record=True, width=80, force_terminal=True)
    simulate.run(engine, file, SHOP, Play(), now=NOW, console=console)

    shown = console.export_text()
    assert "2026-01-09" in shown
    assert "5 orders" in shown
    assert "$143.00" in shown
    assert "1 stock-outs" in shown
