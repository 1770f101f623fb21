"""Two campaigns side by side, of which one was changed since its last run."""

import pytest

from tests.campaigns.test_comparison import address, find, words_of
from tests.factories.campaigns import CampaignFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def test_what_was_changed_since_its_last_run_is_said_under_its_name(
    cast: Cast,
) -> None:
    a = CampaignFactory(tenant=cast.tenant, name="Alpha")
    b = CampaignFactory(tenant=cast.tenant, name="Beta", miles=25)
    vera = as_person(cast.vera)
    note = "Changed since its last run: the figures are of what it asked for then."

    def head() -> str:
        page = vera.get(address(a.pk, b.pk)).content.decode()
        return " ".join(words_of(page[page.index("<thead>") : page.index("</thead>")]))

    # Without a run there are no figures that could be of anything else.
    assert note not in head()
    find(a, 3)
    find(b, 3)
    assert note not in head()
    b.miles = 40
    b.save()
    assert head().count(note) == 1
    assert f"Beta {note}" in head()
    # The last one asks for what the campaign asks for now.
    find(b, 3)
    assert note not in head()
