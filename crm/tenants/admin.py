"""Members and their roles, and the links by which they set a password."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from crm.ledger import audit
from crm.tenants import company_admin, member_filters, password_link, roles, team_admin
from crm.tenants.member_forms import MembershipForm
from crm.tenants.models import Membership, Role
from crm.tenants.permissions import Permission, may
from crm.tenants.tenant_admin import TenantAdmin
from crm.upward import named

__all__ = ["MembershipAdmin", "company_admin", "team_admin"]

HAND_OVER = (
    "Hand this link to {}. It sets their password, works once and for {} days, ends when they "
    "sign in, and is shown only now: "
    '<input class="password-link" value="{}" aria-label="Link" size="{}" readonly>'
)


@admin.register(Membership)
class MembershipAdmin(TenantAdmin):
    """Somebody new is invited, and who goes leaves by the dialog that asks who takes over."""

    form = MembershipForm
    about = "Who works here, with which role and in which team"
    adding = "Invite"
    list_display = ["name", "email", "role", "team", "joined_at"]
    list_filter = ["role", "team", *member_filters.ALL]
    list_select_related = ["user", "team"]
    search_fields = ["user__name", "user__email", "team__name"]
    search_help_text = "Name, e-mail address or team"
    ordering = ["user__name"]
    actions = ["new_password_link"]
    fields = ["email", "role", "team", "joined_at", "seen_version"]
    readonly_fields = ["email", "joined_at"]
    can_add = can_change = is_personal = True

    @admin.display(description="name", ordering="user__name")
    def name(self, membership: Membership) -> str:
        return str(membership.user)

    @admin.display(description="e-mail", ordering="user__email")
    def email(self, membership: Membership) -> str:
        return membership.user.email

    def heading(self, row: Membership) -> str:
        return str(row.user)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        base = super().get_form(request, obj, change, **kwargs)
        form: Any = type(base.__name__, (base,), {"by": request.membership})  # type: ignore[attr-defined]
        # Teams have their own pages, where one also sees who is in them.
        if (team := form.base_fields.get("team")) is not None:
            for icon in ("add", "change", "delete", "view"):
                setattr(team.widget, f"can_{icon}_related", False)
        return form

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if not self._is_owner(request):
            kwargs["choices"] = [(r, r.label) for r in Role if r != Role.OWNER]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Owners are looked after by owners."""
        return self._allowed(request) and self._is_theirs(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request) and self._is_theirs(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out deleting many: each has things that somebody must take over."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        for do in named("MEMBER_ACTIONS"):
            actions[do.__name__] = (do, do.__name__, do.short_description)
        return actions

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("admin:joining_invitation_add")

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return redirect("tenants:remove", row.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer to remove them by its own name, and tell a script, too, that it was too late."""
        context["show_delete"] = False
        context["may_remove"] = self.has_delete_permission(request, kwargs.get("obj"))
        answer = super().render_change_form(request, context, *args, **kwargs)
        if context["adminform"].form.is_stale:
            answer.status_code = 409
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        given = form.cleaned_data
        by = request.membership  # type: ignore[attr-defined]
        roles.change(
            obj.pk,
            role=Role(given["role"]),
            team=given["team"],
            version=given["seen_version"],
            by=by,
        )

    @admin.action(description="New password link", permissions=["view"])
    def new_password_link(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Show a new link for each; the old password goes on working until it is used."""
        for membership in queryset.select_related("user"):
            self._hand_over(request, membership)

    def _hand_over(self, request: HttpRequest, membership: Membership) -> None:
        """Show the link in a message, which is gone with the next page."""
        try:
            path = password_link.path(membership, by=request.membership)  # type: ignore[attr-defined]
        except password_link.NoLink as refusal:
            messages.warning(request, str(refusal))
            return
        audit.write(membership, "made a password link for", by=request.user)  # type: ignore[arg-type]
        link = request.build_absolute_uri(path)
        person, days = membership.user, password_link.DAYS
        messages.success(request, format_html(HAND_OVER, person, days, link, len(link)))

    def _is_theirs(self, request: HttpRequest, row: Membership | None) -> bool:
        return row is None or row.role != Role.OWNER or self._is_owner(request)

    def _is_owner(self, request: HttpRequest) -> bool:
        return may(getattr(request, "membership", None), Permission.OWN)
