"""The products' pictures: one PNG for each thing in `demo/pictures/`, hung where the shop serves its images from."""

import shutil
from collections.abc import Callable
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"


def hang_all(folder: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Copies each picture that is not there yet; returns how many. One of the shop's own is left alone.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = sorted(PICTURES.glob("*.png"))
    hung = 0
    for done, picture in enumerate(pictures, start=1):
        target = folder / picture.name
        if not target.exists():
            draft = target.with_suffix(".part")  # a half-written one would be skipped for ever
            shutil.copyfile(picture, draft)
            draft.replace(target)
            hung += 1
        if progress:
            progress(done, len(pictures))
    return hung
