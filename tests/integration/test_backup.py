"""Backup and restore: every table comes back on another server, and nothing is touched where that cannot be."""

import io
import json
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from domain.records.notifications import Consent
from storage.errors import (
    BackupDamaged,
    BackupTooNew,
    DatabaseNotEmpty,
    RightsMissing,
    ShopRunning,
    StorageError,
    WrongHashKey,
)
from storage.server import embedded
from storage.server.database import app_engine, check_current, downgrade, upgrade
from storage.server.rights import SCHEMAS
from storage.unit_of_work import PostgresUnitOfWork
from storage.upkeep import backup
from storage.upkeep.backup import back_up, restore
from storage.upkeep.rekeying import check_key
from tests.support.databases import as_owner, own_server
from tests.support.factories import EMAIL, HASH_KEY, HASHED_EMAIL, NOW, make_product, place, stock
from tests.support.fakes import StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import SHOP

UnitOfWork = Callable[[], PostgresUnitOfWork]
WRONG_KEY = b"another key for tests, 32 bytes or more"


def silent(step: str, done: int, total: int) -> None:
    """For those who do not want to hear."""


@pytest.fixture
def filled(unit_of_work: UnitOfWork, engine: Engine, database_url: str) -> str:
    """A shop with a customer, an order, odd texts and waiting jobs; the address of its database."""
    check_key(engine, HASH_KEY)
    jobs = StagedJobs(database_url, engine, SHOP, StillClock(NOW))
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        stock(
            uow, make_product(name="Mug"), make_product(name='Tab\tline\nfeed\\N "quote" \N{SNOWMAN}', product_id="ODD")
        )
        uow.people.remember_address(HASHED_EMAIL, 1, "1 Elm Row\nDenver \\. \N{PILE OF POO}", NOW)
        uow.consents.record(HASHED_EMAIL, Consent(given=True, by="test", at=NOW))
        place(uow, {"MUG": 2}, identity_id=1, now=NOW)
        uow.commit()
    engine.dispose()
    return database_url


@pytest.fixture
def backup_of(filled: str, tmp_path: Path) -> Path:
    """The backup of that shop."""
    file = tmp_path / "shop.backup"
    back_up(filled, file, key=HASH_KEY, now=NOW, progress=silent)
    return file


@pytest.fixture
def empty_url(postgres: embedded.EmbeddedPostgres) -> Iterator[str]:
    """The address of a database on the same server that holds nothing at all."""
    with as_owner(postgres.url) as connection:
        connection.execute(text("CREATE DATABASE nothing_yet"))
    yield postgres.database_url("nothing_yet")
    with as_owner(postgres.url) as connection:
        connection.execute(text("DROP DATABASE nothing_yet WITH (FORCE)"))


@pytest.fixture(scope="module")
def other_server() -> Iterator[embedded.EmbeddedPostgres]:
    """A server that has never heard of our roles."""
    with own_server() as (server, _):
        yield server


def contents(url: str) -> dict[str, list[str]]:
    """Every row of every table, and every sequence, as texts."""
    relations = text("""
        SELECT n.nspname || '.' || relname AS name, relkind FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE n.nspname = ANY(:ours) AND relkind IN ('r', 'S')
    """)
    with as_owner(url) as connection:
        found = {}
        for row in connection.execute(relations, {"ours": [*SCHEMAS, "public"]}).all():
            columns = "CAST(t AS text)" if row.relkind == "r" else "concat(last_value, is_called)"
            found[row.name] = sorted(connection.execute(text(f"SELECT {columns} FROM {row.name} t")).scalars())
        return found


def test_every_table_comes_back_on_a_server_that_knows_no_roles_of_ours(
    filled: str, backup_of: Path, other_server: embedded.EmbeddedPostgres
) -> None:
    before = contents(filled)
    assert {name for name, rows in before.items() if rows} >= {
        "shop.orders", "pii.address", "pii.email_lookup", "chat.consent", "jobs.procrastinate_jobs",
        "jobs.procrastinate_events", "public.alembic_version",
    }  # fmt: skip
    restore(other_server.url, backup_of, key=HASH_KEY, replace=False, progress=silent)
    assert contents(other_server.url) == before
    check_current(other_server.url)
    engine = app_engine(other_server.url)
    check_key(engine, HASH_KEY)
    with PostgresUnitOfWork(engine, StagedJobs(other_server.url, engine, SHOP, StillClock(NOW)).enqueue) as uow:
        order = place(uow, {"MUG": 1}, identity_id=1, now=NOW)
        uow.commit()
    with engine.connect() as connection:
        numbers = connection.execute(text("SELECT order_id FROM shop.orders ORDER BY 1")).scalars().all()
        assert numbers == [1001, order.order_id] == [1001, 1002]
        jobs = connection.execute(text("SELECT count(*) FROM jobs.procrastinate_jobs")).scalar_one()
    engine.dispose()
    assert jobs > len(before["jobs.procrastinate_jobs"])


