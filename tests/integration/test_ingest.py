"""Files that branches hand in: each content once, kept as it came, loaded with its rows in the ledger, or refused."""

import contextlib
import os
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import boto3
import pytest
from sqlalchemy import Connection, Engine

from analytics import folders
from analytics.folders import Folder, Unreachable
from analytics.ingestion.taking import Intake, IntakeTerms, Source
from domain.records.ingested import FileKind, FileState, IngestedFile
from nlu.processes import free_port
from storage.imports.handed_in import HandedIn
from storage.queries.ingested import PostgresIngested
from tests.integration.conftest import KEYS
from tests.support.fakes import StillClock
from tests.support.importing import HASH_KEY, NOW, ORDER_HEADER, ask, stock_shop

LINE = "2020-06-25,ada@example.com,80203,MUG,{}\n"
NUMBERED = f"{ORDER_HEADER},store_id,order_ref\n"


@dataclass
class Branch:
    """A shop that takes in files, and a branch's folder for each kind of them."""

    engine: Engine
    folder: Path
    followed: list[IngestedFile] = field(default_factory=list)
    most_bytes: int = 1_000_000

    def __post_init__(self) -> None:
        self.clock = StillClock(NOW)
        self.sources = tuple(Source(address=str(self.folder / kind), kind=kind) for kind in FileKind)
        for kind in FileKind:
            (self.folder / kind).mkdir()

    @property
    def lake(self) -> Path:
        return self.folder / "lake"

    @property
    def intake(self) -> Intake:
        how = HandedIn(hash_key=HASH_KEY, time_zone="America/Denver")
        terms = IntakeTerms(sources=self.sources, lake=str(self.lake), most_bytes=self.most_bytes, how=how)
        return Intake(self.engine, self.clock, terms, self.follow)

    def follow(self, connection: Connection, file: IngestedFile) -> None:
        self.followed.append(file)

    def hands_in(self, content: str, name: str = "monday.csv", kind: FileKind = FileKind.ORDERS, age: int = 60) -> Path:
        file = self.folder / kind / name
        file.write_text(content)
        written = (self.clock.now() - timedelta(seconds=age)).timestamp()
        os.utime(file, (written, written))
        return file

    def takes(self) -> list[tuple[FileState, str]]:
        """What became of what was new."""
        told: list[IngestedFile] = []
        assert self.intake.take(told.append) == []
        return [(file.state, file.said) for file in told]

    def passes(self, seconds: int) -> None:
        self.clock = StillClock(self.clock.now() + timedelta(seconds=seconds))

    def kept(self) -> list[str]:
        return sorted(str(file.relative_to(self.lake)) for file in self.lake.rglob("*") if file.is_file())


@pytest.fixture
def branch(engine: Engine, tmp_path: Path) -> Branch:
    stock_shop(engine, tmp_path)
    return Branch(engine, tmp_path)


def orders_of(engine: Engine) -> list[tuple[object, ...]]:
    return ask(
        engine,
        "SELECT order_ref, total, (SELECT string_agg(quantity || ' ' || product_id, ', ' ORDER BY line_no) "
        "FROM shop.order_line l WHERE l.order_id = o.order_id) FROM shop.orders o ORDER BY placed_at, order_ref",
    )


def test_a_file_is_loaded_once_and_kept_as_it_came(branch: Branch, engine: Engine) -> None:
    file = branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2))
    [(state, said)] = branch.takes()
    assert (state, "1 orders created" in said) == (FileState.LOADED, True)
    assert branch.takes() == []
    [kept] = branch.kept()
    assert kept.startswith("raw/orders/")
    assert (branch.lake / kept).read_bytes() == file.read_bytes()
    assert len(orders_of(engine)) == 1
    assert [one.state for one in branch.followed] == [FileState.LOADED]


