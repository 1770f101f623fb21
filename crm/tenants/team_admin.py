"""Teams in the administration: their lead, their members, and where those go when one ends."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from crm.tenants import foreign, teams
from crm.tenants.models import Membership, Team, Tenant, User
from crm.tenants.tenant_admin import TenantAdmin, TenantForm


class MemberChoice(forms.ModelMultipleChoiceField):
    """Names each with the role, and with the team that they are in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} (in {obj.team})" if obj.team else str(obj)


class TeamForm(TenantForm):
    members = MemberChoice(
        Membership.across_tenants.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whoever is in another team moves here.",
    )
    tenant: Tenant

    class Meta:
        fields = ["name", "lead"]
        help_texts = {"lead": "Sees all that the members own, whatever reps see otherwise."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Membership.of(self.tenant).select_related("user", "team").order_by("user__name")
        self.fields["members"].queryset = rows  # type: ignore[attr-defined]
        people = User.objects.filter(memberships__tenant=self.tenant)
        self.fields["lead"].queryset = people.order_by("name")  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            self.initial["members"] = [row.pk for row in rows if row.team_id == self.instance.pk]


class EndForm(forms.Form):
    """Where a team's members, and what is shared with it, go."""

    members_to = forms.ModelChoiceField(
        Team.across_tenants.none(), required=False, empty_label="No team", label="Its members go to"
    )
    shares_to = forms.ModelChoiceField(
        Team.across_tenants.none(),
        required=False,
        empty_label="Nobody: these shares end",
        label="What is shared with it goes to",
    )

    def __init__(self, team: Team, *args: Any) -> None:
        super().__init__(*args)
        others = Team.of(team.tenant).exclude(pk=team.pk).order_by("name")
        for each in self.fields.values():
            each.queryset = others  # type: ignore[attr-defined]


@admin.register(Team)
class TeamAdmin(TenantAdmin):
    form = TeamForm
    about = "Who works together, and who leads them and sees what they own"
    when_empty = "A team has a lead, who sees all that its members own, and can be shared with."
    is_small = True
    list_display = ["name", "lead", "size"]
    list_select_related = ["lead"]
    search_fields = ["name", "lead__name"]
    search_help_text = "Name of the team or of its lead"
    ordering = ["name"]
    fields = ["name", "lead", "members"]
    can_add = can_change = can_delete = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(size=Count("members"))

    @admin.display(description="members", ordering="size")
    def size(self, team: Any) -> int:
        return int(team.size)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        base = super().get_form(request, obj, change, **kwargs)
        return type(base.__name__, (base,), {"tenant": request.tenant})  # type: ignore[attr-defined]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out deleting many: each has members and shares that go somewhere."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def hold(self, request: HttpRequest, object_id: str) -> None:
        """Hold who is in which team, besides the team."""
        teams.hold(request.tenant)  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given, by = form.cleaned_data, request.user
        told: dict[str, Any] = {"lead": given["lead"], "by": by}
        if change:
            team = teams.change(obj, name=given["name"], **told)
        else:
            team = teams.make(request.tenant, given["name"], **told)  # type: ignore[attr-defined]
            # Admin shows and logs the row that it has in hand.
            obj.pk, obj.group = team.pk, team.group
        teams.staff(team, [row.pk for row in given["members"]], by=by)  # type: ignore[arg-type]

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        """Ask where its members and shares go, and end it."""
        if request.method == "POST" and self.has_delete_permission(request):
            # The teams that they go to stay until they are there.
            self.hold(request, object_id)
        team = self.get_object(request, unquote(object_id))
        if team is None:
            raise Http404
        if not self.has_delete_permission(request, team):
            raise PermissionDenied
        form = EndForm(team, request.POST if request.method == "POST" else None)
        if form.is_valid():
            teams.dissolve(team, **form.cleaned_data, by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"The team {team} is no more.")
            return redirect("admin:tenants_team_changelist")
        foreign.say_of(request, form)
        context = self.admin_site.each_context(request) | {
            "title": f"End the team {team}",
            "opts": self.opts,
            "object": team,
            "form": form,
            "crumb": "End",
        }
        return TemplateResponse(request, "admin/tenants/team/end.html", context)
