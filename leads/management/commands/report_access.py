"""`manage.py report_access`: lets Superset or Grafana read the leads of one company."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from crm.ledger import audit
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from leads.reporting import access, view

GIVEN = """\
{tenant}: its leads, in the view leads, may be read by this role and nothing else by it.
The password is shown this once; the same command gives another, which ends this one.

{where}
"""
LEFT = """\
{tenant}: the view is there, and its reader {role} has its right, but its password was not renewed:
{why}.
For a new one have these statements run by who may change this role:

{statements}

Then this is its address:

{where}
"""
NO_ROLE = """\
The view is there, but not its reader: {why}.
Have these statements run by who may make roles on this server, and this command once more:

{statements}

Then this is its address, with the password that is shown this once:

{where}"""
STAYS = """\
The view is gone, and the role {role} can read nothing, but it is still there: {why}.
Have these statements run in this database by who may drop roles:

{statements}"""
NO_SCHEMA = "{why}.\nHave this run by who may, and this command once more:\n\n{statements}"


class Command(BaseCommand):
    help = "Let Superset or Grafana read a company's leads, by a role that can read nothing else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--company", required=True, help="its short name, as `demo`")
        parser.add_argument("--remove", action="store_true", help="drop its view and its role")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["company"]).first()
        if tenant is None:
            raise CommandError(f"There is no company {options['company']}.")
        (self._take if options["remove"] else self._give)(tenant)

    def _give(self, tenant: Tenant) -> None:
        try:
            given = access.give(tenant.pk)
        except access.NotAllowed as why:
            raise CommandError(
                NO_SCHEMA.format(why=why, statements=_lines(why.statements))
            ) from why
        told = {
            "tenant": tenant,
            "role": given.role,
            "why": given.refused,
            "statements": _lines(given.statements),
            "where": _where(given),
        }
        if not access.is_given(tenant.pk):
            raise CommandError(NO_ROLE.format(**told))
        _tell(tenant, "let dashboards read the leads of")
        self.stdout.write((LEFT if given.refused else GIVEN).format(**told))

    def _take(self, tenant: Tenant) -> None:
        _tell(tenant, "took from dashboards the leads of")
        try:
            access.take(tenant.pk)
        except access.NotAllowed as why:
            role, statements = view.name(tenant.pk), _lines(why.statements)
            raise CommandError(STAYS.format(why=why, role=role, statements=statements)) from why
        self.stdout.write(f"{tenant}: no dashboard reads its leads any more.")


def _tell(tenant: Tenant, verb: str) -> None:
    with acting_for(tenant):
        audit.write(tenant, verb, by=None)


def _lines(statements: Sequence[str]) -> str:
    return "\n".join(f"    {each}" for each in statements)


def _where(given: access.Access) -> str:
    """Write the address as the app itself reaches the server; a folder is that of a socket."""
    connection.ensure_connection()
    server = connection.connection.info
    is_folder = server.host.startswith("/")
    at = "" if is_folder else f"{server.host}:{server.port}"
    folder = f"?host={quote(server.host)}" if is_folder else ""
    return f"    postgresql://{given.role}:{given.password}@{at}/{server.dbname}{folder}"
