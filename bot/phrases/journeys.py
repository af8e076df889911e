"""What is said otherwise of an order that is placed and being changed than of one on its way."""

from dataclasses import dataclass

from domain.orders.journeys import ChangeOrder, Journey, NewOrder


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The same moments of two journeys, each in its own words."""

    cart: str
    what_to_change: str
    no_clear_yes: str
    look_again: str
    as_shown: str
    _still: str

    def requoted(self, changes: str) -> str:
        """The card waited too long; `changes` says what became of the prices."""
        return f"The prices were held until now. {changes} {self._still}; please confirm once more."

    def repriced(self, why: str) -> str:
        """The card is another one now; `why` says what became of the one before."""
        return f"{why} {self._still}; please look at the new total and confirm once more."


_NEW = Words(
    cart="Your cart",
    what_to_change=(
        "Nothing is ordered yet. What shall I change? For example “make it 3”, “take the … out”, “ship to …”."
    ),
    no_clear_yes="Nothing is placed yet, because I would need a clear yes for that.",
    look_again="Nothing is placed yet, because of what was said in between. Please look: is it right like this?",
    as_shown="Nothing is placed yet; this is what I would place.",
    _still="Nothing is ordered yet",
)


def words_of(journey: Journey) -> Words:
    """The words of a journey."""
    match journey:
        case NewOrder():
            return _NEW
        case ChangeOrder(order=order):
            return Words(
                cart=f"Order #{order.order_id}, not changed yet",
                what_to_change=(
                    "What shall be different? For example “make it 3”, “take the … out”, “add …”, “ship to …”."
                ),
                no_clear_yes="Nothing is changed yet, because I would need a clear yes for that.",
                look_again=(
                    "Nothing is changed yet, because of what was said in between. Please look: is it right like this?"
                ),
                as_shown="Nothing is changed yet; this is what I would make of it.",
                _still="Your order is as it was",
            )
