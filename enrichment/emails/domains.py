"""Whether domains take mail: remembered for a while, asked of DNS otherwise."""

import re
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.utils import timezone

from crm.outside.pace import outside_transactions
from enrichment.emails import resolving
from enrichment.emails.answers import GOOD_FOR, UNASKED, Answer, Because, Mail
from enrichment.emails.models import MailDomain

FORM = re.compile(r"[a-z0-9._-]{1,253}")
# Questions that are under way at once: name servers answer many, and most of the time is waiting.
AT_ONCE = 16
# Seconds for all domains that are asked for together.
PATIENCE = 15.0
FORGOTTEN_AFTER = timedelta(days=60)


def look_up(domains: Iterable[str], *, seconds: float = PATIENCE) -> dict[str, Mail]:
    """Say of each domain (as DNS writes it) whether it takes mail; for those that are not
    remembered DNS is asked, hence not within a transaction.

    Those that nobody could be asked about in `seconds` are UNASKED, and asked next time.
    """
    outside_transactions()
    wanted = {domain for domain in domains if FORM.fullmatch(domain)}
    found = known(wanted)
    if (missing := sorted(wanted - found.keys())) and resolving.can_ask():
        asked = _ask(missing, time.monotonic() + seconds)
        _keep(asked)
        found |= asked
    return {domain: found.get(domain, UNASKED) for domain in wanted}


def known(domains: Iterable[str]) -> dict[str, Mail]:
    """Give what is remembered and still good; asks nobody, so it may stand in a transaction."""
    now = timezone.now()
    wanted = [domain for domain in domains if FORM.fullmatch(domain)]
    rows = MailDomain.objects.filter(domain__in=wanted) if wanted else ()
    return {row.domain: row.mail for row in rows if _is_good(row, now)}


def forget_old() -> None:
    """Throw away what nobody has asked for in a long while."""
    MailDomain.objects.filter(checked_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()


def _is_good(row: MailDomain, now: datetime) -> bool:
    return now < row.checked_at + GOOD_FOR[Answer(row.answer)]


def _ask(domains: list[str], ends: float) -> dict[str, Mail]:
    """Ask about them side by side; what the time does not suffice for is left out."""

    def one(domain: str) -> Mail | None:
        left = ends - time.monotonic()
        if left <= 0:
            return None
        because = resolving.ask(domain, seconds=left)
        # Whom we cut off ourselves was not silent.
        is_cut = because is Because.SILENCE and time.monotonic() >= ends
        return None if is_cut else Mail(because, timezone.now())

    with ThreadPoolExecutor(min(AT_ONCE, len(domains)), "dns") as threads:
        answers = list(threads.map(one, domains))
    return {
        domain: mail for domain, mail in zip(domains, answers, strict=True) if mail is not None
    }


def _keep(asked: dict[str, Mail]) -> None:
    # In the order of their names, so that two that keep the same ones wait for each other.
    MailDomain.objects.bulk_create(
        [
            MailDomain(
                domain=domain,
                answer=mail.answer,
                because=mail.because,
                checked_at=mail.checked_at or timezone.now(),
            )
            for domain, mail in asked.items()
        ],
        update_conflicts=True,
        unique_fields=["domain"],
        update_fields=["answer", "because", "checked_at"],
    )
