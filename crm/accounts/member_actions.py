"""What managers can do in the administration for members who can't sign in."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.accounts import rescue
from crm.tenants.models import Membership


@admin.action(description="Reset the second factor")
def reset_second_factor(page: Any, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
    """Take it away from each of these members, who are told by e-mail."""
    by: Membership = request.membership  # type: ignore[attr-defined]
    for membership in queryset.select_related("user", "tenant"):
        try:
            rescue.reset(membership, by=by)
        except rescue.NotTheirs as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request,
                f"{membership.user} has no second factor any more, was signed out everywhere and "
                "is told by e-mail.",
            )
