"""The board of customers on a built shop: its sums, who is listed, who may look, and what of it is noted."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from starlette.testclient import TestClient

from domain.periods import Period, Span
from domain.pseudonyms import pseudonym
from domain.records.customer_facts import Counted, Place, Wanted
from domain.records.customers_board import CohortMonth, Numbers, RiskShare
from domain.records.segments import Segment, Tier
from domain.records.staff import Role
from domain.staff.entering import make_link
from storage.queries.customer_facts import PostgresCustomerFacts
from storage.queries.customers_board import PostgresCustomersBoard
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.api import AskedShop
from tests.support.golden import HASHES
from tests.support.marked import HASHED, MARKS
from tests.support.predicting import predict_churn
from tests.support.shop import NOW
from tests.support.warehouses import BUILT_AS_OF as AS_OF

PAGE = "/dashboard/customers"
SECTIONS = "rfm segment value-tier cohorts risk list loyalty loyalty-months".split()
MAY = Period.containing(AS_OF, Span.MONTH)


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """Changes the marts, which the shop itself may not."""
    with engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL ROLE NONE")
        yield connection
        connection.commit()


def numbers_of(engine: Engine) -> dict[str, int]:
    """The customers' numbers by their hash."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT hashed_email, customer_id FROM mart.dim_customers"))
        return {row.hashed_email: row.customer_id for row in rows}


def predicted(engine: Engine, **probabilities: float) -> None:
    """Says of golden customers how likely they leave, with ten times that at stake."""
    ids = numbers_of(engine)
    said = {ids[HASHES[name]]: (one, f"{10 * one:.2f}", f"why {name}") for name, one in probabilities.items()}
    predict_churn(engine, AS_OF, said)


def forget(engine: Engine, hashed: str) -> None:
    """As a wish to be forgotten leaves it."""
    with changing(engine) as connection:
        connection.execute(text("DELETE FROM pii.profile WHERE hashed_email = :one"), {"one": hashed})
        connection.execute(text("DELETE FROM pii.address WHERE hashed_email = :one"), {"one": hashed})
        connection.execute(text("DELETE FROM pii.email_lookup WHERE hashed_email = :one"), {"one": hashed})


# --- the selects ------------------------------------------------------------------------------------------------------


def test_numbers_are_those_of_the_orders(warehoused: Engine) -> None:
    with warehoused.connect() as connection:
        found = PostgresCustomersBoard(connection).numbers(AS_OF, 90, MAY, MAY.before())
        narrow = PostgresCustomersBoard(connection).numbers(AS_OF, 3, MAY, MAY.before())
        orders = connection.execute(
            text("SELECT customer_id, min(order_date), max(order_date) FROM mart.fct_orders"
                 " WHERE NOT is_cancelled AND order_date <= :day GROUP BY 1"),
            {"day": AS_OF},
        ).all()  # fmt: skip
        vips = connection.execute(text("SELECT count(*) FROM mart.rfm_segments WHERE segment = 'VIP'")).scalar_one()
    firsts = [first for _, first, _ in orders]
    assert found == Numbers(
        customers=7,  # five golden ones, Zebulon, and one who never ordered
        ordered=6,
        active=sum(last > AS_OF - timedelta(days=90) for *_, last in orders),
        vips=vips,
        began=sum(first >= MAY.first for first in firsts),
        began_before=sum(MAY.before().first <= first <= MAY.before().last for first in firsts),
    )
    assert (found.began, found.began_before) == (4, 1)  # cyd, dee, eve and Zebulon; bob
    assert narrow.active == sum(last > AS_OF - timedelta(days=3) for *_, last in orders) == 5  # not eve, of May 8


