"""Who moved between segments, in sentences: singular and plural, and nothing where nothing is to be said."""

from decimal import Decimal

import pytest

from domain.records.segments import Move, Moves, Segment, Share
from reports import moving
from tests.support.reported_shop import SHOP


def move(before: Segment, after: Segment, customers: int = 1, net: str = "0", *, ordered: bool = False) -> Move:
    return Move(before=before, after=after, ordered=ordered, share=Share(customers=customers, net=Decimal(net)))


def said(*moves: Move) -> tuple[str, ...]:
    return moving.lines(Moves(all=moves), SHOP)


def test_one_and_many() -> None:
    assert said(move(Segment.REGULAR, Segment.CHURN_RISK, 12, "4310")) == (
        "12 customers became Churn Risk; they brought $4,310.00 in the last year.",
    )
    assert said(move(Segment.VIP, Segment.LAPSING, 1, "99.5")) == (
        "1 customer became Lapsing Loyal; they brought $99.50 in the last year.",
    )


def test_those_from_several_segments_are_one_sentence() -> None:
    moves = (move(Segment.REGULAR, Segment.VIP, 1000, "10"), move(Segment.PROSPECT, Segment.VIP, 234, "5.05"))
    assert said(*moves) == ("1,234 customers became VIP; they brought $15.05 in the last year.",)


def test_only_an_order_brings_somebody_back() -> None:
    assert said(move(Segment.CHURN_RISK, Segment.REGULAR)) == ()
    assert said(move(Segment.CHURN_RISK, Segment.LAPSING, ordered=True))[0].startswith("1 customer became Lapsing")
    both = said(move(Segment.LAPSING, Segment.VIP, 2, "50", ordered=True))
    assert both == (
        "2 customers came back; they brought $50.00 in the last year.",
        "2 customers became VIP; they brought $50.00 in the last year.",
    )


@pytest.mark.parametrize("before", [Segment.PROSPECT, Segment.VIP])
def test_other_moves_are_neither_told_nor_denied(before: Segment) -> None:
    assert said(move(before, Segment.NEW)) == ()


def test_that_nobody_moved_is_said_where_it_is_known() -> None:
    assert said() == ("Nobody moved between segments.",)
