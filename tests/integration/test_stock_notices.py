"""What the admins' channel hears of stock: once for each state, by days of cover, and once a week what to reorder."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.terminal.reorder import HEADER, collect, show, write_csv
from domain.errors import Shortage
from domain.events import StockFell
from domain.products.purchasing import accept
from domain.products.snoozing import snooze
from scheduler.tasks import TELL_REORDER, WATCH_STOCK
from scheduler.timetable import week_to_reorder
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_product
from tests.support.fakes import StillClock
from tests.support.predicting import predict
from tests.support.rooms import StaffedJobs
from tests.support.shop import NOW, SHOP, stock_mugs
from tests.support.stocking import create_product, edit_product, restock

LOW = "Low: Red Mug (MUG-RED), 10 left, lasts 10 days; order 30"
DENVER = ZoneInfo("America/Denver")
MONDAY = "0 7 * * mon"


class StockRoom:
    """A shop with an admins' channel; ten red mugs are there."""

    def __init__(self, url: str, database: Database) -> None:
        stock_mugs(database)
        self.database = database
        self.clock = StillClock(NOW)
        self.jobs = StaffedJobs(url, database, replace(SHOP, low_stock=5), self.clock)

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, self.jobs.enqueue)

    def moves(self, delta: int, product_id: str = "MUG-RED") -> None:
        with self.unit_of_work() as uow:
            restock(uow, product_id, delta, now=self.clock.now(), low_stock=5)
            uow.commit()
        self.jobs.all_done()

    def watches(self) -> None:
        self.jobs.begin(WATCH_STOCK.due())
        self.jobs.all_done()

    def tells_week(self, week: date = date(2026, 5, 11)) -> None:
        self.jobs.begin(TELL_REORDER.due(week=week.isoformat()))
        self.jobs.all_done()

    def heard(self) -> list[str]:
        return [reply.text for reply in self.jobs.room.in_channel("C-ADMINS")]


@pytest.fixture
def room(engine: Database, database_url: str) -> StockRoom:
    return StockRoom(database_url, engine)


def test_without_a_prediction_the_old_mark_counts(room: StockRoom) -> None:
    room.moves(-5)
    room.moves(-5)
    room.watches()
    assert room.heard() == ["Low: Red Mug (MUG-RED), 5 left", "Sold out: Red Mug (MUG-RED)"]


