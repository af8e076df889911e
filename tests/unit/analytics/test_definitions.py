"""What figures mean is read from dbt's descriptions, with the settings that the warehouse was built by."""

import pytest

from analytics.definitions import glossary
from analytics.warehouse import WarehouseTerms
from reports import churn, discounts, loyalty, sales, stores, support

SETTINGS = {**WarehouseTerms(time_zone="UTC", at_risk_days=60, late_factor=3.0).variables(), "as_of": "June 28, 2020"}


def test_settings_give_way_to_their_values() -> None:
    said = glossary(SETTINGS)
    assert "who has not ordered for 60 days or longer" in said["churn_indicators"].said
    assert said["churn_indicators"].columns["late_for_them"].startswith("Silent for more than 3 times the usual gap")
    assert "or June 28, 2020; one month at least" in said["loyalty_impact"].said
    assert "enough orders to compare by (30)" in said["loyalty_impact"].columns["is_enough"]


def test_what_a_report_says_of_loyalty_is_dbts_own_sentence() -> None:
    assert loyalty.NOT_CAUSAL in glossary(SETTINGS)["loyalty_impact"].said


def test_names_that_are_no_setting_stay_without_their_marks() -> None:
    assert glossary(SETTINGS)["rfm_segments"].said.endswith("(in dim_customers).")


def test_every_model_of_the_marts_says_what_it_means() -> None:
    said = glossary(SETTINGS)
    assert {"sales_days", "sales_trends", "top_places", "fct_orders", "dim_stores"} <= set(said)
    for name, meaning in said.items():
        assert meaning.said, name
        assert all(meaning.columns.values()), name
        assert "`" not in meaning.said, name


@pytest.mark.parametrize("module", [sales, stores, loyalty, discounts, churn, support])
def test_what_a_report_defines_has_a_description(module: object) -> None:
    said = glossary(SETTINGS)
    for name in module._DEFINED:  # type: ignore[attr-defined]
        of, _, called = name.partition(" as ")
        model, _, column = of.partition(".")
        assert said[model].columns[column] if column else called or said[model].title, name
