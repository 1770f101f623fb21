"""A member's role and team in the administration."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from crm.tenants import roles, teams
from crm.tenants.models import Membership, Role
from crm.tenants.tenant_admin import TenantForm


class MembershipForm(TenantForm):
    """`seen_version` is the member's when the form was opened; `by` is whoever fills it in."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    by: Membership
    is_versioned = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "role" not in given or "seen_version" not in given:
            return given
        try:
            role = Role(given["role"])
            roles.check(self.instance.pk, role=role, version=given["seen_version"], by=self.by)
        except roles.Meanwhile as news:
            self._show_the_present()
            raise ValidationError(str(news)) from None
        except roles.Refused as refusal:
            roles.refused(self.instance, self.by, refusal)
            self.add_error("role", str(refusal))
        if (team := given.get("team")) is not None and not teams.stays(team):
            self.add_error("team", f"The team {team} is no more. Choose another one.")
        return given

    def _show_the_present(self) -> None:
        """Show what a colleague has made of it: whoever saves again has seen that."""
        row = Membership.of(self.by.tenant).get(pk=self.instance.pk)
        self.is_stale = True
        now = {"role": row.role, "team": row.team_id or "", "seen_version": row.version}
        self.data = {self.add_prefix(name): str(value) for name, value in now.items()}
