"""The numbers by which Companies House knows a company."""

# Where everybody may read what it knows of one, by its number.
COMPANY_PAGE = "https://find-and-update.company-information.service.gov.uk/company/"


def company_number(text: str) -> str:
    """The number as it is published: with the zeros that a spreadsheet took away."""
    written = text.replace(" ", "").upper()
    if not written.strip("0"):
        return ""
    return written.zfill(8) if written.isdigit() else written
