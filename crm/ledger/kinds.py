"""Sorts verbs, so that the trail can be asked for all of a sort."""

from crm.ledger.models import Kind

WAS_REFUSED = "was refused"
LOOKED_AT = "looked at"

# By words that a verb holds, the first that fit; whatever else it is, it is a change.
HOLDS = {
    "was refused": Kind.REFUSED,
    "sign in": Kind.ACCESS,
    "signed": Kind.ACCESS,
    "locked out": Kind.ACCESS,
    "password": Kind.ACCESS,
    "second factor": Kind.ACCESS,
    "recovery codes": Kind.ACCESS,
    "session": Kind.ACCESS,
    "support": Kind.ACCESS,
    "entered by": Kind.ACCESS,
    LOOKED_AT: Kind.LOOKED,
    "exported": Kind.EXPORTED,
}
BEGINS = {
    "created": Kind.CREATED,
    "admitted": Kind.CREATED,
    "added": Kind.CREATED,
    "joined": Kind.CREATED,
    "invited": Kind.CREATED,
    "deleted": Kind.DELETED,
    "removed": Kind.DELETED,
    "erased": Kind.DELETED,
    "dissolved": Kind.DELETED,
    "left": Kind.DELETED,
}


def of(verb: str) -> Kind:
    """Say what sort of thing the verb tells of."""
    for words, kind in HOLDS.items():
        if words in verb:
            return kind
    return BEGINS.get(verb.split(" ")[0], Kind.CHANGED)
