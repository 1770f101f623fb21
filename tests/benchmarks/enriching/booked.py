"""Whether what a run has charged is what its account says, and what its vendors charge for it."""

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.installation import Installation

RUN = "WITH run AS (SELECT * FROM leads_enrichmentrun WHERE id = %s) "
SPENT = """(SELECT coalesce(sum(credits), 0) FROM credits_creditentry
    WHERE reservation = run.reservation AND kind = 'spend')"""
# Each names what does not hold; nothing comes back where all is well.
WRONG = {
    "is not over": """
SELECT phase || ' ' || said FROM run WHERE phase <> 'completed'
""",
    "has taken other credits than were booked": f"""
SELECT format('%%s taken by answers, %%s booked', taken, booked) FROM (
    SELECT {SPENT} AS booked, (SELECT coalesce(sum(credits), 0) FROM lookups_lookup
        WHERE reservation = run.reservation AND state <> 'open') AS taken
    FROM run
) AS sums WHERE taken <> booked
""",
    "says other credits than were booked": f"""
SELECT format('%%s said, %%s booked', said, booked) FROM (
    SELECT credits AS said, {SPENT} AS booked FROM run
) AS sums WHERE said <> booked
""",
    "holds credits although it is over": """
SELECT format('%%s held', entry.held_after)
FROM run JOIN credits_creditentry AS entry ON entry.tenant_id = run.tenant_id
WHERE entry.held_after <> 0 AND entry.number = (
    SELECT max(number) FROM credits_creditentry WHERE tenant_id = entry.tenant_id)
""",
}
BOOKED = """
SELECT entry.service, sum(entry.cost_micros)::float8
FROM run JOIN credits_creditentry AS entry ON entry.reservation = run.reservation
WHERE entry.kind = 'spend' GROUP BY entry.service
"""
LEFT_OPEN = """
SELECT format('%%s: %%s, ticket “%%s”, %%s credits set aside', lookup.provider, lookup.about,
    lookup.ticket, lookup.credits)
FROM run JOIN lookups_lookup AS lookup ON lookup.reservation = run.reservation
WHERE lookup.state = 'open' AND lookup.sent_at IS NOT NULL
"""
# What vendors count, and how much of it is one of what their price is of.
UNITS = {
    "hunter": ("credits", 1.0),
    "apollo": ("credits", 1.0),
    "zerobounce": ("credits", 1.0),
    "google_places": ("Place Details Enterprise", 1.0),
    "twilio": ("line_type_intelligence", 0.008),
}
# Prices are rounded up for each call.
MICROS_OF_ROUNDING = 1


def wrong(
    product: Installation,
    run: str,
    stats: Mapping[str, Mapping[str, Any]],
    prices: Mapping[str, int],
) -> list[str]:
    """Give a sentence for each thing that does not hold of a run.

    `stats` are what vendors count, `prices` millionths of a pound for one of it. What is booked may
    be more than they charge, since what was lost with a worker is booked at its most, never less.
    """
    found = [
        f"{what}: {said}"
        for what, statement in WRONG.items()
        for (said,) in product.ask(RUN + statement, run)
    ]
    booked: dict[str, float] = dict(product.ask(RUN + BOOKED, run))
    for vendor, (what, unit) in UNITS.items():
        many = stats[vendor]["billed_for"].get(what, 0) / unit
        least = many * (prices[vendor] - MICROS_OF_ROUNDING)
        if booked.get(vendor, 0.0) < least:
            charged = many * prices[vendor]
            found.append(
                f"has booked less than {vendor} charges: £{booked.get(vendor, 0.0) / 1e6:.4f} of "
                f"£{charged / 1e6:.4f}"
            )
    return found


def left_open(product: Installation, run: str) -> list[str]:
    """Name each question that a run has sent and whose answer nobody waits for any more."""
    return [said for (said,) in product.ask(RUN + LEFT_OPEN, run)]
