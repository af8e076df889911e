"""Says in a digest who moved between segments."""

from bot.shop import Shop
from domain.records.segments import Moves, Segment, Share

NOBODY = "Nobody moved between segments."
DEFINITION = (
    "Moved between segments",
    "from the day before the period to its last day, as the warehouse has both; came back: left Churn Risk or Lapsing "
    "Loyal by an order; what they brought is of the 365 days up to then; /segment lists who they are",
)


def lines(moves: Moves, shop: Shop) -> tuple[str, ...]:
    """A sentence for each kind of move that somebody made; one where surely nobody moved at all."""
    if not moves.all:
        return (NOBODY,)
    return tuple(_sentence(share, did, shop) for did, share in kinds(moves).items() if share.customers)


def kinds(moves: Moves) -> dict[str, Share]:
    """What is told, by what they did."""
    return {
        "became Churn Risk": moves.to(Segment.CHURN_RISK),
        "became Lapsing Loyal": moves.to(Segment.LAPSING),
        "came back": moves.back,
        "became VIP": moves.to(Segment.VIP),
    }


def _sentence(share: Share, did: str, shop: Shop) -> str:
    return f"{shop.counted(share.customers, 'customer')} {did}; they brought {shop.money(share.net)} in the last year."
