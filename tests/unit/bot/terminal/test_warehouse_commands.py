"""What `parley analytics build` and `parley lake export` say in the terminal, and how they end."""

from datetime import UTC, date, datetime
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from analytics.children import AlreadyBuilding
from analytics.folders import Unreachable
from analytics.lake.exporting import Exported
from analytics.warehouse import Built
from bot.terminal.analytics import build_now
from bot.terminal.lake import export_now
from domain.records.builds import Build, Outcome, Step
from domain.records.data_products import Check, PortMade
from tests.support.shop import NOW, SHOP

DAY = date(2026, 5, 12)
STEPS = (
    Step(name="fct_orders", kind="model", outcome=Outcome.DONE, seconds=0.2, rows=12),
    Step(name="orders_add_up", kind="test", outcome=Outcome.DONE, seconds=0.1, rows=0),
)
BROKEN = PortMade(
    port="sales_erp.orders",
    published=False,
    rows=3,
    checks=(Check(name="order_id: none twice", held=False, found="2 are wrong"),),
)


def parts(*, built: Built | Exception | None = None, exported: Exported | Exception | None = None) -> Any:
    """The parts of a shop as far as these commands know them."""

    def give(what: Any) -> Any:
        if isinstance(what, Exception):
            raise what
        return what

    warehouse = SimpleNamespace(build=lambda *_, **__: give(built), last_good=lambda: built)
    lake = SimpleNamespace(address="s3://lake", export=lambda tell: (tell("fct_orders", 1, 1), give(exported))[1])
    services = SimpleNamespace(warehousing=SimpleNamespace(warehouse=warehouse), exporting=SimpleNamespace(lake=lake))
    return SimpleNamespace(services=services, shop=SHOP, clock=SimpleNamespace(now=lambda: NOW))


def made(failure: str | None = None) -> Built:
    moment = datetime(2026, 5, 13, tzinfo=UTC)
    build = Build(build_id=1, as_of=DAY, whole=True, began_at=moment, finished_at=moment, failure=failure)
    return Built(build=build, steps=STEPS, ports=(BROKEN,))


def said(run: Any, *, fails: bool = False) -> str:
    console = Console(file=StringIO(), width=200)
    if fails:
        with pytest.raises(SystemExit) as end:
            run(console)
        assert end.value.code == 1
    else:
        run(console)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_a_build_tells_of_its_models_and_of_contracts_that_broke() -> None:
    heard = said(lambda console: build_now(parts(built=made()), DAY, whole=True, console=console))
    assert "fct_orders" in heard
    assert "! sales_erp.orders breaks its contract: order_id: none twice (2 are wrong)" in heard
    assert "✓ Warehouse up to 2026-05-12: all anew, 1 tests passed" in heard


@pytest.mark.parametrize("built", [made("orders_add_up: 3 rows are wrong"), AlreadyBuilding()])
def test_a_build_that_failed_ends_with_one(built: Built | Exception) -> None:
    assert said(lambda console: build_now(parts(built=built), DAY, whole=True, console=console), fails=True)


def test_an_export_tells_what_it_wrote() -> None:
    done = Exported(written=2, unchanged=1373, removed=1, rows=70_725)
    heard = said(lambda console: export_now(parts(built=made(), exported=done), console))
    assert "s3://lake/mart: 2 files written, 1,373 were as they should be, 1 taken away; 70,725 rows in all" in heard


@pytest.mark.parametrize(
    ("built", "exported", "why"),
    [
        (None, None, "was never built"),
        (made(), AlreadyBuilding(), "is being built or exported"),
        (made(), Unreachable("s3://lake", "Forbidden"), "s3://lake does not answer: Forbidden"),
    ],
)
def test_an_export_that_cannot_be_is_said(
    built: Built | None, exported: Exported | Exception | None, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = said(lambda console: export_now(parts(built=built, exported=exported), console), fails=True)
    assert why in heard + capsys.readouterr().err
