"""What a live source can't go on with until a person has mended it.

The source is held, its run goes on with the others; when these have ended the run is paused with
the reason, and resuming it goes on where it stopped.
"""

from campaigns import runs
from campaigns.models import Inquiry, SourceRun
from crm.work import together
from crm.work.lease import FREE, Lease
from crm.work.models import LIVE, State


def stop(row: SourceRun, said: str, lease: Lease | None = None) -> None:
    """Hold the source and say why; call it under `runs.room`, with the lease if it is held."""
    changes = {**FREE, "state": State.HELD, "trouble": said[:500]}
    if lease is not None:
        lease.write(row, **changes)
    else:
        going = SourceRun.of(row.tenant).filter(pk=row.pk)
        going.exclude(state__in=[State.DONE, State.DEAD]).update(**changes)
    # What was sent is paid for, and is looked for as long as that can be.
    unsent = Inquiry.of(row.tenant).filter(LIVE, source_run=row, ticket="")
    together.change(unsent.exclude(state=State.LEASED), state=State.HELD)
    runs.finish(row.run)
