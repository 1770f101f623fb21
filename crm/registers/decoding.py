"""Bytes to lines of text, with a sentence when they are not in the encoding they should be."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from crm.published import CutFile, NotLoaded

MARKS = [
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
WIDE = ("utf-16", "utf-32")


class EmptyFile(NotLoaded):
    """There is nothing in the file."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} is empty. Download it again.")


class WrongEncoding(NotLoaded):
    """The file's signs are not those of the encoding it is read in."""


def decoded(file: BinaryIO, name: str, encoding: str) -> Iterator[str]:
    """The lines of a file in the given encoding, or the one its first bytes tell, else UTF-8."""
    start = file.read(4)
    if not start:
        raise EmptyFile(name)
    encoding = encoding or next((of for mark, of in MARKS if start.startswith(mark)), "UTF-8")
    try:
        known = codecs.lookup(encoding).name
        # Some codecs are no encodings of text; only using one tells.
        bytes(4).decode(known, errors="ignore")
    except LookupError:
        raise WrongEncoding(
            f"There is no encoding called {encoding}. Name one like utf-8 or cp1252."
        ) from None
    if known.startswith(WIDE):
        yield from _wide(start, file, name, encoding)
    elif known == "utf-8":
        yield from _narrow(start.removeprefix(codecs.BOM_UTF8), file, name, encoding)
    else:
        yield from _narrow(start, file, name, encoding)


def _narrow(start: bytes, file: BinaryIO, name: str, encoding: str) -> Iterator[str]:
    first = start if start.endswith(b"\n") else start + file.readline()
    number = 0
    for number, line in enumerate(_after(first, file), start=1):
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError as error:
            raise _refusal(error, name, number, encoding, is_last=not file.read(1)) from error
        if "\0" in text:
            raise WrongEncoding(
                f"Line {number} of {name} holds zero bytes: it is no text, or in UTF-16. "
                "Try --encoding utf-16."
            )
        yield text


def _after(first: bytes, file: BinaryIO) -> Iterator[bytes]:
    # Four bytes that were read ahead may hold the end of a line.
    yield from first.splitlines(keepends=True)
    yield from file


def _wide(start: bytes, file: BinaryIO, name: str, encoding: str) -> Iterator[str]:
    # A line's end is not one byte here, so the file is read whole; registers are small enough.
    try:
        yield from io.StringIO((start + file.read()).decode(encoding), newline="")
    except UnicodeDecodeError as error:
        if error.reason == "truncated data":
            raise CutFile(name, "its last sign is half") from error
        raise WrongEncoding(
            f"{name} is not in {encoding} (byte {error.start}). Name its encoding, "
            "for example --encoding cp1252."
        ) from error


def _refusal(
    error: UnicodeDecodeError, name: str, number: int, encoding: str, *, is_last: bool
) -> NotLoaded:
    if is_last and error.reason == "unexpected end of data" and error.end == len(error.object):
        return CutFile(name, f"line {number} ends within a sign")
    return WrongEncoding(
        f"Line {number} of {name} is not in {encoding} (byte 0x{error.object[error.start]:02x}). "
        "Save the file as UTF-8 or name its encoding, for example --encoding cp1252."
    )
