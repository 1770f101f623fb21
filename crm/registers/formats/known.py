"""The registers that can be loaded: add one with a file beside this one and a line here."""

from crm.registers.formats import dentists, nhs_practices, pharmacies, schools
from crm.registers.formats.contract import Format

FORMATS = [
    nhs_practices.FORMAT,
    dentists.FORMAT,
    pharmacies.FORMAT,
    schools.FORMAT,
]


class UnknownRegister(LookupError):
    """No register has this name; the message lists those that exist."""


def format_of(slug: str) -> Format:
    """The register of this name."""
    for known in FORMATS:
        if known.slug == slug:
            return known
    names = ", ".join(known.slug for known in FORMATS)
    raise UnknownRegister(f"There is no register called {slug}. Choose one of: {names}.")
