"""Companies House's codes in words (github.com/companieshouse/api-enumerations, constants.yml)."""

STATUSES = {
    "active": "Active",
    "dissolved": "Dissolved",
    "liquidation": "Liquidation",
    "receivership": "Receiver action",
    "converted-closed": "Converted or closed",
    "voluntary-arrangement": "Voluntary arrangement",
    "insolvency-proceedings": "Insolvency proceedings",
    "administration": "In administration",
    "open": "Open",
    "closed": "Closed",
    "registered": "Registered",
    "removed": "Removed",
}
DETAILS = {
    "transferred-from-uk": "transferred from the UK",
    "active-proposal-to-strike-off": "proposal to strike off",
    "petition-to-restore-dissolved": "petition to restore",
    "transformed-to-se": "transformed to an SE",
    "converted-to-plc": "converted to a PLC",
    "converted-to-uk-societas": "converted to a UK Societas",
    "converted-to-ukeig": "converted to a UKEIG",
}
GUARANTEE = "Private company limited by guarantee without share capital"
TYPES = {
    "private-unlimited": "Private unlimited company",
    "ltd": "Private limited company",
    "plc": "Public limited company",
    "old-public-company": "Old public company",
    "private-limited-guarant-nsc-limited-exemption": f"{GUARANTEE}, exempt from using “limited”",
    "limited-partnership": "Limited partnership",
    "private-limited-guarant-nsc": GUARANTEE,
    "converted-or-closed": "Converted or closed",
    "private-unlimited-nsc": "Private unlimited company without share capital",
    "private-limited-shares-section-30-exemption": (
        "Private limited company, exempt from using “limited”"
    ),
    "protected-cell-company": "Protected cell company",
    "assurance-company": "Assurance company",
    "oversea-company": "Overseas company",
    "eeig-establishment": "European Economic Interest Grouping establishment",
    "icvc-securities": "Investment company with variable capital",
    "icvc-warrant": "Investment company with variable capital",
    "icvc-umbrella": "Investment company with variable capital",
    "registered-society-non-jurisdictional": "Registered society",
    "industrial-and-provident-society": "Industrial and provident society",
    "northern-ireland": "Northern Ireland company",
    "northern-ireland-other": "Credit union (Northern Ireland)",
    "llp": "Limited liability partnership",
    "royal-charter": "Royal charter company",
    "investment-company-with-variable-capital": "Investment company with variable capital",
    "unregistered-company": "Unregistered company",
    "european-public-limited-liability-company-se": (
        "European public limited liability company (SE)"
    ),
    "united-kingdom-societas": "United Kingdom Societas",
    "uk-establishment": "UK establishment of an overseas company",
    "scottish-partnership": "Scottish qualifying partnership",
    "charitable-incorporated-organisation": "Charitable incorporated organisation",
    "scottish-charitable-incorporated-organisation": (
        "Scottish charitable incorporated organisation"
    ),
    "further-education-or-sixth-form-college-corporation": (
        "Further education or sixth form college corporation"
    ),
    "eeig": "European Economic Interest Grouping",
    "ukeig": "United Kingdom Economic Interest Grouping",
    "registered-overseas-entity": "Overseas entity",
}
ACCOUNTS = {
    "full": "Full",
    "small": "Small",
    "medium": "Medium",
    "group": "Group",
    "dormant": "Dormant",
    "interim": "Interim",
    "initial": "Initial",
    "total-exemption-full": "Total exemption full",
    "total-exemption-small": "Total exemption small",
    "partial-exemption": "Partial exemption",
    "audit-exemption-subsidiary": "Audit exemption subsidiary",
    "filing-exemption-subsidiary": "Filing exemption subsidiary",
    "micro-entity": "Micro entity",
    "audited-abridged": "Audited abridged",
    "unaudited-abridged": "Unaudited abridged",
}
ROLES = {
    "cic-manager": "CIC manager",
    "director": "Director",
    "general-partner-in-a-limited-partnership": "General partner",
    "judicial-factor": "Judicial factor",
    "limited-partner-in-a-limited-partnership": "Limited partner",
    "llp-designated-member": "LLP designated member",
    "llp-member": "LLP member",
    "manager-of-an-eeig": "Manager of an EEIG",
    "managing-officer": "Managing officer",
    "member-of-a-management-organ": "Member of a management organ",
    "member-of-a-supervisory-organ": "Member of a supervisory organ",
    "member-of-an-administrative-organ": "Member of an administrative organ",
    "nominee-director": "Nominee director",
    "nominee-secretary": "Nominee secretary",
    "person-authorised-to-accept": "Person authorised to accept",
    "person-authorised-to-represent": "Person authorised to represent",
    "person-authorised-to-represent-and-accept": "Person authorised to represent and accept",
    "receiver-and-manager": "Receiver and manager",
    "secretary": "Secretary",
}
CASES = {
    "compulsory-liquidation": "Compulsory liquidation",
    "in-administration": "In administration",
    "creditors-voluntary-liquidation": "Creditors’ voluntary liquidation",
    "members-voluntary-liquidation": "Members’ voluntary liquidation",
    "foreign-insolvency": "Foreign insolvency",
    "administrative-receiver": "Administrative receiver appointed",
    "scottish-administrative-receiver": "Receiver appointed (Scotland)",
    "administration-order": "Administration order",
    "corporate-voluntary-arrangement": "Company voluntary arrangement",
    "receiver-manager": "Receiver or manager appointed",
    "corporate-voluntary-arrangement-moratorium": "Moratorium before a voluntary arrangement",
    "order-of-court-restructuring-plan": "Restructuring plan",
    "moratorium": "Moratorium",
}


def status(code: str, detail: str = "") -> str:
    """A company's status, with what is about to change; "" for a code that nobody knows."""
    known, more = STATUSES.get(code, ""), DETAILS.get(detail, "")
    return f"{known}, {more}" if known and more else known


def spoken(text: str) -> str:
    """The words of the register's monthly file as ours: "Active - Proposal to Strike off"."""
    return text.replace(" - ", ", ").capitalize()
