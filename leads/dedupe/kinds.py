"""What kind of place a name says it is: a surgery and the pharmacy next door are two."""

from leads.dedupe.naming import Words

_WORDS = {
    "medicine": "surgery practice medical gp clinic doctors physicians",
    "pharmacy": "pharmacy chemist chemists pharmacies dispensary",
    "teeth": "dental dentist dentists dentistry orthodontic orthodontics",
    "eyes": "optician opticians optometrists eyecare",
    "animals": "veterinary vets vet",
    "infants": "infant infants",
    "juniors": "junior juniors",
    "primary": "primary",
    "secondary": "secondary comprehensive grammar",
    "nursery": "nursery preschool playgroup",
    "college": "college sixth university",
    "garage": "garage motors mot autos tyres motorcycles",
    "hotel": "hotel inn hostel",
    "food": "restaurant cafe takeaway kebab pizza bakery",
    "bets": "bookmakers betting bingo casino amusements",
    "law": "solicitors solicitor conveyancing",
    "books": "accountants accountancy bookkeeping",
    "homes": "nursing residential",
}
KIND = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def differ(one: Words, other: Words) -> bool:
    """Whether both names say a kind, and none that they share."""
    ones = {KIND[word] for word in one if word in KIND}
    others = {KIND[word] for word in other if word in KIND}
    return bool(ones and others and not ones & others)
