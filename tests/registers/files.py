"""Published files in small."""

from pathlib import Path

NHS_ROW = (
    '"{code}","{name}","Y54","QK1","{first}","EAST PARK ROAD","LEICESTER","LEICESTERSHIRE","",'
    '"{postcode}","{opened}","{closed}","{status}","B","04C","20130401","","0116 2736333","","",'
    '"","0","","04C","","{setting}",""'
)


def nhs(**fields: str) -> str:
    """A line of epraccur."""
    usual = {
        "code": "C82001",
        "name": "THE SURGERY",
        "first": "386",
        "postcode": "LE5 5HH",
        "opened": "19740401",
        "closed": "",
        "status": "A",
        "setting": "4",
    }
    return NHS_ROW.format(**usual | fields)


def dentists(*rows: str) -> str:
    """A file of dentists; a row is number, name, address and postcode with tabs between."""
    return "\n".join(["test\tname\ttext\tpostcode", *rows, ""])


def practice(number: int, name: str = "", postcode: str = "LE5 5HH") -> str:
    """A row of a dentist."""
    name = name or f"PRACTICE {number}"
    return f"GDP:V{number:05}\t{name}\t{name}, {number} EAST PARK ROAD, LEICESTER\t{postcode}"


def written(folder: Path, content: str | bytes, name: str = "dentists.tsv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
