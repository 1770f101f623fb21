"""One instance of every model and the address of every page; runs inside `manage.py`."""

import time
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success
from django_q.signing import SignedPackage

from crm.accounts import entrance, factors, proof
from crm.accounts.models import NewAddress
from crm.founding.forms import FirstOwnerForm
from crm.joining import invitations
from crm.keys.models import SystemKey
from crm.outside.models import Breaker
from crm.tenants import password_link
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, Role, User
from tests.accounts.conftest import code_of
from tests.browser.sessions import session
from tests.factories.leads import ContactFactory
from tests.people import Cast, assembled
from tests.walls import addresses
from tests.walls.conftest import SECRET, filled

TOKEN = "a-token"
OF_NO_COMPANY = ("auth", "axes", "django_q", "outside", "registers")
NEVER = timedelta(days=3650)
PREVIEW = {"postcode": "LE1 1AA", "miles": 15, "max_results": 100}


def make() -> dict[str, Any]:
    """Give sessions by person, and paths by the name of the address."""
    cast = assembled()
    with acting_for(cast.tenant):
        rows = filled(cast) | of_the_installation()
        queries = asked(rows)
        opened = links(cast)
    paths = {}
    for each in addresses.every():
        if each.name and not each.name.endswith(":"):
            path = opened.get(each.name) or each.path(rows)
            paths[each.name] = [path + queries.get(each.name, "")]
    apps = sorted({label.partition("/")[0] for label in rows if "/" in label})
    paths["admin:app_list"] = [f"/admin/{app}/" for app in apps if app not in OF_NO_COMPANY]
    return {"people": people(cast), "paths": paths}


def of_the_installation() -> dict[str, Any]:
    """Rows of what libraries brought along; nothing of it is ever done."""
    later, now = timezone.now() + NEVER, timezone.now()
    work = {"id": "0" * 32, "name": SECRET, "func": "math.sqrt", "args": (4,), "kwargs": {}}
    done = {"func": "math.sqrt", "started": now, "stopped": now}
    came = {"username": SECRET, "ip_address": "192.0.2.1", "path_info": "/sign-in/"}
    return {
        "auth/group": Group.objects.create(name=SECRET),
        "django_q/schedule": Schedule.objects.create(
            name=SECRET, func="math.sqrt", args="4", next_run=later
        ),
        "django_q/success": Success.objects.create(id="1" * 32, name="1", success=True, **done),
        "django_q/failure": Failure.objects.create(id="2" * 32, name="2", success=False, **done),
        "django_q/ormq": OrmQ.objects.create(
            key="nobody's", payload=SignedPackage.dumps(work), lock=later
        ),
        "outside/breaker": Breaker.objects.create(
            service="hunter",
            ident="0" * 40,
            last4="1234",
            failures=5,
            opened=1,
            until=later,
            why="It did not answer.",
            failed_at=now,
        ),
        "keys/systemkey": SystemKey.objects.create(
            service="hunter", mark="0" * 40, last4="1234", state="refused", said=SECRET, since=now
        ),
        "axes/accessattempt": AccessAttempt.objects.create(failures_since_start=3, **came),
        "axes/accesslog": AccessLog.objects.create(**came),
        "axes/accessfailurelog": AccessFailureLog.objects.create(**came),
    }


def asked(rows: dict[str, Any]) -> dict[str, str]:
    """What stands behind the question mark where a page is nothing without it."""
    lead, proposal = rows["lead_id"], rows["proposal_id"]
    second = ContactFactory(organisation=lead.organisation, name=f"Jenny {SECRET}")
    queries: dict[str, dict[str, Any]] = {
        "leads:merge": {"one": proposal.one_id, "other": proposal.other_id},
        "leads:merge_contacts": {"one": rows["contact_id"].pk, "other": second.pk},
        "leads:merge_with": {"q": SECRET},
        "leads:move_many": {"lead": lead.pk},
        "leads:search": {"q": SECRET},
        "campaigns:preview": PREVIEW,
        "leads:enrichment_new": {"lead": lead.pk},
        "leads:rule_when": {"tier": "hot"},
        "leads:rule_new": {"tier": "hot", "rule_name": SECRET, "rule_does": "assign"},
    }
    return {name: f"?{urlencode(query)}" for name, query in queries.items()}


def links(cast: Cast) -> dict[str, str]:
    """Pages behind a link that somebody was sent."""
    owner = Membership.of(cast.tenant).get(user=cast.ada)
    ben = Membership.of(cast.tenant).get(user=cast.ben)
    digest = sha256(TOKEN.encode()).hexdigest()
    NewAddress.objects.create(
        user=cast.ada, email="ada@elsewhere.example", digest=digest, asked_at=timezone.now()
    )
    sent = invitations.invite("erin@acme.example", role=Role.REP, team=None, by=owner)
    return {
        "joining:join": sent.path,
        "accounts:address": reverse("accounts:address", args=[TOKEN]),
        "tenants:set_password": password_link.path(ben, owner),
    }


def people(cast: Cast) -> dict[str, str]:
    """Sessions: the owner's, a rep's, of whoever looks after the installation, one at the door."""
    factors.add_app(cast.ben, secret := factors.new_secret(), code_of(secret))
    root = User.objects.create_superuser("root@here.example", name="Root")
    door = SessionStore()
    mark = cast.ben.get_session_auth_hash()
    door[entrance.AT_THE_DOOR] = [str(cast.ben.pk), time.time(), mark]
    door.create()
    given = {proof.GIVEN: time.time()}
    return {
        "owner": session(cast.ada, **given),
        "rep": session(cast.ben, **given),
        "root": session(root, **given),
        "door": str(door.session_key),
    }


def seldom() -> dict[str, str]:
    """Pages that an installation in good order never shows, by the name of their template."""
    page = "tenants/first_owner.html"
    shown = {page: render_to_string(page, {"form": FirstOwnerForm()}, HttpRequest())}
    said = {"title": "The database does not answer", "saved": "Nothing was.", "advice": "Wait."}
    for name in ("400", "403", "403_csrf", "404", "500", "503"):
        shown[name] = get_template(f"{name}.html").render(said)
    return shown
