"""What every service of the jobs works with."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.shop import Shop
from domain.outreach.campaigning import Drawing
from domain.ports import Clock
from storage.unit_of_work import PostgresUnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Workplace:
    """The database, the shop and its clock; what is recorded in its units of work enqueues jobs."""

    database: Engine
    unit_of_work: Callable[[], PostgresUnitOfWork]
    shop: Shop
    clock: Clock

    @property
    def drawing(self) -> Drawing:
        """What draws who of a campaign is left alone."""
        return Drawing(key=self.shop.hash_key, limits=self.shop.limits)
