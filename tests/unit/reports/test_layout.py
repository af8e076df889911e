"""A report as a message, a page and files; and its pictures, of any time, drawn by any thread."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from domain.periods import Period, Span
from domain.records.sales import Bought, DayTotals, ReportName, Totals
from reports import charts
from reports.layout import MOST_ROWS, message, report_page, write
from reports.report import Comparison, Figure, Picture, Report, Table
from tests.support.reported_shop import SHOP

WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)
SUNDAY = Period.containing(date(2026, 5, 10), Span.DAY)
SCRIPT = '<script>alert("mug")</script>'
AGAINST = (Comparison(change="+8.0 %", what="the week before"), Comparison(change="", what="the year before"))
NET = Figure(label="Net", value="$87.52", compared=AGAINST)
ORDERS = Figure(label="Orders", value="8", note="2 of them large")
REPORT = Report(
    name=ReportName.FINANCE,
    period=WEEK,
    totals=Totals(),
    title="Fern & Fable: finance, May 4 – 10, 2026",
    made_at=datetime(2026, 5, 11, 14, tzinfo=UTC),
    headlines=(NET, ORDERS),
    notes=("3 orders cancelled.",),
    figures=(NET,),
    tables=(
        Table(title="Most ordered", headings=("product", "orders", "amount"), rows=(("Mug", "3", "$72.00"),)),
        Table(title="Best customers", headings=("customer", "orders", "amount"), rows=()),
    ),
    picture=Picture(png=b"png", alt='Bars of "Mug"'),
    csv="period,net\nthis,87.52\n",
    definitions=(("Net", "gross less discounts less cancelled"),),
)


def days(period: Period, net: str = "12.50") -> list[DayTotals]:
    return [DayTotals(day=day, orders=2, net=Decimal(net)) for day in period.days()]


def product(title: str, orders: int = 3) -> Bought:
    return Bought(product_id="MUG", title=title, orders=orders, units=6, amount=Decimal("72.00"))


def over_time(period: Period, net: str = "12.50") -> bytes:
    return charts.orders_and_money(days(period, net), period, "USD")


def ranking(period: Period, *titles: str) -> bytes:
    return charts.products_and_days([product(title) for title in titles], days(period), period, "USD")


def chunks(png: bytes) -> dict[bytes, bytes]:
    """What a PNG consists of, the pixels joined."""
    found: dict[bytes, bytes] = {}
    at = len(b"\x89PNG\r\n\x1a\n")
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", chunks(png)[b"IHDR"][:8])
    return width, height


def test_a_message_says_the_headlines_first() -> None:
    reply = message(REPORT)
    assert reply.title == REPORT.title
    assert reply.text.splitlines() == [
        "$87.52 net · 8 orders",
        "3 orders cancelled.",
        "",
        "In brackets, against the week before · the year before:",
        "Net (+8.0 % · -)\t$87.52",
        "",
        "Most ordered",
        "Mug\t3 orders · $72.00",
        "",
        "Best customers",
    ]


def test_a_message_holds_no_more_rows_than_a_chat_bears() -> None:
    rows = tuple((f"Mug {number}", "1", "$12.00") for number in range(MOST_ROWS + 5))
    long = replace(REPORT, tables=(replace(REPORT.tables[0], rows=rows),))
    assert message(long).text.count("Mug") == MOST_ROWS
    assert (
        report_page(long, SHOP, "picture.png").count("Mug") - report_page(REPORT, SHOP, "picture.png").count("Mug")
        == len(rows) - 1
    )


def test_the_page_says_everything() -> None:
    html = report_page(REPORT, SHOP, "picture.png")
    for said in ("Fern &amp; Fable: finance", "$87.52", "+8.0 % on the week before", "3 orders cancelled.", "$72.00"):
        assert said in html
    assert '<img src="picture.png" alt="Bars of &#34;Mug&#34;">' in html
    assert "gross less discounts less cancelled" in html
    assert "As of May 11, 8:00 AM MDT." in html


def test_the_page_gives_a_picture_its_place_before_it_is_there() -> None:
    drawn = replace(REPORT, picture=Picture(png=over_time(WEEK), alt="Two charts"))
    assert 'alt="Two charts" width="960" height="1080">' in report_page(drawn, SHOP, "picture.png")


def test_a_products_name_is_no_html() -> None:
    table = replace(REPORT.tables[0], rows=((SCRIPT, "3", "$72.00"),))
    odd = replace(REPORT, title=SCRIPT, notes=(SCRIPT,), tables=(table,), picture=Picture(png=b"", alt=f'"{SCRIPT}'))
    html = report_page(odd, SHOP, "picture.png")
    assert "<script" not in html
    assert 'alert("' not in html
    assert html.count("&lt;script&gt;") == 5  # twice the title


def test_files_are_written_beside_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    files = write(REPORT, SHOP, folder)
    assert [file.name for file in files] == [f"finance-week-2026-05-10.{end}" for end in ("html", "png", "csv")]
    html, png, csv = files
    assert '<img src="finance-week-2026-05-10.png"' in html.read_text(encoding="utf-8")
    assert (png.read_bytes(), csv.read_bytes()) == (b"png", REPORT.csv.encode())


def test_files_written_again_take_the_place_of_the_old(tmp_path: Path) -> None:
    assert write(REPORT, SHOP, tmp_path) == write(replace(REPORT, csv="new"), SHOP, tmp_path)
    assert (tmp_path / "finance-week-2026-05-10.csv").read_text() == "new"


@pytest.mark.parametrize("net", ["12.50", "0.00", "-69.00", "9999999.99"])
@pytest.mark.parametrize("period", [WEEK, SUNDAY], ids=["week", "day"])
def test_a_picture_over_time_fits_a_phone(period: Period, net: str) -> None:
    assert size(over_time(period, net)) == (960, 1080)


@pytest.mark.parametrize("period", [WEEK, SUNDAY], ids=["week", "day"])
@pytest.mark.parametrize(
    "titles",
    [(), ("Mug",), ("A" * 200, "Mug $5 of $10", "Mug\tor\njug", SCRIPT), ("茶碗", "Mug 🫖 🍵")],
    ids=["none", "one", "odd", "not in the font"],
)
def test_a_picture_of_products_fits_a_phone(period: Period, titles: tuple[str, ...]) -> None:
    assert size(ranking(period, *titles)) == (960, 1080)


def test_a_picture_says_nothing_beside_what_it_shows() -> None:
    parts = chunks(ranking(WEEK, "Mug"))
    assert set(parts) == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert len(zlib.decompress(parts[b"IDAT"])) > 960 * 1080


def test_pictures_drawn_at_once_are_those_drawn_one_by_one() -> None:
    alone = [over_time(WEEK), ranking(WEEK, "Mug", "Plate")] * 3
    with ThreadPoolExecutor(2) as threads:
        draws = [lambda: over_time(WEEK), lambda: ranking(WEEK, "Mug", "Plate")] * 3
        drawn = [threads.submit(draw) for draw in draws]
        assert [one.result() for one in drawn] == alone


def test_one_picture_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Barrier(2)  # Matplotlib's style is the whole process's: two must never be at this point
    monkeypatch.setattr(charts, "png", lambda _: both.wait(0.8))
    with ThreadPoolExecutor(2) as threads:
        drawn = [threads.submit(over_time, WEEK) for _ in range(2)]
    assert [type(one.exception()) for one in drawn] == [BrokenBarrierError] * 2
