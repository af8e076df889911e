"""A number of an order that is not read as how many is named: it never passes for one piece in silence."""

import pytest

from tests.support.stage import Customer

UNREAD = [
    ("4-5 glass teapots", "4-5"), ("2.5 glass teapots", "2.5"), ("3/4 glass teapots", "3/4"),
    ("add a few glass teapots", "a few"), ("2x2 glass teapots", "2x2"), ("77777777777 glass teapots", "77777777777"),
]  # fmt: skip
READ = [
    ("3pcs glass teapot", 3), ("4 glass teapots for 8 people", 4), ("2 glass teapots by 5 pm", 2),
    ("3 glass teapots, one is for my aunt who turns 70", 3), ("2 glass teapots for my dad, he's 81", 2),
    ("two glass teapots please, they are for my 40th birthday", 2), ("half a dozen glass teapots", 6),
    ("3 TEAPOT, ship to 14 Elm St apt 3, Denver CO 80203", 3), ("1 glass teapot, $34.50 right", 1),
]  # fmt: skip


@pytest.mark.parametrize(("said", "number"), UNREAD)
def test_what_is_not_read_is_named(bob: Customer, said: str, number: str) -> None:
    bob.says(said)
    assert f"“{number}" in bob.heard or "× Glass Teapot" not in bob.heard, bob.heard


@pytest.mark.parametrize(("said", "pieces"), READ)
def test_what_is_read_or_counts_no_goods_is_not(bob: Customer, said: str, pieces: int) -> None:
    bob.says(said).hears(f"{pieces} × Glass Teapot").hears_no("could not read")
