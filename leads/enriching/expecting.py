"""What asking about one organisation would come to: by chance, and at the very most."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from enrichment.contract import Provider, Subject
from enrichment.told import ORGANISATION
from enrichment.waterfall import CHECK, PERSON, SURE_ENOUGH, offers
from leads.enriching import rates
from leads.enriching.dossier import Dossier
from leads.enriching.plan import Plan
from leads.enriching.questions import MOST_PEOPLE
from leads.enriching.rates import Rates

# What one answer tells may be what another one needs, and so on.
ROUNDS = 3
# People whom Apollo charges for, of those whom one answer tells of.
CHARGED = 2.0
APOLLO = "apollo_people"
Heard = Mapping[str, Collection[str]]


@dataclass
class Chances:
    """By name: how likely nothing is known of it, and how likely something that is not sure."""

    none: dict[str, float] = field(default_factory=dict)
    some: dict[str, float] = field(default_factory=dict)

    def put(self, name: str, sureness: float) -> None:
        """Take in what is known already."""
        self.none[name] = float(sureness <= 0.0)
        self.some[name] = float(0.0 < sureness < SURE_ENOUGH)

    def open(self, name: str) -> float:
        """Say how likely it is that somebody is asked for it still."""
        return self.none.get(name, 1.0) + self.some.get(name, 0.0)

    def known(self, name: str) -> float:
        """Say how likely anything is known of it."""
        return 1.0 - self.none.get(name, 1.0)

    def tell(self, name: str, chance: float, *, is_sure: bool) -> None:
        """Have it be told with this chance; who is not sure closes only what another has told."""
        none, some = self.none.get(name, 1.0), self.some.get(name, 0.0)
        self.none[name] = none * (1.0 - chance)
        self.some[name] = some * (1.0 - chance) + (0.0 if is_sure else none * chance)


@dataclass
class Tally:
    """By provider: how often it may be asked at the most, how often it is expected to be, how often
    to answer; by name how likely it is that something is known where nothing was.
    """

    most: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    answered: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    credits: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    gains: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    most_credits: int = 0
    # Those that would be asked if there were a key.
    keyless: set[str] = field(default_factory=set)


def reckon(dossier: Dossier, plan: Plan, heard: Heard, known_rates: Rates) -> Tally:
    """Reckon one organisation; `heard` are the providers that need not be asked, by person."""
    return _Reckoning(dossier, plan, heard, known_rates).reckon()


class _Reckoning:
    def __init__(self, dossier: Dossier, plan: Plan, heard: Heard, known_rates: Rates) -> None:
        self.dossier, self.plan, self.heard = dossier, plan, heard
        self.rates, self.segment = known_rates, dossier.organisation.trade
        score = max((lead.score for lead in dossier.leads), default=0)
        self.pays = score >= plan.paid_from_score
        self.people = dossier.relevant(plan.titles)
        known = dossier.subject(ORGANISATION, plan.titles).known
        self.known = {name for name, values in known.items() if values}
        # People of whom those tell together who tell of all, each once.
        self.found = 0.0
        self.tally = Tally()

    def reckon(self) -> Tally:
        subject = self.dossier.subject(ORGANISATION, self.plan.titles)
        chances = self._chances(subject)
        before = dict(chances.none)
        self._most(subject, chances)
        self._go(ORGANISATION, subject, chances, chances, 1.0)
        for person in self.people[:MOST_PEOPLE]:
            self._person(person, chances)
        self._strangers(chances)
        for name in self.plan.wants:
            if (gain := before.get(name, 1.0) - chances.none.get(name, 1.0)) > 0:
                self.tally.gains[name] += gain
        return self.tally

    def _chances(self, subject: Subject) -> Chances:
        """Give what is known of all that is wanted, and of all that somebody needs."""
        found = Chances()
        names = {name for each in self.plan.order for name in (*offers(each), *_needs(each))}
        for name in {*names, *self.plan.wants, PERSON + "name", PERSON + "email"}:
            found.put(name, self._sureness(name))
        for name, values in subject.known.items():
            if found.none.get(name):
                found.put(name, float(bool(values)))
        return found

    def _sureness(self, name: str) -> float:
        dossier = self.dossier
        if name.startswith(CHECK):
            field_ = name.removeprefix(CHECK)
            return float(dossier.is_checked((ORGANISATION, field_)))
        if name.startswith(PERSON):
            field_ = name.removeprefix(PERSON)
            return max((dossier.sureness((each, field_)) for each in self.people), default=0.0)
        return dossier.sureness((ORGANISATION, name))

    def _most(self, subject: Subject, chances: Chances) -> None:
        """Count who may be asked, if all that may be needed turns up."""
        reach = {name for name in chances.none if chances.known(name) > 0}
        left = [each for each in self.plan.order if offers(each) & self.plan.wants]
        may: list[Provider] = []
        while more := [each for each in left if self._may(each, reach, subject)]:
            left = [each for each in left if each not in more]
            may += more
            reach |= {name for each in more for name in rates.given(each)}
            reach |= {"people_emails"} if PERSON + "email" in reach else set()
        are_new = any(each.gives_people and not each.is_of_people for each in may)
        for provider in may:
            if provider.slug not in self.plan.usable:
                continue
            many = self._times(provider, chances, are_new)
            price = self.plan.price.get(provider.slug, 0)
            if price and not self.pays:
                continue
            self.tally.most[provider.slug] += many
            self.tally.most_credits += price * many * provider.most

    def _may(self, provider: Provider, reach: set[str], subject: Subject) -> bool:
        is_met = any(need <= reach for need in provider.needs)
        if not (is_met or provider.about(subject)) or not self._is_open(provider):
            return False
        if provider.slug not in self.plan.usable:
            self.tally.keyless.add(provider.slug)
            return False
        return True

    def _is_open(self, provider: Provider) -> bool:
        """Say whether it may tell anything that is not sure yet, and was not asked already."""
        if provider.is_of_people:
            return True
        if provider.unless & self.known:
            return False
        return provider.slug not in self.heard.get(ORGANISATION, ()) and any(
            self._sureness(name) < SURE_ENOUGH for name in offers(provider) & self.plan.wants
        )

    def _times(self, provider: Provider, chances: Chances, are_new: bool) -> int:
        """Count the questions: about itself, and about each of its people."""
        if not provider.is_of_people:
            return 1
        asked = sum(
            provider.slug not in self.heard.get(person, ()) and self._is_due(provider, person)
            for person in self.people[:MOST_PEOPLE]
        )
        if are_new:
            asked += MOST_PEOPLE - len(self.people[:MOST_PEOPLE])
        is_own = provider.checks and provider.slug not in self.heard.get(ORGANISATION, ())
        return asked + bool(is_own and chances.open(CHECK + provider.checks) > 0)

    def _is_due(self, provider: Provider, person: str) -> bool:
        wanted = offers(provider) & self.plan.wants
        return any(self._of_person(person, name) < SURE_ENOUGH for name in wanted)

    def _of_person(self, person: str, name: str) -> float:
        if name.startswith(CHECK):
            return float(self.dossier.is_checked((person, name.removeprefix(CHECK))))
        return self.dossier.sureness((person, name.removeprefix(PERSON)))

    # By chance -----------------------------------------------------------------------------------

    def _person(self, person: str, whole: Chances) -> None:
        chances = Chances()
        for name in self.plan.wants:
            if name.startswith((PERSON, CHECK)):
                chances.put(name, self._of_person(person, name))
        subject = self.dossier.subject(person, self.plan.titles)
        self._go(person, subject, chances, whole, 1.0)

    def _strangers(self, whole: Chances) -> None:
        """Reckon with people whom the answers about the organisation bring, beyond those known.

        Of those who have a certain job there is one.
        """
        many = min(self.found, 1.0) if self.plan.titles else self.found
        new = min(many, MOST_PEOPLE) - len(self.people)
        if new <= 0:
            return
        chances = Chances({name: whole.none[name] for name in whole.none if PERSON in name})
        chances.none[PERSON + "name"] = 0.0
        self._go("new", None, chances, whole, new)

    def _go(
        self,
        person: str,
        subject: Subject | None,
        chances: Chances,
        whole: Chances,
        weight: float,
    ) -> None:
        """Go through the providers in their order, some of them once more when they can."""
        ready: dict[str, float] = defaultdict(float)
        order = [each for each in self._order(person) if self._can(each, person)]
        is_met = {each.slug: bool(subject and each.about(subject)) for each in order}
        for _ in range(ROUNDS):
            for provider in order:
                if ready[provider.slug] >= 1.0:
                    continue
                now = 1.0 if is_met[provider.slug] else _likely(provider, chances, whole, person)
                fresh, ready[provider.slug] = max(0.0, now - ready[provider.slug]), now
                if fresh > 0.001:
                    self._ask(provider, fresh, chances, whole, weight)

    def _ask(
        self, provider: Provider, fresh: float, chances: Chances, whole: Chances, weight: float
    ) -> None:
        wanted = offers(provider) & self.plan.wants
        chance = fresh * max((chances.open(name) for name in wanted), default=0.0)
        if chance <= 0.0:
            return
        rate = self.rates.of(provider.slug, self.segment).share
        price = self.plan.price.get(provider.slug, 0)
        each = price * (CHARGED if provider.slug == APOLLO else 1.0)
        self.tally.asked[provider.slug] += chance * weight
        self.tally.answered[provider.slug] += chance * rate * weight
        self.tally.credits[provider.slug] += chance * rate * weight * each
        if not provider.is_of_people and self.found < rates.THERE:
            brought = chance * rate * rates.people(provider)
            self.found += brought * (1 - self.found / rates.THERE)
        is_sure = provider.slug in rates.SURE
        for name in rates.given(provider):
            told = chance * rate * rates.told(provider, name)
            chances.tell(name, told, is_sure=is_sure)
            if chances is not whole and not name.startswith(CHECK):
                whole.tell(name, told * min(1.0, weight), is_sure=is_sure)

    def _order(self, person: str) -> list[Provider]:
        plan, wants = self.plan, self.plan.wants

        def standing(provider: Provider) -> tuple[bool, float]:
            place = plan.place(provider, wants, self.segment)
            return plan.price.get(provider.slug, 0) > 0, place

        about = [each for each in plan.order if each.checks or each.is_of_people == bool(person)]
        return sorted(about, key=standing)

    def _can(self, provider: Provider, person: str) -> bool:
        if provider.slug not in self.plan.usable or provider.slug in self.heard.get(person, ()):
            return False
        if provider.unless & self.known:
            return False
        return self.pays or not self.plan.price.get(provider.slug, 0)


def _likely(provider: Provider, chances: Chances, whole: Chances, person: str) -> float:
    """Say how likely all will be known that the provider must be told."""
    if provider.checks and person:
        return chances.known(PERSON + provider.checks)
    emails = whole.known(PERSON + "email")
    return max(
        min(emails if name == "people_emails" else whole.known(name) for name in need)
        for need in provider.needs
    )


def _needs(provider: Provider) -> Iterable[str]:
    return frozenset[str]().union(*provider.needs)
