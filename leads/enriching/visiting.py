"""One visit to an organisation in a run: what is known is taken, what is missing is asked for."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from enrichment.contract import Provider
from enrichment.emails.verdict import Verdict
from enrichment.lookups import asking, finding, keeping, sweeping
from enrichment.lookups.asking import Stopped, Unpaid, Waits
from enrichment.lookups.models import Lookup
from enrichment.lookups.paying import Purse
from enrichment.told import ORGANISATION
from enrichment.waterfall import Left
from leads.enriching import doubting
from leads.enriching.dossier import Dossier
from leads.enriching.plan import Plan
from leads.enriching.questions import Asked, Question, following, key_of
from leads.models import EnrichmentItem, EnrichmentRun

# Whoever asks to be asked later than in so long is left out.
LONGEST_WAIT = timedelta(minutes=15)
# A visit that lasts longer goes on in another: a worker's task has to end some 110 s after it last
# began one, and the longest answer, of a website that is slow to the last, takes 60.
LONGEST_VISIT = 20.0
# So many websites of one organisation may prove to be somebody else's, one after the other.
MOST_WEBSITES = 4
OUTCOMES = {
    Lookup.State.TOLD: "told",
    Lookup.State.NOTHING: "nothing",
    Lookup.State.FAILED: "failed",
    Lookup.State.LOST: "lost",
}


@dataclass
class Visit:
    """`heard` are the answers of this visit, with whom each is about; `waits` when those can be
    asked who can't be now. `is_cut` says that there is more to ask, in another visit.
    """

    item: EnrichmentItem
    run: EnrichmentRun
    dossier: Dossier
    asked: Asked
    heard: list[tuple[Lookup, Provider, str]] = field(default_factory=list)
    waits: list[datetime] = field(default_factory=list)
    is_cut: bool = False
    # How complete the organisation was before it.
    before: int = 0
    # By address, with what verifiers have said of it.
    verdicts: dict[str, tuple[Verdict, list[dict[str, Any]]]] = field(default_factory=dict)

    def hear(self, lookup: Lookup, provider: Provider, key: str, person: str) -> None:
        """Take in an answer, and note what came of it."""
        self.dossier.absorb(lookup, provider, person)
        self.heard.append((lookup, provider, person))
        is_reader = provider.slug == doubting.READER
        doubts = doubting.said(self.dossier, lookup) if is_reader else ""
        self.note(lookup, key, person, doubts)

    def note(self, lookup: Lookup, key: str, person: str, doubts: str = "") -> None:
        """Note what came of a question and what it took; `doubts` say why it is not believed."""
        outcome, why = OUTCOMES[Lookup.State(lookup.state)], lookup.trouble
        if doubts:
            outcome, why = "doubted", doubts
        is_ours = (
            lookup.reservation is not None
            and lookup.reservation == self.run.reservation
            and lookup.asked_for == self.dossier.organisation.pk
        )
        is_old = lookup.answered_at is not None and lookup.answered_at < self.run.created_at
        self.asked.note(
            key,
            outcome,
            why=why,
            person=person,
            credits=lookup.credits if is_ours else 0,
            known=is_old,
        )

    def await_(self, question: Question, until: datetime) -> None:
        """Look for the answer of this provider about this person in another visit."""
        self.asked.waiting.setdefault(question.person, {})[question.provider.slug] = until
        self.waits.append(until)

    def leave(self, question: Question, why: str) -> None:
        """Do without this provider for this person in this visit."""
        self.asked.note(question.key, "left", why=why, person=question.person, again=True)

    @property
    def credits(self) -> int:
        """What this organisation has taken in this run."""
        return sum(each.get("credits", 0) for each in self.asked.said.values())


def recall(visits: Sequence[Visit], plan: Plan) -> None:
    """Take in what was told before and is good still, of many organisations in two queries."""
    tenant, wants = plan.tenant, fields(plan)
    rounds = [ORGANISATION]
    while rounds:
        level = rounds.pop()
        left = list(visits)
        for _ in range(MOST_WEBSITES):
            if not left:
                break
            open_: list[tuple[Visit, Provider, str, str]] = []
            for visit in left:
                people = [ORGANISATION]
                if level != ORGANISATION:
                    people = visit.dossier.relevant(plan.titles)[:5]
                for person in people:
                    open_ += _questions(visit, plan, person)
            left = _take(tenant, open_, wants)
        if level == ORGANISATION and plan.wants_people:
            rounds.append("people")


def _questions(
    visit: Visit, plan: Plan, person: str
) -> Iterable[tuple[Visit, Provider, str, str]]:
    subject = visit.dossier.subject(person, plan.titles)
    for provider in plan.order:
        if provider.is_of_people != bool(person) and not provider.checks:
            continue
        if about := provider.about(subject)[: asking.LONGEST]:
            yield visit, provider, person, about


def _take(
    tenant: Tenant, questions: list[tuple[Visit, Provider, str, str]], wants: frozenset[str]
) -> list[Visit]:
    """Take in what is known of these; give the visits whose website proves to be another's.

    Their other questions were about another organisation, so nothing of that is heard.
    """
    by_question = {(provider.slug, about): provider for _, provider, _, about in questions}
    known = keeping.current(tenant, by_question)
    missing = {each: one for each, one in by_question.items() if each not in known}
    if new := keeping.shared(tenant, missing, wants):
        Lookup.of(tenant).bulk_create(new, ignore_conflicts=True)
        known |= keeping.current(tenant, [(row.provider, row.about) for row in new])
    anew: list[Visit] = []
    for visit, provider, person, about in sorted(questions, key=doubting.is_read_later):
        lookup = known.get((provider.slug, about))
        if lookup is None or not keeping.is_good(lookup, provider, wants) or visit in anew:
            continue
        before = visit.dossier.doubted
        visit.hear(lookup, provider, key_of(provider, about, person), person)
        if visit.dossier.doubted != before:
            anew.append(visit)
    return anew


def go_on(
    visit: Visit,
    plan: Plan,
    purse: Purse,
    answered: Callable[[], None],
    is_ending: Callable[[], bool],
) -> None:
    """Ask until nobody is left who can be asked now, or it has lasted long; no transaction is open.

    It stops after the question in hand, too, when the worker `is_ending`.
    Says `answered` after each question that came to an end, unless its answer was lost.
    """
    end = time.monotonic() + LONGEST_VISIT
    while (question := following(visit.dossier, plan, visit.asked)) is not None:
        lookup = _ask(visit, question, fields(plan), purse)
        if lookup is not None and lookup.state != Lookup.State.LOST:
            answered()
        if is_ending() or time.monotonic() >= end:
            visit.is_cut = following(visit.dossier, plan, visit.asked) is not None
            break
    if not (visit.is_cut or visit.waits):
        _see_off(visit, plan, purse)


def _see_off(visit: Visit, plan: Plan, purse: Purse) -> None:
    """See questions to their end that were sent and whose answer nobody needs any more.

    They are charged for; who meets the same address or organisation next need not ask.
    """
    providers = {each.slug: each for each in plan.order}
    with acting_for(plan.tenant):
        ident = visit.dossier.organisation.pk
        left = list(finding.under_way(plan.tenant, ident, purse).filter(provider__in=providers))
    for row in left:
        provider = providers[row.provider]
        question = _as_asked(visit.dossier, plan, provider, row.about)
        if question is None:
            with acting_for(plan.tenant):
                sweeping.close(row, provider)
            continue
        match asking.see_to(row, provider, question.subject, fields(plan), purse):
            case Lookup() as lookup:
                visit.note(lookup, question.key, question.person)
            case Waits(until, _):
                visit.waits.append(until)


def _as_asked(dossier: Dossier, plan: Plan, provider: Provider, about: str) -> Question | None:
    """Give the question that was sent; None where we know nobody any more whom it may be about."""
    if provider.is_of_people and not provider.checks:
        people = ((person, dossier.subject(person, plan.titles)) for person in dossier.people)
        asked = (each for each in people if provider.about(each[1])[: asking.LONGEST] == about)
        if (found := next(asked, None)) is None:
            return None
        person, subject = found
    else:
        person, subject = ORGANISATION, dossier.subject(ORGANISATION, plan.titles)
    if provider.checks:
        subject = replace(subject, known={provider.checks: [about]}, person={})
    return Question(provider, subject, person, key_of(provider, about, person))


def _ask(
    visit: Visit, question: Question, wants: frozenset[str], purse: Purse
) -> Lookup | None:
    match asking.ask(question.provider, question.subject, wants, purse):
        case Lookup() as lookup:
            visit.hear(lookup, question.provider, question.key, question.person)
            return lookup
        case Waits(until, why) if until > timezone.now() + LONGEST_WAIT:
            visit.leave(question, why)
        case Waits(until, _):
            visit.await_(question, until)
        case Stopped(said):
            visit.leave(question, said)
        case Unpaid():
            visit.asked.is_broke = True
            visit.leave(question, str(Left.BUDGET))
    return None


def next_look(visit: Visit) -> datetime | None:
    """Say when it is worth to look again, None where nothing is waited for."""
    return min(visit.waits, default=None)


def fields(plan: Plan) -> frozenset[str]:
    """Name what is wanted as providers know it: the organisation's fields and people's alike."""
    return frozenset(name.rpartition(".")[2] for name in plan.wants)
