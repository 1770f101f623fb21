"""Which form a file has: that of a mapping, or one of the layouts of a known register."""

import csv
from contextlib import suppress
from pathlib import Path

from crm.published import NotLoaded
from crm.registers.formats import mapped
from crm.registers.formats.contract import Format
from crm.registers.formats.known import layouts_of
from crm.registers.lines import Source


def form_for(name: str, path: Path, encoding: str = "") -> Format:
    """The form for a file, by the name of its register or that of a mapping file."""
    if name.endswith(".toml"):
        return mapped.read(Path(name))
    return fitting(name, path, encoding)


def fitting(slug: str, path: Path, encoding: str = "") -> Format:
    """The layout whose titles all stand in the file's first line; the usual one where none has.

    A file that cannot be read fits the usual one, too: whoever reads it whole says why.
    """
    usual, *others = layouts_of(slug)
    if not others:
        return usual
    first = ""
    with suppress(NotLoaded):
        first = next(iter(Source(path, encoding).lines()), "")
    return next((layout for layout in (usual, *others) if _fits(layout, first)), usual)


def _fits(layout: Format, first: str) -> bool:
    table = csv.reader(
        [first],
        delimiter=layout.delimiter,
        quoting=csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE,
    )
    titles = {title.strip() for title in next(table, [])}
    needed = {title for ours, title in layout.columns.items() if ours not in layout.optional}
    return needed <= titles
