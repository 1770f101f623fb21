"""Telling people by the bell that leads have come to match: one notice a look, however many."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from crm import ids
from crm.notices import telling
from crm.tenants import members
from crm.tenants.models import Membership, Tenant, User
from crm.tenants.permissions import Permission
from leads.acts.act import Outcome, named
from leads.models import Batch, Lead, Reaction, TimelineEntry
from leads.reacting.then import Then, listed
from leads.sight import sight
from leads.timeline import timeline
from leads.timeline.reasons import why

NOBODY_LEFT = "None of those whom it tells belongs to the company any more."
UNSEEN = "nobody was there to be told of it"


class Tell(Then):
    """Tells `people`, `managers`, or of each lead its `owner`: whoever sees it, and no other."""

    slug = "tell"

    def people(self, tenant: Tenant) -> list[User]:
        """Give those who were chosen by name and may still see leads."""
        chosen = [ident for each in self.given.get("people", []) if (ident := ids.read(str(each)))]
        return list(members.able(tenant, Permission.SEE_LEADS).filter(pk__in=chosen))

    def trouble(self, tenant: Tenant) -> str:
        is_by_role = self.given.get("owner") or self.given.get("managers")
        return "" if is_by_role or self.people(tenant) else NOBODY_LEFT

    def do(
        self, idents: list[UUID], by: Membership, batch: Batch | None, rule: Reaction
    ) -> Outcome:
        tenant = by.tenant
        rows = Lead.of(tenant).filter(pk__in=idents).select_related("organisation", "tenant")
        leads = {lead.pk: lead for lead in rows}
        theirs = self._theirs(leads, tenant)
        told: dict[Lead, list[User]] = {}
        for person, seen in theirs.items():
            if seen:
                self._tell(person, seen, rule)
            for lead in seen:
                told.setdefault(lead, []).append(person)
        said = {lead: f"Told {listed(people)}. {why(rule)}" for lead, people in told.items()}
        if said:
            timeline.write_all(said, TimelineEntry.Kind.FIELD, tenant=tenant, by=by.user)
        outcome = Outcome(len(said))
        if len(said) < len(leads):
            outcome.skipped[UNSEEN] = len(leads) - len(said)
        return outcome

    def _theirs(self, leads: dict[UUID, Lead], tenant: Tenant) -> dict[User, list[Lead]]:
        """Give to each person the leads of which they are told."""
        found: dict[User, list[Lead]] = {}
        everything = self.people(tenant)
        if self.given.get("managers"):
            everything += members.able(tenant, Permission.ADMINISTER)
        for membership in self._memberships(everything, tenant):
            seen = sight.leads(membership).filter(pk__in=list(leads)).values_list("pk", flat=True)
            found[membership.user] = [leads[ident] for ident in seen]
        if self.given.get("owner"):
            owners = {lead.owner_id for lead in leads.values() if lead.owner_id}
            for person in members.able(tenant, Permission.SEE_LEADS).filter(pk__in=owners):
                known = found.setdefault(person, [])
                own = (lead for lead in leads.values() if lead.owner_id == person.pk)
                known += [lead for lead in own if lead not in known]
        return found

    @staticmethod
    def _memberships(people: Iterable[User], tenant: Tenant) -> Iterable[Membership]:
        rows = Membership.of(tenant).filter(user__in=[person.pk for person in people])
        return rows.select_related("user", "tenant", "team").order_by("pk")

    @staticmethod
    def _tell(person: User, leads: list[Lead], rule: Reaction) -> None:
        is_one = len(leads) == 1
        what = leads[0].title if is_one else named(len(leads))
        page = (
            leads[0].get_absolute_url() if is_one else reverse("leads:rule_leads", args=[rule.pk])
        )
        said = f"{what}: {'it matches' if is_one else 'they match'} the rule “{rule.name}”."
        telling.tell([person], telling.Kind.RULE, said, tenant=rule.tenant, url=page)

    def words(self, leads: str, tenant: Tenant) -> str:
        return f"Tell {self._whom(tenant)} of {leads}"

    def did(self, leads: str, tenant: Tenant) -> str:
        return f"Told {self._whom(tenant)} of {leads}"

    def _whom(self, tenant: Tenant) -> str:
        roles = {"owner": "the owner", "managers": "owners and managers of the company"}
        said = [words for name, words in roles.items() if self.given.get(name)]
        return listed([*said, *self.people(tenant)]) or "nobody who is still here"
