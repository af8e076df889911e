"""What became of a task: how everything stands, held against what its right acts leave, and what the shop said."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tests.judges.tau.standing import OrderStanding, Standing, same_place

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_GAP = re.compile(r"[\s,]+")


class Aspect(StrEnum):
    """What of the data may differ."""

    STATE = "state"
    ITEMS = "items"
    ADDRESS = "address of an order"
    RETURNED = "returned"
    EXCHANGED = "exchanged"
    METHOD = "method"
    MONEY = "money"
    HOME = "own address"
    BALANCE = "balance of a gift card"
    NEW = "a new order"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Where something stands otherwise than it should; `harm` where it was done otherwise, and not only left undone."""

    where: str
    aspect: Aspect
    meant: str
    found: str
    harm: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """`unsaid` is what the shop should have said; `unasked` and `breaches` are acts without a yes or the policy."""

    differences: tuple[Difference, ...]
    unsaid: tuple[str, ...]
    unasked: tuple[str, ...]
    breaches: tuple[str, ...]
    gave_up: bool

    @property
    def right(self) -> bool:
        """Whether everything is as it should be."""
        return not (self.differences or self.unsaid or self.unasked or self.breaches or self.gave_up)

    @property
    def harm(self) -> bool:
        """Whether something was done that nobody meant."""
        return any(one.harm for one in self.differences)


def differences(trail: Sequence[Standing], found: Standing) -> tuple[Difference, ...]:
    """What stands otherwise than after the last of the right acts.

    Args:
        trail: how everything stands before the first right act and after each.
        found: how everything stands in the shop.
    """
    different: list[Difference] = []
    for number in sorted({*trail[-1].orders, *found.orders}):
        if number not in trail[-1].orders:
            new = Difference(
                where=f"#{number}", aspect=Aspect.NEW, meant="", found=str(found.orders[number]), harm=True
            )
            different.append(new)
        else:
            path = [standing.orders[number] for standing in trail]
            different += _of_order(f"#{number}", path, found.orders[number])
    for user_id, home in found.homes.items():
        homes = [standing.homes[user_id] for standing in trail]
        if not same_place(homes[-1], home):
            harm = not any(same_place(one, home) for one in homes)
            different.append(_difference(user_id, Aspect.HOME, homes[-1], home, harm=harm))
    if not different:  # else it follows from what was not done
        for method, balance in found.balances.items():
            if balance != trail[-1].balances[method]:
                meant = trail[-1].balances[method]
                different.append(_difference(method, Aspect.BALANCE, meant, balance, harm=True))
    return tuple(different)


def unsaid(told: Sequence[str], said: str) -> tuple[str, ...]:
    """Which of `told` are not in what the shop said: numbers by what they are worth, words by their letters."""
    numbers = {_worth(number) for number in _NUMBER.findall(said)}
    words = _GAP.sub("", said.casefold())
    return tuple(
        one
        for one in told
        if (_worth(one) not in numbers if _NUMBER.fullmatch(one) else _GAP.sub("", one.casefold()) not in words)
    )


def _of_order(where: str, path: Sequence[OrderStanding], found: OrderStanding) -> list[Difference]:
    meant, different = path[-1], []
    for aspect, name in (
        (Aspect.STATE, "state"),
        (Aspect.ITEMS, "items"),
        (Aspect.RETURNED, "returned"),
        (Aspect.EXCHANGED, "exchanged"),
    ):
        wanted, there = getattr(meant, name), getattr(found, name)
        if wanted != there:
            known = [getattr(one, name) for one in path]
            part = name in ("returned", "exchanged") and not Counter(there) - Counter(wanted)
            different.append(_difference(where, aspect, wanted, there, harm=there not in known and not part))
    if not same_place(meant.address, found.address):
        harm = not any(same_place(one.address, found.address) for one in path)
        different.append(_difference(where, Aspect.ADDRESS, meant.address, found.address, harm=harm))
    if different:
        return different  # method and money follow from what was done
    if meant.method != found.method:
        return [_difference(where, Aspect.METHOD, meant.method, found.method, harm=True)]
    if dict(meant.paid) != dict(found.paid):
        return [_difference(where, Aspect.MONEY, dict(meant.paid), dict(found.paid), harm=True)]
    return []


def _difference(where: str, aspect: Aspect, meant: object, found: object, *, harm: bool) -> Difference:
    return Difference(where=where, aspect=aspect, meant=_shown(meant), found=_shown(found), harm=harm)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {amount}" for name, amount in sorted(value.items())) or "nothing"
    if isinstance(value, tuple):
        return ", ".join("→".join(one) if isinstance(one, tuple) else str(one) for one in value) or "nothing"
    return str(value)


def _worth(number: str) -> Decimal | None:
    try:
        return Decimal(number.replace(",", ""))
    except InvalidOperation:
        return None
