"""How two cards differ, in words: “Hot from 70 → 75”, “Rule “Hiring” added”."""

from collections.abc import Iterable, Mapping
from typing import Any

from leads.scorecards.checking import part
from scoring import conditions
from scoring.card import ASPECTS, FACTORS, GRADES, GROUPS, Ideal
from scoring.catalogue import HAPPENINGS, OWN, Catalogue
from scoring.points import GIVEN
from scoring.problems import Wrong

MOST = 200
SOURCES = {
    "referral": "Referral or partner",
    "organic": "Search or website form",
    "paid": "Paid search or social",
    "other": "Anywhere else",
}
WORTH = ("high", "medium", "other")
OF_IDEAL = {
    "least_employees": "Ideal employees from",
    "most_employees": "Ideal employees to",
    "miles": "Miles around the ideal places",
    "value": "Ideal value from £",
}
LISTS_OF_IDEAL = {
    "industries": "Ideal industries",
    "jobs": "Ideal job titles",
    "technologies": "Ideal technologies",
}


def told(was: Mapping[str, Any], now: Mapping[str, Any], known: Catalogue) -> list[str]:
    """Say each difference, those first that weigh most; a bounded number of them."""
    return list(_told(was, now, known))[:MOST]


def _told(was: Mapping[str, Any], now: Mapping[str, Any], known: Catalogue) -> Iterable[str]:
    for name in ("hot", "warm"):
        yield from _moved(f"{name.title()} from", part(was, "tiers"), part(now, "tiers"), name)
    yield from _of_groups(was, now)
    for slug in GIVEN:
        label = f"Points for {OWN[slug].label.lower()}"
        yield from _moved(label, part(was, "given"), part(now, "given"), slug)
    for slug, label in SOURCES.items():
        yield from _moved(label, part(was, "sources"), part(now, "sources"), slug)
    yield from _of_industries(part(was, "industries"), part(now, "industries"))
    if was.get("sizes") != now.get("sizes"):
        yield f"Company sizes: {_sizes(was)} → {_sizes(now)}"
    yield from _moved("Points for likeness to customers", was, now, "semantic")
    yield from _of_rules(was, now, known)
    yield from _of_weights(part(was, "weights"), part(now, "weights"))
    for name in GRADES:
        yield from _moved(f"{name} from", part(was, "grades"), part(now, "grades"), name)
    yield from _of_ideal(part(was, "ideal"), part(now, "ideal"))


def _moved(label: str, was: Mapping[str, Any], now: Mapping[str, Any], name: str) -> Iterable[str]:
    if str(was.get(name, "")) != str(now.get(name, "")):
        yield f"{label} {_word(was.get(name))} → {_word(now.get(name))}"


