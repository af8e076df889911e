"""Who is told that something is back: in their order, and never of more pieces than came."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.outreach.waiting import to_tell
from domain.records.waiting import BackInStock, Waiting

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)


def waits(number: int, quantity: int) -> Waiting:
    return Waiting(
        waiting_id=number,
        identity_id=number,
        channel="web",
        chat_id=f"c{number}",
        sender_id=f"c{number}",
        product_id="MUG",
        quantity=quantity,
        lacking=quantity,
        at=NOW,
    )


def back(on_hand: int, *quantities: int, claimed: int = 0, returned: int | None = None) -> BackInStock:
    came = on_hand if returned is None else returned
    return BackInStock(
        product_id="MUG",
        on_hand=on_hand,
        claimed=claimed,
        waiting=tuple(waits(number, quantity) for number, quantity in enumerate(quantities, 1)),
        returned=dict.fromkeys(range(1, len(quantities) + 1), came),
    )


def told(found: BackInStock, *deaf: int) -> list[int]:
    return [one.waiting_id for one in to_tell([found], lambda identity_id: identity_id not in deaf)]


def test_as_many_are_told_as_the_pieces_cover_in_the_order_of_asking() -> None:
    assert told(back(5, 4, 3)) == [1]
    assert told(back(7, 4, 3)) == [1, 2]
    assert told(back(3, 4)) == []


def test_who_is_not_covered_yet_holds_nobody_up() -> None:
    assert told(back(5, 100, 3, 2)) == [2, 3]


def test_what_was_there_when_they_asked_did_not_come_back() -> None:
    assert told(back(6, 4, returned=0)) == []
    assert told(back(10, 4, returned=4)) == [1]
    assert told(back(10, 4, 4, returned=4)) == [1]


def test_of_what_is_wanted_with_what_is_there_only_what_was_lacking_has_to_come() -> None:
    found = back(10, 10, returned=4)
    wish = replace(found.waiting[0], lacking=4)
    assert to_tell([replace(found, waiting=(wish,))], lambda _: True) == [wish]
    assert to_tell([replace(found, waiting=(wish,), returned={1: 3})], lambda _: True) == []
    assert to_tell([replace(found, waiting=(wish,), on_hand=9)], lambda _: True) == []


def test_what_others_were_told_of_is_theirs_for_now() -> None:
    assert told(back(5, 3, claimed=4)) == []
    assert told(back(5, 1, claimed=4)) == [1]


def test_who_may_not_hear_now_keeps_their_place_and_holds_nobody_up() -> None:
    assert told(back(4, 4, 4), 1) == [2]


@given(
    on_hand=st.integers(0, 50),
    claimed=st.integers(0, 60),
    returned=st.integers(0, 50),
    quantities=st.lists(st.integers(1, 20), max_size=10),
    deaf=st.sets(st.integers(1, 10)),
)
def test_nobody_is_told_of_pieces_that_are_not_there(
    on_hand: int, claimed: int, returned: int, quantities: list[int], deaf: set[int]
) -> None:
    found = back(on_hand, *quantities, claimed=claimed, returned=returned)
    numbers = told(found, *deaf)
    pieces = sum(quantities[number - 1] for number in numbers)
    assert pieces <= max(0, on_hand - claimed)
    assert pieces <= returned
    assert numbers == sorted(set(numbers) - deaf)
    left = min(on_hand - claimed, returned) - pieces
    missed = [number for number in range(1, len(quantities) + 1) if number not in {*numbers, *deaf}]
    assert all(quantities[number - 1] > left for number in missed)
