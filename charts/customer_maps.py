"""The maps of the board of customers: how they score, who comes back, who may leave; the darker, the more."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import altair as alt

from charts.chart import Chart
from charts.parts import named, panel, ranking, view
from charts.written import Written, called_month
from domain.records.customers_board import SCORES, TENTHS, CohortMonth, RiskShare, Scored
from domain.records.segments import Tier

NO_TIER = "no tier"
_REACH = 0.45  # of the way to the strongest colour: on all of these ink is read well, in both themes
_AROUND = 100  # CSS pixels: title and axes
_LOW, _HIGH = 36, 46  # a row of one line, of two
_COUNT, _MONEY, _SHARE = ",.0f", ".3~s", ".0f"


def rfm(found: Sequence[Scored], title: str) -> Chart:
    """Recency from bottom to top, frequency from left to right: how many, and below that what they paid."""
    known = {(one.recency, one.frequency): one for one in found}
    rows = []
    for recency in reversed(SCORES):
        for frequency in SCORES:
            one = known.get((recency, frequency))
            sums = {"customers": one.customers, "paid": float(one.net)} if one else {"customers": 0, "paid": 0.0}
            rows.append({"recency": recency, "frequency": frequency, **sums})
    places = (
        alt.X("frequency:O", title="frequency: 5 ordered on most days", axis=alt.Axis(titlePadding=6)),
        alt.Y("recency:O", title="recency: 5 ordered last", sort="descending"),
    )
    told = [_said("recency:O"), _said("frequency:O"), _said("customers:Q", _COUNT), _said("paid:Q", _COUNT)]
    layers = _cells(rows, places, told, "customers", _lines("customers", "paid"))
    return Chart(panels=(panel(*layers, title=title, height=_AROUND + _HIGH * len(SCORES)),))


def cohorts(found: Sequence[CohortMonth], title: str, by: Written) -> Chart:
    """Cohorts from top to bottom, the months after them from left to right: what share came back, in percent."""
    sizes = {one.cohort: one.customers for one in found}
    order = list(sizes)
    rows: list[dict[str, object]] = [
        {
            "place": order.index(one.cohort),
            "cohort": called_month(one.cohort, by, with_year=True),
            "customers": one.customers,
            "later": one.months_later,
            "ordered": one.ordered,
            "share": float(one.share * 100),
        }
        for one in found
    ]
    names = [[called_month(cohort, by, with_year=True), by.number(customers)] for cohort, customers in sizes.items()]
    places = (alt.X("later:O", title="months later"), named(names, lines=2))
    told = [_said("cohort:N"), _said("customers:Q", _COUNT), _said("later:O", title="months later")]
    told += [_said("ordered:Q", _COUNT), _said("share:Q", ".1f", "% of them")]
    layers = _cells(rows, places, told, "share", [("share", _SHARE, 0)])
    return Chart(panels=(panel(*layers, title=title, height=_AROUND + _LOW * len(names), names=names),))


def risks(found: Sequence[RiskShare], hrefs: Mapping[tuple[int, str], str], title: str, by: Written) -> Chart:
    """The likeliest to leave on top, tiers from left to right: how many, and what is at stake; a click leads on.

    Args:
        found: Who may leave, by tenths and tiers.
        hrefs: Where a click leads to, by the same.
        title: What is shown.
        by: Who writes percent.
    """
    known = {(one.tenth, one.tier or NO_TIER): one for one in found}
    tiers = [*Tier, *([NO_TIER] if any(one.tier is None for one in found) else [])]
    rows = []
    for tenth in reversed(TENTHS):
        for tier in tiers:
            one = known.get((tenth, tier))
            sums = {"customers": one.customers, "stake": float(one.at_stake)} if one else {"customers": 0, "stake": 0.0}
            href = hrefs.get((tenth, tier)) if one else None
            rows.append({"risk": tenth_called(tenth, by), "tier": tier, **sums, **({"href": href} if href else {})})
    places = (
        alt.X("tier:O", title="tier by lifetime value", sort=tiers, axis=alt.Axis(orient="top")),
        alt.Y(
            "risk:O",
            title="probability",
            sort=[tenth_called(one, by) for one in reversed(TENTHS)],
            axis=alt.Axis(title=None),
        ),
    )
    told = [_said("risk:O", title="probability"), _said("tier:O"), _said("customers:Q", _COUNT)]
    told.append(_said("stake:Q", _COUNT, "at stake"))
    layers = _cells(rows, places, told, "customers", _lines("customers", "stake"))
    layers = [layer.encode(alt.Href("href:N")) for layer in layers]
    return Chart(panels=(panel(*layers, title=title, height=_AROUND + _HIGH * len(TENTHS)),))


def groups(names: Sequence[str], values: Sequence[float], labels: Sequence[str], title: str) -> Chart:
    """Groups of customers as bars below each other."""
    return Chart(panels=(ranking(names, values, labels, title),))


def against(compared: Mapping[str, float], title: str, by: Written) -> Chart:
    """Members as a share of others, in percent, with a line where they are even."""
    labels = [by.percent(value / 100, 0) for value in compared.values()]
    return Chart(panels=(ranking(list(compared), list(compared.values()), labels, title, mark=100),))


def tenth_called(tenth: int, by: Written) -> str:
    """A tenth of a probability: "70 – 80%"."""
    return between(10 * tenth, 10 * tenth + 10, by)


def between(low: int, high: int, by: Written) -> str:
    """From one percentage to another: "70 – 80%"."""
    return f"{low} – {by.percent(Decimal(high) / 100, 0)}"


def _said(field: str, form: str = "", title: str = "") -> alt.Tooltip:
    name = title or field.split(":", maxsplit=1)[0]
    return alt.Tooltip(field, title=name, format=form) if form else alt.Tooltip(field, title=name)


def _lines(upper: str, lower: str) -> list[tuple[str, str, int]]:
    return [(upper, _COUNT, -8), (lower, _MONEY, 9)]


def _cells(
    rows: Sequence[Mapping[str, object]],
    places: tuple[alt.X, alt.Y],
    told: Sequence[alt.Tooltip],
    field: str,
    lines: Sequence[tuple[str, str, int]],
) -> list[alt.Chart]:
    """Coloured cells with lines of text where there are customers: a field, its format, how far below the middle."""
    most = max(float(str(row[field])) for row in rows) or 1
    base = view(rows).encode(*places, tooltip=list(told))
    scale = alt.Scale(domain=[0, most / _REACH], range="heatmap")
    cells = base.mark_rect(style="edged").encode(alt.Color(f"{field}:Q", legend=None, scale=scale))
    words = [
        base.mark_text(style="ink", dy=below)
        .encode(alt.Text(f"{name}:Q", format=form))
        .transform_filter("datum.customers > 0")
        for name, form, below in lines
    ]
    return [cells, *words]
