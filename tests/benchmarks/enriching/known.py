"""Answers of six providers, put there as if they had been asked; runs inside `manage.py`."""

from urllib.parse import urlsplit

from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from enrichment import kinds
from enrichment.lookups import telling
from enrichment.lookups.models import Lookup, Rules
from enrichment.providers.all import BY_SLUG, PROVIDERS
from leads.enriching import gathering
from leads.enriching.dossier import Dossier
from leads.models import Organisation
from tests.benchmarks.enriching import answers
from tests.simulators import world

LOT = 200
State = Lookup.State


def answer(company: str) -> dict[str, int]:
    """Answer all questions about a company's leads, and have it ask nobody else.

    Give how many answers there are, and how many values they tell.
    """
    tenant = Tenant.objects.get(slug=company)
    values = 0
    with acting_for(tenant):
        off = [each.slug for each in PROVIDERS if each.slug not in answers.TELLING]
        Rules.of(tenant).delete()
        Rules.of(tenant).create(tenant=tenant, off=off)
        rows = Organisation.of(tenant).order_by("pk").values_list("pk", flat=True)
        idents = list(rows)
        for start in range(0, len(idents), LOT):
            dossiers = gathering.gather(tenant, idents[start : start + LOT])
            lookups = [each for dossier in dossiers for each in _of(tenant, dossier)]
            # Two places of one company share what is said of it.
            Lookup.of(tenant).bulk_create(lookups, ignore_conflicts=True)
            values += sum(len(each.told) for each in lookups)
        return {"answers": Lookup.of(tenant).count(), "values": values}


def _of(tenant: Tenant, dossier: Dossier) -> list[Lookup]:
    """Give the answers about one organisation, each by the name of its question."""
    now = timezone.now()
    # As they are named to providers: people's fields like the organisation's own.
    wants = sorted({name.rpartition(".")[2] for name in kinds.wants(kinds.KINDS)})
    site = dossier.organisation.website
    one = world.by_domain(urlsplit(site).hostname or "")
    assert one is not None, site
    subject = dossier.subject()
    return [
        Lookup(
            tenant=tenant,
            provider=slug,
            about=BY_SLUG[slug].about(subject),
            state=State.TOLD if heard.told else State.NOTHING,
            told=telling.write(heard.told),
            kept=heard.kept,
            wants=wants,
            sent_at=now,
            answered_at=now,
        )
        for slug, heard in answers.of(answers.truth_of(one), timezone.localdate()).items()
    ]
