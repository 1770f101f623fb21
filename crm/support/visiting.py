"""Whoever looks after the installation comes in by a consent, and goes."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from crm.ledger import audit, author
from crm.ledger.models import Via
from crm.look.formats import absolute
from crm.mail import letter
from crm.mail.letter import Letter
from crm.support.models import Consent, Visit
from crm.tenants import members
from crm.tenants.acting import acting_for
from crm.tenants.models import User

AGAIN = "If there is more to do, ask an owner to let support in again, under Support access."
MINUTE = timedelta(minutes=1)


class Out(Exception):
    """The visit is over; the sentence says why."""


def open_consents() -> QuerySet[Consent]:
    """Give what owners anywhere have consented to: who helps has no company to ask for."""
    rows = Consent.across_tenants.filter(ended_at=None, until__gt=timezone.now())
    return rows.select_related("tenant", "given_by").order_by("until")


def enter(consent_id: UUID, by: User) -> Visit:
    """Come in; the owners are written to. Raises Out."""
    consent = open_consents().filter(pk=consent_id).first() if by.is_superuser else None
    if consent is None:
        raise Out(f"This consent is over, so you did not come in. {AGAIN}")
    with acting_for(consent.tenant), author.acting(by=by, via=Via.SUPPORT):
        rows = Consent.of(consent.tenant).select_for_update(of=("self",), no_key=True)
        if not rows.get(pk=consent.pk).is_open:
            raise Out(f"This consent has just been ended, so you did not come in. {AGAIN}")
        visit = Visit.of(consent.tenant).create(
            tenant=consent.tenant, consent=consent, person=by, name=str(by)[:120]
        )
        audit.write(consent, "entered by", by=by)
        _tell_owners(consent, by)
    return visit


def inside(visit_id: UUID, person: User) -> Visit:
    """Give the visit, checked as at every request; raises Out."""
    rows = Visit.across_tenants.select_related("tenant", "consent")
    visit = rows.filter(pk=visit_id, person=person).first()
    if visit is not None:
        visit.person = person
    if visit is None or visit.left_at is not None:
        raise Out("You have left. Enter again if the consent is still open.")
    if not person.is_superuser:
        _put_out(visit, person, "no longer looks after the installation")
        raise Out("You no longer look after this installation, so you have been let out.")
    if not visit.consent.is_open:
        _put_out(visit, person, "the consent was over")
        raise Out(f"{_over(visit.consent)} You are outside again. {AGAIN}")
    if visit.seen_at < timezone.now() - MINUTE:
        Visit.of(visit.tenant).filter(pk=visit.pk).update(seen_at=timezone.now())
    return visit


def leave(visit: Visit, by: User) -> None:
    """Go."""
    with acting_for(visit.tenant), author.acting(by=by, via=Via.SUPPORT):
        _close(visit, by, {})


def _put_out(visit: Visit, by: User, why: str) -> None:
    with acting_for(visit.tenant), author.acting(by=by, via=Via.SUPPORT):
        _close(visit, by, {"because": why})


def _close(visit: Visit, by: User, after: dict[str, str]) -> None:
    rows = Visit.of(visit.tenant).filter(pk=visit.pk, left_at=None)
    if rows.update(left_at=timezone.now()):
        audit.write(visit.consent, "left", by=by, after=after)


def _over(consent: Consent) -> str:
    if consent.ended_at is not None:
        who = consent.ended_by or "An owner"
        return f"{who} has ended the consent of {consent.tenant}."
    return f"The consent of {consent.tenant} ended on {absolute(consent.until)}."


def _tell_owners(consent: Consent, by: User) -> None:
    may = "may look and change things" if consent.may_change else "may look, and change nothing"
    reason = f"\n\nThe consent’s reason: {consent.reason}" if consent.reason else ""
    letter.post(
        Letter(
            subject=f"Support is inside {consent.tenant}",
            says=(
                f"{by}, who looks after this installation, has entered {consent.tenant} by the "
                f"consent of {consent.given_by or 'an owner'}. They {may}, until "
                f"{absolute(consent.until)} at the latest. You can end that at any time.{reason}"
            ),
            why=f"You own {consent.tenant}, and its owners are told whenever support comes in.",
            path=reverse("support:consent"),
            button="See it, or end it",
        ),
        members.owners(consent.tenant),
        tenant=consent.tenant,
    )
