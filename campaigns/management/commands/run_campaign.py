"""Runs a campaign in the foreground and says what came of it."""

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns import criteria, kinds, launching, runs
from campaigns.models import COUNTERS, Campaign, Run, SourceRun
from crm.places.postcode import NotAPostcode
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.drain import drain

PATIENCE_SECONDS = 3600


class Command(BaseCommand):
    help = "Run a campaign now: the same criteria again, or --more behind where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, help="the tenant's slug, e.g. demo")
        parser.add_argument("--kind", required=True, help=", ".join(kinds.BY_SLUG))
        parser.add_argument("--postcode", required=True, help='e.g. "LE1 1AA"')
        parser.add_argument("--miles", type=int, default=15, help="1 to 200")
        parser.add_argument("--max-results", type=int, default=100, help="new leads, 1 to 500")
        parser.add_argument(
            "--take-edge", action="store_true", help="also those whose area lies in the circle"
        )
        parser.add_argument(
            "--include-customers", action="store_true", help="existing customers count as found"
        )
        parser.add_argument("--min-employees", type=int, help="people, 1 to 100,000")
        parser.add_argument(
            "--only-known-size", action="store_true", help="leave out those of unknown size, too"
        )
        parser.add_argument("--more", action="store_true", help="go on behind the last place")
        parser.add_argument("--json", action="store_true", help="print one line of JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = self.tenant(options["tenant"])
        run = self.start(tenant, options)
        started = time.monotonic()
        drain(PATIENCE_SECONDS, tenant=tenant, until=lambda: not self.is_moving(run))
        self.wait(run)
        # Leads that gained something by a merge are scored anew before we say that it is done.
        drain(PATIENCE_SECONDS, tenant=tenant)
        self.report(run, time.monotonic() - started, as_json=options["json"])

    def tenant(self, slug: str) -> Tenant:
        found = Tenant.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Tenant.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"No tenant is called “{slug}”. Known: {known}.")
        return found

    def start(self, tenant: Tenant, options: dict[str, Any]) -> Run:
        if options["only_known_size"] and options["min_employees"] is None:
            raise CommandError("--only-known-size needs --min-employees.")
        try:
            with acting_for(tenant):
                wanted = criteria.check(
                    kinds.get(options["kind"]),
                    postcode=options["postcode"],
                    miles=options["miles"],
                    max_results=options["max_results"],
                    takes_edge=options["take_edge"],
                    takes_customers=options["include_customers"],
                    min_employees=options["min_employees"],
                    only_known_size=options["only_known_size"],
                )
                campaign, _ = launching.create(wanted, tenant=tenant, by=None)
                try:
                    mode = self.mode(campaign, options)
                    return runs.start(campaign, mode, by=None, wake=False)
                except runs.AlreadyRunning:
                    # Perhaps of a call that was killed: its run is seen through, not left behind.
                    self.stderr.write(f"“{campaign.name}” is running already; seeing that through.")
                    return Run.of(tenant).get(campaign=campaign, state__in=Run.ACTIVE)
        except (criteria.Unfit, NotAPostcode, runs.CannotRun, kinds.UnknownKind) as error:
            raise CommandError(str(error.args[0])) from None

    def mode(self, campaign: Campaign, options: dict[str, Any]) -> Run.Mode:
        if options["more"]:
            return Run.Mode.MORE
        return Run.Mode.AGAIN if campaign.positions else Run.Mode.FIRST

    def is_moving(self, run: Run) -> bool:
        """Say whether there is an end to wait for; somebody may pause the run meanwhile."""
        run.refresh_from_db(fields=["state"])
        return run.state in Run.MOVING

    def wait(self, run: Run) -> None:
        """A worker in the background may hold the last piece; its lease ends if it dies."""
        while self.is_moving(run):
            time.sleep(0.2)
            drain(1, tenant=run.tenant)

    def report(self, run: Run, seconds: float, *, as_json: bool) -> None:
        run = Run.across_tenants.with_counts().select_related("campaign").get(pk=run.pk)
        sources = SourceRun.across_tenants.filter(run=run).order_by("source")
        said = {
            "campaign": str(run.campaign_id),
            "status": run.state,
            **{name: getattr(run, name) for name in COUNTERS},
            "left": run.left or 0,
            "seconds": round(seconds, 2),
            "sources": [
                {"source": row.source, **{name: getattr(row, name) for name in COUNTERS}}
                for row in sources
            ],
        }
        if as_json:
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write(f"{run.campaign.name}: {run.reason} ({seconds:.1f} s)")
        if run.state != Run.State.COMPLETED:
            sys.exit(1)
