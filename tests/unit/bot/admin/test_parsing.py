"""What staff types: values, fields, pages, numbers."""

import re
from pathlib import Path

import pytest

from bot.admin import parsing
from bot.admin.parsing import assignments, first_word, read_page, setting
from bot.values import BadInput, clean, order_number, value_of, whole
from domain.products.fields import BY_NAME


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("price", "12.5", "12.50"),
        ("price", "$1,250", "1250.00"),
        ("price", "€ 3.20", "3.20"),
        ("cost", "0", "0.00"),
        ("quantity", "1,200", "1200"),
        ("pack_size", "6", "6"),
        ("pack_size", "", "1"),
        ("name", "  “Red   Mug” ", "Red Mug"),
        ("name", "", ""),
        ("image", "/images/MUG.png", "/images/MUG.png"),
        ("image", "", ""),
        ("description", "two\n \tlines", "two\nlines"),
    ],
)
def test_values_are_read_as_people_write_them(field: str, typed: str, value: str) -> None:
    assert value_of(BY_NAME[field], typed, "set") == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *(
            ("price", typed)
            for typed in ("", "-1", "1.234", "1,2", "12,50", "1e3", "inf", "0x1", "1 2", "½", "$", "a1")
        ),
        *(("quantity", typed) for typed in ("", "1.0", "-1", "1000001", "ten", "1,2", "²")),
        *(("pack_size", typed) for typed in ("0", "-6", "1.5", "six", "1000001")),
        ("supplier", " "),
        ("image", "mug.png"),
        ("name", "x" * 121),
        ("description", "x" * 1001),
    ],
)
def test_what_is_no_value_is_refused(field: str, typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        value_of(BY_NAME[field], typed, "set")
    assert refused.value.reason
    assert refused.value.usage == "set"


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
    assert order_number(" #1042 ", "ship") == 1042
    assert whole("+5", 1, "restock") == 5
    assert clean("a\x00b\u202ec\ud83d\nd") == "abc?\nd"


def test_no_door_of_staff_words_its_own_refusal() -> None:
    inline = re.compile(r"BadInput\(\s*f?\"")
    assert [file.name for file in Path(parsing.__file__).parent.glob("*.py") if inline.search(file.read_text())] == []