def test_scores_hold_everybody_who_ordered_and_all_that_they_paid_in_a_year(warehoused: Engine) -> None:
    with warehoused.connect() as connection:
        found = PostgresCustomersBoard(connection).scored()
        paid = connection.execute(
            text("SELECT sum(net) FROM mart.fct_orders WHERE NOT is_cancelled AND order_date > :day"),
            {"day": AS_OF - timedelta(days=365)},
        ).scalar_one()
        kept = connection.execute(
            text("SELECT recency_score, frequency_score, count(*) FROM mart.rfm_segments GROUP BY 1, 2")
        ).all()
    assert {(one.recency, one.frequency, one.customers) for one in found} == set(map(tuple, kept))
    assert sum(one.net for one in found) == paid
    assert sum(one.customers for one in found) == 6


def test_cohorts_are_the_last_ones_with_a_month_after_them_that_is_over(warehoused: Engine) -> None:
    with warehoused.connect() as connection:
        board = PostgresCustomersBoard(connection)
        found = board.cohorts(12)
        assert board.cohorts(0) == []
    # Ada's of May 2025, who did not order again until May 2026, which is not over; bob's of April has no month yet.
    ada = date(2025, 5, 1)
    assert found == [
        CohortMonth(cohort=ada, months_later=later, customers=1, ordered=0, share=Decimal(0)) for later in range(1, 12)
    ]
    with changing(warehoused) as connection:
        connection.execute(text("UPDATE mart.cohort_retention SET is_complete = true"))
    with warehoused.connect() as connection:
        board = PostgresCustomersBoard(connection)
        assert {one.cohort for one in board.cohorts(1)} == {date(2026, 4, 1)}
        assert [one.cohort for one in board.cohorts(2)] == [ada] * 12 + [date(2026, 4, 1)]


def test_before_the_first_build_after_an_upgrade_there_are_no_cohorts(warehoused: Engine) -> None:
    with changing(warehoused) as connection:
        connection.execute(text("DROP TABLE mart.cohort_retention"))
    with warehoused.connect() as connection:
        assert PostgresCustomersBoard(connection).cohorts(12) == []


def test_risks_are_of_the_run_that_is_served_and_of_who_can_be_written_to(warehoused: Engine) -> None:
    with warehoused.connect() as connection:
        assert PostgresCustomersBoard(connection).risks() is None
    predict_churn(warehoused, AS_OF - timedelta(days=7), dict.fromkeys(numbers_of(warehoused).values(), (0.9, "1", "")))
    predicted(warehoused, ada=0.7, bob=0.69999, cyd=1.0, dee=0.0, eve=0.7)
    forget(warehoused, HASHES["eve"])
    with warehoused.connect() as connection:
        found = PostgresCustomersBoard(connection).risks()
        facts = PostgresCustomerFacts(connection)
        assert found is not None
        assert (found.run.as_of, found.run.days) == (AS_OF, 45)
        rows = connection.execute(text("SELECT hashed_email, clv_tier FROM mart.dim_customers"))
        tiers = {row.hashed_email: row.clv_tier for row in rows}
        expected = {"ada": (7, "7.00"), "bob": (6, "7.00"), "cyd": (9, "10.00"), "dee": (0, "0.00")}
        assert sorted((one.tenth, str(one.tier), one.customers, one.at_stake) for one in found.shares) == sorted(
            (tenth, tiers[HASHES[name]], 1, Decimal(stake)) for name, (tenth, stake) in expected.items()
        )
        # A cell counts whom its link lists.
        for one in found.shares:
            assert facts.counted(range_of(one)) == Counted(customers=one.customers, at_stake=one.at_stake)


def range_of(one: RiskShare) -> Wanted:
    below = None if one.tenth == 9 else (one.tenth + 1) / 10
    return Wanted(tier=one.tier, risk_from=one.tenth / 10, risk_below=below)


