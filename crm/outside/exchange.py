"""One request and its answer: in limited time, in limited size, at a checked address."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from requests import PreparedRequest, Request
from requests.exceptions import RequestException
from requests.exceptions import SSLError as Untrusted
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError

from crm.deadline import Deadline
from crm.outside import wire
from crm.outside.errors import TooBig

CHUNK = 16_384
AGENT = "Fieldfare/1.0"


@dataclass(frozen=True)
class Limits:
    """How long it may take to connect, between two bytes and in all, and how much is read."""

    connect: float
    read: float
    total: float
    most_bytes: int


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    content: bytes
    seconds: float

    @property
    def kind(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Broken(Exception):
    """No whole answer; the text says why, in words that follow “it”.

    `was_stale`: the connection was a kept one, and may have been closed before it was used.
    """

    def __init__(self, why: str, *, was_sent: bool, was_stale: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.was_sent, self.was_stale = was_sent, was_stale


def exchange(
    request: Request,
    limits: Limits,
    *,
    allowed: frozenset[tuple[str, int]] = frozenset(),
    is_fresh: bool = False,
) -> Reply:
    """Send it and read the answer; raises Broken, Forbidden, TooBig and NotThere.

    `is_fresh` opens a connection for this one alone: one that was kept may just have been closed
    by the other side, and then nobody can say whether the request was read.
    """
    began = time.monotonic()
    deadline = Deadline(limits.total)
    flight = wire.here.flight = wire.Flight(deadline, limits.connect, allowed)
    try:
        with wire.adapter(is_fresh=is_fresh) as adapter:
            status, headers, content = _exchange(adapter, request.prepare(), limits, deadline)
        if deadline.is_over():
            # A connection that we hung up looks like one that ended in good order.
            raise TimeoutError
    except (RequestException, HTTPError, OSError) as error:
        why = _why(error, deadline)
    else:
        return Reply(status, headers, content, time.monotonic() - began)
    finally:
        deadline.close()
        del wire.here.flight
    # Not while the other is handled: it knows the request, headers and all.
    is_late = deadline.is_over()
    raise Broken(why, was_sent=flight.was_sent, was_stale=flight.was_kept and not is_late)


def _exchange(
    adapter: wire.Adapter, request: PreparedRequest, limits: Limits, deadline: Deadline
) -> tuple[int, CaseInsensitiveDict[str], bytes]:
    left = deadline.left()
    answer = adapter.send(
        request,
        stream=True,
        timeout=(min(limits.connect, left), min(limits.read, left)),
        verify=True,
        proxies={},
    )
    try:
        return answer.status_code, answer.headers, _body(answer.raw, limits.most_bytes, deadline)
    except BaseException:
        # Whatever is still on its way must not be taken for the next answer.
        answer.raw.close()
        raise


def _body(raw: object, most: int, deadline: Deadline) -> bytes:
    parts, size = [], 0
    for part in raw.stream(CHUNK, decode_content=True):  # type: ignore[attr-defined]
        size += len(part)
        if size > most:
            raise TooBig(f"The answer is longer than {most / 1_000_000:g} MB; it was not read.")
        deadline.left()
        parts.append(part)
    return b"".join(parts)


def _why(error: Exception, deadline: Deadline) -> str:
    if deadline.is_over():
        return "did not answer in time"
    said = f"{type(error).__name__} {error!r}".lower()
    if isinstance(error, Untrusted):
        is_bad = "certificate_verify_failed" in said or "certificate verify failed" in said
        return "has a certificate that is not trusted" if is_bad else "does not speak https there"
    if "unreachable" in said or "gaierror" in said:
        return "could not be reached"
    if "timeout" in said or "timed out" in said:
        return "did not answer in time"
    if "decod" in said:
        return "sent an answer that can't be unpacked"
    return "broke the connection off"
