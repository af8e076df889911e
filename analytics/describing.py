"""Writes `docs/metrics.md` from what is said beside dbt's models: `python -m analytics.describing docs/metrics.md`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from analytics.definitions import glossary
from domain.records.marts import Meaning

_METRICS = (
    "Customer lifetime value",
    "RFM segments",
    "Churn indicators",
    "Sales trends",
    "Loyalty impact",
    "Top places",
    "Discount effectiveness",
    "Return rate",
)
_HEAD = """# The metrics, and the star they stand on

This page is made of the descriptions of dbt's models (`analytics/dbt/models`), which reports show too; after a change
of one: `.venv/bin/python -m analytics.describing docs/metrics.md`. Every table is in the schema `mart` and is built by
`parley analytics build`.

What holds for all of them: they count up to `as_of`, by default yesterday by the shop's clock. Cancelled orders are
left out, but for sales, where a cancellation counts on the day of cancelling, as in the finance report. Only periods
that are over are compared; where nothing was before, the comparison is “new” or “n/a”, never a division by zero. Ties
get the same answer in every build, and every breakdown adds up to the whole, to the cent. Money is in the shop's
currency, days and hours are by its clock. Names in `code` are settings: of `analytics` in `config.yaml`.
"""
_STAR = """
## The star schema

Facts and dimensions that analysts may join as `parley_analyst`; no table holds an e-mail, a name or an address.
"""


def page() -> str:
    """The page, in Markdown."""
    known = glossary(None)
    parts = [_HEAD]
    for title in _METRICS:
        parts.append(f"\n## {title}\n")
        parts += [_model(name, meaning) for name, meaning in known.items() if meaning.title == title]
    parts.append(_STAR)
    parts += [_model(name, meaning) for name, meaning in sorted(known.items()) if not meaning.title]
    return "".join(parts)


def _model(name: str, meaning: Meaning) -> str:
    return "\n".join(
        [f"\n### `{name}`\n", meaning.said, "", "| column | what it is |", "|---|---|", *_rows(meaning), ""]
    )


def _rows(meaning: Meaning) -> Iterator[str]:
    for column, said in meaning.columns.items():
        yield f"| `{column}` | {said} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