@pytest.mark.parametrize(("column", "lines"), [("", []), (",north", []), (",south", [2]), (",", [2])])
def test_all_orders_are_of_the_branch_whose_folder_it_is(
    branch: Branch, engine: Engine, column: str, lines: list[int]
) -> None:
    folder = str(branch.folder / FileKind.ORDERS)
    branch.sources = (Source(address=folder, kind=FileKind.ORDERS, store="north"),)
    header = f"{ORDER_HEADER},order_ref{column and ',store_id'}\n"
    branch.hands_in(header + LINE.format(2).strip() + f",N1{column}\n")
    [(state, said)] = branch.takes()
    assert state is (FileState.QUARANTINED if lines else FileState.LOADED)
    assert ask(engine, "SELECT store_id FROM shop.orders") == ([] if lines else [("north",)])
    assert not lines or "line 2: store_id is" in said
    assert not lines or "what comes here is of 'north'" in said


def test_a_branch_speaks_of_shipments_of_its_own_orders_only(branch: Branch, engine: Engine) -> None:
    branch.hands_in(NUMBERED + LINE.format(2).strip() + ",north,N1\n")
    branch.takes()
    folder = str(branch.folder / FileKind.SHIPMENTS)
    branch.sources = (Source(address=folder, kind=FileKind.SHIPMENTS, store="south"),)
    header = "shipment_id,order_ref,shipped_date,delivery_status"
    branch.hands_in(f"{header}\nS1,N1,2020-06-26,shipped\n", kind=FileKind.SHIPMENTS)
    branch.hands_in(f"{header},store_id\nS2,N1,2020-06-26,shipped,north\n", "other.csv", kind=FileKind.SHIPMENTS)
    told = [(state, said.splitlines()[1]) for state, said in branch.takes()]
    assert told == [
        (FileState.QUARANTINED, "line 2: there is no order 'N1' of store 'south'; import the orders first"),
        (FileState.QUARANTINED, "line 2: store_id is 'north', and what comes here is of 'south'"),
    ]


def test_the_same_content_under_another_name_does_nothing(branch: Branch, engine: Engine) -> None:
    branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2))
    branch.takes()
    branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2), "tuesday.csv")
    assert branch.takes() == [(FileState.KNOWN, "the same content was loaded before, as monday.csv")]
    assert len(orders_of(engine)) == 1


def test_what_is_still_being_written_waits(branch: Branch) -> None:
    branch.hands_in(ORDER_HEADER + "\n", age=1)
    assert branch.takes() == []
    branch.passes(60)
    assert [state for state, _ in branch.takes()] == [FileState.LOADED]


def test_a_bad_file_is_put_apart_with_its_lines_and_reasons(branch: Branch, engine: Engine) -> None:
    file = branch.hands_in(f"{ORDER_HEADER}\n{LINE.format(2)}{LINE.format('many')}{LINE.format(0)}")
    content = file.read_bytes()
    [(state, said)] = branch.takes()
    assert state is FileState.QUARANTINED
    assert "2 row(s) are wrong" in said
    assert "line 3:" in said
    assert "line 4:" in said
    kept, reasons = branch.kept()
    assert kept.startswith("quarantine/orders/")
    assert (branch.lake / kept).read_bytes() == content
    assert (branch.lake / reasons).read_text().splitlines()[1].startswith("3,")
    assert not file.exists()
    assert orders_of(engine) == []
    assert [one.state for one in branch.followed] == [FileState.QUARANTINED]


def test_what_was_refused_is_tried_again_when_it_is_handed_in_again(branch: Branch, engine: Engine) -> None:
    lamp = ORDER_HEADER + "\n2020-06-25,ada@example.com,80203,LAMP,1\n"
    branch.hands_in(lamp)
    assert branch.takes()[0][0] is FileState.QUARANTINED
    stock = "product_id,quantity,wholesale_cost,sale_price,supplier_id\nLAMP,5,1.00,3.00,S\n"
    branch.hands_in(stock, "stock.csv", FileKind.INVENTORY)
    branch.hands_in(lamp, age=30)
    assert sorted(state for state, _ in branch.takes()) == [FileState.LOADED, FileState.LOADED]
    assert orders_of(engine) == [(None, 3, "1 LAMP")]


