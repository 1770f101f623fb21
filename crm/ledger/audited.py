"""What the database itself writes down of a model's rows, where no verb has told of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Audited:
    """Stands on a model as `audited`; the names are those of its fields.

    `name` leads to what a row is called. What is `apart_from` follows from other fields, or means
    nothing to a person: a change of it alone is none. What is `secret` is told to have changed, and
    never from what to what.

    An entry of this transaction about the rows that `told_by` leads to tells of this one as well;
    one about those of `born_with`, of its birth alone.
    """

    name: str = "name"
    apart_from: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    born_with: tuple[str, ...] = ()