def test_a_list_is_of_who_is_wanted_and_goes_on_behind_the_last(warehoused: Engine) -> None:
    predicted(warehoused, ada=0.2, bob=0.5, cyd=0.8, dee=0.9)
    with warehoused.connect() as connection:
        facts = PostgresCustomerFacts(connection)

        def listed(wanted: Wanted) -> set[str]:
            found = facts.page(wanted, 100)
            assert found is not None
            counted = facts.counted(wanted)
            assert counted is not None
            assert counted.customers == len(found)
            assert counted.at_stake == sum((one.at_stake or Decimal(0) for one in found), Decimal(0))
            return {one.hashed_email for one in found}

        everybody = facts.page(Wanted(), 100)
        assert everybody is not None
        assert [(one.lifetime_net, one.customer_id) for one in everybody] == sorted(
            ((one.lifetime_net, one.customer_id) for one in everybody), reverse=True
        )
        assert listed(Wanted(risk_from=0.5)) == {HASHES[name] for name in ("bob", "cyd", "dee")}
        assert listed(Wanted(risk_from=0.5, risk_below=0.9)) == {HASHES["bob"], HASHES["cyd"]}
        assert listed(Wanted(risk_below=0.5)) == {HASHES["ada"]}
        assert listed(Wanted(segment=Segment.VIP, risk_from=0.5)) == {HASHES["bob"]}
        assert listed(Wanted(tier=Tier.LOW, risk_from=0.5)) == set()
        found, place = [], None
        while page := facts.page(Wanted(), 2, place):
            found += page
            assert page[-1].lifetime_net is not None
            place = Place(lifetime_net=page[-1].lifetime_net, customer_id=page[-1].customer_id)
        assert found == everybody


def test_nothing_is_counted_before_the_first_build(engine: Engine) -> None:
    with engine.connect() as connection:
        assert PostgresCustomerFacts(connection).counted(Wanted()) is None


# --- the page ---------------------------------------------------------------------------------------------------------


class Staffed(AskedShop):
    """The shop with staff who come in by links."""

    def comes_in(self, *roles: Role) -> TestClient:
        """Somebody with these roles, on the pages."""
        who = f"slack:U{'-'.join(roles)}"
        with self.unit_of_work() as uow:
            for role in roles:
                uow.staff.grant(who, role, "test", NOW)
            link = make_link(uow, (who,), NOW)
            uow.commit()
        browser = TestClient(self.app, base_url="http://testserver", raise_server_exceptions=True)
        entered = browser.post(f"/staff/{link}", headers={"sec-fetch-site": "same-origin"}, follow_redirects=False)
        assert entered.status_code == 303
        return browser

    def exports(self) -> list[tuple[str, str, dict[str, str]]]:
        """What the audit log says of files of customers."""
        query = "SELECT actor, subject, changed_to FROM shop.audit_log WHERE action = 'export' ORDER BY entry_id"
        with self.database.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def shop(warehoused: Engine, tmp_path: Path) -> Staffed:
    predicted(warehoused, ada=0.2, bob=0.55, cyd=0.8)
    return Staffed(warehoused, tmp_path)


def table(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer)))


@pytest.mark.parametrize("role", list(Role))
def test_it_is_for_marketing_and_admins(shop: Staffed, role: Role) -> None:
    browser, may = shop.comes_in(role), role in (Role.MARKETING, Role.ADMIN)
    for path in (PAGE, f"{PAGE}/list.csv", f"{PAGE}/rfm.csv"):
        answer = browser.get(path)
        assert (answer.status_code == 200) == may, path
        assert may or answer.status_code == 403
        assert may or "cust_" not in answer.text
    assert len(shop.exports()) == may


def test_a_file_of_customers_is_noted_and_those_of_sums_are_not(shop: Staffed) -> None:
    browser = shop.comes_in(Role.MARKETING)
    for key in SECTIONS:
        if key != "list":
            answer = browser.get(f"{PAGE}/{key}.csv")
            assert answer.status_code == 200, key
            assert answer.headers["content-type"].startswith("text/csv"), key
    assert browser.get(PAGE).status_code == 200  # the list on the page is no file
    assert browser.get(f"{PAGE}/nothing.csv").status_code == 404
    assert browser.get(f"{PAGE}/list.csv?risk=x").status_code == 422
    assert shop.exports() == []
    found = table(browser.get(f"{PAGE}/list.csv", params={"risk": "50-100", "after": "1.00_1"}).text)
    assert [(row["customer"], row["to leave"], row["why"]) for row in found] == [
        (pseudonym(HASHES["bob"]), "0.55", "why bob"),
        (pseudonym(HASHES["cyd"]), "0.8", "why cyd"),
    ]
    browser.get(f"{PAGE}/list.csv?segment=VIP")
    (risky, vips) = shop.exports()
    assert risky == ("slack:Umarketing", "segment:50 – 100% to leave", {"customers": "2"})
    assert vips[1] == "segment:VIP"  # as /segment vip csv notes it


