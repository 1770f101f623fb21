"""Merging the pairs that are surely one, each by a merge of its own that can be undone."""

from collections import Counter
from uuid import UUID

from crm.tenants.models import Membership, Tenant
from leads.acts.act import Act, Outcome
from leads.merging import held, may, merge, order, proposals, suspicion
from leads.merging.refused import AnsweredMeanwhile, ChangedMeanwhile, MergeRefused
from leads.models import Batch, Proposal

GONE = "settled or merged meanwhile, or not yours to see any more"
UNSURE = "changed meanwhile, and no longer surely one"
COLLEAGUES = "with a lead of a colleague at one of the two"
REFUSED = "could not be merged: try it by hand"
UNDO = "of these merges can be undone, each from “What was merged”"


class MergeSure(Act):
    """Its ids are those of proposals; `given` says nothing."""

    verb = "merge_sure"
    # Each merge holds much, and whoever works on one of the two waits for no other.
    piece = 1
    page = "leads:proposals"

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        return "Merged", "", "Merge"

    def did(self, many: int, tenant: Tenant) -> str:
        """Say how many pairs were merged."""
        return "Merged 1 pair" if many == 1 else f"Merged {many:,} pairs"

    def does(self, many: str, tenant: Tenant) -> str:
        """Say what is merged, whose number is told along with how far that is."""
        return "Merge what is surely one"

    def do_to_all(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        """Merge these pairs, as far as they still are what the person was asked about."""
        return self.do(idents, by, batch)

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        outcome = Outcome()
        for ident in idents:
            if why := _merge(ident, by):
                outcome.skipped[why] += 1
            else:
                outcome += Outcome(1, notes=Counter({UNDO: 1}))
        return outcome


def _merge(ident: UUID, by: Membership) -> str:
    """Merge the two; give why not, "" if they are one now."""
    rows = proposals.seen(by).filter(state=Proposal.State.OPEN, is_sure=True)
    proposal = rows.filter(pk=ident).first()
    if proposal is None:
        return GONE
    pair = proposal.one, proposal.other
    busy = order.at_work([each.pk for each in pair], tenant=by.tenant)
    kept, gone = order.in_order(*pair, busy)
    if may.obstacle(by, kept, gone):
        return COLLEAGUES
    seen = held.fingerprint(kept, gone)
    if not suspicion.of(kept, gone).is_sure:
        return UNSURE
    try:
        merge.merge(kept, gone, chosen={}, by=by.user, seen=seen, if_asked=True)
    except AnsweredMeanwhile:
        return GONE
    except ChangedMeanwhile:
        return UNSURE
    except MergeRefused:
        return REFUSED
    return ""
