"""Whose website a page is of: its names, its domains, the company behind it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from enrichment.reading import hosts, names, towns, wording
from enrichment.reading.document import Document, Region
from enrichment.reading.protecting import ADDRESS
from enrichment.reading.things import Thing

# A name is that of the site if the domain is made of it to such a part.
ALIKE = 0.45
LIKELY = 5.0
COMMON_START = 6
BEFORE, BEHIND = 60, 80
# A company that is named so is not the one behind the site, or is.
OF_OTHERS = re.compile(
    r"\b(?:licen[cs]ed? (?:from|of)|licen[cs]ed by|franchis\w+ (?:by|from|of)|(?:web ?site|site|"
    r"design\w*|"
    r"built|powered|hosted|"
    r"developed|created|made|photos?|pictures?) by|acquired by|regulated by|insured (?:by|with)|"
    r"supplied by|(?:appointed )?(?:representative|agent)s? of|introduc\w+ (?:by|to)|on behalf of|"
    r"trade ?marks? of)\W+$",
    re.IGNORECASE,
)
RUNNING = re.compile(
    r"(?:\b(?:trading (?:name|style|division) of|trad(?:ing|es) (?:as|style)|t/a|(?:site|shop|"
    r"store|business|restaurant|hotel) is (?:owned and )?operated by|(?:run|owned and operated|"
    r"operated) under licen[cs]e by|run by|"
    r"brand (?:name )?of|division of|on this (?:web ?)?site (?:is|are))|©[\s\d,–-]*|"
    r"\(c\)[\s\d,–-]*|copyright[\s\d©,–-]*)"
    r"\W*(?:the\s+)?$",
    re.IGNORECASE,
)
RUNNING_BEHIND = re.compile(
    r"^\W{0,3}(?:t/a\b|trading as\b|(?:is|are|operates|trades)\b.{0,30}\b(?:trading as|"
    r"controller)\b)",
    re.IGNORECASE,
)
# "Lent by Fern Credit, a trading style of" tells of another than the page does.
STYLE = re.compile(
    r"\b(?:by|with|from)\s+(?P<name>(?:[A-Z][\w&'’]+ ?){2,5}),\s+(?:is )?(?:an? |the )?"
    r"(?:trading (?:name|style|division)|brand(?: name)?|division) of\W+(?:the\s+)?$"
)
PARENT = re.compile(
    r"\b(?:is|are|we[’']re) (?:proud to be |proudly |now )?(?:an? )?(?:part of|owned by|owned and "
    r"(?:run|operated|managed) by|(?:division|subsidiary|trading name) of) (?:the )?"
    r"(?P<name>[A-Z][\w&'’]+(?: (?:(?:and|of|the|&) )?[A-Z][\w&'’]+){0,5})"
)
MOST_PARENTS, LIKENESS = 5, 0.6
# Who makes no profit says so in its address, in its name, or by its number.
PUBLIC_HOST = re.compile(r"\.(?:gov|nhs|ac|sch|police|mod|parliament|org)\.uk$|\.(?:org|gov|edu)$")
# Schools that teach for money.
TAUGHT = re.compile(
    r"\b(?:driving|motoring|riding|dance|dancing|ballet|language|english|cookery|cooking|swim\w*|"
    r"music|ski|surf|sailing|flying|stage|drama|theatre|beauty|hair|make-?up|nail|training|martial|"
    r"karate|tennis|golf|yoga|pole|dog|tattoo|barber\w*) (?:school|academy|college|institute)|"
    r"\b(?:school|academy|college) of (?:motoring|driving|dance|beauty|hair\w*|english|music)\b",
    re.IGNORECASE,
)
PUBLIC_NAME = re.compile(
    r"\b(?:council|trust|charit(?:y|ies)|nhs|hospice|university|college|school|academy|church|"
    r"foundation|association|society|museum|library|housing|police|fire|citizens|community|"
    r"medical (?:centre|practice)|surgery|health centre|hospital|federation|institute|cic|cio)\b",
    re.IGNORECASE,
)
# What it says of itself: many firms have a charity of the year, and customers that are one.
CHARITY = re.compile(
    r"\bregistered charity|\bcharity (?:reg\w* )?(?:no|number)|\bour charity\b(?! (?:of|partner|"
    r"work|event|day|run|walk|ride|auction|fund|giving|support|policy|champion))|"
    r"(?:\b(?:we|is|are|as|being)|[’'](?:re|m|s)) an? (?:[\w-]+ ){0,3}(?:charity|"
    r"not[- ]for[- ]profit|housing association|registered provider)\b",
    re.IGNORECASE,
)
FRANCHISED = re.compile(
    r"\bindependently (?:owned|run|operated)|\boperated under (?:a )?(?:licen[cs]e|franchise)|"
    r"\b(?:is a |a |your local )franchise(?:e)?\b|\bfranchise(?:e)? of\b",
    re.IGNORECASE,
)
# "Fern Derby: Bell Cleaning Ltd": behind its name stands the company that runs it.
PART = re.compile(r"\s*[:(]\s*$")


@dataclass(frozen=True)
class Identity:
    """`words` tell its name from others; `domains` are those that its e-mail may come from."""

    host: str
    name: str = ""
    names: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    # All words by which it is called, common ones too: a taxi firm speaks of its own taxis.
    trade: frozenset[str] = frozenset()

    # Whether it is a public body, a charity or a club: who makes no profit.
    is_public: bool = False
    # Whose part it says that it is.
    parents: tuple[str, ...] = ()
    # Whether it has its name from somebody else, as others have.
    is_franchised: bool = False

    @property
    def domain(self) -> str:
        return hosts.registrable(self.host)

    @property
    def label(self) -> str:
        return hosts.chosen(self.host)

    def is_named(self, name: str) -> bool:
        """Say whether a name is, or may be, one of its own."""
        telling = wording.telling(name)
        return bool(telling & self.words) or (
            bool(telling) and wording.covers(" ".join(telling), self.label) >= ALIKE
        )

    def is_at_home(self, host: str) -> bool:
        """Say whether a domain is the very one of the page, which nobody shares with it."""
        domain = hosts.registrable(host)
        return domain == self.domain and domain not in hosts.COMMON

    def is_kin(self, host: str) -> bool:
        """Say whether a domain is its own, or was made of its name."""
        domain = hosts.registrable(host)
        if domain == self.domain or domain in self.domains:
            return True
        if hosts.is_free_mail(host):
            return False
        label = re.sub(r"[^a-z0-9]", "", hosts.chosen(host))
        own = re.sub(r"[^a-z0-9]", "", self.label)
        if label == own or (min(len(label), len(own)) >= COMMON_START and (
            label.startswith(own) or own.startswith(label)
        )):  # fmt: skip
            return True
        if self.is_of_parent(host):
            return True
        return any(
            (len(word) >= 5 and word in label) or (len(word) >= 4 and label.startswith(word))
            for word in self.words
        ) or any(wording.covers(name, label) >= 0.7 for name in self.names)

    def is_of_parent(self, host: str) -> bool:
        """Say whether a domain was made of the name of somebody whose part it is."""
        label = hosts.chosen(host)
        return any(wording.covers(name, label) >= LIKENESS for name in self.parents)


def of(document: Document, things: Iterable[Thing]) -> Identity:
    """Say whose a page is, by all that it says of itself."""
    host = hosts.host(document.url)
    label = hosts.chosen(host)
    claims = names.claimed(document, list(things))
    name = names.best(claims, label)
    own = _own(claims, name, label)
    telling = {word for each in own for word in wording.telling(each)}
    if len(label) >= 4:
        telling |= {part for part in label.split("-") if len(part) >= 4}
    telling = _without_places({word for word in telling if word not in wording.COMMON})
    companies = _companies(document, frozenset(telling), label)
    return Identity(
        host,
        name,
        own,
        companies,
        frozenset(telling.union(*(_without_places(set(wording.telling(e))) for e in companies))),
        trade=frozenset(
            word for each in (*own, label.replace("-", " ")) for word in wording.words(each)
        ),
        is_public=_is_public(host, own, document),
        parents=tuple(
            each["name"] for each in islice(PARENT.finditer(document.text), MOST_PARENTS)
        ),
        is_franchised=FRANCHISED.search(document.text) is not None,
    )


def _is_public(host: str, own: Iterable[str], document: Document) -> bool:
    if PUBLIC_HOST.search(host) or any(PUBLIC_NAME.search(TAUGHT.sub("", name)) for name in own):
        return True
    return CHARITY.search(document.text) is not None


def _without_places(telling: set[str]) -> set[str]:
    """Leave out towns, unless nothing else is left: everybody there has their name."""
    left = {word for word in telling if not towns.is_one(word)}
    return left or telling


def _own(claims: list[names.Claim], name: str, label: str) -> tuple[str, ...]:
    """Give the names that go with the best one, or with the domain."""
    telling = wording.telling(name)
    held: dict[str, dict[str, float]] = {}
    for claim in claims:
        held.setdefault(claim.text, {})[claim.place] = claim.weight
    totals = {text: sum(places.values()) for text, places in held.items()}
    found = [
        text
        for text, weight in totals.items()
        if text == name
        or (len(wording.words(text)) <= 6 and wording.covers(text, label) >= ALIKE)
        or (weight >= LIKELY and wording.telling(text) & telling)
    ]
    return tuple(dict.fromkeys([name, *found] if name else found))


def _companies(document: Document, telling: frozenset[str], label: str) -> tuple[str, ...]:
    """Give the companies that run it: those that it names as such, or that are named like it."""
    running: list[str] = []
    alike: list[str] = []
    imprint: list[str] = []
    strange: set[str] = set()
    for line, start, end, entity in document.entities:
        said = document.words(line)
        before, behind = said[max(0, start - BEFORE) : start], said[end : end + BEHIND]
        if OF_OTHERS.search(before):
            strange.add(entity)
            continue
        is_running = RUNNING.search(before) or RUNNING_BEHIND.search(behind)
        is_part = PART.search(before) and _is_its(PART.split(before)[0], telling, label)
        if is_part or (is_running and not _is_style_of_others(said[:start], telling, label)):
            running.append(entity)
        if wording.telling(entity) & telling or wording.covers(entity, label) >= ALIKE:
            alike.append(entity)
        elif line.region == Region.FOOTER and names.IMPRINT.search(before + behind):
            imprint.append(entity)
    if running:
        # Who runs it under the name of somebody else is not that.
        alike = [each for each in alike if each not in strange]
    return tuple(dict.fromkeys([*running, *alike])) or tuple(dict.fromkeys(imprint))[:1]


def _is_style_of_others(before: str, telling: frozenset[str], label: str) -> bool:
    """Whether another name than the page's stands before "is a trading style of"."""
    found = STYLE.search(before)
    return found is not None and not _is_its(found["name"], telling, label)


def _is_its(said: str, telling: frozenset[str], label: str) -> bool:
    name = said.strip(" ,.:–-").rpartition(". ")[2]
    return bool(wording.telling(name) & telling) or wording.covers(name, label) >= ALIKE


def adopting(identity: Identity, domains: Iterable[str]) -> Identity:
    """Give it with domains that are its own though nothing in their names says so."""
    return replace(identity, domains=identity.domains | frozenset(domains))


def mail_hosts(text: str) -> list[tuple[int, str]]:
    """Give the hosts of the addresses in a text, and where each address begins."""
    return [
        (match.start(), match.group().rpartition("@")[2].lower())
        for match in ADDRESS.finditer(text)
    ]
