"""A model as plain JSON and back. What is read is checked: it may have come from anywhere."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from math import isfinite
from typing import Any

from scoring.chance.calibration import FLATTEST_SLOPE, STEEPEST_SLOPE, Calibration
from scoring.chance.clean import LONGEST
from scoring.chance.columns import MOST_BINS, MOST_NAMES, Column, Names, Numbers, Sets
from scoring.chance.example import Feature
from scoring.chance.formula import Formula
from scoring.chance.history import LeftOut
from scoring.chance.model import Model
from scoring.chance.record import Record
from scoring.chance.terms import Pair, Term
from scoring.chance.validation import Figures

VERSION = 1
MOST_TERMS = 200
MOST_PAIRS = 50
MOST_GROUPS = 16
LONGEST_WORDS = 500
LARGEST = 1e300
MOST_COUNTED = 10**9
# Case may be spelt out: ß becomes ss.
LONGEST_NAME = 3 * LONGEST


def as_json(model: Model) -> dict[str, Any]:
    """Give what `from_json` reads, in lists and objects only."""
    formula, record = model.formula, model.record
    data = {
        "version": VERSION,
        "intercept": formula.intercept,
        "calibration": asdict(formula.calibration),
        "terms": [term_as_json(each) for each in formula.terms],
        "pairs": [asdict(each) for each in formula.pairs],
        "record": asdict(record)
        | {name: getattr(record, name).isoformat() for name in ("trained_at", "since", "until")},
    }
    found: dict[str, Any] = json.loads(json.dumps(data, allow_nan=False))
    return found


def term_as_json(term: Term) -> dict[str, Any]:
    column = term.column
    if isinstance(column, Numbers):
        cut = {"edges": column.edges, "low": column.low, "high": column.high}
    else:
        cut = {"names": column.names}
    return {
        "feature": asdict(term.feature),
        "kind": column.KIND,
        **cut,
        "worth": term.worth,
        "leads": term.leads,
        "mean": term.mean,
    }


def from_json(data: object) -> Model:
    """Build it again. Raises ValueError, with a sentence, for what `as_json` can't have made."""
    try:
        return model(data)
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"That is no model: {error!r:.200}.") from error


def model(data: Any) -> Model:
    check(isinstance(data, Mapping), "it is no object")
    check(data["version"] == VERSION, f"its version isn't {VERSION}")
    terms = tuple(term(each) for each in items(data["terms"], MOST_TERMS))
    slope = number(data["calibration"]["slope"])
    check(FLATTEST_SLOPE <= slope <= STEEPEST_SLOPE, "its slope is out of bounds")
    formula = Formula(
        number(data["intercept"]),
        terms,
        tuple(pair(each, terms) for each in items(data["pairs"], MOST_PAIRS)),
        Calibration(slope, number(data["calibration"]["shift"])),
    )
    return Model(formula, record(data["record"]))


def term(data: Any) -> Term:
    known = column(data)
    worth = tuple(number(each) for each in items(data["worth"], known.size))
    leads = tuple(count(each) for each in items(data["leads"], known.size))
    check(len(worth) == len(leads) == known.size, "a feature has cells too few")
    return Term(
        Feature(*(words(data["feature"][each.name]) for each in fields(Feature))),
        known,
        worth,
        leads,
        number(data["mean"]),
    )


def column(data: Any) -> Column:
    if data["kind"] == Numbers.KIND:
        edges = tuple(number(each) for each in items(data["edges"], MOST_BINS))
        check(list(edges) == sorted(set(edges)), "edges don't ascend")
        return Numbers(edges, number(data["low"]), number(data["high"]))
    kinds = {Names.KIND: Names, Sets.KIND: Sets}
    names = tuple(words(each, LONGEST_NAME) for each in items(data["names"], MOST_NAMES))
    check(len(set(names)) == len(names), "a name stands there twice")
    return kinds[data["kind"]](names)


def pair(data: Any, terms: tuple[Term, ...]) -> Pair:
    first, second = count(data["first"]), count(data["second"])
    check(first < len(terms) and second < len(terms), "a pair has a feature that isn't there")
    worth = tuple(
        tuple(number(each) for each in items(row, MOST_GROUPS))
        for row in items(data["worth"], MOST_GROUPS)
    )
    check(len({len(row) for row in worth}) == 1, "a pair's rows differ in length")
    ones = groups(data["first_groups"], terms[first].column, len(worth))
    others = groups(data["second_groups"], terms[second].column, len(worth[0]))
    return Pair(first, second, ones, others, worth)


def groups(data: Any, column: Column, many: int) -> tuple[int, ...]:
    check(not isinstance(column, Sets), "a pair has a set")
    found = tuple(count(each) for each in items(data, column.size))
    check(len(found) == column.size and max(found) < many, "a pair has groups too few")
    return found


def record(data: Any) -> Record:
    return Record(
        trained_at=moment(data["trained_at"]),
        won=count(data["won"]),
        lost=count(data["lost"]),
        since=moment(data["since"]),
        until=moment(data["until"]),
        base_rate=number(data["base_rate"]),
        strength=number(data["strength"]),
        pairs=count(data["pairs"]),
        figures=figures(data["figures"]),
        base_figures=figures(data["base_figures"]),
        single=words(data["single"]),
        single_figures=figures(data["single_figures"]),
        left_out=LeftOut(*(count(data["left_out"][each.name]) for each in fields(LeftOut))),
        constant=tuple(words(each) for each in items(data["constant"], MOST_TERMS)),
    )


def figures(data: Any) -> Figures:
    counts = (count(data["examples"]), count(data["won"]))
    return Figures(*counts, *(number(data[each.name]) for each in fields(Figures)[2:]))


def check(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise ValueError(f"That is no model: {otherwise}.")


def items(data: Any, most: int) -> list[Any]:
    check(isinstance(data, list | tuple) and len(data) <= most, f"no list of up to {most}")
    return list(data)


def number(data: Any) -> float:
    check(isinstance(data, int | float) and not isinstance(data, bool), "no number")
    check(isfinite(data) and abs(data) <= LARGEST, "a number out of bounds")
    return float(data)


def count(data: Any) -> int:
    check(isinstance(data, int) and not isinstance(data, bool), "no count")
    check(0 <= data <= MOST_COUNTED, "a count out of bounds")
    return int(data)


def moment(data: Any) -> datetime:
    found = datetime.fromisoformat(words(data))
    check(found.tzinfo is not None, "a time without a zone")
    return found


def words(data: Any, longest: int = LONGEST_WORDS) -> str:
    check(isinstance(data, str) and len(data) <= longest, f"no text of up to {longest} characters")
    return str(data)
