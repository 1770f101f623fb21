"""Why a file that somebody published is not loaded."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What the modules of the standard library say of an archive that is not whole.
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)


class NotLoaded(Exception):
    """A file that cannot be loaded; the message says what is wrong, where, and the cure."""


class CutFile(NotLoaded):
    """The file ends before its end."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"{file} is cut in the middle: {what}. Download it again.")


class NoSuchFile(NotLoaded):
    """There is nothing to read."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"{path} cannot be read: {error.strerror or error}.")


class OddArchive(NotLoaded):
    """An archive with a password, or packed in a way that is not known here."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(
            f"{path.name} cannot be unpacked here ({error}). Unpack it and load what is in it."
        )


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say what goes wrong with a file in one sentence."""
    try:
        yield
    except BROKEN as error:
        raise CutFile(path.name, f"it cannot be unpacked ({error})") from error
    # What zipfile says of a way of packing is a child of what it says of a password.
    except RuntimeError as error:
        if isinstance(error, NotImplementedError) or "password" in str(error):
            raise OddArchive(path, error) from error
        raise
    except OSError as error:
        raise NoSuchFile(path, error) from error
