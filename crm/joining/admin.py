"""Invitations in the administration: whom to ask in, and what became of it."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from crm.joining import invitations
from crm.joining.forms import InviteForm
from crm.joining.invitations import Sent
from crm.joining.models import Invitation, State
from crm.tenants import foreign
from crm.tenants.models import Role
from crm.tenants.tenant_admin import TenantAdmin

HAND_OVER = (
    "Invited {}. No mail server is set up here, so hand them this link yourself. It works once, "
    "for seven days, and is shown only now: "
    '<input class="password-link" value="{}" aria-label="Link" size="{}" readonly>'
)
OPEN = Q(accepted_at=None, revoked_at=None)


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = invitations.now()
        conditions = {
            State.OPEN: OPEN & Q(expires_at__gt=now),
            State.EXPIRED: OPEN & Q(expires_at__lte=now),
            State.ACCEPTED: Q(accepted_at__isnull=False),
            State.REVOKED: Q(accepted_at=None, revoked_at__isnull=False),
        }
        return queryset.filter(conditions.get(self.value(), Q()))  # type: ignore[call-overload]


@admin.register(Invitation)
class InvitationAdmin(TenantAdmin):
    about = "Who was asked in, by whom, and what became of it"
    adding = "Invite"
    when_empty = "Ask colleagues in by e-mail: they get a link that works once, for seven days."
    list_display = ["email", "state", "role", "team", "by", "made_at", "expires_at"]
    list_filter = [StateFilter, "role"]
    list_select_related = ["team", "by"]
    search_fields = ["email"]
    search_help_text = "E-mail address"
    ordering = ["-id"]
    fields = [
        "email", "state", "role", "team", "by", "sent", "made_at", "expires_at", "accepted_at",
        "revoked_at",
    ]  # fmt: skip
    readonly_fields = ["state"]
    actions = ["resend", "revoke"]
    can_add = True

    @admin.display(description="state")
    def state(self, invitation: Invitation) -> str:
        return invitation.state.label

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for addresses, role and team; all of them are invited, or none."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        by = request.membership  # type: ignore[attr-defined]
        form = InviteForm(by, request.POST if request.method == "POST" else None)
        if form.is_valid() and self._invite(request, form):
            return redirect("admin:joining_invitation_changelist")
        foreign.say_of(request, form)
        context = self.admin_site.each_context(request) | {
            "title": "Invite",
            "opts": self.opts,
            "form": form,
            "crumb": "Invite",
        }
        return TemplateResponse(request, "admin/joining/invitation/invite.html", context)

    @admin.action(description="Send again, with a new link", permissions=["view"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Send each again; the links before are void."""
        for invitation in queryset.select_related("tenant"):
            try:
                sent = invitations.resend(invitation, by=request.membership)  # type: ignore[attr-defined]
            except invitations.CannotInvite as refusal:
                messages.warning(request, str(refusal))
            else:
                _tell(request, sent)

    @admin.action(description="Revoke", permissions=["view"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Take each back; its link lets nobody in any more."""
        for invitation in queryset.select_related("tenant"):
            try:
                invitations.revoke(invitation, by=request.membership)  # type: ignore[attr-defined]
            except invitations.CannotInvite as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(request, f"The invitation of {invitation.email} is revoked.")

    def _invite(self, request: HttpRequest, form: InviteForm) -> bool:
        given, by = form.cleaned_data, form.by
        sent = []
        with transaction.atomic():
            for email in given["emails"]:
                try:
                    sent.append(
                        invitations.invite(
                            email, role=Role(given["role"]), team=given["team"], by=by
                        )
                    )
                except invitations.CannotInvite as refusal:
                    form.add_error("emails", str(refusal))
            if not form.is_valid():
                transaction.set_rollback(True)
                return False
        for each in sent:
            _tell(request, each)
        return True


def _tell(request: HttpRequest, sent: Sent) -> None:
    """Say that the letter is on its way; where none can be sent, show the link once."""
    email = sent.invitation.email
    if settings.MAIL_SERVER is not None:
        messages.success(request, f"Invited {email}: the letter is on its way.")
        return
    link = request.build_absolute_uri(sent.path)
    messages.success(request, format_html(HAND_OVER, email, link, len(link)))
