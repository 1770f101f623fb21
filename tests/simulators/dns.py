"""A name server for the world's domains: UDP on loopback, steered over HTTP at the same port."""

import socket
import threading
from contextlib import suppress
from functools import cached_property
from typing import Any

from tests.simulators import wire, world
from tests.simulators.core import Handler, Simulator
from tests.simulators.faults import ENDLESS, Fault
from tests.simulators.naming import packets
from tests.simulators.naming.packets import Question
from tests.simulators.naming.zone import Answer, Zone

CODES = {"servfail": "SERVFAIL", "nxdomain": "NXDOMAIN", "refused": "REFUSED"}
ATTEMPTS = 50  # at finding a port that is free for both


class Dns(Simulator):
    """Faults of its own: `servfail`, `nxdomain`, `refused`, `timeout` (no answer), `hang` (a late
    one), `truncated`, `garbage`, `wrong-id` (an answer to another question). A fault's `method` is
    the kind of record, its `host` the name that is asked for.
    """

    name = "dns"
    latency = 0.02

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._socket = self._bound(bool(options.get("port")))

    def _bound(self, fixed: bool) -> socket.socket:
        """The UDP socket of the number that the HTTP server has."""
        for _ in range(ATTEMPTS):
            found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                found.bind(("127.0.0.1", self.port))
            except OSError:
                found.close()
                if fixed:
                    raise
                self._server.server_close()
                self._server = wire.Server(0, self.answer)
            else:
                return found
        raise OSError("No port is free for UDP and TCP alike.")

    @cached_property
    def zone(self) -> Zone:
        return Zone(world.population(self.seed))

    def warm(self) -> None:
        world.population(self.seed)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> "Simulator":
        threading.Thread(target=self._listen, name="dns-udp", daemon=True).start()
        return super().start()

    def stop(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        super().stop()

    # How a question is answered.

    def _listen(self) -> None:
        with suppress(OSError):  # the socket was closed
            while True:
                packet, caller = self._socket.recvfrom(4_096)
                if question := packets.read(packet):
                    args = (question, caller)
                    threading.Thread(target=self._serve, args=args, daemon=True).start()

    def _serve(self, question: Question, caller: tuple[str, int]) -> None:
        at = self.clock.now()
        self.tally.begin()
        fault = self.faults.take(question.type, f"/{question.name}", question.name)
        self.clock.sleep(self.latency)
        if fault and fault.kind == "hang":
            self.clock.sleep(ENDLESS if fault.seconds is None else fault.seconds)
        found = self._found(question, fault)
        record = {
            "method": question.type,
            "path": f"/{question.name}",
            "host": question.name,
            "at": at,
            "status": found.code,
            "fault": fault.kind if fault else None,
        }
        # Whoever has the answer finds it counted.
        self.tally.end(question.type, record)
        with suppress(OSError):
            if found.code:
                self._socket.sendto(spoilt(question, found, fault), caller)

    def _found(self, question: Question, fault: Fault | None) -> Answer:
        if fault and fault.kind == "timeout":
            return Answer("")
        if fault and fault.kind in CODES:
            return Answer(CODES[fault.kind])
        try:
            return self.zone.ask(question.name, question.type)
        except Exception:
            self.tally.broke()
            return Answer("SERVFAIL")


def spoilt(question: Question, found: Answer, fault: Fault | None) -> bytes:
    kind = fault.kind if fault else ""
    if kind == "garbage":
        return b"\x00\x01not a packet"
    packet = packets.reply(question, found.code, list(found.records), kind == "truncated")
    if kind == "wrong-id":
        return bytes([packet[0] ^ 0xFF]) + packet[1:]
    return packet
