"""A shop that is not American: nothing that people read of its reports, boards and pictures has an English number."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.messages import Reply
from bot.phrases import staff_churn, staff_segments, staff_supply
from charts import customer_maps, digest, drawing, hours, products, sales
from charts.chart import Chart, looks
from charts.theme import LIGHT
from dashboards import marketing
from dashboards.board import Board, Cell
from domain.periods import Period, Span
from domain.records.customers_board import CohortMonth
from domain.records.marts import Daypart, HourSold
from domain.records.sales import DayTotals
from reports import finance
from reports.layout import message, report_page
from reports.report import Report
from tests.support.looks import BEFORE, THIS, FakeMarketing, look
from tests.support.marts import sold_in
from tests.support.reported_shop import SHOP
from tests.unit.dashboards.test_marketing import recommended
from tests.unit.reports.test_finance import MONDAY_AFTER, finances, totals

GERMAN = replace(SHOP, locale="de_DE", currency="EUR")
WEEK = Period.containing(date(2026, 3, 2), Span.WEEK)
DAYS = tuple(
    DayTotals(day=date(2025, 12, 8) + timedelta(days=n), orders=900 + 40 * (n % 9), net=Decimal("12345.60") + 99 * n)
    for n in range(91)
)
# A thousand with a comma, a fraction with a point (three digits behind it are a German thousand), a percent sign that
# touches its number, a month that German has not, or one before its day.
ENGLISH = re.compile(
    r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?![\d.])|\d%|\b(?:January|February|March|May|June|July|October|December|Mar|Oct|Dec)\b"
    r"|\b(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Nov)[a-z]*\.? \d{1,2}\b(?! ?\d)"
)
STYLES = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def english(texts: Iterator[str]) -> list[str]:
    """Those of the texts that have something English in their numbers or days."""
    return [text for text in texts if ENGLISH.search(text)]


def read(shown: Any) -> Iterator[str]:
    """Every text in what is shown, without addresses and keys, and without what only files hold."""
    if isinstance(shown, str):
        yield shown
    elif is_dataclass(shown):
        names = ("said",) if isinstance(shown, Cell) else [one.name for one in fields(shown)]
        for name in names:
            if name not in ("href", "key", "value" if isinstance(shown, Cell) else "", "chart", "csv", "days_csv"):
                yield from read(getattr(shown, name))
    elif isinstance(shown, tuple | list):
        for one in shown:
            yield from read(one)


def drawn(chart: Chart, locale: str = "de_DE") -> list[str]:
    """What a picture says."""
    return re.findall(r">([^<>]+)</(?:text|tspan)>", drawing.svg(chart, locale))


def report() -> Report:
    found = finances(period=WEEK, totals=totals(12345, "1234567.89", "1234.50", "99.10"), days=DAYS)
    return finance.make_finance_report(found, GERMAN, MONDAY_AFTER)


def board() -> Board:
    shown = (
        recommended(BEFORE, "popular", 5000, 1000, 0, 200, 200, paid="5000.00"),
        recommended(THIS, "popular", 10000, 2345, 3, 1600, 44, paid="6000.50"),
    )
    return marketing.make_board(replace(look(marketing_board=FakeMarketing(shown=shown)), shop=GERMAN))


@pytest.mark.parametrize("text", ["1,234", "12.5 h", "4.1%", "41%", "on May 3", "Apr 3", "November 3", "Mar 2026"])
def test_what_is_english_is_found(text: str) -> None:
    assert ENGLISH.search(text)


@pytest.mark.parametrize(
    "text", ["1.234", "12,5 h", "4,1\xa0%", "3. Mai 2026", "3.–9. Apr. 2026", "Apr. 2026", "2026-05-03"]
)
def test_what_is_german_is_not(text: str) -> None:
    assert not ENGLISH.search(text)


def test_a_report_has_no_english_number_in_a_chat_nor_on_its_page() -> None:
    said: Reply = message(report())
    assert "12.345 orders" in said.text
    assert english(read(said)) == []
    page = STYLES.sub(" ", report_page(report(), GERMAN, "picture.png"))
    assert english(iter(page.splitlines())) == []


def test_the_files_of_a_report_have_plain_numbers_and_iso_days() -> None:
    assert "2026-03-02,2026-03-08,12345,1234567.89,1234.50,99.10" in report().csv
    assert report().days_csv.splitlines()[1] == "2025-12-08,900,12345.60,0"


def test_a_board_has_no_english_number_in_tiles_tables_and_sentences() -> None:
    texts = list(read(board()))
    assert {"10.000", "23,4\xa0%", "6.000,50", "27. Apr. – 3. Mai 2026"} <= set(texts)
    assert english(iter(texts)) == []


def test_the_file_of_a_table_has_the_plain_value() -> None:
    funnel = board().section("funnel")
    assert funnel is not None
    assert [cell.value for cell in funnel.table.rows[0]][1:] == [
        10000,
        2345,
        1600,
        44,
        3,
        0.2345,
        1600 / 2345,
        44 / 1600,
        Decimal("6000.50"),
    ]


def test_pictures_have_no_english_number_on_axes_bars_and_cells() -> None:
    cohorts = [
        CohortMonth(cohort=date(2026, month, 1), months_later=1, customers=1234, ordered=9, share=Decimal("0.0073"))
        for month in (3, 5)
    ]
    by_time = {(weekday, part): 4.5 * weekday for weekday in range(1, 8) for part in (Daypart.NOON, Daypart.MORNING)}
    ordered = [HourSold(weekday=day, hour=9, orders=500 * day, net=Decimal(1)) for day in range(1, 8)]
    out = products.Out(place=0, name="Mug", first=date(2026, 3, 3), last=date(2026, 4, 4))
    pictures = [
        digest.orders_and_money(DAYS, WEEK, GERMAN),
        sales.sales(sold_in("12000", "15000", period=WEEK), [None, Decimal(12000)], by_time, GERMAN),
        customer_maps.cohorts(cohorts, "Who comes back", GERMAN),
        customer_maps.against({"Average order": 112.5}, "Members", GERMAN),
        hours.week_map(ordered, "When", GERMAN),
        products.stock_outs(["Mug"], [out], date(2026, 2, 20), date(2026, 5, 20), "Out", GERMAN),
        *(one.chart for one in board().sections if one.chart is not None),
    ]
    texts = [drawn(one) for one in pictures]
    assert {"1.000", "15.000", "8. März"} <= set(texts[0])
    assert {"Mo.", "So."} <= set(texts[1])
    assert {"März 2026", "Mai 2026", "1.234", "1"} <= set(texts[2])
    assert "112\xa0%" in texts[3]
    assert {"Mo.", "3.500"} <= set(texts[4])
    assert {"1. März", "1. Mai"} <= set(texts[5])
    assert english(text for one in texts for text in one) == []


def test_a_space_that_the_font_lacks_is_a_usual_one_in_pictures() -> None:
    french = replace(SHOP, locale="fr_FR")
    texts = drawn(digest.orders_and_money(DAYS, WEEK, french), "fr_FR")
    assert {"1\xa0000", "15\xa0000", "8 mars"} <= set(texts)


def test_days_whose_letters_the_font_lacks_are_figures_and_stay_apart() -> None:
    japanese = replace(SHOP, locale="ja_JP")
    by_time = {(weekday, part): 4.5 * weekday for weekday in range(1, 8) for part in (Daypart.NOON, Daypart.MORNING)}
    texts = drawn(sales.sales(sold_in("12000", "15000", period=WEEK), [None, None], by_time, japanese), "ja_JP")
    assert {"03-02", "1", "7"} <= set(texts)


def test_a_browser_is_told_the_same_as_the_drawer() -> None:
    told = looks(LIGHT, "de_DE")["locale"]
    assert told["number"] == {
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["", ""],
        "percent": "\xa0%",
    }
    assert (told["time"]["days"][0], told["time"]["months"][2]) == ("Sonntag", "März")
    assert looks(LIGHT, "en_IN")["locale"]["number"]["grouping"][:3] == [3, 2, 2]


def test_what_staff_reads_in_chats_has_no_english_number() -> None:
    day = date(2026, 3, 9)
    said = [
        staff_segments.title(GERMAN, as_of=day),
        staff_segments.share(GERMAN, group="VIP", customers=1234, total=20000),
        staff_segments.habits(GERMAN, days_since=1200, usual_gap=Decimal("12.5")),
        staff_churn.customer(GERMAN, place=1, pseudonym="x", probability=0.83, since=day, collected=False),
        staff_supply.days(GERMAN, 1200.0),
        staff_supply.ordered(GERMAN, number=1, title="Mug", quantity=1234, expected=day),
    ]
    assert said == [
        "Customers by segment, as of 9. März 2026",
        "VIP · 1.234 · 6,2\xa0%",
        "ordered 1.200 days ago, usually every 12,5 days",
        "1 · x · 83\xa0% · at risk since 9. März",
        "1.200 days",
        "1.234 × Mug are on order P1, expected 9. März.",
    ]
