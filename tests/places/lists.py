"""Small published lists of postcodes, as they look."""

import zipfile
from pathlib import Path

HEADER = "pcd,pcd2,pcds,dointr,doterm,oscty,oseast1m,osnrth1m,lat,long,imd"
NEWER = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,east1m,north1m,lat,long,imd"
AREA = '"QX11AA",10,394251,806376,"S92000003","","S08000020","","S12000033","S13002842"\n'
NOTES = "PRODUCT: Code-Point Open\nCOPYRIGHT DATE: 20250205\nRM UPDATE DATE: 20250118\n"


def row(
    postcode: str,
    latitude: float | str = 52.5,
    longitude: float | str = -1.5,
    began: str = "198001",
    ended: str = "",
) -> str:
    """A row of the directory."""
    compact = postcode.replace(" ", "")
    cells = [compact, compact, postcode, began, ended, "E99", "1", "2"]
    return ",".join(f'"{cell}"' for cell in [*cells, latitude, longitude, "7"])


def directory(folder: Path, *rows: str, header: str = HEADER, name: str = "ONSPD_UK.csv") -> Path:
    """The directory as an unpacked CSV."""
    path = folder / name
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8-sig")
    return path


def code_point(folder: Path, areas: dict[str, str], notes: str = NOTES) -> Path:
    """Code-Point Open as the zip that is published."""
    path = folder / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO\nPostcode,x,y,z\n")
        archive.writestr("Doc/metadata.txt", notes)
        for area, text in areas.items():
            archive.writestr(f"Data/CSV/{area}.csv", text)
    return path
