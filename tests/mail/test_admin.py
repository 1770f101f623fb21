"""Managers see what became of e-mail, and may have it tried again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.mail import sending
from crm.mail.models import Fate, Mail
from crm.tenants.acting import acting_for
from crm.work import queue
from crm.work.models import State
from tests.factories.mail import MailFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LIST = "/admin/mail/mail/"


def test_a_letter_is_shown_with_its_fate_and_can_not_be_changed(cast: Cast) -> None:
    mail = MailFactory(
        tenant=cast.tenant, user=cast.ben, state=State.DEAD, fate=Fate.REFUSED, last_error="550 No."
    )
    ada = as_person(cast.ada)
    for path in (LIST, f"{LIST}{mail.pk}/change/"):
        said = ada.get(path).content.decode()
        for word in ("Dentists: 3 new leads", cast.ben.email, "Refused", "550 No."):
            assert word in said, path
    said = ada.get(f"{LIST}{mail.pk}/change/").content.decode()
    assert mail.text in said
    assert 'name="_save"' not in said


def test_a_dead_letter_is_queued_again_with_a_clean_record(cast: Cast) -> None:
    mail = MailFactory(
        tenant=cast.tenant,
        user=cast.ben,
        state=State.DEAD,
        fate=Fate.UNKNOWN,
        deferrals=3,
        ended_at=timezone.now(),
    )
    as_person(cast.ada).post(LIST, {"action": "queue_again", "_selected_action": str(mail.pk)})
    mail.refresh_from_db()
    assert (mail.state, mail.fate, mail.deferrals) == (State.READY, "", 0)
    assert mail.ended_at is None


def test_what_waits_is_tried_at_once(cast: Cast) -> None:
    later = timezone.now() + timedelta(hours=8)
    waiting = MailFactory(
        tenant=cast.tenant, user=cast.ben, state=State.WAITING, due_at=later, deferrals=9
    )
    done = MailFactory(tenant=cast.tenant, user=cast.ben, state=State.DONE, due_at=later)
    ids = [str(waiting.pk), str(done.pk)]
    answer = as_person(cast.ada).post(
        LIST, {"action": "try_now", "_selected_action": ids}, follow=True
    )
    assert "Trying 1 now." in answer.content.decode()
    assert Mail.of(cast.tenant).get(pk=waiting.pk).due_at <= timezone.now()
    assert Mail.of(cast.tenant).get(pk=done.pk).due_at == later
    assert AuditEntry.objects.filter(verb="tried at once", actor="Ada").count() == 1


def test_what_may_have_been_sent_is_queued_again_by_itself_only(cast: Cast) -> None:
    unsure = [
        MailFactory(
            tenant=cast.tenant, user=user, fate=Fate.UNKNOWN, state=State.DEAD, last_error="?"
        )
        for user in (cast.ada, cast.ben)
    ]
    with acting_for(cast.tenant):
        queued, refusals = queue.all_again(sending.TABLE, unsure)
        assert (queued, len(refusals)) == ([], 2)
        assert cast.ada.email in refusals[0]
        assert queue.all_again(sending.TABLE, unsure[:1], together=False) == (unsure[:1], [])
