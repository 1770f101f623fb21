"""The 55 columns of the published file, with the blanks that stand before some of their names."""

FORMER_NAMES = 10

COLUMNS = (
    "CompanyName", " CompanyNumber", "RegAddress.CareOf", "RegAddress.POBox",
    "RegAddress.AddressLine1", " RegAddress.AddressLine2", "RegAddress.PostTown",
    "RegAddress.County", "RegAddress.Country", "RegAddress.PostCode", "CompanyCategory",
    "CompanyStatus", "CountryOfOrigin", "DissolutionDate", "IncorporationDate",
    "Accounts.AccountRefDay", "Accounts.AccountRefMonth", "Accounts.NextDueDate",
    "Accounts.LastMadeUpDate", "Accounts.AccountCategory", "Returns.NextDueDate",
    "Returns.LastMadeUpDate", "Mortgages.NumMortCharges", "Mortgages.NumMortOutstanding",
    "Mortgages.NumMortPartSatisfied", "Mortgages.NumMortSatisfied", "SICCode.SicText_1",
    "SICCode.SicText_2", "SICCode.SicText_3", "SICCode.SicText_4",
    "LimitedPartnerships.NumGenPartners", "LimitedPartnerships.NumLimPartners", "URI",
    "PreviousName_1.CONDATE", " PreviousName_1.CompanyName",
    " PreviousName_2.CONDATE", " PreviousName_2.CompanyName",
    *(
        part
        for number in range(3, FORMER_NAMES + 1)
        for part in (f"PreviousName_{number}.CONDATE", f" PreviousName_{number}.CompanyName")
    ),
    "ConfStmtNextDueDate", " ConfStmtLastMadeUpDate",
)  # fmt: skip
# The header is not quoted, and every value below it is.
HEADER = ",".join(COLUMNS)


def quoted(*values: str) -> str:
    """Some columns side by side; a quotation mark in a value is doubled."""
    return ",".join('"' + value.replace('"', '""') + '"' for value in values)
