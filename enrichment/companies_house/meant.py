"""Who is meant by the subject of a question: its number, by every name and place it goes by."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crm.registers.names import name_key
from enrichment.companies_house import fitting, steps
from enrichment.companies_house.fitting import Company, Judge
from enrichment.contract import Subject

# Of the names and postcodes that are known, the surest.
MOST = 5
LONGEST = 200


def about(subject: Subject) -> str:
    """Name the question; "" where no number is known.

    The name is part of it: what is told of a number to whom it belongs is not told to somebody else
    who has it by mistake.
    """
    who = fitted(subject)
    if not steps.NUMBER.fullmatch(who.number):
        return ""
    return f"{who.number} {name_key(who.name)}".strip()[:LONGEST]


def fitted(subject: Subject) -> fitting.Subject:
    """Give who is looked up, by the surest of what is known."""
    number, name, postcode = (
        next(_texts(subject.known.get(each, ())), "")
        for each in ("company_number", "name", "postcode")
    )
    return steps.subject(number, name, postcode)


def judge(subject: Subject) -> Judge:
    """Give what says whether a company is the one that is meant, by any name and postcode."""
    names = [*_texts(subject.known.get("name", ())), *_texts(subject.known.get("legal_name", ()))]
    postcodes = list(_texts(subject.known.get("postcode", ())))

    def judging(who: fitting.Subject, company: Company) -> str:
        meant = (
            replace(who, name=name, postcode=postcode)
            for name in names or [""]
            for postcode in postcodes or [""]
        )
        whys = [fitting.by_name(each, company) for each in meant]
        return "" if "" in whys else whys[0]

    return judging


def _texts(values: Sequence[object]) -> Iterator[str]:
    for value in list(values)[:MOST]:
        if isinstance(value, str) and value.strip():
            yield value[: fitting.LONGEST]
