"""Hosts and words that are known by heart, and slips of the pen in hosts' names."""

import pytest

from enrichment.emails import lists, slips


@pytest.mark.parametrize(
    "local",
    ["info", "sales2", "sales-uk", "accounts.payable", "head.office", "the-team", "support+crm",
     "info.leicester", "uk_enquiries", "noreply"],
)  # fmt: skip
def test_knows_a_desk(local: str) -> None:
    assert lists.is_role(local)


@pytest.mark.parametrize(
    "local", ["jo", "jo.smith", "maria.sales", "j.press", "smithinfo", "1234", "", "c.s.lee"]
)
def test_takes_no_person_for_a_desk(local: str) -> None:
    assert not lists.is_role(local)


def test_knows_hosts_by_their_whole_names() -> None:
    assert lists.is_free("gmail.com")
    assert not lists.is_free("notgmail.com")
    assert lists.is_disposable("mailinator.com")
    assert lists.is_disposable("post.mailinator.com")
    assert not lists.is_disposable("com")
    assert lists.is_shared("nhs.net")
    assert not lists.is_free("nhs.net")


@pytest.mark.parametrize("name", ["disposable", "free", "roles", "shared", "nicknames"])
def test_each_list_says_where_it_comes_from(name: str) -> None:
    text = (lists.FOLDER / f"{name}.txt").read_text()
    assert "Written for this product" in text.partition("\n\n")[0]
    words = lists.lines(name)
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co.uk", "gmail.com"),
        ("gmal.cm", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmail.couk", "hotmail.co.uk"),
        ("yaho.co.uk", "yahoo.co.uk"),
        ("outlok.com", "outlook.com"),
        ("btinternt.com", "btinternet.com"),
        ("virginmeda.com", "virginmedia.com"),
        ("acme.con", "acme.com"),
    ],
)
def test_proposes_what_was_meant(written: str, meant: str) -> None:
    assert slips.proposal(written) == meant


@pytest.mark.parametrize(
    "written",
    ["gmail.com", "mail.com", "email.com", "ymail.com", "yahoo.pl", "outlook.co.uk", "qmail.com",
     "acme.co.uk", "hotmail.se", "mailinator.com", "", ".con", "x" * 250],
)  # fmt: skip
def test_takes_no_other_name_for_a_slip(written: str) -> None:
    assert slips.proposal(written) == ""
