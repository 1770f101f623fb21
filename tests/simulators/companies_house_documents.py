"""Companies House's document API: what there is of a filing, and where its bytes are."""

import time
from urllib.parse import quote

from tests.simulators import world
from tests.simulators.companies import papers, tickets
from tests.simulators.companies.door import admitted, key_of
from tests.simulators.companies.register import Register, register
from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window

STORE = "document-store.example"  # the host that contents are fetched from
LASTS = 60  # simulated seconds for which a redirect is good


class CompaniesHouseDocuments(Simulator):
    """Faults of its own: `gone` (404 for a document that its filing names), `expired` (a redirect
    to a ticket that has run out), `loop` (redirects to itself).
    """

    name = "companies_house_documents"
    latency = 0.2

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.window = Window(self.clock, 600, 300)

    @property
    def register(self) -> Register:
        return register(self.seed)

    def warm(self) -> None:
        world.population(self.seed)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/document/{id}", self.metadata),
            ("GET", "/document/{id}/content", self.content),
        ]

    def key_of(self, call: Call) -> str:
        return key_of(call)

    def admit(self, call: Call) -> Reply | None:
        return admitted(self, self.window, call)

    def failure(self, status: int, call: Call) -> Reply:
        return Reply(status, body=b"", content_type="text/plain")

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        if fault.kind == "gone":
            return self.failure(404, call)
        if fault.kind == "loop":
            return Reply(302, body=b"", headers={"Location": self.url + call.path})
        return None

    def metadata(self, call: Call) -> Reply:
        paper = papers.find(self.register, call.parts["id"])
        if paper is None:
            return self.failure(404, call)
        return Reply(200, papers.metadata(paper, self.url))

    def content(self, call: Call) -> Reply:
        """A redirect to another host, which must not be sent the key."""
        paper = papers.find(self.register, call.parts["id"])
        if paper is None:
            return self.failure(404, call)
        kind = wanted(call.headers.get("accept", "*/*"), paper.kinds)
        if kind is None:
            return self.failure(406, call)
        expired = call.fault is not None and call.fault.kind == "expired"
        until = int(self.clock.now()) + (-1 if expired else LASTS)
        ticket = tickets.sign(paper.code, kind, until)
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(self.clock.now()))
        query = (
            f"response-content-type={quote(kind, safe='')}&X-Amz-Date={stamp}"
            f"&X-Amz-Expires={until}&X-Amz-Signature={ticket}"
        )
        location = f"http://{STORE}/docs/{paper.code}?{query}"
        return Reply(302, body=b"", headers={"Location": location})


def wanted(accept: str, kinds: list[str]) -> str | None:
    """The first kind that the caller takes; those who take all are given the first."""
    for part in accept.split(","):
        name = part.partition(";")[0].strip().lower()
        if name in kinds:
            return name
        if name in ("*/*", "") and kinds:
            return kinds[0]
    return None
