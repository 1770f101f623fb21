"""Fields of a company's own, as managers look after them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Func, IntegerField, Max, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from crm.bounds.counts import capped, counted
from crm.ledger import audit
from crm.tenants.models import TenantModel
from crm.tenants.tenant_admin import TenantAdmin, TenantForm
from leads.own import fields, tags
from leads.records.custom import CustomField, FieldValue

COUNTED_TO = 1000
MOST_CHOICES = 100
LONGEST_CHOICE = 100
LAST_POSITION = 32_767


class HangsOnLeads(TenantAdmin):
    """Of what hangs on leads, by rows that name both; each says on how many it hangs."""

    rows: type[TenantModel]
    rows_field: str
    is_small = True
    can_add = can_change = can_delete = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Count to a thousand, in the list's own query."""
        on_leads = self.rows.of(request.tenant).filter(**{self.rows_field: OuterRef("pk")})  # type: ignore[attr-defined]
        some = ArraySubquery(on_leads.values("pk")[: COUNTED_TO + 1])
        many = Func(some, function="cardinality", output_field=IntegerField())
        return super().get_queryset(request).annotate(many=many)

    @admin.display(description="leads", ordering="many")
    def used_by(self, row: Any) -> str:
        return counted(row.many, COUNTED_TO)


def going(rows: QuerySet[Any], what: str) -> tuple[str, list[str]]:
    """Say how many go along, and refuse what would take too long."""
    most = tags.MOST_AT_ONCE
    many = counted(capped(rows, most), most)
    is_too_many = rows[most : most + 1].exists()
    return many, [
        f"{many} {what} would go along, which is too much at once."
    ] if is_too_many else []


