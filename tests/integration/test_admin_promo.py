"""`/promo` through the engine: making, looking, changing, ending, each noted and taken back with Undo."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine as Database

from bot.messages import Form
from domain.model import Order
from domain.promotions.applying import Claim
from domain.records.auditing import Action
from domain.records.promotions import Kind, Promotion
from domain.records.segments import Segment
from tests.support.desk import Desk
from tests.support.factories import confirm, make_product, quote, stock
from tests.support.shop import NOW

SPRING = "/promo new SPRING10 10% on kitchen until 2026-12-31 max 100"


@pytest.fixture
def desk(engine: Database) -> Desk:
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        mug = make_product(product_id="MUG", name="Red Mug", category="Kitchen")
        stock(uow, mug, make_product(product_id="CARD", name="Fern Card", category="Paper"))
    return desk


def promotion(desk: Desk, code: str = "SPRING10") -> Promotion:
    with desk.unit_of_work() as uow:
        return uow.promotions.of_codes([code])[code]


def ordered(desk: Desk) -> Order:
    with desk.unit_of_work() as uow:
        order, _ = confirm(
            uow, quote(uow, {"MUG": 2}, claim=Claim(codes=("SPRING10",)), now=desk.now()), now=desk.now()
        )
        uow.commit()
    return order


def test_without_any_the_list_says_how_to_make_one(desk: Desk) -> None:
    assert "/promo new SPRING10 10% on candles" in desk.says("/promo")


def test_a_promotion_is_made_in_one_line_used_seen_ended_and_all_is_taken_back(desk: Desk) -> None:
    heard = desk.says(SPRING)
    assert "10% off kitchen" in heard
    assert "used 0 of 100 times" in heard
    made = promotion(desk)
    assert (made.percent, made.categories, made.most_uses, str(made.ends_at)) == (
        Decimal(10),
        ("Kitchen",),
        100,
        "2027-01-01 07:00:00+00:00",
    )
    assert ordered(desk).discount == Decimal("2.40")
    assert "SPRING10: 10% off kitchen · until Dec 31, 2026 · used 1 of 100 times\t$2.40" in desk.says("/promo")
    assert "Until\t2026-12-31" in desk.says("/promo spring-10")
    ended = desk.says("/promo end SPRING10")
    assert "Orders and cards that have it keep it" in ended
    assert promotion(desk).ended_at is not None
    assert "SPRING10: 10% off kitchen · ended" in desk.says("/promo over")
    desk.says("/promo end SPRING10")
    assert "was ended before" in desk.heard
    number = desk.entries(Action.END)[-1].entry_id
    desk.says(f"/promo undo {number}")
    assert promotion(desk).ended_at is None
    assert "was undone before" in desk.says(f"/promo undo {number}")
    assert [entry.action for entry in desk.entries() if entry.subject.startswith("promotion:")] == [
        "add",
        "end",
        "undo",
    ]


def test_help_shows_every_form(desk: Desk) -> None:
    heard = desk.says("/promo help")
    for form in ("/promo new [CODE]", "/promo edit NAME", "/promo end NAME", "/promo undo CHANGE"):
        assert form in heard


def test_undo_of_making_ends_it(desk: Desk) -> None:
    desk.says(SPRING)
    desk.presses("Undo")
    assert promotion(desk).ended_at is not None


@pytest.mark.parametrize(
    ("line", "kind", "facts"),
    [
        ("TRIO2026 3 for 2 on kitchen, CARD", Kind.N_FOR_M, {"buy": 3, "pay": 2, "product_ids": ("CARD",)}),
        ("FIVE2026 $5 off over $30", Kind.AMOUNT, {"amount": 5, "least_amount": 30}),
        ("GIFT2026 free CARD least 3 pieces listed", Kind.FREE_ITEM, {"free_product": "CARD", "least_pieces": 3}),
        ("HELLO20 20% for first order each 1 combinable", Kind.PERCENT, {"first_order": True, "combinable": True}),
        ("VIP2026 12.5% for VIP name Thank you for coming", Kind.PERCENT, {"segment": Segment.VIP}),
    ],
)
def test_one_line_says_every_kind(desk: Desk, line: str, kind: Kind, facts: dict[str, object]) -> None:
    desk.says(f"/promo new {line}")
    made = promotion(desk, line.split(maxsplit=1)[0])
    assert made.kind is kind
    assert {name: getattr(made, name) for name in facts} == facts


def test_one_without_a_code_comes_off_by_itself_and_is_named_after_what_it_gives(desk: Desk) -> None:
    desk.says("/promo new 10% on kitchen")
    with desk.unit_of_work() as uow:
        (made,) = uow.promotions.for_cart((), (), desk.now())
    assert (made.code, made.name) == ("", "10% off kitchen")


def test_a_name_with_words_of_the_command_in_it_is_edited_too(desk: Desk) -> None:
    desk.says("/promo new 3 for 2 on kitchen")
    assert "Uses at most\t– → 5" in desk.says("/promo edit 3 for 2 on kitchen max 5")
    desk.says(SPRING)
    assert "Percent\t10 → 15" in desk.says("/promo edit SPRING10 15% until 2027-01-31")
    assert "no promotion “SPRING10 please”" in desk.says("/promo edit SPRING10 please until 2027-02-01")
    assert "cannot read" in desk.says("/promo edit SPRING10 until 2027-02-01 max 3 max 4")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("SPRING10", "does not say what it gives"),
        ("SPRING10 0%", "no discount"),
        ("SPRING10 150%", "no discount"),
        ("SPRING10 2 for 3", "gives nothing"),
        ("123456 10%", "is no code"),
        ("MUG 10%", "MUG"),
        ("SPRING10 10% on umbrellas", "no product and no category"),
        ("SPRING10 10% until 2026-02-30", "2026-02-30"),
        ("SPRING10 10% until 2020-01-01", "is over"),
        ("SPRING10 10% max many", "not a number of times"),
        ("SPRING10 10% for nobody", "is nobody"),
        ("SPRING10 10% please", "cannot read"),
        ("SPRING10 free TEAPOT", "TEAPOT"),
    ],
)
def test_what_cannot_be_read_is_answered_with_why_and_changes_nothing(desk: Desk, line: str, why: str) -> None:
    heard = desk.says(f"/promo new {line}")
    assert why in heard
    with desk.unit_of_work() as uow:
        assert uow.promotions.standings(NOW, over=False, limit=9) == []
    if "TEAPOT" not in line:
        assert "For example: /promo new SPRING10 10% on candles" in heard


def form_of(desk: Desk) -> Form:
    form = desk.reply.form
    assert form is not None
    return form


def test_the_form_makes_and_edits_and_shows_what_was_there(desk: Desk) -> None:
    desk.says("/promo new")
    assert [field.name for field in form_of(desk).fields][:3] == ["code", "gives", "things"]
    heard = desk.fills(desk.reply, code="SPRING10", gives="10%", things="kitchen", max="100", listed="yes")
    assert "10% off kitchen" in heard
    desk.says("/promo edit SPRING10")
    assert {field.name: field.value for field in form_of(desk).fields}["max"] == "100"
    heard = desk.fills(desk.reply, gives="15%", max="")
    assert "Percent\t10 → 15" in heard
    assert "Uses at most\t100 → –" in heard
    edited = promotion(desk)
    assert (edited.percent, edited.most_uses, edited.listed) == (Decimal(15), None, True)
    desk.presses("Undo")
    back = promotion(desk)
    assert (back.percent, back.most_uses) == (Decimal(10), 100)


def test_a_wrong_field_brings_the_form_back_with_what_was_filled_in(desk: Desk) -> None:
    desk.says("/promo new")
    heard = desk.fills(desk.reply, code="SPRING10", gives="lots")
    assert "does not say what it gives" in heard
    assert {field.name: field.value for field in form_of(desk).fields}["code"] == "SPRING10"


def test_the_second_of_two_who_edit_is_told(desk: Desk) -> None:
    desk.says(SPRING)
    desk.says("/promo edit SPRING10")
    first = desk.reply
    desk.says("/promo edit SPRING10 max 7")
    assert "Somebody was faster" in desk.fills(first, max="9")
    assert promotion(desk).most_uses == 7


def test_a_code_in_use_is_refused_and_one_whose_time_is_over_is_free(desk: Desk) -> None:
    desk.says(SPRING)
    assert "Another promotion has the code" in desk.says("/promo new spring-10 5%")
    with desk.unit_of_work() as uow:
        locked = uow.promotions.lock_one(promotion(desk).promotion_id)
        assert locked is not None
        uow.promotions.save(replace(locked, starts_at=NOW - timedelta(days=9), ends_at=NOW))
        uow.commit()
    desk.says("/promo new SPRING10 5%")
    assert promotion(desk).percent == 5


def test_a_segment_without_a_warehouse_is_said(desk: Desk) -> None:
    heard = desk.says("/promo new VIP2026 10% for VIP")
    assert "nobody is in a segment" in heard
    assert "e-mail is proven" in heard


@pytest.mark.parametrize("said", ["/promo end", "/promo end NOPE", "/promo NOPE", "/promo undo x", "/promo undo 99"])
def test_what_is_not_there_is_said(desk: Desk, said: str) -> None:
    assert any(words in desk.says(said) for words in ("no promotion", "Which promotion", "not the number", "no change"))


def test_inventory_undo_leaves_promotions_alone(desk: Desk) -> None:
    desk.says("/inventory set MUG price 13")
    desk.says(SPRING)
    assert "12.00" in desk.says("/inventory undo")
    assert promotion(desk).ended_at is None


def test_only_admins_and_marketing_may(desk: Desk) -> None:
    assert "needs the role admin or marketing" in desk.says(SPRING, "U2")
    assert [(entry.subject, entry.actor) for entry in desk.entries(Action.REFUSED)] == [("/promo new", "slack:U2")]
    desk.says("/parley role grant slack:U2 marketing")
    assert "10% off kitchen" in desk.says(SPRING, "U2")
