"""Which records are worth comparing: those that share a key; never everything with everything."""

from leads.dedupe.commonness import Commonness
from leads.dedupe.record import Record

# From so much on, a word says which organisation it is rather than what it does.
TELLING = 5.0
# The words of a name by which it is looked for, the rarest first.
WORDS = 3
# A key that more records share says nothing: whoever collects them leaves it out.
CROWDED = 60
USUAL = Commonness()


def keys(record: Record, commonness: Commonness = USUAL) -> list[str]:
    """List the keys, each once; the prefix says what kind it is."""
    found = [
        f"{prefix}:{value}"
        for prefix, value in (
            ("postcode", record.postcode),
            ("phone", record.phone),
            ("domain", record.domain),
            ("number", record.company_number),
        )
        if value
    ]
    if record.house and record.street and record.outward:
        found.append(f"door:{record.outward}:{record.house}:{record.street}")
    found += [f"entry:{entry}" for entry in sorted(record.listed)]
    for words in (*record.called, *record.former):
        found += _of_name(words, record, commonness)
    return list(dict.fromkeys(found))


def _of_name(words: tuple[str, ...], record: Record, commonness: Commonness) -> list[str]:
    """The name itself, and its telling words near by; trigrams find those with a slip, too."""
    spelling = "".join(words)
    near = [place for place in (record.outward, record.town) if place]
    found = [f"name:{spelling}", *(f"name:{spelling}:{place}" for place in near)]
    telling = sorted(set(words), key=lambda word: (-commonness.weight(word), word))
    telling = [word for word in telling if commonness.weight(word) >= TELLING][:WORDS]
    for word in telling:
        found += [f"word:{word}:{place}" for place in near]
        if record.outward and len(word) > 3:
            found += [f"head:{word[:3]}:{record.outward}", f"tail:{word[-3:]}:{record.outward}"]
    found += [f"words:{a}:{b}" for a, b in zip(sorted(telling), sorted(telling)[1:], strict=False)]
    return found
