"""Questions and answers as DNS puts them into packets."""

import struct
from dataclasses import dataclass

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "MX": 15, "TXT": 16, "AAAA": 28, "ANY": 255}
NAMES = {number: name for name, number in TYPES.items()}
CODES = {"NOERROR": 0, "FORMERR": 1, "SERVFAIL": 2, "NXDOMAIN": 3, "NOTIMP": 4, "REFUSED": 5}
TTL = 300
IN = 1
POINTER = 0xC0


@dataclass(frozen=True)
class Question:
    id: int
    flags: int
    name: str  # in lower case, without the dot at its end
    type: str  # "MX"; "TYPE99" for those we do not know
    raw: bytes  # as it stood in the packet


@dataclass(frozen=True)
class Record:
    name: str
    type: str
    value: str  # "10 mail.fern.example" for MX


def read(packet: bytes) -> Question | None:
    """None for what is no question."""
    try:
        id_, flags, questions = struct.unpack_from(">HHH", packet)
        name, end = name_at(packet, 12)
        kind, class_ = struct.unpack_from(">HH", packet, end)
    except (struct.error, IndexError, UnicodeDecodeError):
        return None
    if flags & 0x8000 or questions != 1 or class_ != IN:
        return None
    type_ = NAMES.get(kind, f"TYPE{kind}")
    return Question(id_, flags, name.lower(), type_, packet[12 : end + 4])


def name_at(packet: bytes, at: int) -> tuple[str, int]:
    """The name that begins there, and where it ends; a question's is never shortened."""
    labels = []
    while length := packet[at]:
        if length & POINTER:
            raise IndexError(at)
        labels.append(packet[at + 1 : at + 1 + length].decode("ascii"))
        at += 1 + length
    return ".".join(labels), at + 1


def reply(question: Question, code: str, records: list[Record], truncated: bool = False) -> bytes:
    """The answer; where it is empty, with the zone's own record, as a good server sends it."""
    zone = [] if records or code not in ("NOERROR", "NXDOMAIN") else [start_of(question.name)]
    flags = 0x8400 | (question.flags & 0x0100) | 0x0080 | CODES[code]
    flags |= 0x0200 if truncated else 0
    head = struct.pack(">HHHHHH", question.id, flags, 1, len(records), len(zone), 0)
    return head + question.raw + b"".join(packed(one) for one in [*records, *zone])


def start_of(name: str) -> Record:
    return Record(name, "SOA", "ns1.registrar.example hostmaster.registrar.example")


def packed(record: Record) -> bytes:
    data = written(record)
    head = struct.pack(">HHIH", TYPES[record.type], IN, TTL, len(data))
    return encoded(record.name) + head + data


def written(record: Record) -> bytes:
    if record.type == "A":
        return bytes(int(part) for part in record.value.split("."))
    if record.type == "MX":
        preference, _, host = record.value.partition(" ")
        return struct.pack(">H", int(preference)) + encoded(host)
    if record.type == "TXT":
        text = record.value.encode()
        pieces = [text[at : at + 255] for at in range(0, len(text), 255)]
        return b"".join(bytes([len(piece)]) + piece for piece in pieces)
    if record.type == "SOA":
        server, _, mailbox = record.value.partition(" ")
        numbers = struct.pack(">IIIII", 2026112101, 7200, 900, 1_209_600, TTL)
        return encoded(server) + encoded(mailbox) + numbers
    return encoded(record.value)


def encoded(name: str) -> bytes:
    labels = [label.encode("ascii") for label in name.split(".") if label and label != "."]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def query(name: str, kind: str, id_: int = 4711) -> bytes:
    """A question, for those who ask."""
    return (
        struct.pack(">HHHHHH", id_, 0x0100, 1, 0, 0, 0)
        + encoded(name)
        + struct.pack(">HH", TYPES[kind], IN)
    )


def heard(packet: bytes) -> tuple[str, list[str]]:
    """Code and values of an answer of ours, for tests."""
    _, flags, _, answers, _, _ = struct.unpack_from(">HHHHHH", packet)
    code = next(name for name, number in CODES.items() if number == flags & 15)
    _, at = name_at(packet, 12)
    at += 4
    values = []
    for _ in range(answers):
        _, at = name_at(packet, at)
        kind, _, _, length = struct.unpack_from(">HHIH", packet, at)
        at += 10
        values.append(value_at(packet, at, length, NAMES[kind]))
        at += length
    return code, values


def value_at(packet: bytes, at: int, length: int, kind: str) -> str:
    if kind == "A":
        return ".".join(map(str, packet[at : at + 4]))
    if kind == "MX":
        return f"{struct.unpack_from('>H', packet, at)[0]} {name_at(packet, at + 2)[0] or '.'}"
    if kind == "TXT":
        return packet[at + 1 : at + length].decode()
    return name_at(packet, at)[0]
