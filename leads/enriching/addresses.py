"""Whether mail would arrive at the addresses of an organisation: judged without any key."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from crm.tenants.models import Tenant
from enrichment.emails import checking
from enrichment.emails.checking import Asked
from enrichment.emails.verdict import Verdict
from enrichment.emails.verifiers import Outcome, Said
from enrichment.told import ORGANISATION
from leads.enriching.visiting import Visit
from leads.models import EmailCheck

# A verdict without news is looked up again after so long.
GOOD = timedelta(days=30)
MOST = 30
# DNS is not waited for longer: what is not known by then is unknown.
SECONDS = 5.0


def check(visit: Visit) -> None:
    """Judge the addresses that the visit has met; asks DNS, so not in a transaction."""
    visit.verdicts = dict(_judged(visit))


def _judged(visit: Visit) -> list[tuple[str, tuple[Verdict, list[dict[str, Any]]]]]:
    tenant, dossier = visit.run.tenant, visit.dossier
    met = {
        str(value.told.value): (person, value.told.way == "guess")
        for person in (ORGANISATION, *dossier.people)
        for value in dossier.values((person, "email"))
    }
    known = {each.address: each for each in _known(tenant, met)}
    said = _said(visit)
    fresh = timezone.now() - GOOD
    due = [
        address
        for address in met
        if address in said or address not in known or known[address].checked_at < fresh
    ][:MOST]
    heard = {each: _merged(known.get(each), said.get(each, [])) for each in due}
    asked = [
        Asked(
            text=address,
            said=[read(row) for row in heard[address]],
            is_person=bool(met[address][0]),
            is_guess=met[address][1],
        )
        for address in due
    ]
    verdicts = checking.check(asked, seconds=SECONDS)
    return [
        (address, (verdict, heard[address]))
        for address, verdict in zip(due, verdicts, strict=True)
    ]


def keep(visit: Visit) -> None:
    """Write the verdicts down; what a person has marked as wrong stays so."""
    now = timezone.now()
    rows = [
        EmailCheck(
            tenant=visit.run.tenant,
            address=address[:254],
            state=verdict.state,
            reasons=[reason.words for reason in verdict.reasons],
            said=said,
            is_barred=verdict.is_barred,
            checked_at=now,
        )
        for address, (verdict, said) in sorted(visit.verdicts.items())
    ]
    EmailCheck.of(visit.run.tenant).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "address"],
        update_fields=["state", "reasons", "said", "is_barred", "checked_at"],
    )


def read(row: dict[str, Any]) -> Said:
    """Read what a verifier said as it is kept."""
    return Said(
        row["verifier"],
        Outcome(row["outcome"]),
        row["words"],
        date.fromisoformat(row["on"]),
        bool(row.get("is_role")),
    )


def _known(tenant: Tenant, met: dict[str, Any]) -> list[EmailCheck]:
    return list(EmailCheck.of(tenant).filter(address__in=met)) if met else []


def _said(visit: Visit) -> dict[str, list[dict[str, Any]]]:
    """Give what verifiers said in this visit, by the address."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in visit.dossier.said:
        found.setdefault(str(row.get("address", "")), []).append(row)
    return found


def _merged(known: EmailCheck | None, new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each verifier its last word."""
    last = {row["verifier"]: row for row in (known.said if known else [])}
    return list((last | {row["verifier"]: row for row in new}).values())
