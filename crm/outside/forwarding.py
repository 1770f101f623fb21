"""Companies House's documents: what there is of one, and where it lies.

They are at a host of their own, which takes the same keys and counts calls of its own. Asked for a
document it answers with an address elsewhere that is good for a minute. No key goes there: that
address is given to the caller, who fetches it like any page of the web.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from requests import Request

from crm.outside import clock, pace
from crm.outside.asking import LEAST, Answer, Asking
from crm.outside.breaker import Standing
from crm.outside.errors import Forbidden
from crm.outside.exchange import AGENT, Reply
from crm.outside.key import Key
from crm.outside.service import Service
from crm.outside.services import COMPANIES_HOUSE, NONE
from crm.outside.web import REDIRECTS

LOCATION = "location"
IDENT = re.compile(r"[A-Za-z0-9_-]{1,100}")


DOCUMENTS = Service(
    slug="companies_house_documents",
    label="Companies House",
    base_setting="COMPANIES_HOUSE_DOCUMENTS_URL",
    header=COMPANIES_HOUSE.header,
    paces=COMPANIES_HOUSE.paces,
    # 406: there is none of the kind that is wanted.
    reactions={**COMPANIES_HOUSE.reactions, 406: NONE},
)


class Forwarding(Asking):
    """A call to the documents' host, whose redirects are answers."""

    def __init__(self, key: Key, path: str, accept: str) -> None:
        self.service = DOCUMENTS
        # Its paces and breaker are its own: one host may answer while the other does not.
        self.key = replace(key, service=DOCUMENTS.slug)
        self.path = path
        self.once = False
        headers = {"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
        self.request = Request(
            "GET", DOCUMENTS.url + path, headers={**headers, **DOCUMENTS.key_header(key.secret)}
        )
        self.ends = time.monotonic() + clock.real(DOCUMENTS.deadline, least=LEAST)
        self.tries = 0

    def _read(self, reply: Reply, found: Standing) -> Answer | float:
        location = reply.headers.get("Location", "")
        if reply.status not in REDIRECTS or not location:
            return super()._read(reply, found)
        self._answered(found)
        return Answer(reply.status, reply.seconds, {LOCATION: self._elsewhere(location)})

    def _elsewhere(self, location: str) -> str:
        try:
            goal = urljoin(f"{DOCUMENTS.url}{self.path}", location.strip())
            leads_back = urlsplit(goal).netloc == urlsplit(DOCUMENTS.url).netloc
        except ValueError:
            raise Forbidden(f"{DOCUMENTS.label} leads to what is no web address.") from None
        if leads_back:
            raise Forbidden(f"{DOCUMENTS.label} leads back to where it was asked.")
        return goal


def describe(key: Key, document: str) -> Mapping[str, Any]:
    """Say what there is of a document; raises what `crm.outside.errors` holds."""
    said = _ask(key, f"/document/{_plain(document)}", "application/json").json()
    return said if isinstance(said, Mapping) else {}


def locate(key: Key, document: str, kind: str) -> str:
    """Give the address of a document in this kind of content, "" where there is none to be had.

    Raises what `crm.outside.errors` holds: NotThere where it is not there in this kind.
    """
    said = _ask(key, f"/document/{_plain(document)}/content", kind).json()
    return str(said.get(LOCATION, "")) if isinstance(said, Mapping) else ""


def _ask(key: Key, path: str, accept: str) -> Answer:
    pace.outside_transactions()
    return Forwarding(key, path, accept).answer()


def _plain(document: str) -> str:
    if not IDENT.fullmatch(document):
        raise ValueError("That names no document.")
    return document
