"""A company's profile: what it is, where it is registered, how it stands with its filings."""

from collections.abc import Iterator

from crm.outside.key import Key
from crm.places.postcode import NotAPostcode, parse
from crm.registers import addresses
from crm.registers.words import humane
from enrichment import given
from enrichment.companies_house import kept, words
from enrichment.companies_house.kept import VALUE, Answers, Kept
from enrichment.companies_house.telling import Page
from enrichment.given import Given
from enrichment.told import Told

SLUG = "profile"
LINES = ("care_of", "po_box", "premises", "address_line_1", "address_line_2", "locality")
LINKS = (
    "self", "charges", "insolvency", "persons_with_significant_control",
    "persons_with_significant_control_statements",
)  # fmt: skip
SHAPE = {
    "company_name": VALUE,
    "company_number": VALUE,
    "company_status": VALUE,
    "company_status_detail": VALUE,
    "type": VALUE,
    "date_of_creation": VALUE,
    "date_of_cessation": VALUE,
    "sic_codes": [VALUE],
    "previous_company_names": [{"name": VALUE, "ceased_on": VALUE}],
    "registered_office_address": dict.fromkeys((*LINES, "postal_code"), VALUE),
    "undeliverable_registered_office_address": VALUE,
    "registered_office_is_in_dispute": VALUE,
    "accounts": {
        "overdue": VALUE,
        "next_due": VALUE,
        "last_accounts": {"type": VALUE, "made_up_to": VALUE, "period_end_on": VALUE},
        "next_accounts": {"due_on": VALUE, "overdue": VALUE},
    },
    "confirmation_statement": {"overdue": VALUE},
    "has_charges": VALUE,
    "has_insolvency_history": VALUE,
    "links": dict.fromkeys(LINKS, VALUE),
}
GIVES = frozenset({
    "legal_name", "company_number", "company_status", "company_type", "incorporated_on",
    "sic_codes", "accounts_type", "accounts_made_up_to", "accounts_due_on", "is_insolvent",
    "is_late_with_accounts", "is_late_with_confirmation", "address", "postcode",
    "previous_names", "charges_outstanding",
})  # fmt: skip
TRADING = {"active", "open", "registered"}
# A liquidation may be one of a company that can pay: its case says so.
INSOLVENT = {"administration", "receivership", "voluntary-arrangement", "insolvency-proceedings"}
# Companies House's own address stands for one that was taken away.
STAND_IN = "companies house default"
MOST_FORMER = 10


def ask(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask for it; raises what `crm.outside.errors` holds."""
    return kept.ask(key, f"/company/{number}", SHAPE)


def read(number: str, answers: Answers) -> Iterator[Told]:
    """Tell what it says."""
    said, page = kept.said(answers, SLUG), Page(number, kept.on(answers, SLUG))
    name, code = given.text(said, "company_name"), given.text(said, "company_status")
    yield from page.tell("legal_name", humane(name), name)
    its_number = given.text(said, "company_number")
    yield from page.tell("company_number", its_number, its_number)
    status = words.status(code, given.text(said, "company_status_detail"))
    yield from page.tell("company_status", status, code)
    kind = given.text(said, "type")
    yield from page.tell("company_type", words.TYPES.get(kind), kind)
    since = given.text(said, "date_of_creation")
    yield from page.tell("incorporated_on", given.day(said, "date_of_creation"), since)
    codes = [each for each in given.texts(said, "sic_codes") if len(each) == 5 and each.isdecimal()]
    yield from page.tell("sic_codes", codes, ", ".join(codes))
    former = [humane(each) for each in former_names(said)]
    yield from page.tell("previous_names", former)
    yield from _office(said, page)
    yield from _filings(said, page)
    yield from _standing(said, page)


def name(answers: Answers) -> str:
    """The name as it is registered, "" where none is known."""
    return given.text(kept.said(answers, SLUG), "company_name")


def former_names(said: Given) -> list[str]:
    """The names that it had before."""
    found = given.items(said, "previous_company_names")[:MOST_FORMER]
    return [each for each in (given.text(one, "name") for one in found) if each]


def postcode(said: Given) -> str:
    """That of the registered office in its normal form, "" for none of this country."""
    try:
        return parse(given.text(given.part(said, "registered_office_address"), "postal_code")).text
    except NotAPostcode:
        return ""


def has_accounts(said: Given) -> bool:
    """Whether any accounts were ever filed."""
    last = given.part(said, "accounts", "last_accounts")
    return bool(given.text(last, "made_up_to") or given.text(last, "period_end_on"))


def leads_to(said: Given, name: str) -> bool:
    """Whether there is more under this name: only what there is is linked."""
    links = given.part(said, "links")
    return bool(given.text(links, name)) or not given.text(links, "self")


def _office(said: Given, page: Page) -> Iterator[Told]:
    office = given.part(said, "registered_office_address")
    parts = {line: humane(given.text(office, line)) for line in LINES}
    is_doubtful = any(
        given.flag(said, each)
        for each in ("undeliverable_registered_office_address", "registered_office_is_in_dispute")
    )
    if is_doubtful or STAND_IN in " ".join(parts.values()).casefold():
        return
    found = addresses.split(_lines(parts), given.text(said, "company_name"))
    line = ", ".join(filter(None, found))
    yield from page.tell("address", line, given.text(office, "address_line_1"))
    yield from page.tell("postcode", postcode(said), given.text(office, "postal_code"))


def _lines(parts: dict[str, str]) -> list[str]:
    """The door and the street are one line, whichever field the door stands in."""
    box, care_of, door = parts["po_box"], parts["care_of"], parts["premises"]
    street = parts["address_line_1"]
    if door and not street.startswith(door):
        street = f"{door}, {street}" if not door[-1:].isdigit() else f"{door} {street}"
    box = f"PO Box {box}" if box.isdecimal() else box
    first = [f"c/o {care_of}" if care_of else "", box]
    return [line for line in (*first, street, parts["address_line_2"], parts["locality"]) if line]


def _filings(said: Given, page: Page) -> Iterator[Told]:
    accounts = given.part(said, "accounts")
    last, next_ = given.part(accounts, "last_accounts"), given.part(accounts, "next_accounts")
    kind = given.text(last, "type")
    yield from page.tell("accounts_type", words.ACCOUNTS.get(kind), kind)
    made_up = given.day(last, "made_up_to") or given.day(last, "period_end_on")
    yield from page.tell("accounts_made_up_to", made_up, str(made_up or ""))
    due = given.day(next_, "due_on") or given.day(accounts, "next_due")
    yield from page.tell("accounts_due_on", due, str(due or ""))
    late = given.flag(next_, "overdue")
    late = given.flag(accounts, "overdue") if late is None else late
    yield from page.tell("is_late_with_accounts", late)
    statement = given.part(said, "confirmation_statement")
    yield from page.tell("is_late_with_confirmation", given.flag(statement, "overdue"))


def _standing(said: Given, page: Page) -> Iterator[Told]:
    status, history = given.text(said, "company_status"), given.flag(said, "has_insolvency_history")
    if status in INSOLVENT or (status == "liquidation" and history is False):
        yield from page.tell("is_insolvent", True, status)
    elif status in TRADING and history is False:
        yield from page.tell("is_insolvent", False, status)
    if given.flag(said, "has_charges") is False:
        yield from page.tell("charges_outstanding", 0)
