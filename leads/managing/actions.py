"""What a manager does to many leads at once, each by its verb."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.urls import reverse

from crm.adminsite.previewed import Asked, Previewed
from crm.sharing import shares
from crm.sharing.held import with_people, with_teams
from crm.tenants import members
from crm.tenants.models import Membership, Team, Tenant, User
from crm.tenants.permissions import Permission
from leads.acts import tagging
from leads.acts.act import Act
from leads.acts.assign import Assign
from leads.managing.batches import RELATED, AsInTheList, Delete, Move
from leads.models import Lead
from leads.own.tags import MOST_ON_A_LEAD
from leads.records.custom import Tag, Tagging
from leads.undo import undoing


class ToWhom(Asked):
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Give to", required=False, empty_label="Nobody"
    )

    def offer(self, tenant: Tenant) -> None:
        people = members.able(tenant, Permission.WORK_LEADS)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class Give(AsInTheList):
    name, label, asked, seen = "give", "Give to somebody", ToWhom, ("version", "owner_id")
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
        return undoing.offer(f"Gave {many} to {given['owner'] or 'nobody'}.")

    def act(self, given: dict[str, Any]) -> Act:
        return Assign({"owner": str(given["owner"].pk) if given["owner"] else ""})


class WhichTag(Asked):
    tag = forms.ModelChoiceField(Tag._base_manager.none(), label="Tag")

    def offer(self, tenant: Tenant) -> None:
        self.fields["tag"].queryset = Tag.of(tenant).order_by("name", "id")  # type: ignore[attr-defined]


def _tagged(rows: list[Lead], tag: Tag) -> set[Any]:
    found = Tagging.of(tag.tenant).filter(tag=tag, lead__in=[row.pk for row in rows])
    return set(found.values_list("lead_id", flat=True))


def _full(rows: list[Lead], tenant: Tenant) -> set[Any]:
    found = Tagging.of(tenant).filter(lead__in=[row.pk for row in rows]).values("lead_id")
    full = found.annotate(n=Count("pk")).filter(n__gte=MOST_ON_A_LEAD)
    return set(full.values_list("lead_id", flat=True))


class PutTag(AsInTheList):
    name, label, asked = "tag", "Tag", WhichTag

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        tag = given["tag"]
        full = dict.fromkeys(_full(rows, tag.tenant), f"It has {MOST_ON_A_LEAD} tags.")
        return full | dict.fromkeys(_tagged(rows, tag), f"It is tagged “{tag}” already.")

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Tag {many} “{given['tag']}”"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return undoing.offer(f"Tagged {many} “{given['tag']}”.")

    def act(self, given: dict[str, Any]) -> Act:
        return tagging.PutTag({"tag": str(given["tag"].pk)})


class TakeTagOff(AsInTheList):
    name, label, asked = "untag", "Take a tag off", WhichTag

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        has = _tagged(rows, given["tag"])
        why = f"It is not tagged “{given['tag']}”."
        return {row.pk: why for row in rows if row.pk not in has}

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Take “{given['tag']}” off {many}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return undoing.offer(f"Took “{given['tag']}” off {many}.")

    def act(self, given: dict[str, Any]) -> Act:
        return tagging.TakeTagOff({"tag": str(given["tag"].pk)})


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


ALL = (Give(), Move(), PutTag(), TakeTagOff(), Share(), Delete())
