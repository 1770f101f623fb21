"""Accounts as inline XBRL: a page for people in which figures are tagged for machines.

Each company's software writes them its own way: other prefixes, thousands, brackets for losses,
figures of the year before beside those of this one.
"""

from dataclasses import dataclass
from html import escape

from tests.simulators.truth.accounts import Accounts
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

NAMESPACES = {
    "ix": "http://www.xbrl.org/2013/inlineXBRL",
    "ixt": "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xlink": "http://www.w3.org/1999/xlink",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
}
CORE = "http://xbrl.frc.org.uk/fr/2023-01-01/core"
BUSINESS = "http://xbrl.frc.org.uk/cd/2023-01-01/business"
PREFIXES = (("core", "bus"), ("uk-core", "uk-bus"), ("ns5", "ns10"), ("e", "c"))
YEARS = (("CY", "PY"), ("icur", "iprev"), ("current", "prior"), ("c1", "c2"))
SCHEMA = "https://xbrl.frc.org.uk/FRS-102/2023-01-01/FRS-102-2023-01-01.xsd"


@dataclass(frozen=True)
class Style:
    """How one company's accounting software writes."""

    core: str  # prefixes of the two taxonomies
    business: str
    thousands: bool
    nested: bool  # the figure stands in a span inside its tag
    contexts: tuple[str, str, str, str]  # this year, the year before: a span of time and a day


def style_of(one: Organisation, thousands: bool) -> Style:
    draw = Draw("accounting software", one.id)
    core, business = draw.pick(PREFIXES)
    now, before = draw.pick(YEARS)
    names = (f"{now}_duration", f"{before}_duration", f"{now}_instant", f"{before}_instant")
    return Style(core, business, thousands, draw.chance(0.3), names)


def document(one: Organisation, this: Accounts, before: Accounts | None) -> str:
    """The file of one year; `before` gives the second column."""
    style = style_of(one, thousands=this.kind in ("full", "group"))
    if this.form == "empty":
        body = f"<h1>{escape(one.legal_name)}</h1><p>Accounts for {this.year_end}.</p>"
        return page(style, "", body)
    return page(style, header(one, style, this, before), body_of(one, style, this, before))


def damaged(text: str) -> str:
    """What is left when a tag is not closed and the end is missing."""
    cut = text.replace("</td></tr>", "</td>", 1)
    return cut[: len(cut) * 4 // 5]


def page(style: Style, hidden: str, body: str) -> str:
    spaces = {**NAMESPACES, style.core: CORE, style.business: BUSINESS}
    names = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" {names}>\n'
        "<head><title>Accounts</title></head>\n"
        f"<body>\n{hidden}{body}\n</body>\n</html>\n"
    )


def header(one: Organisation, style: Style, this: Accounts, before: Accounts | None) -> str:
    """What machines need and people do not see: who, when, in which unit."""
    facts = [
        named(style, "EntityCurrentLegalOrRegisteredName", one.legal_name),
        named(style, "UKCompaniesHouseRegisteredNumber", one.number),
        named(style, "EntityDormantTruefalse", str(this.kind == "dormant").lower()),
        named(style, "StartDateForPeriodCoveredByReport", this.year_start),
        named(style, "EndDateForPeriodCoveredByReport", this.year_end),
    ]
    current, prior, now, then = style.contexts
    contexts = [span(one, current, this.year_start, this.year_end), day(one, now, this.year_end)]
    if before:
        contexts.append(span(one, prior, before.year_start, before.year_end))
        contexts.append(day(one, then, before.year_end))
    contexts.append(day(one, "equity_share_capital", this.year_end, "ShareCapital", style))
    units = (
        '<xbrli:unit id="GBP"><xbrli:measure>iso4217:GBP</xbrli:measure></xbrli:unit>'
        '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
    )
    return (
        '<div style="display:none"><ix:header>'
        f"<ix:hidden>{''.join(facts)}</ix:hidden>"
        f'<ix:references><link:schemaRef xlink:type="simple" xlink:href="{SCHEMA}"/>'
        f"</ix:references><ix:resources>{''.join(contexts)}{units}</ix:resources>"
        "</ix:header></div>\n"
    )


def entity(one: Organisation, inner: str = "") -> str:
    scheme = "http://www.companieshouse.gov.uk/"
    return (
        f'<xbrli:entity><xbrli:identifier scheme="{scheme}">{one.number}</xbrli:identifier>'
        f"{inner}</xbrli:entity>"
    )


