"""The lines of a published file, whether it is plain, gzip or zip."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from crm import published
from crm.published import NotLoaded
from crm.registers.decoding import decoded

BUFFER = 1 << 18
TABLES = (".csv", ".tsv", ".txt")


class WrongArchive(NotLoaded):
    """The zip file does not hold exactly one table."""


class Source:
    """A file's lines, once, and how much of it was read."""

    def __init__(self, path: Path, encoding: str = "") -> None:
        self.path, self.encoding = path, encoding
        self._raw: BinaryIO | None = None
        self._size = 1

    @property
    def share(self) -> float:
        """Of the file as it lies there, 0 to 1; 1 once it is closed."""
        try:
            return self._raw.tell() / self._size if self._raw else 0.0
        except ValueError:
            return 1.0

    def lines(self) -> Iterator[str]:
        """Give the lines with their ends; refused when cut, empty or in another encoding."""
        path = self.path
        with published.reading(path), path.open("rb") as self._raw:
            self._size = max(path.stat().st_size, 1)
            with _unpacked(self._raw, path) as file:
                yield from decoded(file, path.name, self.encoding)


@contextmanager
def _unpacked(raw: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    magic = raw.read(4)
    raw.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        with gzip.open(raw) as unpacked:
            yield _buffered(unpacked)
    elif magic.startswith(b"PK"):
        with zipfile.ZipFile(raw) as archive, archive.open(_table(archive, path)) as packed:
            yield _buffered(packed)
    else:
        yield raw


def _buffered(unpacked: object) -> BinaryIO:
    """What gives its lines without a call of Python for each."""
    return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, unpacked), BUFFER))


def _table(archive: zipfile.ZipFile, path: Path) -> str:
    tables = [name for name in archive.namelist() if name.lower().endswith(TABLES)]
    if len(tables) == 1:
        return tables[0]
    held = ", ".join(tables) or "none"
    raise WrongArchive(
        f"{path.name} must hold exactly one .csv, .tsv or .txt file; it holds: {held}. "
        "Unpack it and load the file itself."
    )
