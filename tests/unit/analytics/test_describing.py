"""The page of metrics is what is said beside the models, and everything there is said."""

from pathlib import Path

import pytest

from analytics.building import PROJECT
from analytics.definitions import glossary
from analytics.describing import page

ROOT = Path(__file__).parents[3]
MARTS = sorted(
    file.stem for folder in ("marts", "metrics", "predictions") for file in (PROJECT / "models" / folder).glob("*.sql")
)


def test_the_page_is_what_the_models_say() -> None:
    written = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert written == page(), "after a change of a description: python -m analytics.describing docs/metrics.md"


def test_the_metrics_are_there() -> None:
    titles = [line.removeprefix("## ") for line in page().splitlines() if line.startswith("## ")]
    assert len(titles) == 9
    assert {meaning.title for meaning in glossary(None).values()} - {""} == set(titles[:-1])


@pytest.mark.parametrize("mart", MARTS)
def test_every_mart_and_its_columns_are_described(mart: str) -> None:
    meaning = glossary(None)[mart]
    assert meaning.said.endswith(".")
    assert meaning.columns
    assert all(said.endswith(".") for said in meaning.columns.values())
