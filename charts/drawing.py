"""Draws charts as PNG, without a browser: as wide as a phone shows them, in a font that comes with the drawer."""

import gzip
import re
import struct
import zlib
from importlib.metadata import version
from typing import Any

import vl_convert

from charts.chart import Chart
from charts.theme import LIGHT, config

WIDTH = 480  # CSS pixels,
SCALE = 2  # dots each
VERSION = version("vl-convert-python")  # of all that draws
FONT = "Liberation Sans"  # vl-convert has it inside
# Latin, Greek, Cyrillic, Hebrew, punctuation, currencies, and a few signs; what the font lacks would be a box.
_DRAWN = re.compile(
    "[ -~\xa0-\u036f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0513\u05b0-\u05c3\u05d0-\u05ea"
    "\u1e00-\u1e9b\u1ea0-\u1ef9\u2012-\u2022\u2026\u2030\u2032-\u2033\u2039-\u203a\u2044\u20a0-\u20b5"
    "\u2116\u2122\u2126\u2153-\u2154\u215b-\u215e\u2190-\u2195\u2212\u2248\u2260\u2264-\u2265\u25cb\u25cf\u2665]"
)
_NARROW = "\u202f"  # a space that the font lacks, between the digits of some locales
_EMBED = "window.vegaEmbed = vegaEmbed;"
_CHUNK = struct.Struct(">I4s")
_START = 8  # bytes before a PNG's first chunk


def png(chart: Chart, locale: str) -> bytes:
    """The chart, `WIDTH * SCALE` dots wide, its numbers as the locale writes them.

    The same gives the same bytes, from any thread.
    """
    looks, drawn, top = drawable(config(LIGHT, FONT, locale)), "", 0
    for panel in chart.panels:
        svg = vl_convert.vegalite_to_svg({**drawable(panel.sized(WIDTH)), "config": looks})
        drawn += svg.replace("<svg", f'<svg y="{top}"', 1)
        top += panel.height
    return svg_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}">{drawn}</svg>', SCALE)


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
            return "".join(_DRAWN.findall(value.replace(_NARROW, "\xa0")))
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
