"""The other host, from which Companies House's documents are fetched without a key."""

import hmac

from tests.simulators import world
from tests.simulators.companies import papers, tickets
from tests.simulators.companies.register import Register, register
from tests.simulators.core import Call, Fault, Handler, Reply, Simulator

HUGE = 200_000_000


def refused(status: int, code: str, message: str) -> Reply:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    )
    return Reply(status, body=text.encode(), content_type="application/xml")


class DocumentStore(Simulator):
    """Refuses a call that brings a key, as Amazon's store does, and tickets that have run out.

    Fault of its own: `endless` (a document of 200 MB).
    """

    name = "document_store"
    latency = 0.2

    @property
    def register(self) -> Register:
        return register(self.seed)

    def warm(self) -> None:
        world.population(self.seed)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [("GET", "/docs/{id}", self.content)]

    def failure(self, status: int, call: Call) -> Reply:
        return refused(status, "NoSuchKey" if status == 404 else "SlowDown", "Not available.")

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        if fault.kind == "endless":
            piece = b"<p>Accounts</p>" * 4_096
            return Reply(200, None, {}, piece, papers.XHTML, manner="huge", length=HUGE)
        return None

    def content(self, call: Call) -> Reply:
        if call.headers.get("authorization"):
            self.tally.breach()
            message = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter."
            return refused(400, "InvalidArgument", message)
        kind, until = call.value("response-content-type"), call.value("X-Amz-Expires", "0")
        good = until.isdigit() and hmac.compare_digest(
            tickets.sign(call.parts["id"], kind, int(until)), call.value("X-Amz-Signature")
        )
        if not good:
            return refused(403, "SignatureDoesNotMatch", "The signature does not match.")
        if self.clock.now() > int(until):
            return refused(403, "AccessDenied", "Request has expired")
        paper = papers.find(self.register, call.parts["id"])
        if paper is None:
            return self.failure(404, call)
        return Reply(200, None, {}, paper.content(kind), kind)
