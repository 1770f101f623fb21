"""How the background work goes, in a line or two: for the administration's first page."""

from dataclasses import dataclass

from crm.operations import pace, verdict
from crm.operations.verdict import Verdict
from crm.tenants.models import Tenant
from crm.work import signs_of_life
from crm.work.queue import Depth, depth, in_all


@dataclass(frozen=True)
class Brief:
    """`depths` and their `total` are of the tenant, or of all companies."""

    verdict: Verdict
    depths: list[Depth]
    total: dict[str, float]
    is_anybody_there: bool
    is_of_all: bool


def read(tenant: Tenant | None) -> Brief:
    """Read it for members of the tenant; None for whoever looks after the installation."""
    depths, age = depth(tenant), signs_of_life.age()
    # Where nothing waits for long nobody is told why.
    moving = in_all(depths)["oldest_waiting_s"] > verdict.SECONDS_TO_WAIT and pace.is_moving()
    return Brief(
        verdict.judge(depths, heartbeat_age=age, is_moving=moving, is_of_all=tenant is None),
        depths,
        in_all(depths),
        is_anybody_there=signs_of_life.is_fresh(age),
        is_of_all=tenant is None,
    )
