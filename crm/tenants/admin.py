"""Members and their roles, and the links by which they set a password."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from crm.ledger import audit
from crm.tenants import members, password_link
from crm.tenants.member_forms import MembershipForm, NewMemberForm
from crm.tenants.models import Membership, Role
from crm.tenants.tenant_admin import TenantAdmin

HAND_OVER = (
    "Hand this link to {}. It sets their password, works once and for {} days, ends when they "
    "sign in, and is shown only now: "
    '<input class="password-link" value="{}" aria-label="Link" size="{}" readonly>'
)


@admin.register(Membership)
class MembershipAdmin(TenantAdmin):
    form = MembershipForm
    list_display = ["user", "email", "role", "joined_at"]
    list_filter = ["role"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    actions = ["new_password_link"]
    can_add = can_change = True

    @admin.display(description="e-mail")
    def email(self, membership: Membership) -> str:
        return membership.user.email

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["user", "email", "role", "joined_at"] if obj else ["email", "name", "role"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["user", "email", "joined_at"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = NewMemberForm
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if not self._is_owner(request):
            kwargs["choices"] = [(r, r.label) for r in Role if r != Role.OWNER]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Owners are looked after by owners."""
        is_theirs = obj is None or obj.role != Role.OWNER or self._is_owner(request)
        return self._allowed(request) and is_theirs

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes themselves, and an owner is made something else first."""
        if obj is None or obj.role == Role.OWNER or obj.user_id == request.user.pk:
            return False
        return self._allowed(request)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Make the person first, if the member is new."""
        if not change:
            given = form.cleaned_data
            obj.user = members.person(given["email"], given["name"], obj.tenant)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._hand_over(request, obj)
        return super().response_add(request, obj, post_url_continue)

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

    def _is_owner(self, request: HttpRequest) -> bool:
        membership = getattr(request, "membership", None)
        return membership is not None and membership.role == Role.OWNER
