"""Registers in admin, to look at only: what is loaded, from which files, and what changed."""

from django.contrib import admin

from crm.adminlist.look_only import LookOnly
from crm.registers import told
from crm.registers.models import Change, Load, Register


@admin.register(Register)
class RegisterAdmin(LookOnly):
    about = "Published lists of organisations, and the day of the file that is loaded"
    is_small = True
    when_empty = "Registers stand here once one was loaded with manage.py load_register."
    list_display = ["label", "slug", "publisher", "as_of", "entries", "loaded_at"]
    search_fields = ["label", "slug", "publisher"]
    ordering = ["label"]


@admin.register(Load)
class LoadAdmin(LookOnly):
    called = "Loads of registers"
    about = "Files of registers on their way in, and what came of each"
    when_empty = "Files stand here once one was loaded with manage.py load_register."
    list_display = ["file", "register", "state", "percent", "rows", "refusals", "started_at"]
    list_filter = ["state"]
    search_fields = ["file", "register"]
    fields = [
        "file", "register", "as_of", "state", "percent", "rows", "refusals", "outcome",
        "started_at", "ended_at", "digest",
    ]  # fmt: skip
    readonly_fields = ["refusals"]
    ordering = ["-pk"]

    @admin.display(description="refused rows")
    def refusals(self, load: Load) -> str:
        """Say how many rows were refused, by reason."""
        counts = sorted(load.refused.items(), key=lambda each: -each[1])
        return "; ".join(f"{why}: {many:,}" for why, many in counts) or "none"


@admin.register(Change)
class ChangeAdmin(LookOnly):
    called = "Changes in registers"
    about = "What a newer file said differently of an entry"
    when_empty = "Changes stand here once a register was loaded a second time."
    list_display = ["entry", "register", "kind", "on", "said"]
    list_filter = ["kind"]
    list_select_related = ["entry", "register"]
    fields = ["entry", "register", "kind", "on", "said"]
    readonly_fields = ["said"]
    ordering = ["-pk"]

    @admin.display(description="what changed")
    def said(self, change: Change) -> str:
        """Say it in a sentence."""
        return told.sentence(change.kind, change.on, change.before)