def test_a_backup_is_its_owners_alone_and_holds_no_key(backup_of: Path) -> None:
    assert backup_of.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in backup_of.parent.iterdir()] == [backup_of.name]
    with zipfile.ZipFile(backup_of) as archive:
        assert all(HASH_KEY not in archive.read(name) for name in archive.namelist())


def test_a_backup_never_replaces_a_file(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.backup"
    file.write_text("precious")
    with pytest.raises(FileExistsError):
        back_up(filled, file, key=HASH_KEY, now=NOW, progress=silent)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("shop.backup", "precious")]


def test_a_backup_under_a_wrong_key_is_refused(filled: str, tmp_path: Path) -> None:
    with pytest.raises(WrongHashKey):
        back_up(filled, tmp_path / "shop.backup", key=WRONG_KEY, now=NOW, progress=silent)
    assert list(tmp_path.iterdir()) == []


def test_what_is_ordered_meanwhile_is_wholly_in_it_or_not_at_all(filled: str, tmp_path: Path, empty_url: str) -> None:
    engine, heard = app_engine(filled), list[tuple[int, int]]()

    def ordering(step: str, done: int, total: int) -> None:
        if not heard:
            with PostgresUnitOfWork(engine) as uow:
                place(uow, {"MUG": 1}, identity_id=1, now=NOW)
                uow.commit()
        heard.append((done, total))

    before = contents(filled)
    made = back_up(filled, tmp_path / "b", key=HASH_KEY, now=NOW, progress=ordering)
    engine.dispose()
    assert heard[-1] == (made.rows, made.rows)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    restore(empty_url, tmp_path / "b", key=HASH_KEY, replace=False, progress=silent)
    after = contents(empty_url)
    assert {name: rows for name, rows in after.items() if not name.endswith("_seq")} == {
        name: rows for name, rows in before.items() if not name.endswith("_seq")
    }
    engine = app_engine(empty_url)
    with PostgresUnitOfWork(engine) as uow:
        assert place(uow, {"MUG": 1}, identity_id=1, now=NOW).order_id == 1003  # its number was given away
    engine.dispose()


def refused(url: str, file: Path, error: type[StorageError], key: bytes = HASH_KEY, replace: bool = True) -> str:
    """Restores in vain, and makes sure that nothing was touched; what was said."""
    before = contents(url)
    with pytest.raises(error) as caught:
        restore(url, file, key=key, replace=replace, progress=silent)
    assert contents(url) == before
    return str(caught.value)


def test_a_wrong_key_is_refused_before_anything_is_touched(filled: str, backup_of: Path) -> None:
    refused(filled, backup_of, WrongHashKey, key=WRONG_KEY)


def test_a_database_that_holds_something_is_replaced_only_when_that_is_said(filled: str, backup_of: Path) -> None:
    before = contents(filled)
    engine = app_engine(filled)
    with PostgresUnitOfWork(engine) as uow:
        place(uow, {"MUG": 1}, identity_id=1, now=NOW)
        uow.commit()
    engine.dispose()
    refused(filled, backup_of, DatabaseNotEmpty, replace=False)
    restore(filled, backup_of, key=HASH_KEY, replace=True, progress=silent)
    assert contents(filled) == before


def test_fresh_tables_are_as_good_as_none(backup_of: Path, empty_url: str) -> None:
    upgrade(empty_url)
    engine = app_engine(empty_url)
    check_key(engine, WRONG_KEY)  # a process that was started too early with a new key
    engine.dispose()
    restore(empty_url, backup_of, key=HASH_KEY, replace=False, progress=silent)
    engine = app_engine(empty_url)
    check_key(engine, HASH_KEY)
    engine.dispose()


