"""The command line as an operator meets it: one clear line when something is wrong, and what to do next."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from domain.orders.shipping import ship_order
from domain.people.identity import hash_email
from nlu.processes import free_port
from storage.server.database import app_engine
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, make_order, make_product
from tests.support.predicting import predict
from tests.support.stocking import create_product

KEY = "k" * 40


def parley(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `parley` in a folder of its own, with no settings but these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=cwd,
        env={**clean, "PYTHONPATH": os.getcwd(), "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("config.yaml", "answers.yaml"):
        (tmp_path / name).write_text(Path(name).read_text())
    return tmp_path


def change(folder: Path, section: str, **values: object) -> None:
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config[section].update(values)
    (folder / "config.yaml").write_text(yaml.safe_dump(config))


def test_all_problems_of_a_wrong_configuration_are_told_at_once(folder: Path) -> None:
    change(folder, "shop", currency="DOLLARS", time_zone="Mars/Base")
    change(folder, "limits", ask_above_quantty=5)
    done = parley("web", cwd=folder)
    assert done.returncode == 1
    for piece in ("3 problem(s)", "shop.currency", "shop.time_zone", "limits.ask_above_quantty", "misspelt"):
        assert piece in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_configuration_says_which_file(tmp_path: Path) -> None:
    done = parley("doctor", cwd=tmp_path)
    assert done.returncode == 1
    assert "config.yaml" in done.stderr


def test_a_database_without_tables_says_how_to_make_them(folder: Path, postgres_url: str) -> None:
    done = parley("worker", cwd=folder, PARLEY_DATABASE_URL=postgres_url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert "parley db upgrade" in done.stderr


def test_an_unreachable_database_is_one_line(folder: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    done = parley("db", "upgrade", cwd=folder, PARLEY_DATABASE_URL=url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_a_hash_key_is_refused(folder: Path, database_url: str) -> None:
    change(folder, "web", port=free_port())
    done = parley("web", cwd=folder, PARLEY_DATABASE_URL=database_url)
    assert done.returncode == 1
    assert "PARLEY_EMAIL_HASH_KEY" in done.stderr


def test_a_taken_port_says_so(folder: Path, database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = parley("web", "--port", port, cwd=folder, PARLEY_DATABASE_URL=database_url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_the_doctor_names_what_is_broken_and_fails(folder: Path, database_url: str) -> None:
    done = parley(
        "doctor",
        cwd=folder,
        PARLEY_DATABASE_URL=database_url,
        PARLEY_EMAIL_HASH_KEY=KEY,
        PARLEY_NLU_URL="http://127.0.0.1:1",
        PARLEY_TELEGRAM_TOKEN="1:secret",
        PARLEY_TELEGRAM_API_URL="http://127.0.0.1:1/bot",
    )
    assert done.returncode == 1
    assert "✓ database: configured, reachable" in done.stdout
    assert "✗ NLU server" in done.stdout
    assert "✗ Telegram: does not answer" in done.stdout
    assert "✓ Slack: not configured" in done.stdout
    assert "✗ e-mail: PARLEY_SENDGRID_API_KEY is not set" in done.stdout
    assert "parley mails" not in done.stdout  # a configured database keeps none
    assert "✗ database login: owns the tables" in done.stdout
    assert "✗ worker: gives no sign of life" in done.stdout
    assert "✗ PARLEY_EMAIL_HASH_KEY: can be guessed" in done.stdout
    assert "secret" not in done.stdout


def test_an_import_tells_bad_rows_and_changes_nothing(folder: Path, database_url: str) -> None:
    (folder / "bad.csv").write_text(
        "product_id,quantity,wholesale_cost,sale_price,supplier_id\nA,1,1.00,2.00,S\nB,many,1.00,2.00,S\n"
    )
    environment = {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}
    done = parley("import", "inventory", "bad.csv", cwd=folder, **environment)
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "Traceback" not in done.stderr
    (folder / "good.csv").write_text(
        "product_id,quantity,wholesale_cost,sale_price,supplier_id\nA,1,1.00,2.00,S\nB,3,1.00,2.00,S\n"
    )
    assert parley("import", "inventory", "good.csv", cwd=folder, **environment).returncode == 0


def test_an_import_says_how_it_is_undone_and_is_undone_once(folder: Path, database_url: str) -> None:
    environment = {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}
    (folder / "good.csv").write_text(
        "product_id,quantity,wholesale_cost,sale_price,supplier_id\nA,1,1.00,2.00,S\nB,3,1.00,2.00,S\n"
    )
    done = parley("import", "inventory", "good.csv", cwd=folder, **environment)
    told = re.search(r"`parley (inventory undo \d+)` or /inventory undo \d+ takes it back", done.stdout)
    assert told is not None
    assert "takes it back" not in parley("import", "inventory", "good.csv", cwd=folder, **environment).stdout
    done = parley(*told[1].split(), cwd=folder, **environment)
    assert (done.returncode, "undone: 0 products put back, 2 removed" in done.stdout) == (0, True)
    again = parley(*told[1].split(), cwd=folder, **environment)
    assert (again.returncode, "was undone before" in again.stdout) == (1, True)
    unknown = parley("inventory", "undo", "4711", cwd=folder, **environment)
    assert (unknown.returncode, "There is no change #4711" in unknown.stdout) == (1, True)
    assert parley("inventory", "undo", "9" * 30, cwd=folder, **environment).returncode == 2


def test_a_bot_without_tokens_says_which_to_set(folder: Path, database_url: str) -> None:
    done = parley("bot", cwd=folder, PARLEY_DATABASE_URL=database_url, PARLEY_EMAIL_HASH_KEY=KEY)
    assert done.returncode == 1
    assert "PARLEY_SLACK_APP_TOKEN" in done.stderr
    assert "PARLEY_TELEGRAM_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr


def customer(database_url: str, *, shipped: bool = True) -> dict[str, str]:
    """A customer with an order in the shop of KEY; the settings to reach it."""
    engine = app_engine(database_url)
    hashed = hash_email("bob@example.com", KEY.encode())
    with PostgresUnitOfWork(engine) as uow:
        create_product(uow, make_product(name="Mug"), actor="test", now=NOW)
        uow.people.remember_email(hashed, "bob@example.com", NOW)
        address_id = uow.people.remember_address(hashed, 7, "12 Quagmire Lane, Denver", NOW)
        order = make_order(hashed_email=hashed, identity_id=7, address_id=address_id)
        placed = uow.orders.add(order)
        if shipped:
            ship_order(uow, placed.order_id, now=NOW)
        uow.commit()
    engine.dispose()
    return {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}


def audit(database_url: str) -> list[str]:
    """The audit log but for the filling of the shelf, a text for each entry."""
    engine = app_engine(database_url)
    entries = text("SELECT CAST(a AS text) FROM shop.audit_log a WHERE actor <> 'test' ORDER BY 1")
    with engine.connect() as connection:
        rows = list(connection.execute(entries).scalars())
    engine.dispose()
    return rows


def test_a_customers_data_is_handed_out(folder: Path, database_url: str) -> None:
    environment = customer(database_url)
    done = parley("customer", "export", "Bob@Example.com", cwd=folder, **environment)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["emails"][0]["email"] == "bob@example.com"
    assert data["orders"][0]["shipping_address"] == "12 Quagmire Lane, Denver"
    for returncode in (0, 2):  # a file that is there is not overwritten
        done = parley("customer", "export", "bob@example.com", "--out", "bob.json", cwd=folder, **environment)
        assert done.returncode == returncode, done.stderr
    assert (folder / "bob.json").stat().st_mode & 0o777 == 0o600
    assert json.loads((folder / "bob.json").read_text()) == data
    assert [entry.count("export") for entry in audit(database_url)] == [1, 1]
    assert "bob" not in "".join(audit(database_url))


def test_a_customer_is_erased_after_a_yes(folder: Path, database_url: str) -> None:
    environment = customer(database_url, shipped=False)
    assert parley("customer", "erase", "bob@example.com", cwd=folder, **environment).returncode == 1  # no answer
    done = parley("customer", "erase", "bob@example.com", "--yes", cwd=folder, **environment)
    assert done.returncode == 0, done.stderr
    assert "1 orders" in done.stdout
    assert "Order #1001 is not shipped yet, and loses its address." in done.stdout
    assert "bob" not in (done.stdout + done.stderr).replace(str(folder), "")
    assert len(audit(database_url)) == 1
    assert hash_email("bob@example.com", KEY.encode()) not in "".join(audit(database_url))
    for command in ("erase", "export"):
        again = parley("customer", command, "bob@example.com", cwd=folder, **environment)
        assert again.returncode == 1
        assert "keeps nothing under this e-mail address" in again.stderr
        assert "Traceback" not in again.stderr


def test_the_hash_key_is_rotated_and_a_wrong_one_refused(folder: Path, database_url: str) -> None:
    environment = customer(database_url)
    new = {**environment, "PARLEY_EMAIL_HASH_KEY": "n" * 40}
    wrong = parley("customer", "export", "bob@example.com", cwd=folder, **new)
    assert wrong.returncode == 1
    assert "PARLEY_EMAIL_HASH_KEY" in wrong.stderr
    assert "✗ e-mail hash key" in parley("doctor", cwd=folder, **new).stdout
    unset = parley("db", "rotate-key", cwd=folder, **new)
    assert unset.returncode == 1
    assert "PARLEY_EMAIL_HASH_OLD_KEY" in unset.stderr
    done = parley("db", "rotate-key", cwd=folder, **new, PARLEY_EMAIL_HASH_OLD_KEY=KEY)
    assert done.returncode == 0, done.stderr
    assert "1 customers" in done.stdout
    assert parley("customer", "export", "bob@example.com", cwd=folder, **new).returncode == 0
    old = parley("customer", "export", "bob@example.com", cwd=folder, **environment)
    assert old.returncode == 1
    assert "filled with another key" in old.stderr


def test_the_shop_is_backed_up_and_restored(folder: Path, database_url: str) -> None:
    environment = customer(database_url)
    done = parley("backup", "shop.backup", cwd=folder, **environment)
    assert done.returncode == 0, done.stderr
    assert "does not hold PARLEY_EMAIL_HASH_KEY" in done.stdout
    again = parley("backup", "shop.backup", cwd=folder, **environment)
    assert (again.returncode, "File exists" in again.stderr) == (2, True)
    for options, key, refusal in (
        ((), KEY, "is not empty"),
        (("--replace",), "n" * 40, "filled with another key"),
    ):
        told = parley("restore", "shop.backup", *options, cwd=folder, **environment | {"PARLEY_EMAIL_HASH_KEY": key})
        assert (told.returncode, refusal in told.stderr, "Traceback" in told.stderr) == (1, True, False)
    restored = parley("restore", "shop.backup", cwd=folder, PARLEY_EMAIL_HASH_KEY=KEY)  # into .parley/, which is new
    assert restored.returncode == 0, restored.stderr
    assert (
        "bob@example.com"
        in parley("customer", "export", "bob@example.com", cwd=folder, PARLEY_EMAIL_HASH_KEY=KEY).stdout
    )
    (folder / "shop.backup").write_bytes((folder / "shop.backup").read_bytes()[:-100])
    damaged = parley("restore", "shop.backup", cwd=folder, **environment)
    assert (damaged.returncode, "cannot be restored" in damaged.stderr) == (1, True)


def test_a_report_is_written_and_delivered_once(folder: Path, database_url: str) -> None:
    settings = {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}
    asked = ("report", "finance", "--period", "month", "--ending", "2026-02-28", "--out", "out")
    done = parley(*asked, "--send", cwd=folder, **settings)
    assert (done.returncode, "Set reports.finance.to in config.yaml" in done.stdout) == (1, True)
    files = sorted(file.name for file in (folder / "out").iterdir())
    assert files == [f"finance-month-2026-02-28{ending}" for ending in ("-days.csv", ".csv", ".html", ".png")]
    change(folder, "reports", finance={"to": ["slack:C01FIN", "mail:finn@example.com"]})
    assert "A worker delivers it" in parley(*asked, "--send", cwd=folder, **settings).stdout
    listed = parley("schedule", cwd=folder, **settings).stdout
    assert "set reports.marketing.to" in listed
    first_words = [line.split()[0] for line in listed.splitlines()[1:7]]
    assert first_words == ["marketing,"] * 3 + ["finance,", "deals,", "recommender"]
    early = parley("report", "finance", "--ending", "2099-01-01", cwd=folder, **settings)
    assert (early.returncode, "This week has not begun" in early.stdout) == (1, True)
    assert "became cheaper or was ordered" in parley("report", "deals", cwd=folder, **settings).stdout


def test_what_to_order_is_written_for_suppliers(folder: Path, database_url: str) -> None:
    settings = {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}
    early = parley("inventory", "reorder", cwd=folder, **settings)
    assert (early.returncode, "No demand is predicted yet" in early.stdout) == (1, True)
    engine = app_engine(database_url)
    with PostgresUnitOfWork(engine) as uow:
        create_product(uow, make_product(name="Red Mug"), now=NOW)
        uow.commit()
    predict(engine, {"RED-MUG": {}})
    engine.dispose()
    assert "CLAYBIRD: 30 pieces" in parley("inventory", "reorder", cwd=folder, **settings).stdout
    line = "CLAYBIRD,RED-MUG,Red Mug,30,30,5.00,150.00,10.0,7.0,14"
    assert parley("inventory", "reorder", "--csv", cwd=folder, **settings).stdout.splitlines()[1:] == [line]
    assert parley("inventory", "reorder", "--csv", "order.csv", cwd=folder, **settings).returncode == 0
    assert (folder / "order.csv").read_text().splitlines()[1:] == [line]
    wrong = parley("inventory", "reorder", "order.csv", cwd=folder, **settings)
    assert (wrong.returncode, "goes with --csv" in wrong.stderr) == (2, True)


def test_a_time_that_cron_does_not_know_is_told(folder: Path) -> None:
    change(folder, "reports", finance={"week": "mondays at 8"})
    refused = parley("schedule", cwd=folder)
    assert refused.returncode == 1
    assert "reports.finance.week" in refused.stderr
    assert "0 8 * * mon" in refused.stderr


def test_marketing_is_paused_and_goes_on(folder: Path, database_url: str) -> None:
    settings = {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}
    assert " paused marketing on " in parley("marketing", "pause", cwd=folder, **settings).stdout
    assert "Marketing goes out" in parley("marketing", "resume", cwd=folder, **settings).stdout


def test_a_place_that_is_none_is_told(folder: Path) -> None:
    change(folder, "reports", finance={"to": ["C01FIN", "mail:finn"]}, marketing={"to": ["mail:maya@example.com"]})
    change(folder, "deals", to=["mail:everybody@example.com", "telegram:123"])
    refused = parley("schedule", cwd=folder).stderr
    assert "4 problem(s)" in refused
    change(folder, "deals", to="slack:C01SHOP")
    refused += parley("schedule", cwd=folder).stderr
    for place in (
        "reports.finance.to.0: is no place such as",
        "reports.finance.to.1",
        "deals.to.0: is no channel",
        "deals.to.1",
        "deals.to: is no list; write it as [one, two]",
    ):
        assert place in refused


def test_a_shop_without_orders_can_train_the_recommender(folder: Path, database_url: str) -> None:
    settings = {"PARLEY_DATABASE_URL": database_url, "PARLEY_EMAIL_HASH_KEY": KEY}
    assert "0 orders of 0 products" in parley("recommend", "train", cwd=folder, **settings).stdout
