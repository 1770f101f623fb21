"""One question to a provider: asked once, looked for until it is answered, and booked.

A worker that is killed at any instant loses nothing: before something that costs is sent it is
written down, and an answer that takes long is known by its ticket before anybody waits for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.keys import keys
from crm.outside import clock, errors, leaving, pace
from crm.outside.key import Key
from crm.tenants.acting import acting_for
from enrichment import turns
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject, Unanswerable, lasting
from enrichment.lookups import finding, keeping, paying, telling
from enrichment.lookups.models import Lookup
from enrichment.lookups.paying import MonthIsOver, NotPaid, Purse

State = Lookup.State
# Calls that gave no answer, before a question is given up for a day.
MOST_TRIES = 3
SECONDS_BETWEEN_TRIES = 4
# Whoever is let wait longer than in any line may be asked sooner, if somebody mends something.
IN_LINE = timedelta(seconds=pace.LONGEST_LINE)
LONGEST = 300
UNSENT: dict[str, Any] = {"sent_at": None, "credits": 0, "cost_micros": 0}
# Behind the ticket of a question that is sent again to hear whether it is answered, which may be
# charged for: whoever finds it there can't know what was said.
UNHEARD = " unheard"
LOST = "The answer was lost with the worker that waited for it. It may have been charged for."


@dataclass(frozen=True)
class Waits:
    """It can't be asked before `until`, or has not answered yet; `why` is a sentence."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Stopped:
    """A person must mend something first; `said` is a sentence with what."""

    said: str


class Unpaid:
    """What was confirmed does not pay for it."""


class _Settled(Exception):
    """Somebody else has settled the question meanwhile."""

    def __init__(self, row: Lookup) -> None:
        super().__init__(str(row))
        self.row = row


Outcome = Lookup | Waits | Stopped | Unpaid


def ask(provider: Provider, subject: Subject, wants: frozenset[str], purse: Purse) -> Outcome:
    """Ask, or take what is known; with no transaction open. Raises nothing of the outside."""
    about = provider.about(subject)[:LONGEST]
    with acting_for(subject.tenant):
        row = finding.find(provider, subject, about, wants, purse)
    if keeping.is_good(row, provider, wants):
        return row
    return see_to(row, provider, subject, wants, purse)


def see_to(
    row: Lookup, provider: Provider, subject: Subject, wants: frozenset[str], purse: Purse
) -> Outcome:
    """Ask what the row stands for, or look whether it is answered; otherwise as `ask`."""
    try:
        with turns.turn(f"{row.pk}", f"{provider.label} is asked the same already."):
            return _Call(row, provider, subject, wants, purse).go()
    except errors.Later as later:
        # Somebody else asks the very same at this moment.
        return Waits(later.until, later.why)
    except _Settled as settled:
        return settled.row


