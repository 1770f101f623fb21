"""Tags, as managers look after them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from crm.tenants.tenant_admin import TenantForm
from leads.managing.custom_admin import HangsOnLeads, going, one_line
from leads.own import tags
from leads.records.custom import Tag, Tagging

TAG_GONE = "The tag to merge into is there no longer, so nothing was changed. Choose another one."


class TagForm(TenantForm):
    merge_into = forms.ModelChoiceField(
        Tag.across_tenants.none(),
        required=False,
        empty_label="–",
        help_text="Every lead with this tag gets that one instead, and this one is deleted.",
        error_messages={"invalid_choice": TAG_GONE},
    )

    class Meta:
        model = Tag
        fields = ("name", "tone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["merge_into"]
        else:
            others = tags.of(self.instance.tenant).exclude(pk=self.instance.pk)
            self.fields["merge_into"].queryset = others  # type: ignore[attr-defined]

    def clean_merge_into(self) -> Tag | None:
        into: Tag | None = self.cleaned_data["merge_into"]
        try:
            if into is not None:
                tags.check_merge(self.instance)
        except tags.TagRefused as refusal:
            raise ValidationError(str(refusal)) from None
        return into

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


@admin.register(Tag)
class TagAdmin(HangsOnLeads):
    form = TagForm
    rows, rows_field = Tagging, "tag"
    list_display = ["name", "tone", "used_by"]
    search_fields = ["name"]
    search_help_text = "Name"
    when_empty = "A tag is a short word that people put on leads and filter by."
    ordering = ["name", "id"]
    about = "Short words on leads: put on, filtered by, merged."

    def hold(self, request: HttpRequest, object_id: str) -> None:
        """Hold both of a merge, so that what the form has found is still there when it is saved."""
        tags.hold(request.tenant, [object_id, request.POST.get("merge_into", "")])  # type: ignore[attr-defined]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", "tone", "merge_into"] if obj else ["name", "tone"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it, or merge it into another one."""
        into = form.cleaned_data.get("merge_into")
        if into is None:
            super().save_model(request, obj, form, change)
            return
        many = tags.merge(obj, into=into, by=request.user)  # type: ignore[arg-type]
        leads = "1 lead" if many == 1 else f"{many:,} leads"
        messages.success(request, f"“{obj}” is merged into “{into}”, on {leads}.")

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if not Tag.of(request.tenant).filter(pk=obj.pk).exists():  # type: ignore[attr-defined]
            return redirect("admin:leads_tag_changelist")
        return super().response_change(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say on how many leads it is."""
        on_leads = Tagging.of(request.tenant).filter(tag__in=list(objs))  # type: ignore[attr-defined]
        many, kept = going(on_leads, "leads")
        along = {"leads that have it": many} if many != "0" else {}
        return [str(each) for each in objs], along, set(), kept
