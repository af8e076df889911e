"""The lake holds what the warehouse holds, as others read it; only what changed is written; nobody is in it."""

import hashlib
import json
import socket
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine, text

from analytics.children import AlreadyBuilding
from analytics.folders import Folder, Unreachable
from analytics.lake.exporting import KEPT_BACK, TABLES, Lake
from analytics.lake.parquet import write_days
from scheduler.exporting import Exporting
from scheduler.tasks import BUILD
from storage.locks import is_the_only_build
from storage.server.clock import MachineClock
from tests.support.databases import as_owner
from tests.support.fakes import StillClock
from tests.support.golden import HASHES
from tests.support.marked import HASHED, MARKS
from tests.support.rooms import NO_FILES, RULES, StaffedJobs
from tests.support.shop import NOW, SHOP
from tests.support.warehouses import TERMS, rows


def lake_of(engine: Engine, folder: Path) -> Lake:
    return Lake(engine, str(folder), MachineClock())


def change(engine: Engine, statement: str) -> None:
    """As the owner of the marts."""
    with as_owner(engine.url.render_as_string(hide_password=False)) as owner:
        owner.execute(text(statement))
        owner.commit()


def read(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """What DuckDB finds, with `{fct_orders}` for the files of a table."""
    places = {table: f"read_parquet('{folder}/mart/{table}/**/*.parquet')" for table in TABLES}
    found = duckdb.sql(query.format(**places))
    assert found is not None
    return found.fetchall()


def test_duckdb_and_pandas_read_the_totals_of_the_warehouse(warehoused: Engine, tmp_path: Path) -> None:
    done = lake_of(warehoused, tmp_path).export()
    totals = "SELECT count(*) AS orders, sum(net) AS net, sum(gross) AS gross, max(placed_at) AS last FROM {}"
    (mart,) = rows(warehoused, totals.format("mart.fct_orders"))
    assert mart["orders"] > 10
    (duck,) = read(tmp_path, totals.replace("{}", "{fct_orders}"))
    assert duck == (mart["orders"], mart["net"], mart["gross"], mart["last"])
    frame = pd.read_parquet(tmp_path / "mart" / "fct_orders")
    assert (len(frame), frame["net"].sum(), frame["gross"].sum()) == (mart["orders"], mart["net"], mart["gross"])
    for table in TABLES:
        (counted,) = rows(warehoused, f"SELECT count(*) AS n FROM mart.{table}")
        assert read(tmp_path, f"SELECT count(*) FROM {{{table}}}") == [(counted["n"],)]
    assert done.rows == sum(rows(warehoused, f"SELECT count(*) AS n FROM mart.{table}")[0]["n"] for table in TABLES)


def test_every_value_comes_back_as_it_was(warehoused: Engine, tmp_path: Path) -> None:
    lake_of(warehoused, tmp_path).export()
    for table, day in TABLES.items():
        kept = rows(warehoused, f"SELECT * FROM mart.{table}")
        for row in kept:
            for name in KEPT_BACK:
                row.pop(name, None)
        files = sorted((tmp_path / "mart" / table).rglob("*.parquet"))
        found = [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
        assert sorted(found, key=repr) == sorted(kept, key=repr), table
        for file in files if day is not None and kept else []:
            days = {row[day] for row in pq.ParquetFile(file).read().to_pylist()}
            assert {f"day={one or '__HIVE_DEFAULT_PARTITION__'}" for one in days} == {file.parent.name}


def test_days_are_told_apart_by_their_folders(warehoused: Engine, tmp_path: Path) -> None:
    lake_of(warehoused, tmp_path).export()
    (first,) = rows(
        warehoused, "SELECT order_date AS day, count(*) AS n FROM mart.fct_orders GROUP BY 1 ORDER BY 1 LIMIT 1"
    )
    found = read(tmp_path, f"SELECT count(*) FROM {{fct_orders}} WHERE day = '{first['day']}'")
    assert found == [(first["n"],)]


def test_the_manifest_tells_rows_and_checksums(warehoused: Engine, tmp_path: Path) -> None:
    lake_of(warehoused, tmp_path).export()
    manifest = json.loads((tmp_path / "mart" / "manifest.json").read_text())
    assert set(manifest["tables"]) == set(TABLES)
    listed = [file for table in manifest["tables"].values() for file in table["files"]]
    assert {file["path"] for file in listed} == {
        str(path.relative_to(tmp_path / "mart")) for path in (tmp_path / "mart").rglob("*.parquet")
    }
    for file in listed:
        content = (tmp_path / "mart" / file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert pq.ParquetFile(tmp_path / "mart" / file["path"]).metadata.num_rows == file["rows"]
    orders = manifest["tables"]["fct_orders"]
    assert orders["rows"] == sum(file["rows"] for file in orders["files"])
    assert orders["columns"]["net"] == "numeric(18,2)"


def test_only_what_changed_is_written_again(warehoused: Engine, tmp_path: Path) -> None:
    lake = lake_of(warehoused, tmp_path)
    first = lake.export()
    assert (first.unchanged, first.removed) == (0, 0)
    times = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.parquet")}
    again = lake.export()
    assert (again.written, again.unchanged, again.removed) == (0, first.written, 0)
    (day,) = rows(warehoused, "SELECT order_date AS d FROM mart.fct_orders ORDER BY 1 LIMIT 1")
    change(warehoused, f"UPDATE mart.fct_orders SET net = net + 1 WHERE order_date = '{day['d']}'")
    assert lake.export().written == 1
    touched = {file for file, time in times.items() if file.stat().st_mtime_ns != time}
    assert touched == {tmp_path / f"mart/fct_orders/day={day['d']}/part-0.parquet"}


def test_a_day_that_is_gone_is_taken_away(warehoused: Engine, tmp_path: Path) -> None:
    lake = lake_of(warehoused, tmp_path)
    lake.export()
    (day,) = rows(warehoused, "SELECT order_date AS d FROM mart.fct_orders ORDER BY 1 LIMIT 1")
    change(warehoused, f"DELETE FROM mart.fct_orders WHERE order_date = '{day['d']}'")
    done = lake.export()
    assert (done.written, done.removed) == (0, 1)
    assert not (tmp_path / f"mart/fct_orders/day={day['d']}/part-0.parquet").exists()


@pytest.mark.parametrize("harm", ["lost", "cut", "no manifest", "damaged manifest", "interrupted"])
def test_what_was_harmed_is_made_good(warehoused: Engine, tmp_path: Path, harm: str) -> None:
    lake = lake_of(warehoused, tmp_path)
    lake.export()
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.parquet")}
    file, manifest = next(iter(before)), tmp_path / "mart" / "manifest.json"
    match harm:
        case "lost":
            file.unlink()
        case "cut":
            file.write_bytes(before[file][:-9])
        case "no manifest":
            manifest.unlink()
        case "damaged manifest":
            manifest.write_text(manifest.read_text()[:100])
        case "interrupted":  # files of a moment that the manifest does not know yet
            change(warehoused, "UPDATE mart.fct_orders SET net = net + 1")
            lake.export()
            change(warehoused, "UPDATE mart.fct_orders SET net = net - 1")
            late = {path: path.read_bytes() for path in before}
            assert late != before
            content = manifest.read_bytes()
            lake.export()
            manifest.write_bytes(content)
    lake.export()
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.parquet")} == before


def test_nobody_is_in_the_lake(warehoused: Engine, tmp_path: Path) -> None:
    lake_of(warehoused, tmp_path).export()
    secrets = [*MARKS, HASHED, *HASHES.values(), "@"]
    looked_at = 0
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        said = file.read_bytes().decode(errors="replace").lower()
        if file.suffix == ".parquet":
            said += repr(pq.ParquetFile(file).read().to_pylist()).lower()
            looked_at += 1
        assert [secret for secret in secrets[:-1] if secret.lower() in said] == [], file
    assert looked_at > len(TABLES)


def test_it_waits_for_a_build(warehoused: Engine, tmp_path: Path) -> None:
    with warehoused.connect() as builder:
        assert is_the_only_build(builder)
        with pytest.raises(AlreadyBuilding):
            Exporting(lake_of(warehoused, tmp_path)).export()
        builder.invalidate()
    lake_of(warehoused, tmp_path).export()


def test_a_bucket_takes_it_too(warehoused: Engine, bucket: str) -> None:
    lake = Lake(warehoused, f"s3://{bucket}/lake", MachineClock())
    first = lake.export()
    assert first.written > len(TABLES)
    assert lake.export().unchanged == first.written
    (mart,) = rows(warehoused, "SELECT sum(net) AS net FROM mart.fct_orders")
    with Folder(f"s3://{bucket}/lake")._reached() as (system, root):
        files = [pq.read_table(system.open(path)) for path in system.find(f"{root}/mart/fct_orders")]
    total = sum((sum(file["net"].to_pylist()) for file in files), Decimal(0))
    assert total == mart["net"]


def test_a_lake_that_is_away_is_said(warehoused: Engine) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
    with pytest.raises(Unreachable):
        Lake(warehoused, "s3://nowhere/lake", MachineClock()).export()


def test_a_type_that_no_mart_had_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("1\n")
    with pytest.raises(ValueError, match="column x is a inet"):
        list(write_days(tmp_path / "rows.csv", {"x": "inet"}, None, tmp_path))


def test_the_first_build_of_a_day_goes_out(engine: Engine, database_url: str, tmp_path: Path) -> None:
    rules = replace(RULES, intake=replace(NO_FILES, lake=str(tmp_path)), warehouse=TERMS)
    jobs = StaffedJobs(database_url, engine, SHOP, StillClock(NOW), rules)
    manifest = tmp_path / "mart" / "manifest.json"
    for expected in (True, False):
        jobs.begin(BUILD.due())
        jobs.all_done()
        assert manifest.exists() == expected
        manifest.unlink(missing_ok=True)
