"""What an order file says of orders beside their lines: branch, the branch's number, discount, loyalty."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import Engine

from bot.channels import CHANNELS as CHAT_CHANNELS
from bot.terminal.simulate import SOURCE, Play, run
from demo import plans
from domain.people.forgetting import forget_email
from domain.people.identity import hash_email
from storage.imports.order_fields import CHANNELS
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.importing import (
    HASH_KEY,
    NOW,
    ORDER_HEADER,
    ask,
    bad_rows,
    everything,
    load_orders,
    refusal,
    stock_shop,
    write,
    wrong_stocks,
)
from tests.support.shop import SHOP

HEADER = f"{ORDER_HEADER},unit_price,store_id,discount,loyalty,order_ref\n"
ADA, BEN = "2026-01-05,ada@example.com,80203,", "2026-01-05,ben@example.com,80203,"
FILE = f"{HEADER}{ADA}MUG,2,12.00,north,3.50,yes,\n{ADA}JUG,1,20.00,,,,\n{BEN}MUG,1,12.00,,,,\n"
SAID = "SELECT store_id, discount, total, loyalty, order_ref FROM shop.orders ORDER BY order_id"
LOYAL = "SELECT loyalty FROM shop.customer ORDER BY hashed_email"
NOT_CHANGED = "; imported orders are not changed, only made longer"


@pytest.fixture(autouse=True)
def stocked(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)


def refused(engine: Engine, file: Path, **options: bool) -> list[tuple[int, str]]:
    return bad_rows(refusal(engine, load_orders, file, **options))


def lines(*rows: str) -> str:
    """Orders of one mug each: the date, the name in the e-mail, then what the order's columns say."""
    told = (row.split(",", 2) for row in rows)
    return HEADER + "".join(f"{date},{who}@example.com,,MUG,1,12.00,{rest}\n" for date, who, rest in told)


@pytest.mark.parametrize("mug", ["MUG", '"MUG"'], ids=["the fast reader", "the other one"])
def test_what_is_said_of_an_order_is_kept_with_it(engine: Engine, tmp_path: Path, mug: str) -> None:
    load_orders(engine, write(tmp_path, FILE.replace("MUG", mug)))
    assert ask(engine, SAID) == [
        ("north", Decimal("3.50"), Decimal("40.50"), 1, None),
        ("", Decimal("0.00"), Decimal("12.00"), None, None),
    ]


def test_a_file_with_one_of_the_columns_is_taken(engine: Engine, tmp_path: Path) -> None:
    load_orders(engine, write(tmp_path, f"{ORDER_HEADER},discount\n{ADA}MUG,1,2\n{ADA}MUG,1,2.00\n"))
    assert ask(engine, SAID) == [("", Decimal("2.00"), Decimal("22.00"), None, None)]


@pytest.mark.parametrize("spelled", ["1", "yes", "TRUE", "Yes"])
def test_loyalty_is_written_in_many_ways(engine: Engine, tmp_path: Path, spelled: str) -> None:
    load_orders(engine, write(tmp_path, lines(f"2026-01-05,ada,,,{spelled},", "2026-01-05,ben,,,False,")))
    assert [row[3] for row in ask(engine, SAID)] == [1, 0]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("web,,,", "store_id 'web' is the name of a channel; give the branch another one"),
        ("Slack,,,", "store_id 'Slack' is the name of a channel; give the branch another one"),
        (f"{'x' * 49},,,", f"store_id {'x' * 40!r} is longer than 48 bytes"),
        (",-1,,", "discount -1 is not between 0 and 9,999,999,999.99"),
        (",some,,", "discount 'some' is no amount; write it as in 1299.00"),
        (",1.005,,", None),
        (",1.239,,", "discount 1.239 has more than two decimals; write 1.24, or say --round"),
        (",,maybe,", "loyalty 'maybe' is none of 1, yes, true, 0, no, false"),
        (f",,,{'ä' * 25}", f"order_ref {'ä' * 25!r} is longer than 48 bytes"),
        (",12.01,,", "discount 12.01 is more than the 12.00 that the order's lines come to"),
    ],
)
def test_what_cannot_be_is_refused_on_its_line(engine: Engine, tmp_path: Path, said: str, reason: str | None) -> None:
    file = write(tmp_path, lines("2026-01-04,ada,,,,", f"2026-01-05,ada,{said}"))
    if reason is None:
        load_orders(engine, file)
        assert ask(engine, SAID)[1][1] == Decimal("1.01")  # half a cent is rounded up, as in prices
    else:
        assert refused(engine, file) == [(3, reason)]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("north,,,", "south,,,", "store_id is 'south' here and 'north' on line 2, of the same order"),
        (",2,,", ",2.50,,", "discount is 2.50 here and 2.00 on line 2, of the same order"),
        (",2,,", ",0,,", "discount is 0.00 here and 2.00 on line 2, of the same order"),
        (",,yes,", ",,0,", "loyalty is no here and yes on line 2, of the same order"),
    ],
)
def test_lines_of_an_order_must_not_contradict_each_other(
    engine: Engine, tmp_path: Path, first: str, second: str, reason: str
) -> None:
    rows = f"2026-01-05,ada,{first}", "2026-01-05 00:00,Ada,,,,", f"2026-01-05,ada,{second}"
    assert refused(engine, write(tmp_path, lines(*rows))) == [(4, reason)]