def test_every_row_has_its_file_and_line(branch: Branch, engine: Engine) -> None:
    branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2) + "2020-06-26,ben@example.com,80203,MUG,1\n")
    branch.hands_in(
        "id,first_name,last_name,email,signup_date\n7,Ada,L,ada@example.com,\n", "c.csv", FileKind.CUSTOMERS
    )
    branch.takes()
    rows = ask(
        engine,
        "SELECT f.name, r.line, f.kind, r.brought FROM raw.ingested_row r JOIN raw.ingested_file f USING (file_id) "
        "ORDER BY f.kind, line",
    )
    assert rows == [
        ("c.csv", 2, "customers", True),
        ("monday.csv", 2, "orders", True),
        ("monday.csv", 3, "orders", True),
    ]
    [(subject, order_id)] = ask(
        engine,
        "SELECT subject, order_id FROM raw.ingested_row JOIN raw.ingested_file USING (file_id), shop.orders "
        "WHERE kind = 'orders' AND line = 2 AND date(placed_at) = '2020-06-25'",
    )
    assert subject == f"{order_id}/1"


def test_a_corrected_file_takes_the_place_of_the_one_before(branch: Branch, engine: Engine) -> None:
    first = NUMBERED + "".join(
        f"2020-06-25,ada@example.com,80203,{product},{count},north,{ref}\n"
        for product, count, ref in (("MUG", 2, "R-1"), ("JUG", 1, "R-1"), ("MUG", 5, "R-2"), ("JUG", 1, "R-3"))
    )
    branch.hands_in(first)
    branch.takes()
    before = dict(ask(engine, "SELECT order_ref, order_id FROM shop.orders"))
    corrected = NUMBERED + "".join(
        f"2020-06-26,{who}@example.com,80203,{product},{count},north,{ref}\n"
        for who, product, count, ref in (("ada", "MUG", 1, "R-1"), ("ben", "MUG", 5, "R-2"), ("ada", "JUG", 4, "R-4"))
    )
    branch.hands_in(corrected, age=30)
    [(state, said)] = branch.takes()
    assert (state, "1 of the file before are gone" in said) == (FileState.LOADED, True)
    assert [(ref, lines) for ref, _, lines in orders_of(engine)] == [
        ("R-1", "1 MUG"),
        ("R-2", "5 MUG"),
        ("R-4", "4 JUG"),
    ]
    after = dict(ask(engine, "SELECT order_ref, order_id FROM shop.orders"))
    assert after["R-1"] == before["R-1"]
    [wrong] = ask(
        engine,
        "SELECT count(*) FROM shop.orders o WHERE total + discount <> "
        "(SELECT sum(quantity * unit_price) FROM shop.order_line l WHERE l.order_id = o.order_id)",
    )
    assert wrong == (0,)
    with engine.connect() as connection:
        newest, oldest = PostgresIngested(connection).last(2)
    assert (newest.state, newest.removed, oldest.state) == (FileState.LOADED, 1, FileState.REPLACED)


def test_a_correction_leaves_what_another_file_says_too(branch: Branch, engine: Engine) -> None:
    monday, tuesday = (f"2020-06-2{day},ada@example.com,80203,MUG,1,north,R-{day}\n" for day in (2, 3))
    branch.hands_in(NUMBERED + monday)
    branch.hands_in(NUMBERED + monday + tuesday, "week.csv", age=50)
    branch.takes()
    branch.hands_in(NUMBERED + tuesday, "monday.csv", age=30)
    branch.takes()
    assert [ref for ref, _, _ in orders_of(engine)] == ["R-2", "R-3"]


