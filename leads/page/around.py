"""All that a lead's page shows beside the lead, but for its timeline, in one query."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from crm.pipeline.models import Stage
from crm.registers.models import RegisterEntry
from crm.tenants.models import Membership, User
from leads.contacts import contacts
from leads.models import Contact, Lead, Origin, Score, Tag, Tagging, Task
from leads.own import tags
from leads.page import gathering, neighbours, registers
from leads.page.neighbours import Neighbour
from leads.scored import scores
from leads.sight import sight
from leads.work import tasks
from scoring.receipt import Receipt

# As many as people may put there; a merge may bring more.
MOST_CONTACTS = contacts.MOST
MOST_TASKS = tasks.MOST_OPEN
MOST_ORIGINS = 30
MOST_NAMESAKES = 100


@dataclass(frozen=True)
class Around:
    """`namesakes` counts up to MOST_NAMESAKES; of contacts and tasks there may be more."""

    stages: list[Stage]
    contacts: list[Contact]
    has_more_contacts: bool
    tasks: list[Task]
    has_more_tasks: bool
    tags: list[Tag]
    tags_known: list[Tag]
    origins: list[Origin]
    entries: list[dict[str, Any]]
    receipt: Receipt | None
    namesakes: int
    neighbours: dict[str, list[Neighbour]]


def read(lead: Lead, membership: Membership) -> Around:
    """Ask for it as this member may see it."""
    wanted = _asked(lead, membership) | neighbours.asked(lead, membership)
    # By names that no column and no relation of a lead has.
    asked = {f"its_{name}": each for name, each in wanted.items()}
    row = Lead.of(lead.tenant).filter(pk=lead.pk).values(**asked).get()
    # Where nothing can be found nothing is asked, and None comes back.
    found: dict[str, Any] = {name.removeprefix("its_"): each or [] for name, each in row.items()}
    make = gathering.make
    people = [make(Contact, row) for row in found["contacts"]]
    # Whom the lead goes by comes first.
    people.sort(key=lambda each: each.pk != lead.contact_id)
    origins = [make(Origin, row) for row in found["origins"]]
    return Around(
        stages=[make(Stage, row) for row in found["stages"]],
        contacts=people[:MOST_CONTACTS],
        has_more_contacts=len(people) > MOST_CONTACTS,
        tasks=[_task(row) for row in found["tasks"][:MOST_TASKS]],
        has_more_tasks=len(found["tasks"]) > MOST_TASKS,
        tags=[make(Tag, row) for row in found["tags"]],
        tags_known=[make(Tag, row) for row in found["tags_known"]],
        origins=origins,
        entries=registers.read(found),
        receipt=_receipt(make(Score, found["score"][0]), lead, origins) if found["score"] else None,
        namesakes=len(found["namesakes"]),
        neighbours=neighbours.read(lead, found),
    )


def _asked(lead: Lead, membership: Membership) -> dict[str, Any]:
    tenant, rows = lead.tenant, gathering.rows
    here = lead.organisation
    people = Contact.of(tenant).filter(organisation=here).order_by("created_at", "id")
    open_tasks = Task.of(tenant).filter(lead=lead, done_at=None).order_by("due_at", "id")
    taggings = Tagging.of(tenant).filter(lead=lead).order_by("tag__name", "tag_id")
    origins = sight.origins(membership).filter(lead=lead).order_by("id")
    namesakes = RegisterEntry.objects.active().called(here.name_key)
    if here.has_generic_name:
        namesakes = namesakes.none()
    return {
        "stages": rows(
            Stage.of(tenant).filter(pipeline=lead.pipeline_id).order_by("position", "id"),
            *("id", "name", "kind", "position"),
        ),
        "contacts": rows(
            people[: MOST_CONTACTS + 1],
            *("id", "name", "job_title", "role", "email", "phone", "created_at"),
        ),
        "tasks": rows(
            open_tasks[: MOST_TASKS + 1],
            *("id", "text", "due_at", "due_day", "owner_id", "lead_id"),
            owner_name=F("owner__name"),
        ),
        "tags": rows(taggings, id=F("tag_id"), name=F("tag__name"), tone=F("tag__tone")),
        "tags_known": rows(tags.of(tenant)[: tags.OFFERED], "id", "name"),
        "origins": rows(
            origins[:MOST_ORIGINS], *("id", "ref", "label", "url", "at"), is_seen=F("is_seen")
        ),
        **registers.asked(lead),
        "score": rows(
            Score.of(tenant).filter(lead=lead).order_by("-id")[:1],
            *("points", "tier", "receipt", "card_id"),
        ),
        "namesakes": rows(namesakes[:MOST_NAMESAKES], "number"),
    }


def _receipt(last: Score, lead: Lead, origins: list[Origin]) -> Receipt | None:
    last.tenant = lead.tenant
    return scores.told(last, origins)


def _task(row: dict[str, Any]) -> Task:
    name = row.pop("owner_name")
    task = gathering.make(Task, row)
    if task.owner_id is not None:
        task.owner = User(pk=task.owner_id, name=name)
    return task
