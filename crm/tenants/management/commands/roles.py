"""Prints who may what, from the one table that says it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from crm.tenants import role_table
from crm.tenants.models import Role
from crm.tenants.permissions import GRANTS


class Command(BaseCommand):
    help = "Print what each role may do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--markdown", action="store_true", help="as README has it")
        parser.add_argument("--write", action="store_true", help="put it into README.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            readme = settings.BASE_DIR / "README.md"
            readme.write_text(role_table.put(readme.read_text()))
        elif options["markdown"]:
            self.stdout.write(role_table.markdown())
        else:
            for role in Role:
                may = "; ".join(sorted(each.value for each in GRANTS[role]))
                self.stdout.write(f"{role.label}: {may}")
