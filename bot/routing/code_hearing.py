"""Finds the codes of promotions that a message names, before anybody hears what else it says."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot.messages import IncomingMessage
from bot.routing.hearing import LONGEST_TEXT
from domain.patience import patiently
from domain.ports import UnitOfWork
from domain.promotions.codes import is_code, normal
from domain.records.rates import Rate
from nlu.rules.promo_codes import CodeWish, called, candidates, read

BARE_CODES = Rate(name="words that could be codes of promotions", most=60, per=timedelta(hours=1))


def hear_codes(message: IncomingMessage, unit_of_work: Callable[[], UnitOfWork], now: datetime) -> CodeWish | None:
    """What a message wants of codes; only what may be one costs a look into the database."""
    text = message.text
    if message.choice is not None or message.command is not None or not text or len(text) > LONGEST_TEXT:
        return None
    named = candidates(text)
    if not named:
        return read(text, ())

    def look() -> frozenset[str]:
        with unit_of_work() as uow:
            return _known(uow, named, called(text), message.origin, now)

    return read(text, patiently(look))


def _known(
    uow: UnitOfWork, written: Collection[str], meant: Collection[str], origin: str, now: datetime
) -> frozenset[str]:
    """Those of what was written that are codes of promotions, also of those that are over, or only `meant` as codes.

    A product's id is none, whatever it is meant as. Who tries too many that are none is told of no others.
    """
    normals = {one: normal(one) for one in written}
    codes = [code for code in normals.values() if is_code(code)]
    if not codes or uow.code_tries.used_up(BARE_CODES, origin, now):
        return frozenset()
    found = uow.promotions.of_codes(codes)
    if not found and any(_looks_like_one(one) and uow.products.spelled(one) is None for one in written):
        uow.code_tries.allows(BARE_CODES, origin, now)
    wrong = (one for one in meant if one in normals and uow.products.spelled(one) is None)
    return frozenset((*(one for one, code in normals.items() if code in found), *wrong))


def _looks_like_one(written: str) -> bool:
    return any(map(str.isdigit, written)) or written.isupper()
