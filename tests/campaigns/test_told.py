"""However a run ends, whoever started it hears of it by the bell and by e-mail."""

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from campaigns import steering
from campaigns.discovery import sources
from campaigns.models import Campaign, Run, SourceRun
from crm.mail.models import Fate, Mail
from crm.notices.models import Kind, Notice
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from tests.campaigns.conftest import Launch, run_until_done
from tests.campaigns.paid import Fernbook
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
NAME = "Healthcare within 15 miles of LE1 1AA"


@pytest.fixture(autouse=True)
def mails(settings: Any, tmp_path: Path) -> Path:
    settings.MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


def told(cast: Cast, kind: Kind, subject: str, text: str) -> None:
    """Ben, and nobody else, has a notice and a letter that was handed over."""
    notice = Notice.of(cast.tenant).get()
    campaign = Campaign.of(cast.tenant).get()
    assert (notice.user, notice.kind) == (cast.ben, kind)
    assert (notice.text, notice.url) == (text, campaign.get_absolute_url())
    mail = Mail.of(cast.tenant).get()
    assert (mail.user, mail.subject, mail.fate) == (cast.ben, subject, Fate.FILED)
    assert text in mail.text
    assert f"http://127.0.0.1:8000{campaign.get_absolute_url()}" in mail.text


def test_of_its_completion(cast: Cast, launch: Launch, mails: Path) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    name = campaign.name
    text = f"{name}: 3 new leads; 495 left."
    told(cast, Kind.RUN_COMPLETED, f"{name}: 3 new leads", text)
    (file,) = mails.iterdir()
    found = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (found["To"], found["Subject"]) == (cast.ben.email, f"{name}: 3 new leads")


def test_of_its_failure(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    SourceRun.of(cast.tenant).update(attempts=4, source="no-such-source")
    assert run_until_done(campaign).state == Run.State.FAILED
    text = Notice.of(cast.tenant).get().text
    assert text.startswith(f"{campaign.name}: Stopped by an error.")
    told(cast, Kind.RUN_FAILED, f"{campaign.name}: stopped by an error", text)


def test_of_its_budget(cast: Cast, launch: Launch, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Fernbook()
    monkeypatch.setattr(sources, "SOURCES", (*sources.SOURCES, source))
    monkeypatch.setitem(sources.BY_SLUG, source.slug, source)
    campaign = launch(kind="planning_applications", miles=60, budget_pence=20)
    run_until_done(campaign)
    text = f"{campaign.name}: 20 new leads; stopped at its budget of £0.20."
    told(cast, Kind.BUDGET, f"{campaign.name}: stopped at its budget", text)


def test_of_its_cancellation_by_somebody_else(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    with acting_for(cast.tenant):
        steering.cancel(Run.of(cast.tenant).get(), by=cast.ada)
    assert Mail.of(cast.tenant).get().subject == f"{campaign.name}: cancelled by Ada"


def test_a_cancellation_of_one_s_own_is_no_news(cast: Cast, launch: Launch) -> None:
    launch(max_results=3)
    with acting_for(cast.tenant):
        steering.cancel(Run.of(cast.tenant).get(), by=cast.ben)
    assert not Notice.of(cast.tenant).exists()
    assert not Mail.of(cast.tenant).exists()


def test_by_nothing_that_was_switched_off(cast: Cast, launch: Launch, mails: Path) -> None:
    as_person(cast.ben).post("/notices/settings/", {"failed_bell": "on", "failed_email": "on"})
    run_until_done(launch(max_results=3))
    assert not Notice.of(cast.tenant).exists()
    assert not Mail.of(cast.tenant).exists()
    assert not mails.exists()


def test_instead_of_somebody_who_has_left_the_owners(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    Membership.of(cast.tenant).filter(user=cast.ben).delete()
    run_until_done(campaign)
    assert [mail.to for mail in Mail.of(cast.tenant)] == [cast.ada.email]


def test_the_page_that_says_it_rings_its_own_bell(cast: Cast, launch: Launch) -> None:
    """So that what it has said is not said again when its reader goes on."""
    campaign = launch(max_results=3)
    ben, path = as_person(cast.ben), f"/campaigns/{campaign.pk}/progress/"
    asked = {"HX-Request": "true"}
    assert "HX-Trigger-After-Settle" not in ben.get(path, headers=asked).headers
    run_until_done(campaign)
    answer = ben.get(path, headers=asked)
    assert '"news"' in answer.headers["HX-Trigger-After-Settle"]
    assert answer.content.decode().count(">1<span") == 2
