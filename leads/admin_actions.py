"""What a manager does to many leads at once, each by its verb."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse

from crm.adminsite.previewed import Asked, Previewed
from crm.pipeline.models import Stage
from crm.sharing import shares
from crm.sharing.held import with_people, with_teams
from crm.tenants import members
from crm.tenants.models import Membership, Team, Tenant, User
from crm.tenants.permissions import GRANTS, Permission
from leads import board, dealing, removing, tags
from leads.custom import Tag, Tagging
from leads.models import Lead

RELATED = ("organisation", "stage", "owner", "tenant")
SEEN = ("version", "owner_id", "value_pence")


def workers(tenant: Tenant) -> QuerySet[User]:
    """Give those who may look after leads."""
    roles = [role for role, granted in GRANTS.items() if Permission.WORK_LEADS in granted]
    here = Membership.of(tenant).filter(role__in=roles).values("user")
    return User.objects.filter(pk__in=here, is_active=True).order_by("name", "pk")


class ToWhom(Asked):
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Give to", required=False, empty_label="Nobody"
    )

    def offer(self, tenant: Tenant) -> None:
        self.fields["owner"].queryset = workers(tenant)  # type: ignore[attr-defined]


class Give(Previewed):
    name, label, asked, seen, related = "give", "Give to somebody", ToWhom, SEEN, RELATED
    refusals = (members.NotHere,)

    def hold(self, given: dict[str, Any], by: Membership) -> None:
        if given["owner"] is not None:
            members.keep(by.tenant, given["owner"])

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        owner = given["owner"]
        why = f"{owner} looks after it already." if owner else "It has no owner."
        return {row.pk: why for row in rows if row.owner == owner}

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Give {many} to {given['owner'] or 'nobody'}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return f"Gave {many} to {given['owner'] or 'nobody'}."

    def do(self, row: Lead, given: dict[str, Any], by: Membership) -> None:
        dealing.assign(row, owner=given["owner"], value_pence=row.value_pence, by=by.user)


class Where(Asked):
    stage = forms.ModelChoiceField(Stage._base_manager.none(), label="Move to")

    def offer(self, tenant: Tenant) -> None:
        stages = Stage.of(tenant).order_by("pipeline__position", "position", "id")
        self.fields["stage"].queryset = stages  # type: ignore[attr-defined]


class Move(Previewed):
    name, label, asked, related = "move", "Move to a stage", Where, RELATED
    seen = ("version",)
    refusals = (board.MoveRefused,)

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        to: Stage = given["stage"]
        left = {}
        for row in rows:
            if row.stage_id == to.pk:
                left[row.pk] = f"It stands in {to.name} already."
            elif row.pipeline_id != to.pipeline_id:
                left[row.pk] = f"It is in another pipeline than {to.name}."
        return left

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Move {many} to {given['stage']}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return f"Moved {many} to {given['stage']}."

    def remark(self, rows: list[Lead], given: dict[str, Any]) -> str:
        if given["stage"].is_closed:
            return "Leads that stand there are no longer pursued."
        return ""

    def do(self, row: Lead, given: dict[str, Any], by: Membership) -> None:
        board.move(row, to=given["stage"], by=by.user, version=row.version)


class WhichTag(Asked):
    tag = forms.ModelChoiceField(Tag._base_manager.none(), label="Tag")

    def offer(self, tenant: Tenant) -> None:
        self.fields["tag"].queryset = Tag.of(tenant).order_by("name", "id")  # type: ignore[attr-defined]


def _tagged(rows: list[Lead], tag: Tag) -> set[Any]:
    found = Tagging.of(tag.tenant).filter(tag=tag, lead__in=[row.pk for row in rows])
    return set(found.values_list("lead_id", flat=True))


class PutTag(Previewed):
    name, label, asked, related = "tag", "Tag", WhichTag, RELATED
    refusals = (tags.TagRefused,)

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        has = f"It is tagged “{given['tag']}” already."
        return dict.fromkeys(_tagged(rows, given["tag"]), has)

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Tag {many} “{given['tag']}”"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return f"Tagged {many} “{given['tag']}”."

    def do(self, row: Lead, given: dict[str, Any], by: Membership) -> None:
        tags.put(row, given["tag"].name, by=by.user, may_make=False)


class TakeTagOff(Previewed):
    name, label, asked, related = "untag", "Take a tag off", WhichTag, RELATED

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        has = _tagged(rows, given["tag"])
        why = f"It is not tagged “{given['tag']}”."
        return {row.pk: why for row in rows if row.pk not in has}

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Take “{given['tag']}” off {many}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return f"Took “{given['tag']}” off {many}."

    def do(self, row: Lead, given: dict[str, Any], by: Membership) -> None:
        tags.take_off(row, given["tag"], by=by.user)


class WithWhom(Asked):
    with_ = forms.ChoiceField(label="Share with")

    def offer(self, tenant: Tenant) -> None:
        people = User.objects.filter(memberships__tenant=tenant, is_active=True).order_by("name")
        self.readers: dict[str, User | Team] = {f"person:{each.pk}": each for each in people}
        offered = [("", "Choose a person or a team")]
        grouped: list[Any] = [("People", [(key, str(each)) for key, each in self.readers.items()])]
        teams = {f"team:{each.pk}": each for each in Team.of(tenant).order_by("name")}
        if teams:
            grouped.insert(0, ("Teams", [(key, str(each)) for key, each in teams.items()]))
        self.readers |= teams
        self.fields["with_"].choices = [*offered, *grouped]  # type: ignore[attr-defined]

    def clean_with_(self) -> User | Team:
        return self.readers[self.cleaned_data["with_"]]


class Share(Previewed):
    name, label, asked, related = "share", "Share with somebody", WithWhom, RELATED
    refusals = (shares.MayNotShare, shares.NotOfTheCompany)

    def hold(self, given: dict[str, Any], by: Membership) -> None:
        shares.hold(given["with_"], by)

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        reader = given["with_"]
        if isinstance(reader, Team):
            held = with_teams(Lead).objects.filter(group=reader.group_id)
        else:
            held = with_people(Lead).objects.filter(user=reader)
        ids = held.filter(Q(content_object__in=[row.pk for row in rows]))
        why = f"It is shared with {reader} already."
        return dict.fromkeys(ids.values_list("content_object_id", flat=True), why)

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Share {many} with {given['with_']}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return f"Shared {many} with {given['with_']}."

    def do_all(self, rows: list[Lead], given: dict[str, Any], by: Membership) -> dict[Any, str]:
        try:
            shares.share_all(rows, with_=given["with_"], by=by, page=reverse("leads:list"))
        except self.refusals as refusal:
            return {row.pk: str(refusal) for row in rows}
        return {}


class Delete(Previewed):
    name, label, related, is_dangerous = "delete", "Delete", RELATED, True
    seen = SEEN

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Delete {many}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return f"Deleted {many}."

    def remark(self, rows: list[Lead], given: dict[str, Any]) -> str:
        return (
            "Their notes, moves, scores, tags, fields and shares go along, and this can't be "
            "undone. The organisations and contacts stay."
        )

    def do_all(self, rows: list[Lead], given: dict[str, Any], by: Membership) -> dict[Any, str]:
        removing.remove(rows, tenant=by.tenant, by=by.user)
        return {}


ALL = (Give(), Move(), PutTag(), TakeTagOff(), Share(), Delete())
