"""ABC, XYZ and the service of a class."""

import numpy as np
import pytest

from analytics.predictions.classes import ServiceLevels, abc, xyz


def test_abc_goes_by_what_was_sold_before_the_product_in_order_of_value() -> None:
    # 80 | 10, 6 | 4, 0: before them are 0, 80, 90, 96 and 100 of 100
    assert abc([6, 80, 0, 10, 4]).tolist() == ["B", "A", "C", "B", "C"]


def test_the_product_that_passes_the_bound_is_still_in_a() -> None:
    assert abc([79, 20, 1]).tolist() == ["A", "A", "C"]


def test_of_equal_values_the_earlier_product_comes_first() -> None:
    assert abc([10] * 10).tolist() == ["A"] * 8 + ["B"] * 2


def test_what_brought_nothing_or_lost_money_is_in_c() -> None:
    assert abc([0, 0]).tolist() == ["C", "C"]
    assert abc([10, -5]).tolist() == ["A", "C"]
    assert abc([]).tolist() == []


@pytest.mark.parametrize("bounds", [{"a": 0.0}, {"a": 0.9, "b": 0.8}, {"b": 1.1}])
def test_abc_bounds_rise(bounds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="bounds rise"):
        abc([1, 2], **bounds)


@pytest.mark.parametrize("value", [[[1.0]], [np.nan], [np.inf]])
def test_abc_takes_a_row_of_numbers(value: list[float]) -> None:
    with pytest.raises(ValueError, match="one per product"):
        abc(value)


def test_xyz_by_coefficient_of_variation() -> None:
    # 0, 1 (mean 4, deviation 4) and √3; nothing at all
    weekly = np.array([[4, 4, 4, 4], [0, 8, 0, 8], [0, 0, 0, 8], [0, 0, 0, 0]])
    assert xyz(weekly).tolist() == ["X", "Y", "Z", "Z"]
    assert xyz(weekly, x=0.5, y=0.9).tolist() == ["X", "Z", "Z", "Z"]
    assert xyz(np.zeros((2, 0))).tolist() == ["Z", "Z"]


def test_xyz_bounds_rise() -> None:
    with pytest.raises(ValueError, match="bounds rise"):
        xyz(np.ones((1, 2)), x=2.0, y=1.0)


def test_each_class_has_its_service() -> None:
    service = ServiceLevels(a=0.95, b=0.9, c=0.85)
    assert service.of(np.array(["C", "A", "B"])).tolist() == [0.85, 0.95, 0.9]


@pytest.mark.parametrize("share", [0.0, 1.0, 90.0])
def test_a_service_level_is_a_share(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        ServiceLevels(a=share)
