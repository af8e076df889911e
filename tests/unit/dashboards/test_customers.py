"""The board of customers in words: what is told, what is compared, what is not over, and shops with little to tell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

import pytest

from dashboards.board import Board, Export, Section
from dashboards.customer_list import Chosen
from dashboards.customers import make_board
from dashboards.looking import BadFilter, Filters, Look
from dashboards.paging import PAGE
from domain.periods import Period
from domain.ports import UnitOfWork
from domain.records.customer_facts import Counted, CustomerFacts, Place, Wanted
from domain.records.customers_board import CohortMonth, Numbers, Risked, RiskShare, Scored
from domain.records.marts import MEMBERS, OTHERS, Meaning, WarehouseView
from domain.records.predictions import Predicted, PredictionRun
from domain.records.segments import Cell, Overview, Segment, Share, Tier
from tests.support.marts import FORMULA, FakeMarts, months, side
from tests.support.reported_shop import SHOP

AS_OF = date(2026, 5, 12)
NOW = datetime(2026, 5, 13, 9, tzinfo=UTC)
RUN = PredictionRun(run_id=1, what=Predicted.CHURN, model_version="test", as_of=date(2026, 5, 11), made_at=NOW, days=45)
NOBODY = Numbers(customers=0, ordered=0, active=0, vips=0, began=0, began_before=0)
SOME = Numbers(customers=120, ordered=100, active=60, vips=7, began=12, began_before=10)


def customer(number: int, probability: float | None = 0.7, **overrides: Any) -> CustomerFacts:
    values: dict[str, Any] = {
        "as_of": AS_OF,
        "segment": Segment.VIP,
        "tier": Tier.HIGH,
        "place": "80203",
        "is_loyal": False,
        "first_order": date(2026, 1, 1),
        "last_order": date(2026, 4, 1),
        "orders": 3,
        "days_since": 41,
        "usual_gap": Decimal(9),
        "at_stake": Decimal("8.50"),
        "reasons": "no order for 41 days, usually every 9",
        "expected": None,
    }
    hashed, net = f"{number:064x}"[::-1], Decimal(1000 - number).quantize(Decimal("0.01"))
    return CustomerFacts(
        customer_id=number, hashed_email=hashed, probability=probability, lifetime_net=net, **values | overrides
    )


@dataclass
class FakeCustomers:
    """Customers in memory; implements what the board asks of a unit of work."""

    count: Numbers = SOME
    scores: Sequence[Scored] = ()
    months: Sequence[CohortMonth] = ()
    risk: Risked | None = None
    found: Overview | None = None
    everybody: Sequence[CustomerFacts] = ()
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def customers_board(self) -> "FakeCustomers":
        return self

    @property
    def segments(self) -> "FakeCustomers":
        return self

    @property
    def customer_facts(self) -> "FakeCustomers":
        return self

    def numbers(self, as_of: date, active_days: int, began: Period, began_before: Period) -> Numbers:
        self.asked.append((as_of, active_days, (began.first, began.last), (began_before.first, began_before.last)))
        return self.count

    def scored(self) -> Sequence[Scored]:
        return self.scores

    def cohorts(self, count: int) -> Sequence[CohortMonth]:
        return self.months

    def risks(self) -> Risked | None:
        return self.risk

    def overview(self) -> Overview | None:
        return self.found

    def page(self, wanted: Wanted, limit: int, after: Place | None = None) -> list[CustomerFacts]:
        self.asked.append((wanted, limit, after))
        return list(self.everybody[:limit])

    def counted(self, wanted: Wanted) -> Counted:
        return Counted(customers=len(self.everybody), at_stake=Decimal("99.90"))


def made(
    fake: FakeCustomers,
    query: Mapping[str, str] | None = None,
    marts: FakeMarts | None = None,
    as_of: date = AS_OF,
    as_file: str = "",
) -> Board:
    look = Look(
        shop=SHOP,
        now=NOW,
        uow=cast("UnitOfWork", fake),
        view=WarehouseView(as_of=as_of, marts=marts or FakeMarts()),
        glossary=defaultdict(lambda: Meaning(title="", said="Said.", columns=defaultdict(lambda: "A column."))),
        filters=Filters(),
        query=query or {},
        as_file=as_file,
    )
    return make_board(look)


def section(board: Board, key: str) -> Section:
    found = board.section(key)
    assert found is not None, key
    return found


def said(found: Section) -> list[list[str]]:
    return [[cell.said for cell in row] for row in found.table.rows]


def asked_for(fake: FakeCustomers) -> tuple[Wanted, int, Place | None]:
    (found,) = [one for one in fake.asked if isinstance(one[0], Wanted)]
    return cast("tuple[Wanted, int, Place | None]", found)


def test_tiles_tell_how_many_of_how_many_and_compare_the_same_days_of_a_month() -> None:
    shares = (
        RiskShare(tenth=4, tier=Tier.LOW, customers=9, at_stake=Decimal(900)),
        RiskShare(tenth=5, tier=Tier.LOW, customers=2, at_stake=Decimal("10.25")),
        RiskShare(tenth=9, tier=None, customers=1, at_stake=Decimal(5)),
    )
    fake = FakeCustomers(risk=Risked(run=RUN, shares=shares))
    every, active, vips, risk, new = made(fake).tiles
    assert (every.value, every.note) == ("120", "100 of them ordered, and did not cancel")
    assert (active.value, active.note) == ("60", "60.0% of those who ever ordered")
    assert (vips.value, vips.href) == ("7", "/dashboard/customers?segment=VIP#list")
    assert (risk.value, risk.href) == ("3", "/dashboard/customers?risk=50-100#list")
    assert risk.note == "$15.25 at stake; likelier than not to order nothing in 45 days"
    assert (new.label, new.value) == ("New in May 2026", "12")
    assert [str(one) for one in new.compared] == ["+20.0% on Apr 1 – 12, 2026"]
    assert "not over" in new.note
    assert fake.asked[0] == (AS_OF, 90, (date(2026, 5, 1), AS_OF), (date(2026, 4, 1), date(2026, 4, 12)))


@pytest.mark.parametrize(
    ("as_of", "before", "compared"),
    [
        (date(2026, 4, 30), (date(2026, 3, 1), date(2026, 3, 31)), "March 2026"),  # over, so against all of March
        (date(2026, 3, 30), (date(2026, 2, 1), date(2026, 2, 28)), "Feb 1 – 28, 2026"),  # which has no 30th
    ],
)
def test_new_customers_are_compared_with_days_that_there_were(
    as_of: date, before: tuple[date, date], compared: str
) -> None:
    fake = FakeCustomers()
    new = made(fake, as_of=as_of).tiles[-1]
    assert fake.asked[0][3] == before
    assert [str(one) for one in new.compared] == [f"+20.0% on {compared}"]
    assert ("not over" in new.note) == (as_of.month == 3)


def test_a_shop_without_customers_says_so_and_nothing_else() -> None:
    board = made(FakeCustomers(count=NOBODY))
    assert (board.tiles, board.sections) == ((), ())
    assert "Nobody is a customer yet" in board.said[0]


def test_what_is_not_there_is_said_in_a_sentence() -> None:
    board = made(FakeCustomers())
    assert [one.key for one in board.sections] == [
        "rfm",
        "segment",
        "value-tier",
        "cohorts",
        "risk",
        "list",
        "loyalty",
        "loyalty-months",
    ]
    for one in board.sections:
        assert one.chart is None, one.key
        assert one.empty.endswith("."), one.key
        assert one.table.rows == (), one.key
    risk = board.tiles[3]
    assert (risk.value, risk.note) == ("–", "not predicted yet")


def test_scores_are_told_the_best_first() -> None:
    scores = [Scored(recency=r, frequency=f, customers=r, net=Decimal(100 * f)) for r, f in ((1, 5), (5, 1), (5, 5))]
    found = section(made(FakeCustomers(scores=scores)), "rfm")
    assert said(found) == [["5", "5", "5", "$500.00"], ["5", "1", "5", "$100.00"], ["1", "5", "1", "$500.00"]]
    assert "Most was paid at recency 1, frequency 5: $500.00 by 1 customer." in found.alt


def overview() -> Overview:
    cells = (
        Cell(segment=Segment.VIP, tier=Tier.HIGH, share=Share(customers=1, net=Decimal(75))),
        Cell(segment=Segment.REGULAR, tier=None, share=Share(customers=1, net=Decimal(25))),
        Cell(segment=Segment.PROSPECT, tier=None, share=Share(customers=2)),
    )
    return Overview(as_of=AS_OF, cells=cells)


def test_each_segment_leads_to_its_customers_and_the_rows_add_up() -> None:
    found = section(made(FakeCustomers(found=overview())), "segment")
    assert said(found) == [
        ["VIP", "1", "25.0%", "$75.00", "75.0%"],
        ["Regular", "1", "25.0%", "$25.00", "25.0%"],
        ["Prospect", "2", "50.0%", "$0.00", "0.0%"],
        ["all", "4", "100.0%", "$100.00", "100.0%"],
    ]
    hrefs = [row[0].href for row in found.table.rows]
    assert hrefs[0] == "/dashboard/customers?segment=VIP#list"
    assert hrefs[-1] == "/dashboard/customers#list"


def test_tiers_tell_of_who_has_none_too() -> None:
    found = section(made(FakeCustomers(found=overview())), "value-tier")
    assert [row[0] for row in said(found)] == ["High", "Prospect", "no tier", "all"]
    assert [row[0].href for row in found.table.rows][:3] == [
        "/dashboard/customers?tier=High#list",
        "/dashboard/customers?segment=Prospect#list",
        "",
    ]


def test_cohorts_tell_their_size_and_leave_out_what_is_not_over() -> None:
    found = [
        CohortMonth(cohort=date(2026, month, 1), months_later=later, customers=of, ordered=n, share=Decimal(n) / of)
        for month, later, of, n in ((2, 1, 10, 5), (2, 2, 10, 1), (3, 1, 40, 20))
    ]
    cohorts = section(made(FakeCustomers(months=found)), "cohorts")
    assert cohorts.table.headings == ("first order in", "customers", "1 month later", "2 months later")
    assert said(cohorts) == [["March 2026", "40", "50.0%", ""], ["February 2026", "10", "50.0%", "10.0%"]]
    assert "Of 50 customers 50% came back in the month after their first." in cohorts.alt
    assert "Months up to April 2026" in cohorts.alt
    assert "Months up to May 2026" in section(made(FakeCustomers(months=found), as_of=date(2026, 5, 31)), "cohorts").alt


def test_risk_leads_to_the_customers_of_each_tenth_and_tier() -> None:
    shares = (
        RiskShare(tenth=0, tier=None, customers=2, at_stake=Decimal(1)),
        RiskShare(tenth=9, tier=Tier.HIGH, customers=3, at_stake=Decimal("90.50")),
    )
    found = section(made(FakeCustomers(risk=Risked(run=RUN, shares=shares))), "risk")
    assert said(found) == [["90 – 100%", "High", "3", "$90.50"], ["0 – 10%", "no tier", "2", "$1.00"]]
    assert found.table.rows[0][0].href == "/dashboard/customers?tier=High&risk=90-100#list"
    assert "in 45 days" in found.title
    assert "$90.50 of $91.50, of 3 customers. As predicted on May 11, 2026." in found.alt


def test_the_list_is_of_pseudonyms_with_what_marketing_needs() -> None:
    people = [customer(1, 0.2), customer(2, 0.834), customer(3, None, at_stake=None, reasons=None, last_order=None)]
    found = section(made(FakeCustomers(everybody=people, risk=Risked(run=RUN, shares=()))), "list")
    one, two, three = people
    why = "no order for 41 days, usually every 9"
    assert said(found) == [
        [one.pseudonym, "VIP", "High", "20.0%", "$8.50", "$999.00", "2026-04-01", why],
        [two.pseudonym, "VIP", "High", "83.4%", "$8.50", "$998.00", "2026-04-01", why],
        [three.pseudonym, "VIP", "High", "–", "–", "$997.00", "never", ""],
    ]
    assert found.notes[0].startswith("3 customers, with $99.90 at stake, the most valuable first.")
    assert f"/churn add {two.pseudonym} " in found.notes[1]  # the first who can be collected
    assert found.links == ()
    assert found.exports == Export(subject="segment:all customers", rows="customers")


def test_a_page_leads_to_the_next_one_and_back_with_the_same_filters() -> None:
    people = [customer(number) for number in range(1, PAGE + 2)]
    fake = FakeCustomers(everybody=people)
    query = {"segment": "Churn Risk", "tier": "Low", "risk": "70-80", "after": "12.50_-3"}
    found = section(made(fake, query), "list")
    assert len(found.table.rows) == PAGE
    back, on = found.links
    assert back.href == "/dashboard/customers?segment=Churn+Risk&tier=Low&risk=70-80#list"
    assert on.href == f"/dashboard/customers?segment=Churn+Risk&tier=Low&risk=70-80&after={1000 - PAGE}.00_{PAGE}#list"
    wanted = Wanted(segment=Segment.CHURN_RISK, tier=Tier.LOW, risk_from=0.7, risk_below=0.8)
    assert asked_for(fake) == (wanted, PAGE + 1, Place(lifetime_net=Decimal("12.50"), customer_id=-3))
    assert found.title == "Who they are: Churn Risk, Low tier, 70 – 80% to leave"
    assert found.exports == Export(subject="segment:Churn Risk, Low tier, 70 – 80% to leave", rows="customers")


def test_as_a_file_the_list_is_whole_wherever_the_page_was() -> None:
    fake = FakeCustomers(everybody=[customer(number) for number in range(1, 2 * PAGE)])
    found = section(made(fake, {"after": "1.00_1", "segment": "VIP"}, as_file="list"), "list")
    assert len(found.table.rows) == 2 * PAGE - 1
    assert asked_for(fake) == (Wanted(segment=Segment.VIP), 100_001, None)
    assert (found.links, found.exports) == ((), Export(subject="segment:VIP", rows="customers"))


def test_the_last_range_of_risk_holds_who_is_sure_to_leave() -> None:
    assert Chosen(risk=(90, 100)).wanted == Wanted(risk_from=0.9)
    assert Chosen(risk=(0, 10)).wanted == Wanted(risk_from=0.0, risk_below=0.1)


def test_nobody_listed_is_said_with_what_was_asked() -> None:
    assert section(made(FakeCustomers(), {"tier": "Low"}), "list").empty == "Nobody is listed: Low tier."
    assert "not predicted yet" in section(made(FakeCustomers(), {"risk": "0-10"}), "list").empty
    assert section(made(FakeCustomers(), {"after": "1.00_1"}), "list").empty.startswith("Nobody else")


def test_filters_stand_in_the_form_one_that_is_not_offered_too() -> None:
    choices = {one.name: one for one in made(FakeCustomers(), {"risk": "12-34", "segment": "VIP"}).choices}
    assert {name: one.value for name, one in choices.items()} == {"segment": "VIP", "tier": "", "risk": "12-34"}
    for one in choices.values():
        assert one.value in dict(one.options)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"segment": "vips"}, "VIP, Regular"),
        ({"tier": "Prospect"}, "High, Medium, Low"),
        ({"risk": "80-70"}, "70-80"),
        ({"risk": "70-70"}, "70-80"),
        ({"risk": "0-101"}, "70-80"),
        ({"risk": "high"}, "70-80"),
        ({"after": "NaN_1"}, "its own link"),
        ({"after": "1.00_9999999999999999999"}, "its own link"),
        ({"after": "1.00"}, "its own link"),
    ],
)
def test_a_bad_filter_says_what_would_do(query: dict[str, str], said: str) -> None:
    with pytest.raises(BadFilter, match=said):
        made(FakeCustomers(), query)


def test_members_are_held_against_others_with_a_warning_where_they_are_few() -> None:
    marts = FakeMarts(sides=[side(MEMBERS, 12, "30.00"), side(OTHERS, 40)], months=months(MEMBERS, OTHERS))
    board = made(FakeCustomers(), marts=marts, as_of=date(2026, 2, 27))
    loyalty = section(board, "loyalty")
    assert ["Average order", "$30.00", "$20.00", "+50.0%"] in said(loyalty)
    assert ["Customers", "12", "40", ""] in said(loyalty)
    assert "Average order 150%" in loyalty.alt
    assert loyalty.notes[0].startswith("Descriptive, not causal")
    assert loyalty.notes[1] == "Uncertain: too few orders of members to compare by."
    by_month = section(board, "loyalty-months")
    assert said(by_month) == [
        ["February 2026, not over", "1", "$20.00", "1", "$20.00"],
        ["January 2026", "1", "$20.00", "1", "$20.00"],
    ]
    assert by_month.chart is not None
    assert "2026-02-01" not in str(by_month.chart)
    assert "in January 2026 $20.00 of members, $20.00 of others" in by_month.alt


def test_without_members_there_is_nothing_to_compare() -> None:
    marts = FakeMarts(sides=[side(MEMBERS, 0, None), side(OTHERS, 40)], months=months(OTHERS))
    board = made(FakeCustomers(), marts=marts)
    assert section(board, "loyalty").empty.startswith("Nothing to compare")
    assert said(section(board, "loyalty-months"))[0] == ["February 2026", "0", "–", "1", "$20.00"]


def test_the_last_months_are_shown_and_no_more() -> None:
    first = date(2023, 1, 1)
    every = [first + timedelta(days=31 * number) for number in range(40)]
    many = [type(one)(first_day=day.replace(day=1), side=OTHERS, orders=1, average_order=one.average_order)
            for day in every for one in months(OTHERS)[:1]]  # fmt: skip
    found = section(made(FakeCustomers(), marts=FakeMarts(sides=[side(OTHERS, 40)], months=many)), "loyalty-months")
    assert len(found.table.rows) == 24


def test_what_a_model_says_goes_out_as_it_is_written() -> None:
    people = [customer(1, reasons=FORMULA)]
    found = section(made(FakeCustomers(everybody=people)), "list")
    assert found.table.rows[0][-1].value == FORMULA  # what makes files keeps it from being a formula
