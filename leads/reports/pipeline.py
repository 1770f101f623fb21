"""What stands in the stages now and what it is worth, from the folded counters."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from crm.look.formats import pounds
from crm.look.graphs import Bar, Said
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Tenant
from leads.records import tallies
from leads.reports import addresses


@dataclass(frozen=True)
class Standing:
    """A stage with what is in it, and where that is listed."""

    stage: Stage
    count: int
    value_pence: int
    href: str

    @property
    def weighted_pence(self) -> int:
        """What it is worth by the stage's chance of winning, in whole pounds."""
        return self.value_pence * self.stage.win_chance // 10_000 * 100


@dataclass(frozen=True)
class Pipeline:
    """All stages in their order, of one pipeline after the other."""

    standings: list[Standing]

    @property
    def leads(self) -> int:
        return sum(each.count for each in self.standings)

    @property
    def open(self) -> list[Standing]:
        return [each for each in self.standings if not each.stage.is_closed]

    @property
    def open_leads(self) -> int:
        return sum(each.count for each in self.open)

    @property
    def open_pence(self) -> int:
        return sum(each.value_pence for each in self.open)

    @property
    def weighted_pence(self) -> int:
        return sum(each.weighted_pence for each in self.open)

    def of_kind(self, kind: Kind) -> int:
        """Count the leads in stages of this kind."""
        return sum(each.count for each in self.standings if each.stage.kind == kind)


def read(
    tenant: Tenant,
    stages: Iterable[Stage],
    *,
    owners: list[UUID] | None = None,
    unowned: bool = False,
    listed: tuple[tuple[str, ...], ...] = (),
) -> Pipeline:
    """Read what stands in these stages; of these owners alone, and of nobody's if `unowned`.

    `listed` are the conditions by which a list shows the same.
    """
    found = tallies.read(tenant, owners=owners, unowned=unowned)
    nothing = tallies.Tally()
    standings = []
    for stage in stages:
        tally = found.get(stage.pk, nothing)
        href = addresses.stage(stage, *listed)
        standings.append(Standing(stage, tally.leads, tally.pence, href))
    return Pipeline(standings)


def stages(tenant: Tenant) -> list[Stage]:
    """Give the stages in the order of the board."""
    return list(Stage.of(tenant).order_by("pipeline__position", "pipeline_id", "position", "id"))


def worth(standings: Iterable[Standing]) -> list[Bar]:
    """Draw what the leads of each are worth, and what of that is to be expected."""
    return [_worth(each) for each in standings]


def _worth(each: Standing) -> Bar:
    href, hint = addresses.stage(each.stage, sort="-value"), addresses.hint(each.count)
    expected = f"{pounds(each.weighted_pence)} at {each.stage.win_chance}%"
    return Bar(
        each.stage.name,
        each.value_pence,
        Said(pounds(each.value_pence), href, hint),
        below=(Said(expected, href, hint),),
        before=each.weighted_pence,
        stage=each.stage.kind,
    )
