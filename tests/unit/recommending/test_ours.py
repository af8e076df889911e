"""What the model leaves behind for a shop of five orders: plain counts, sensible ranks, no more than fits."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from recommending import ours
from recommending.ours import Neighbours, fit, shared_words
from recommending.purchases import Purchases, from_columns

NOW = datetime(2026, 5, 12, tzinfo=UTC)
PRODUCTS = ("MUG", "TEAPOT", "PLATE", "BOWL")


def purchases(*baskets: str, days_ago: tuple[float, ...] = (), names: Mapping[str, str] | None = None) -> Purchases:
    orders = [number for number, basket in enumerate(baskets) for _ in basket.split()]
    products = [PRODUCTS.index(name) for basket in baskets for name in basket.split()]
    ages = days_ago or (1.0,) * len(baskets)
    placed_at = np.array([(NOW - timedelta(days=age)).timestamp() for age in ages])
    return from_columns(np.array(orders), np.array(products), PRODUCTS, placed_at, NOW, names)


def of(found: Neighbours, product: str) -> dict[str, tuple[int, int]]:
    """The counts of a product's neighbours, best for it alone first."""
    mine = np.flatnonzero(found.products == PRODUCTS.index(product))
    best = sorted(mine, key=lambda row: -found.single[row])
    return {
        PRODUCTS[found.others[row]]: (int(found.orders_together[row]), int(found.orders_of_product[row]))
        for row in best
    }


def test_counts_are_plain_and_each_product_stands_beside_itself() -> None:
    found = fit(purchases("MUG TEAPOT", "MUG TEAPOT PLATE", "MUG", "BOWL", "MUG MUG"))
    assert of(found, "MUG") == {"TEAPOT": (2, 4), "PLATE": (1, 4), "MUG": (4, 4)}
    assert of(found, "BOWL") == {"BOWL": (1, 1)}
    assert found.single[found.products == found.others].max() == 0


def test_what_was_bought_together_lately_comes_first() -> None:
    found = fit(purchases("MUG TEAPOT", "MUG PLATE", "MUG", days_ago=(400, 1, 1)))
    assert list(of(found, "MUG"))[:2] == ["PLATE", "TEAPOT"]


def test_small_orders_say_more_than_large_ones() -> None:
    found = fit(purchases("MUG TEAPOT", "MUG PLATE BOWL", "MUG"))
    assert next(iter(of(found, "MUG"))) == "TEAPOT"


@pytest.mark.parametrize("most_dense", [3, 10_000])
def test_orders_of_a_hundred_years_ago_are_counted(most_dense: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "MOST_DENSE", most_dense)
    found = fit(purchases("MUG TEAPOT", "PLATE BOWL", days_ago=(36_500, 1)))
    assert of(found, "MUG") == {"TEAPOT": (1, 1), "MUG": (1, 1)}
    assert np.isfinite([found.single, found.basket]).all()


@pytest.mark.parametrize("weight", ["single", "basket"])
def test_products_of_like_names_go_together_where_orders_say_no_more(weight: str) -> None:
    names = {"MUG": "Red Enamel Mug", "TEAPOT": "Glass Teapot", "PLATE": "Enamel Plate", "BOWL": "Oak Bowl"}
    found = fit(purchases("MUG TEAPOT", "MUG PLATE", "MUG BOWL", names=names))
    weights = {PRODUCTS[found.others[row]]: getattr(found, weight)[row] for row in np.flatnonzero(found.products == 0)}
    assert weights["PLATE"] > weights["TEAPOT"] == pytest.approx(weights["BOWL"], rel=1e-4)


def test_shared_words_weigh_less_the_more_names_have_them() -> None:
    shared = shared_words(["red mug", "Red plate", "red fox MUG", ""])
    assert shared[0, 1] == pytest.approx(3**-0.5)
    assert shared[0, 2] == pytest.approx(3**-0.5 + 2**-0.5)
    assert shared[3].max() == shared[:, 3].max() == 0


def test_what_was_ordered_most_of_late_is_kept_beside_each_product() -> None:
    found = fit(purchases("MUG TEAPOT", "MUG", "PLATE", "PLATE", "PLATE", days_ago=(1, 29, 31, 400, 2)))
    kept = {PRODUCTS[found.products[row]]: found.basket[row] for row in np.flatnonzero(found.products == found.others)}
    assert kept == {
        "MUG": pytest.approx(ours.POPULARITY),
        "TEAPOT": pytest.approx(ours.POPULARITY / 2),
        "PLATE": pytest.approx(ours.POPULARITY / 2),
        "BOWL": 0,
    }


def test_ages_are_in_days_and_never_negative() -> None:
    assert purchases("MUG", "BOWL", days_ago=(2.5, -3)).ages.tolist() == [2.5, 0]


def test_only_the_best_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "MOST_NEIGHBOURS", 2)
    found = fit(purchases("MUG TEAPOT PLATE BOWL", "MUG TEAPOT", "MUG TEAPOT", "MUG PLATE"))
    assert next(iter(of(found, "MUG"))) == "TEAPOT"
    assert len(of(found, "MUG")) == 3


def test_a_large_catalogue_does_without_the_dense_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    small = fit(purchases("MUG TEAPOT", "MUG TEAPOT PLATE", "MUG PLATE"))
    monkeypatch.setattr(ours, "MOST_DENSE", 3)
    monkeypatch.setattr(ours, "ease", lambda *_: 1 / 0)
    large = fit(purchases("MUG TEAPOT", "MUG TEAPOT PLATE", "MUG PLATE"))
    for product in ("MUG", "TEAPOT", "PLATE"):
        assert of(large, product) == of(small, product)


def test_a_large_catalogues_baskets_are_weighed_by_cosine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "MOST_DENSE", 3)
    found = fit(purchases("MUG TEAPOT", "MUG TEAPOT", "MUG PLATE", "MUG BOWL"))
    basket = dict(zip(zip(found.products.tolist(), found.others.tolist(), strict=True), found.basket, strict=True))
    assert basket[0, 1] == pytest.approx(2 / np.sqrt(4 * 2))
    assert basket[0, 1] == basket[1, 0]


def test_a_shop_without_orders_has_no_neighbours() -> None:
    nothing = from_columns(np.array([], dtype=int), np.array([], dtype=int), (), np.array([]), NOW)
    assert len(fit(nothing).products) == 0
