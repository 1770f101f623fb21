"""The suspected pairs that a member sees, the surest first, narrowed by filters of the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from crm import ids
from crm.tenants.models import Membership
from leads.filters import choices
from leads.merging import order, proposals, suspicion
from leads.merging.suspicion import Suspicion
from leads.models import Lead, Organisation, Proposal
from leads.records import cursors
from leads.sight import sight

ANY = ("", "Any")
NOBODY = "nobody"
SURE = (("sure", "Sure"), ("maybe", "Maybe"))
WHY = (
    ("phone", "Same phone"),
    ("website", "Same website"),
    ("number", "Same company number"),
    ("name", "Same name"),
    ("postcode", "Same postcode"),
)


class SuspectsForm(forms.Form):
    """What makes no sense is left out rather than refused."""

    sure = forms.ChoiceField(label="How sure", choices=[ANY, *SURE], required=False)
    why = forms.ChoiceField(label="Why", choices=[ANY, *WHY], required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    stage = forms.ChoiceField(label="Stage", required=False)
    origin = forms.ChoiceField(label="Found by", required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("origin", "")
        offered = {
            "owner": [(NOBODY, "Nobody"), *choices.known(membership, "owner").items()],
            "stage": list(choices.known(membership, "stage").items()),
            "origin": list(choices.origins(membership, [asked] if asked else ()).items()),
        }
        for name, offers in offered.items():
            field: Any = self.fields[name]
            field.choices = [ANY, *offers]

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True)
class Suspect:
    """A pair on the page: what speaks for and against as both stand now, and a lead of each.

    The first of the sides is the one that would be kept.
    """

    proposal: Proposal
    suspicion: Suspicion
    sides: list[tuple[Organisation, Lead | None]]

    @property
    def kept(self) -> Organisation:
        return self.sides[0][0]

    @property
    def gone(self) -> Organisation:
        return self.sides[1][0]


def asked(membership: Membership, wanted: dict[str, str]) -> QuerySet[Proposal]:
    """Give the open pairs that these filters mean, in no order."""
    rows = proposals.seen(membership).filter(state=Proposal.State.OPEN)
    if "sure" in wanted:
        rows = rows.filter(is_sure=wanted["sure"] == "sure")
    if "why" in wanted:
        rows = rows.filter(shared__contains=[wanted["why"]])
    condition = Q()
    if "owner" in wanted:
        owner = None if wanted["owner"] == NOBODY else ids.read(wanted["owner"])
        condition &= Q(owner=owner)
    if "stage" in wanted:
        condition &= Q(stage=ids.read(wanted["stage"]))
    if "origin" in wanted:
        ref = ids.read(wanted["origin"]) or ids.NOBODYS
        found = sight.origins(membership).filter(ref=ref)
        condition &= Q(Exists(found.filter(lead=OuterRef("pk"))))
    if not condition:
        return rows
    leads = sight.leads(membership).order_by().filter(condition)
    one, other = (Exists(leads.filter(organisation=OuterRef(side))) for side in ("one", "other"))
    return rows.filter(Q(one) | Q(other))


def page(
    rows: QuerySet[Proposal], size: int, *, after: str, before: str
) -> tuple[list[Proposal], str, str]:
    """Give a page of them, the surest first, and the cursors behind and before it."""

    def read(start: tuple[Any, UUID] | None, back: bool) -> list[Proposal]:
        walked = cursors.walk(rows, F("confidence"), start, few=False, falls=not back)
        return list(walked[: size + 1])

    places = {
        "after": cursors.decode(after, cursors.number),
        "before": cursors.decode(before, cursors.number),
    }
    return cursors.turn(read, lambda row: cursors.encode(row.confidence, row.pk), size, **places)


def shown(membership: Membership, found: Sequence[Proposal]) -> list[Suspect]:
    """Judge the pairs of a page as they stand, and give a lead of each to look at."""
    homes = {ident for each in found for ident in (each.one_id, each.other_id)}
    leads = sight.leads(membership).filter(organisation__in=homes)
    # An open one, where there is one.
    newest = leads.select_related("owner", "stage", "organisation").order_by("closed_at", "pk")
    of: dict[UUID, Lead] = {lead.organisation_id: lead for lead in newest}
    busy = order.at_work(homes, tenant=membership.tenant)
    pairs = [order.in_order(each.one, each.other, busy) for each in found]
    judged = suspicion.of_pairs(pairs)
    return [
        Suspect(each, weighed, [(side, of.get(side.pk)) for side in pair])
        for each, pair, weighed in zip(found, pairs, judged, strict=True)
    ]
