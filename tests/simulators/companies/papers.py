"""The documents behind filings: what there is of each, and its bytes."""

from dataclasses import dataclass
from typing import Any

from tests.simulators.companies import ixbrl
from tests.simulators.companies.codes import etag, opaque, opened
from tests.simulators.companies.history import DOCUMENT
from tests.simulators.companies.register import Company, Register
from tests.simulators.truth import accounts
from tests.simulators.truth.accounts import Accounts

PDF, XHTML = "application/pdf", "application/xhtml+xml"


@dataclass(frozen=True)
class Paper:
    """One year's accounts of a company."""

    code: str
    company: Company
    year: Accounts
    before: Accounts | None

    @property
    def kinds(self) -> list[str]:
        found = [PDF] if self.year.as_pdf else []
        return found + ([XHTML] if self.year.form != "pdf" else [])

    def content(self, kind: str) -> bytes:
        if kind == PDF:
            return pdf(f"{self.company.name} {self.year.year_end}")
        assert self.company.one is not None
        text = ixbrl.document(self.company.one, self.year, self.before)
        return (ixbrl.damaged(text) if self.year.form == "broken" else text).encode()


def find(register: Register, code: str) -> Paper | None:
    place = opened(code) if len(code) == DOCUMENT else None
    company = register.by_number(place[0]) if place else None
    if place is None or company is None or company.one is None:
        return None
    years = accounts.filed(company.one)
    if place[1] >= len(years):
        return None
    before = years[place[1] + 1] if place[1] + 1 < len(years) else None
    return Paper(code, company, years[place[1]], before)


def code_of(company: Company, at: int = 0) -> str:
    """The id of the document of the nth newest accounts."""
    return opaque(company.number, at, DOCUMENT)


def metadata(paper: Paper, base: str) -> dict[str, Any]:
    year = paper.year
    link = f"{base}/document/{paper.code}"
    return {
        "id": paper.code,
        "company_number": paper.company.number,
        "barcode": f"X{etag(paper.code)[:7].upper()}",
        "significant_date": f"{year.year_end}T00:00:00Z",
        "significant_date_type": "made-up-date",
        "category": "accounts",
        "pages": 4,
        "filename": f"{paper.company.number}_aa_{year.filed}",
        "created_at": f"{year.filed}T10:02:11Z",
        "etag": "",
        "links": {"self": link, "document": f"{link}/content"},
        "resources": {
            kind: {
                "content_length": len(paper.content(kind)),
                "created_at": f"{year.filed}T10:02:11Z",
            }
            for kind in paper.kinds
        },
    }


def pdf(title: str) -> bytes:
    """One page that is a scanned picture: nothing in it can be read as text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        f"<< /Title ({title}) >>".encode("latin-1", "replace"),
    ]
    body, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for at, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (at, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, len(body))
    )