def test_a_refused_correction_changes_nothing(branch: Branch, engine: Engine) -> None:
    branch.hands_in(NUMBERED + "2020-06-25,ada@example.com,80203,MUG,2,north,R-1\n")
    branch.takes()
    shipped = "shipment_id,order_ref,shipped_date,delivery_status\nS-1,R-1,2020-06-27,shipped\n"
    branch.hands_in(shipped, "s.csv", FileKind.SHIPMENTS)
    branch.takes()
    before = orders_of(engine)
    branch.hands_in(NUMBERED + "2020-06-25,ada@example.com,80203,MUG,2,north,R-9\n", age=30)
    [(state, said)] = branch.takes()
    assert (state, "was shipped since and is missing here" in said) == (FileState.QUARANTINED, True)
    assert orders_of(engine) == before


def test_a_file_that_is_too_large_is_not_even_fetched(branch: Branch) -> None:
    branch.most_bytes = 10
    branch.hands_in(ORDER_HEADER + "\n")
    [(state, said)] = branch.takes()
    assert (state, "ingest.most_megabytes" in said, branch.takes()) == (FileState.QUARANTINED, True, [])
    assert not branch.lake.exists()


def test_a_link_out_of_the_folder_is_not_followed(branch: Branch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("root:x")
    (branch.folder / FileKind.ORDERS / "link.csv").symlink_to(secret)
    branch.passes(60)
    assert branch.takes() == []


def test_a_folder_that_is_away_keeps_no_other_waiting(branch: Branch, engine: Engine) -> None:
    nowhere = Source(address="s3://no-bucket/orders", kind=FileKind.ORDERS)
    branch.sources = (nowhere, *branch.sources)
    branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("ENDPOINT_URL", f"http://127.0.0.1:{free_port()}"), *KEYS):
            patch.setenv(f"AWS_{name}", value)
        [away] = branch.intake.take()
    assert away.address == "s3://no-bucket/orders"
    assert len(orders_of(engine)) == 1


@pytest.mark.parametrize("mood", ["slow", "forbids"])
def test_a_bucket_that_is_slow_or_lets_nobody_in_is_away(monkeypatch: pytest.MonkeyPatch, mood: str) -> None:
    monkeypatch.setattr(folders, "ANSWER_SECONDS", 1)
    served = threading.Event()

    class Bucket(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if mood == "slow":
                served.wait(10)
            with contextlib.suppress(OSError):
                self.send_error(403)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Bucket) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, value in (("ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}"), *KEYS):
            monkeypatch.setenv(f"AWS_{name}", value)
        with pytest.raises(Unreachable) as away:
            Folder("s3://branches/north").files()
        served.set()
        server.shutdown()
    assert ("Forbidden" in away.value.reason) == (mood == "forbids")


def test_a_bucket_is_a_folder_like_any_other(branch: Branch, engine: Engine, bucket: str) -> None:
    s3 = boto3.client("s3")
    branch.sources = (Source(address=f"s3://{bucket}/north", kind=FileKind.ORDERS, pattern="*.csv"),)
    put = [("good.csv", LINE.format(2)), ("bad.csv", LINE.format("x")), ("notes.txt", "")]
    for name, line in put:
        s3.put_object(Bucket=bucket, Key=f"north/{name}", Body=(ORDER_HEADER + "\n" + line).encode())
    branch.clock = StillClock(branch.clock.now() + timedelta(days=365 * 20))  # moto goes by the machine's clock
    branch.intake.take()
    with engine.connect() as connection:
        states = {file.name: file.state for file in PostgresIngested(connection).last(9)}
    assert states == {"good.csv": FileState.LOADED, "bad.csv": FileState.QUARANTINED}
    left = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert sorted(left) == ["north/good.csv", "north/notes.txt"]
    assert branch.takes() == []


