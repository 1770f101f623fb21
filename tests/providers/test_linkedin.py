"""Addresses of LinkedIn profiles: one form for each, and nothing for whatever is none."""

import pytest

from enrichment import linkedin

HOME = "https://www.linkedin.com"


@pytest.mark.parametrize(
    "written",
    [
        "http://www.linkedin.com/in/jo-smith-1a2b",
        "https://uk.linkedin.com/in/Jo-Smith-1a2b/en?trk=public#about",
        "linkedin.com/in/jo-smith-1a2b/",
        "//m.linkedin.com/in/jo-smith-1a2b",
        " in/jo-smith-1a2b ",
    ],
)
def test_all_forms_of_a_profile_are_one(written: str) -> None:
    assert linkedin.person(written) == f"{HOME}/in/jo-smith-1a2b"
    assert linkedin.company(written) == ""


@pytest.mark.parametrize(
    ("written", "is_at"),
    [
        ("company/acme-ltd", "/company/acme-ltd"),
        ("http://linkedin.com/company-beta/12345/", "/company/12345"),
        ("https://www.linkedin.com/school/Leicester-University/", "/school/leicester-university"),
        ("https://www.linkedin.com/showcase/acme-care/posts", "/showcase/acme-care"),
        ("https://www.linkedin.com/company/Marks-&-Spencer", "/company/marks-%26-spencer"),
    ],
)  # fmt: skip
def test_organisations_have_profiles_of_their_own(written: str, is_at: str) -> None:
    assert linkedin.company(written) == HOME + is_at
    assert linkedin.person(written) == ""


def test_letters_of_other_alphabets_are_written_as_linkedin_does() -> None:
    one = linkedin.person("https://www.linkedin.com/in/siân-jones")
    assert one == linkedin.person("https://www.linkedin.com/in/si%C3%A2n-jones")
    # The same letter, put together from two signs.
    assert one == linkedin.person("https://www.linkedin.com/in/sia\u0302n-jones")
    assert one == f"{HOME}/in/si%C3%A2n-jones"


def test_capitals_count_in_the_marks_by_which_linkedin_knows_people() -> None:
    mark = "ACwAAABBccddEEffgghh-iijj_KKll"
    assert linkedin.person(f"http://www.linkedin.com/in/{mark}") == f"{HOME}/in/{mark}"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "https://www.linkedin.com",
        "https://www.linkedin.com/in/",
        "https://www.linkedin.com/in/me",
        "https://www.linkedin.com/company/unavailable",
        "https://www.linkedin.com/jobs/view/123",
        "https://www.linkedin.com/in/../company/acme",
        "https://www.linkedin.com/in/a%2F..%2Fb",
        "https://www.linkedin.com/in/%ff%fe",
        "https://www.linkedin.com/in/jo smith",
        "https://www.linkedin.com/in/jo\nsmith",
        "https://www.linkedin.com/in/<script>",
        "https://www.linkedin.com/in/jo\u202eimt",
        "https://www.linkedin.com/in/\ud800\ud800",
        "https://www.linkedin.com.evil.example/in/jo-smith",
        "https://evil.example/linkedin.com/in/jo-smith",
        "https://linkedin.com@evil.example/in/jo-smith",
        "https://jo@www.linkedin.com/in/jo-smith",
        "https://www.linkedin.com:8443/in/jo-smith",
        "https://www.linkedin.com:99999/in/jo-smith",
        "javascript://www.linkedin.com/in/jo-smith",
        "https://[www.linkedin.com/in/jo-smith",
        "https:\\\\www.linkedin.com\\in\\jo-smith",
        "https://lnkd.in/in/jo-smith",
        "https://www.linkedin.com/in/" + "a" * 5_000,
        "in/" * 100_000,
    ],
)
def test_whatever_is_no_profile_is_nothing(written: str) -> None:
    assert linkedin.person(written) == ""
    assert linkedin.company(written) == ""
