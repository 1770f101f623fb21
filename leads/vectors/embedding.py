"""The work of turning organisations into vectors, a piece at a time.

First all of a company's are looked through, later those that the database says have changed. Only
a text that differs from the one before is embedded. The vectors are written in one transaction
with how far the row has come: a worker that is killed has done the whole piece or nothing of it.
Whoever is asked outside is asked before that transaction; where they do not answer the row waits,
says why, and what is there goes on to serve.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils import timezone

from crm import ids
from crm.keys import keys
from crm.outside import clock, errors
from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import Organisation
from leads.vectors import changes, charging, embedders, outcomes, stores, texts
from leads.vectors.embedders import Embedder, Made
from leads.vectors.models import LONGEST_IDEAL, Changed, Embedding, Ideal
from leads.vectors.port import New, Store

LIVE = (State.READY, State.LEASED, State.WAITING)
# Without any change; whoever changes something wakes it before.
UNTIL_NEXT = timedelta(hours=1)
# While all leads are being scored.
UNTIL_SCORED = timedelta(seconds=30)
# Of the vendor's seconds, after it gave no answer.
AFTER_TROUBLE = 600
# What could have slipped by is found within that time.
ALL_AGAIN = timedelta(days=7)
AT_ONCE = 50


@dataclass
class _Piece:
    """Organisations that are looked at, the texts of those that read otherwise, and the rest.

    Those that are `gone` a store outside our transactions may still know.
    """

    seen: list[UUID]
    is_walk: bool
    change: changes.Piece
    fresh: list[UUID] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    shas: list[str] = field(default_factory=list)
    ideal: Ideal | None = None
    gone: list[UUID] = field(default_factory=list)


def begin_due() -> None:
    """Have each company's organisations be embedded, and wake the rows with something to do."""
    if stores.current() is None:
        return
    theirs = Organisation.across_tenants.filter(tenant=OuterRef("pk"))
    known = Embedding.across_tenants.filter(tenant=OuterRef("pk"))
    new = Tenant.objects.filter(Exists(theirs)).exclude(Exists(known)).order_by("pk")[:AT_ONCE]
    rows = [Embedding(tenant=tenant) for tenant in new]
    if rows:
        Embedding.across_tenants.bulk_create(rows, ignore_conflicts=True)
    changed = Changed.objects.filter(tenant=OuterRef("tenant"))
    asleep = Embedding.across_tenants.filter(
        state=State.WAITING, trouble="", due_at__gt=timezone.now()
    )
    if asleep.filter(Exists(changed)).update(due_at=Now()) or rows:
        wake()


def at_once(tenant: Tenant, service: str = embedders.SERVICE) -> None:
    """Go on without delay: a key was put in or works again, or words were changed."""
    if service == embedders.SERVICE:
        waiting = Embedding.of(tenant).filter(state=State.WAITING)
        if waiting.update(due_at=Now(), trouble=""):
            wake()


def work(row: Embedding, lease: Lease) -> None:
    """Embed the next piece; when there is nothing to do, wait for changes."""
    store = stores.current()
    if store is None:
        with acting_for(row.tenant):
            lease.release(row, state=State.WAITING, due_at=Now() + UNTIL_NEXT)
        return
    with acting_for(row.tenant):
        embedder = embedders.of(row.tenant)
        _aim(row, embedder)
        if row.walked_at is None and outcomes.is_scoring_all(row.tenant):
            # People wait for that; and what all will be scored anew for must not end it halfway.
            lease.release(row, state=State.WAITING, due_at=Now() + UNTIL_SCORED)
            return
        piece = _piece(row, store, embedder)
        too_dear = charging.too_dear(row, embedder, sum(map(len, piece.said)))
    if too_dear:
        _wait(row, lease, too_dear, until=timezone.now() + UNTIL_NEXT)
        return
    try:
        made = embedder.embed(piece.said) if piece.said else Made([])
    except errors.Later as later:
        _wait(row, lease, later.why, until=later.until)
    except errors.Outside as error:
        if isinstance(error, errors.Refused) and embedder.key is not None:
            keys.report(embedder.key, error)
        _wait(row, lease, str(error), until=clock.from_now(AFTER_TROUBLE))
    else:
        with acting_for(row.tenant):
            _write(row, lease, store, embedder, piece, made)


def _aim(row: Embedding, embedder: Embedder) -> None:
    """Begin anew where it is another model than before, or all were looked through long ago."""
    again = row.walked_at is not None and row.walked_at < timezone.now() - ALL_AGAIN
    if row.model != embedder.name or (again and row.last is None):
        row.model, row.last, row.walked_at, row.done = embedder.name, ids.NOBODYS, None, 0
        row.total = Organisation.of(row.tenant).count()


