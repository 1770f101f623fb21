"""What DNS says of each name in the world."""

from dataclasses import dataclass

from tests.simulators import fakes
from tests.simulators.naming.packets import Record
from tests.simulators.pages import directory
from tests.simulators.truth import growth, mail
from tests.simulators.truth.figures import figure
from tests.simulators.world import Population

HOSTS = {
    "microsoft": "{label}.mail.protection.outlook.com",
    "google": "aspmx.l.google.com",
    "own": "mail.{domain}",
    "filter": "eu-smtp-inbound-1.mailfilter.example",
}
SENDERS = {
    "microsoft": "include:spf.protection.outlook.com",
    "google": "include:_spf.google.com",
    "own": "a mx",
    "filter": "include:spf.mailfilter.example",
}
# Names for trying out each kind of answer.
SPECIMENS = {
    "null-mx.example": ("NOERROR", ("A 198.51.100.10", "MX 0 .")),
    "no-mx.example": ("NOERROR", ("A 198.51.100.11",)),
    "nothing.example": ("NOERROR", ()),
    "servfail.example": ("SERVFAIL", ()),
    "refused.example": ("REFUSED", ()),
    "timeout.example": ("", ()),
    "localhost-mx.example": ("NOERROR", ("MX 10 localhost",)),
    "dangling-mx.example": ("NOERROR", ("MX 10 mail.gone-for-good.example",)),
    "many-mx.example": ("NOERROR", ("MX 20 mx2.many-mx.example", "MX 10 mx1.many-mx.example")),
    "mx1.many-mx.example": ("NOERROR", ("A 198.51.100.12",)),
    "mx2.many-mx.example": ("NOERROR", ("A 198.51.100.13",)),
    "alias.example": ("NOERROR", ("CNAME many-mx.example",)),
    "xn--bcher-kva.example": ("NOERROR", ("A 198.51.100.14", "MX 10 mail.xn--bcher-kva.example")),
    "mail.xn--bcher-kva.example": ("NOERROR", ("A 198.51.100.14",)),
}
SHARED = {*directory.HOSTS, *directory.SOCIAL, directory.REGISTER, *growth.PRESS}
ADDRESSED = ("google.com", "outlook.com", "mailfilter.example", "example.com")


@dataclass(frozen=True)
class Answer:
    code: str  # "NOERROR", "NXDOMAIN"…; "" is silence
    records: tuple[Record, ...] = ()


class Zone:
    def __init__(self, population: Population) -> None:
        self.population = population

    def ask(self, name: str, kind: str) -> Answer:
        """The records of one kind, and the alias that leads to them."""
        code, lines = self.known(name)
        if code != "NOERROR":
            return Answer(code)
        records = [Record(name, *line.split(" ", 1)) for line in lines]
        wanted = [one for one in records if kind in (one.type, "ANY")]
        alias = next((one for one in records if one.type == "CNAME"), None)
        if not wanted and alias:
            wanted = [alias, *self.ask(alias.value, kind).records]
        return Answer(code, tuple(wanted))

    def known(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Code and all records, each as "MX 10 mail.fern.example"."""
        if found := SPECIMENS.get(name):
            return found
        if name in fakes.missing_domains():
            return "NXDOMAIN", ()
        if name in mail.WEBMAIL | mail.DISPOSABLE:
            return "NOERROR", (address(name), f"MX 10 mx.{name}", "TXT v=spf1 mx ~all")
        if name.startswith("_dmarc."):
            return self.policy(name.removeprefix("_dmarc."))
        bare = name.removeprefix("www.").removeprefix("mail.")
        if bare in SHARED or bare in fakes.sites():
            more = () if bare in SHARED else (f"MX 10 mail.{bare}",)
            return "NOERROR", (address(name), *(more if name == bare else ()))
        if one := self.population.by_domain(bare):
            if name != bare:
                return "NOERROR", (address(name),)
            return of_domain(bare, mail.of(one).kind)
        hosts = mail.WEBMAIL | mail.DISPOSABLE
        if name.endswith(ADDRESSED) or name.removeprefix("mx.") in hosts:
            return "NOERROR", (address(name),)
        return "NXDOMAIN", ()

    def policy(self, domain: str) -> tuple[str, tuple[str, ...]]:
        """What the domain wants done with mail that only pretends to come from it."""
        if self.population.by_domain(domain) is None or figure("dmarc" + domain) % 5 > 2:
            return "NXDOMAIN", ()
        wish = ("none", "quarantine", "reject")[figure("policy" + domain) % 3]
        return "NOERROR", (f"TXT v=DMARC1; p={wish}",)


def of_domain(domain: str, kind: str) -> tuple[str, tuple[str, ...]]:
    if kind in mail.SILENT:
        return ("SERVFAIL" if kind == "servfail" else ""), ()
    lines = [address(domain)]
    if kind == "null":
        lines.append("MX 0 .")
    if kind in HOSTS:
        host = HOSTS[kind].format(domain=domain, label=domain.replace(".", "-"))
        lines += [f"MX 10 {host}", f"TXT v=spf1 {SENDERS[kind]} -all"]
    return "NOERROR", tuple(lines)


def address(name: str) -> str:
    """An address from the range that is kept for documents."""
    return f"A 203.0.113.{1 + figure('host' + name) % 250}"
