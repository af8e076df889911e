"""A report as a message, a page and files."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from charts import drawing
from charts.chart import Chart
from charts.parts import Bar, over_time
from domain.periods import Period, Span
from domain.records.sales import ReportName, Totals
from reports.layout import MOST_ROWS, message, report_page, write
from reports.report import Comparison, Figure, Picture, Report, Table
from tests.support.reported_shop import SHOP

WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)
SUNDAY = Period.containing(date(2026, 5, 10), Span.DAY)
SCRIPT = '<script>alert("mug")</script>'
AGAINST = (Comparison(change="+8.0%", what="the week before"), Comparison(change="", what="the year before"))
CHART = Chart(panels=(over_time([Bar(day=WEEK.first, value=5, part="this week")], "Orders", SHOP),))
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
    picture=Picture(chart=CHART, alt='Bars of "Mug"'),
    csv="period,net\nthis,87.52\n",
    definitions=(("Net", "gross less discounts less cancelled"),),
)


def test_a_message_says_the_headlines_first() -> None:
    reply = message(REPORT)
    assert reply.title == REPORT.title
    assert reply.text.splitlines() == [
        "$87.52 net · 8 orders",
        "3 orders cancelled.",
        "",
        "In brackets, against the week before · the year before:",
        "Net (+8.0% · -)\t$87.52",
        "",
        "Most ordered",
        "Mug\t3 orders · $72.00",
        "",
        "Best customers",
    ]


def test_figures_lead_to_the_board_of_the_same_period() -> None:
    address = "https://shop.example.com/dashboard/sales?span=week&day=2026-05-04"
    assert address in message(REPORT, "https://shop.example.com").text
    page = report_page(REPORT, replace(SHOP, web_url="https://shop.example.com"), "picture.png")
    assert page.count(f'href="{address.replace("&", "&amp;")}"') == len(REPORT.headlines) + len(REPORT.figures)
    as_it_stands = replace(REPORT, name=ReportName.CHURN)
    assert "https://shop.example.com/dashboard/customers (" in message(as_it_stands, "https://shop.example.com").text
    assert "dashboard" not in message(REPORT).text


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
    for said in ("Fern &amp; Fable: finance", "$87.52", "+8.0% on the week before", "3 orders cancelled.", "$72.00"):
        assert said in html
    assert '<img src="picture.png" alt="Bars of &#34;Mug&#34;"' in html
    assert "gross less discounts less cancelled" in html
    assert "As of May 11, 2026, 8:00 AM MDT." in html


def test_the_page_gives_a_picture_its_place_before_it_is_there() -> None:
    assert 'alt="Bars of &#34;Mug&#34;" width="960" height="540">' in report_page(REPORT, SHOP, "picture.png")


def test_a_products_name_is_no_html() -> None:
    table = replace(REPORT.tables[0], rows=((SCRIPT, "3", "$72.00"),))
    odd = replace(
        REPORT, title=SCRIPT, notes=(SCRIPT,), tables=(table,), picture=Picture(chart=CHART, alt=f'"{SCRIPT}')
    )
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
    assert (png.read_bytes(), csv.read_bytes()) == (drawing.png(CHART, SHOP.locale), REPORT.csv.encode())


def test_files_written_again_take_the_place_of_the_old(tmp_path: Path) -> None:
    assert write(REPORT, SHOP, tmp_path) == write(replace(REPORT, csv="new"), SHOP, tmp_path)
    assert (tmp_path / "finance-week-2026-05-10.csv").read_text() == "new"
