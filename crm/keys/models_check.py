"""Every day: whether the model that we ask is still listed, and its owners are told in time.

A company's row says when its turn is. Of all who hold the same key one asks in a day; the others
go by what it heard.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from crm.ai.listed import listed
from crm.keys import models_seen, reporting
from crm.keys.holding import of
from crm.keys.models import Credential, ModelWatch
from crm.keys.what import OPENAI
from crm.outside.errors import Outside, Refused
from crm.outside.key import Key
from crm.tasks import wake
from crm.tenants import members
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def begin_due() -> None:
    """Have every company's turn come once a day; somewhere else another may do the same."""
    now = timezone.now()
    new = _who_asks().exclude(pk__in=ModelWatch.across_tenants.values("tenant"))
    made = ModelWatch.across_tenants.bulk_create(
        (ModelWatch(tenant=tenant, next_at=now) for tenant in new), ignore_conflicts=True
    )
    late = ModelWatch.across_tenants.filter(state=State.DONE, next_at__lte=now)
    if late.update(state=State.READY, due_at=now, attempts=0) or made:
        wake()


def work(watch: ModelWatch, lease: Lease) -> None:
    """Ask, if nobody with this key has today, and tell of what is new."""
    with acting_for(watch.tenant):
        key = of(watch.tenant, OPENAI)
        is_mine = key is not None and models_seen.claim(key)
    if key is not None and is_mine and not _ask(key):
        models_seen.try_again(key, HOUR)
    with acting_for(watch.tenant):
        told = _tell(watch, key)
        soon = DAY if key is None or models_seen.is_fresh(key) else HOUR
        lease.finish(watch, told=told, next_at=timezone.now() + soon)


def _who_asks() -> QuerySet[Tenant]:
    """Give the companies that have a key to ask with."""
    if settings.OPENAI_API_KEY:
        return Tenant.objects.all()
    own = Credential.across_tenants.filter(service=OPENAI).exclude(sealed="")
    return Tenant.objects.filter(pk__in=own.values("tenant"))


def _ask(key: Key) -> bool:
    """Say whether there was an answer; a refusal is one."""
    try:
        known = listed(key)
    except Refused as refused:
        reporting.report(key, refused)
        return True
    except Outside:
        return False
    reporting.report(key, None)
    models_seen.keep(key, known)
    return True


def _tell(watch: ModelWatch, key: Key | None) -> str:
    """Tell the owners once of each news; give what they know now."""
    ending = models_seen.warning(key) if key else None
    if ending is None:
        return ""
    if ending.mark != watch.told:
        owners = members.owners(watch.tenant)
        headline = f"The AI model {settings.OPENAI_MODEL} comes to its end"
        reporting.tell(owners, watch.tenant, headline, ending.text)
    return ending.mark


def about(watch: ModelWatch) -> str:
    """Say to people what it does."""
    return "Asks OpenAI whether the AI model goes on"


TABLE = Table(model=ModelWatch, work=work, gave_up=lambda watch: None, about=about)