def test_a_number_of_the_branch_makes_orders_of_one_moment_two(engine: Engine, tmp_path: Path) -> None:
    rows = ("2026-01-05,ada,north,1,,7", "2026-01-05,ada,north,,,8", "2026-01-05 00:00:00,ADA,north,,,7")
    result = load_orders(engine, write(tmp_path, lines(*rows)), apply_stock=True)
    assert (result.rows, result.created) == (3, 2)
    assert [(total, ref) for _, _, total, _, ref in ask(engine, SAID)] == [(23, "7"), (12, "8")]
    assert ask(engine, "SELECT count(*) FROM shop.order_line") == [(3,)]
    assert wrong_stocks(engine) == []
    again = load_orders(engine, write(tmp_path, lines(*rows)), apply_stock=True)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)


def test_two_branches_may_call_their_orders_alike(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, lines("2026-01-05,ada,north,,,7", "2026-01-06,ben,south,,,7", "2026-01-05,ada,south,,,8"))
    assert load_orders(engine, file).created == 3
    assert load_orders(engine, file).unchanged == 3


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("2026-01-06,ada,north,,,7", "order_ref '7' is on line 2 already, with another date"),
        ("2026-01-05,ben,north,,,7", "order_ref '7' is on line 2 already, with another e-mail"),
        ("2026-01-05,ada,north,,,", "order_ref is missing, and line 2 has one for the same date and e-mail"),
        ("2026-01-05,ADA,,,,", "order_ref is missing, and line 2 has one for the same date and e-mail"),
        ("2026-01-05,ADA,,,,7", "store_id is missing, and line 2 has one for the same date and e-mail"),
    ],
)
def test_lines_of_one_number_must_be_of_one_order(engine: Engine, tmp_path: Path, second: str, reason: str) -> None:
    assert refused(engine, write(tmp_path, lines("2026-01-05,ada,north,,,7", second))) == [(3, reason)]


def test_an_order_without_a_number_of_another_branch_is_another_one(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, lines("2026-01-05,ada,north,,,7", "2026-01-05,ada,south,,,"))
    assert load_orders(engine, file).created == 2
    assert load_orders(engine, file).unchanged == 2


def test_the_same_file_again_changes_nothing_though_prices_fell(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, f"{ORDER_HEADER},discount,order_ref\n{ADA}MUG,1,11,\n{BEN}MUG,1,11,7\n")
    load_orders(engine, file)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE shop.product SET sale_price = 1")
    before = everything(engine)
    assert load_orders(engine, file).unchanged == 2
    assert everything(engine) == before


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize(
    ("now_said", "what"),
    [
        ("south,3.50,yes,", "store_id 'north', and has 'south' here"),
        (",3.50,yes,", "store_id 'north', and has blank here"),
        ("north,3,yes,", "discount 3.50, and has 3.00 here"),
        ("north,,yes,", "discount 3.50, and has 0.00 here"),
        ("north,3.50,no,", "loyalty yes, and has no here"),
        ("north,3.50,,", "loyalty yes, and has blank here"),
    ],
)
def test_an_order_of_which_something_else_is_said_now_is_refused(
    engine: Engine, tmp_path: Path, now_said: str, what: str, dry_run: bool
) -> None:
    load_orders(engine, write(tmp_path, FILE))
    changed = write(tmp_path, FILE.replace("north,3.50,yes,", now_said))
    said = f"the order that begins here was imported before with {what}{NOT_CHANGED}"
    assert refused(engine, changed, dry_run=dry_run) == [(2, said)]


