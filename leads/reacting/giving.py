"""Giving leads to somebody, or to several in turn."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import CharField, Max
from django.db.models.functions import Cast

from crm import ids
from crm.tenants import members
from crm.tenants.models import Membership, Tenant, User
from crm.tenants.permissions import Permission
from leads.acts.act import Outcome
from leads.acts.assign import Assign
from leads.models import Batch, Change, Reaction, ReactionDeed
from leads.reacting.then import Then, listed
from leads.timeline.reasons import why

NOBODY_LEFT = "None of those to whom it gives leads may work on leads any more."
# Whose turn it is follows from the last so many deeds.
LOOKED_BACK = 100


class Give(Then):
    """Of `people` those who may still work on leads are given to, whoever had one longest ago."""

    slug = verb = "assign"

    def people(self, tenant: Tenant) -> list[User]:
        """Give those who can have leads, in the order in which they were chosen."""
        chosen = [ident for each in self.given.get("people", []) if (ident := ids.read(str(each)))]
        able = members.able(tenant, Permission.WORK_LEADS).filter(pk__in=chosen)
        return sorted(able, key=lambda person: chosen.index(person.pk))

    def trouble(self, tenant: Tenant) -> str:
        return "" if self.people(tenant) else NOBODY_LEFT

    def keep(self, idents: Sequence[UUID], tenant: Tenant) -> None:
        for person in sorted(self.people(tenant), key=lambda person: person.pk):
            members.stays(tenant, person)

    def do(
        self, idents: list[UUID], by: Membership, batch: Batch | None, rule: Reaction
    ) -> Outcome:
        outcome = Outcome()
        people = in_turn(self.people(by.tenant), rule)
        shares = {person: idents[place :: len(people)] for place, person in enumerate(people)}
        # Whoever has the last of them comes last, so that the next begins behind them.
        turn = len(idents) % len(people) if people else 0
        for person in people[turn:] + people[:turn]:
            if shares[person]:
                act = Assign({"owner": str(person.pk)}, why(rule))
                outcome += act.do(shares[person], by, batch)  # type: ignore[arg-type]
        return outcome

    def words(self, leads: str, tenant: Tenant) -> str:
        return f"Give {leads} {self._to(tenant)}"

    def did(self, leads: str, tenant: Tenant) -> str:
        return f"Gave {leads} {self._to(tenant)}"

    def _to(self, tenant: Tenant) -> str:
        people = self.people(tenant)
        turn = "in turn " if len(people) > 1 else ""
        return f"{turn}to {listed(people) or 'nobody who is still here'}"


def in_turn(people: Sequence[User], rule: Reaction) -> list[User]:
    """Put first whom the rule has given nothing, or whom it gave something longest ago."""
    deeds = ReactionDeed.of(rule.tenant).filter(reaction=rule, batch__isnull=False)
    most = max(LOOKED_BACK, 2 * len(people))
    recent = list(deeds.order_by("-at", "-pk").values_list("batch", flat=True)[:most])
    # What was taken back was not given. Ids tell which was given later.
    rows = Change.of(rule.tenant).filter(batch__in=recent, undone_at=None)
    given = rows.values_list("after__owner").annotate(last=Max(Cast("pk", CharField())))
    last = dict(given.order_by())
    return sorted(people, key=lambda person: last.get(str(person.pk), ""))
