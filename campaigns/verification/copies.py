"""Signs that a website was copied, or made by somebody else than it speaks of."""

from collections.abc import Iterator
from typing import Any

from campaigns.verification import hosts, likeness
from campaigns.verification.contract import Site
from campaigns.verification.rules import Finding
from campaigns.verification.subject import Subject
from leads.identity.candidate import phone

# Shorter names stand in many domains by chance.
LEAST_NAME = 7


def look(site: Site, subject: Subject, words: dict[str, Any]) -> Iterator[Finding]:
    """Signs that the page was made for another domain, or that its maker is somebody else."""
    for leaf in site.every:
        homes = [home for name, home in leaf.homes
                 if likeness.agrees(subject.name, name, subject.around)]  # fmt: skip
        for origin in (*leaf.origins, *homes):
            if hosts.host(origin) and hosts.are_apart(leaf.url, origin):
                yield Finding("copied", leaf.url, words | {"original": hosts.host(origin)})
                return
    mails = {mail for leaf in site.every for mail in leaf.emails}
    is_vouched = is_vouched_for(site, subject)
    if not is_vouched and (home := _other_home(site, subject)):
        yield Finding("other_home", site.url, words | {"domain": home})
    apart = sorted(mail for mail in mails if hosts.are_apart(site.url, mail))
    if subject.email and hosts.is_one_letter_off(site.url, subject.email):
        yield Finding("look_alike", site.url, words | {"domain": hosts.registrable(subject.email)})
    for mail in apart:
        if hosts.is_one_letter_off(site.url, mail):
            yield Finding("look_alike", site.url, words | {"domain": hosts.registrable(mail)})
            return
    own = [mail for mail in mails if hosts.registrable(mail) == hosts.registrable(site.url)]
    if apart and not own and not is_vouched:
        yield Finding("other_mail", site.url, words | {"domain": hosts.registrable(apart[0])})
    yield from _other_phone(site, subject, words, is_vouched=is_vouched)


def _other_home(site: Site, subject: Subject) -> str:
    """Give another domain of its very name that the pages lead to, as copies do."""
    joined = "".join(likeness.words(subject.name))
    if len(joined) < LEAST_NAME:
        return ""
    linked = {hosts.registrable(url) for leaf in site.every for url, _ in leaf.links}
    for domain in sorted(linked):
        address = f"http://{domain}"
        chosen = "".join(each for each in hosts.label(address) if each.isalnum())
        if joined in chosen and hosts.are_apart(site.url, address):
            return domain
    return ""


def _other_phone(
    site: Site, subject: Subject, words: dict[str, Any], *, is_vouched: bool
) -> Iterator[Finding]:
    phones = {each for leaf in site.every for each in leaf.phones}
    if not phones or is_vouched:
        return
    for entry in subject.known:
        if entry.phone and phone(entry.phone):
            yield Finding("other_phone", site.url, words | {"knower": entry.register.label})
            return
    if subject.phone and subject.phone not in phones:
        numbers = {number for leaf in site.every for number in leaf.numbers}
        if subject.number and subject.number in numbers:
            yield Finding("phone_not_on_site", site.url, {"phone": subject.phone})
        else:
            yield Finding("other_phone", site.url, words | {"knower": "the source"})


def is_vouched_for(site: Site, subject: Subject) -> bool:
    """Say whether a register knows a phone, an e-mail or a website that this site shares."""
    phones = {each for leaf in site.every for each in leaf.phones}
    domain = hosts.registrable(site.url)
    for entry in subject.known:
        if entry.phone and phone(entry.phone) in phones:
            return True
        if entry.website and hosts.registrable(addressed(entry.website)) == domain:
            return True
        if entry.email and hosts.registrable(entry.email) == domain:
            return True
    return False


def addressed(website: str) -> str:
    """Give a website its scheme."""
    return website if "//" in website else f"http://{website}"
