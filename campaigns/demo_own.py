"""The demo tenant's fields of its own and its tags, on the leads of its story."""

from crm.tenants.models import Tenant, User
from leads.models import Lead
from leads.own import fields, tags, values
from leads.own.fields import Changed
from leads.records.custom import CustomField, Tag

Kind, Tone = CustomField.Kind, Tag.Tone

FIELDS = (
    ("Contract ends", Kind.DATE, "", "When their present supplier's contract ends."),
    (
        "Present supplier",
        Kind.CHOICE,
        "Nobody\nA local firm\nA national firm\nTheir own people",
        "",
    ),
    ("Sockets wanted", Kind.NUMBER, "", "Network points, as far as they know."),
)
TAGS = (("Survey done", Tone.GOOD), ("Moves house", Tone.INFO), ("Decides slowly", Tone.WARN))

# By the postcode and place of the scene: what stands in the three fields, and the tags.
OWN: dict[tuple[str, int], tuple[tuple[str, str, str], tuple[str, ...]]] = {
    ("TR1 2HW", 0): (("2027-03-31", "A local firm", "48"), ("Survey done",)),
    ("TR1 2HW", 3): (("", "Nobody", "6"), ()),
    ("TR1 2HW", 6): (("", "", ""), ("Decides slowly",)),
    ("NR1 3DD", 0): (("2026-12-31", "A national firm", "160"), ("Survey done", "Moves house")),
    ("NR1 3DD", 2): (("2027-06-30", "A local firm", "24"), ("Decides slowly",)),
    ("CA1 1QG", 0): (("2027-01-31", "Their own people", "90"), ("Moves house", "Survey done")),
}


def lay(tenant: Tenant) -> None:
    """Make the fields and the tags."""
    for position, (label, kind, choices, help_text) in enumerate(FIELDS):
        CustomField.of(tenant).create(
            tenant=tenant,
            label=label,
            kind=kind,
            choices=choices,
            help_text=help_text,
            position=position,
        )
    for name, tone in TAGS:
        Tag.of(tenant).create(tenant=tenant, name=name, tone=tone)


def dress(lead: Lead, scene: tuple[str, int], *, by: User) -> None:
    """Fill in and tag the lead of this scene."""
    typed, names = OWN.get(scene, ((), ()))
    wanted = zip(fields.of(lead.tenant), typed, strict=False)
    changes = [Changed(field, "", values.read(field, each)) for field, each in wanted if each]
    fields.fill(lead, changes, by=by)
    for name in names:
        tags.put(lead, name, by=by, may_make=False)
