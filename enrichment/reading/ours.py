"""Which of the things that a page describes for machines are its maker."""

import re
from collections.abc import Iterable, Iterator

from enrichment.reading import hosts, lists, mails, relations, wording
from enrichment.reading.identity import Identity
from enrichment.reading.things import Thing

# Kinds of schema.org that are no organisation, and no place of one.
# https://schema.org/docs/full.html
NO_ORGANISATIONS = lists.words("no_organisations")
# Parts of others: what they are to them is no part of the maker's.
OF_OTHERS = frozenset((
    "itemlistelement", "item", "review", "brand", "manufacturer", "sponsor", "funder",
    "memberof", "affiliation", "alumniof", "performer", "performers", "containedinplace",
    "containedin", "jobLocation", "joblocation", "author", "reviewedby", "competitor",
    "customer", "knows", "recognizingauthority", "issuedby", "hascredential", "award",
    "areaserved", "availableatorfrom", "pickuplocation", "deliverylocation", "parent", "member",
))  # fmt: skip
OWN_PARTS = frozenset((
    "department", "departments", "suborganization", "branchof", "location", "haspos", "subject",
))  # fmt: skip
# An agency describes the jobs of its customers.
HIRING = frozenset(("hiringorganization",))
SAMPLE_NAME = re.compile(
    r"(?:your|my|the|example|sample|demo|test)\b[\s_-]*(?:company|business|site|website|shop|store|"
    r"organi[sz]ation|firm|brand|name)\b[\s_-]*(?:name)?\W*$|(?:company|business|site) name\W*$|"
    r"acme(?:\W+(?:co|corp|corporation|inc|company|ltd|limited))?\W*$",
    re.IGNORECASE,
)
MOST_UNNAMED = 12
SAYING = ("telephone", "email", "address", "legalname", "vatid", "openinghours", "faxnumber")


def own(things: Iterable[Thing], identity: Identity) -> list[Thing]:
    """Give the things that are the maker of the page, its branches and departments among them."""
    found = [thing for top in things for thing in _organisations(top)]
    named = [thing for thing in found if _is_named(thing, identity)]
    if not named and len({wording.key(_name(thing)) for thing in found if _name(thing)}) > 1:
        return _branches(found)
    if named and len(found) <= MOST_UNNAMED:
        # Beside itself it may describe its parts under names of their own.
        named = [thing for thing in found if thing in named or _may_be_a_part(thing, identity)]
    if identity.is_franchised:
        # From whom one has one's name is somebody else.
        named = [thing for thing in named if thing.key != "parentorganization"]
    chosen = named or [thing for thing in found if thing.key not in HIRING]
    return chosen + [
        part
        for thing in chosen
        for name in OWN_PARTS
        for part in thing.parts.get(name, ())
        if part not in chosen and not part.kinds & NO_ORGANISATIONS
    ]


def _may_be_a_part(thing: Thing, identity: Identity) -> bool:
    """Whether nothing in it says that an organisation is another one."""
    if thing.all("legalname", "vatid", "taxid", "identifier"):
        return False
    if "vcard" in thing.kinds or thing.key not in ("", "department", "suborganization"):
        return False
    mails = [said.value.rpartition("@")[2] for said in thing.all("email") if "@" in said.value]
    sites = [hosts.host(said.value) for said in thing.all("url") if "//" in said.value]
    return all(identity.is_kin(each.lower()) for each in (*mails, *sites))


def _branches(found: list[Thing]) -> list[Thing]:
    """Several with one first word are one's branches; without that they are anybody's."""
    first = {(wording.words(_name(thing)) or ("",))[0] for thing in found if _name(thing)}
    return found if len(first) == 1 else []


def _name(thing: Thing) -> str:
    return thing.one("name", "legalname", "org")


def _organisations(top: Thing) -> Iterator[Thing]:
    """Give the organisations that a thing is or names as one's own."""
    if _is_a_sample(top):
        return
    if _gives_orders(top):
        # What gives orders to programs was not written for anybody who looks for a firm.
        return
    if _is_organisation(top):
        yield top
    for name, parts in top.parts.items():
        if name in OF_OTHERS or (name == "location" and not _is_organisation(top)):
            continue
        for part in parts:
            yield from _organisations(part)


def _is_a_sample(thing: Thing) -> bool:
    """Whether it is as a theme was sold, before anybody filled it in."""
    if SAMPLE_NAME.match(_name(thing)):
        return True
    phones = (re.sub(r"\D", "", said.value) for said in thing.all("telephone"))
    hosts_of_mail = (said.value.rpartition("@")[2].lower() for said in thing.all("email"))
    return any("1234567" in each for each in phones) or any(map(mails.is_sample, hosts_of_mail))


def _gives_orders(thing: Thing) -> bool:
    return any(relations.ORDERS.search(each.value) for said in thing.says.values() for each in said)


def _is_organisation(thing: Thing) -> bool:
    if "vcard" in thing.kinds:
        return not thing.all("jobtitle") and bool(thing.all("org") or thing.all("telephone"))
    if not thing.kinds or thing.kinds & NO_ORGANISATIONS:
        return False
    return "place" not in thing.kinds or any(thing.all(name) for name in SAYING)


def _is_named(thing: Thing, identity: Identity) -> bool:
    name = _name(thing)
    if name and (identity.is_named(name) or wording.key(name) == wording.key(identity.name)):
        return True
    addresses = [said.value for said in thing.all("url", "sameas")]
    return any(hosts.registrable(hosts.host(each)) == identity.domain for each in addresses if each)


def parts(thing: Thing) -> Iterator[Thing]:
    """Give a thing and those of its parts that are its own: places, ways to reach it, staff."""
    yield thing
    for name, inner in thing.parts.items():
        if name not in OF_OTHERS and name != "parentorganization":
            for part in inner:
                yield from parts(part)


def others(things: Iterable[Thing], chosen: list[Thing]) -> Iterator[Thing]:
    """Give the organisations that are somebody else's."""
    mine = {id(part) for thing in chosen for part in thing.within()}
    for top in things:
        for thing in top.within() if not _gives_orders(top) else ():
            is_one = thing.kinds and not thing.kinds & NO_ORGANISATIONS
            if is_one and id(thing) not in mine and not _is_a_sample(thing):
                yield thing
