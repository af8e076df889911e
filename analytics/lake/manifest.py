"""What lies in the lake: each file with its rows and its checksum, as `manifest.json` beside them says."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel, ValidationError

VERSION = 1


class KeptFile(BaseModel):
    """A file, by its path below the manifest's folder; `mark` is another one where its rows are."""

    path: str
    day: date | None = None
    rows: int
    bytes: int
    sha256: str
    mark: str


class KeptTable(BaseModel):
    """A table: its columns with their types in Postgres, and by which of them its files are divided into days."""

    rows: int
    columns: dict[str, str]
    by_day_of: str | None = None
    files: list[KeptFile]


class Manifest(BaseModel):
    """All of them, and the last day that the warehouse counted."""

    version: int = VERSION
    made_at: datetime
    as_of: date | None
    tables: dict[str, KeptTable]

    def written(self) -> str:
        """As it is kept."""
        return json.dumps(self.model_dump(mode="json"), indent=1) + "\n"


def files_of(content: bytes | None) -> Mapping[str, tuple[dict[str, str], KeptFile]]:
    """The files of a manifest with the columns of their tables; none of one that is missing, damaged or older."""
    try:
        manifest = Manifest.model_validate_json(content or b"")
    except ValidationError:
        return {}
    if manifest.version != VERSION:
        return {}
    return {file.path: (table.columns, file) for table in manifest.tables.values() for file in table.files}