def test_with_one_it_is_told_once_what_is_to_be_reordered_and_for_how_long_it_lasts(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    for _ in range(2):
        room.watches()
    assert room.heard() == [LOW]
    [reply] = room.jobs.room.in_channel("C-ADMINS")
    assert [one.choice.encode() for one in reply.buttons] == ["inv_reorder:1"]


def test_each_change_for_the_worse_is_told_once(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    room.watches()
    room.moves(-10)
    room.watches()
    assert room.heard() == [LOW, "Sold out: Red Mug (MUG-RED); order 40"]
    room.moves(5)
    room.watches()
    assert len(room.heard()) == 2  # better than out, and still low
    room.moves(-5)
    assert len(room.heard()) == 3  # out anew
    room.moves(50)
    room.watches()
    assert len(room.heard()) == 3
    room.moves(-31)
    room.watches()
    assert room.heard()[3] == "Low: Red Mug (MUG-RED), 19 left, lasts 19 days; order 21"


def test_out_is_told_anew_although_nobody_looked_in_between(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    room.moves(-10)
    room.moves(5)
    room.moves(-5)
    assert room.heard() == ["Sold out: Red Mug (MUG-RED); order 40"] * 2


def test_a_mark_that_is_no_change_is_silent_where_demand_is_predicted(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    room.watches()
    room.moves(-5)  # to the old mark
    assert room.heard() == [LOW]


def test_what_is_on_its_way_counts(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    with room.unit_of_work() as uow:
        accept(uow, "MUG-RED", 30, actor="slack:U1", today=NOW.date(), now=NOW)
        uow.commit()
    room.watches()
    assert room.heard() == []
    room.moves(-10)
    assert room.heard() == ["Sold out: Red Mug (MUG-RED); 30 coming"]


def test_a_snoozed_product_is_silent_until_then_and_told_of_afterwards(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    with room.unit_of_work() as uow:
        snooze(uow, "MUG-RED", actor="slack:U1", now=NOW)
        uow.commit()
    room.watches()
    room.moves(-10)
    assert room.heard() == []
    room.clock.passes(days=7)
    room.watches()
    assert room.heard() == ["Sold out: Red Mug (MUG-RED); order 40"]


def test_a_snooze_holds_without_a_prediction_too(room: StockRoom) -> None:
    with room.unit_of_work() as uow:
        snooze(uow, "MUG-RED", actor="slack:U1", now=NOW)
        uow.commit()
    room.moves(-10)
    assert room.heard() == []


def test_many_at_once_are_one_message(room: StockRoom) -> None:
    with room.unit_of_work() as uow:
        for number in range(12):
            create_product(uow, make_product(product_id=f"P{number:02}", name=f"Thing {number}", quantity=1))
        uow.commit()
    predict(room.database, {f"P{number:02}": {} for number in range(12)})
    room.watches()
    [said] = room.heard()
    assert len(said.splitlines()) == 11
    assert said.endswith("… and 2 more: /inventory reorder")
    room.watches()
    assert len(room.heard()) == 1


def test_what_could_not_be_posted_is_told_later(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    room.jobs.room.failures = 1
    room.watches()
    assert room.heard() == []
    room.watches()
    assert room.heard() == [LOW]


def test_a_week_of_stock_is_told_once_however_often_it_is_due(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    with room.unit_of_work() as uow:
        gone = [Shortage(product_id="MUG-RED", asked=14, available=10)]
        uow.lost_demand.note(gone, 1, NOW.date(), NOW)
        uow.commit()
    for _ in range(3):
        room.tells_week()
    [reply] = room.jobs.room.in_channel("C-ADMINS")
    assert reply.title == "To reorder"
    assert reply.text.splitlines() == [
        "1 product is to be reordered, of one supplier:",
        "S: 1 product, 30 pieces; Red Mug lasts 10 days\t$120.00",
        "Asked for in vain in the last 7 days: 4 pieces, most of Red Mug (4).",
    ]
    assert [one.choice.encode() for one in reply.buttons] == ["inv_reorder:1"]
    room.tells_week(date(2026, 5, 18))
    assert len(room.heard()) == 2


def test_what_is_late_is_in_the_weeks_notice(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    with room.unit_of_work() as uow:
        accept(uow, "MUG-RED", 30, actor="slack:U1", today=NOW.date(), now=NOW)
        uow.commit()
    room.tells_week()
    assert room.heard() == []  # nothing is due, nothing is late
    room.clock.passes(days=15)
    room.tells_week(date(2026, 5, 25))
    assert room.heard() == ["Late: P1. /inventory incoming shows them."]


def test_before_a_prediction_nothing_is_told_and_then_it_is(room: StockRoom) -> None:
    room.tells_week()
    assert room.heard() == []
    predict(room.database, {"MUG-RED": {}})
    room.tells_week()
    assert len(room.heard()) == 1


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2026, 5, 11, 6, 59, tzinfo=DENVER), None),
        (datetime(2026, 5, 11, 7, 0, tzinfo=DENVER), date(2026, 5, 11)),
        (datetime(2026, 5, 12, 23, 0, tzinfo=DENVER), date(2026, 5, 11)),
        (datetime(2026, 5, 13, 7, 0, tzinfo=DENVER), None),
        (datetime(2026, 5, 17, 23, 0, tzinfo=DENVER), None),
    ],
)
def test_the_week_is_due_from_its_time_on_for_two_days(now: datetime, week: date | None) -> None:
    assert week_to_reorder(now.astimezone(UTC), DENVER, MONDAY) == week
    assert week_to_reorder(now.astimezone(UTC), DENVER, "") is None


def listed(room: StockRoom, file: Path) -> list[dict[str, str]]:
    """The CSV, as a spreadsheet reads it."""
    with room.unit_of_work() as uow:
        write_csv(collect(uow, SHOP, room.clock, Console()), file)
    content = file.read_text()
    assert content.splitlines()[0] == ",".join(HEADER)
    return list(csv.DictReader(io.StringIO(content)))


def test_the_file_for_suppliers_holds_what_they_need(room: StockRoom, tmp_path: Path) -> None:
    predict(room.database, {"MUG-RED": {"weekly_demand": 14}})
    assert listed(room, tmp_path / "order.csv") == [
        {
            "supplier_id": "S",
            "product_id": "MUG-RED",
            "name": "Red Mug",
            "quantity": "30",
            "packs": "30",
            "unit_cost": "4.00",
            "amount": "120.00",
            "days_of_cover": "5.0",
            "demand_a_week": "14.0",
            "lead_days": "14",
        }
    ]


def test_a_name_that_looks_like_a_formula_is_none_in_the_file(room: StockRoom, tmp_path: Path) -> None:
    with room.unit_of_work() as uow:
        mug = uow.products.get(["MUG-RED"])["MUG-RED"]
        edit_product(uow, replace(mug, name="=HYPERLINK(1)", supplier_id="@SUM(1)"))
        uow.commit()
    predict(room.database, {"MUG-RED": {}})
    [row] = listed(room, tmp_path / "order.csv")
    assert (row["name"], row["supplier_id"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_the_terminal_shows_a_table_or_says_that_nothing_is_predicted(
    room: StockRoom, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console(width=160)
    with room.unit_of_work() as uow, pytest.raises(SystemExit):
        collect(uow, SHOP, room.clock, console)
    assert "No demand is predicted yet" in capsys.readouterr().out.replace("\n", " ")
    predict(room.database, {"MUG-RED": {}})
    with room.unit_of_work() as uow:
        show(collect(uow, SHOP, room.clock, console), SHOP, console)
        shown = capsys.readouterr().out
        assert "S: 30 pieces, $120.00" in shown
        assert "10 days" in shown
        show([], SHOP, console)
        write_csv(collect(uow, SHOP, room.clock, console), None)
    told = capsys.readouterr().out
    assert "Nothing is to be reordered" in told
    assert "S,MUG-RED,Red Mug,30,30,4.00,120.00,10.0,7.0,14" in told


def test_notices_speak_of_no_customer(room: StockRoom) -> None:
    predict(room.database, {"MUG-RED": {}})
    room.watches()
    with room.database.connect() as connection:
        args = connection.execute(text("SELECT string_agg(args::text, '') FROM jobs.procrastinate_jobs")).scalar()
    assert args is None
    with room.unit_of_work() as uow:
        uow.record(StockFell(product_id="MUG-RED", quantity=10))
        uow.commit()
    room.clock.moment += timedelta(minutes=1)
    room.jobs.all_done()
    assert room.heard() == [LOW]
