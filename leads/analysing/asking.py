"""One question to the AI as a row of work: asked once, looked for until answered, and booked.

A worker that is killed at any instant loses nothing: before the question is sent it is written
down, and its answer is known by a ticket before anybody waits for it.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from crm.ai import ai
from crm.keys import keys
from crm.outside import errors, leaving
from crm.outside.key import Key
from crm.tenants.acting import acting_for
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.queue import CannotQueue
from crm.work.table import Table
from leads.analysing import checking, ending, facts, money, schema
from leads.models import Analysis, Lead
from leads.vectors.models import Ideal

Phase = Analysis.Phase
NO_KEY = "There was no key of OpenAI any more. Put one in under API keys, then ask again."
DEARER = "It takes credits by now, since the key is another. Look at the price, then ask again."
GAVE_UP = "It failed again and again. Whoever looks after this installation sees why."
EMPTY = (
    "Nothing that the AI said rests on a fact of this lead, so nothing is shown of it. No credits"
    " were taken. Find out more about the lead, then ask again."
)


class Call(NamedTuple):
    """What is sent, or looked for where there is a `ticket`; `charge` is the most it can cost."""

    key: Key
    given: dict[str, Any]
    ticket: str
    since: datetime | None
    charge: int


def work(row: Analysis, lease: Lease) -> None:
    """Ask, or look for the answer, with no transaction open; then write what came of it."""
    with acting_for(row.tenant):
        call = _begin(row, lease)
    if call is None:
        return
    try:
        told = _look(call) if call.ticket else _send(row, lease, call)
    except ai.NoAnswer as none:
        with acting_for(row.tenant):
            ending.failed(ending.held(row), lease, str(none), cost_micros=none.cost_micros)
        return
    except errors.Outside as error:
        with acting_for(row.tenant):
            now = ending.held(row)
            ending.unanswered(now, lease, error, since=call.since, charge=call.charge)
        if isinstance(error, errors.Refused):
            keys.report(call.key, error)
        return
    keys.report(call.key, None)
    with acting_for(row.tenant):
        if isinstance(told, ai.Told):
            _answered(ending.held(row), lease, told)
        else:
            lease.release(row, state=State.WAITING, due_at=Now() + (told - timezone.now()))


def _begin(row: Analysis, lease: Lease) -> Call | None:
    """Gather what is asked and set aside what it may cost; None where there is nothing to do."""
    now = ending.held(row)
    if now.phase != Phase.ASKED:
        lease.finish(row)
        return None
    said, key = now.asked, money.key_of(row.tenant)
    ticket, since = said.get("ticket", ""), _moment(said.get("sent_at"))
    charge = int(said.get("charge", 0))
    if since is not None and not ticket:
        ending.failed(now, lease, ending.LOST, cost_micros=charge)
        return None
    if ticket and key is None:
        ending.wait_for_key(now, lease, since=since, charge=charge)
        return None
    if ticket and key is not None:
        return Call(key, {}, ticket, since, charge)
    price = money.price(key)
    refused = NO_KEY if key is None else DEARER if price > now.credits else ""
    refused = refused or money.trouble(row.tenant, besides=now)
    if refused or key is None:
        ending.failed(now, lease, refused)
        return None
    given, charge = facts.gather(now.lead), money.charge()
    asked = {"charge": charge, "tries": said.get("tries", 0)}
    # It takes what it takes with the key by which it is sent.
    lease.write(row, facts=given, asked=asked, credits=price, cost_micros=charge)
    return Call(key, _given(now.lead, given), "", None, charge)


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _given(lead: Lead, numbered: list[dict[str, Any]]) -> dict[str, Any]:
    ideal = Ideal.of(lead.tenant).first()
    return {
        "today": timezone.localdate(),
        "seller": {
            "name": facts.plain(lead.tenant.name),
            "looks_for": facts.plain(ideal.words) if ideal else "",
        },
        "lead": facts.plain(lead.title),
        "facts": [
            {
                "number": each["n"], "about": facts.KINDS[each["kind"]], "says": each["text"],
                "source": each["source"], "on": each["on"],
            }
            for each in numbered
        ],
    }  # fmt: skip


def _send(row: Analysis, lease: Lease, call: Call) -> datetime:
    with leaving.noted(lambda: _note(row, lease, sent_at=timezone.now().isoformat())):
        started = ai.ask(
            call.key,
            prompt=ai.Prompt.read(schema.PROMPT),
            given=call.given,
            schema=schema.SCHEMA,
            name=schema.NAME,
            metadata={"analysis": str(row.pk)},
            searches=False,
        )
    _note(row, lease, ticket=started.response_id, prompt=started.sent_hash)
    return ai.next_look(timezone.now())


def _note(row: Analysis, lease: Lease, **said: Any) -> None:
    """Write something beside what stands there: somebody may be taken out of it meanwhile."""
    with acting_for(row.tenant):
        lease.write(row, asked=ending.held(row).asked | said)


def _look(call: Call) -> ai.Told | datetime:
    told = ai.look(
        call.key,
        call.ticket,
        schema=schema.SCHEMA,
        started_at=call.since,
        most=call.charge or None,
    )
    return ai.next_look(call.since or timezone.now()) if isinstance(told, ai.Pending) else told


def _answered(now: Analysis, lease: Lease, told: ai.Told) -> None:
    model, cost = told.model[:80], told.cost_micros
    if now.asked.get("is_void"):
        ending.failed(now, lease, ending.VOID, cost_micros=cost, model=model)
        return
    checked = checking.check(told.data, now.facts, name=now.lead.title)
    said = told.kept() | {
        "answer": told.data, "raw": told.raw,
        "shown": checked.parts, "left_out": checked.left_out,
    }  # fmt: skip
    if checked.is_empty:
        ending.failed(now, lease, EMPTY, cost_micros=cost, model=model, said=said)
    else:
        ending.told(now, lease, cost_micros=cost, model=model, said=said)


def gave_up(row: Analysis) -> None:
    """Say on the lead that nothing comes any more; what was sent is booked."""
    now = ending.held(row)
    if now.phase != Phase.ASKED:
        return
    cost = int(now.asked.get("charge", 0)) if "sent_at" in now.asked else 0
    noted = money.book(now, now.lead, takes=False, cost_micros=cost)
    Analysis.of(row.tenant).filter(pk=row.pk).update(
        phase=Phase.FAILED, trouble=GAVE_UP, asked={}, answered_at=timezone.now(), **noted
    )


def queued_again(row: Analysis) -> None:
    """What was given up is over: whoever wants an answer asks anew."""
    raise CannotQueue("It was given up and given back. Ask the AI again on the lead’s page.")


def about(row: Analysis) -> str:
    """Say to people what it is for."""
    return f"The AI is asked about {row.lead.title}"


TABLE = Table(
    model=Analysis,
    work=work,
    gave_up=gave_up,
    queued_again=queued_again,
    about=about,
    batch=4,
    threads=4,
    related=("lead__organisation",),
)
