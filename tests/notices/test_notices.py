"""Opening the page of notices counts them as read; a look at its head does not."""

import pytest

from crm.notices.models import Notice
from tests.factories.campaigns import NoticeFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def test_only_opening_the_page_marks_as_read(cast: Cast) -> None:
    NoticeFactory(tenant=cast.tenant, user=cast.ben, text="Dentists: 3 new leads.")
    ben = as_person(cast.ben)
    assert ben.head("/notices/").status_code == 200
    assert Notice.of(cast.tenant).get().read_at is None
    assert "Dentists: 3 new leads." in ben.get("/notices/").content.decode()
    assert Notice.of(cast.tenant).get().read_at is not None


def test_the_empty_page_promises_what_is_told(cast: Cast) -> None:
    said = as_person(cast.ben).get("/notices/").content.decode()
    assert "You are told here when a campaign has finished or failed." in said