def test_the_page_and_its_files_tell_nobody_apart_and_leave_out_who_was_forgotten(shop: Staffed) -> None:
    browser = shop.comes_in(Role.ADMIN)
    said = browser.get(PAGE).text
    assert pseudonym(HASHED) in said
    assert pseudonym(HASHES["bob"]) in said
    forget(shop.database, HASHES["bob"])
    answers = [browser.get(PAGE).text, *(browser.get(f"{PAGE}/{key}.csv").text for key in SECTIONS)]
    for answer in answers:
        assert pseudonym(HASHES["bob"]) not in answer
        assert not any(hashed in answer for hashed in (HASHED, *HASHES.values()))
        assert not any(mark in answer.casefold() for mark in MARKS)
    assert "6 customers, with" in answers[0]  # of seven


def test_what_a_link_of_a_chart_leads_to_stands_in_the_page(shop: Staffed) -> None:
    browser = shop.comes_in(Role.MARKETING)
    said = browser.get(PAGE).text
    assert "/dashboard/customers?tier=High\\u0026risk=50-60#list" in said or "tier=High&risk=50-60#list" in said
    listed = browser.get(f"{PAGE}?tier=High&risk=50-60").text
    assert "Who they are: High tier, 50 – 60% to leave" in listed
    assert f"/churn add {pseudonym(HASHES['bob'])} " in listed
    assert pseudonym(HASHES["cyd"]) not in listed
    assert "A segment is one of" in browser.get(f"{PAGE}?segment=vips").text


def test_a_formula_among_reasons_is_none_in_a_file(shop: Staffed) -> None:
    predict_churn(shop.database, AS_OF, {numbers_of(shop.database)[HASHES["ada"]]: (0.9, "1.00", '=cmd("x")')})
    (row,) = table(shop.comes_in(Role.ADMIN).get(f"{PAGE}/list.csv?risk=90-100").text)
    assert row["why"] == '\'=cmd("x")'


def test_a_shop_that_was_never_built_or_sold_nothing_says_so(
    engine: Engine, tmp_path: Path, warehoused: Engine
) -> None:
    never = Staffed(engine, tmp_path).comes_in(Role.ADMIN).get(PAGE)
    assert (never.status_code, "parley analytics build" in never.text) == (503, True)
    with changing(warehoused) as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'mart'")).scalars().all()
        connection.execute(text(f"TRUNCATE {', '.join(f'mart.{name}' for name in names)}"))
    empty = Staffed(warehoused, tmp_path).comes_in(Role.ADMIN)
    assert "Nobody is a customer yet" in empty.get(PAGE).text
    assert empty.get(f"{PAGE}/list.csv").status_code == 404


def test_a_shop_with_one_prospect_has_a_board_of_sentences(warehoused: Engine, tmp_path: Path) -> None:
    with changing(warehoused) as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'mart'")).scalars().all()
        others = [f"mart.{name}" for name in names if name != "dim_customers"]
        connection.execute(text(f"TRUNCATE {', '.join(others)}"))
        connection.execute(text("DELETE FROM mart.dim_customers WHERE orders > 0"))
    answer = Staffed(warehoused, tmp_path).comes_in(Role.MARKETING).get(PAGE)
    assert answer.status_code == 200
    for sentence in ("Nobody ordered yet.", "It is not predicted yet who may leave", "Nothing was ordered yet."):
        assert sentence in answer.text


def test_a_unit_of_work_offers_the_sums(warehoused: Engine) -> None:
    with PostgresUnitOfWork(warehoused) as uow:
        assert uow.customers_board.numbers(AS_OF, 90, MAY, replace(MAY, last=AS_OF)).customers == 7
