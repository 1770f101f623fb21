"""What speaks for two records being one and what against: each ground once, in words."""

from collections.abc import Iterator
from typing import NamedTuple

from crm.look.formats import phone as written
from crm.registers.trades import TRADES
from leads.dedupe import kinds
from leads.dedupe import thresholds as at
from leads.dedupe.commonness import Commonness
from leads.dedupe.likeness import Likeness, likeness
from leads.dedupe.naming import Words
from leads.dedupe.record import Record


class Ground(NamedTuple):
    """`slug` is its line in the table of points."""

    slug: str
    words: str


class Names(NamedTuple):
    """The two names that are most alike, of all that the records go by."""

    one: Words
    other: Words
    likeness: Likeness
    is_former: bool


def names_of(one: Record, other: Record, commonness: Commonness) -> Names:
    """Choose them; a former name only where the names in use don't agree."""
    now = [
        Names(a, b, likeness(a, b, commonness.weight), False)
        for a in one.called
        for b in other.called
    ]
    best = max(now, key=_how_alike)
    if best.likeness.share >= at.NEARLY or not (one.former or other.former):
        return best
    once = [
        Names(a, b, likeness(a, b, commonness.weight), True)
        for ones, others in (
            (one.former, other.called),
            (one.called, other.former),
            (one.former, other.former),
        )
        for a in ones
        for b in others
    ]
    return max([best, *once], key=_how_alike)


def found(one: Record, other: Record, best: Names, commonness: Commonness) -> Iterator[Ground]:
    """All grounds of a pair: its names, its place, what it is reached by, what it is."""
    is_here = not one.postcode or not other.postcode or one.postcode == other.postcode
    yield from _name(one, other, best, commonness)
    yield from _place(one, other, commonness)
    yield from _door(one, other, commonness)
    yield from _contact(one, other, is_here=is_here)
    yield from _company(one, other, is_here=is_here)
    yield from _kind(one, other, best)


def _how_alike(pair: Names) -> tuple[bool, float, float, bool, list[Words]]:
    how = pair.likeness
    words = sorted((pair.one, pair.other))
    return how.is_equal, how.share, how.within, not pair.is_former, words


def _name(one: Record, other: Record, best: Names, commonness: Commonness) -> Iterator[Ground]:
    how = best.likeness
    both = " and ".join(f"“{name}”" for name in sorted({one.name, other.name}))
    if how.is_equal and best.is_former:
        yield Ground("name_former", "One has the name that the other had.")
    elif how.is_equal:
        yield Ground("name_same", "The same name.")
    elif how.share >= at.NEARLY:
        yield Ground("name_nearly", f"Nearly the same name: {both}.")
    elif how.share >= at.ALIKE:
        yield Ground("name_alike", f"The names are alike: {both}.")
    elif how.within >= at.CONTAINED and how.shared >= at.SAYS_SOMETHING:
        yield Ground("name_contained", f"One name is part of the other: {both}.")
    elif how.share >= at.PARTLY:
        yield Ground("name_partly", f"The names agree in part: {both}.")
    elif how.share >= at.HARDLY and how.shared >= at.SAYS_SOMETHING:
        yield Ground("name_word", f"The names have a rare word in common: {both}.")
    else:
        yield Ground("name_other", f"The names differ: {both}.")
    if how.apart and not how.is_equal:
        yield Ground("figures_differ", "A number is in one name that is not in the other.")
    yield from _bearers(one, other, how, commonness)


def _bearers(one: Record, other: Record, how: Likeness, commonness: Commonness) -> Iterator[Ground]:
    if not how.is_equal:
        return
    if commonness.says_nothing(one, other):
        yield Ground("name_generic", "They share a name that many places bear, which says little.")
    # At one postcode it does not matter how many other places a chain has.
    is_here = bool(one.postcode) and one.postcode == other.postcode
    more = 0 if is_here else commonness.namesakes(one, other)
    if more >= at.FEW:
        slug = "many" if more >= at.MANY else "several" if more >= at.SEVERAL else "few"
        places = "1 more place has" if more == 1 else f"{more:,} more places have"
        yield Ground(f"bearers_{slug}", f"{places} that name.")
    rivals = commonness.rivals(one, other)
    if rivals:
        have = "1 more record has" if rivals == 1 else f"{rivals:,} more records have"
        yield Ground("rivals", f"{have} that name at {one.postcode}.")


