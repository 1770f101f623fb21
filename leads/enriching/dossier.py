"""All that is known of one organisation and its people while it is being enriched."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from crm import jobs
from enrichment import blend, whose
from enrichment.blend import Proof, Value
from enrichment.contract import Provider, Subject
from enrichment.lookups import telling
from enrichment.lookups.models import Lookup
from enrichment.persons import Whom, person_key
from enrichment.told import ORGANISATION, Told
from leads.contacts.persons import may_be
from leads.enriching import doubting, shunning
from leads.facts import columns, proofs, standing
from leads.facts.proofs import RECORD
from leads.models import Contact, Fact, Lead, Organisation

# A value is handed to whom it helps to ask if it is at least so sure.
WORTH_ASKING = 0.5
MOST_PEOPLE = 50
Slot = tuple[str, str]
WEBSITE: Slot = (ORGANISATION, "website")


@dataclass
class Dossier:
    """`people` are its contacts by their key: the id of one that is there, or what is made of a new
    one's name. `proofs` hold by person ("" for the organisation) and field what sources told;
    `touched` are those that are news.
    """

    organisation: Organisation
    leads: Sequence[Lead] = ()
    people: dict[str, Contact | None] = field(default_factory=dict)
    facts: dict[Slot, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    proofs: dict[Slot, list[Proof]] = field(default_factory=lambda: defaultdict(list))
    touched: set[Slot] = field(default_factory=set)
    kept: dict[str, Any] = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)
    unwanted: frozenset[str] = frozenset()
    # Who objects at a vendor, and of whom answers told that nobody wants.
    objections: dict[str, shunning.Objection] = field(default_factory=dict)
    shunned: list[tuple[Lookup, Whom]] = field(default_factory=list)
    today: date = field(default_factory=date.today)
    _values: dict[Slot, list[Value]] = field(default_factory=dict)
    _handed: dict[str, dict[str, Sequence[Any]]] = field(default_factory=dict)
    _doubted: frozenset[str] | None = None
    # What is made of a name, which is looked at for each person of whom an answer tells.
    _keys: dict[str, str] = field(default_factory=dict)

    # Reading -------------------------------------------------------------------------------------

    def values(self, slot: Slot) -> list[Value]:
        """Give the values of a field, the surest first; what stands in the record among them."""
        if slot not in self._values:
            told: Iterable[Proof] = self.proofs.get(slot, ())
            if slot != WEBSITE and (doubted := self.doubted):
                told = (each for each in told if doubting.is_believed(each, doubted))
            found = [*told, *self.of_record(slot)]
            values = blend.values(found, self.today)
            self._values[slot] = standing.wanted(values, self.facts.get(slot, ()))
        return self._values[slot]

    @property
    def doubted(self) -> frozenset[str]:
        """The hosts of websites that stand there, but are somebody else's."""
        if self._doubted is None:
            self._doubted = doubting.sites(self)
        return self._doubted

    def sureness(self, slot: Slot) -> float:
        """Say how sure the best value of a field is."""
        found = self.values(slot)
        return found[0].sureness if found else 0.0

    def is_checked(self, slot: Slot) -> bool:
        """Whether whoever would know was asked about the best value, and it is no long time ago."""
        found = self.values(slot)
        return bool(found) and any(
            proof.told.way == "checked" and proof.sureness(found[0].field, self.today) >= 0.5
            for proof in found[0].proofs
        )

    def subject(self, person: str = ORGANISATION, wanted: Sequence[str] = ()) -> Subject:
        """Give what a provider is handed."""
        known = dict(self._known(ORGANISATION))
        known["name"] = [self.organisation.name, *known.get("name", ())]
        if "website" not in known and self.organisation.domain:
            known["website"] = [f"https://{self.organisation.domain}"]
        if self.doubted:
            theirs, others = doubting.parted(known.pop("website", ()), self.doubted)
            known |= {"website": theirs} if theirs else {}
            known[whose.DOUBTED] = others
        known |= {"site_text": self.kept.get("website", {}).get("site_text", ())}
        known["town"] = [self.organisation.town] if self.organisation.town else []
        known["trade"] = [self.organisation.trade_label] if self.organisation.trade else []
        known["people_emails"] = [
            [self.name(key), value.told.value]
            for key in self.people
            for value in self.values((key, "email"))
            if value.sureness >= WORTH_ASKING
        ]
        of_person = self._known(person) if person else {}
        ident = str(self.organisation.pk)
        return Subject(self.organisation.tenant, ident, known, wanted, of_person)

    def find(self, person: str) -> str:
        """Give the key of somebody who was new when this key was made; the same if still new."""
        said = person.removeprefix("new:")
        for key in self.people:
            if said in (self._key(self.name(key)), *self._addresses(key)):
                return key
        return person

    def _addresses(self, person: str) -> set[str]:
        """Give what tells a person apart: one that another has replaced was theirs as well."""
        slot = person, "email"
        replaced = (fact for fact in self.facts.get(slot, ()) if fact.status == "superseded")
        return {str(each.told.value) for each in self.values(slot)} | {
            str(fact.value) for fact in replaced
        }

    def name(self, person: str) -> str:
        """Give the name of a person."""
        found = self.values((person, "name"))
        return str(found[0].told.value) if found else ""

    def relevant(self, wanted: Sequence[str]) -> list[str]:
        """Give the people whom somebody looks for, or else all, those first who decide."""
        people = [key for key in self.people if key not in self.objections]
        if wanted:
            return [key for key in people if jobs.fits(self._title(key), wanted)]
        first = {str(lead.contact_id) for lead in self.leads if lead.contact_id}
        heights = {key: jobs.read(self._title(key)).height for key in people}
        return sorted(people, key=lambda key: (key not in first, heights[key]))

    def _title(self, person: str) -> str:
        for name in ("job_title", "officer_role"):
            if found := self.values((person, name)):
                return str(found[0].told.value)
        return ""

    def _known(self, person: str) -> dict[str, Sequence[Any]]:
        if person in self._handed:
            return self._handed[person]
        fields = {name for about, name in self.proofs if about == person}
        row = self.organisation if person == ORGANISATION else self.people.get(person)
        fields |= set(
            columns.OF_ORGANISATION if person == ORGANISATION else columns.OF_CONTACT if row else ()
        )
        known = {name: self._worth_asking((person, name), row) for name in fields}
        self._handed[person] = {name: found for name, found in known.items() if found}
        return self._handed[person]

    def _worth_asking(self, slot: Slot, row: Organisation | Contact | None) -> Sequence[Any]:
        """Give the values of a field, what stands in the record first: that is whom we mean."""
        values = self.values(slot)
        found = [each.told.value for each in values if each.sureness >= WORTH_ASKING]
        held = columns.of(row, slot[1]) if row is not None else ""
        if held == "" or not values:
            return found
        key = proofs.digest(values[0].field, held)
        alike = [each for each in found if proofs.digest(values[0].field, each) == key]
        return [held, *(each for each in found if each not in alike)]

    @property
    def slots(self) -> Iterable[Slot]:
        """The fields that have a column, of the organisation and of each person who is there."""
        yield from ((ORGANISATION, name) for name in columns.OF_ORGANISATION)
        for key, row in self.people.items():
            if row is not None:
                yield from ((key, name) for name in columns.OF_CONTACT)

    def of_record(self, slot: Slot) -> Iterable[Proof]:
        """Give what stands in the column, unless it is there because a source has told it."""
        person, name = slot
        row = self.organisation if person == ORGANISATION else self.people.get(person)
        if row is None or not (value := columns.of(row, name)):
            return
        known = proofs.field(name, is_person=bool(person))
        if known is None:
            return
        key = proofs.digest(known, value)
        if not any(_is_machines(fact) for fact in self.applied(slot) if fact.key == key):
            yield Proof(Told(name, value, "person", about=person), RECORD, self.today)

    @property
    def every_fact(self) -> Iterable[Fact]:
        """All facts, of the organisation and of its people."""
        return (fact for those in self.facts.values() for fact in those)

    def applied(self, slot: Slot) -> list[Fact]:
        """Give the facts of a field that are in use."""
        return [fact for fact in self.facts.get(slot, ()) if fact.status == "applied"]

    # Writing -------------------------------------------------------------------------------------

    def remember(self, fact: Fact) -> None:
        """Take in a fact that was there."""
        person = str(fact.contact_id) if fact.contact_id else ORGANISATION
        self.facts[person, fact.field].append(fact)
        told = [row for row in fact.proofs if row["source"] != RECORD]
        self.proofs[person, fact.field] += proofs.read(fact.field, fact.value, told, person)

    def absorb(self, lookup: Lookup, provider: Provider, person: str = ORGANISATION) -> None:
        """Take in what a provider told; `person` is whom it was asked about.

        What it told of the same field before is replaced. Of a website that is somebody else's no
        more than that is taken in.
        """
        told = telling.read(lookup.told)
        if provider.slug == doubting.READER:
            told = list(doubting.judged(self, lookup, told))
        is_doubted = any(each.is_denied for each in told) and provider.slug == doubting.READER
        self.kept[provider.slug] = {} if is_doubted else lookup.kept
        if provider.checks:
            self.said += lookup.kept.get("said", ())
        shunning.hear(self, lookup, person)
        seen_on = lookup.answered_at.date() if lookup.answered_at else self.today
        keys = self._people(told, person, lookup)
        news: dict[Slot, list[Proof]] = defaultdict(list)
        for each in told:
            about = keys.get(each.about, person if provider.is_of_people else ORGANISATION)
            if about is None or blend.field_of(each) is None:
                continue
            news[about, each.field].append(Proof(_about(each, about), provider.slug, seen_on))
        self._handed.clear()
        for slot, said in news.items():
            known = self.proofs[slot]
            earlier = [each for each in known if doubting.stays(each, provider.slug, said)]
            self.proofs[slot] = [*earlier, *said]
            self.touched.add(slot)
            self._values.pop(slot, None)
        if WEBSITE in news:
            # Whose it is decides who is believed.
            self._values.clear()
            self._doubted = None

    def _people(
        self, told: Sequence[Told], person: str, lookup: Lookup
    ) -> dict[str, str | None]:
        """Say whom of ours each person of an answer is; None for whom nobody wants here."""
        about: dict[str, dict[str, Any]] = defaultdict(dict)
        for each in told:
            if each.about:
                about[each.about].setdefault(each.field, each.value)
        if person and len(about) == 1:
            return dict.fromkeys(about, None if person in self.objections else person)
        shunning.note(self, lookup, about.values())
        return {key: self._person(given) for key, given in about.items()}

    def _person(self, given: dict[str, Any]) -> str | None:
        name, email = str(given.get("name", "")), str(given.get("email", "")).casefold()
        if shunning.is_unwanted(self, given):
            return None
        wanted = self._key(name)
        if (known := self._met(wanted, email)) is not None:
            return known
        if not (wanted or email) or len(self.people) >= MOST_PEOPLE:
            return None
        key = f"new:{wanted or email}"
        self.people[key] = None
        return key

    def _met(self, wanted: str, email: str) -> str | None:
        """Find somebody by address or name; by an initial only where no two fit it."""
        for key in self.people:
            if email and email in self._addresses(key):
                return key
        names = {key: self._key(self.name(key)) for key in self.people} if wanted else {}
        for key, name in names.items():
            if name == wanted:
                return key
        alike = [key for key, name in names.items() if may_be(wanted, name)]
        return alike[0] if len(alike) == 1 else None

    def _key(self, name: str) -> str:
        if name not in self._keys:
            self._keys[name] = person_key(name)
        return self._keys[name]


def _is_machines(fact: Fact) -> bool:
    return fact.decided_by_id is None and not proofs.is_persons(fact.proofs)


def _about(told: Told, person: str) -> Told:
    """Have it be of a person where it is of one; by the slot is known of whom."""
    return told if bool(told.about) == bool(person) else replace(told, about=person)