class CustomFieldForm(TenantForm):
    archived = forms.BooleanField(
        required=False,
        help_text="Hidden on leads, in filters and in exports. Its values are kept, and are there "
        "again when it is restored.",
    )

    class Meta:
        model = CustomField
        fields = ("label", "kind", "choices", "help_text", "is_required", "position")
        widgets = {"choices": forms.Textarea(attrs={"rows": 6})}
        labels = {"help_text": "Hint", "is_required": "Required"}
        help_texts = {
            "choices": "For a choice alone: what may be chosen, one a line.",
            "help_text": "Stands below the field where it is filled in.",
            "is_required": "Asked for whenever somebody saves the fields of a lead.",
            "position": "The lowest comes first. Empty: it goes last.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["archived"] = self.instance.archived_at is not None
        self.fields["position"].required = False
        if self.instance._state.adding:
            self.initial["position"] = None

    def clean_label(self) -> str:
        return one_line(self.cleaned_data["label"])

    def clean_position(self) -> int:
        """Put it behind all others where nothing is said."""
        given: int | None = self.cleaned_data["position"]
        if given is not None:
            return given
        last = CustomField.of(self.instance.tenant).aggregate(last=Max("position"))["last"]
        return 0 if last is None else min(last + 1, LAST_POSITION)

    def clean_choices(self) -> str:
        """One a line; none twice."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines()]
        known: dict[str, str] = {}
        for line in filter(None, lines):
            known.setdefault(line.casefold(), line)
        found = list(known.values())
        if len(found) > MOST_CHOICES:
            raise ValidationError(f"Offer no more than {MOST_CHOICES} choices.")
        if any(len(line) > LONGEST_CHOICE or not line.isprintable() for line in found):
            raise ValidationError(f"Keep each choice to {LONGEST_CHOICE} characters.")
        return "\n".join(found)

    def clean_archived(self) -> bool:
        archived: bool = self.cleaned_data["archived"]
        is_new = not archived and (self.instance._state.adding or self.instance.archived_at)
        if is_new and len(fields.of(self.instance.tenant)) >= fields.MOST:
            raise ValidationError(f"{fields.MOST} fields are in use. Archive one of them first.")
        return archived

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind = given.get("kind", self.instance.kind)
        if kind == CustomField.Kind.CHOICE and not given.get("choices"):
            self.add_error("choices", "Write what may be chosen, one a line.")
        elif kind == CustomField.Kind.CHOICE:
            self._keep_what_is_used(given["choices"].split("\n"))
        if "kind" in self.changed_data and self._values().exists():
            self.add_error(
                "kind",
                "Leads have something in this field, so it stays what it is. Archive it and add "
                "another one.",
            )
        return given

    def _keep_what_is_used(self, wanted: list[str]) -> None:
        """Refuse to take a choice away that leads have; say how many."""
        for choice in set(self.instance.options) - set(wanted):
            many = capped(self._values().filter(text=choice), COUNTED_TO)
            if many:
                have = "1 lead has" if many == 1 else f"{counted(many, COUNTED_TO)} leads have"
                self.add_error(
                    "choices", f"{have} “{choice}”. Leave it here, or change those leads first."
                )

    def _values(self) -> QuerySet[FieldValue]:
        if self.instance._state.adding:
            return FieldValue.of(self.instance.tenant).none()
        return FieldValue.of(self.instance.tenant).filter(field=self.instance.pk)


def one_line(text: str) -> str:
    """Give a name without what can't be seen."""
    name = " ".join(text.split())
    if not name.isprintable():
        raise ValidationError("Write it without characters that can't be seen.")
    return name


@admin.register(CustomField)
class CustomFieldAdmin(HangsOnLeads):
    form = CustomFieldForm
    rows, rows_field = FieldValue, "field"
    list_display = ["label", "kind", "required", "position", "used_by", "is_in_use"]
    search_fields = ["label"]
    search_help_text = "Label"
    adding = "Add field"
    when_empty = "A field of your own stands on every lead, in filters and in exports."
    actions = ["archive", "restore"]
    about = "What you want to know of every lead besides."

    @admin.display(description="required", boolean=True, ordering="is_required")
    def required(self, field: CustomField) -> bool:
        return field.is_required

    @admin.display(description="in use", boolean=True, ordering="archived_at")
    def is_in_use(self, field: CustomField) -> bool:
        return field.archived_at is None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Say why the kind can't be changed."""
        why = "Leads have something in this field, so its kind stays." if self._is_used(obj) else ""
        fields = ["label", "kind", "choices", "help_text", "is_required", "position"]
        if obj is not None:
            fields.append("archived")
        return [(None, {"fields": fields, "description": why})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("kind",) if self._is_used(obj) else ()

    def _is_used(self, obj: Any) -> bool:
        return obj is not None and bool(obj.many)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Let nobody fill it in until it is saved: what is not used now is not used then."""
        if request.method == "POST" and object_id and self._allowed(request):
            rows = CustomField.of(request.tenant).select_for_update()  # type: ignore[attr-defined]
            if field := self.get_object(request, unquote(object_id)):
                rows.filter(pk=field.pk).first()
        return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and note the day of archiving where that was ticked."""
        if "archived" in form.changed_data:
            archived_at = timezone.now() if form.cleaned_data["archived"] else None
            form.changed_data[form.changed_data.index("archived")] = "archived_at"
            form.initial["archived_at"] = obj.archived_at
            obj.archived_at = form.cleaned_data["archived_at"] = archived_at
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say how many values go."""
        values = FieldValue.of(request.tenant).filter(field__in=list(objs))  # type: ignore[attr-defined]
        many, kept = going(values, "values")
        along = {"values on leads": many} if many != "0" else {}
        return [str(each) for each in objs], along, set(), kept

    @admin.action(description="Archive: hide them and keep their values", permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[CustomField]) -> None:
        """Hide them."""
        rows = list(queryset.filter(archived_at=None))
        tenant, now = request.tenant, timezone.now()  # type: ignore[attr-defined]
        CustomField.of(tenant).filter(pk__in=[row.pk for row in rows]).update(archived_at=now)
        at = {"archived_at": now.isoformat()}
        audit.write_all(rows, "archived", by=request.user, after=at)  # type: ignore[arg-type]
        messages.success(request, f"{len(rows)} archived. Their values are kept.")

    @admin.action(description="Restore with their values", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[CustomField]) -> None:
        """Show them again."""
        rows = list(queryset.exclude(archived_at=None))
        tenant = request.tenant  # type: ignore[attr-defined]
        if len(fields.of(tenant)) + len(rows) > fields.MOST:
            messages.error(request, f"No more than {fields.MOST} fields can be in use.")
            return
        CustomField.of(tenant).filter(pk__in=[row.pk for row in rows]).update(archived_at=None)
        audit.write_all(
            rows,
            "restored",
            by=request.user,  # type: ignore[arg-type]
            before=lambda row: {"archived_at": row.archived_at.isoformat()},
        )
        messages.success(request, f"{len(rows)} restored.")
