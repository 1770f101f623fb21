"""Moving many leads to a stage, which asks of each what it asks on the board."""

from collections import Counter
from uuid import UUID

from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant
from leads.acts.act import ALREADY, GONE, Act, ActRefused, Outcome, ident
from leads.models import Batch
from leads.moving import asking, board, moving
from leads.moving.asking import Answers

STAGE_GONE = "the stage was deleted"


class Move(Act):
    verb = "move"

    def _stage(self, tenant: Tenant) -> Stage | None:
        return Stage.of(tenant).filter(pk=ident(self.given.get("stage", ""))).first()

    def check(self, tenant: Tenant) -> None:
        stage = self._stage(tenant)
        if stage is None:
            raise ActRefused("Choose the stage to move them to.")
        if why := asking.asks_why(stage, self.given.get("reason")):
            raise ActRefused(why)

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        stage = self._stage(tenant)
        return "Moved", f" to {stage.name if stage else 'a stage that is gone'}", "Move"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        stage = self._stage(by.tenant)
        if stage is None:
            return Outcome(0, Counter({STAGE_GONE: len(idents)}))
        reason = self.given.get("reason", "")[: asking.LONGEST_REASON]
        answers = Answers(reason=reason, why=self.why)
        for _ in range(2):
            try:
                moved = board.move_many(idents, to=stage, by=by, answers=answers, batch=batch)
                break
            except board.StageGone:
                return Outcome(0, Counter({STAGE_GONE: len(idents)}))
            except board.MoveRefused:
                # A colleague opened another lead of one of the organisations at the same moment;
                # now that one is seen, and leaves the others alone.
                continue
        else:
            return Outcome(0, Counter({moving.PURSUED: len(idents)}))
        alike = {moving.UNSEEN: GONE, moving.THERE: ALREADY}
        skipped: Counter[str] = Counter()
        for why, many in moved.skipped.items():
            skipped[alike.get(why, why)] += many
        return Outcome(len(moved.leads), skipped)
