"""What a run would take and bring, before anybody is asked. Nothing is written."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from crm.keys import keys
from crm.look import formats
from crm.tenants.models import Tenant
from enrichment.contract import Provider
from enrichment.lookups import asking, keeping
from enrichment.lookups.models import Lookup
from enrichment.providers.all import BY_SLUG
from enrichment.told import ORGANISATION
from enrichment.waterfall import CHECK
from leads.enriching import doubting, expecting, gathering, plan, rates, visiting
from leads.enriching.dossier import Dossier
from leads.enriching.expecting import Tally
from leads.enriching.plan import Plan
from leads.enriching.questions import MOST_PEOPLE
from leads.enriching.rates import Rates

# Of more organisations so many are looked at, spread evenly over all.
SAMPLE = 200
# A sample may mean too little: so many standard errors are added to the most.
ERRORS = 2.0
# Organisations that are asked about at once, as vendors' limits let most installations.
SIDE_BY_SIDE = 12
# Reading and writing, whoever is asked.
SECONDS_EACH = 0.2
# What a rep gets, of one organisation and of more, and by what it is known; the first that is
# wanted.
GAINS = (
    ("phone", "phones", ("phone", "person.phone")),
    ("e-mail", "e-mails", ("email", "person.email")),
    ("website", "websites", ("website",)),
    ("address", "addresses", ("address",)),
    ("company record", "company records", ("company_status",)),
    ("set of accounts", "sets of accounts", ("accounts_made_up_to",)),
    ("person", "people", ("person.name",)),
    ("description", "descriptions", ("summary", "description")),
    ("website check", "website checks", ("site_state",)),
    ("vacancy", "vacancies", ("vacancies",)),
    ("news", "news", ("news",)),
    ("Google rating", "Google ratings", ("place",)),
    ("checked e-mail", "checked e-mails", (CHECK + "email",)),
    ("checked phone", "checked phones", (CHECK + "phone",)),
)
NO_KEY = "No key"


@dataclass(frozen=True)
class Line:
    """One provider: `price` in credits for an answer, `most` and `expected` how often it is asked.

    `rate` is the share of questions that it answers, `whence` a few words on who says so; `trouble`
    says why it is not asked, "" where it is.
    """

    slug: str
    label: str
    price: int
    most: int
    expected: int
    credits: int
    rate: float
    whence: str
    service: str = ""
    trouble: str = ""

    @property
    def percent(self) -> int:
        """The rate in hundredths."""
        return round(100 * self.rate)


@dataclass(frozen=True)
class Quote:
    """`most` credits at the very most, `expected` ones that are likely; `gains` are what would be
    known of how many organisations that is not known now. `sample` of `total` organisations were
    looked at, and `below` of them have too low a score for what costs.
    """

    most: int = 0
    expected: int = 0
    gains: Sequence[tuple[str, int]] = ()
    missing_keys: Sequence[tuple[str, str]] = ()
    lines: Sequence[Line] = ()
    seconds: int = 0
    sample: int = 0
    total: int = 0
    below: int = 0

    @property
    def is_of_sample(self) -> bool:
        return self.sample < self.total

    @property
    def minutes(self) -> str:
        """How long it takes, in words."""
        if self.seconds < 10:
            return "a few seconds" if self.seconds else ""
        return formats.roughly(self.seconds)


@dataclass
class _Sum:
    """What those that were looked at come to together."""

    tally: Tally = field(default_factory=Tally)
    most: list[int] = field(default_factory=list)
    below: int = 0
    segments: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, one: Tally) -> None:
        for mine, theirs in (
            (self.tally.asked, one.asked),
            (self.tally.answered, one.answered),
            (self.tally.credits, one.credits),
            (self.tally.gains, one.gains),
        ):
            for name, many in theirs.items():
                mine[name] += many
        for name, times in one.most.items():
            self.tally.most[name] += times
        self.tally.keyless |= one.keyless
        self.most.append(one.most_credits)


def quote(
    tenant: Tenant, organisations: Sequence[UUID], kinds: Sequence[str], titles: Sequence[str] = ()
) -> Quote:
    """Reckon what asking for these kinds would come to; good answers are not bought anew."""
    idents = sorted(set(organisations))
    made = plan.make(tenant, kinds, titles)
    sampled = _sample(idents)
    if not sampled or not made.wants:
        return Quote(total=len(idents), sample=len(sampled))
    found = gathering.gather(tenant, sampled)
    heard = _recall(tenant, found, made)
    known = Rates(tenant)
    sums = _Sum()
    for dossier in found:
        sums.add(expecting.reckon(dossier, made, heard[dossier.organisation.pk], known))
        sums.segments[dossier.organisation.trade] += 1
        score = max((lead.score for lead in dossier.leads), default=0)
        sums.below += score < made.paid_from_score
    return _quote(tenant, sums, made, known, len(idents), len(sampled))


def _sample(idents: list[UUID]) -> list[UUID]:
    if len(idents) <= SAMPLE:
        return idents
    return [idents[at * len(idents) // SAMPLE] for at in range(SAMPLE)]


def _quote(tenant: Tenant, sums: _Sum, made: Plan, known: Rates, total: int, looked: int) -> Quote:
    scale = total / looked
    segment = max(sums.segments, key=lambda each: sums.segments[each], default="")
    lines = [
        line
        for provider in made.order
        if (line := _line(tenant, provider, sums.tally, made, known, segment, scale)) is not None
    ]
    seconds = sum(
        many * rates.seconds(BY_SLUG[slug]) for slug, many in sums.tally.asked.items()
    )
    return Quote(
        most=_most(sums.most, total),
        expected=min(round(scale * sum(sums.tally.credits.values())), _most(sums.most, total)),
        gains=_gains(sums.tally, made, scale),
        missing_keys=[(each.label, each.service) for each in lines if each.trouble == NO_KEY],
        lines=lines,
        seconds=round(scale * (seconds / SIDE_BY_SIDE + SECONDS_EACH * looked)),
        sample=looked,
        total=total,
        below=round(scale * sums.below),
    )


def _most(of_each: Sequence[int], total: int) -> int:
    """Give the credits at the most for all, of whom only these may have been looked at."""
    many = len(of_each)
    if not many or many == total:
        return sum(of_each)
    mean = sum(of_each) / many
    variance = sum((each - mean) ** 2 for each in of_each) / many
    error = math.sqrt(variance / many)
    return min(math.ceil(total * (mean + ERRORS * error)), total * max(of_each))


def _line(
    tenant: Tenant,
    provider: Provider,
    tally: Tally,
    made: Plan,
    known: Rates,
    segment: str,
    scale: float,
) -> Line | None:
    slug = provider.slug
    if not tally.most.get(slug) and slug not in tally.keyless:
        return None
    trouble = ""
    if slug not in made.usable:
        standing = keys.standing(tenant, provider.service)
        trouble = standing.label if standing.has_key else NO_KEY
    rate = known.of(slug, segment)
    asked, answered = tally.asked.get(slug, 0.0), tally.answered.get(slug, 0.0)
    return Line(
        slug,
        provider.label,
        made.price.get(slug, 0),
        round(scale * tally.most.get(slug, 0)),
        round(scale * asked),
        round(scale * tally.credits.get(slug, 0.0)),
        answered / asked if asked else rate.share,
        _whence(rate),
        provider.service,
        trouble,
    )


def _whence(rate: rates.Rate) -> str:
    if not rate.asked:
        return "usual for small firms"
    where = "in this trade" if rate.is_of_segment else "in all trades"
    return f"your last {rate.asked:,} questions {where}"


def _gains(tally: Tally, made: Plan, scale: float) -> list[tuple[str, int]]:
    found = []
    for one, more, names in GAINS:
        wanted = [name for name in names if name in made.wants]
        gained = round(scale * max((tally.gains.get(name, 0.0) for name in wanted), default=0.0))
        if gained:
            found.append((one if gained == 1 else more, gained))
    return found


def _recall(
    tenant: Tenant, dossiers: Sequence[Dossier], made: Plan
) -> dict[UUID, dict[str, set[str]]]:
    """Take in what is known and good still, as a visit does, but write nothing of it down."""
    heard: dict[UUID, dict[str, set[str]]] = {
        each.organisation.pk: defaultdict(set) for each in dossiers
    }
    left = [(each, ORGANISATION) for each in dossiers]
    for _ in range(visiting.MOST_WEBSITES):
        left = _take(tenant, left, made, heard) if left else []
    if made.wants_people or any(name.startswith(CHECK) for name in made.wants):
        people = [
            (each, person)
            for each in dossiers
            for person in each.relevant(made.titles)[:MOST_PEOPLE]
        ]
        _take(tenant, people, made, heard)
    return heard


def _take(
    tenant: Tenant,
    whom: Sequence[tuple[Dossier, str]],
    made: Plan,
    heard: dict[UUID, dict[str, set[str]]],
) -> list[tuple[Dossier, str]]:
    """Take in what is known of these; give those whose website proves to be another's."""
    questions: list[tuple[Dossier, Provider, str, str]] = []
    for dossier, person in whom:
        subject = dossier.subject(person, made.titles)
        for provider in made.order:
            if provider.is_of_people != bool(person) and not provider.checks:
                continue
            if about := provider.about(subject)[: asking.LONGEST]:
                questions.append((dossier, provider, person, about))
    wants = visiting.fields(made)
    by_question = {(provider.slug, about): provider for _, provider, _, about in questions}
    known: dict[tuple[str, str], Lookup] = keeping.current(tenant, by_question)
    missing = {each: one for each, one in by_question.items() if each not in known}
    known |= {(row.provider, row.about): row for row in keeping.shared(tenant, missing, wants)}
    anew: dict[UUID, tuple[Dossier, str]] = {}
    for dossier, provider, person, about in sorted(questions, key=doubting.is_read_later):
        lookup, ident = known.get((provider.slug, about)), dossier.organisation.pk
        if lookup is None or not keeping.is_good(lookup, provider, wants) or ident in anew:
            continue
        before = dossier.doubted
        dossier.absorb(lookup, provider, person)
        heard[ident][person].add(provider.slug)
        if dossier.doubted != before:
            anew[ident] = (dossier, person)
    return list(anew.values())
