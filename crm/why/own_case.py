"""Why somebody sees a row by what it is itself: how far they see, whose it is, its shares."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from crm.sharing.given import Share
from crm.tenants.models import Membership
from crm.why import reasons, seers
from crm.why.company import Company
from crm.why.reasons import Reason, Subject


@dataclass(frozen=True)
class OwnCase:
    """`called` names what is shared: “This campaign”."""

    subject: Subject
    called: str

    def reasons(self, company: Company, viewer: Membership) -> Iterator[Reason]:
        """Give every reason why the member sees it."""
        yield from reasons.by_reach(viewer, self.subject.words)
        yield from reasons.by_tie(company, viewer, self.subject)
        yield from reasons.by_share(company, viewer, self.subject)

    def seeing(self, company: Company) -> Q:
        """Mean all members who have a reason."""
        seeing = seers.by_reach(company) | seers.by_tie(company, self.subject)
        return seeing | seers.by_share(company, self.subject)

    def why_not(self, company: Company, viewer: Membership) -> str:
        """Give the nearest reason why they don't."""
        return reasons.why_not(company, viewer, self.subject)

    def shares(self) -> list[tuple[str, Share]]:
        """Give its shares."""
        return [(self.called, share) for share in self.subject.shares]
