"""The fields that leads can be filtered by, each with its words, its operators and its meaning."""

from dataclasses import dataclass, field

from crm.pipeline.models import Kind as StageKind
from leads.filters import deeds, knowing, meanings, scoring
from leads.filters import operators as ops
from leads.filters.meanings import Means
from leads.filters.operators import Operator
from leads.records.history import Tier
from leads.records.keyset import KEYS
from leads.records.organisations import Role

Choice = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """`offers` names a part of `choices` where those are the company's own; `part` is a heading."""

    name: str
    label: str
    part: str
    operators: tuple[Operator, ...]
    means: Means = field(compare=False)
    offers: str = ""
    choices: tuple[Choice, ...] = ()
    phrases: dict[str, str] = field(default_factory=dict, compare=False)

    def operator(self, name: str) -> Operator | None:
        """Give the operator of this name."""
        return next((each for each in self.operators if each.name == name), None)

    def says(self, operator: Operator) -> str:
        """Give the words of a chip, with places for the values."""
        return self.phrases.get(operator.name, operator.says)


def _phrases(label: str, unsaid: str, never: str) -> dict[str, str]:
    return {"last": f"{label} in the last {{value}}", "notfor": unsaid, "empty": never}


LEAD, PLACE, PEOPLE, TIME, OWN = "Lead", "Business", "People there", "When", "Your fields"
DONE, KNOWING = "What was done", "What is known"
KNOWN = (ops.FILLED, ops.EMPTY)
TEXT, PAST = (*ops.TEXT, *KNOWN), (*ops.PAST, *ops.EVER)
DUE = (
    Operator("overdue", "is overdue", "{field} overdue"),
    Operator("today", "is today", "{field} today"),
    Operator("week", "is this week", "{field} this week"),
    Operator(
        "next", "in the next so many days", "{field} in the next {value}", ops.Takes.DAYS
    ),
    Operator("empty", "there is none", "No next action"),
    Operator("filled", "there is one", "Has a next action"),
    *ops.DAYS,
)  # fmt: skip
LEFT = (
    Operator(
        "onward", "went on in the last so many days", "Went on from {chosen} in the last {value}",
        ops.Takes.DAYS, also_of=True,
    ),
    Operator(
        "lost", "was lost in the last so many days", "Lost from {chosen} in the last {value}",
        ops.Takes.DAYS, also_of=True,
    ),
    Operator(
        "last", "either in the last so many days",
        "Went on or lost from {chosen} in the last {value}", ops.Takes.DAYS, also_of=True,
    ),
)  # fmt: skip
TASK = (
    Operator("overdue", "is overdue", "A task of {chosen} is overdue", also_of=True),
    Operator("today", "is still due today", "A task of {chosen} is due today", also_of=True),
    Operator("open", "is open", "A task of {chosen} is open", also_of=True),
)
FIRST = (
    Operator("within", "within so many days", "First call or note within {value}", ops.Takes.DAYS),
    Operator(
        "between", "only after so many days, and within so many",
        "First call or note after {value}, within {other}", ops.Takes.DAYS, many=2,
    ),
    Operator(
        "after", "only after so many days", "First call or note only after {value}", ops.Takes.DAYS
    ),
    Operator("filled", "at any time", "Called, or a note written"),
    Operator("empty", "never", "Never called, no note written"),
)  # fmt: skip
# Of owners: whoever looks, no one, and all those whose leads are theirs to see.
ME = ((meanings.MINE, "Me"),)
SPECIAL = (*ME, (meanings.NOBODY, "Nobody"), (meanings.OURS, "Me and my people"))

