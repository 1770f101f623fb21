"""What a format makes of a file, before anything is cleaned or stored."""

from pathlib import Path

from crm.registers.formats.contract import Draft, Format
from crm.registers.rows import Rows


def drafts(form: Format, path: Path) -> list[Draft]:
    """The organisations of the rows of a file."""
    rows = Rows(form, path)
    return [form.read(rows.named(row.fields)) for row in rows if row.fields is not None]


def table(folder: Path, *rows: list[str], name: str = "file.tsv", between: str = "\t") -> Path:
    """A file of these rows, the first of them its titles."""
    path = folder / name
    path.write_text("\n".join([*(between.join(row) for row in rows), ""]), encoding="utf-8")
    return path
