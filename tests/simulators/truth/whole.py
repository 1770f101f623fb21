"""Everything that is true of one organisation, in one piece."""

from dataclasses import asdict, dataclass
from typing import Any

from tests.simulators.truth import (
    accounts,
    growth,
    hearsay,
    lines,
    mail,
    people,
    presence,
    standing,
)
from tests.simulators.truth.accounts import Accounts
from tests.simulators.truth.growth import Story, Vacancy
from tests.simulators.truth.hearsay import Told
from tests.simulators.truth.mail import Mail
from tests.simulators.truth.people import Someone
from tests.simulators.truth.presence import Hours
from tests.simulators.truth.standing import Charge, Control, Insolvency
from tests.simulators.world import by_number
from tests.simulators.world.organisation import Organisation


@dataclass(frozen=True)
class Truth:
    """`one` has what stands in its entry: name, address, telephone, trade, company number…"""

    one: Organisation
    people: tuple[Someone, ...]  # who are there, then who have left
    lines: dict[str, str]  # "main", "mobile", "fax": telephone numbers
    mail: Mail
    mailboxes: dict[str, str]  # address: "alive", "full" or "gone"
    networks: dict[str, str]  # network: address of the organisation's own profile
    technologies: tuple[str, ...]  # what its site is seen to be made with
    hours: Hours | None
    services: tuple[str, ...]
    customers: str
    vat_number: str
    vacancies: tuple[Vacancy, ...]
    stories: tuple[Story, ...]
    accounts: tuple[Accounts, ...]
    overdue: bool
    charges: tuple[Charge, ...]
    controllers: tuple[Control, ...]
    insolvency: Insolvency | None

    def told_by(self, source: str) -> list[Told]:
        """People as `site`, `hunter`, `apollo` or `clearbit` have them."""
        return hearsay.told(self.one, source)

    @property
    def current(self) -> list[Someone]:
        return [who for who in self.people if not who.left]

    @property
    def former(self) -> list[Someone]:
        return [who for who in self.people if who.left]


def of(one: Organisation, seed: int = 0) -> Truth:
    """A branch has its own people and site; its accounts are those of the chain's company."""
    company = by_number(one.number, seed) or one if one.number else one
    tools = (presence.site_system(one), *presence.site_tools(one))
    return Truth(
        one=one,
        people=people.everyone(one),
        lines=lines.of(one),
        mail=mail.of(one),
        mailboxes=mail.mailboxes(one),
        networks=presence.networks(one),
        technologies=tuple(filter(None, tools)),
        hours=presence.hours(one),
        services=presence.services(one),
        customers=presence.customers(one),
        vat_number=presence.vat_number(one),
        vacancies=growth.vacancies(one),
        stories=growth.stories(one),
        accounts=accounts.filed(company),
        overdue=accounts.overdue(company),
        charges=standing.charges(company),
        controllers=standing.controllers(company),
        insolvency=standing.insolvency(company),
    )


def as_json(one: Organisation, seed: int = 0) -> dict[str, Any]:
    """The same for another process, with what each source says of people."""
    whole = asdict(of(one, seed))
    whole["told_by"] = {
        source: [
            {
                "number": each.number,
                "first": each.first,
                "last": each.last,
                "title": each.title,
                "email": each.email,
                "current": each.current,
                "wrong": each.wrong,
            }
            for each in hearsay.told(one, source)
        ]
        for source in people.SOURCES
    }
    for who in whole["people"]:
        who["known"] = sorted(who["known"])
    for each in whole["controllers"]:
        if each["who"]:
            each["who"]["known"] = sorted(each["who"]["known"])
    return whole
