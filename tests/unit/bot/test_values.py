"""Values that staff types, in a chat or on a page."""

from decimal import Decimal

import pytest

from bot.values import BadInput, amount, clean, order_number, parcel, value_of, whole
from domain.orders.shipping import Parcel
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


def test_small_readers() -> None:
    assert order_number(" #1042 ", "ship") == 1042
    assert whole("+5", 1, "restock") == 5
    assert amount("refund", "$1,250.5", "") == Decimal("1250.50")
    assert parcel(" ups ", "1z 999 ") == Parcel(carrier="UPS", tracking="1Z999")
    assert clean("a\x00b\u202ec\ud83d\nd") == "abc?\nd"