def _piece(row: Embedding, store: Store, embedder: Embedder) -> _Piece:
    """Gather what is next: of a walk the next organisations, else what has changed."""
    is_walk = row.walked_at is None
    change = changes.Piece()
    if is_walk:
        rows = Organisation.of(row.tenant).filter(pk__gt=row.last or ids.NOBODYS).order_by("pk")
        seen = list(rows.values_list("pk", flat=True)[: embedder.most])
    else:
        change = changes.read(row.tenant, embedder.most_letters // texts.LONGEST)
        seen = list(dict.fromkeys([*change.texts, *change.outcomes]))
    piece = _Piece(seen, is_walk, change)
    found, known = texts.of(row.tenant, seen), store.known(row.tenant, row.model, seen)
    piece.gone = [ident for ident in seen if ident not in found]
    letters = 0
    for at, ident in enumerate(seen):
        text = found.get(ident, "")
        sha = texts.digest(text)
        if not text or known.get(ident) == sha:
            continue
        letters += len(text)
        if is_walk and letters > embedder.most_letters - LONGEST_IDEAL:
            piece.seen = seen[:at]
            break
        piece.fresh.append(ident)
        piece.said.append(text)
        piece.shas.append(sha)
    ideal = Ideal.of(row.tenant).exclude(words="").exclude(model=row.model).first()
    if ideal is not None and len(piece.said) < embedder.most:
        piece.ideal = ideal
        piece.said.append(ideal.words)
    return piece


def _write(
    row: Embedding, lease: Lease, store: Store, embedder: Embedder, piece: _Piece, made: Made
) -> None:
    """Keep what was made and how far it has come, and have scored whom it concerns."""
    tenant = row.tenant
    told = zip(piece.fresh, piece.shas, made.vectors, strict=False)
    new = [New(ident, sha, vector) for ident, sha, vector in told if vector is not None]
    store.put(tenant, row.model, new)
    if piece.gone:
        store.forget(tenant, piece.gone)
    charging.book(tenant, embedder, made)
    if piece.ideal is not None:
        vector = [round(each, 5) for each in made.vectors[-1] or ()]
        same = Ideal.of(tenant).filter(pk=piece.ideal.pk, words=piece.ideal.words)
        same.update(model=row.model, vector=vector)
    row.made += len(new)
    if piece.is_walk:
        _walked(row, store, piece)
    changes.done(tenant, piece.change.rows)
    if row.serves == row.model:
        changed = [each.organisation for each in new]
        outcomes.rescore(tenant, store, row.serves, changed, piece.change.outcomes)
    if piece.ideal is not None and row.serves == row.model:
        outcomes.rescore_all(tenant, "The ideal customer in words")
    state, due = _next(row, piece)
    lease.release(
        row, state=state, due_at=due, trouble="", last_error="", model=row.model, last=row.last,
        serves=row.serves, total=row.total, done=row.done, made=row.made, walked_at=row.walked_at,
    )  # fmt: skip


def _walked(row: Embedding, store: Store, piece: _Piece) -> None:
    """Note how far the walk is; at its end the model serves, and those before it are gone."""
    row.done += len(piece.seen)
    if piece.seen:
        row.last = piece.seen[-1]
        return
    row.last, row.walked_at, row.total = None, timezone.now(), row.done
    store.settle(row.tenant, row.model)
    if row.serves != row.model:
        row.serves = row.model
        store.keep_only(row.tenant, row.model)
        if outcomes.matters(row.tenant):
            outcomes.rescore_all(row.tenant, "Closeness to those that were won")


def _next(row: Embedding, piece: _Piece) -> tuple[State, object]:
    if row.walked_at is None or piece.change.rows:
        return State.READY, Now()
    return State.WAITING, Now() + UNTIL_NEXT


def _wait(row: Embedding, lease: Lease, why: str, *, until: datetime) -> None:
    """Say why it can't go on, and try again later; what serves goes on to serve."""
    with acting_for(row.tenant):
        lease.release(
            row, state=State.WAITING, due_at=until, trouble=why[:500], model=row.model,
            last=row.last, total=row.total, done=row.done, walked_at=row.walked_at,
        )  # fmt: skip


def gave_up(row: Embedding) -> None:
    """Leave the rest to the operations page; what is there goes on to serve."""


def about(row: Embedding) -> str:
    """Say to people what it does."""
    return "Turns organisations into vectors, for leads that are like others"


TABLE = Table(model=Embedding, work=work, gave_up=gave_up, about=about)