def _place(one: Record, other: Record, commonness: Commonness) -> Iterator[Ground]:
    if one.postcode and other.postcode:
        if one.postcode == other.postcode:
            yield Ground("postcode_same", f"Both stand at {one.postcode}.")
            more = commonness.crowd(one.postcode)
            if commonness.is_across and not more:
                yield Ground("alone", f"No other record stands at {one.postcode}.")
            elif more >= at.CROWDED:
                yield Ground("crowded", f"{more:,} more records stand at {one.postcode}.")
            return
        first, second = sorted((one.postcode, other.postcode))
        apart = f"One stands at {first}, the other at {second}."
        if first[:-2] == second[:-2]:
            yield Ground("sector_same", f"{apart[:-1]}, which is close by.")
        elif one.outward == other.outward:
            yield Ground("outward_same", f"Both stand in {one.outward}, at different postcodes.")
        elif _area(first) == _area(second):
            yield Ground("area_same", apart)
        else:
            yield Ground("area_other", apart)
    if one.town and one.town == other.town:
        yield Ground("town_same", f"Both are in {one.town.title()}.")


def _area(postcode: str) -> str:
    return postcode[:2] if postcode[1:2].isalpha() else postcode[:1]


def _door(one: Record, other: Record, commonness: Commonness) -> Iterator[Ground]:
    if one.street and _is_one_street(one.street, other.street):
        street = min(one.street, other.street, key=len)
        if one.house and one.house == other.house:
            yield Ground("door_same", f"The same door: {one.house} {street.title()}.")
        elif one.house and other.house:
            first, second = sorted((one.house, other.house))
            yield Ground("door_other", f"Numbers {first} and {second} of the same street.")
        else:
            yield Ground("street_same", f"The same street: {street.title()}.")
    elif one.street and other.street:
        first, second = sorted((one.street, other.street))
        yield Ground("street_other", f"Different streets: {first.title()}, {second.title()}.")
    if one.building and other.building:
        how = likeness(
            tuple(one.building.split()), tuple(other.building.split()), commonness.weight
        )
        if how.share >= at.NEARLY:
            yield Ground(
                "building_same", f"The same building: {min(one.building, other.building).title()}."
            )


def _is_one_street(one: str, other: str) -> bool:
    """Some print the district behind the street, in the same line."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (bool(shorter) and longer.startswith(f"{shorter} "))


def _contact(one: Record, other: Record, *, is_here: bool) -> Iterator[Ground]:
    """A website, like a number, is a whole group's: elsewhere it says little of the site."""
    if one.phone and other.phone:
        if one.phone == other.phone:
            yield Ground("phone_same", f"Both answer {written(one.phone)}.")
        else:
            yield Ground("phone_other", "They have different phone numbers.")
    if one.domain and other.domain:
        if one.domain != other.domain:
            yield Ground("domain_other", "Their websites differ.")
        else:
            slug = "domain_same" if is_here else "domain_elsewhere"
            yield Ground(slug, f"Both have the website {one.domain}.")


def _company(one: Record, other: Record, *, is_here: bool) -> Iterator[Ground]:
    if one.company_number and other.company_number:
        if one.company_number != other.company_number:
            yield Ground("number_other", "They are two companies by their company numbers.")
        else:
            slug = "number_same" if is_here else "number_elsewhere"
            yield Ground(slug, f"Both are company number {one.company_number}.")
    if one.listed & other.listed:
        yield Ground("entry_same", "The same entry of an official register.")
    elif _registers(one) & _registers(other):
        yield Ground("entries_apart", "A register lists each of them with an entry of its own.")


def _kind(one: Record, other: Record, best: Names) -> Iterator[Ground]:
    """A code of SIC or a word of another register may mean the very trade that we name."""
    if one.trade != other.trade and {one.trade, other.trade} <= TRADES.keys():
        yield Ground("trade_other", "They are of different trades.")
    elif kinds.differ(best.one, best.other):
        yield Ground("kind_other", "Their names say that they are different kinds of place.")


def _registers(record: Record) -> set[str]:
    return {entry.partition(":")[0] for entry in record.listed}
