"""Which facts fill a column of the organisation or of the person, and in which writing."""

from typing import Any

from django.core.exceptions import ValidationError

from leads.facts.facts import FACTS
from leads.identity import candidate
from leads.models import Contact, Organisation

# The fields that have a column of the same name. Its name an organisation has from the first day.
OF_ORGANISATION = ("website", "phone", "address", "postcode", "company_number", "employees")
OF_CONTACT = ("name", "job_title", "email", "phone")
LONGEST_NAME = 200


def of(row: Organisation | Contact, name: str) -> Any:
    """Give what stands in the column of a field; "" where nothing does, or where it has none."""
    columns = OF_ORGANISATION if isinstance(row, Organisation) else OF_CONTACT
    value = getattr(row, name) if name in columns else ""
    return "" if value is None else value


def has(row: Organisation | Contact | None, name: str) -> bool:
    """Say whether the field has a column; None stands for a person who is new."""
    return name in (OF_ORGANISATION if isinstance(row, Organisation) else OF_CONTACT)


def of_organisation(name: str, value: Any) -> Any:
    """Write the value as the column holds it; raises ValidationError where that can't be."""
    if name == "company_number":
        return str(value)[:8]
    return FACTS[name].read(str(value))


def of_contact(name: str, value: Any) -> str:
    """Write the value as the column holds it; raises ValidationError where that can't be."""
    said = " ".join(str(value).split())
    if name == "email":
        written = candidate.email(said)
        if not written:
            raise ValidationError("That is no address that mail may go to.")
        return written
    if name == "phone":
        return candidate.phone(said)
    return said[:LONGEST_NAME]
