"""Owns the drawing surface: flat shapes on a transparent layer, all lit from the upper left."""

from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.outlines import Box, Outline, Point, bounds

Colour = tuple[int, int, int]
Piece = tuple[Outline, Colour]
Pattern = Callable[[Box], list[Piece]]

SIZE = 480
SUPERSAMPLING = 3
_UNIT = SIZE * SUPERSAMPLING / 100
_STEP = 6
_SHADE: Colour = (58, 34, 52)
_SHINE: Colour = (255, 252, 244)
_INKWELL: Colour = (44, 38, 44)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` with a share (0-1) of `other` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def light(colour: Colour, share: float = 0.35) -> Colour:
    """Return a paler tint."""
    return mix(colour, _SHINE, share)


def dark(colour: Colour, share: float = 0.25) -> Colour:
    """Return a deeper tone."""
    return mix(colour, _INKWELL, share)


class Canvas:
    """A layer 100 x 100 units wide on which a motif draws one object.

    The object may sit anywhere: `mounted` centres it, so a motif need not care where its middle is.

    Attributes:
        inks: every colour used so far.
    """

    def __init__(self) -> None:
        side = SIZE * SUPERSAMPLING
        self._layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        self._pen = ImageDraw.Draw(self._layer)
        self.inks: set[Colour] = set()
        self._stands = True
        self._tilt = 0.0

    def lay_flat(self, tilt: float = 0.0) -> None:
        """Show the object from above (soft shadow all round), turned clockwise by `tilt` degrees."""
        self._stands = False
        self._tilt = tilt

    def solid(
        self,
        *outlines: Sequence[Point],
        colour: Colour,
        pattern: Pattern | None = None,
        depth: float | None = None,
        alpha: int = 255,
    ) -> None:
        """Fill the union of the outlines, then shade its lower right edge and light its upper left one.

        Args:
            outlines: one or more shapes that count as one body.
            colour: the ground colour.
            pattern: pieces printed on the body, clipped to it.
            depth: width of the shaded edge in units; 0 is flat, None follows the body's size.
            alpha: 255 is opaque; less lets the background through, for glass.
        """
        box = bounds([point for outline in outlines for point in outline])
        self.inks.add(colour)
        for outline in outlines:
            self._pen.polygon(_pixels(outline), fill=(*colour, alpha))
        if depth is None:
            depth = max(0.5, min(2.6, 0.07 * min(box[2] - box[0], box[3] - box[1])))
        elif not depth and not pattern:
            return
        mask, origin = _blank(box)
        pen = ImageDraw.Draw(mask)
        for outline in outlines:
            pen.polygon(_pixels(outline, origin), fill=255)
        if pattern:
            self._print(mask, origin, pattern(box))
        self._light(mask, origin, depth)

    def flat(self, *outlines: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        """Fill the outlines without any light: openings, printed marks, reflections."""
        self.solid(*outlines, colour=colour, depth=0, alpha=alpha)

    def stroke(self, path: Sequence[Point], width: float, colour: Colour, depth: float | None = None) -> None:
        """Draw a round-ended line through the points: handles, wires, stems."""
        self.inks.add(colour)
        _line(self._pen, _pixels(path), width, (*colour, 255))
        if depth is None or depth:
            x0, y0, x1, y1 = bounds(path)
            mask, origin = _blank((x0 - width, y0 - width, x1 + width, y1 + width))
            _line(ImageDraw.Draw(mask), _pixels(path, origin), width, 255)
            self._light(mask, origin, 0.22 * width if depth is None else depth)

    def pieces(self, pieces: Sequence[Piece]) -> None:
        """Draw printed pieces without light."""
        for outline, colour in pieces:
            self.inks.add(colour)
            self._pen.polygon(_pixels(outline), fill=(*colour, 255))

    def mounted(self, ground: Colour, size: float = 1.0) -> Image.Image:
        """Return the object centred on a coloured ground with a paler disc and its shadow.

        Args:
            ground: background colour.
            size: scale of the object; it is held to 76 % of the picture whatever is asked.
        """
        picture = _backdrop(ground).copy()
        object_ = self._layer.crop(self._layer.getbbox())
        if self._tilt:
            object_ = object_.rotate(-self._tilt, Image.Resampling.BILINEAR, expand=True)
            object_ = object_.crop(object_.getbbox())
        scale = min(size / SUPERSAMPLING, 0.76 * SIZE / max(object_.size))
        width, height = (max(1, round(side * scale)) for side in object_.size)
        object_ = object_.resize((width, height), Image.Resampling.LANCZOS)
        left, top = (SIZE - width) // 2, (SIZE - height) // 2
        shadow = Image.new("L", (SIZE, SIZE), 0)
        if self._stands:
            pen, floor = ImageDraw.Draw(shadow), top + height
            rise = 5 + width * 0.035
            pen.ellipse((left - 2, floor - rise * 1.5, left + width + 16, floor + rise * 0.9), fill=105)
            shadow = shadow.filter(ImageFilter.GaussianBlur(6))
        else:
            # A glow is nearly clear and throws no shadow.
            outline = object_.getchannel("A").point(lambda value: 92 if value > 160 else 0)
            shadow.paste(outline, (left + 6, top + 9))
            shadow = shadow.filter(ImageFilter.GaussianBlur(6))
        # Steps too fine to see, but long runs of one colour: a third off the size of the file.
        shadow = shadow.point(lambda value: value // _STEP * _STEP)
        picture.paste(mix(dark(ground, 0.6), _SHADE, 0.4), (0, 0), shadow)
        picture.paste(object_, (left, top), object_)
        return picture

    def _print(self, mask: Image.Image, origin: tuple[int, int], pieces: Sequence[Piece]) -> None:
        box = (origin[0], origin[1], origin[0] + mask.width, origin[1] + mask.height)
        print_ = self._layer.crop(box)
        pen = ImageDraw.Draw(print_)
        for outline, colour in pieces:
            self.inks.add(colour)
            pen.polygon(_pixels(outline, origin), fill=(*colour, 255))
        self._layer.paste(print_, origin, mask)

    def _light(self, mask: Image.Image, origin: tuple[int, int], depth: float) -> None:
        if depth <= 0:
            return
        shift = round(depth * _UNIT)
        shaded = ImageChops.subtract(mask, _shifted(mask, -shift, -round(shift * 0.7)))
        lit = ImageChops.subtract(mask, _shifted(mask, round(shift * 0.4), round(shift * 0.4)))
        self._layer.paste((*_SHADE, 255), origin, shaded.point(lambda value: value * 0.17))
        self._layer.paste((*_SHINE, 255), origin, lit.point(lambda value: value * 0.26))


def _blank(box: Box) -> tuple[Image.Image, tuple[int, int]]:
    x0, y0, x1, y1 = (round(edge * _UNIT) for edge in box)
    return Image.new("L", (x1 - x0 + 2, y1 - y0 + 2), 0), (x0, y0)


def _pixels(outline: Sequence[Point], origin: tuple[int, int] = (0, 0)) -> list[Point]:
    return [(x * _UNIT - origin[0], y * _UNIT - origin[1]) for x, y in outline]


def _line(pen: ImageDraw.ImageDraw, pixels: list[Point], width: float, fill: int | tuple[int, ...]) -> None:
    half = width * _UNIT / 2
    pen.line(pixels, fill=fill, width=round(2 * half), joint="curve")
    for x, y in (pixels[0], pixels[-1]):
        pen.ellipse((x - half, y - half, x + half, y + half), fill=fill)


def _shifted(mask: Image.Image, dx: int, dy: int) -> Image.Image:
    shifted = Image.new("L", mask.size, 0)
    shifted.paste(mask, (dx, dy))
    return shifted


@cache
def _backdrop(ground: Colour) -> Image.Image:
    side = SIZE * 2
    picture = Image.new("RGB", (side, side), ground)
    # On the grid of four on which Pillow looks up palette colours, so that every disc comes out the same.
    red, green, blue = (channel // 4 * 4 for channel in light(ground, 0.42))
    reach = side * 0.43
    middle = side / 2
    ImageDraw.Draw(picture).ellipse(
        (middle - reach, middle - reach, middle + reach, middle + reach), fill=(red, green, blue)
    )
    return picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
