"""Draws the way of the data to a product for chats; the web has a page for it."""

from xml.etree import ElementTree as ET

from charts.drawing import FONT, drawable, svg_png
from charts.theme import LIGHT
from domain.lineage import HIGH, WIDE, Picture

_SCALE = 1.4  # dots for each of the picture's units
_INSET, _ROUND, _LETTERS = 10, 6, 13


def draw(picture: Picture) -> bytes:
    """The picture as PNG, readable without colour: ports have a thick frame, readers a dashed one."""
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", width=f"{picture.width}", height=f"{picture.height}")
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": LIGHT.surface})
    for line in picture.lines:
        ET.SubElement(root, "path", {"d": line, "fill": "none", "stroke": LIGHT.faint, "stroke-width": "1.5"})
    for box in picture.boxes:
        is_port, is_reader = box.kind == "port", box.kind == "reader"
        frame = {
            "x": f"{box.x}",
            "y": f"{box.y}",
            "width": f"{WIDE}",
            "height": f"{HIGH}",
            "rx": f"{_ROUND}",
            "fill": LIGHT.surface if is_reader else LIGHT.shade,
            "stroke": LIGHT.accent if is_port else LIGHT.ink,
            "stroke-width": "3" if is_port else "1",
            "stroke-dasharray": "5 4" if is_reader else "none",
        }
        ET.SubElement(root, "rect", frame)
        words = {
            "x": f"{box.x + _INSET}",
            "y": f"{box.y + HIGH / 2}",
            "dominant-baseline": "central",
            "font-family": FONT,
            "font-size": f"{_LETTERS}",
            "font-weight": "bold" if is_port else "normal",
            "fill": LIGHT.ink,
        }
        ET.SubElement(root, "text", words).text = drawable(box.shown)
    return svg_png(ET.tostring(root, encoding="unicode"), _SCALE)


def alt(picture: Picture) -> str:
    """What it shows, for who does not see it."""
    return f"From left to right: {', '.join(box.name for box in picture.boxes)}."
