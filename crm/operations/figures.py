"""All that one look at the operations page needs."""

from dataclasses import dataclass

from crm import tasks
from crm.operations import failed, pace, subjects, verdict, workers
from crm.operations.failed import Failures
from crm.operations.pace import Pace
from crm.operations.verdict import Verdict
from crm.operations.workers import Held, Worker
from crm.tenants.models import Tenant
from crm.work import shares, signs_of_life
from crm.work.queue import Depth, depth, in_all
from crm.work.shares import Share

MOST_COMPANIES = 20


@dataclass(frozen=True)
class Installation:
    """What only whoever looks after the whole installation sees."""

    shares: list[Share]
    wake_ups: int | None


@dataclass(frozen=True)
class Line:
    depth: Depth
    url: str


@dataclass(frozen=True)
class Figures:
    """`depths` and `verdict` are of the tenant, or of all where `installation` is given.

    What is inside the queue (attempts, crashes, errors, processes) is for the latter alone.
    """

    verdict: Verdict
    depths: list[Depth]
    failures: list[Failures]
    at_work: list[Held]
    workers: list[Worker]
    pace: Pace
    installation: Installation | None

    @property
    def tables(self) -> list["Line"]:
        """Give each table with the way to its rows in the administration, if they may be seen."""
        may_look = self.installation is None
        return [Line(each, subjects.listed(each.table) if may_look else "") for each in self.depths]

    @property
    def total(self) -> dict[str, float]:
        return in_all(self.depths)

    @property
    def mark(self) -> str:
        """Sum up the failed rows that are shown."""
        return failed.mark(self.failures)


def read(tenant: Tenant | None, *, sees_all: bool) -> Figures:
    """Read them for a member of the tenant; `sees_all` for the installation's superuser."""
    own = depth(tenant) if tenant else []
    shown = depth() if sees_all else own
    speed = pace.read()
    age = signs_of_life.age()
    return Figures(
        verdict=verdict.judge(
            shown, heartbeat_age=age, is_moving=speed.is_moving, is_of_all=sees_all
        ),
        depths=shown,
        failures=failed.few(tenant, own) if tenant else [],
        at_work=workers.at_work(tenant, own, with_hosts=sees_all) if tenant else [],
        workers=workers.workers(with_hosts=sees_all),
        pace=speed if sees_all else pace.without_failures(speed),
        installation=_installation() if sees_all else None,
    )


def _installation() -> Installation:
    return Installation(shares.by_tenant(MOST_COMPANIES), tasks.waiting())
