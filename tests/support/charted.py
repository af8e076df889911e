"""Reads charts: the rows in their specs, the dots of their PNGs."""

import struct
from collections.abc import Mapping
from typing import Any

from charts.chart import Panel

START = 8  # bytes before a PNG's first chunk


def rows(panel: Panel) -> list[dict[str, Any]]:
    """All rows of data that a panel shows, each once; marks may share them."""
    found: list[dict[str, Any]] = []
    for view in (panel.spec, *panel.spec["layer"]):
        found += [row for row in view.get("data", {"values": []})["values"] if row not in found]
    return found


def column(panel: Panel, field: str) -> list[Any]:
    """One field of these rows, of those that have it."""
    return [row[field] for row in rows(panel) if field in row]


def titled(panel: Panel) -> str:
    return str(panel.spec["title"]["text"])


def names(panel: Panel) -> list[str]:
    """What stands before the bars of a ranking."""
    return list(panel.spec["params"][0]["value"])


def legend(panel: Panel) -> list[str]:
    """What the colours of bars are called."""
    colours = [view.get("encoding", {}).get("color", {}) for view in panel.spec["layer"]]
    found: list[list[str]] = [one["scale"]["domain"] for one in colours if one.get("legend") is not None]
    return found[0] if found else []


def without_data(value: Any) -> Any:
    """What a spec has beside its data: what Vega reads as marks, fields and expressions."""
    if isinstance(value, Mapping):
        return {key: without_data(one) for key, one in value.items() if key not in ("data", "datasets", "params")}
    return [without_data(one) for one in value] if isinstance(value, list) else value


def chunks(png: bytes) -> dict[bytes, bytes]:
    """What a PNG consists of, the pixels joined."""
    found: dict[bytes, bytes] = {}
    at = START
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def size(png: bytes) -> tuple[int, int]:
    """Width and height, in dots."""
    width, height = struct.unpack(">II", chunks(png)[b"IHDR"][:8])
    return width, height