def test_a_running_shop_is_not_overwritten(filled: str, backup_of: Path) -> None:
    engine = app_engine(filled)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        refused(filled, backup_of, ShopRunning)
    engine.dispose()


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def turned(content: bytes) -> bytes:
    """A bit of the products' rows is another one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("shop.product.copy")
    at = info.header_offset + 30 + len(info.filename) + 20 + info.compress_size // 2  # after the name and the sizes
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize(
    "damage", [truncated, turned, lambda _: b"", lambda _: b"no zip", lambda content: content[10:]]
)
def test_a_damaged_file_is_refused_before_anything_is_touched(
    filled: str, backup_of: Path, damage: Callable[[bytes], bytes]
) -> None:
    backup_of.write_bytes(damage(backup_of.read_bytes()))
    assert str(backup_of) in refused(filled, backup_of, BackupDamaged)


def rewritten(file: Path, **values: object) -> None:
    """Changes what the manifest says."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"revision": "9999"}, BackupTooNew),
        ({"format": 2}, BackupTooNew),
        ({"format": "?"}, BackupTooNew),
        ({"tables": []}, BackupDamaged),
        ({"tables": [{"name": "shop.orders; DROP TABLE x", "columns": [], "rows": 0, "sha256": ""}]}, BackupDamaged),
        ({"tables": 7}, BackupDamaged),
        ({"sequences": {}}, BackupDamaged),
        ({"sequences": {"pg_catalog.x": [1, True]}}, BackupDamaged),
        ({"surprise": 1}, BackupDamaged),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    filled: str, backup_of: Path, values: dict[str, object], error: type[StorageError]
) -> None:
    rewritten(backup_of, **values)
    refused(filled, backup_of, error)


def test_a_row_that_is_not_taken_undoes_all(filled: str, backup_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_SET", text("SELECT 1 / 0, :name, :at, :called"))  # the last step
    before = contents(filled)
    with pytest.raises(Exception, match="zero"):
        restore(filled, backup_of, key=HASH_KEY, replace=True, progress=silent)
    assert contents(filled) == before


def test_a_backup_of_an_older_version_is_brought_to_this_one(filled: str, tmp_path: Path, empty_url: str) -> None:
    downgrade(filled, "0010")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.upkeep.backup.rekeying.check_key", lambda engine, key: None)
        back_up(filled, tmp_path / "old", key=HASH_KEY, now=NOW, progress=silent)
    restore(empty_url, tmp_path / "old", key=HASH_KEY, replace=False, progress=silent)
    upgrade(filled)
    there, here = contents(empty_url), contents(filled)
    for name in ("chat.confirmed", "chat.campaign"):  # a migration notes there when it ran
        assert len(there.pop(name)) == len(here.pop(name))
    for one in (there, here):  # likewise in the last column
        one["shop.orders"] = [row.rpartition(",")[0] for row in one["shop.orders"]]
    assert there == here


# Roles and rights, which other ways of restoring lose.


def test_lost_rights_are_noticed_and_mended(filled: str) -> None:
    with as_owner(filled) as owner:
        owner.execute(text("REVOKE ALL ON ALL TABLES IN SCHEMA pii FROM parley_app"))
        owner.execute(text("REVOKE USAGE ON SCHEMA chat FROM parley_app"))
        owner.execute(text("REVOKE ALL ON ALL TABLES IN SCHEMA shop FROM parley_analyst"))
        with pytest.raises(RightsMissing) as missed:
            check_current(filled)
        assert missed.value.lacking == tuple(f"rights in schema {name}" for name in ("chat", "pii", "shop"))
        upgrade(filled)
        check_current(filled)


def test_a_dump_of_another_tool_is_mended_on_a_server_without_our_roles(
    filled: str, postgres: embedded.EmbeddedPostgres, other_server: embedded.EmbeddedPostgres
) -> None:
    url = make_url(filled).set(drivername="postgresql").render_as_string(hide_password=False)
    with as_owner(other_server.url) as owner:
        owner.execute(text("CREATE DATABASE dumped"))
    target = other_server.database_url("dumped")
    plain = make_url(target).set(drivername="postgresql").render_as_string(hide_password=False)
    dump = subprocess.run(
        [postgres.bin_folder / "pg_dump", "--no-owner", "--no-privileges", url], capture_output=True, check=True
    )
    subprocess.run([postgres.bin_folder / "psql", "-q", plain], input=dump.stdout, capture_output=True, check=True)
    with pytest.raises(RightsMissing):
        check_current(target)
    upgrade(target)
    check_current(target)
    engine = app_engine(target)
    with PostgresUnitOfWork(engine) as uow:
        place(uow, {"MUG": 1}, identity_id=1, now=NOW)
        assert uow.people.email(HASHED_EMAIL) == EMAIL
    engine.dispose()
