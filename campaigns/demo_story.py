"""The demo tenant's worked leads: real organisations of the registers, contacts of no real person.

They lie far from Leicester, where the tour of the README finds its own.
"""

from dataclasses import dataclass, replace

from campaigns import demo_own, kinds
from campaigns.discovery.contract import Target
from campaigns.discovery.sources.register import RegisterSource
from crm.ids import uuid7
from crm.pipeline.models import Kind, Stage
from crm.places import locate
from crm.tenants.models import Tenant, User
from leads.identity.candidate import Candidate, OriginRef
from leads.intake import intake
from leads.models import Contact, Lead
from leads.moving import board
from leads.page import notes
from leads.scored import scores

RADIUS_MILES = 20


@dataclass(frozen=True)
class Scene:
    """One worked lead: the nth site near a postcode, and what was done with it."""

    postcode: str
    place: int
    stage: Kind
    source: str
    value_pence: int | None
    employees: int | None
    contact: tuple[str, str, str] | None
    notes: tuple[str, ...]
    rep: str = "priya"


SCENES = (
    Scene("TR1 2HW", 0, Kind.OPPORTUNITY, "referral", 1_240_000, 34,
          ("Jenna Pascoe", "Practice manager", "jenna.pascoe@practice.example"),
          ("Called: the cabling is from 2004, two rooms without any sockets.",
           "Sent the survey report and a quote for 48 points.")),
    Scene("TR1 2HW", 3, Kind.PROSPECT, "organic_search", 380_000, 12,
          ("Tom Rowe", "Owner", "tom.rowe@practice.example"),
          ("Wants Wi-Fi in the waiting room before spring.",), rep="tom"),
    Scene("TR1 2HW", 6, Kind.LEAD, "register", None, None, None,
          ("Reception says the partners decide; call back on Tuesday.",)),
    Scene("NR1 3DD", 0, Kind.CUSTOMER, "referral", 2_150_000, 120,
          ("Hannah Boyce", "Operations lead", "hannah.boyce@practice.example"),
          ("Signed: new building, 160 points and the comms room.",)),
    Scene("NR1 3DD", 2, Kind.PROSPECT, "referral", 640_000, 18,
          ("Amir Saleh", "Managing partner", "amir.saleh@practice.example"),
          ("Recommended by Hannah Boyce. Site visit agreed.",)),
    Scene("NR1 3DD", 5, Kind.LOST, "paid_search", 90_000, 8, None,
          ("Went with the landlord's contractor.",)),
    Scene("CA1 1QG", 0, Kind.OPPORTUNITY, "organic_search", 870_000, 26,
          ("Fiona Graham", "Practice manager", "fiona.graham@practice.example"),
          ("Two branches move into one building in March.",), rep="aisha"),
    Scene("CA1 1QG", 2, Kind.LEAD, "register", None, None, None, (), rep="aisha"),
    Scene("CA1 1QG", 4, Kind.DISCOVERY, "register", None, None, None, ()),
)  # fmt: skip


def tell(tenant: Tenant) -> None:
    """Admit and work the demo's leads, by the same verbs as everybody's."""
    members = User.objects.filter(memberships__tenant=tenant)
    people = {user.email.split("@")[0]: user for user in members}
    entrance = intake.entrance(tenant)
    stages = {stage.kind: stage for stage in Stage.of(tenant)}
    origin = OriginRef(uuid7(), "the demo")
    demo_own.lay(tenant)
    for scene in SCENES:
        outcome = intake.admit(
            _candidate(tenant, scene), into=entrance, origin=origin, by=people["olivia"]
        )
        if outcome.lead is not None:
            _work(outcome.lead, scene, stages, people[scene.rep])
            demo_own.dress(outcome.lead, (scene.postcode, scene.place), by=people["priya"])


def _candidate(tenant: Tenant, scene: Scene) -> Candidate:
    target = Target(kinds.get("healthcare"), locate.place(scene.postcode), RADIUS_MILES)
    sightings = RegisterSource().walk(tenant, target, after=None, stop_at=None, most=200)
    usable = [sighting for sighting in sightings if not sighting.refusal]
    return replace(usable[scene.place].candidate, source=scene.source, employees=scene.employees)


def _work(lead: Lead, scene: Scene, stages: dict[str, Stage], rep: User) -> None:
    if scene.contact:
        name, job_title, email = scene.contact
        lead.contact = Contact.of(lead.tenant).create(
            tenant=lead.tenant,
            organisation=lead.organisation,
            name=name,
            job_title=job_title,
            email=email,
        )
    lead.value_pence = scene.value_pence
    lead.owner = rep if scene.stage != Kind.DISCOVERY else None
    lead.save(update_fields=["contact", "value_pence", "owner"])
    for text in scene.notes:
        notes.write(lead, text, by=rep)
    if scene.stage != Kind.DISCOVERY:
        board.move(lead, to=stages[scene.stage], by=rep)
    scores.refresh(lead)
