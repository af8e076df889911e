"""The boards as staff meets them: who comes in and sees what, filters in the address, tables as CSV."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.adapters.web.staff.menu import PAGES
from dashboards.boards import BOARDS
from domain.records.boards import BOARD_READERS, BoardName
from domain.records.staff import Role
from domain.staff.entering import LINK_HOLDS, SESSION_HOLDS, make_link
from tests.support.api import SAME_SITE, AskedShop
from tests.support.databases import as_owner
from tests.support.marked import MARKS
from tests.support.shop import NOW
from tests.support.warehouses import BUILT_AS_OF as AS_OF

_WEEK = text("""
    SELECT count(*), sum(gross) FROM mart.fct_orders WHERE order_date BETWEEN '2026-05-04' AND '2026-05-10'
""")
_RENAMED = "UPDATE mart.{table} SET {column} = :evil WHERE {column} = (SELECT max(store_id) FROM mart.sales_days)"
FINANCE, ADMIN, SUPPORT = "slack:UFINANCE", "slack:UADMIN", "slack:USUPPORT"


@pytest.fixture
def shop(warehoused: Engine, tmp_path: Path) -> AskedShop:
    return AskedShop(warehoused, tmp_path)


def link(shop: AskedShop, subject: str = FINANCE) -> str:
    with shop.unit_of_work() as uow:
        secret = make_link(uow, (subject,), shop.clock.now())
        uow.commit()
    return f"/staff/{secret}"


def rows(answer: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer)))


def test_nobody_sees_a_board_without_a_session(shop: AskedShop) -> None:
    for kind in BOARDS:
        for address in (kind.name.path, f"{kind.name.path}/trend.csv"):
            closed = shop.browser().get(address)
            assert (closed.status_code, "for staff" in closed.text) == (403, True)


@pytest.mark.parametrize("role", Role)
def test_roles_decide_pages_and_the_menu(shop: AskedShop, role: Role) -> None:
    browser = shop.enters(f"slack:U{role.upper()}")
    menu = browser.get("/data").text
    for kind in BOARDS:
        seen = browser.get(kind.name.path)
        if role in BOARD_READERS[kind.name]:
            assert seen.status_code == 200, seen.text
            assert f'href="{kind.name.path}"' in menu
        else:
            assert (seen.status_code, "not for your role" in seen.text) == (403, True)
            assert f'href="{kind.name.path}"' not in menu


def test_every_board_that_can_be_asked_for_is_there() -> None:
    assert [kind.name for kind in BOARDS] == list(BoardName)
    assert [page.path for page in PAGES][: len(BOARDS)] == [name.path for name in BoardName]


def test_a_link_works_once_and_not_for_long(shop: AskedShop) -> None:
    once = link(shop)
    assert shop.browser().post(once, headers=SAME_SITE).status_code == 200
    assert shop.browser().post(once, headers=SAME_SITE).status_code == 403
    late = link(shop)
    shop.at(NOW + LINK_HOLDS)
    assert shop.browser().post(late, headers=SAME_SITE).status_code == 403


def test_opening_a_link_to_look_at_it_uses_nothing_up(shop: AskedShop) -> None:
    previewed = link(shop)
    for _ in range(3):
        assert "Come in" in shop.browser().get(previewed).text
    assert shop.browser().post(previewed, headers=SAME_SITE).status_code == 200


def test_another_site_lets_nobody_in(shop: AskedShop) -> None:
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        kept = link(shop)
        assert shop.browser().post(kept, headers=headers).status_code == 403
        assert shop.browser().post(kept, headers=SAME_SITE).status_code == 200


def test_a_session_that_somebody_else_put_there_is_none_and_the_own_one_is_new(shop: AskedShop) -> None:
    browser = shop.browser()
    browser.cookies.set("__Host-parley-staff", "chosen-by-somebody", domain="shop.example.com")
    assert browser.get("/dashboard/sales").status_code == 403
    entered = browser.post(link(shop), headers=SAME_SITE, follow_redirects=False)
    cookie = entered.headers["set-cookie"]
    assert "chosen-by-somebody" not in cookie
    for guard in ("__Host-parley-staff=", "HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert guard in cookie


def test_a_session_ends_by_time_by_leaving_and_with_the_role(shop: AskedShop) -> None:
    browser, other = shop.enters(FINANCE), shop.enters(FINANCE)
    assert browser.get("/dashboard/sales").status_code == 200
    assert browser.post("/staff/leave", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    browser.post("/staff/leave", headers=SAME_SITE)
    assert browser.get("/dashboard/sales").status_code == 403
    shop.at(NOW + SESSION_HOLDS)
    assert other.get("/dashboard/sales").status_code == 403
    shop.at(NOW)
    with shop.unit_of_work() as uow:
        uow.staff.grant("slack:U77", Role.FINANCE, "slack:UADMIN", NOW)
        uow.commit()
    granted = shop.enters("slack:U77")
    assert granted.get("/dashboard/sales").status_code == 200
    with shop.unit_of_work() as uow:
        uow.staff.revoke("slack:U77", Role.FINANCE)
        uow.commit()
    assert granted.get("/dashboard/sales").status_code == 403


def test_a_link_leads_to_the_page_that_is_meant(shop: AskedShop) -> None:
    entered = shop.browser().post(
        link(shop), params={"to": "/dashboard/sales?span=month"}, headers=SAME_SITE, follow_redirects=False
    )
    assert entered.headers["location"] == "/dashboard/sales?span=month"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/dashboard",
        "//evil.example/dashboard",
        "/\\evil.example/dashboard",
        "/dashboard/../..//evil.example",
        "javascript:alert(1)",
        "/data\r\nSet-Cookie: a=b",
        "/",
        "/staff/leave",
        "/dashboards",
        "",
    ],
)
def test_a_link_leads_nowhere_else(shop: AskedShop, to: str) -> None:
    entered = shop.browser().post(link(shop), params={"to": to}, headers=SAME_SITE, follow_redirects=False)
    assert entered.headers["location"] == "/dashboard"


def test_sales_are_those_of_the_marts_and_every_table_comes_as_csv(shop: AskedShop) -> None:
    browser = shop.enters(FINANCE)
    page = browser.get("/dashboard/sales", params={"day": "2026-05-06"}).text
    assert "May 4 – 10, 2026" in page
    assert f"As of {AS_OF:%B} {AS_OF.day}, {AS_OF.year}," in page
    trend = rows(browser.get("/dashboard/sales/trend.csv", params={"day": "2026-05-06"}).text)
    week = dict(zip(trend[0], trend[1], strict=True))
    with shop.database.connect() as connection:
        counted = connection.execute(_WEEK).one()
    assert (int(week["orders"]), week["gross"]) == (counted[0], str(counted[1]))
    for section in ("store", "category", "daypart"):
        parts = rows(browser.get(f"/dashboard/sales/{section}.csv", params={"day": "2026-05-06"}).text)
        net = parts[0].index("net")
        assert sum(float(one[net]) for one in parts[1:]) == pytest.approx(float(week["net"]))
    hours = rows(browser.get("/dashboard/sales/hours.csv", params={"day": "2026-05-06", "span": "month"}).text)
    with shop.database.connect() as connection:
        orders = connection.execute(
            text("SELECT count(*) FROM mart.fct_orders WHERE order_date BETWEEN '2026-04-01' AND '2026-04-30'")
        ).scalar_one()
    assert "2026-04" in browser.get("/dashboard/sales", params={"day": "2026-04-06", "span": "month"}).text
    april = rows(browser.get("/dashboard/sales/hours.csv", params={"day": "2026-04-06", "span": "month"}).text)
    assert sum(int(one[2]) for one in april[1:]) == orders
    assert hours[0] == ["weekday", "hour", "orders", "net"]
    download = browser.get("/dashboard/sales/trend.csv")
    assert download.headers["content-disposition"].startswith('attachment; filename="sales-trend-')
    assert browser.get("/dashboard/sales/nothing.csv").status_code == 404


def test_a_part_of_the_shop_is_a_filter_and_a_click(shop: AskedShop) -> None:
    browser = shop.enters(FINANCE)
    page = browser.get("/dashboard/sales", params={"day": "2026-05-06"}).text
    leads = [one.replace("&amp;", "&") for one in re.findall(r'href="(/dashboard/sales\?[^"]*store=[^"]*)"', page)]
    assert leads
    narrowed = browser.get(leads[0])
    assert narrowed.status_code == 200
    assert "selected>" in narrowed.text


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"span": "year"}, "A period is a day, a week, a month."),
        ({"day": "yesterday"}, "2026-05-31"),
        ({"day": "1999-01-01"}, "No shop is older"),
        ({"day": "2031-01-01"}, "reaches to"),
        ({"store": "nowhere"}, "nowhere"),
        ({"category": "a\x00b"}, "There is no store"),
        ({"daypart": "x" * 201}, "There is no store"),
    ],
)
def test_a_filter_that_cannot_be_is_told(shop: AskedShop, params: dict[str, str], said: str) -> None:
    told = shop.enters(FINANCE).get("/dashboard/sales", params=params)
    assert (told.status_code, said in told.text) == (422, True), told.text


def test_a_time_before_the_first_order_is_told_in_a_line(shop: AskedShop) -> None:
    told = shop.enters(FINANCE).get("/dashboard/sales", params={"day": "2001-01-01"})
    assert (told.status_code, "Nothing was ordered up to" in told.text) == (200, True)


def test_a_shop_without_a_warehouse_says_what_to_do(engine: Engine, tmp_path: Path) -> None:
    browser = AskedShop(engine, tmp_path).enters(ADMIN)
    for kind in BOARDS:
        told = browser.get(kind.name.path)
        assert (told.status_code, "parley analytics build" in told.text) == (503, True)


def test_what_a_store_is_called_never_becomes_markup_or_a_formula(shop: AskedShop) -> None:
    evil = "=</script><img src=x onerror=alert(1)>"
    url = shop.database.url.set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)
    with as_owner(url) as owner:
        for table, column in (("sales_trends", "member"), ("sales_hours", "store_id"), ("sales_days", "store_id")):
            owner.execute(text(_RENAMED.format(table=table, column=column)), {"evil": evil})
    browser = shop.enters(FINANCE)
    page = browser.get("/dashboard/sales", params={"day": "2026-05-06"})
    assert evil not in page.text
    assert "</script><img" not in page.text
    assert "onerror=alert(1)>" not in page.text
    stores = [one[0] for one in rows(browser.get("/dashboard/sales/store.csv", params={"day": "2026-05-06"}).text)]
    assert f"'{evil}" in stores


def test_specs_are_data_and_the_page_runs_nothing_but_our_scripts(shop: AskedShop) -> None:
    page = shop.enters(FINANCE).get("/dashboard/sales", params={"day": "2026-05-06"})
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert page.headers["cache-control"] == "no-store"
    data = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page.text, re.S)
    assert len([json.loads(one) for one in data]) >= 5
    scripts = re.findall(r"<script(?! type=\"application/json\")([^>]*)>", page.text)
    assert all("src=" in one for one in scripts)
    drawer = shop.browser().get("/dashboard-charts.js")
    assert "vegaEmbed" in drawer.text
    assert "immutable" in drawer.headers["cache-control"]


def test_no_board_tells_anything_of_a_person(shop: AskedShop) -> None:
    browser = shop.enters(ADMIN)
    for kind in BOARDS:
        page = browser.get(kind.name.path, params={"day": "2026-05-06"})
        tables = [browser.get(f"{kind.name.path}/{key}.csv").text for key in re.findall(r'id="(\w+)"', page.text)]
        for told in (page.text, *tables):
            assert not [mark for mark in MARKS if mark in told.lower().replace("shop.example.com", "")]
