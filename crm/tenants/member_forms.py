"""Members in the administration: a role that may change, and somebody new."""

from django import forms
from django.core.exceptions import ValidationError

from crm.tenants import members
from crm.tenants.models import Membership, Role, Tenant
from crm.tenants.tenant_admin import TenantForm


class MembershipForm(TenantForm):
    def clean_role(self) -> str:
        """A company without an owner could never be looked after again."""
        role = str(self.cleaned_data["role"])
        # Two owners who step back at the same moment: the second waits and sees the first.
        Tenant.objects.select_for_update(no_key=True).get(pk=self.instance.tenant.pk)
        owners = Membership.of(self.instance.tenant).filter(role=Role.OWNER)
        if role != Role.OWNER and not owners.exclude(pk=self.instance.pk).exists():
            raise ValidationError("This is the only owner. Make somebody else an owner first.")
        return role


class NewMemberForm(TenantForm):
    email = forms.EmailField(label="E-mail", help_text="They sign in with it.")
    name = forms.CharField(max_length=120)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        try:
            members.known(self.instance.tenant, email)
        except members.CannotJoin as refusal:
            raise ValidationError(str(refusal)) from None
        return email
