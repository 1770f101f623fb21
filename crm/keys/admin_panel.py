"""The panel of services' keys: what does not work, and a model that is about to go."""

from django.http import HttpRequest
from django.urls import reverse

from crm.adminsite.panel import Line, Panel, listed, many
from crm.keys import models_seen, standing, system
from crm.keys.holding import by
from crm.keys.models import Credential, State
from crm.keys.standing import Standing, Stands
from crm.keys.what import EVERY, OPENAI
from crm.tenants.models import Tenant

TITLE, ICON = "Keys of services", "key-round"
WELL = (Stands.WORKS, Stands.UNTESTED, Stands.MISSING)


def read(request: HttpRequest) -> Panel | None:
    """Read it for the company, if there is anything to say; else for the installation."""
    tenant = request.tenant  # type: ignore[attr-defined]
    return _installations() if tenant is None else _companys(tenant)


def _companys(tenant: Tenant) -> Panel | None:
    page = reverse("keys:page")
    rows = {row.service: row for row in Credential.of(tenant)}
    bad = [now for now in standing.every(rows) if not _is_well(now)]
    lines = [
        Line(f"{now.what.label}: {now.label}", f"{page}#key-{now.service}", tone="bad")
        for now in bad
    ]
    if ending := models_seen.warning(by(rows.get(OPENAI), tenant, OPENAI)):
        lines.append(Line(ending.text, f"{page}#key-{OPENAI}", tone="warn"))
    if not lines:
        return None
    said = f"{len(bad)} {many(len(bad), 'key does', 'keys do')} not work." if bad else ""
    return Panel(
        TITLE, ICON, lines=tuple(lines), sentence=said, tone="bad", url=page, more="API keys"
    )


def _is_well(now: Standing) -> bool:
    return now.usable or now.state in WELL


def _installations() -> Panel:
    """Say of each service whether the settings hold a key, and how that stands."""
    lines, rows = [], system.rows()
    for service, what in EVERY.items():
        row = rows.get(service)
        stands = State(row.state).label if row else f"no key; {what.setting} is empty"
        is_bad = row is not None and row.state in (State.REFUSED, State.NO_CREDIT)
        url = listed("keys.systemkey")
        lines.append(Line(f"{what.label}: {stands}", url, tone="bad" if is_bad else ""))
    if ending := models_seen.warning(system.key(OPENAI)):
        lines.append(Line(ending.text, tone="warn"))
    return Panel("The installation’s keys of services", ICON, lines=tuple(lines))
