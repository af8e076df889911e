"""Owns how a product's name becomes colours, a print and an emblem."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from demo.canvas import Colour, Pattern
from demo.patterns import (
    Emblem,
    bean,
    bee,
    cake,
    daisy,
    dot,
    fern,
    gingham,
    heart,
    house,
    lavender,
    lemon,
    orange,
    scattered,
    sprig,
    star,
    striped,
    sunflower,
    tomato,
)

CREAM: Colour = (247, 237, 214)
WHITE: Colour = (252, 249, 242)
OAK: Colour = (205, 160, 108)
WALNUT: Colour = (146, 98, 66)
CORK: Colour = (202, 162, 116)
KRAFT: Colour = (205, 168, 122)
STEEL: Colour = (182, 190, 196)
IRON: Colour = (74, 74, 80)
BRASS: Colour = (214, 170, 86)
TERRACOTTA: Colour = (206, 118, 84)
FERN_GREEN: Colour = (84, 128, 90)
SOIL: Colour = (98, 70, 56)
FLAME: Colour = (250, 196, 92)

RED: Colour = (206, 78, 66)
BLUE: Colour = (92, 138, 178)
SAGE: Colour = (150, 174, 142)
MUSTARD: Colour = (222, 168, 66)
TEAL: Colour = (62, 132, 132)
PINK: Colour = (232, 160, 162)
NAVY: Colour = (54, 72, 110)
CORAL: Colour = (234, 126, 104)
LILAC: Colour = (168, 150, 198)

PALETTE = (RED, BLUE, SAGE, TEAL, PINK, MUSTARD, CORAL)

# Phrases before the single words they contain: Earl Grey is a tea before it is a grey.
_COLOURS: tuple[tuple[str, Colour], ...] = (
    ("earl grey", (96, 112, 150)),
    ("green tea", (122, 158, 96)),
    ("chamomile", (236, 196, 96)),
    ("house blend", (122, 80, 58)),
    ("decaf", (84, 124, 126)),
    ("red", RED),
    ("blue", BLUE),
    ("navy", NAVY),
    ("sage", SAGE),
    ("mustard", MUSTARD),
    ("teal", TEAL),
    ("pink", PINK),
    ("blush", (230, 178, 170)),
    ("coral", CORAL),
    ("cream", CREAM),
    ("white", WHITE),
    ("gray", (158, 160, 164)),
    ("grey", (158, 160, 164)),
    ("black", (62, 60, 66)),
    ("forest", (66, 102, 78)),
    ("green", (104, 148, 104)),
    ("mint", (158, 206, 184)),
    ("lavender", LILAC),
    ("fig", (128, 96, 124)),
    ("orange", (228, 142, 72)),
    ("vanilla", (240, 218, 166)),
    ("terracotta", TERRACOTTA),
    ("copper", (202, 126, 90)),
    ("brass", BRASS),
    ("gold", (226, 180, 88)),
    ("oak", OAK),
    ("acacia", WALNUT),
    ("kraft", KRAFT),
    ("sepia", (124, 84, 60)),
    ("steel", STEEL),
    ("cast iron", IRON),
)

_EMBLEMS: tuple[tuple[str, Emblem, Colour], ...] = (
    ("earl grey", lemon, (222, 190, 84)),
    ("chamomile", daisy, WHITE),
    ("coffee", bean, (122, 80, 58)),
    ("tea", sprig, (104, 148, 92)),
    ("basil", sprig, (96, 148, 92)),
    ("tomato", tomato, (214, 78, 60)),
    ("sunflower", sunflower, (242, 190, 72)),
    ("wildflower", daisy, (222, 120, 130)),
    ("lavender", lavender, LILAC),
    ("fig", sprig, (98, 136, 96)),
    ("orange", orange, (236, 150, 70)),
    ("vanilla", daisy, (232, 202, 128)),
    ("cake", cake, (228, 140, 146)),
    ("daisy", daisy, WHITE),
    ("heart", heart, RED),
    ("home", house, CORAL),
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a name says about the appearance of its product.

    Attributes:
        named: the colour the name asks for, or None.
        colour: the ground colour: the named one, or one picked for this product for good.
        accent: the ink of the print, or a second colour that goes with the first.
        emblem: the sign on labels, packets and cards.
        emblem_ink: colour of that sign.
        words: the name in lower case.
        print_at: makes the print for a distance between repeats in units; None when nothing is printed.
    """

    named: Colour | None
    colour: Colour
    accent: Colour
    emblem: Emblem
    emblem_ink: Colour
    words: str
    print_at: Callable[[float], Pattern] | None

    def tint(self, usual: Colour) -> Colour:
        """Return the named colour or the colour such things usually have; a print brings its own ground."""
        return self.colour if self.print_at or self.named else usual

    def printed(self, cell: float = 11.0) -> Pattern | None:
        """Return the print with repeats `cell` units apart, or None when the name asks for none."""
        return self.print_at(cell) if self.print_at else None


def look_of(name: str, product_id: str) -> Look:
    """Read a product's name; the same name and id always give the same look."""
    words = name.lower()
    pick = zlib.crc32(product_id.encode())
    named = next((colour for word, colour in _COLOURS if says(words, word)), None)
    chosen = named or PALETTE[pick % len(PALETTE)]
    others = [colour for colour in PALETTE if colour != chosen]
    ground, ink, print_at = _print_of(words, named, chosen, others[pick // 7 % len(others)])
    emblem, emblem_ink = next(
        ((emblem, ink) for word, emblem, ink in _EMBLEMS if says(words, word)), (fern, FERN_GREEN)
    )
    return Look(
        named=named,
        colour=ground,
        accent=ink,
        emblem=emblem,
        emblem_ink=emblem_ink,
        words=words,
        print_at=print_at,
    )


def says(words: str, keyword: str) -> bool:
    """Tell whether a lower-case name has the keyword as whole words, in the singular or plural."""
    return re.search(rf"\b{re.escape(keyword)}(s|es)?\b", words) is not None


def _print_of(
    words: str, named: Colour | None, chosen: Colour, other: Colour
) -> tuple[Colour, Colour, Callable[[float], Pattern] | None]:
    if says(words, "spotty"):
        return chosen, CREAM, lambda cell: scattered(dot, CREAM, cell * 0.8, 0.24)
    if says(words, "striped"):
        return WHITE, chosen, lambda cell: striped(chosen, cell * 0.36)
    if says(words, "gingham"):
        return WHITE, chosen, lambda cell: gingham(WHITE, chosen, cell * 0.42)
    if says(words, "floral"):
        return WHITE, chosen, lambda cell: scattered(daisy, chosen, cell * 0.9, 0.36)
    if says(words, "fern print"):
        return named or CREAM, FERN_GREEN, lambda cell: scattered(fern, FERN_GREEN, cell * 1.15, 0.46, 16)
    if says(words, "lemon print"):
        return WHITE, (240, 200, 76), lambda cell: scattered(lemon, (242, 204, 84), cell * 1.25, 0.36, 8)
    if says(words, "bee print"):
        return named or CREAM, IRON, lambda cell: scattered(bee, IRON, cell * 1.25, 0.34, 14)
    if says(words, "star"):
        return chosen, BRASS, lambda cell: scattered(star, (240, 206, 122), cell * 0.95, 0.26, 12)
    return chosen, other, None
