"""The ways to come by pairs that are worth comparing: what two must have in common for that.

Whoever shares a value stands in one block, and only within a block are two ever looked at. A block
that is too big (a chain, a formation agent's address, a head office's phone) is passed over, and
the report says so.
"""

from dataclasses import dataclass

KEYS = """
SELECT value, organisation_id AS id, o.name_key AS name FROM leads_identitykey k
JOIN leads_organisation o ON o.id = k.organisation_id
WHERE k.tenant_id = %(tenant)s AND k.kind = '{kind}'
"""
COLUMN = """
SELECT {column} AS value, id, name_key AS name FROM leads_organisation
WHERE tenant_id = %(tenant)s AND {column} <> ''
"""
# What an organisation was known by stands in its keys, what a person has put there since beside it.
EITHER = f"{KEYS} UNION {COLUMN}"
OF_ALL = """
SELECT {value} AS value, id, name_key AS name FROM leads_organisation
WHERE tenant_id = %(tenant)s AND {where}
"""
OUTWARD = "split_part(postcode, ' ', 1)"
# A crowded postcode is looked at by how the names begin.
CROWDED = """
SELECT value || ': ' || left(name, 4) || '…' AS value, id, name FROM (
    SELECT postcode AS value, id, name_key AS name,
        count(*) OVER (PARTITION BY postcode) AS many
    FROM leads_organisation WHERE tenant_id = %(tenant)s AND postcode <> ''
) AS there WHERE many > {most}
"""
DOOR = "lower(regexp_replace(address, '[^[:alnum:]]+', ' ', 'g'))"
# Letters of either name that the other has as well; or all of one within the other.
ALIKE = """
(similarity(a.name, b.name) >= {least}
 OR least(length(a.name), length(b.name)) > 4
    AND greatest(word_similarity(a.name, b.name), word_similarity(b.name, a.name)) >= 0.8)
"""
SPELT = "similarity(a.name, b.name) >= {least}"


@dataclass(frozen=True)
class Way:
    """`rows` is SQL for (value, id, name); no block has more than `most`.

    `alike` is what else two of a block must satisfy, `noun` how the report calls the value.
    """

    noun: str
    rows: str
    most: int
    alike: str = "true"


def _in_common(noun: str, kind: str, most: int) -> Way:
    return Way(noun, EITHER.format(kind=kind, column=kind), most)


POSTCODE_MOST = 120
WAYS = (
    _in_common("phone number", "phone", 30),
    _in_common("website", "domain", 30),
    _in_common("company number", "company_number", 30),
    Way("e-mail address", KEYS.format(kind="email"), 30),
    Way(
        "postcode",
        OF_ALL.format(value="postcode", where="postcode <> ''"),
        POSTCODE_MOST,
        ALIKE.format(least=0.3),
    ),
    Way(
        "postcode and beginning of the name",
        CROWDED.format(most=POSTCODE_MOST),
        60,
        SPELT.format(least=0.4),
    ),
    Way(
        "name and district",
        OF_ALL.format(value=f"name_key || ', ' || {OUTWARD}", where="postcode <> ''"),
        20,
    ),
    Way(
        "name and town",
        OF_ALL.format(value="name_key || ', ' || lower(town)", where="town <> ''"),
        20,
    ),
    Way(
        "district and beginning of the name",
        OF_ALL.format(
            value=f"{OUTWARD} || ': ' || left(name_key, 4) || '…'",
            where="postcode <> '' AND length(name_key) > 4",
        ),
        60,
        SPELT.format(least=0.6),
    ),
    Way(
        "address",
        OF_ALL.format(
            value=f"{DOOR} || ', ' || lower(town)", where="address ~ '[0-9]' AND town <> ''"
        ),
        30,
        ALIKE.format(least=0.2),
    ),
)
