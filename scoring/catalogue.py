"""The fields that a rule may ask about, and the kinds of happenings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a value is made of, which says how it can be asked about."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"  # whole pounds
    DAY = "day"  # 2026-11-22
    YES = "yes"  # true or false
    WORDS = "words"  # a list of texts


@dataclass(frozen=True)
class Field:
    """`choices` are pairs of a value and what it is called; `part` is a heading in forms."""

    slug: str
    label: str
    form: Form = Form.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    part: str = ""


Catalogue = Mapping[str, Field]

# What the points table, the ten factors and the default card look at by name.
OWN: dict[str, Field] = {
    each.slug: each
    for each in (
        Field("company_name", "Company name"),
        Field("email", "E-mail address"),
        Field("phone", "Phone number"),
        Field("contact_name", "Contact’s name"),
        Field("job_title", "Job title"),
        Field("industry", "Industry", Form.CHOICE),
        Field("source", "Where it came from", Form.CHOICE),
        Field("employees", "Employees", Form.NUMBER),
        Field("website", "Website"),
        Field("postcode", "Postcode"),
        Field("latitude", "Latitude", Form.NUMBER),
        Field("longitude", "Longitude", Form.NUMBER),
        # deliverable, risky, undeliverable or unknown
        Field("email_state", "State of the e-mail address", Form.CHOICE),
        # plausible, unlikely or barred
        Field("phone_state", "State of the phone number", Form.CHOICE),
        Field("value", "Value", Form.MONEY),
        Field("was_customer", "Was a customer", Form.YES),
        Field("times_lost", "Times lost before", Form.NUMBER),
    )
}

# What happens with leads: what it is called, for one and for many. The first part of those is
# done by us, the second by them; only the latter is an answer.
BY_US = {
    "call": ("call", "calls"),
    "note": ("note", "notes"),
    "task_done": ("task done", "tasks done"),
    "email_sent": ("e-mail sent", "e-mails sent"),
}
BY_THEM = {
    "spoke": ("conversation", "conversations"),
    "email_opened": ("e-mail opened", "e-mails opened"),
    "email_clicked": ("link clicked", "links clicked"),
    "replied": ("reply", "replies"),
    "meeting": ("meeting", "meetings"),
    "form": ("form sent in", "forms sent in"),
}
# What follows from both.
BETWEEN = {"onward": ("move onward", "moves onward")}
HAPPENINGS = BY_US | BY_THEM | BETWEEN
