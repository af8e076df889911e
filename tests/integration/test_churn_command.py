"""`/churn`: who may be leaving, why and since when, and whom of them to write to; for those who may."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from bot.phrases import staff_churn
from domain.people.forgetting import forget_email
from domain.periods import Period, Span
from domain.pseudonyms import pseudonym
from domain.records.predictions import Kept, RiskMoves
from domain.records.sales import ReportName
from scheduler.reporting import make_report
from storage.queries.churn_risks import PostgresChurnRisks
from tests.support.desk import Desk
from tests.support.factories import NOW
from tests.support.predicting import predict_churn
from tests.support.reported_shop import SHOP
from tests.support.warehouses import BUILT_AS_OF as AS_OF

MIA = "U5"
WEEK = Period(span=Span.WEEK, first=AS_OF - timedelta(days=6), last=AS_OF)


@pytest.fixture
def desk(warehoused: Engine) -> Desk:
    return Desk(warehoused)


def customers(desk: Desk) -> dict[int, str]:
    """Those who ordered and may be written to, by number: what staff calls them."""
    with desk.database.connect() as connection:
        found = connection.execute(
            text("""
                SELECT customer_id, hashed_email FROM mart.dim_customers
                WHERE orders > 0 AND hashed_email IN (SELECT hashed_email FROM pii.email_lookup) ORDER BY customer_id
            """)
        )
        return {row.customer_id: pseudonym(row.hashed_email) for row in found}


def test_before_the_first_prediction_it_is_said_when_it_comes(desk: Desk, engine: Engine) -> None:
    for shop in (desk, Desk(engine)):
        for said in ("/churn", "/churn csv"):
            assert "parley predict train" in shop.says(said)
    assert desk.entries("export") == []


def test_who_has_most_at_stake_comes_first_with_reasons_and_what_they_bought(desk: Desk) -> None:
    known = customers(desk)
    few, much, *_ = known
    predict_churn(desk.database, AS_OF - timedelta(days=20), {much: (0.4, "1.00", "")})
    predict_churn(desk.database, AS_OF - timedelta(days=9), {much: (0.7, "9.00", "")})
    said = {few: (0.51, "5.00", "smaller orders"), much: (0.9, "90.00", "no order for 61 days, usually every 18")}
    predict_churn(desk.database, AS_OF, said)
    heard = desk.says("/churn")
    assert heard.index(known[much]) < heard.index(known[few])
    since = AS_OF - timedelta(days=9)
    assert f"1 · {known[much]} · 90% · at risk since {since:%b} {since.day}" in heard
    assert "no order for 61 days, usually every 18. Bought most: " in heard
    assert "2 customers are likelier than not to order nothing in 45 days. $95.00 is at stake" in heard
    assert "In 7 days 1 customer came into risk, and 0 customers left it by ordering." in heard
    assert "nobody pays more" in heard


def test_who_stays_or_was_forgotten_is_not_listed(desk: Desk) -> None:
    stays, gone, *_ = customers(desk)
    predict_churn(desk.database, AS_OF, {stays: (0.49, "500.00", ""), gone: (0.9, "5.00", "")})
    with desk.unit_of_work() as uow:
        hashed = uow.connection.execute(
            text("SELECT hashed_email FROM shop.customer WHERE customer_id = :gone"), {"gone": gone}
        )
        assert forget_email(uow, hashed.scalar_one()) is not None
        uow.commit()
    assert desk.says("/churn").strip() == staff_churn.NOBODY
    assert "Nobody at risk is called that" in desk.says(f"/churn add {gone}")


def test_how_many_are_at_risk_is_kept_as_scores_come_and_go(desk: Desk) -> None:
    one, two, three, *_ = customers(desk)
    predict_churn(desk.database, AS_OF, {one: (0.5, "1.50", ""), two: (1.0, "2.50", ""), three: (0.4999, "9.00", "")})

    def totals() -> tuple[int, Decimal]:
        with desk.database.connect() as connection:
            found = PostgresChurnRisks(connection).top(0)
            assert found is not None
            assert found.shown == ()
            counted = "SELECT count(*), coalesce(sum(at_stake), 0) FROM raw.prediction_churn WHERE probability >= 0.5"
            assert connection.execute(text(counted)).one() == (found.total, found.at_stake)
            return found.total, found.at_stake

    assert totals() == (2, Decimal("4.00"))
    with desk.database.begin() as connection:
        connection.execute(
            text("DELETE FROM raw.prediction_churn WHERE customer_id = ANY(:gone)"), {"gone": [two, three]}
        )
    assert totals() == (1, Decimal("1.50"))
    with desk.database.begin() as connection:
        connection.execute(text("DELETE FROM raw.prediction_run"))
        assert connection.execute(text("SELECT count(*) FROM raw.prediction_churn_total")).scalar_one() == 0


def test_pages_go_on_and_end(desk: Desk) -> None:
    known = customers(desk)
    assert len(known) > 5
    predict_churn(desk.database, AS_OF, {one: (0.8, f"{one}.00", "") for one in known})
    first = desk.says("/churn")
    second = desk.presses("More")
    assert sum(name in first for name in known.values()) == 5
    assert sum(name in second for name in known.values()) == min(len(known) - 5, 5)
    assert "6 · " in second
    assert desk.says("/churn 99").strip() == "There is no such page."
    assert "/churn [PAGE]" in desk.says("/churn nonsense")


def test_a_button_collects_a_customer_for_a_campaign_and_takes_them_out_again(desk: Desk) -> None:
    known = customers(desk)
    one, *_ = known
    predict_churn(desk.database, AS_OF, {one: (0.8, "8.00", "")})
    desk.says(f"/parley role grant slack:{MIA} marketing")
    desk.says("/churn", MIA)
    assert f"{known[one]} is in your campaign audience." in desk.presses("1: add to a campaign", MIA)
    assert known[one] in desk.presses("Audience", MIA)
    assert "in your audience" in desk.says("/churn", MIA)
    assert all(label != "1: add to a campaign" for label, _ in desk.buttons)
    assert "already" in desk.says(f"/churn add {known[one]}", MIA)
    predict_churn(desk.database, AS_OF, {one: (0.1, "8.00", "")})  # who ordered meanwhile can be taken out, too
    assert known[one] in desk.says("/churn audience", MIA)
    assert "not in your campaign audience any more" in desk.presses("1: take out", MIA)
    assert "Nobody in your campaign audience is called that" in desk.says(f"/churn drop {known[one]}", MIA)
    assert desk.says("/churn audience", MIA).strip() == staff_churn.NOBODY_COLLECTED
    assert [entry.subject for entry in desk.entries("add")] == [f"audience:{known[one]}"]
    assert [entry.actor for entry in desk.entries("remove")] == [f"slack:{MIA}"]


@pytest.mark.parametrize("said", ["cust_000000", "nobody", "0", "99999999999999999999999", "x@example.com", ""])
def test_nobody_is_collected_who_is_not_at_risk(desk: Desk, said: str) -> None:
    one, *_ = customers(desk)
    predict_churn(desk.database, AS_OF, {one: (0.8, "8.00", "")})
    assert "Nobody at risk is called that" in desk.says(f"/churn add {said}")
    assert "Nobody in your campaign audience is called that" in desk.says(f"/churn drop {said}")
    assert desk.entries("add") == desk.entries("remove") == []


def test_all_of_them_come_as_a_file_without_addresses_and_that_is_noted(desk: Desk) -> None:
    known = customers(desk)
    predict_churn(desk.database, AS_OF, {one: (0.8, f"{one}.00", '=cmd("x")') for one in known})
    desk.says("/churn csv")
    assert desk.reply.attachment is not None
    rows = list(csv.DictReader(io.StringIO(desk.reply.attachment.content)))
    assert sorted(row["customer"] for row in rows) == sorted(known.values())
    assert {row["reasons"] for row in rows} == {'\'=cmd("x")'}
    assert "@" not in desk.reply.attachment.content
    (entry,) = desk.entries("export")
    assert entry.changed_to == {"customers": str(len(known))}


@pytest.mark.parametrize("role", ["", "support", "finance"])
def test_without_the_role_nothing_is_told(desk: Desk, role: str) -> None:
    who = "U6"
    if role:
        desk.says(f"/parley role grant slack:{who} {role}")
    one, *_ = customers(desk)
    predict_churn(desk.database, AS_OF, {one: (0.8, "8.00", "secret")})
    for said in ("/churn", f"/churn add {one}", "/churn csv", "/churn audience"):
        assert "secret" not in desk.says(said, who)
        assert "cust_" not in desk.heard
    assert desk.entries("add") == []


def test_what_was_predicted_is_held_against_what_came(desk: Desk) -> None:
    then = AS_OF - timedelta(days=45)
    with desk.database.connect() as connection:
        ordered = set(
            connection.execute(
                text("SELECT DISTINCT customer_id FROM mart.fct_orders WHERE NOT is_cancelled AND order_date > :then"),
                {"then": then},
            ).scalars()
        )
    known = list(customers(desk))
    predict_churn(desk.database, then, dict.fromkeys(known, (0.5, "1.00", "")))
    predict_churn(desk.database, AS_OF, dict.fromkeys(known, (0.5, "1.00", "")))
    left = len(set(known) - ordered)
    with desk.database.connect() as connection:
        risks = PostgresChurnRisks(connection)
        assert risks.kept(AS_OF) == Kept(as_of=then, customers=len(known), expected=len(known) / 2, left=left)
        assert risks.kept(AS_OF - timedelta(days=1)) is None
    assert f"On {then:%B} {then.day}, {then.year} we expected 50% of {len(known)} customers" in desk.says("/churn")


def test_who_came_into_risk_and_who_left_it(desk: Desk) -> None:
    one, two, three, *_ = customers(desk)
    predict_churn(desk.database, AS_OF - timedelta(days=7), {one: (0.9, "1.00", ""), two: (0.1, "1.00", "")})
    predict_churn(desk.database, AS_OF, {one: (0.1, "1", ""), two: (0.9, "1", ""), three: (0.9, "1", "")})
    with desk.database.connect() as connection:
        risks = PostgresChurnRisks(connection)
        assert risks.moves(WEEK) == RiskMoves(entered=2, left=1, at_risk=2)
        long_ago = Period(span=Span.WEEK, first=date(2020, 1, 6), last=date(2020, 1, 12))
        assert risks.moves(long_ago) is None


@pytest.mark.parametrize(
    ("expected", "left", "said"),
    [(50, 50, "relied on"), (60, 50, "too many by 10 points"), (40, 50, "too few by 10 points")],
)
def test_how_predictions_came_out_is_told_in_words(expected: float, left: int, said: str) -> None:
    found = Kept(as_of=AS_OF, customers=100, expected=expected, left=left)
    assert said in staff_churn.kept(SHOP, found=found, days=45)


def test_amounts_are_what_the_run_says(desk: Desk) -> None:
    one, *_ = customers(desk)
    predict_churn(desk.database, AS_OF, {one: (0.8, "1234.50", "")})
    with desk.database.connect() as connection:
        found = PostgresChurnRisks(connection).top(5)
    assert found is not None
    assert (found.total, found.at_stake, found.shown[0].at_stake) == (1, Decimal("1234.50"), Decimal("1234.50"))


def test_the_weekly_digest_says_who_came_into_risk_and_how_the_last_prediction_came_out(desk: Desk) -> None:
    one, two, *_ = customers(desk)
    week = Period.containing(AS_OF, Span.WEEK).before()
    then = week.last - timedelta(days=45)
    predict_churn(desk.database, then, {one: (0.9, "1.00", ""), two: (0.9, "1.00", "")})
    predict_churn(desk.database, week.first - timedelta(days=1), {one: (0.2, "1.00", ""), two: (0.9, "1.00", "")})
    predict_churn(desk.database, week.last, {one: (0.8, "1.00", ""), two: (0.1, "1.00", "")})
    report = make_report(desk.database, ReportName.MARKETING, week, SHOP, NOW, 5)
    said = " ".join(report.notes)
    assert "1 customer came into risk of leaving, 1 customer left it by ordering; 1 are at risk." in said
    assert "90% of 2 customers were expected to order nothing in 45 days" in said
    assert "expected_to_leave" in report.csv
    assert "/churn" in dict(report.definitions)["At risk"]
    day = Period.containing(week.last, Span.DAY)
    daily = make_report(desk.database, ReportName.MARKETING, day, SHOP, NOW, 5)
    assert "risk of leaving" not in " ".join(daily.notes)


def test_a_customer_is_told_what_is_reckoned_of_them_and_is_out_of_the_audience_once_forgotten(desk: Desk) -> None:
    known = customers(desk)
    one, *_ = known
    predict_churn(desk.database, AS_OF, {one: (0.834, "8.00", "no order for 61 days, usually every 18")})
    desk.says(f"/churn add {one}")
    hashed = "SELECT hashed_email FROM mart.dim_customers WHERE customer_id = :one"
    with desk.database.connect() as connection:
        email = connection.execute(text(hashed), {"one": one}).scalar_one()
    with desk.unit_of_work() as uow:
        reach = uow.privacy.reach_of_email(email)
        assert reach is not None
        told = [(said.about, said.text) for said in uow.privacy.data(reach).reckoned]
        assert told == [
            ("likely to order nothing in 45 days", "83%: no order for 61 days, usually every 18"),
            ("to be written to", "collected for a campaign"),
        ]
        uow.privacy.erase(reach)
        uow.commit()
    assert desk.says("/churn audience").strip() == staff_churn.NOBODY_COLLECTED
    with desk.database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM raw.prediction_churn")).scalar_one() == 0
