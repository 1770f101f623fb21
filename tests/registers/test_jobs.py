"""Whether somebody has the job that is looked for, and who decides where none is named."""

import pytest

from crm import jobs


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("IT manager", "Head of IT"),
        ("IT manager", "IT Director"),
        ("IT manager", "CTO"),
        ("it  MANAGER", "IT Manager & Facilities"),
        ("Managing director", "CEO"),
        ("Managing director", "Founder & MD"),
        ("Managing director", "Owner"),
        ("Managing director", "Director"),
        ("Directors", "Company Director"),
        ("Director", "Finance Director"),
        ("Finance director", "CFO"),
        ("Finance director", "Financial Controller"),
        ("Operations manager", "Ops Manager"),
        ("Sales manager", "Business Development Manager"),
        ("Practice manager", "Business Manager"),
        ("HR manager", "People Director"),
        ("Headteacher", "Head Teacher"),
        ("Facilities manager", "Estates Manager"),
        ("Marketing manager", "Marketing Lead"),
    ],
)
def test_the_same_post_in_other_words_fits(wanted: str, title: str) -> None:
    assert jobs.fit(wanted, title)


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("IT manager", "Managing Director"),
        ("IT manager", "IT Support"),
        ("IT manager", "Assistant IT Manager"),
        ("Managing director", "Finance Director"),
        ("Director", "PA to the Directors"),
        ("Director", "Deputy Director"),
        ("Managing director", "HR Business Partner"),
        ("Marketing manager", "Sales Manager"),
        ("Marketing manager", "Marketing Executive"),
        ("Finance director", "Bookkeeper"),
        ("Owner", ""),
        ("", "Owner"),
        ("Owner", "的"),
    ],
)
def test_another_post_does_not(wanted: str, title: str) -> None:
    assert not jobs.fit(wanted, title)


def test_who_fits_best_comes_first_and_others_not_at_all() -> None:
    titles = ["Bookkeeper", "Head of IT", "IT Manager", "Director", "Former IT Manager"]
    assert jobs.choose(titles, ["IT manager"], str) == ["IT Manager", "Head of IT"]


def test_without_a_title_those_who_decide_come_first() -> None:
    titles = ["Apprentice", "Sales Manager", "", "Finance Director", "Owner", "Retired Director"]
    found = jobs.choose(titles, [], str)
    assert found == ["Owner", "Finance Director", "Sales Manager", "Apprentice", ""]


def test_no_more_are_chosen_than_anybody_writes_to() -> None:
    assert len(jobs.choose(["Director"] * 500, [], str)) == jobs.MOST_OF_ALL
    assert len(jobs.choose(["Director"] * 500, ["Director"], str)) == jobs.MOST


def test_a_question_has_one_name_however_its_titles_are_written() -> None:
    one = jobs.named("acme.example", ["IT  Manager", "Director", "director "])
    assert one == jobs.named("acme.example", ["DIRECTOR", "it manager"])
    assert one == "acme.example: director, it manager"
    assert jobs.named("acme.example", []) == "acme.example"
    assert jobs.named("", ["Director"]) == ""


def test_long_questions_keep_names_of_their_own_within_bounds() -> None:
    titles = [f"Manager of department {number}" for number in range(20)]
    one = jobs.named("acme.example", titles)
    other = jobs.named("acme.example", [*titles[:-1], "Manager of nothing"])
    assert one != other
    assert max(len(one), len(other)) <= 300 - 100


def test_endless_titles_are_read_in_no_time() -> None:
    assert jobs.fit("director " * 100_000, "to " * 100_000) == 0
