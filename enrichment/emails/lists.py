"""What is known of hosts and of the words before the @, from the files in `lists`."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"
BETWEEN = re.compile(r"[._\-+&']+")
NUMBER = re.compile(r"\d+\Z")
# Surnames as well: behind a first name they say nothing ("maria.sales").
SURNAMES = frozenset(
    (
        "sales", "post", "press", "parts", "hall", "service", "manager", "bookings", "booking",
        "mail", "news", "school", "hello", "hi", "it", "web", "root", "order", "charity",
    )
)  # fmt: skip


def is_disposable(domain: str) -> bool:
    """Say whether mailboxes there last for minutes; names beneath such a host count as well."""
    labels = domain.split(".")
    known = read("disposable")
    return any(".".join(labels[at:]) in known for at in range(max(0, len(labels) - 4), len(labels)))


def is_free(domain: str) -> bool:
    """Say whether anybody may have a mailbox there."""
    return domain in read("free")


def is_shared(domain: str) -> bool:
    """Say whether mailboxes there belong to many who have nothing to do with one another."""
    return is_free(domain) or domain in read("shared") or is_disposable(domain)


def is_role(local: str) -> bool:
    """Say whether what stands before the @ is a desk and not a person: "sales", "info-leicester".

    `local` is in lower case.
    """
    words = [NUMBER.sub("", word) for word in BETWEEN.split(local.strip('"')[:64])]
    words = [word for word in words if word]
    if not words:
        return False
    known = read("roles")
    last_is_one = len(words) > 1 and words[-1] in known and words[-1] not in SURNAMES
    return "".join(words) in known or words[0] in known or last_is_one


@cache
def read(name: str) -> frozenset[str]:
    """Read a list: a word a line, without remarks."""
    return frozenset(lines(name))


def lines(name: str) -> list[str]:
    """Read the lines of a file, without remarks."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
