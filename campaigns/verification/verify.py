"""Goes through the checks of one candidate; the rules make a verdict of what they find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from campaigns.discovery.contract import Target
from campaigns.discovery.live import Seen
from campaigns.models import Checked
from campaigns.verification import (
    circle,
    completing,
    contacts,
    official,
    registered,
    rules,
    website,
)
from campaigns.verification import site as sites
from campaigns.verification import subject as subjects
from campaigns.verification.companies import Companies
from campaigns.verification.completing import Identity
from campaigns.verification.contract import Check, Profile, Site, Verdict
from campaigns.verification.official import Asking, Company
from campaigns.verification.registered import Registered
from campaigns.verification.rules import CHECKS, Finding
from campaigns.verification.subject import Subject
from campaigns.verification.website import Told
from crm.registers import names
from crm.tenants.models import Tenant
from leads.intake.grounds import Ground

SKIPPED = "Not looked at: the verdict was clear."
NOTHING = {
    rules.SOURCE: "The source does not say that it has closed.",
    rules.PHONE: "No phone number is known.",
    rules.EMAIL: "No e-mail address is known.",
    rules.NAME: "It has a name.",
}


def live(seen: Seen, *, tenant: Tenant, target: Target) -> Verdict:
    """Check a candidate against the world as it is today. Raises Later where it must wait."""
    companies = Companies(tenant)
    return verify(
        seen,
        target=target,
        profile=companies.profile,
        called=companies.called,
        site=sites.read,
    )


def verify(
    seen: Seen,
    *,
    target: Target,
    profile: Callable[[str], Profile | None],
    called: Callable[[str], Sequence[Profile]],
    site: Callable[[str], Site],
) -> Verdict:
    """Check a candidate with what these tell of a company's number, of a name, of a website.

    Of the first two one is asked, and once at most. What they raise for is passed on, but for
    CannotTell.
    """
    case = _Case(seen, subjects.of(seen.candidate, target, seen.miles))
    case.look_at_claims()
    case.look_into_registers()
    case.look_at_website(site)
    case.ask_companies_house(profile, called)
    case.look_at_place()
    case.doubt_place()
    return case.verdict()


@dataclass
class _Case:
    """One candidate on its way through the checks."""

    seen: Seen
    subject: Subject
    findings: list[Finding] = field(default_factory=list)
    registered: Registered = field(default_factory=Registered)
    told: Told = field(default_factory=Told)
    company: Company = field(default_factory=Company)
    own_site: Site | None = None

    @property
    def is_over(self) -> bool:
        return rules.contradicts(self.findings)

    def look_at_claims(self) -> None:
        """What can't be right, whatever anybody else says."""
        candidate, subject = self.seen.candidate, self.subject
        if self.seen.closed:
            self.findings.append(Finding("source_closed", words={"why": self.seen.closed}))
        if not names.name_key(subject.name):
            self.findings.append(Finding("no_name"))
        if subject.impossible is not None:
            self.findings.append(subject.impossible)
        elif candidate.postcode and subject.spot is None:
            words = {"postcode": candidate.postcode[:20]}
            self.findings.append(Finding("part_of_postcode", words=words))
        if candidate.company_number and not subject.number:
            words = {"number": candidate.company_number[:20]}
            self.findings.append(Finding("number_malformed", words=words))
        self.findings += contacts.look(candidate)
        if subject.spot is not None:
            self.findings += self._circle(subject.spot)

    def look_into_registers(self) -> None:
        spot, subject = self.subject.spot, self.subject
        if self.is_over:
            return
        wanted = (*subject.target.kind.register_trades, *subject.target.sectors)
        place = spot.place if spot else None
        self.registered = registered.look(self.seen.candidate, place, subject.around, wanted)
        self.subject = replace(subject, known=self.registered.known)
        self.findings += self.registered.findings

    def look_at_website(self, read: Callable[[str], Site]) -> None:
        if self.is_over:
            return
        without = website.before_reading(self.subject)
        self.findings += without
        if without:
            return
        site = read(self.subject.website)
        self.told = website.look(site, self.subject)
        self.findings += self.told.findings
        if self.told.is_own:
            self.own_site = site

    def ask_companies_house(
        self,
        profile: Callable[[str], Profile | None],
        called: Callable[[str], Sequence[Profile]],
    ) -> None:
        if self.is_over or not names.name_key(self.subject.name):
            return
        asking = Asking(self.subject, self.told, self.registered, profile, called)
        self.company = official.look(asking)
        self.findings += self.company.findings
        self._take_live_place()

    def _take_live_place(self) -> None:
        """A place that is open today, and that an older register knew there, is proven by both."""
        entry = self.registered.entry
        if self.seen.place_id and not self.seen.closed and entry is not None:
            words = {"register": entry.register.label, "postcode": entry.postcode}
            self.findings.append(Finding("live_place", words=words))

    def look_at_place(self) -> None:
        """Where no postcode was claimed, take it from whoever knows the candidate."""
        if self.is_over or self.subject.spot is not None:
            return
        text = self._known_postcode()
        spot = circle.spot(text, self.subject.target, self.seen.miles) if text else None
        if spot is None:
            self.findings.append(Finding("nowhere"))
            return
        self.subject = replace(self.subject, spot=spot, postcode=spot.postcode)
        self.findings += self._circle(spot)
        if self.told.is_own and spot.postcode in self.told.postcodes:
            words = {"postcode": spot.postcode}
            self.findings.append(Finding("site_place", self.own_site.url, words))  # type: ignore[union-attr]

    def _known_postcode(self) -> str:
        profile, own = self.company.profile, self.told.postcodes if self.told.is_own else ()
        if len(own) == 1:
            return own[0]
        if profile is not None and profile.postcode and (not own or profile.postcode in own):
            return profile.postcode
        return ""

    def _circle(self, spot: circle.Spot) -> list[Finding]:
        is_measured = self.seen.miles is not None and spot.miles == self.seen.miles
        return circle.look(spot, self.subject.target, is_measured=is_measured)

    def doubt_place(self) -> None:
        """A postcode that no list has, and of which nobody but its own website speaks."""
        spot = self.subject.spot
        proofs = {each.slug for each in self.findings if each.rule.weight is rules.Weight.PROVES}
        if self.is_over or spot is None or not proofs or not proofs <= {"site_place"}:
            return
        if self.registered.entry is None and not circle.is_heard_of(spot):
            words = {"postcode": spot.postcode}
            self.findings.append(Finding("unheard_postcode", words=words))

    def verdict(self) -> Verdict:
        candidate = completing.complete(self.seen, self._identity())
        if self.seen.place_id and not self.is_over and not completing.is_named(candidate):
            self.findings.append(Finding("nameless"))
        weighed = rules.weigh(self.findings)
        ground = weighed.ground
        if ground is Ground.NEW and any(each.slug == "edge" for each in self.findings):
            ground = Ground.EDGE
        if weighed.checked is Checked.VERIFIED:
            candidate = completing.proven(candidate, timezone.localdate())
        elif weighed.checked is Checked.LISTED and self.registered.entry is not None:
            candidate = replace(candidate, proof_date=self.registered.entry.register.as_of)
        if weighed.decisive and weighed.decisive.slug in ("dissolved", "entry_closed"):
            candidate = replace(candidate, has_closed=True)
        return Verdict(
            checked=weighed.checked,
            reason=weighed.decisive.said if weighed.decisive else "Nothing proves it so far.",
            ground=ground,
            checks=tuple(self._checks()),
            candidate=candidate,
            miles=self.subject.spot.miles if self.subject.spot else self.seen.miles,
        )

    def _identity(self) -> Identity:
        profile = self.company.profile
        entry = self.registered.entry
        return Identity(self.subject, self.subject.spot, entry, profile, self.own_site)

    def _checks(self) -> list[Check]:
        """Every check, in one order; what was not looked at says so."""
        ranked = sorted(self.findings, key=lambda each: rules.ORDER[each.slug])
        checks = []
        for name in CHECKS:
            found = [each.check for each in ranked if each.rule.check == name]
            silent = NOTHING.get(name, SKIPPED)
            reading = "for" if name in (rules.SOURCE, rules.NAME) else "unknown"
            checks += found or [Check(name, reading, silent)]  # type: ignore[arg-type]
        return checks
