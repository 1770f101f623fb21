"""What libraries bring along: tables of the installation, for its superusers alone."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.db.models import DateTimeField
from django.http import HttpRequest

OURS = ("crm", "leads", "campaigns", "enrichment", "scoring")


class Moment(forms.DateTimeInput):
    """A day and a time in one."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": 1})


class OfTheInstallation:
    """Closes an admin page to whoever only manages a company, whatever permissions they hold."""

    is_of_the_installation = True
    # Django's own controls for these have parts without a name.
    filter_horizontal = filter_vertical = ()
    formfield_overrides = {DateTimeField: {"form_class": forms.DateTimeField, "widget": Moment}}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser and super().has_module_permission(request)  # type: ignore[misc]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser and super().has_view_permission(request, obj)  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser and super().has_add_permission(request)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)  # type: ignore[misc]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Count what goes along or stands in the way: companies' rows are named to nobody else."""
        rows = list(objs)
        _, counts, missing, kept = super().get_deleted_objects(rows, request)  # type: ignore[misc]
        in_the_way = [f"{len(kept)} rows of companies still need it."] if kept else []
        return [str(row) for row in rows], counts, missing, in_the_way


def closed(model: Any, wanted: type[ModelAdmin]) -> type[ModelAdmin]:
    """Give the admin class as it is, or closed if the model is a library's."""
    if model.__module__.partition(".")[0] in OURS:
        return wanted
    return type(wanted.__name__, (OfTheInstallation, wanted), {})
