"""Policies side by side: on a made-up file, and what was promised on real orders where they are."""

from pathlib import Path

import numpy as np
import pytest

from analytics.predictions.classes import ServiceLevels
from analytics.predictions.stock_trial import OURS, read_sales, tried
from tests.support.importing import SHARED_DATA

GIFT_SHOP = SHARED_DATA / "online_retail" / "customer_orders.csv.gz"
HEADER = "date,cust_email,cust_location,product_id,product_quantity,unit_price\n"


def order_file(folder: Path, days: int) -> Path:
    """Sells 1 `mug` a day and 7 `pots` each Wednesday, from a Wednesday on."""
    begin = np.datetime64("2026-01-07")
    lines = [f"{begin + day}T10:00:00,a@example.com,1,mug,1,2.00\n" for day in range(days)]
    lines += [f"{begin + day}T11:00:00,b@example.com,1,pots,7,1.50\n" for day in range(0, days, 7)]
    file = folder / "orders.csv"
    file.write_text(HEADER + "".join(lines))
    return file


def test_only_whole_weeks_count_and_the_dearest_products_come_first(tmp_path: Path) -> None:
    sales = read_sales(order_file(tmp_path, days=5 + 7 * 20 + 3), top=2)
    assert str(sales.first) == "2026-01-12"
    assert sales.units.tolist() == [[7.0] * 20] * 2
    assert sales.price.tolist() == [2.0, 1.5]
    assert len(read_sales(order_file(tmp_path, days=150), top=1).units) == 1


def test_a_file_of_few_weeks_says_how_many_are_needed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="it has 12 whole weeks, and a trial needs 18"):
        read_sales(order_file(tmp_path, days=90), top=5)


def test_what_is_sold_evenly_is_never_out_of_stock_with_a_policy_that_knows_it(tmp_path: Path) -> None:
    trial = tried(read_sales(order_file(tmp_path, days=200), top=2), ServiceLevels())
    assert trial.policies[0].name == OURS
    assert {one.name: one.all.stock_outs for one in trial.policies}["mean only"] == 0
    assert {error.name: error.wape for error in trial.forecasts}["naive"] == 0


@pytest.mark.skipif(not GIFT_SHOP.exists(), reason="the shared data folder is not on this machine")
def test_on_real_orders_ours_has_few_stock_outs_at_little_stock_and_forecasts_best() -> None:
    trial = tried(read_sales(GIFT_SHOP, top=1000), ServiceLevels())
    ours, *others = trial.policies
    for part in (ours.all, ours.earlier, ours.later):
        assert part.stock_outs <= 0.08
        assert part.stock <= 3.5
    for other in others:
        assert ours.later.stock_outs < other.later.stock_outs
    for weeks in (1, 3):
        errors = {error.name: error.wape for error in trial.forecasts if error.weeks == weeks}
        assert min(errors, key=errors.__getitem__) == OURS
