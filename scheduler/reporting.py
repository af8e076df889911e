"""Makes the reports, each from one look at the orders: its figures agree, whatever is ordered meanwhile."""

from datetime import datetime

from sqlalchemy import Engine

from bot.shop import Shop
from domain.periods import Period
from reports import finance, marketing
from reports.report import Report, ReportName
from storage.sales import PostgresSales


def make(
    database: Engine, name: ReportName, period: Period, shop: Shop, now: datetime, *, top: int = marketing.TOP
) -> Report:
    """The report of that name on a period; `top` is how many products and customers a digest lists."""
    with database.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        sales = PostgresSales(connection)
        if name is ReportName.FINANCE:
            return finance.make(finance.collect(sales, period, shop), shop, now)
        return marketing.make(marketing.collect(sales, sales, period, shop, top), shop, now, top)
