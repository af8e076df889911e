"""Reads what the figures mean from the descriptions beside dbt's models, the one place where that is said."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from analytics.building import PROJECT
from domain.records.marts import Glossary, Meaning

_SETTING = re.compile(r"`(\w+)`(?: \([\d.]+\)|, [\d.]+)?")  # and what it is by default


def glossary(settings: Mapping[str, object] | None) -> Glossary:
    """What each model and its columns mean, by the model's name; a setting's name gives way to its value.

    Args:
        settings: of the dbt project, such as `at_risk_days`; None leaves their names as they are written.
    """

    def written(said: str) -> str:
        if settings is None:
            return said
        return _SETTING.sub(lambda found: _shown(settings.get(found[1], found[0].replace("`", ""))), said)

    return {
        name: Meaning(
            title=written(model.get("config", {}).get("meta", {}).get("metric", "")),
            said=written(model["description"]),
            columns={column["name"]: written(column["description"]) for column in model.get("columns", ())},
        )
        for name, model in _models().items()
    }


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


@cache
def _models() -> dict[str, dict[str, Any]]:
    files = sorted((PROJECT / "models").rglob("*.yml"))
    written = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    return {model["name"]: model for file in written for model in file.get("models", ())}
