"""A tag is deleted, or merged the other way, while it is merged into."""

from typing import Any

import pytest

from leads.own import tags
from leads.records.custom import Tag
from tests.factories.own import TagFactory
from tests.meanwhile import meanwhile
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


def merge(cast: Cast, tag: Tag, into: Tag) -> Any:
    given = {"name": tag.name, "tone": tag.tone, "merge_into": str(into.pk)}
    return as_person(cast.ada).post(f"/admin/leads/tag/{tag.pk}/change/", given)


def test_a_tag_that_is_deleted_meanwhile_is_told_of_on_the_form(cast: Cast) -> None:
    old, new = (TagFactory(tenant=cast.tenant, name=name) for name in ("Old", "New"))
    gone = Tag.of(cast.tenant).get(pk=new.pk)
    (answer,) = meanwhile(gone.delete, lambda: merge(cast, old, new))
    assert answer.status_code == 200
    said = "The tag to merge into is there no longer, so nothing was changed."
    assert said in answer.content.decode()
    assert Tag.of(cast.tenant).get() == old


def test_of_two_that_are_merged_into_each_other_one_stays(cast: Cast) -> None:
    old, new = (TagFactory(tenant=cast.tenant, name=name) for name in ("Old", "New"))
    answers = meanwhile(
        lambda: tags.hold(cast.tenant, [str(old.pk), str(new.pk)]),
        lambda: merge(cast, old, new),
        lambda: merge(cast, new, old),
    )
    assert sorted(each.status_code for each in answers) == [200, 302]
    assert Tag.of(cast.tenant).count() == 1
