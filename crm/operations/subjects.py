"""What a row of work is about, in words and with a way there."""

from typing import Any

from django.contrib import admin
from django.urls import reverse

from crm.work.table import Table


def url(row: Any) -> str:
    """Give the page where the row belongs, else its page in the administration, else nothing."""
    if hasattr(row, "get_absolute_url"):
        return str(row.get_absolute_url())
    if admin.site.is_registered(type(row)):
        meta = row._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    return ""


def listed(table: Table) -> str:
    """Give the table's list in the administration, else nothing."""
    if not admin.site.is_registered(table.model):
        return ""
    meta = table.model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


def capitalised(table: Table, row: Any) -> str:
    """Say what the row is for, as the beginning of a line."""
    said = table.about(row)
    return said[:1].upper() + said[1:]
