"""Places that a page names for an occasion: where something happens on a day, where one parks,
where money is sent. Nobody is reached there."""

import re

from enrichment.reading.document import Document, Line

REACH, NEAR = 240, 160
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)\b", re.I
)
EVENT = re.compile(
    r"\b(?:concerts?|fairs?|f[eê]tes?|ceremon(?:y|ies)|awards?|quiz|bingo|harvest|carols?|"
    r"open (?:day|evening)|next meeting|meetings|(?:\w+ )?night|shows?|"
    r"exhibitions?|talks?|festival|"
    r"funeral|wake|crematorium|launch|(?:charity|fun) (?:run|walk)|marathon|conference|seminar|"
    r"webinar|stand [A-Z]?\d+|tickets?|wedding at|agm|pop-?up|stall|craft fair|"
    r"farmers[’']? market|workshops? (?:at|in|on)|classes (?:at|in)|doors (?:open|\d)|kick-?off|"
    r"fixtures?|tournament)\b",
    re.IGNORECASE,
)
# Who lives or opens there on days is at home.
HOURS = re.compile(
    r"\b(?:open(?:ing)?|hours|closed|established|founded|since|opened|moved|moving|updated|"
    r"from (?=\d)|services? (?:at|on|every)|mass|worship)\b",
    re.IGNORECASE,
)
PARKING = re.compile(r"\b(?:car ?park|parking|park(?:ed)? (?:at|in|on|your))\b", re.IGNORECASE)
# "Lloyds Bank, 125 Colmore Row ... Sort code 30-00-03".
MONEY = re.compile(
    r"\b(?:remittances?|bankers?|sort ?code|iban|swift|bic|account (?:no|number|name))\b|\bbacs\b|"
    r"\b(?:lloyds|barclays|natwest|hsbc|santander|co-operative|metro|tsb|starling|monzo|nationwide)"
    r"(?: bank)?,",
    re.IGNORECASE,
)
# What is passed on the way: "if you reach the Walsh Arms (LD1 6RF) you have gone too far".
ON_THE_WAY = re.compile(
    r"\b(?:opposite|next to|behind|pass(?:ing)?|reach|past|beside|near|turn (?:left|right)|"
    r"signs? (?:for|to)|close to|across from|in front of|minutes from|miles from)\b[^.;]{0,60}\($",
    re.IGNORECASE,
)
OWN = re.compile(
    r"\b(?:visit us|find us|our (?:\w+ )?(?:address|office|shop|studio|showroom|premises|place|"
    r"branch|school|church|hall|hotel|home)|we (?:are|meet)|based (?:at|in)|head office|"
    r"registered office|venue:)",
    re.IGNORECASE,
)


def is_one(document: Document, line: Line, at: int) -> bool:
    """Say whether a place is named for an occasion."""
    text = document.text
    start, _ = document.sentence(at)
    said = text[max(start, at - REACH) : at]
    if OWN.search(said):
        return False
    if PARKING.search(said) or ON_THE_WAY.search(said):
        return True
    if MONEY.search(said) or MONEY.search(text[at : min(line.end, at + NEAR)]):
        return True
    headings = [heading.text for heading in line.headings[-1:]]
    around = [said, text[max(line.start, start - REACH) : start], *headings]
    if HOURS.search(said):
        return False
    return any(EVENT.search(each) or DATE.search(each) for each in around)
