"""What staff types behind a command: fields, pages."""

import re
from pathlib import Path

import pytest

from bot.admin import parsing
from bot.admin.parsing import assignments, first_word, read_page, setting
from bot.values import BadInput


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("MUG price 12", ("MUG", {"price": "12"})),
        ("BLUE MUG name Blue price Mug", ("BLUE MUG", {"name": "Blue price Mug"})),
        ("MUG price=12 name=Red Mug", ("MUG", {"price": "12", "name": "Red Mug"})),
        ("MUG sale_price 12", ("MUG", {"price": "12"})),
        ("MUG description=", ("MUG", {"description": ""})),
        ("MUG", ("MUG", {})),
        ("BLUE MUG", ("BLUE MUG", {})),
    ],
)
def test_an_id_ends_where_a_field_begins(typed: str, read: tuple[str, dict[str, str]]) -> None:
    assert setting(typed) == read


@pytest.mark.parametrize("typed", ["MUG colour red", "MUG price", "MUG price=1 price=2", "MUG x=1"])
def test_a_setting_that_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        setting(typed)


def test_assignments_keep_what_follows_them() -> None:
    assert assignments("ID name=a = b cost=1", "add") == ("ID", {"name": "a = b", "cost": "1"})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ("", 1)),
        ("2", ("", 2)),
        ("red mug", ("red mug", 1)),
        ("red mug page 12", ("red mug", 12)),
        ("page 3", ("", 3)),
    ],
)
def test_pages_come_last(typed: str, read: tuple[str, int]) -> None:
    assert read_page(typed, "list") == read


def test_small_readers() -> None:
    assert first_word("  SHIP   #12  now ") == ("ship", "#12  now")
    assert first_word("") == ("", "")


def test_no_door_of_staff_words_its_own_refusal() -> None:
    inline = re.compile(r"BadInput\(\s*f?\"")
    assert [file.name for file in Path(parsing.__file__).parent.glob("*.py") if inline.search(file.read_text())] == []
