"""The tables in a published file, whether it is plain, gzip, zip or an unpacked folder."""

import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from crm import published
from crm.published import NotLoaded

ENDINGS = (".csv", ".txt")


@dataclass(frozen=True, slots=True)
class Table:
    """One file of text within what was published; its name is the path from there."""

    name: str
    path: Path
    archive: zipfile.ZipFile | None = None

    @contextmanager
    def lines(self) -> Iterator[IO[str]]:
        """Its text, line by line."""
        with self._bytes() as file, io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
            yield text

    @contextmanager
    def _bytes(self) -> Iterator[IO[bytes]]:
        if self.archive:
            with self.archive.open(self.name) as file:
                yield file
        elif _magic(self.path).startswith(b"\x1f\x8b"):
            with gzip.open(self.path) as unpacked:
                yield cast(IO[bytes], unpacked)
        else:
            with self.path.open("rb") as file:
                yield file


@contextmanager
def tables(path: Path) -> Iterator[list[Table]]:
    """The tables at a path; what goes wrong while they are read is said in one sentence."""
    try:
        with published.reading(path):
            yield from _tables(path)
    except UnicodeDecodeError as error:
        raise NotLoaded(
            f"{path.name} is no text in UTF-8 (byte 0x{error.object[error.start]:02x}). "
            "Load the file as it was published."
        ) from error


def _tables(path: Path) -> Iterator[list[Table]]:
    if path.is_dir():
        found = (each for each in path.rglob("*") if each.name.lower().endswith(ENDINGS))
        yield [Table(str(each.relative_to(path)), each) for each in sorted(found)]
    elif _magic(path).startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if n.lower().endswith(ENDINGS))
            yield [Table(name, path, archive) for name in names]
    else:
        yield [Table(path.name, path)]


def digest(path: Path) -> str:
    """One word for the content of a file, or of the tables in a folder."""
    parts = sorted(path.rglob("*")) if path.is_dir() else [path]
    whole = hashlib.sha256()
    for part in parts:
        if part == path or part.name.lower().endswith(ENDINGS):
            with part.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def _magic(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)
