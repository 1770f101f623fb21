"""What the register in our own database says of a company: at once, and as of its file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from crm.registers import sic
from crm.registers.links import COMPANIES
from crm.registers.models import RegisterEntry
from crm.registers.words import humane
from enrichment import given
from enrichment.companies_house import fitting, words
from enrichment.companies_house.fitting import Company, Judge, Subject
from enrichment.companies_house.steps import Outcome
from enrichment.companies_house.telling import Page
from enrichment.told import Told


def find(number: str) -> RegisterEntry | None:
    """Give the entry of a number; None where the register does not list it."""
    listed = RegisterEntry.objects.listed().filter(register_id=COMPANIES, number=number)
    return listed.select_related("register").first()


def told(who: Subject, entry: RegisterEntry, judge: Judge = fitting.by_name) -> Outcome:
    """Tell what the entry says, if the company is the one that is meant."""
    former = [name for each in _former(entry) if (name := given.text(each, "name"))]
    if why := judge(who, Company([entry.name, *former], entry.postcode)):
        return Outcome([], [why])
    return Outcome(list(_read(entry)), [])


def _read(entry: RegisterEntry) -> Iterator[Told]:
    facts: dict[str, Any] = entry.facts or {}
    as_of = entry.last_seen or entry.register.as_of
    page = Page(entry.number, as_of)
    yield from page.tell("legal_name", entry.name, entry.name)
    yield from page.tell("company_number", entry.number, entry.number)
    usual = "active" if entry.status == "active" else "dissolved"
    status = given.text(facts, "status")
    yield from page.tell("company_status", words.spoken(status) or words.STATUSES[usual], status)
    form = given.text(facts, "legal_form")
    yield from page.tell("company_type", _form(form), form)
    yield from page.tell("incorporated_on", entry.opened_date)
    codes = [code for code in (entry.trade, *(entry.more_trades or ())) if sic.label(code)]
    yield from page.tell("sic_codes", codes, ", ".join(codes))
    address = ", ".join(filter(None, (entry.address, entry.town)))
    yield from page.tell("address", address, entry.address)
    yield from page.tell("postcode", entry.postcode, entry.postcode)
    kind = given.text(facts, "accounts")
    yield from page.tell("accounts_type", kind, kind)
    yield from page.tell("accounts_made_up_to", given.day(facts, "accounts_made_up"))
    due = given.day(facts, "accounts_due")
    yield from page.tell("accounts_due_on", due)
    yield from _late(page, entry, due, as_of)
    yield from page.tell("charges_outstanding", given.whole(facts, "charges_outstanding"))


def _late(page: Page, entry: RegisterEntry, due: date | None, as_of: date) -> Iterator[Told]:
    """What was due before the day of the file is overdue, while there is somebody to file it."""
    if due and entry.status == "active":
        yield from page.tell("is_late_with_accounts", due < as_of)


def _former(entry: RegisterEntry) -> list[given.Given]:
    return list(given.items(entry.facts or {}, "former_names"))


def _form(text: str) -> str:
    """The legal form in the words that Companies House's service has for it."""
    known = {form.casefold(): form for form in words.TYPES.values()}
    return known.get(text.casefold(), humane(text))
