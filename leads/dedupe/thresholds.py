"""What each ground counts, and from where on two records are maybe or surely one.

Ten points make the odds that two records are one 2.7 times as good. Names, postcodes and doors were
measured on 6,539 general practices in 2016 and 2025, those with an odd code (`dedupe_quality`
reports the even ones). They have no list of true pairs with websites or company numbers, nor
one of chains: what those count was set by hand, and stands apart.
"""

# Of two records that share a block, before anything else is known.
BEGINNING = -54

MEASURED = {
    "name_same": 72,
    "name_nearly": 14,
    "name_contained": 13,
    "name_alike": 13,
    "name_partly": 2,
    "name_word": 1,
    "name_other": -8,
    "rivals": -46,
    "postcode_same": 27,
    "alone": 54,
    "crowded": -16,
    "sector_same": 3,
    "outward_same": -2,
    "area_same": -10,
    "area_other": -41,
    "town_same": 17,
    "building_same": 7,
    "door_same": 3,
    "street_same": 1,
    "street_other": -2,
    "door_other": -6,
    "bearers_few": -26,
}
BY_HAND = {
    "name_former": 50,
    "name_generic": -25,
    # Measured at -9 and -6 among practices, where hardly any pair had them.
    "figures_differ": -25,
    "kind_other": -30,
    "trade_other": -30,
    # Measured at -32: practices have no chains.
    "bearers_several": -45,
    "bearers_many": -70,
    "phone_same": 45,
    "phone_other": -10,
    "domain_same": 25,
    "domain_elsewhere": 5,
    "domain_other": -10,
    "number_same": 50,
    "number_elsewhere": 10,
    "number_other": -50,
    "entry_same": 150,
    "entries_apart": -30,
}
POINTS = MEASURED | BY_HAND

SAME_AT = 25
# Across two lists each record has one other at the most, and its rivals drop out: there as little
# is worth a person's look.
MAYBE_AT, MAYBE_ACROSS_AT = -20, -35

# How alike two names are, 0 to 1, by what they both say.
NEARLY, ALIKE, PARTLY, HARDLY = 0.85, 0.6, 0.45, 0.3
# All that the shorter name says is in the longer, and it says something.
CONTAINED, SAYS_SOMETHING = 0.9, 6.0
# From so many more places on, a name is borne by a few, by several, by many.
FEW, SEVERAL, MANY = 1, 4, 16
# From so many more records on, a postcode is crowded.
CROWDED = 3
# By so much a sure pair has to lead over another one of its records'.
LEAD = 20
# What is not merged by itself is at most so sure, what is merged at least.
MOST_OF_MAYBE, LEAST_OF_SAME = 94, 95
