"""The shop that the tests of reports and letters are about."""

from zoneinfo import ZoneInfo

from bot.shop import Shop
from tests.support.factories import HASH_KEY, TERMS

SHOP = Shop(
    name="Fern & Fable",
    currency="USD",
    locale="en_US",
    time_zone=ZoneInfo("America/Denver"),
    support_hours="on weekdays from 9 to 17",
    terms=TERMS,
    hash_key=HASH_KEY,
)