FIELDS: dict[str, Field] = {
    each.name: each
    for each in (
        Field("stage", "Stage", LEAD, ops.CHOICE, meanings.chosen("stage"), "stage"),
        Field(
            "kind", "Kind of stage", LEAD, ops.CHOICE, meanings.stage_kind, "",
            tuple(StageKind.choices),
        ),
        Field("pipeline", "Pipeline", LEAD, ops.CHOICE, meanings.chosen("pipeline"), "pipeline"),
        Field("tier", "Tier", LEAD, ops.CHOICE, meanings.chosen("tier"), "", tuple(Tier.choices)),
        Field("score", "Score", LEAD, ops.NUMBERS, meanings.number("score")),
        Field("grade", "Grade", LEAD, (*ops.CHOICE, *KNOWN), scoring.grade, "", scoring.CHOICES),
        Field("chance", "Chance", LEAD, scoring.PERCENT, scoring.number("chance", 10)),
        Field("closeness", "Closeness", LEAD, scoring.OF_100, scoring.number("closeness")),
        Field("fit", "Fit", LEAD, scoring.OF_100, scoring.number("fit")),
        Field("engagement", "Engagement", LEAD, scoring.OF_100, scoring.number("engagement")),
        Field("value", "Value", LEAD, (*ops.POUNDS, *KNOWN), meanings.value),
        Field("owner", "Owner", LEAD, ops.CHOICE, meanings.owner, "owner", SPECIAL),
        Field("team", "Owner's team", LEAD, ops.CHOICE, meanings.team, "team"),
        Field(
            "tag", "Tags", LEAD, (*ops.CHOICE, *KNOWN), meanings.tag, "tag", (),
            {"is": "Tagged {value}", "isnt": "Not tagged {value}", "empty": "No tags",
             "filled": "Has tags"},
        ),
        Field(
            "origin", "Found by", LEAD, ops.CHOICE, meanings.origin, "origin", (),
            {"is": "Found by {value}", "isnt": "Not found by {value}"},
        ),
        Field(
            "finder", "Kind of campaign", LEAD, ops.CHOICE, meanings.finder, "finder", (),
            {"is": "Found for {value}", "isnt": "Not found for {value}"},
        ),
        Field("source", "Source", LEAD, ops.TEXT, meanings.text("source")),
        Field("reason", "Lost reason", LEAD, TEXT, meanings.reason),
        Field("name", "Name", PLACE, ops.TEXT, meanings.place(meanings.text("name"))),
        Field("town", "Town", PLACE, TEXT, meanings.place(meanings.text("town"))),
        Field("postcode", "Postcode", PLACE, TEXT, meanings.place(meanings.text("postcode"))),
        Field(
            "trade", "Trade", PLACE, ops.CHOICE, meanings.place(meanings.chosen("trade")), "trade",
        ),
        Field(
            "employees", "Employees", PLACE, (*ops.NUMBERS, *KNOWN),
            meanings.place(meanings.number("employees")),
        ),
        Field(
            "person", "Any contact", PEOPLE, KNOWN, meanings.contact(""), "", (),
            {"filled": "Has a contact", "empty": "No contact"},
        ),
        Field("contact", "Contact's name", PEOPLE, ops.SOME_TEXT, meanings.contact("name")),
        Field("email", "E-mail", PEOPLE, ops.SOME_TEXT, meanings.contact("email")),
        Field("phone", "Phone", PEOPLE, ops.SOME_TEXT, meanings.contact("phone")),
        Field("job", "Job title", PEOPLE, ops.SOME_TEXT, meanings.contact("job_title")),
        Field(
            "role", "Role", PEOPLE, ops.CHOICE, meanings.contact("role"), "", tuple(Role.choices)
        ),
        Field("known", "Completeness", KNOWING, knowing.PERCENT, knowing.completeness),
        Field(
            "missing", "Missing", KNOWING, ops.CHOICE, knowing.missing, "",
            tuple((slug, label) for slug, (_, label) in knowing.MISSING.items()),
            {"is": "Missing: {value}", "isnt": "Not missing: {value}"},
        ),
        Field(
            "stale", "Stale facts", KNOWING, KNOWN, knowing.any_of("stale"), "", (),
            {"filled": "Has stale facts", "empty": "No stale facts"},
        ),
        Field(
            "conflict", "Conflicting facts", KNOWING, KNOWN, knowing.any_of("conflicts"), "", (),
            {"filled": "Has conflicting facts", "empty": "No conflicting facts"},
        ),
        Field(
            "contacted", "Contacted", TIME, PAST, meanings.moment(KEYS["contacted"]), "", (),
            _phrases("Contacted", "Not contacted for {value}", "Never contacted"),
        ),
        Field(
            "active", "Last activity", TIME, PAST, meanings.moment(KEYS["active"]), "", (),
            _phrases("Active", "No activity for {value}", "No activity yet"),
        ),
        Field("due", "Next action", TIME, DUE, meanings.due),
        Field(
            "added", "Added", TIME, ops.PAST, meanings.added, "", (),
            _phrases("Added", "Added over {value} ago", ""),
        ),
        Field(
            "closed", "Closed", TIME, PAST, meanings.moment(KEYS["closed"]), "", (),
            _phrases("Closed", "Not closed for {value}", "Not closed"),
        ),
        Field("first", "First call or note", TIME, FIRST, deeds.first_talk),
        Field("entered", "Came into", DONE, ops.DONE, deeds.entered, "stage"),
        Field("brought", "Moved by me into", DONE, ops.DONE, deeds.brought, "stage"),
        Field("left", "Left", DONE, LEFT, deeds.left, "stage"),
        Field("moved", "Moved by", DONE, ops.DONE, deeds.moved, "owner", ME),
        Field("talked", "Called or noted by", DONE, ops.DONE, deeds.talked, "owner", ME),
        Field("task", "Task of", DONE, TASK, deeds.task, "owner", ME),
    )
}  # fmt: skip