def span(one: Organisation, name: str, start: str, end: str) -> str:
    return (
        f'<xbrli:context id="{name}">{entity(one)}<xbrli:period><xbrli:startDate>{start}'
        f"</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate></xbrli:period></xbrli:context>"
    )


def day(one: Organisation, name: str, when: str, part: str = "", style: Style | None = None) -> str:
    """A day; with a `part`, only that part of the whole is meant."""
    inner = ""
    if style:
        member = f'dimension="{style.core}:EquityClassesDimension">{style.core}:{part}'
        inner = (
            f"<xbrli:segment><xbrldi:explicitMember {member}</xbrldi:explicitMember>"
            "</xbrli:segment>"
        )
    return (
        f'<xbrli:context id="{name}">{entity(one, inner)}<xbrli:period><xbrli:instant>{when}'
        "</xbrli:instant></xbrli:period></xbrli:context>"
    )


def named(style: Style, name: str, value: str) -> str:
    context = style.contexts[0]
    tag = f'name="{style.business}:{name}" contextRef="{context}"'
    return f"<ix:nonNumeric {tag}>{escape(value)}</ix:nonNumeric>"


def body_of(one: Organisation, style: Style, this: Accounts, before: Accounts | None) -> str:
    title = f"<h1>{escape(one.legal_name)}</h1><p>Registered number: {one.number}</p>"
    lines = []
    if this.turnover is not None:
        lines.append(line(style, "Turnover", "TurnoverRevenue", this, before, "turnover"))
    lines.append(line(style, "Cash at bank and in hand", "CashBankOnHand", this, before, "cash"))
    lines.append(capital(style))
    lines.append(line(style, "Net assets", "NetAssetsLiabilities", this, before, "net_assets"))
    told = staff(style, this, before) if this.employees is not None else ""
    table = f"<table><tr><th></th><th>{this.year_end}</th></tr>{''.join(lines)}</table>"
    return f"{title}{table}{told}"


def capital(style: Style) -> str:
    """A figure of the same name that is only a part: it must not be taken for the whole."""
    tag = f'name="{style.core}:Equity" contextRef="equity_share_capital" unitRef="GBP"'
    figure = f'<ix:nonFraction {tag} decimals="0">100</ix:nonFraction>'
    return f"<tr><td>Share capital</td><td>{figure}</td></tr>"


def line(
    style: Style, words: str, name: str, this: Accounts, before: Accounts | None, field: str
) -> str:
    """A row of the balance sheet or the profit and loss account: this year, the year before."""
    at = 0 if field == "turnover" else 2
    cells = f"<td>{money(style, name, style.contexts[at], getattr(this, field))}</td>"
    earlier = getattr(before, field) if before else None
    if earlier is not None:
        cells += f"<td>{money(style, name, style.contexts[at + 1], earlier)}</td>"
    return f"<tr><td>{words}</td>{cells}</tr>"


def money(style: Style, name: str, context: str, value: int) -> str:
    scale, decimals = ("3", "-3") if style.thousands else ("0", "0")
    shown = f"{abs(value) // 1000 if style.thousands else abs(value):,}"
    if style.nested:
        shown = f"<span>{shown}</span>"
    sign = ' sign="-"' if value < 0 else ""
    tag = (
        f'<ix:nonFraction name="{style.core}:{name}" contextRef="{context}" unitRef="GBP" '
        f'decimals="{decimals}" scale="{scale}" format="ixt:numdotdecimal"{sign}>'
        f"{shown}</ix:nonFraction>"
    )
    return f"({tag})" if value < 0 else tag


def staff(style: Style, this: Accounts, before: Accounts | None) -> str:
    def tag(context: str, count: int) -> str:
        name = f"{style.core}:AverageNumberEmployeesDuringPeriod"
        return (
            f'<ix:nonFraction name="{name}" contextRef="{context}" unitRef="pure" decimals="0" '
            f'format="ixt:numdotdecimal">{count}</ix:nonFraction>'
        )

    told = f"The average number of employees was {tag(style.contexts[0], this.employees or 0)}"
    if before and before.employees is not None:
        told += f" ({before.year_end[:4]}: {tag(style.contexts[1], before.employees)})"
    return f"<p>{told}.</p>"
