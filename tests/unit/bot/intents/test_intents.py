"""The table of intents: nothing that the model knows is without a row, an answer or, where it is offered, a label."""

from pathlib import Path

import pytest

from bot import slash
from bot.intents import INTENTS
from bot.phrases import offers, telegram
from bot.turn import UNKNOWN, About, AtOnce, Intent, Slot
from tests.support.intents import DATA, NEVER_OFFERED, examples


@pytest.mark.parametrize("row", INTENTS.values(), ids=list(INTENTS))
def test_each_row_is_answered_by_the_file_of_its_name(row: Intent) -> None:
    assert row.handle.__module__ == f"bot.intents.{row.name}"


def test_a_data_file_teaches_the_intent_of_its_name() -> None:
    assert {intent for _, intent in examples(DATA)} == {path.stem for path in DATA.glob("*.yml")}


def test_a_name_has_one_row() -> None:
    files = {path.stem for path in (Path(__file__).parents[4] / "bot" / "intents").glob("*.py")}
    assert files - {"__init__"} == set(INTENTS)


@pytest.mark.parametrize("row", INTENTS.values(), ids=list(INTENTS))
def test_what_may_be_offered_has_a_label(row: Intent) -> None:
    assert bool(row.label) is (row.name not in NEVER_OFFERED)


def test_every_label_is_offered() -> None:
    assert {row.label for row in INTENTS.values()} - {""} == {
        value for name, value in vars(offers).items() if name.isupper()
    }


@pytest.mark.parametrize("row", INTENTS.values(), ids=list(INTENTS))
def test_what_only_asks_changes_nothing_and_the_open_question_comes_again(row: Intent) -> None:
    assert not (row.asks and row.changes)
    assert row.digression or not row.asks


def test_what_changes_something_must_be_surer() -> None:
    assert INTENTS["cancel_order"].least > INTENTS["order_status"].least


def test_who_wants_a_person_complains_or_speaks_of_orders_or_mails_need_not_answer_first() -> None:
    at_once = {row.name: row.at_once for row in INTENTS.values() if row.at_once is not AtOnce.NEVER}
    assert at_once == {
        "human": AtOnce.IF_SURE,
        "ask_shop": AtOnce.IF_CLEAR,
        "ask_fact": AtOnce.IF_CLEAR,
        "verify_email": AtOnce.IF_CLEAR,
        "start_marketing": AtOnce.IF_CLEAR,
        "stop_marketing": AtOnce.IF_CLEAR,
        "after_sales": AtOnce.IF_CLEAR,
        "note": AtOnce.IF_CLEAR,
        "change_address": AtOnce.IF_CLEAR,
        "change_order": AtOnce.IF_CLEAR,
        "forget_me": AtOnce.IF_CLEAR,
    }


def test_a_command_has_one_meaning() -> None:
    commands = [row.command for row in INTENTS.values() if row.command]
    assert len(commands) == len(set(commands)) == len(slash.BUTTONS)
    assert not set(commands) & set(slash.WORDS)


def test_orders_goods_and_persons_are_no_count_of_the_cart() -> None:
    filling = {row.name for row in INTENTS.values() if row.fills_cart}
    assert filling == {"order", "add_to_cart", "change_quantity", "remove_from_cart"}
    assert all(INTENTS[name].never is Slot.NONE for name in filling)


def test_what_nobody_knows_is_answered_by_nobody() -> None:
    assert UNKNOWN.about is About.ELSE
    with pytest.raises(LookupError):
        UNKNOWN.handle(type("Turn", (), {"understanding": type("U", (), {"intent": "opera"})})())


def test_every_command_of_a_menu_means_something() -> None:
    menu = {name for name, _ in telegram.MENU} | set(slash.FOR_CUSTOMERS)
    assert menu <= set(slash.BUTTONS) | set(slash.WORDS)
