"""The demo's pictures hang where the shop serves them from, one for each thing, and nobody's own is painted over."""

import csv
from pathlib import Path

from PIL import Image

from demo.gallery import hang_all
from demo.load import PRODUCTS


def test_every_product_shows_a_picture_that_can_be_opened(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    hung = hang_all(tmp_path / "images", lambda done, total: told.append((done, total)))
    with PRODUCTS.open(encoding="utf-8", newline="") as rows:
        shown = [row["image_url"].removeprefix("/images/") for row in csv.DictReader(rows)]
    assert hung == len(set(shown))  # variants share theirs
    assert told[-1] == (hung, hung)
    for name in shown:
        with Image.open(tmp_path / "images" / name) as picture:
            assert picture.size == (480, 480)


def test_only_what_is_missing_is_hung(tmp_path: Path) -> None:
    hang_all(tmp_path)
    own, lost = tmp_path / "TEAPOT-RED.png", sorted(tmp_path.iterdir())[0]
    own.write_bytes(b"the shop's own picture")
    lost.unlink()
    assert hang_all(tmp_path) == 1
    assert lost.exists()
    assert own.read_bytes() == b"the shop's own picture"
    assert not list(tmp_path.glob("*.part"))
