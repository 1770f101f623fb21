"""Planning applications: councils' lists that people have uploaded, and who stands behind them."""

from collections.abc import Sequence
from math import ceil

from campaigns.criteria import Criteria
from campaigns.discovery.live import Asking, Brief, LiveSource, Question, Quote, Reply
from campaigns.discovery.planning import nearby, sides
from campaigns.kinds import Kind
from campaigns.planning.records import PlanningApplication, PlanningList
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant

# Applications in one question, and questions in a wave.
AT_ONCE, MOST_IN_A_WAVE = 20, 10
# Of those that are named so many become leads at the best.
SPARE = 1.5
# Checks of so many companies take a second, as each is asked for at Companies House.
CHECKS_A_SECOND = 2


class Planning(LiveSource):
    slug = "planning"
    label = "Councils’ lists"
    costs = False
    tells_size = False
    understands: frozenset[str] = frozenset()
    service = ""
    action = ""
    page = "campaigns:planning"

    def serves(self, kind: Kind) -> bool:
        return kind.takes_lists

    def charge(self) -> int:
        return 0

    def obstacle(self, tenant: Tenant) -> str:
        if PlanningList.of(tenant).exists():
            return ""
        return "Upload a council’s list first."

    def quote(self, tenant: Tenant, wanted: Criteria) -> Quote:
        if not PlanningList.of(tenant).exists():
            return Quote(0, 0, (0, 0), (0, 0), "")
        near = nearby.of(tenant, wanted.target())
        if not near:
            return Quote(0, 0, (0, 0), (0, 0), "None of the lists has an application here.")
        companies = sum(each.companies for each in near)
        seconds = (1, 2 + ceil(min(companies, wanted.max_results * 2) / CHECKS_A_SECOND))
        count = "1 application" if len(near) == 1 else f"{len(near):,} applications"
        note = f"{count} in the circle; companies that Companies House knows there become leads."
        most = min(companies, wanted.max_results)
        return Quote(ceil(len(near) / AT_ONCE), 0, seconds, (0, most), note)

    def plan(self, brief: Brief) -> Sequence[Question]:
        """Take the next ones, from the middle outwards."""
        if brief.missing <= 0:
            return []
        done = {ident for each in brief.earlier for ident in each.asked["applications"]}
        left = [
            near.ident for near in nearby.of(brief.tenant, brief.target) if near.ident not in done
        ]
        many = min(ceil(brief.missing * SPARE / AT_ONCE), MOST_IN_A_WAVE, brief.most)
        starts = range(0, min(len(left), many * AT_ONCE), AT_ONCE)
        return [_question(left[at : at + AT_ONCE]) for at in starts]

    def ask(self, asking: Asking) -> Reply:
        idents = asking.question.asked["applications"]
        with acting_for(asking.tenant):
            found = PlanningApplication.of(asking.tenant).select_related("list")
            rows = {str(row.pk): row for row in found.filter(pk__in=idents)}
            seen = sides.of(rows[ident] for ident in idents if ident in rows)
        # Whoever has deleted the list meanwhile wants nothing of it.
        gone = len(idents) - len(rows)
        return Reply(seen, quantity=0, said={"applications": len(rows), "gone": gone})


def _question(idents: Sequence[str]) -> Question:
    return Question(f"{idents[0]}+{len(idents)}", {"applications": list(idents)})
