"""Tagging leads and moving them, as people do it in the list."""

from uuid import UUID

from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant
from leads.acts.act import Act, Outcome, ident
from leads.acts.move import Move
from leads.acts.tagging import PutTag
from leads.models import Batch, Reaction, Tag
from leads.moving import asking
from leads.reacting.then import Then
from leads.timeline.reasons import why

TAG_GONE = "The tag that it puts on leads was deleted."
STAGE_GONE = "The stage that it moves leads to was deleted."


class ByAct(Then):
    """Does what an act of the list does; `given` is that act's."""

    act: type[Act]

    def do(
        self, idents: list[UUID], by: Membership, batch: Batch | None, rule: Reaction
    ) -> Outcome:
        return self.act(self.given, why(rule)).do(idents, by, batch)  # type: ignore[arg-type]

    def words(self, leads: str, tenant: Tenant) -> str:
        return self.act(self.given).does(leads, tenant)

    def did(self, leads: str, tenant: Tenant) -> str:
        done, to, _ = self.act(self.given).words(tenant)
        return f"{done} {leads}{to}"


class Label(ByAct):
    slug = verb = "tag"
    act = PutTag

    def trouble(self, tenant: Tenant) -> str:
        tag = ident(self.given.get("tag", ""))
        return "" if Tag.of(tenant).filter(pk=tag).exists() else TAG_GONE


class MoveOn(ByAct):
    slug = verb = "move"
    act = Move

    def trouble(self, tenant: Tenant) -> str:
        stage = Stage.of(tenant).filter(pk=ident(self.given.get("stage", ""))).first()
        if stage is None:
            return STAGE_GONE
        if asking.asks_why(stage, self.given.get("reason")):
            return f"{stage.name} asks why a lead comes there, and the rule gives no reason."
        return ""