def test_a_column_that_a_file_lacks_says_nothing(engine: Engine, tmp_path: Path) -> None:
    load_orders(engine, write(tmp_path, FILE))
    bare = f"{ORDER_HEADER}\n{ADA}MUG,2\n{ADA}JUG,1\n{BEN}MUG,1\n"
    assert load_orders(engine, write(tmp_path, bare)).unchanged == 2


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (
            "2026-01-05,ada,,,,",
            "2026-01-05,ada,north,,,7",
            "the order that begins here was imported before without an order_ref; give it as it was given then",
        ),
        (
            "2026-01-05,ada,north,,,7",
            "2026-01-05,ada,,,,",
            "the order that begins here was imported before as order_ref '7'; give it as it was given then",
        ),
        (
            "2026-01-05,ada,north,,,7",
            "2026-01-06,ada,north,,,7",
            "order_ref '7' was imported before with another date",
        ),
        (
            "2026-01-05,ada,north,,,7",
            "2026-01-05,ben,north,,,7",
            "order_ref '7' was imported before with another e-mail",
        ),
        (
            "2026-01-05,ada,,,,7",
            "2026-01-05,ada,north,,,7",
            f"the order that begins here was imported before with store_id blank, and has 'north' here{NOT_CHANGED}",
        ),
        (
            "2026-01-05,ada,north,,,7",
            "2026-01-05,ada,,,,7",
            f"the order that begins here was imported before with store_id 'north', and has blank here{NOT_CHANGED}",
        ),
    ],
)
def test_no_order_is_doubled_by_another_way_of_knowing_it(
    engine: Engine, tmp_path: Path, first: str, second: str, reason: str
) -> None:
    load_orders(engine, write(tmp_path, lines(first)))
    assert refused(engine, write(tmp_path, lines(second))) == [(2, reason)]


def test_a_numbered_order_is_known_without_its_branch_where_the_file_has_none(engine: Engine, tmp_path: Path) -> None:
    load_orders(engine, write(tmp_path, lines("2026-01-05,ada,north,,,7")))
    bare = write(tmp_path, f"{ORDER_HEADER},order_ref\n{ADA}MUG,1,7\n{ADA}MUG,1,8\n")
    result = load_orders(engine, bare)
    assert (result.created, result.unchanged) == (1, 1)
    assert load_orders(engine, bare).unchanged == 2


def test_a_plain_file_of_before_there_were_numbers_doubles_none(engine: Engine, tmp_path: Path) -> None:
    load_orders(engine, write(tmp_path, lines("2026-01-05,ada,north,,,7", "2026-01-05,ada,north,,,8")))
    known = "the order that begins here was imported before as order_ref '7'; give it as it was given then"
    assert refused(engine, write(tmp_path, f"{ORDER_HEADER}\n{ADA}MUG,1\n")) == [(2, known)]


def test_an_order_with_a_number_gets_longer_and_keeps_its_discount(engine: Engine, tmp_path: Path) -> None:
    first = "2026-01-05,ada,north,2,,7"
    load_orders(engine, write(tmp_path, lines(first)))
    result = load_orders(engine, write(tmp_path, lines(first, "2026-01-05,ada,north,,,7")), apply_stock=True)
    assert (result.changed, result.new_lines) == (1, ((3, "MUG", 1),))
    assert ask(engine, SAID) == [("north", 2, 22, None, "7")]
    assert ask(engine, "SELECT quantity FROM shop.product WHERE product_id = 'MUG'") == [(9,)]


def test_loyalty_of_a_customer_is_that_of_their_latest_order_of_which_it_is_known(
    engine: Engine, tmp_path: Path
) -> None:
    load_orders(engine, write(tmp_path, lines("2026-02-02,ada,,,yes,", "2026-02-01,ada,,,no,", "2026-02-03,ada,,,,")))
    assert ask(engine, LOYAL) == [(1,)]
    load_orders(engine, write(tmp_path, lines("2026-01-01,ada,,,no,")))
    assert ask(engine, LOYAL) == [(1,)]
    load_orders(engine, write(tmp_path, lines("2026-03-01,ada,,,no,")))
    assert ask(engine, LOYAL) == [(0,)]


def test_who_was_forgotten_does_not_come_back_with_an_order_that_has_a_number(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, lines("2026-01-05,ada,north,,yes,7"))
    load_orders(engine, file)
    with PostgresUnitOfWork(engine) as uow:
        forget_email(uow, hash_email("ada@example.com", HASH_KEY))
        uow.commit()
    assert load_orders(engine, file).unchanged == 1
    assert ask(engine, "SELECT count(*) FROM shop.orders") == [(1,)]
    assert ask(engine, "SELECT * FROM pii.email_lookup") == []


def test_a_simulation_takes_discounts_off_and_plays_numbered_orders_apart(engine: Engine, tmp_path: Path) -> None:
    rows = ("2026-01-05,ada,north,2,yes,7", "2026-01-05,ada,north,,,8", "2026-01-06,ben,south,99,,9")
    now = NOW + timedelta(days=1)
    result = run(engine, write(tmp_path, lines(*rows)), SHOP, Play(), now=now, console=Console(quiet=True))
    assert result.next_day is None
    assert [(discount, total) for _, discount, total, _, _ in ask(engine, SAID)] == [(2, 10), (0, 12), (12, 0)]


def test_no_branch_can_be_called_as_orders_are_marked_that_have_none() -> None:
    assert {*CHAT_CHANNELS, SOURCE, "import", plans.OVER_THE_COUNTER} <= CHANNELS
