"""Folders and buckets by their address (fsspec): what lies there, reading it in blocks, keeping copies."""

import hashlib
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import fsspec

_BLOCK = 1 << 20  # bytes
CONNECT_SECONDS, ANSWER_SECONDS = 5, 20  # a bucket that is slower is away
_STAMPS = ("ETag", "etag", "checksum", "generation")
_CHANGED = ("LastModified", "mtime", "last_modified", "updated")


@dataclass
class Unreachable(Exception):
    """A folder or bucket does not answer, or lets nobody in; `reason` quotes no secret."""

    address: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A file that lies in a folder: `stamp` is another one where its content may be another."""

    path: str
    name: str
    bytes: int
    stamp: str
    changed_at: datetime | None


class Folder:
    """A folder or bucket, which may be away."""

    def __init__(self, address: str) -> None:
        """`address` is of any kind that fsspec knows: a path, `file://…`, `s3://bucket/folder`."""
        self.address = address
        self._there: tuple[Any, str] | None = None

    def files(self, pattern: str = "*") -> list[Found]:
        """What lies directly in it under such a name, the oldest first; nothing where the folder is not there yet.

        A link is passed over: it may lead to what its maker may not read.

        Raises:
            Unreachable: it does not answer, or refuses.
        """
        with self._reached() as (system, root):
            system.invalidate_cache()
            try:
                entries = system.ls(root, detail=True)
            except FileNotFoundError:
                return []
            found = [_found(entry) for entry in entries if entry["type"] == "file" and not entry.get("islink")]
        early = datetime.min.replace(tzinfo=UTC)
        named = [file for file in found if file.name and fnmatchcase(file.name, pattern)]
        return sorted(named, key=lambda file: (file.changed_at or early, file.name))

    def below(self, path: str) -> list[tuple[str, Found]]:
        """All files below a folder of it, however deep, each with its path from here.

        Raises:
            Unreachable: it does not answer, or refuses.
        """
        with self._reached() as (system, root):
            system.invalidate_cache()
            try:
                entries = system.find(posixpath.join(root, path), detail=True).values()
            except FileNotFoundError:
                return []
            return [(posixpath.relpath(entry["name"], root), _found(entry)) for entry in entries]

    def fetch(self, file: Found, to: Path) -> str | None:
        """Copies a file to this machine and returns its SHA-256; None where it changed or went meanwhile.

        Raises:
            Unreachable: it does not answer, or refuses.
        """
        digest, size = hashlib.sha256(), 0
        with self._reached() as (system, _):
            try:
                with system.open(file.path, "rb") as source, to.open("wb") as target:
                    while (block := source.read(_BLOCK)) and size <= file.bytes:
                        digest.update(block)
                        target.write(block)
                        size += len(block)
                system.invalidate_cache()
                now = _found(system.info(file.path))
            except FileNotFoundError:
                return None
        return digest.hexdigest() if size == file.bytes and now.stamp == file.stamp else None

    def keep(self, source: Path, path: str) -> None:
        """Puts a copy below the folder; there is never half of one under that name.

        Raises:
            Unreachable: it does not answer, or refuses.
        """
        with self._reached() as (system, root):
            whole = posixpath.join(root, path)
            system.makedirs(posixpath.dirname(whole), exist_ok=True)
            if not _is_local(system):
                system.put_file(str(source), whole)
                return
            system.put_file(str(source), f"{whole}.part")
            system.mv(f"{whole}.part", whole)

    def remove(self, file: Found) -> None:
        """Takes a file away; nothing where it has gone.

        Raises:
            Unreachable: it does not answer, or refuses.
        """
        with self._reached() as (system, _):
            try:
                system.rm_file(file.path)
            except FileNotFoundError:
                return

    @contextmanager
    def _reached(self) -> Iterator[tuple[Any, str]]:
        try:
            if self._there is None:
                is_s3 = self.address.startswith(("s3://", "s3a://"))
                options = _of_s3() if is_s3 else {}
                self._there = fsspec.core.url_to_fs(self.address, skip_instance_cache=True, **options)
                if is_s3:
                    self._there[0].retries = 1  # it is looked at again in a minute
            yield self._there
        except Exception as error:  # each kind of folder has errors of its own, which share no parent
            raise Unreachable(self.address, _reason(error)) from error


def _of_s3() -> dict[str, Any]:
    """How long a bucket is waited for; by itself it would be minutes, in which no other folder has its turn."""
    waits = {"connect_timeout": CONNECT_SECONDS, "read_timeout": ANSWER_SECONDS, "retries": {"total_max_attempts": 1}}
    return {"config_kwargs": waits, "use_listings_cache": False}


def _is_local(system: Any) -> bool:
    return "file" in ((system.protocol,) if isinstance(system.protocol, str) else system.protocol)


def _found(entry: dict[str, Any]) -> Found:
    size = int(entry.get("size") or 0)
    changed = next((entry[key] for key in _CHANGED if entry.get(key) is not None), None)
    if isinstance(changed, int | float):
        changed = datetime.fromtimestamp(changed, UTC)
    tag = next((str(entry[key]) for key in _STAMPS if entry.get(key)), "")
    return Found(
        path=entry["name"],
        name=_readable(posixpath.basename(entry["name"])),
        bytes=size,
        stamp=f"{tag or size}@{changed.isoformat() if changed else ''}",
        changed_at=changed,
    )


def _readable(name: str) -> str:
    """A name without bytes that are no text and signs that cannot be seen, which no ledger holds."""
    text = name.encode(errors="surrogateescape").decode(errors="replace")
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _reason(error: Exception) -> str:
    """Why, in a line; what a service says may be long, and holds no secret before its first line ends."""
    return f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')[:200]}"
