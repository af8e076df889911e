"""`/segment`: who is in which segment, page by page and as a file, for those who may."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from domain.periods import Period, Span
from domain.pseudonyms import pseudonym
from domain.records.segments import Segment, Share, Tier
from storage.queries.segments import PostgresSegments
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.desk import Desk
from tests.support.golden import HASHES
from tests.support.warehouses import BUILT_AS_OF as AS_OF

GROUPS = (*Segment, *Tier)
DAY = Period.containing(AS_OF, Span.DAY)
BOB = pseudonym(HASHES["bob"])


@pytest.fixture
def desk(warehoused: Engine) -> Desk:
    return Desk(warehoused)


def put_all_in(desk: Desk, segment: str, copies: int = 0) -> None:
    """Puts all customers into one segment, with so many more of them, each worth a dollar more than the one before."""
    with desk.database.connect() as connection:
        connection.exec_driver_sql("SET LOCAL ROLE NONE")
        connection.execute(text("UPDATE mart.dim_customers SET segment = :s, clv_tier = 'High'"), {"s": segment})
        connection.execute(
            text("""
                INSERT INTO mart.dim_customers (customer_id, hashed_email, lifetime_net, segment, clv_tier, as_of)
                SELECT 1000 + n, lpad(to_hex(n), 6, '0') || repeat('0', 58), 1000 + n, :s, 'High', :day
                FROM generate_series(1, :copies) AS n
            """),
            {"s": segment, "copies": copies, "day": AS_OF},
        )
        # As the next build would count them; one row is enough.
        connection.execute(
            text("""
                DELETE FROM mart.customer_groups g USING (SELECT min(ctid) AS kept FROM mart.customer_groups) AS one
                WHERE g.ctid <> one.kept
            """)
        )
        connection.execute(
            text("""
                UPDATE mart.customer_groups SET segment = :s, clv_tier = 'High',
                customers = (SELECT count(*) FROM mart.dim_customers)
            """),
            {"s": segment},
        )
        connection.commit()


def cells(desk: Desk) -> list[dict[str, str]]:
    assert desk.reply.attachment is not None
    return list(csv.DictReader(io.StringIO(desk.reply.attachment.content)))


def test_a_shop_that_never_built_says_what_to_do_in_one_line(engine: Engine) -> None:
    desk = Desk(engine)
    for said in ("/segment", "/segment vip", "/segment vip csv"):
        heard = desk.says(said).strip()
        assert "parley analytics build" in heard
        assert "\n" not in heard
    with engine.connect() as connection:
        assert PostgresSegments(connection).moves(DAY) is None
    assert desk.entries("export") == []


def test_segments_and_tiers_each_add_up_to_all_customers(desk: Desk) -> None:
    heard = desk.says("/segment")
    assert heard.startswith("Customers by segment, as of May 12, 2026\n")
    assert heard.count("All · 7 customers\t") == 2
    with desk.unit_of_work() as uow:
        found = uow.segments.overview()
        rows = uow.connection.execute(text("SELECT * FROM mart.dim_customers")).all()
        paid = uow.connection.execute(
            text("SELECT sum(net) FROM mart.fct_orders WHERE NOT is_cancelled AND order_date > :day"),
            {"day": AS_OF - timedelta(days=365)},
        ).scalar_one()
    assert found is not None
    assert found.total == Share(customers=len(rows), net=paid)
    for group in GROUPS:
        counted = sum(str(group) in (row.segment, row.clv_tier) for row in rows)
        assert found.of(group).customers == counted
        assert f"{group} · {counted} · " in heard
    assert sum(found.of(one).customers for one in (*Tier, Segment.PROSPECT)) == len(rows)
    assert {label for label, _ in desk.buttons} == {group for group in GROUPS if found.of(group).customers}


def test_without_tiers_that_is_said_and_still_adds_up(desk: Desk) -> None:
    with desk.database.connect() as connection:
        connection.exec_driver_sql(
            "SET LOCAL ROLE NONE; UPDATE mart.customer_groups SET clv_tier = NULL WHERE segment <> 'Prospect'"
        )
        connection.commit()
    heard = desk.says("/segment")
    assert "No tier · 6 · 85.7%" in heard
    assert "High · 0 · 0.0%" in heard


def test_customers_are_pseudonyms_with_days_gap_and_value_the_best_first(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        rows = uow.connection.execute(text("SELECT * FROM mart.dim_customers WHERE clv_tier = 'Medium'")).all()
    best = sorted(rows, key=lambda row: (row.lifetime_net, row.customer_id), reverse=True)
    heard = desk.says("/segment medium").splitlines()
    assert heard[0] == "Medium lifetime value, as of May 12, 2026"
    assert [line.partition(" ·")[0] for line in heard if line.startswith("cust_")] == [
        pseudonym(row.hashed_email) for row in best
    ]
    # dee: May 4 and 10, 37.57 + 7.25; cyd: May 10, for the order of May 3 was cancelled
    assert f"{pseudonym(HASHES['dee'])} · ordered 2 days ago, usually every 6 days\t$44.82" in heard
    assert f"{pseudonym(HASHES['cyd'])} · ordered 2 days ago, on one day only\t$34.50" in heard
    assert not any("@" in line or HASHES["dee"] in line for line in heard)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("“Prospect”", "Prospect, "),
        ("PROSPECTS", "Prospect, "),
        ("pros page 1", "Prospect, "),
        ("high", "High lifetime value"),
        ("show high", "High lifetime value"),
    ],
)
def test_a_name_may_be_quoted_short_or_plural(desk: Desk, said: str, title: str) -> None:
    assert desk.says(f"/segment {said}").startswith(title)


@pytest.mark.parametrize("said", ["churn risk", '"Churn Risk"', "churn-risk", "CHURN  RISK", "churn"])
def test_a_name_of_two_words_is_read_however_it_is_written(desk: Desk, said: str) -> None:
    put_all_in(desk, "Churn Risk")
    assert desk.says(f"/segment {said}").startswith("Churn Risk, as of")
    assert desk.says(f"/segment {said} csv").strip().startswith("Churn Risk, as of May 12, 2026: 7 customers")


def test_who_never_ordered_has_no_days(desk: Desk) -> None:
    assert " · no orders\t$0.00" in desk.says("/segment prospect")


def test_pages_show_everybody_once(desk: Desk) -> None:
    put_all_in(desk, "Lapsing Loyal", copies=18)  # 25
    seen = desk.says("/segment lapsing loyal").splitlines()
    assert "1 to 10 of 25" in seen
    seen += desk.presses("More").splitlines()
    seen += desk.presses("More").splitlines()
    assert "21 to 25 of 25" in seen
    assert [label for label, _ in desk.buttons] == ["CSV"]
    shown = [line.partition(" ·")[0] for line in seen if line.startswith("cust_")]
    assert (len(shown), len(set(shown)), shown[0]) == (25, 25, "cust_000012")
    assert "no such page" in desk.says("/segment lapsing loyal page 4")
    assert "no such page" in desk.says("/segment lapsing loyal page 9999999")
    assert "not a page number" in desk.says("/segment lapsing loyal page x")


def test_an_empty_segment_says_so(desk: Desk) -> None:
    put_all_in(desk, "VIP")
    for said in ("new", "new csv"):
        assert desk.says(f"/segment {said}").strip() == "New: no customers as of May 12, 2026."
    assert desk.entries("export") == []


def test_the_file_holds_the_whole_segment_without_an_address_and_is_noted(desk: Desk) -> None:
    put_all_in(desk, "VIP", copies=18)
    desk.says("/segment vip")
    heard = desk.presses("CSV")
    assert "25 customers in the file." in heard
    assert desk.reply.attachment is not None
    assert desk.reply.attachment.name == "segment-vip-2026-05-12.csv"
    found = cells(desk)
    assert len(found) == 25
    bob = next(one for one in found if one["customer"] == BOB)
    assert bob == {
        "customer": BOB,
        "segment": "VIP",
        "clv_tier": "High",
        "last_order_date": "2026-05-12",
        "days_since_order": "0",
        "usual_gap_days": "9.3",
        "lifetime_net": "87.75",
        "as_of": "2026-05-12",
    }
    assert "@" not in desk.reply.attachment.content
    assert HASHES["ada"] not in desk.reply.attachment.content
    (entry,) = desk.entries("export")
    assert (entry.actor, entry.subject, dict(entry.changed_to)) == ("slack:U1", "segment:VIP", {"customers": "25"})


def test_a_huge_segment_is_cut_and_that_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.admin.segment.MOST_EXPORTED", 5)
    put_all_in(desk, "VIP", copies=18)
    assert "5 customers in the file of the most valuable; 20 more are left out" in desk.says("/segment csv vip")
    assert [one["lifetime_net"] for one in cells(desk)] == ["1018.00", "1017.00", "1016.00", "1015.00", "1014.00"]


@pytest.mark.parametrize(
    ("said", "likely"), [("vib", "VIP"), ("churned", "Churn Risk"), ("at risk", "Churn Risk"), ("meduim", "Medium")]
)
def test_an_unknown_name_gets_the_names_and_the_likely_one(desk: Desk, said: str, likely: str) -> None:
    heard = desk.says(f"/segment {said}")
    assert f"There is no segment “{said}”. Do you mean {likely}? There are VIP, Regular" in heard
    shown = desk.presses(likely).strip()
    assert shown.startswith((f"{likely}, as of", f"{likely} lifetime value", f"{likely}: no customers"))


@pytest.mark.parametrize("said", ["help", "2", "xyzzy page 3"])
def test_what_is_like_no_name_gets_the_names_alone(desk: Desk, said: str) -> None:
    heard = desk.says(f"/segment {said}")
    assert "There are VIP, Regular, New, Lapsing Loyal, Churn Risk and Prospect, and by value High" in heard
    assert "Do you mean" not in heard


@pytest.mark.parametrize(
    "said",
    [
        "'; DROP TABLE mart.dim_customers; --",
        "%",
        "vip' OR '1'='1",
        "x" * 100_000,
        "🫖" * 2000,
        "\x00",
        "page",
        "csv csv",
    ],
)
def test_hostile_words_do_no_harm(desk: Desk, said: str) -> None:
    heard = desk.says(f"/segment {said}")
    assert len(heard) < 1500
    assert desk.number("SELECT count(*) FROM mart.dim_customers") == 7
    assert desk.entries("export") == []


def test_marketing_may_and_others_may_not(desk: Desk) -> None:
    for role, who in (("marketing", "U5"), ("finance", "U6"), ("support", "U7")):
        desk.says(f"/parley role grant slack:{who} {role}")
    assert "Customers by segment" in desk.says("/segment", "U5")
    assert "in the file" in desk.says("/segment high csv", "U5")
    for who in ("U6", "U7", "U8"):
        for said in ("/segment", "/segment vip", "/segment high csv"):
            assert "needs the role admin or marketing" in desk.says(said, who)
            assert desk.reply.attachment is None
    assert {entry.subject for entry in desk.entries("refused")} == {"/segment"}
    assert [entry.actor for entry in desk.entries("export")] == ["slack:U5"]


def test_in_a_public_place_nobody_is_named(desk: Desk) -> None:
    heard = desk.says("/segment high csv", chat_id="C01:1.5")
    assert "direct messages" in heard
    assert "cust_" not in heard
    assert desk.entries("export") == []


def test_a_unit_of_work_that_saw_no_warehouse_goes_on(engine: Engine) -> None:
    with PostgresUnitOfWork(engine) as uow:
        assert uow.segments.overview() is None
        assert uow.segments.members(Segment.VIP, 10) is None
        assert uow.audit.of("segment:VIP", 1) == []  # the transaction is whole
