"""Owns the product pictures: chooses a motif by the words of a name and writes the PNG files."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PIL import Image

from demo import motifs_carry as carry
from demo import motifs_garden as garden
from demo import motifs_gift as gift
from demo import motifs_home as home
from demo import motifs_kitchen as kitchen
from demo import motifs_paper as paper
from demo import motifs_party as party
from demo import motifs_table as table
from demo.canvas import SIZE, Canvas, Colour
from demo.looks import Look, look_of, says

Motif = Callable[[Canvas, Look], None]

# The first keyword found in a name decides, so longer phrases stand before the words in them.
MOTIFS: tuple[tuple[str, Motif], ...] = (
    ("apron", kitchen.apron),
    ("tea towel", kitchen.towel),
    ("oven mitt", kitchen.mitt),
    ("cutting board", kitchen.board),
    ("serving board", kitchen.board),
    ("wooden spoon", kitchen.spoons),
    ("storage jar", kitchen.jar),
    ("skillet", kitchen.skillet),
    ("dutch oven", kitchen.dutch_oven),
    ("timer", kitchen.timer),
    ("cake tin", kitchen.cake_tins),
    ("cookie tin", kitchen.cookie_tin),
    ("rolling pin", kitchen.rolling_pin),
    ("whisk", kitchen.whisk),
    ("cookie cutter", kitchen.cutters),
    ("baking cup", kitchen.baking_cups),
    ("muffin pan", kitchen.muffin_pan),
    ("sprinkles", kitchen.sprinkles),
    ("mug", table.mug),
    ("teapot", table.teapot),
    ("kettle", table.kettle),
    ("french press", table.french_press),
    ("saucer", table.cup_and_saucer),
    ("tea bag", table.tea_box),
    ("coffee", table.coffee_bag),
    ("plate", table.plate),
    ("bowl", table.bowl),
    ("cutlery", table.cutlery),
    ("tray", table.tray),
    ("cake stand", table.cake_stand),
    ("tumbler", table.tumblers),
    ("pitcher", table.pitcher),
    ("napkin", table.napkins),
    ("tablecloth", table.folded),
    ("blanket", table.folded),
    ("throw", table.throw),
    ("cushion", home.cushion),
    ("table lamp", home.table_lamp),
    ("desk lamp", home.desk_lamp),
    ("alarm clock", home.alarm_clock),
    ("clock", home.wall_clock),
    ("vase", home.vase),
    ("picnic basket", carry.hamper),
    ("basket", carry.basket),
    ("doormat", home.doormat),
    ("frame", home.frame),
    ("mirror", home.mirror),
    ("birthday candle", party.birthday_candles),
    ("taper candle", home.tapers),
    ("tea light", home.tea_lights),
    ("candle", home.candle),
    ("lantern", home.lantern),
    ("diffuser", home.diffuser),
    ("soap", home.soap),
    ("tote", carry.tote),
    ("lunch bag", carry.lunch_bag),
    ("water bottle", carry.bottle),
    ("lunch box", carry.lunch_box),
    ("notebook", paper.notebook),
    ("fountain pen", paper.fountain_pen),
    ("colored pencil", paper.pencils),
    ("pencil case", paper.pencil_case),
    ("pen", paper.pen),
    ("ink", paper.ink),
    ("envelope", paper.envelopes),
    ("writing paper", paper.writing_paper),
    ("wax seal", paper.wax_seal),
    ("washi tape", paper.tape),
    ("scissors", paper.scissors),
    ("card", gift.card),
    ("gift wrap", gift.wrap),
    ("ribbon", gift.ribbon),
    ("gift bag", gift.gift_bag),
    ("gift box", gift.gift_boxes),
    ("gift tag", gift.gift_tags),
    ("plant pot", garden.plant_pot),
    ("watering can", garden.watering_can),
    ("seed", garden.seed_packet),
    ("trowel", garden.trowel),
    ("hand fork", garden.hand_fork),
    ("gardening glove", garden.gloves),
    ("twine", garden.twine),
    ("birdhouse", garden.birdhouse),
    ("plant label", garden.plant_labels),
    ("bunting", party.bunting),
    ("balloon", party.balloons),
    ("straw", party.straws),
    ("paper cup", party.paper_cups),
    ("party hat", party.party_hats),
    ("star garland", party.star_garland),
    ("string light", party.string_lights),
)

# Multiples of four: Pillow looks up the nearest palette entry on a grid of that step, so only these come out
# exact, and neighbours on the shelf share one background.
_GROUNDS: dict[str, Colour] = {
    "kitchen": (240, 216, 184),
    "tea & coffee": (208, 216, 196),
    "tableware": (200, 216, 224),
    "baking": (244, 208, 200),
    "home": (224, 212, 224),
    "candles & scent": (232, 212, 192),
    "stationery": (248, 224, 176),
    "garden": (200, 224, 204),
    "party": (248, 208, 184),
    "cards & gift wrap": (216, 208, 228),
    "lunch & picnic": (192, 220, 216),
}
_COMMON, _FILLS, _BLENDS = 56, 88, 40
_PLAIN_GROUND: Colour = (228, 216, 208)

# A pot comes in three sizes, and the shelf should show it.
_SIZES = (("small", 0.9), ("large", 1.25))
_USUAL_SIZE = 1.1


@dataclass(frozen=True, kw_only=True)
class ProductPicture:
    """What a picture is drawn from."""

    product_id: str
    name: str
    category: str


def motif_for(name: str) -> Motif:
    """Return the motif of the first keyword in the name; a wrapped parcel when none is known."""
    words = name.lower()
    return next((motif for keyword, motif in MOTIFS if says(words, keyword)), gift.gift_boxes)


def draw(product: ProductPicture) -> Image.Image:
    """Draw one product.

    Returns:
        A 480 x 480 palette image; the same product always gives the same pixels.
    """
    canvas = Canvas()
    motif_for(product.name)(canvas, look_of(product.name, product.product_id))
    size = next((scale for word, scale in _SIZES if says(product.name.lower(), word)), _USUAL_SIZE)
    picture = canvas.mounted(_GROUNDS.get(product.category, _PLAIN_GROUND), size)
    return _reduced(picture, canvas.inks)


def _reduced(picture: Image.Image, inks: set[Colour]) -> Image.Image:
    # Median cut alone merges small bright spots, such as a flame, into whatever is near: the inks and the
    # colours that fill most pixels are kept as they are, and only the blends along edges are averaged.
    # Every other pixel tells enough about both, in a quarter of the time.
    sample = picture.resize((SIZE // 2, SIZE // 2), Image.Resampling.NEAREST)
    counts = cast("list[tuple[int, Colour]]", sample.getcolors(SIZE * SIZE))
    common = [colour for _, colour in sorted(counts, reverse=True)[:_COMMON]]
    fills = list(dict.fromkeys([*common, *sorted(inks)]))[:_FILLS]
    blends = sample.quantize(_BLENDS, Image.Quantize.MEDIANCUT).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in fills for channel in colour] + blends[: 3 * _BLENDS])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def draw_all(csv_path: Path, folder: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Write `<product_id>.png` for every product that has no picture yet.

    Args:
        csv_path: a product file with the columns product_id, name and category.
        folder: where the pictures go; made when missing.
        progress: called after each product with the number done and the number of products.

    Returns:
        How many pictures were written.

    Raises:
        OSError: the file cannot be read or the folder cannot be written.
        KeyError: a column is missing.
    """
    with csv_path.open(newline="", encoding="utf-8") as file:
        products = [
            ProductPicture(product_id=row["product_id"], name=row["name"], category=row["category"])
            for row in csv.DictReader(file)
        ]
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for done, product in enumerate(products, start=1):
        target = folder / f"{product.product_id}.png"
        if not target.exists():
            # A half-written picture would be skipped for ever, so it only gets its name when whole.
            draft = target.with_suffix(".part")
            draw(product).save(draft, format="PNG", optimize=True)
            draft.replace(target)
            written += 1
        if progress:
            progress(done, len(products))
    return written
