"""What is said of a campaign's results: a claim where enough is known, else how many more customers it takes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.lift import amount, line, points, revenue, verdict
from domain.records.campaign_results import Group
from domain.records.campaigns import CampaignState
from tests.support.campaigns import automation, campaign, group, measured
from tests.support.reported_shop import SHOP

GERMAN = replace(SHOP, locale="de_DE", currency="EUR")
DONE = campaign(state=CampaignState.DONE)


def test_a_difference_that_is_known_is_told_with_its_interval() -> None:
    more = measured(group(1500, 9000), group(100, 1000))
    assert verdict(more, SHOP) == (
        "More ordered, by 6.7 points: 16.7% of 9,000 in the campaign, 10.0% of 1,000 left alone "
        "(95% sure: +4.5 to +8.5 points)."
    )
    assert verdict(more, GERMAN) == (
        "More ordered, by 6,7 points: 16,7\xa0% of 9.000 in the campaign, 10,0\xa0% of 1.000 left alone "
        "(95\xa0% sure: +4,5 to +8,5 points)."
    )
    assert revenue(more, SHOP).startswith("Net of a customer: +$1.47 (95% sure: +$")
    fewer = measured(group(900, 9000), group(167, 1000))
    assert verdict(fewer, SHOP).startswith("Fewer ordered, by 6.7 points: 10.0% of 9,000 in the campaign")


def test_enough_customers_without_a_difference_are_said_to_show_none() -> None:
    few = measured(group(900, 9000), group(101, 1000))
    assert verdict(few, SHOP) == "Not known yet: about 12,000 more customers are needed."
    enough = measured(group(2700, 27000), group(301, 3000))
    assert verdict(enough, SHOP).startswith("No difference found in who ordered: 10.0% of 27,000 in the campaign")


@pytest.mark.parametrize(
    ("treated", "held_out", "said"),
    [
        (group(90, 900), group(3, 100), "Not known yet: about 270 more customers are needed."),
        (group(9, 90), group(1, 10), "Not known yet: about "),
        (group(0, 0, members=900), group(0, 0, members=100), "Not known yet: the first 30 days are not over."),
        (group(90, 900), Group(members=5), "Not known yet: the first 30 days are not over."),
        (group(90, 900), Group(), "Not known yet: so far nobody was left alone to compare with."),
    ],
)
def test_below_the_needed_size_nothing_is_claimed(treated: Group, held_out: Group, said: str) -> None:
    found = measured(treated, held_out)
    assert verdict(found, SHOP).startswith(said)
    assert revenue(found, SHOP) == ""
    assert "ordered" not in verdict(found, SHOP)


def test_what_never_will_be_known_says_so() -> None:
    assert verdict(measured(group(90, 900), group(3, 100), DONE), SHOP) == (
        "Not known: about 270 more customers would have been needed."
    )
    going_on = measured(group(90, 900, members=901), group(3, 100), DONE)
    assert verdict(going_on, SHOP).startswith("Not known yet:")


def test_more_customers_than_a_shop_has_are_not_counted_out() -> None:
    rare = measured(group(10, 2_000_000), group(0, 30))
    assert verdict(rare, SHOP) == "Not known yet: more than 1,000,000 more customers are needed."


def test_of_few_orders_nothing_is_said_of_revenue() -> None:
    rare = measured(group(2700, 9000), group(4, 1000))
    assert verdict(rare, SHOP).startswith("More ordered")
    assert revenue(rare, SHOP) == ""


def test_a_line_says_who_was_in_it_what_went_out_and_what_it_changed() -> None:
    found = measured(group(90, 900), group(3, 100), sent=850, withheld={"cap": 40, "no consent": 10}, unsubscribed=2)
    assert line(found, SHOP) == (
        "Campaign “Spring”: 900 customers in it, 100 left alone; 850 sent, 50 withheld, 2 unsubscribed. "
        "Not known yet: about 270 more customers are needed."
    )
    failed = measured(group(0, 0, members=1), group(0, 0), automation(), failed=1)
    assert line(failed, SHOP) == (
        "Automation win back: 1 customer in it, 0 left alone; 0 sent, 0 withheld, 1 failed. "
        "Not known yet: so far nobody was left alone to compare with."
    )


def test_a_campaign_that_leaves_nobody_alone_is_never_known() -> None:
    none = campaign(hold_out=Decimal(0))
    for found in (measured(group(90, 900), Group(), none), measured(group(90, 900), Group(), DONE)):
        assert verdict(found, SHOP) == "Not known: nobody is left alone to compare with."


def test_differences_have_their_sign() -> None:
    assert [points(one, SHOP) for one in (0.0312, -0.004, 0.0, 0.0003, -0.0003)] == [
        "+3.1",
        "−0.4",
        "0.0",
        "0.0",
        "0.0",
    ]
    assert [amount(Decimal(one), SHOP) for one in ("0.42", "-0.10", "0.00")] == ["+$0.42", "−$0.10", "$0.00"]
