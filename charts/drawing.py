"""Draws charts as PNG, without a browser: as wide as a phone shows them, in a font that comes with the drawer."""

import gzip
import struct
import zlib
from importlib.metadata import version
from typing import Any

import vl_convert

from charts.chart import Chart
from charts.theme import LIGHT, config
from charts.written import drawn

WIDTH = 480  # CSS pixels,
SCALE = 2  # dots each
VERSION = version("vl-convert-python")  # of all that draws
FONT = "Liberation Sans"  # vl-convert has it inside
_EMBED = "window.vegaEmbed = vegaEmbed;"
_CHUNK = struct.Struct(">I4s")
_START = 8  # bytes before a PNG's first chunk


def png(chart: Chart, locale: str) -> bytes:
    """The chart, `WIDTH * SCALE` dots wide, its numbers as the locale writes them.

    The same gives the same bytes, from any thread.
    """
    return svg_png(svg(chart, locale), SCALE)


def svg(chart: Chart, locale: str) -> str:
    """The same as SVG, its texts as texts."""
    looks, panels, top = drawable(config(LIGHT, FONT, locale)), "", 0
    for panel in chart.panels:
        one = vl_convert.vegalite_to_svg({**drawable(panel.sized(WIDTH)), "config": looks})
        panels += one.replace("<svg", f'<svg y="{top}"', 1)
        top += panel.height
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}">{panels}</svg>'


def size(chart: Chart) -> tuple[int, int]:
    """Width and height of its PNG, in dots."""
    return WIDTH * SCALE, sum(panel.height for panel in chart.panels) * SCALE


def svg_png(svg: str, scale: float) -> bytes:
    """An SVG as PNG, with so many dots a CSS pixel."""
    return _packed(vl_convert.svg_to_png(svg, scale=scale))


def drawable(value: Any) -> Any:
    """The same, its texts without characters that the font lacks and without line breaks."""
    match value:
        case str():
            return drawn(value)
        case dict():
            return {key: drawable(one) for key, one in value.items()}
        case list():
            return [drawable(one) for one in value]
    return value


def _packed(png: bytes) -> bytes:
    """The same picture in a sixth of the bytes: it was packed in a hurry."""
    chunks: dict[bytes, bytes] = {}
    at = _START
    while at < len(png):
        length, kind = _CHUNK.unpack_from(png, at)
        at += _CHUNK.size
        chunks[kind] = chunks.get(kind, b"") + png[at : at + length]
        at += length + 4
    chunks[b"IDAT"] = zlib.compress(zlib.decompress(chunks[b"IDAT"]))
    return png[:_START] + b"".join(
        _CHUNK.pack(len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks.items()
    )


def browser_script() -> bytes:
    """What draws charts in a browser, as `vegaEmbed`: JavaScript, packed by gzip. It takes two seconds to make."""
    return gzip.compress(vl_convert.javascript_bundle(_EMBED).encode(), mtime=0)
