"""What a manager does to many campaigns at once."""

from typing import Any

from django import forms

from campaigns import handing
from campaigns.models import Campaign
from crm.adminsite.previewed import Asked, RowByRow
from crm.tenants import members
from crm.tenants.models import Membership, Tenant, User
from crm.tenants.permissions import Permission


class ToWhom(Asked):
    to = forms.ModelChoiceField(User.objects.none(), label="Hand to")

    def offer(self, tenant: Tenant) -> None:
        people = members.able(tenant, Permission.RUN_CAMPAIGNS)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class HandOver(RowByRow):
    name, label, asked = "hand_over", "Hand to another person", ToWhom
    seen, related = ("created_by_id",), ("created_by", "tenant")
    refusals = (members.NotHere,)

    def hold(self, given: dict[str, Any], by: Membership) -> None:
        members.keep(by.tenant, given["to"])

    def left(self, rows: list[Campaign], given: dict[str, Any]) -> dict[Any, str]:
        why = f"It is {given['to']}'s already."
        return {row.pk: why for row in rows if row.created_by == given["to"]}

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Hand {many} to {given['to']}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return f"Handed {many} to {given['to']}."

    def remark(self, rows: list[Campaign], given: dict[str, Any]) -> str:
        return "Their schedules and what was shared stay as they are."

    def do(self, row: Campaign, given: dict[str, Any], by: Membership) -> None:
        handing.hand(row, to=given["to"], by=by.user)


ALL = (HandOver(),)