def _word(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    return f"{value:,}" if isinstance(value, int) else str(value)[:100]


def _caps(raw: Mapping[str, Any]) -> dict[str, Any]:
    rows = raw.get("groups")
    return {str(each.get("slug")): each.get("cap") for each in rows or () if isinstance(each, dict)}


def _of_groups(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    for slug, label, _, _ in GROUPS:
        yield from _moved(f"{label} gives at the most", _caps(was), _caps(now), slug)


def _of_industries(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    for name in ("high", "medium"):
        yield from _listed(f"Industries of {name} value", was.get(name), now.get(name))
    points = zip(WORTH, _three(was), _three(now), strict=True)
    for name, former, latter in points:
        if str(former) != str(latter):
            yield f"Points for industries of {name} value {_word(former)} → {_word(latter)}"


def _three(raw: Mapping[str, Any]) -> list[Any]:
    points = raw.get("points")
    return points if isinstance(points, list) and len(points) == len(WORTH) else [""] * len(WORTH)


def _listed(label: str, was: Any, now: Any) -> Iterable[str]:
    before, after = _texts(was), _texts(now)
    changes = [f"with {each}" for each in after if each not in before]
    changes += [f"without {each}" for each in before if each not in after]
    if changes:
        more = f" and {len(changes) - 10} more" if len(changes) > 10 else ""
        yield f"{label}: {', '.join(changes[:10])}{more}"


def _texts(raw: Any) -> list[str]:
    return [str(each).replace("_", " ") for each in raw] if isinstance(raw, list | tuple) else []


def _sizes(raw: Mapping[str, Any]) -> str:
    rows = raw.get("sizes") or ()
    said = [f"{row[2] or 'a size'} from {_word(row[0])} gives {_word(row[1])}" for row in rows]
    return ", ".join(said) or "none"


def _rules(raw: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    rows = raw.get("rules")
    return {str(each.get("key")): each for each in rows or () if isinstance(each, dict)}


def _of_rules(was: Mapping[str, Any], now: Mapping[str, Any], known: Catalogue) -> Iterable[str]:
    before, after = _rules(was), _rules(now)
    for key, rule in after.items():
        if key not in before:
            said = "; ".join(filter(None, (asks(rule, known), limits(rule))))
            yield f"Rule “{rule.get('name')}” added: {signed(rule.get('points'))} for {said}"
        elif rule != before[key]:
            yield f"Rule “{rule.get('name')}”: {'; '.join(_of_rule(before[key], rule, known))}"
    for key, rule in before.items():
        if key not in after:
            yield f"Rule “{rule.get('name')}” taken away"


def _of_rule(was: Mapping[str, Any], now: Mapping[str, Any], known: Catalogue) -> Iterable[str]:
    words = {"name": "called", "points": "points", "group": "group", "aspect": "aspect",
             "most": "at the most", "fades": "fades in days"}  # fmt: skip
    named = {slug: label for slug, label, _, _ in GROUPS} | ASPECTS
    for name, label in words.items():
        before, after = was.get(name), now.get(name)
        if before != after:
            said = [named.get(str(each), _word(each)) for each in (before, after)]
            yield f"{label} {said[0]} → {said[1]}"
    if (was.get("when"), was.get("event")) != (now.get("when"), now.get("event")):
        yield f"{asks(was, known)} → {asks(now, known)}"


def signed(points: Any) -> str:
    """Write points with their sign."""
    return f"{points:+,}" if isinstance(points, int) else _word(points)


def limits(rule: Mapping[str, Any]) -> str:
    """Say how much a rule of happenings gives at the most, and how fast that fades; else ""."""
    most, fades = rule.get("most"), rule.get("fades")
    said = (most and f"{most} at the most", fades and f"faded in {fades} days")
    return ", ".join(str(each) for each in said if each)


def asks(rule: Mapping[str, Any], known: Catalogue) -> str:
    """Say in words when a rule gives its points; of one that makes no sense, what is wrong."""
    if rule.get("event"):
        one, _ = HAPPENINGS.get(str(rule["event"]), ("something unknown", ""))
        return f"each {one}"
    try:
        return conditions.read(rule.get("when"), known, "").said
    except Wrong as wrong:
        return f"something that makes no sense ({wrong.problems[0].said})"


def _of_weights(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    for industry, row in now.items():
        name = f" for {industry.replace('_', ' ')}" if industry else ""
        if industry not in was:
            yield f"Weights{name} added"
            continue
        for slug, label in FACTORS.items():
            yield from _moved(f"Weight of {label.lower()}{name}", was[industry], row, slug)
    for industry in was:
        if industry not in now:
            yield f"Weights for {industry.replace('_', ' ')} taken away"


def _of_ideal(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    if (was.get("words") or "") != (now.get("words") or ""):
        yield "Ideal customer described in other words"
    for name, label in LISTS_OF_IDEAL.items():
        yield from _listed(label, was.get(name), now.get(name))
    for name, label in OF_IDEAL.items():
        # Miles that nobody has typed are those that hold without.
        usual = Ideal.miles if name == "miles" else ""
        yield from _moved(label, {name: usual, **was}, {name: usual, **now}, name)
    yield from _listed("Ideal places", _postcodes(was), _postcodes(now))


def _postcodes(ideal: Mapping[str, Any]) -> list[str]:
    return [str(row[0]) for row in ideal.get("places") or () if row]