class _Call:
    """One question on its way, while nobody else asks it."""

    def __init__(
        self,
        row: Lookup,
        provider: Provider,
        subject: Subject,
        wants: frozenset[str],
        purse: Purse,
    ) -> None:
        self.row, self.provider, self.subject = row, provider, subject
        self.wants, self.purse = wants, purse

    def go(self) -> Outcome:
        begun = self._begin()
        if not isinstance(begun, Asking):
            return begun
        try:
            with leaving.noted(self._goes_out):
                answer = self.provider.ask(begun)
        except (errors.Outside, Unanswerable) as error:
            return self._failed(error, begun.key)
        if isinstance(answer, NotYet):
            until = clock.from_now(answer.seconds)
            self._write(due_at=until)
            return Waits(until, f"{self.provider.label} works on it.")
        if begun.key is not None:
            keys.report(begun.key, None)
        return self._answered(answer)

    def _begin(self) -> Asking | Outcome:
        """Set aside what it may cost; what it gives otherwise is what came of it already."""
        provider, tenant = self.provider, self.subject.tenant
        with acting_for(tenant):
            row = Lookup.of(tenant).select_for_update().get(pk=self.row.pk)
            self.row = row
            if row.state != State.OPEN:
                return row
            if row.due_at is not None and row.due_at > timezone.now():
                return Waits(row.due_at, row.trouble)
            if self._is_unheard:
                return self._close(State.LOST, LOST, quantity=1, cost_micros=row.cost_micros)
            key = keys.of(tenant, provider.service) if provider.service else None
            if provider.service and key is None:
                return Stopped(f"{provider.label} has no key. Put one in under API keys.")
            times = 1
            if not row.ticket or paying.is_abandoned(row, self.purse):
                try:
                    row.asked_for, row.wants = UUID(self.subject.ident), sorted(self.wants)
                    times = paying.set_aside(row, provider, key, self.purse)
                except NotPaid:
                    return Unpaid()
                except MonthIsOver as over:
                    return Stopped(str(over))
        return Asking(
            subject=self.subject,
            key=key,
            wants=self.wants,
            today=timezone.localdate(),
            ticket=row.ticket,
            keep=lambda ticket: self._write(ticket=ticket),
            save=lambda kept: self._write(kept=dict(kept)),
            kept=row.kept,
            most=times,
        )

    def _goes_out(self) -> None:
        """Mark that it may be charged for from now on, or that its answer may be said now."""
        row = self.row
        if not (row.credits or row.cost_micros):
            return
        if row.sent_at is None:
            self._write(sent_at=timezone.now())
        elif row.ticket and not self._is_unheard:
            self._write(ticket=row.ticket + UNHEARD)

    @property
    def _is_unheard(self) -> bool:
        """Whether something was said to us, perhaps, that nobody will say again for nothing."""
        row = self.row
        return row.ticket.endswith(UNHEARD) if row.ticket else row.sent_at is not None

    @property
    def _unsaid(self) -> dict[str, Any]:
        """What the row holds again where nothing was said, and nothing charged for."""
        ticket = self.row.ticket.removesuffix(UNHEARD)
        return {"ticket": ticket} if ticket else UNSENT

    def _write(self, **changes: Any) -> None:
        """Change the row, unless somebody has closed it meanwhile; what was said there stays."""
        with acting_for(self.subject.tenant):
            rows = Lookup.of(self.subject.tenant).filter(pk=self.row.pk, state=State.OPEN)
            if not rows.update(**changes):
                raise _Settled(Lookup.of(self.subject.tenant).get(pk=self.row.pk))
        for name, value in changes.items():
            setattr(self.row, name, value)

    def _answered(self, answer: Answer) -> Lookup:
        # The verdict of a check that leaves a value as it was is no more than a miss.
        is_told = bool(answer.told or answer.passing)
        return self._settle(
            State.TOLD if is_told else State.NOTHING,
            "" if is_told else answer.why_nothing,
            quantity=answer.quantity if is_told else 0,
            cost_micros=answer.cost_micros,
            told=telling.write(answer.told),
            kept=dict(answer.kept),
            passing=dict(answer.passing),
            passing_until=keeping.passing_until() if answer.passing else None,
        )

    def _failed(self, error: Exception, key: Key | None) -> Outcome:
        """Write what becomes of a question that got no answer, or none that can be used."""
        match error:
            case errors.Later():
                # Who is in line keeps the place, and asks for none before its turn.
                is_near = error.until <= timezone.now() + IN_LINE
                due = error.until if is_near else None
                self._write(due_at=due, trouble=error.why[:500], **self._unsaid)
                return Waits(error.until, error.why)
            case errors.Refused():
                if key is not None:
                    keys.report(key, error)
                self._write(**self._unsaid)
                return Stopped(f"{self.provider.label}: {keys.words(error)}")
            case errors.NotThere():
                return self._settle(State.NOTHING, f"{self.provider.label} does not know it.")
            case Unanswerable():
                cost = error.cost_micros
                kept = lasting(self.row.kept if error.kept is None else error.kept)
                return self._settle(State.FAILED, str(error), cost_micros=cost, kept=kept)
            case errors.Away() if not (error.was_sent and self._is_unheard):
                return self._again(error)
            case errors.Away() | errors.NotReadable() | errors.TooBig():
                # It may have been answered, only not so that anybody could read it.
                spent = self.row.cost_micros if self.row.sent_at else 0
                return self._settle(State.FAILED, str(error), cost_micros=spent)
            case errors.NotAccepted() if error.kind == "suppress":
                return self._settle(State.NOTHING, str(error), kept={keeping.OBJECTED: True})
        return self._settle(State.FAILED, str(error))

    def _again(self, away: errors.Away) -> Outcome:
        tries = self.row.tries + 1
        if tries >= MOST_TRIES:
            spent = self.row.cost_micros if self.row.ticket else 0
            return self._settle(State.FAILED, str(away), cost_micros=spent)
        until = clock.from_now(SECONDS_BETWEEN_TRIES * 3**tries)
        self._write(tries=tries, due_at=until, trouble=str(away)[:500], **self._unsaid)
        return Waits(until, str(away))

    def _settle(
        self,
        state: Lookup.State,
        said: str,
        *,
        quantity: int = 0,
        cost_micros: int = 0,
        **changes: Any,
    ) -> Lookup:
        """Write the answer and book it, once: whoever finds it settled leaves it as it is."""
        tenant = self.subject.tenant
        with acting_for(tenant):
            row = Lookup.of(tenant).select_for_update().get(pk=self.row.pk)
            if row.state != State.OPEN:
                return row
            self.row = row
            return self._close(state, said, quantity=quantity, cost_micros=cost_micros, **changes)

    def _close(
        self,
        state: Lookup.State,
        said: str,
        *,
        quantity: int = 0,
        cost_micros: int = 0,
        **changes: Any,
    ) -> Lookup:
        row = self.row
        noted = paying.book(
            row, self.provider, self.purse, quantity=quantity, cost_micros=cost_micros
        )
        changes |= {"state": state, "trouble": said[:500], "answered_at": timezone.now(), **noted}
        if not row.is_current:
            # Whom it is about was removed meanwhile: it was paid for, and nothing of it is kept.
            changes |= keeping.FORGOTTEN
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
        if self.provider.is_shared and row.is_current and state in (State.TOLD, State.NOTHING):
            keeping.share(row, self.wants)
        return row