def test_copies_can_be_kept_in_a_bucket(tmp_path: Path, bucket: str) -> None:
    file = tmp_path / "file.csv"
    file.write_text("a,b\n")
    Folder(f"s3://{bucket}/lake").keep(file, "raw/orders/file.csv")
    body = boto3.client("s3").get_object(Bucket=bucket, Key="lake/raw/orders/file.csv")["Body"].read()
    assert body == b"a,b\n"


def test_without_the_lake_nothing_is_loaded_and_later_all_is(
    branch: Branch, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2))
    branch.lake.write_text("no folder")
    with pytest.raises(Unreachable):
        branch.intake.take()
    assert orders_of(engine) == []
    branch.lake.unlink()
    assert [state for state, _ in branch.takes()] == [FileState.LOADED]


def test_what_follows_is_in_the_transaction_of_the_file(branch: Branch, engine: Engine) -> None:
    def fails(connection: Connection, file: IngestedFile) -> None:
        raise ConnectionError

    branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2))
    follow, branch.follow = branch.follow, fails  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        branch.intake.take()
    assert orders_of(engine) == []
    branch.follow = follow  # type: ignore[method-assign]
    assert [state for state, _ in branch.takes()] == [FileState.LOADED]


def test_a_name_that_is_no_text_keeps_no_other_waiting(branch: Branch, engine: Engine) -> None:
    odd = os.fsencode(branch.folder / FileKind.ORDERS) + b"/a\xff\n.csv"
    with open(odd, "w") as file:
        file.write(ORDER_HEADER + "\n" + LINE.format(2))
    os.utime(odd, (0, 0))
    branch.hands_in(ORDER_HEADER + "\n" + LINE.format(2).replace("25", "26"), "b.csv")
    assert [state for state, _ in branch.takes()] == [FileState.LOADED, FileState.LOADED]
    assert branch.takes() == []
    names = ask(engine, "SELECT name FROM raw.ingested_file ORDER BY file_id")
    assert names == [("a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.csv",), ("b.csv",)]


def test_a_correction_to_what_another_file_says_is_one_too(branch: Branch, engine: Engine) -> None:
    one, other = (f"2020-06-2{day},ada@example.com,80203,MUG,1,north,R-{day}\n" for day in (2, 3))
    branch.hands_in(NUMBERED, "empty.csv")
    branch.hands_in(NUMBERED + one, "a.csv", age=50)
    branch.hands_in(NUMBERED + other, "b.csv", age=50)
    branch.takes()
    for name, age in (("a.csv", 40), ("b.csv", 30)):
        branch.hands_in(NUMBERED, name, age=age)
        branch.takes()
    assert orders_of(engine) == []


def test_what_is_told_of_a_bad_file_repeats_no_email(branch: Branch) -> None:
    branch.hands_in(f"{ORDER_HEADER}\n2020-06-25,ada@example.com,80203,jane@example.org,1\n")
    [(_, said)] = branch.takes()
    assert "(an e-mail)" in said
    assert "jane" not in said


def test_orders_of_one_moment_and_customer_in_two_branches_are_two(branch: Branch, engine: Engine) -> None:
    for store in ("north", "south"):
        (branch.folder / store).mkdir()
    branch.sources = tuple(
        Source(address=str(branch.folder / store), kind=FileKind.ORDERS, store=store) for store in ("north", "south")
    )
    line = LINE.format(2).strip()
    for store, more in (("south", ""), ("north", "\n" + line.replace(",2", ",5"))):
        file = branch.folder / store / "day.csv"
        file.write_text(f"{ORDER_HEADER}\n{line}{more}\n")
        os.utime(file, (NOW.timestamp() - 60,) * 2)
        assert [state for state, _ in branch.takes()] == [FileState.LOADED]
    assert ask(
        engine,
        "SELECT store_id, sum(quantity) FROM shop.orders JOIN shop.order_line USING (order_id) GROUP BY 1 ORDER BY 1",
    ) == [("north", 7), ("south", 2)]
